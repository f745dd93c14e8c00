"""Promises about the code itself: small files, no junk-drawer names, and imports that stay where they belong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [path for folder in ("app", "tracker", "scripts", "bench") for path in (ROOT / folder).rglob("*.py")]


def test_there_are_sources() -> None:
    assert len(SOURCES) > 30


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_long_or_named_after_nothing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


def test_no_two_files_of_tests_have_one_name() -> None:
    """Pytest cannot collect such two together, and whoever runs the tests of one folder does not see it."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def modules_after(statement: str) -> set[str]:
    """The modules a fresh interpreter has loaded after a statement."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_tracker_loads_no_qt() -> None:
    loaded = modules_after("import tracker.dimp_tracker")
    assert "torch" in loaded
    assert not {name for name in loaded if name.startswith(("PySide6", "pyqtgraph"))}


def test_the_window_loads_no_torch() -> None:
    loaded = modules_after("import app.application")
    assert "PySide6.QtWidgets" in loaded
    assert "torch" not in loaded


def test_the_command_line_starts_without_torch_and_without_qt() -> None:
    loaded = modules_after("import app.cli")
    assert not {"torch", "PySide6"} & loaded
