"""Both themes can be read: contrast of every text and line on what it stands on."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.document.model import Category
from app.settings import ThemeChoice
from app.views.category_list import CategoryList
from app.views.palette import relative_luminance
from app.views.palette_roles import PALETTE_ROLES, palette_of
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


def test_the_style_sheet_has_no_colours_but_those_of_the_theme() -> None:
    assert "$" not in style_sheet()
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|: *(black|white|red|grey|gray)\b", style_sheet())


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_every_colour_has_a_role_of_the_palette_to_itself(tokens: Tokens) -> None:
    colours = dataclasses.asdict(tokens)
    del colours["name"]
    assert {entry.token for entry in PALETTE_ROLES} == set(colours)
    assert len({entry.role for entry in PALETTE_ROLES}) == len(PALETTE_ROLES)
    palette = palette_of(tokens)
    for entry in PALETTE_ROLES:
        assert palette.color(entry.role).name() == colours[entry.token], entry


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
def test_drawings_of_controls_are_seen_in_both_themes(tokens: Tokens) -> None:
    named = re.findall(r'url\("([^"]+)"\)', style_sheet())
    assert {Path(path).stem for path in named} == {"check", "up", "up-disabled", "down", "down-disabled"}
    for path in map(Path, named):
        (ink,) = re.findall(r'stroke="(#\w+)"', path.read_text(encoding="utf-8"))
        behind = [tokens.accent] if path.stem == "check" else [tokens.window, tokens.raised, tokens.hover]
        for colour in behind:
            assert contrast(ink, colour) >= 3, (path, colour)


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


def all_kinds() -> QWidget:
    """One of each kind of control, in the states that have colours of their own."""
    panel = QWidget()
    panel.setProperty("surface", "panel")
    checked, primary, disabled = QCheckBox("checked"), QPushButton("primary"), QPushButton("disabled")
    checked.setChecked(True)
    primary.setProperty("primary", "true")
    disabled.setEnabled(False)
    choices, items, slider, progress = QComboBox(), QListWidget(), QSlider(Qt.Orientation.Horizontal), QProgressBar()
    choices.addItems(["one", "two"])
    items.addItems(["one", "two"])
    items.setCurrentRow(0)
    slider.setValue(40)
    progress.setValue(40)
    tones = [QLabel(tone) for tone in ("good", "doubt", "bad", "human", "muted")]
    for label in tones:
        label.setProperty("tone", label.text())
    column = QVBoxLayout(panel)
    fields = (QCheckBox("empty"), QRadioButton("choice"), QSpinBox(), QLineEdit("text"), choices, items, slider)
    for widget in (primary, disabled, QPushButton("plain"), checked, *fields, progress, *tones):
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(widget)
    return panel


def test_what_was_there_before_looks_like_what_is_made_after(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.DARK)
    before = all_kinds()
    qtbot.addWidget(before)
    before.show()
    dark = before.grab().toImage()
    theme.choose(ThemeChoice.LIGHT)
    theme.choose(ThemeChoice.DARK)
    theme.choose(ThemeChoice.LIGHT)  # each of them gives up what the one before had still to do
    assert not before.updatesEnabled()
    qtbot.waitUntil(before.updatesEnabled)
    after = all_kinds()
    qtbot.addWidget(after)
    after.show()
    assert before.grab().toImage() == after.grab().toImage()
    assert before.grab().toImage() != dark
    theme.choose(ThemeChoice.DARK)
    qtbot.waitUntil(before.updatesEnabled)
    assert before.grab().toImage() == dark
    theme.deleteLater()


def test_the_squares_of_categories_take_the_colour_of_another_theme(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.DARK)
    listed = CategoryList()
    qtbot.addWidget(listed)
    listed.show()
    listed.set_categories([Category(1, "cup"), Category(2, "dog")], 2)
    theme.choose(ThemeChoice.LIGHT)
    qtbot.waitUntil(listed.updatesEnabled)
    new = CategoryList()
    qtbot.addWidget(new)
    new.show()
    new.set_categories([Category(1, "cup"), Category(2, "dog")], 2)
    assert squares(listed) == squares(new)
    assert len(squares(new)) == 2
    theme.deleteLater()


def squares(listed: CategoryList) -> list[QImage]:
    (rows,) = listed.findChildren(QListWidget)
    return [rows.item(row).icon().pixmap(32, 32).toImage() for row in range(rows.count())]


def test_a_dialog_that_closes_in_between_is_left_alone(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(application, ThemeChoice.DARK)
    stays, goes = all_kinds(), all_kinds()
    qtbot.addWidget(stays)
    theme.choose(ThemeChoice.LIGHT)
    delete(goes)
    qtbot.waitUntil(stays.updatesEnabled)
    theme.deleteLater()
