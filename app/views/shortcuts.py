"""Which keys do what: the defaults of the table of actions, and where the person has chosen others, those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtGui import QKeySequence

from app.views.action_table import ACTIONS, Menu
from app.views.nudges import CATEGORY_KEYS, NUDGES


@dataclass(frozen=True, slots=True)
class Binding:
    """Something that has keys.

    Attributes:
        id: Stable name.
        text: In the source language; ``{0}`` in it stands for ``number``.
        menu: Where it belongs; None: the box and its category.
        keys: Default keys in Qt's portable spelling.
        number: Pixels of a nudge, number of a category; 0 for an action.
    """

    id: str
    text: str
    menu: Menu | None
    keys: tuple[str, ...]
    number: int = 0


@cache
def bindings() -> Mapping[str, Binding]:
    """Everything that has keys, by name, in the order of the menus."""
    known = [Binding(spec.id.value, spec.text, spec.menu, spec.keys) for spec in ACTIONS]
    known += [Binding(it.id, it.text, None, (it.key,), max(abs(it.dx), abs(it.dy))) for it in NUDGES]
    known += [
        Binding(category_binding(place), "Category {0}", None, (key,), place + 1)
        for place, key in enumerate(CATEGORY_KEYS)
    ]
    return {binding.id: binding for binding in known}


def category_binding(place: int) -> str:
    """Name of the key for the category at a place of the list, 0-based."""
    return f"category-{place + 1}"


@lru_cache(maxsize=1024)
def portable(key: str) -> str:
    """One spelling for one key: Qt's portable one; empty for what is no key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


class Shortcuts:
    """The keys in force. A value: ``with_keys`` gives another one.

    Args:
        own: The person's keys by name; unknown names and keys that Qt does not know are left out.
    """

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._own: dict[str, tuple[str, ...]] = {}
        for name, keys in (own or {}).items():
            binding = bindings().get(name)
            spelled = tuple(portable(key) for key in keys)
            if binding is not None and all(spelled) and spelled != _defaults(binding):
                self._own[name] = spelled

    @property
    def own(self) -> Mapping[str, tuple[str, ...]]:
        """Only what differs from the defaults; this is what is stored."""
        return dict(self._own)

    def keys(self, name: str) -> tuple[str, ...]:
        """Keys of an action, nudge or category; the first is the one shown."""
        return self._own.get(name, _defaults(bindings()[name]))

    def is_own(self, name: str) -> bool:
        """Whether the person has chosen these keys."""
        return name in self._own

    def users_of(self, key: str) -> tuple[Binding, ...]:
        """Everything that this key fires."""
        spelled = portable(key)
        return tuple(it for it in bindings().values() if spelled in self.keys(it.id))

    def with_keys(self, name: str, keys: tuple[str, ...]) -> Shortcuts:
        """With these keys for ``name``; whatever else had one of them loses it, so that no key ever does two things."""
        spelled = tuple(portable(key) for key in keys)
        own = {**self._own, name: spelled}
        for other in bindings():
            if other != name and set(self.keys(other)) & set(spelled):
                own[other] = tuple(key for key in self.keys(other) if key not in spelled)
        return Shortcuts(own)

    def with_defaults(self, name: str) -> Shortcuts:
        """With our keys for ``name``; whatever else has one of them loses it."""
        return self.with_keys(name, bindings()[name].keys)


def _defaults(binding: Binding) -> tuple[str, ...]:
    return tuple(portable(key) for key in binding.keys)
