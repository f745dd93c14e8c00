"""The docs say what the program does: pages made from tables are up to date, and links lead somewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_page_of_keys_is_made_from_the_table_of_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    import write_keys

    assert write_keys.keys_page() == (ROOT / "docs" / "keys.md").read_text(encoding="utf-8"), (
        "run: python scripts/write_keys.py"
    )


def test_the_page_of_formats_is_made_from_the_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    import write_formats

    assert write_formats.formats_page() == (ROOT / "docs" / "formats.md").read_text(encoding="utf-8"), (
        "run: python scripts/write_formats.py"
    )


def test_every_pain_of_the_guide_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "annotating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+)\. (.*)$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 13))
    for number, row in rows:
        named = re.findall(r"`(tests/[^`:]+)::(test_\w+)`", row)
        assert named, f"pain {number} names no test"
        for file, test in named:
            source = (ROOT / file).read_text(encoding="utf-8")
            assert f"def {test}(" in source, f"pain {number}: {file} has no {test}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
