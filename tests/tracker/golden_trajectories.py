"""Fixed-seed trajectories of every architecture, by the whole way from a published file to boxes.

    python tests/tracker/golden_trajectories.py              # write golden_trajectories.json anew
    python tests/tracker/golden_trajectories.py --spread     # how far rounding errors move them

Weights and pictures are made of integers and of numpy's uniform numbers, which are the same on every computer.
What differs between computers is the order in which convolutions add up. ``--spread`` imitates that: the largest
difference of boxes, scores and maps when ONNX Runtime is exchanged for PyTorch, and when every weight is changed by a
relative 1e-6 (some ten roundings), three times.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np  # noqa: E402 - after the path is set
import torch  # noqa: E402
from released_files import PUBLISHED_FILES, plausible, write_published  # noqa: E402

from tracker.config import AdaptationConfig  # noqa: E402
from tracker.dimp_tracker import DimpTracker  # noqa: E402
from tracker.geometry import BoundingBox  # noqa: E402
from tracker.manifest import WEIGHTS_FOLDER  # noqa: E402
from tracker.model_admission import add_model  # noqa: E402
from tracker.model_file import expected_shapes, read_model_file, write_model_file  # noqa: E402
from tracker.model_library import ModelLibrary  # noqa: E402
from tracker.network_config import NETWORK_CONFIGS  # noqa: E402
from tracker.presets import preset  # noqa: E402
from tracker.result import TrackResult  # noqa: E402
from tracker.weights import Runtime, load_network  # noqa: E402

GOLDEN = Path(__file__).with_suffix(".json")
LENGTHS = {"lite0": 14, "dimp18": 3, "prdimp18": 8, "dimp50": 3, "super_dimp": 3, "prdimp50": 3}
"""Frames tracked after the first one: as far as rounding does not change which of the random candidates are averaged,
which with random weights of the box branch would lead elsewhere from there on."""
SEED = 7
WIDTH, HEIGHT, TARGET = 240, 180, 36


def picture(frame: int) -> np.ndarray:
    """A bright textured square that moves over a dull ground, (H, W, 3)."""
    ground, target = _texture(1, HEIGHT, WIDTH, 60, 140), _texture(2, TARGET, TARGET, 0, 255)
    x, y = place(frame)
    ground[y : y + TARGET, x : x + TARGET] = target
    return ground


def place(frame: int) -> tuple[int, int]:
    """Left and upper edge of the square."""
    return 60 + 3 * frame, 70 + (frame * frame) // 8 - frame


def _texture(seed: int, height: int, width: int, lowest: int, highest: int) -> np.ndarray:
    """Blocks of 9 pixels, of any colour between two brightnesses."""
    small = np.random.default_rng(seed).integers(lowest, highest, (-(-height // 9), -(-width // 9), 3), dtype=np.uint8)
    return small.repeat(9, 0).repeat(9, 1)[:height, :width].copy()


def source_file(name: str, folder: Path, *, zip_format: bool) -> Path:
    """What a person would have: a checkpoint of the authors, or a model file from training."""
    if name != "lite0":
        return write_published(folder / PUBLISHED_FILES[name], name, zip_format=zip_format)
    # the trunk as it is shipped, which is never trained anew; the box branch as in a random dimp18, cut to size
    _, state = read_model_file(WEIGHTS_FOLDER / "lite0_untrained.safetensors")
    config = NETWORK_CONFIGS["lite0"]
    generator = np.random.default_rng(SEED)
    for key, shape in expected_shapes(config).items():
        if key not in state:
            uniform = torch.from_numpy(generator.random(shape, dtype=np.float32))
            state[key] = plausible(key, uniform)
    write_model_file(config, state, folder / "lite0.safetensors")
    return folder / "lite0.safetensors"


def added_model(name: str, folder: Path, *, zip_format: bool = True) -> ModelLibrary:
    """A library with the model in it, which went through ``weights add``."""
    library = ModelLibrary(own=folder / "models")
    add_model(source_file(name, folder, zip_format=zip_format), f"golden-{name}", library)
    return library


def trajectory(name: str, library: ModelLibrary, runtime: Runtime = Runtime.AUTO, changed: int | None = None) -> list:
    """What the tracker answers on every frame.

    Args:
        name: The architecture.
        library: From ``added_model``.
        runtime: What runs the convolutions.
        changed: Seed of a relative change of 1e-6 of all weights; None for none.
    """
    if changed is None:
        network = load_network(f"golden-{name}", device="cpu", library=library, runtime=runtime)
    else:
        network = _changed_network(name, library, changed)
    # with weights that nothing has learned, fitting the box branch makes much of a rounding error
    config = replace(preset(network.config.preset), adaptation=AdaptationConfig())
    tracker = DimpTracker(network, seed=SEED, config=config)
    x, y = place(0)
    results = [tracker.initialize(picture(0), BoundingBox(x, y, TARGET, TARGET))]
    results += [tracker.track(picture(frame)) for frame in range(1, LENGTHS[name] + 1)]
    return [_row(result) for result in results]


def _row(result: TrackResult) -> dict[str, object]:
    row, column = np.unravel_index(int(result.score_map.argmax()), result.score_map.shape)
    return {
        "box": [round(side, 4) for side in asdict(result.box).values()],
        "status": result.status.name,
        "score": round(result.score, 6),
        "peak": [int(row), int(column)],
        "map_mean": round(float(np.abs(result.score_map).mean()), 7),
    }


def _changed_network(name: str, library: ModelLibrary, seed: int) -> object:
    config, state = read_model_file(library.find(f"golden-{name}"))
    generator = torch.Generator().manual_seed(seed)
    for key, value in state.items():
        state[key] = value * (1 + 1e-6 * torch.randn(value.shape, generator=generator))
    file = library.own / f"changed-{name}.safetensors"
    write_model_file(config, state, file)
    return load_network(file, device="cpu")


def differences(one: list, other: list) -> dict[str, float]:
    """Largest differences of boxes in pixels, scores, means of the map; infinite where another decision was taken."""
    pairs = list(zip(one, other, strict=True))
    same = all(a["status"] == b["status"] and a["peak"] == b["peak"] for a, b in pairs)
    return {
        "box": max(abs(u - v) for a, b in pairs for u, v in zip(a["box"], b["box"], strict=True)),
        "score": max(abs(a["score"] - b["score"]) for a, b in pairs),
        "map_mean": max(abs(a["map_mean"] - b["map_mean"]) for a, b in pairs),
        "decisions": 0.0 if same else float("inf"),
    }


def spread(name: str, library: ModelLibrary) -> dict[str, float]:
    """How far rounding errors move a trajectory."""
    usual = trajectory(name, library)
    others = [trajectory(name, library, Runtime.PYTORCH)] + [trajectory(name, library, changed=n) for n in range(3)]
    found = [differences(usual, other) for other in others]
    return {what: max(each[what] for each in found) for what in found[0]}


def main(arguments: list[str]) -> int:
    """Write the file, or print the spread; names of architectures choose some of them."""
    names = [name for name in LENGTHS if name in arguments] or list(LENGTHS)
    golden = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            library = added_model(name, Path(folder))
            if "--spread" in arguments:
                print(name, {what: f"{value:.1e}" for what, value in spread(name, library).items()}, flush=True)
            else:
                golden[name] = trajectory(name, library)
                print(name, [row["status"] for row in golden[name]], flush=True)
    if "--spread" not in arguments:
        GOLDEN.write_text(json.dumps(golden, indent=None).replace(' {"box"', '\n {"box"') + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
