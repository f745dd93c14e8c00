"""The heat-map: the tracker's score map as a picture over the frame, clear where the score is low."""

# mypy: disallow-untyped-calls=False
# pyqtgraph has no types
from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtGui import QImage, QPainter

from app.settings import HeatColours
from app.views.picture_mapping import PictureMapping
from tracker.geometry import BoundingBox
from tracker.result import TrackResult

_SMOOTHING = 8
"""Drawn points a cell and axis: enough that no cell edge shows; the painter interpolates the rest."""
_CLEAR_BELOW = 0.05
_FULL_ABOVE = 0.5


class HeatmapItem:
    """One score map, placed in picture coordinates by its ``score_map_box``."""

    def __init__(self) -> None:
        self.visible = True
        self.opacity = 0.6
        self._colours = HeatColours.INFERNO
        self._scores: npt.NDArray[np.float32] | None = None
        self._place = BoundingBox(0, 0, 1, 1)
        self._image: QImage | None = None

    @property
    def colours(self) -> HeatColours:
        """The colour map in use."""
        return self._colours

    @colours.setter
    def colours(self, colours: HeatColours) -> None:
        self._colours = colours
        self._image = None

    @property
    def place(self) -> BoundingBox | None:
        """Where the heat-map lies in picture pixels; None while there is none."""
        return self._place if self._scores is not None else None

    def set_result(self, result: TrackResult | None) -> None:
        """Show another result's score map, or none."""
        self._image = None
        self._scores = None
        if result is not None and result.score_map.size and result.score_map_box.is_valid:
            self._scores, self._place = result.score_map, result.score_map_box

    def paint(self, painter: QPainter, mapping: PictureMapping) -> None:
        """Draw over the frame; does nothing while hidden or without a score map."""
        if not self.visible or self._scores is None:
            return
        if self._image is None:
            self._image = heat_image(self._scores, self._colours)
        painter.save()
        painter.setOpacity(painter.opacity() * self.opacity)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(mapping.box_rect(self._place), self._image)
        painter.restore()


def heat_image(scores: npt.NDArray[np.float32], colours: HeatColours) -> QImage:
    """A score map as premultiplied colours, ``_SMOOTHING`` times finer than its cells.

    Scores are interpolated before they are coloured, so that lines of equal colour are lines of equal score.

    Args:
        scores: ``(rows, columns)``; 0 and below is clear, 1 and above full colour. What is not finite counts as 0.
        colours: Colour map.
    """
    finite = np.nan_to_num(scores, nan=0.0, posinf=0.0, neginf=0.0)
    fine = _interpolation(finite.shape[0]) @ finite @ _interpolation(finite.shape[1]).T
    levels = np.rint(np.clip(fine, 0.0, 1.0) * 255).astype(np.uint8)
    pixels = np.ascontiguousarray(_lookup_table(colours)[levels])
    rows, columns = levels.shape
    # the copy lets go of the numpy buffer, which would otherwise have to outlive the image
    return QImage(pixels.data, columns, rows, QImage.Format.Format_ARGB32_Premultiplied).copy()


@cache
def _lookup_table(colours: HeatColours) -> npt.NDArray[np.uint32]:
    """Level 0..255 -> premultiplied 0xAARRGGBB, ``(256,)``; alpha rises smoothly with the level."""
    rgb = np.asarray(pg.colormap.get(colours.value).getLookupTable(nPts=256), dtype=np.float64)[:, :3]
    ramp = np.clip((np.arange(256) / 255 - _CLEAR_BELOW) / (_FULL_ABOVE - _CLEAR_BELOW), 0.0, 1.0)
    alpha = ramp * ramp * (3 - 2 * ramp)
    red, green, blue = np.rint(rgb * alpha[:, None]).astype(np.uint32).T
    table: npt.NDArray[np.uint32] = np.rint(alpha * 255).astype(np.uint32) << 24 | red << 16 | green << 8 | blue
    return table


@cache
def _interpolation(cells: int) -> npt.NDArray[np.float32]:
    """Catmull-Rom weights from cell centres to fine points, ``(cells * _SMOOTHING, cells)``; edges repeat."""
    position = (np.arange(cells * _SMOOTHING) + 0.5) / _SMOOTHING - 0.5
    base = np.floor(position).astype(np.int64)
    t = position - base
    weights = np.stack(
        [
            -0.5 * t**3 + t**2 - 0.5 * t,
            1.5 * t**3 - 2.5 * t**2 + 1,
            -1.5 * t**3 + 2 * t**2 + 0.5 * t,
            0.5 * t**3 - 0.5 * t**2,
        ]
    )
    matrix = np.zeros((cells * _SMOOTHING, cells), dtype=np.float32)
    rows = np.arange(cells * _SMOOTHING)
    for offset, weight in zip((-1, 0, 1, 2), weights, strict=True):
        np.add.at(matrix, (rows, np.clip(base + offset, 0, cells - 1)), weight)
    return matrix
