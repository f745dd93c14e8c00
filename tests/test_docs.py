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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
