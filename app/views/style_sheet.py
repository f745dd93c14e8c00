"""The style sheet: 8 px grid, 4 px radii, no gradients, a visible focus ring.

It is the same in every theme. Colours stand in it as roles of the application's palette, for to give a window another
style sheet takes Qt 0.1 s in one go, and another palette can be taken over widget by widget.
"""

from __future__ import annotations

from string import Template

from app.views.icons import ICON_FOLDER
from app.views.palette_roles import PALETTE_ROLES

_SHEET = Template("""
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: $accent; }

QMenuBar { background: $panel; padding: 2px 4px; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 5px 7px; }

QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; spacing: 2px; padding: 4px 8px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $raised; border-color: $line; }
QToolButton:checked { border-color: $accent; }
QToolButton:focus { border-color: $focus; }

QPushButton { background: $raised; border: 1px solid $edge; border-radius: 4px;
              padding: 5px 14px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton:focus { border-color: $focus; }
QPushButton[primary="true"], QPushButton:default {
    background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[primary="true"]:focus, QPushButton:default:focus { border: 2px solid $text; padding: 4px 13px; }
QPushButton[primary="true"]:disabled, QPushButton:default:disabled {
    background: $raised; color: $disabled; border-color: $line; }
QPushButton[large="true"] { font-size: 15px; font-weight: 600; min-height: 52px; }
QPushButton[compact="true"] { min-height: 14px; padding: 3px 10px; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; color: $text; padding: 5px 8px; }
QPushButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:focus { border-color: $focus; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 14px; height: 14px; background: $window;
    border: 1px solid $edge; border-radius: 3px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
    image: url("$controls/check.svg"); }
QCheckBox::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $disabled; }
QCheckBox::indicator:focus { border: 2px solid $focus; width: 12px; height: 12px; }
QCheckBox::indicator:checked:focus { border-color: $text; }

QRadioButton { spacing: 8px; padding: 2px 4px 2px 0; border: 1px solid transparent; border-radius: 4px; }
QRadioButton::indicator { width: 14px; height: 14px; background: $window; border: 1px solid $edge; border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; background: $on_accent; border: 5px solid $accent; }
QRadioButton::indicator:disabled { border-color: $line; }
QRadioButton::indicator:unchecked:focus { border: 2px solid $focus; width: 12px; height: 12px; }
QRadioButton:focus { border-color: $focus; }

QComboBox, QAbstractSpinBox { background: $window; border: 1px solid $edge; border-radius: 4px; padding: 2px 6px;
    min-height: 18px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox { background: $raised; }
QComboBox:hover { background: $hover; }
QComboBox:focus, QAbstractSpinBox:focus { border-color: $focus; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: $disabled; border-color: $line; }
QComboBox::drop-down { border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$controls/down.svg"); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url("$controls/down-disabled.svg"); }
QAbstractSpinBox { padding: 1px 0 1px 4px; min-height: 16px; }
QAbstractSpinBox QLineEdit { padding: 0; border: none; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: 16px; border: none;
    margin: 1px 1px 0 0; }
QAbstractSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: 3px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 1px 1px 0;
    border-bottom-right-radius: 3px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$controls/up.svg"); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url("$controls/down.svg"); width: 11px; height: 11px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: url("$controls/up-disabled.svg"); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: url("$controls/down-disabled.svg"); }

QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { height: 4px; background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; background: $raised; border: 1px solid $edge;
    border-radius: 7px; }
QSlider::handle:horizontal:hover { background: $hover; }
QSlider::handle:horizontal:focus { border: 2px solid $focus; width: 10px; height: 10px; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QLineEdit, QPlainTextEdit { background: $window; border: 1px solid $edge; border-radius: 4px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border-color: $focus; }
QLineEdit:disabled { color: $disabled; border-color: $line; }

QDockWidget { color: $muted; font-weight: 600; }
QDockWidget::title { background: $panel; padding: 5px 12px; border-bottom: 1px solid $line; }
QDockWidget > QWidget, QScrollArea[surface="panel"] > QWidget { background: $panel; }
QLabel { background: transparent; }
*[surface="panel"] { background: $panel; }
*[surface="window"] { background: $window; }
*[surface="raised"] { background: $raised; }
*[edge="top"] { border-top: 1px solid $line; }
*[edge="all"] { border: 1px solid $edge; }
*[edge="bottom"] { border-bottom: 1px solid $line; }

QAbstractItemView { background: $panel; border: 1px solid transparent; outline: none;
    selection-background-color: $raised; selection-color: $text; }
QAbstractItemView:focus { border-color: $focus; }
QAbstractItemView::item { padding: 4px 6px; border: none; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $raised; color: $text; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 4px 6px; }

QLabel[role="muted"] { color: $muted; }
QLabel[role="title"] { font-size: 28px; font-weight: 600; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="section"] { color: $muted; font-weight: 600; }
QLabel[role="key"] { background: $raised; border: 1px solid $edge; border-radius: 4px; padding: 1px 6px; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="doubt"] { color: $doubt; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="human"] { color: $human; }
QLabel[tone="muted"] { color: $muted; }

QProgressBar { background: $raised; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame[banner="info"] { background: $raised; border-left: 4px solid $accent; }
QFrame[banner="doubt"] { background: $raised; border-left: 4px solid $doubt; }
QFrame[banner="bad"] { background: $raised; border-left: 4px solid $bad; }

QFrame[tour="bubble"] { background: $panel; border: 1px solid $accent; border-radius: 6px; }
QFrame[tour="ring"] { background: transparent; border: 2px solid $accent; border-radius: 4px; }

QFrame[drop="idle"] { border: 1px dashed $edge; border-radius: 4px; background: $panel; }
QFrame[drop="over"] { border: 2px dashed $accent; border-radius: 4px; background: $raised; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; width: 0; height: 0; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 14px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:focus { color: $text; background: $raised; }
QSplitter::handle { background: $line; }
QSplitter::handle:vertical { height: 5px; }
QSplitter::handle:hover { background: $accent; }
""")


def style_sheet() -> str:
    """Qt style sheet for the application, which shows the colours of its palette.

    The drawings of check marks and arrows are the same in each theme too: Qt reads them once for a style sheet.
    """
    colours = {entry.token: f"palette({entry.name})" for entry in PALETTE_ROLES}
    return _SHEET.substitute(colours, controls=(ICON_FOLDER / "controls").as_posix())
