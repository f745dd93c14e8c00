"""What is made of thousands of Tracks, taken apart beside the window once nobody needs it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QThreadPool

Container = list[Any] | dict[Any, Any]

_FEW = 100
"""Up to so many things go as well by themselves."""


def let_go(*containers: Container) -> None:
    """Have these emptied, at which nobody may look any more.

    With the last one who refers to it a container goes in one piece, and with thousands of Tracks that takes a tenth of
    a second of whoever it was. One by one they leave room for the window in between.
    """

    def work() -> None:
        for container in containers:
            take = container.pop if isinstance(container, list) else container.popitem
            while container:
                take()

    if sum(map(len, containers)) > _FEW:
        QThreadPool.globalInstance().start(work)
