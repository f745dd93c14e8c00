"""``make audit`` says what was really asked: a list that knows nothing is no clean bill."""

from __future__ import annotations

import json
import sys

import pytest

from scripts import check_advisories

_WEAK = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
_UNKNOWN = {"name": "av", "skip_reason": "Dependency not found on PyPI and could not be audited: av (18.1.0)"}


@pytest.mark.parametrize(
    ("printed", "complaint", "code", "last"),
    [
        ([_UNKNOWN, _UNKNOWN], "", 0, "The list of advisories knows none of the 2 libraries: nothing was audited."),
        (
            [{"name": "a", "version": "1", "vulns": []}],
            "",
            0,
            "Known weaknesses: 0; libraries asked about: 1, unknown to the list: 0.",
        ),
        (
            [{"name": "a", "version": "1", "vulns": [_WEAK]}, _UNKNOWN],
            "",
            1,
            "Known weaknesses: 1; libraries asked about: 1, unknown to the list: 1.",
        ),
        (None, "requests.exceptions.ConnectionError: Max retries", 0, "There is no way to the list of advisories"),
        (None, "TypeError: of its own", 1, "TypeError: of its own"),
    ],
)
def test_the_last_line_and_the_exit_code_say_what_came_of_it(
    tmp_path, capsys, monkeypatch, printed, complaint, code, last
):
    program = tmp_path / "pip-audit"
    text = "" if printed is None else json.dumps({"dependencies": printed, "fixes": []})
    program.write_text(f"#!{sys.executable}\nimport sys\nprint({text!r})\nsys.exit({complaint!r} or {code})\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", ["check_advisories", str(program)])
    assert check_advisories.main() == code
    assert capsys.readouterr().out.strip().splitlines()[-1].startswith(last)
