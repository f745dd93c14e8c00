"""OpenCV's CSRT tracker, to compare with, in a process and an environment of its own.

Our OpenCV and the one with CSRT both provide ``cv2``, so that they cannot share an environment. The protocol stands in
``csrt_worker.py``.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Self

import numpy as np

from tracker.compiled_graph import usable_threads
from tracker.errors import TrackerError
from tracker.evaluation.csrt_worker import (
    BEGIN,
    FIND,
    FOUND,
    GREETING,
    LENGTH,
    REFUSED,
    REPLY,
    REQUEST,
)
from tracker.geometry import BoundingBox
from tracker.input_checks import check_box, check_image
from tracker.result import TrackResult, TrackStatus
from tracker.search_region import Image

CSRT_FOLDER = Path(__file__).resolve().parents[2] / ".venv-csrt"
WORKER = Path(__file__).with_name("csrt_worker.py")

_PIPE_BYTES = 1 << 20
"""More than the usual 64 kB, where the system allows it: fewer turns for a picture."""

_PATIENCE = 5.0
"""Seconds that a process gets to end by itself."""


def csrt_python(folder: Path | None = None) -> Path:
    """The interpreter of the environment with CSRT: by default ``.venv-csrt`` beside the program.

    Raises:
        TrackerError: There is none.
    """
    folder = folder or CSRT_FOLDER
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        raise TrackerError(f"OpenCV's CSRT is not installed in {folder}; set it up with: make csrt")
    return python


class CsrtProcess:
    """CSRT behind the two verbs of a tracker; ``initialize`` may come again at any time. Use it in a ``with`` block.

    CSRT is not random: there is no seed.

    Args:
        python: An interpreter with opencv-contrib; by default that of ``.venv-csrt``.
        worker: The script it runs.
        threads: How many cores CSRT may use; by default ``usable_threads()``, as our network.

    Attributes:
        version: OpenCV's.
        seconds: What CSRT itself took for the last picture, without the way there and back.

    Raises:
        TrackerError: The environment is missing, or CSRT does not start there.
    """

    def __init__(self, python: Path | None = None, worker: Path = WORKER, threads: int | None = None) -> None:
        command = [str(python or csrt_python()), "-I", str(worker), str(threads or usable_threads())]
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own script
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, pipesize=_PIPE_BYTES
            )
        except OSError as error:
            self._errors.close()
            raise TrackerError(
                f"OpenCV's CSRT does not start ({error.strerror}); set it up anew with: rm -r {CSRT_FOLDER.name}; "
                "make csrt"
            ) from error
        self._box: BoundingBox | None = None
        self.seconds = 0.0
        try:
            self.version = self._greeting()
        except BaseException:
            self.close()
            raise

    def initialize(self, image: Image, box: BoundingBox) -> TrackResult:
        """Begins anew on a box; CSRT itself rounds it to whole pixels inside the picture.

        Raises:
            TrackerError: Unusable image or box, or CSRT failed.
        """
        check_image(image)
        check_box(box, image)
        self._ask(BEGIN, image, box)
        self._box = box
        return _result(box, is_found=True)

    def track(self, image: Image) -> TrackResult:
        """Finds the target in the next picture; the box stays where it was if it is not found.

        Raises:
            TrackerError: The image is not RGB uint8, there is no target yet, or CSRT failed.
        """
        check_image(image)
        if self._box is None:
            raise TrackerError("CSRT knows no target yet; give it a box first.")
        found = self._ask(FIND, image, self._box)
        self._box = found or self._box
        return _result(self._box, is_found=found is not None)

    def close(self) -> None:
        """Ends the process; a second call does nothing."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):  # what was not yet sent finds nobody
                    stream.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _greeting(self) -> str:
        if self._read(len(GREETING)) != GREETING:
            raise TrackerError("The script for CSRT says something else than agreed; get the program again.")
        (length,) = LENGTH.unpack(self._read(LENGTH.size))
        return self._read(length).decode()

    def _ask(self, kind: int, image: Image, box: BoundingBox) -> BoundingBox | None:
        """Sends a request; the answered box, or None if the target was not found."""
        height, width = image.shape[:2]
        numbers = (box.x, box.y, box.w, box.h) if kind == BEGIN else (0.0,) * 4
        stream = _open(self._process.stdin)
        try:
            stream.write(REQUEST.pack(kind, height, width, *numbers))
            stream.write(np.ascontiguousarray(image).data)
            stream.flush()
        except OSError as error:
            raise self._death() from error
        status, x, y, w, h, self.seconds, length = REPLY.unpack(self._read(REPLY.size))
        text = self._read(length).decode()
        if status == REFUSED:
            raise TrackerError(f"CSRT failed on a picture of {width} x {height} pixels: {text}")
        return BoundingBox(x, y, w, h) if status == FOUND else None

    def _read(self, size: int) -> bytes:
        data = _open(self._process.stdout).read(size)
        if len(data) < size:
            raise self._death()
        return data

    def _death(self) -> TrackerError:
        """What the process said last, as an error."""
        self._process.wait(_PATIENCE)
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else f"it ended with code {self._process.returncode}"
        return TrackerError(f"The process with OpenCV's CSRT ended: {reason}; set it up anew with: make csrt")


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both are pipes
    return stream


def _result(box: BoundingBox, *, is_found: bool) -> TrackResult:
    score_map = np.full((1, 1), float(is_found), np.float32)
    score_map.flags.writeable = False
    return TrackResult(box, float(is_found), TrackStatus.FOUND if is_found else TrackStatus.NOT_FOUND, score_map, box)
