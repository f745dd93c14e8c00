"""Formats of other packages: used where they work, a sentence where they do not."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from app.cli import main
from app.formats import registry
from app.formats.coco import CocoFormat
from app.formats.registry import FORMATS, all_formats, format_named, plugins


class GoodFormat(CocoFormat):
    name = "good"
    title = "Good plugin"


class Incomplete:
    name = "incomplete"


class Raising:
    def __init__(self) -> None:
        raise RuntimeError("no licence")


class Second(CocoFormat):
    title = "Another COCO"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    """Entry points that name the classes above, one that names nothing, and one that cannot be imported."""
    names = {"good": "GoodFormat", "half": "Incomplete", "raising": "Raising", "second": "Second", "typo": "Nothing"}
    entries = [EntryPoint(name, f"{__name__}:{value}", registry.PLUGIN_GROUP) for name, value in names.items()]
    entries.append(EntryPoint("missing", "no_such_package_of_formats:Format", registry.PLUGIN_GROUP))
    monkeypatch.setattr(registry, "entry_points", lambda group: entries if group == "dimple.formats" else [])
    plugins.cache_clear()
    yield
    plugins.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_plugin_is_one_of_the_formats_and_broken_ones_cost_a_sentence_each() -> None:
    assert all_formats()[: len(FORMATS)] == FORMATS
    assert [it.name for it in all_formats()[len(FORMATS) :]] == ["good"]
    assert format_named("good").title == "Good plugin"
    problems = plugins().problems
    assert len(problems) == 5
    for name, why in (
        ("half", "it has no title"),
        ("raising", "no licence"),
        ("second", "second 'coco'"),
        ("typo", "Nothing"),
        ("missing", "no_such_package_of_formats"),
    ):
        assert sum(name in it and why in it for it in problems) == 1


@pytest.mark.usefixtures("installed")
def test_the_command_line_lists_plugins_and_says_which_are_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    captured = capsys.readouterr()
    assert "Good plugin" in captured.out
    assert len(captured.err.strip().splitlines()) == 5
