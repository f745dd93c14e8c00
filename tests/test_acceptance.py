"""The table in docs/tracker.md that names a test for each point of the tracker's specification."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEADING = "## Acceptance"
POINTS = [f"8.{number}" for number in range(1, 8)] + ["8 golden"]
POINTS += [f"9.{number}" for number in range(1, 29)] + [f"10.{number}" for number in range(1, 7)]


def rows() -> dict[str, tuple[str, list[str], str]]:
    """Point of the specification: what it says, the tests, and which command of CI runs them."""
    section = (ROOT / "docs" / "tracker.md").read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| ")]
    return {point: (what, re.findall(r"`([^`]+)`", tests), run) for point, what, tests, run in cells[1:]}


def test_every_point_is_in_the_table_once() -> None:
    assert list(rows()) == POINTS


def defined_in(file: Path) -> dict[str, bool]:
    """The tests of a file; whether all of it is left to ``make test-slow``."""
    functions = [node for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
    return {it.name: any(ast.unparse(mark)[7:] == "mark.slow" for mark in it.decorator_list) for it in functions}


@pytest.mark.parametrize("point", POINTS)
def test_the_tests_named_exist_and_run_where_the_table_says(point: str) -> None:
    _what, names, run = rows()[point]
    assert names
    slow = []
    for name in names:
        module, _, test = name.partition("::")
        found = list((ROOT / "tests").glob(f"*/test_{module}.py"))
        assert len(found) == 1, name
        known = defined_in(found[0])
        assert test in known, name
        slow.append(known[test])
    assert run == ("test-slow" if all(slow) else "test")
