"""``weights``: from a published checkpoint to a model that tracks, and every refusal in one sentence."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from released_files import shapes_only, write_published, write_released
from safetensors import safe_open
from safetensors.torch import load_file

from app.cli import main
from tracker.manifest import MANIFEST, WEIGHTS_FOLDER
from tracker.model_file import CONFIG_KEY, save_network
from tracker.model_library import own_folder
from tracker.network import DimpNetwork
from tracker.network_config import NETWORK_CONFIGS
from tracker.released_checkpoint import read_released
from tracker.weights import load_network, read_network

LITE0 = WEIGHTS_FOLDER / "lite0.safetensors"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("published") / "dimp18.pth", "dimp18")


def _refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The sentence a command refuses with."""
    capsys.readouterr()
    assert main(["weights", *map(str, arguments)]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    said = [line for line in lines if not line.startswith("Reading ")]
    assert len(said) == 1
    return said[0]


def _rows(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """The lines of ``weights list`` by name of the model."""
    capsys.readouterr()
    assert main(["weights", "list"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[1:-1]]
    return {line[line[0] == "*"]: line for line in lines}


def test_a_published_checkpoint_is_added_listed_verified_used_and_removed(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["weights", "add", str(published)]) == 0
    assert "Added dimp18 (resnet18, settings dimp18)" in capsys.readouterr().out
    rows = _rows(capsys)
    assert rows["lite0"][0] == "*"
    assert rows["dimp18"] == ["dimp18", "resnet18", "dimp18", "43.0", "MB", "ok", str(own_folder())]
    assert main(["weights", "verify"]) == 0
    assert capsys.readouterr().out.splitlines() == ["lite0: ok", "lite0_untrained: ok", "dimp18: ok"]

    network = load_network("dimp18", device="cpu")
    assert network.config == NETWORK_CONFIGS["dimp18"]
    direct = load_network(published, device="cpu")
    crops, boxes = torch.rand(1, 3, 96, 96) * 255, torch.tensor([[30.0, 20.0, 40.0, 50.0]])
    outputs = []
    for one in (network, direct):
        x = one.classification_features(one.extract_features(crops))
        outputs.append(one.scores(one.initialize_filter(x, boxes), x))
    assert torch.equal(*outputs)

    assert "already a model named 'dimp18'" in _refused(capsys, "add", published)
    assert main(["weights", "remove", "dimp18"]) == 0
    assert "dimp18" not in _rows(capsys)
    assert "no model named 'dimp18'" in _refused(capsys, "verify", "dimp18")
    assert main(["weights", "add", str(published)]) == 0


def test_what_is_written_holds_numbers_only_and_the_name(published: Path) -> None:
    assert main(["weights", "add", str(published), "--name", "of-2019"]) == 0
    path = own_folder() / "of-2019.safetensors"
    config, state = read_released(published)
    assert read_network("of-2019").config == replace(config, name="of-2019")
    written = load_file(path)
    assert written.keys() == state.keys()
    assert all(torch.equal(written[name], value) for name, value in state.items())
    with safe_open(path, framework="pt") as file:
        assert file.metadata().keys() == {CONFIG_KEY}


@pytest.mark.parametrize("half", [False, True])
def test_a_model_from_training_keeps_its_precision_and_gets_the_files_name(tmp_path: Path, half: bool) -> None:
    source = tmp_path / "run-7.safetensors"
    save_network(DimpNetwork(NETWORK_CONFIGS["lite0"]), source, half=half)
    assert main(["weights", "add", str(source)]) == 0
    before, after = load_file(source), load_file(own_folder() / "run-7.safetensors")
    assert {value.dtype for value in after.values()} == {torch.float16 if half else torch.float32}
    assert all(torch.equal(after[name], value) for name, value in before.items())
    assert load_network("run-7", device="cpu").config.name == "run-7"


def test_an_added_model_tracks_a_video_by_its_name(published: Path, tmp_path: Path) -> None:
    main(["weights", "add", str(published)])
    from app.sample import load_sample

    sample = load_sample()
    out = tmp_path / "boxes.json"
    box = ",".join(str(value) for value in (sample.box.x, sample.box.y, sample.box.w, sample.box.h))
    arguments = ["track", str(sample.video), "--box", box, "--until", "2", "--model", "dimp18", "--device", "cpu"]
    assert main([*arguments, "--export", f"coco:{out}"]) == 0
    assert len(json.loads(out.read_text())["annotations"]) == 3


@pytest.mark.parametrize("name", ["../up", "a/b", "default", "x.pth", "lite0", "LITE0", ""])
def test_names_that_cannot_be_are_refused_before_the_file_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    source = tmp_path / "never-read.pth"
    source.write_bytes(b"not a checkpoint")
    assert "name" in _refused(capsys, "add", source, f"--name={name}")
    assert not own_folder().exists()


def test_other_files_are_refused_in_one_sentence_and_leave_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simple = write_released(tmp_path / "simple.pth", "dimpnet50_simple", shapes_only("dimp50"))
    state = shapes_only("dimp18")
    del state["bb_regressor.iou_predictor.bias"]
    short = write_released(tmp_path / "short.pth", "dimpnet18", state)
    text = tmp_path / "notes.txt"
    text.write_text("hello")
    unknown = tmp_path / "unknown.safetensors"
    save_network(DimpNetwork(NETWORK_CONFIGS["lite0"]), unknown, replace(NETWORK_CONFIGS["lite0"], preset="none"))
    assert "not supported" in _refused(capsys, "add", simple)
    assert "lacks 'bb_regressor.iou_predictor.bias'" in _refused(capsys, "add", short)
    assert "notes.txt is no weights file" in _refused(capsys, "add", text)
    assert "no weights file" in _refused(capsys, "add", tmp_path / "missing.pth")
    assert "no tracker settings named 'none'" in _refused(capsys, "add", unknown)
    assert "already a model named 'lite0'" in _refused(capsys, "add", LITE0)
    assert not list(own_folder().glob("*.safetensors*")) if own_folder().exists() else True


class Bomb:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"mkdir {self.path}",)


@pytest.mark.parametrize("zip_format", [True, False])
def test_a_malicious_checkpoint_is_refused_without_being_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], zip_format: bool
) -> None:
    trap = tmp_path / "sprung"
    path = tmp_path / "dimp18.pth"
    write_released(path, "dimpnet18", shapes_only("dimp18"), zip_format=zip_format, further={"stats": [Bomb(trap)]})
    assert "nothing was run" in _refused(capsys, "add", path)
    assert not trap.exists()
    assert not own_folder().exists()


def test_verify_tells_damage_of_each_kind_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("flipped", "gone", "mislabelled"):
        assert main(["weights", "add", str(LITE0), "--name", name]) == 0
    flipped = own_folder() / "flipped.safetensors"
    content = bytearray(flipped.read_bytes())
    content[-1] ^= 1
    flipped.write_bytes(content)
    (own_folder() / "gone.safetensors").unlink()
    manifest = own_folder() / MANIFEST
    listed = json.loads(manifest.read_text())
    listed["models"][2]["preset"] = "dimp18"
    manifest.write_text(json.dumps(listed))
    states = {name: row[-2] for name, row in _rows(capsys).items()}
    assert states == {
        "lite0": "ok", "lite0_untrained": "ok", "flipped": "damaged", "gone": "missing", "mislabelled": "ok"
    }  # fmt: skip
    capsys.readouterr()
    assert main(["weights", "verify"]) == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == ["lite0: ok", "lite0_untrained: ok"]
    problems = captured.err.splitlines()
    assert len(problems) == 3
    for problem, word in zip(problems, ("checksum", "missing", "not what the list of models says"), strict=True):
        assert word in problem
    assert main(["weights", "verify", "default"]) == 0
    assert main(["weights", "verify", "flipped"]) == 1


def test_a_broken_list_of_added_models_leaves_the_programs_own_in_sight(capsys: pytest.CaptureFixture[str]) -> None:
    own_folder().mkdir(parents=True)
    (own_folder() / MANIFEST).write_text("{")
    for action in (["list"], ["verify"]):
        assert main(["weights", *action]) == 1
        captured = capsys.readouterr()
        assert "lite0" in captured.out
        assert "cannot be read" in captured.err
    assert main(["weights", "verify", "lite0"]) == 1
    assert "cannot be read" in _refused(capsys, "verify", "mine")
    assert load_network("default", device="cpu").config.name == "lite0"


@pytest.mark.parametrize("arguments", [[], ["add"], ["remove"], ["copy"], ["list", "more"]])
def test_wrong_arguments_are_answered_with_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["weights", *arguments]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
