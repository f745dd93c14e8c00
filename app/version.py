"""Which version of the program this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def version() -> str:
    """As ``pyproject.toml`` says in a checkout, else as it was installed; empty where neither is known."""
    if _CHECKOUT.exists():
        return str(tomllib.loads(_CHECKOUT.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return metadata.version("dimple-labelling")
    except metadata.PackageNotFoundError:
        return ""
