"""Work a modal dialog from a test: what opens it blocks until it is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog

D = TypeVar("D", bound=QDialog)


def in_dialog(kind: type[D], act: Callable[[D], None], opener: Callable[[], None]) -> None:
    """Call ``opener``, and ``act`` on the dialog it opens, now or soon; it is closed whatever happens in ``act``."""
    failures: list[BaseException] = []
    seen: list[D] = []
    ended: list[bool] = []
    loop = QEventLoop()

    def end() -> None:
        ended.append(True)
        loop.quit()

    def work(tries: int = 200) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            if tries:
                QTimer.singleShot(10, lambda: work(tries - 1))
            else:
                end()
            return
        seen.append(dialog)
        dialog.activateWindow()  # the offscreen platform has no window manager that does it
        QApplication.processEvents()
        try:
            act(dialog)
        except BaseException as error:  # noqa: BLE001  # raised again below
            failures.append(error)
        finally:
            if dialog.isVisible():
                dialog.reject()
            end()

    QTimer.singleShot(0, work)
    opener()
    if not ended:
        loop.exec()
    assert seen, f"no {kind.__name__} appeared"
    if failures:
        raise failures[0]
