"""Where labels can stand: beside their boxes, in sight and not on each other. In columns, for a crowd has very many."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF


class Spots:
    """Five spots for each label, the best first: above its box, below, beside; inside where none of them is in sight.

    Args:
        labels: ``(N, 7)``: left, top, width and height of each box in the widget, width and height of its label, and
            the gap between the two.
        area: What can be seen of the widget.
    """

    def __init__(self, labels: npt.NDArray[np.float64], area: QRectF) -> None:
        x, y, w, h, width, height, gap = labels.T
        left = np.minimum(np.maximum(x, area.left()), area.right() - width)
        top = np.minimum(np.maximum(y, area.top()), area.bottom() - height)
        inside = np.maximum(y, area.top()) + gap
        lefts = np.stack([left, left, x + w + gap, x - gap - width, left])
        tops = np.stack([y - gap - height, y + h + gap, top, top, inside])
        rights, bottoms = lefts + width, tops + height
        self._usable = (lefts >= area.left()) & (rights <= area.right())
        self._usable &= (tops >= area.top()) & (bottoms <= area.bottom())
        self._usable[4] = ~self._usable[:4].any(axis=0)
        self._free = self._usable.copy()
        self._sizes = labels[:, 4:6]
        # so that one comparison tells what lies beyond another
        self._edges = np.stack([lefts, tops, -rights, -bottoms])

    def take(self, row: int, *, needs_room: bool) -> tuple[float, float, float, float] | None:
        """Give a label the best spot that no label of a row before has taken.

        Args:
            row: Of the label; rows come in ascending order.
            needs_room: Whether there is no label where no spot is free; else it gets its best one.

        Returns:
            Left, top, width and height, or None.
        """
        free = self._free[:, row].tolist()
        if True not in free:
            if needs_room:
                return None
            free = self._usable[:, row].tolist()
        left, top, right, bottom = self._edges[:, free.index(True), row].tolist()
        # touching is no overlap
        limits = np.array([-right, -bottom, -left, -top])[:, None, None]
        self._free[:, row + 1 :] &= (self._edges[:, :, row + 1 :] >= limits).any(axis=0)
        width, height = self._sizes[row].tolist()
        return left, top, width, height
