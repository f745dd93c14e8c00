"""OpenCV's CSRT tracker at the far end of a pipe: the script that ``tracker.evaluation.csrt_process`` starts.

It runs in an environment of its own, with opencv-contrib, and so imports nothing of this program. It follows one
target, which may begin anew on any picture. All numbers are little-endian, a box is four doubles (x, y, w, h) in image
pixels:

* at the start to the program: ``CSRT``, the length of a text as uint32, and OpenCV's version as UTF-8;
* a request: uint8 (1 begin on the box, 2 find the target), height and width as uint32, a box (zeros when finding), then
  height * width * 3 bytes RGB;
* the reply: uint8 (0 not found, 1 found, 2 refused), a box, the seconds CSRT took as a double, the length of a text as
  uint32, and the text as UTF-8: why it was refused, else nothing.

The end of the requests ends the script.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from typing import Any, BinaryIO

import cv2
import numpy as np

GREETING = b"CSRT"
LENGTH = struct.Struct("<I")
REQUEST = struct.Struct("<BII4d")
REPLY = struct.Struct("<B5dI")
BEGIN, FIND = 1, 2
NOT_FOUND, FOUND, REFUSED = 0, 1, 2

_NO_BOX = (0.0, 0.0, 0.0, 0.0)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers until there are no more requests."""
    version = cv2.__version__.encode()
    _send(replies, GREETING, LENGTH.pack(len(version)), version)
    tracker: Any = None
    while True:
        header = requests.read(REQUEST.size)
        if len(header) < REQUEST.size:
            return
        kind, height, width, *box = REQUEST.unpack(header)
        pixels = np.frombuffer(requests.read(height * width * 3), np.uint8).reshape(height, width, 3)
        picture = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
        found, text = box, ""
        started = time.perf_counter()
        try:
            if kind == BEGIN:
                tracker = _make_tracker()
                tracker.init(picture, _whole_pixels(box, width, height))
                status = FOUND
            elif tracker is None:
                status, text = REFUSED, "no target yet"
            else:
                is_found, found = tracker.update(picture)
                status = FOUND if is_found else NOT_FOUND
        except cv2.error as error:
            status, text = REFUSED, " ".join(str(error).split())
        seconds = time.perf_counter() - started
        words = text.encode()
        answer = map(float, found if status == FOUND else _NO_BOX)
        _send(replies, REPLY.pack(status, *answer, seconds, len(words)), words)


def _make_tracker() -> Any:  # noqa: ANN401 - the class is in opencv-contrib only
    return cv2.TrackerCSRT_create()  # type: ignore[attr-defined, unused-ignore]


def _whole_pixels(box: list[float], width: int, height: int) -> tuple[int, int, int, int]:
    """CSRT takes whole pixels, and a box outside the picture can end the process: the nearest one inside."""
    x, y, w, h = box
    left, right = (min(max(round(edge), 0), width) for edge in (x, x + w))
    top, bottom = (min(max(round(edge), 0), height) for edge in (y, y + h))
    left, top = min(left, width - 1), min(top, height - 1)
    return left, top, max(right - left, 1), max(bottom - top, 1)


def _send(replies: BinaryIO, *parts: bytes) -> None:
    replies.writelines(parts)
    replies.flush()


def main() -> None:
    """Serves on the standard streams; the first argument is how many threads OpenCV may use (0: as it likes)."""
    if len(sys.argv) > 1 and int(sys.argv[1]) > 0:
        cv2.setNumThreads(int(sys.argv[1]))
    # what a library prints must not come between the replies
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
