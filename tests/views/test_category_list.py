"""The list of categories after some have come, gone or become others is that of a fresh start."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.document.model import Category
from app.views.category_list import CategoryList

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.UserRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
lists = st.lists(st.integers(1, 16), unique=True, max_size=16).map(
    lambda ids: [Category(it, f"breed {it}", "#ff0000" if it % 5 == 0 else "") for it in sorted(ids)]
)


def rows(categories: CategoryList) -> list[object]:
    found = categories.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    items = [found.item(row) for row in range(found.count())]
    pictures = [it.icon().pixmap(18).toImage() for it in items]
    return [*([it.data(role) for role in ROLES] for it in items), *pictures]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=lists, after=lists, renamed=st.integers(1, 16))
def test_what_changed_is_listed_as_a_fresh_list_would(
    qtbot: QtBot, before: list[Category], after: list[Category], renamed: int
) -> None:
    changed, fresh = CategoryList(), CategoryList()
    qtbot.addWidget(changed)
    qtbot.addWidget(fresh)
    changed.set_categories(before, 0)
    after = [replace(it, name="another") if it.id == renamed else it for it in after]
    changed.set_categories(after, 0)
    fresh.set_categories(after, 0)
    assert rows(changed) == rows(fresh)
