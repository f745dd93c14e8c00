"""Both themes can be read: contrast of every text and line on what it stands on."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from app.settings import ThemeChoice
from app.views.palette import relative_luminance
from app.views.style_sheet import style_sheet
from app.views.theme import Theme
from app.views.tokens import DARK, LIGHT, Tokens


def contrast(a: str, b: str) -> float:
    high, low = sorted((relative_luminance(QColor(a)), relative_luminance(QColor(b))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_text_and_lines_have_contrast(tokens: Tokens) -> None:
    for background in (tokens.window, tokens.panel, tokens.raised):
        for text in (tokens.text, tokens.muted):
            assert contrast(text, background) >= 4.5, (text, background)
        for line in (tokens.accent, tokens.focus):
            assert contrast(line, background) >= 2.9, (line, background)
    # what speaks by colour stands on panels: strip, inspector, dialogs
    for text in (tokens.good, tokens.doubt, tokens.bad, tokens.human):
        assert contrast(text, tokens.panel) >= 4.5, text
    assert contrast(tokens.edge, tokens.panel) >= 3
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_the_style_sheet_is_made_of_tokens_alone(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    assert set(re.findall(r"#[0-9a-fA-F]{6}", sheet)) <= set(dataclasses.asdict(tokens).values())


def test_no_other_view_has_colours_of_its_own() -> None:
    allowed = {"tokens.py", "palette.py"}
    for source in Path(__file__).resolve().parents[2].joinpath("app", "views").glob("*.py"):
        if source.name not in allowed:
            assert not re.findall(r'"#[0-9a-fA-F]{6}"', source.read_text(encoding="utf-8")), source.name


def test_choosing_a_theme_changes_the_application_at_once(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.DARK)
    with qtbot.waitSignal(theme.changed) as changed:
        theme.choose(ThemeChoice.LIGHT)
    assert changed.args == [LIGHT]
    assert application.palette().window().color() == QColor(LIGHT.window)
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(ThemeChoice.LIGHT)
    theme.deleteLater()


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_drawings_of_controls_are_there_in_the_colours_of_their_theme(tokens: Tokens) -> None:
    named = re.findall(r'url\("([^"]+)"\)', style_sheet(tokens))
    assert len(named) > 5
    inks = {"check": tokens.on_accent, "up": tokens.muted, "down": tokens.muted}
    for path in map(Path, named):
        ink = tokens.disabled if path.stem.endswith("-disabled") else inks[path.stem]
        assert re.findall(r'stroke="(#\w+)"', path.read_text(encoding="utf-8")) == [ink], path


@pytest.mark.parametrize("choice", [ThemeChoice.DARK, ThemeChoice.LIGHT])
def test_a_check_box_is_seen_whether_checked_or_not(qtbot: QtBot, choice: ThemeChoice) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, choice)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.show()
    for checked, edge in ((False, theme.tokens.edge), (True, theme.tokens.accent)):
        box.setChecked(checked)
        picture = box.grab().toImage()
        row = [picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())]
        assert edge in row[:3], row[:5]
        assert contrast(edge, theme.tokens.window) >= 2.9
    theme.deleteLater()
