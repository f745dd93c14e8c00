"""Writes docs/keys.md from the window's table of actions: ``python scripts/write_keys.py``."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.views.action_table import ACTIONS  # noqa: E402 - after the path is set
from app.views.nudges import NUDGES  # noqa: E402 - after the path is set

TARGET = ROOT / "docs" / "keys.md"


def keys_page() -> str:
    """The page as Markdown."""
    lines = ["# Keys", "", "Made by `python scripts/write_keys.py` from the table the window itself is made from.", ""]
    for menu, group in groupby(ACTIONS, key=lambda action: action.menu):
        lines += [f"## {menu.value.replace('&', '')}", "", "| do | key | |", "|---|---|---|"]
        lines += [f"| {it.text} | {', '.join(f'`{key}`' for key in it.keys)} | {it.tip} |" for it in group]
        lines.append("")
    lines += ["## The selected box", "", "| do | key |", "|---|---|"]
    lines += [f"| {it.text.format(max(abs(it.dx), abs(it.dy)))} | `{it.key}` |" for it in NUDGES]
    lines += ["", "`1` to `9` choose a category.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(keys_page(), encoding="utf-8")
