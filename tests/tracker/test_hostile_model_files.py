"""Whatever is in a file, reading it ends in a network or in one sentence: seeded damage, and lies told on purpose."""

from __future__ import annotations

import json
import pickle
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from released_files import shapes_only, write_released
from safetensors.torch import save_file

from tracker.errors import TrackerError
from tracker.manifest import MANIFEST
from tracker.model_file import CONFIG_KEY, read_model_file
from tracker.model_library import ModelLibrary
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.released_checkpoint import read_released

LITE0 = NETWORK_CONFIGS["lite0"]


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("originals")
    state = shapes_only("dimp18")
    zipped = write_released(folder / "zip.pth", "dimpnet18", state)
    legacy = write_released(folder / "legacy.pth", "dimpnet18", state, zip_format=False)
    small = folder / "small.safetensors"
    save_file({"weight": torch.ones(4)}, small, metadata={CONFIG_KEY: LITE0.to_json()})
    files = {"zip": zipped, "legacy": legacy, "safetensors": small}
    return {name: path.read_bytes() for name, path in files.items()}


def damaged(original: bytes, generator: np.random.Generator) -> bytes:
    """Bytes changed, taken away, doubled or put in; mostly in the first kilobytes, where structure is."""
    content = bytearray(original)
    for _ in range(int(generator.integers(1, 6))):
        reach = len(content) if generator.random() < 0.4 else min(len(content), 4096)
        at = int(generator.integers(0, max(reach, 1)))
        length = int(generator.integers(1, 17))
        match int(generator.integers(0, 6)):
            case 0:
                content[at] ^= 1 << int(generator.integers(0, 8))
            case 1:
                content[at : at + length] = generator.bytes(length)
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + length]
            case 4:
                content[at : at + 8] = struct.pack("<Q", int(generator.choice([0, 1, 2**31, 2**40, 2**63])))
            case _:
                del content[at:]
        if not content:
            break
    return bytes(content)


def refusal(read: Callable[[], object]) -> str | None:
    """The sentence that reading ends in, or None; whatever else is raised fails the test."""
    try:
        read()
    except TrackerError as error:
        return str(error)
    return None


def is_refused(read: Callable[[Path], object], path: Path) -> bool:
    """Whether a file is refused, in one sentence that fits a screen."""
    said = refusal(lambda: read(path))
    assert said is None or (said.isprintable() and len(said) < 600)
    return said is not None


def survive(original: bytes, read: Callable[[Path], object], path: Path, seeds: range) -> None:
    refused = 0
    for seed in seeds:
        path.write_bytes(damaged(original, np.random.default_rng(seed)))
        try:
            refused += is_refused(read, path)
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
    assert refused > len(seeds) // 3


@pytest.mark.parametrize("container", ["zip", "legacy"])
def test_damaged_checkpoints(tmp_path: Path, originals: dict[str, bytes], container: str) -> None:
    survive(originals[container], read_released, tmp_path / "a.pth", range(60))


def test_damaged_model_files(tmp_path: Path, originals: dict[str, bytes]) -> None:
    survive(originals["safetensors"], read_model_file, tmp_path / "a.safetensors", range(300))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("container", ["zip", "legacy", "safetensors"])
def test_much_damage(tmp_path: Path, originals: dict[str, bytes], container: str) -> None:
    read = read_model_file if container == "safetensors" else read_released
    suffix = "safetensors" if container == "safetensors" else "pth"
    survive(originals[container], read, tmp_path / f"a.{suffix}", range(1000, 2500))


def with_header(path: Path, header: object, data: bytes = b"") -> Path:
    text = json.dumps(header).encode() if not isinstance(header, bytes) else header
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    return path


@pytest.mark.parametrize(
    "tensors",
    [
        {"w": {"dtype": "F32", "shape": [2**62, 2**62], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}},
        {"w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}},
        {"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 2**63]}},
        {"w": {"dtype": "X9", "shape": [1], "data_offsets": [0, 4]}},
        {"\x1b[2J": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}},
        {"w" * 100_000: {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}},
    ],
)
def test_headers_that_lie(tmp_path: Path, tensors: dict[str, object]) -> None:
    header = {"__metadata__": {CONFIG_KEY: LITE0.to_json()}, **tensors}
    assert is_refused(read_model_file, with_header(tmp_path / "a.safetensors", header, b"\0" * 4))


@pytest.mark.parametrize("header", [b"", b"{", b"[" * 50_000, b"null", b'{"__metadata__": 7}'])
def test_headers_that_are_none(tmp_path: Path, header: bytes) -> None:
    assert is_refused(read_model_file, with_header(tmp_path / "a.safetensors", header))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = sorted(json.loads(LITE0.to_json()))


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4), JSON)
def test_descriptions_of_networks_are_understood_or_refused(changes: dict[str, object], whole: object) -> None:
    for text in (json.dumps(json.loads(LITE0.to_json()) | changes), json.dumps(whole)):
        said = refusal(partial(NetworkConfig.from_json, text))
        if said is None:
            config = NetworkConfig.from_json(text)
            assert NetworkConfig.from_json(config.to_json()) == config
            assert config.name.isprintable()
        else:
            assert said.isprintable()


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 100_000, "9" * 10_000, "NaN", '"\\ud800"'])
def test_descriptions_of_great_depth_or_length_are_refused(text: str) -> None:
    with pytest.raises(TrackerError) as caught:
        NetworkConfig.from_json(text)
    assert len(str(caught.value)) < 600


def test_a_file_with_another_description_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"weight": torch.ones(4)}, path, metadata={CONFIG_KEY: "{}"})
    with pytest.raises(TrackerError, match=r"other\.safetensors: The model's description"):
        read_model_file(path)


def test_a_description_of_a_giant_is_refused_before_anything_is_built() -> None:
    giant = json.loads(LITE0.to_json())
    giant["filter_channels"] = 4096
    giant["iou_widths"] = dict.fromkeys(giant["iou_widths"], 4096)
    with pytest.raises(TrackerError, match="channel counts"):
        NetworkConfig.from_json(json.dumps(giant))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON | st.fixed_dictionaries({"models": st.lists(JSON, max_size=2), "default": JSON}))
def test_lists_of_models_are_understood_or_refused(tmp_path: Path, content: object) -> None:
    (tmp_path / MANIFEST).write_text(json.dumps(content))
    said = refusal(ModelLibrary(own=tmp_path).own_models)
    assert said is None or said.isprintable()


def test_pickles_that_ask_for_a_lot_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    for content in (
        b"\x80\x02" + b"(" * 100_000 + b"t.",  # marks
        b"\x80\x02" + b"]" + b"]a" * 10 + b"." * 3,
        b"\x80\x04\x8d" + struct.pack("<Q", 2**62) + b"x.",  # a text of exabytes
        pickle.dumps({"net": {}}, protocol=5),
        b"cos\nsystem\n(S'echo'\ntR.",
    ):
        path.write_bytes(content)
        assert is_refused(read_released, path)
