"""What is labelled all day: a short video and a folder of pictures of the same scene."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import cv2

from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription

FRAMES, WIDTH, HEIGHT = 160, 320, 240


def scene() -> GeneratedScene:
    """An object that moves over a background."""
    return GeneratedScene(SceneDescription(1, FRAMES, WIDTH, HEIGHT, 40))


def write_clips(folder: Path) -> tuple[Path, Path]:
    """The video and the folder."""
    shown, video, pictures = scene(), folder / "scene.mp4", folder / "pictures"
    pictures.mkdir()
    with av.open(str(video), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25), options={"preset": "ultrafast", "g": "25"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for index in range(FRAMES):
            frame = shown.frame(index)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
            cv2.imwrite(str(pictures / f"{index:04d}.jpg"), frame[:, :, ::-1])
        container.mux(stream.encode())
    return video, pictures
