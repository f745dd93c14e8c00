"""What ONNX Runtime computes is what PyTorch computes; without it, or where it fails, PyTorch takes over."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace

import pytest
import torch
from torch import nn

from tracker import compiled_graph, compiled_session, weights
from tracker.batch_norm_folding import fold_batch_norm
from tracker.compiled_graph import CompiledGraph, Runtime, usable_threads
from tracker.dimp_tracker import DimpTracker
from tracker.errors import TrackerError
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.onnx_export import UnknownLayerError
from tracker.weights import load_network

pytest.importorskip("onnxruntime")

TOLERANCE = 1e-5
"""Of the largest value: float32, summed in another order."""


@pytest.fixture(autouse=True)
def _threads_as_before():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def random_network(name):
    torch.manual_seed(0)
    network = DimpNetwork(NETWORK_CONFIGS[name]).eval().requires_grad_(False)
    fold_batch_norm(network)
    return network.requires_grad_(False)


def crops(count, side, seed=0):
    """As the tracker makes them: bytes, colours interleaved."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, 256, (count, side, side, 3), dtype=torch.uint8, generator=generator).permute(0, 3, 1, 2)


def outputs(network, pictures):
    features, x = network.see(pictures)
    return features.stride8, features.stride16, x


@pytest.mark.parametrize("name", ["lite0", "dimp18", "dimp50"])
def test_every_architecture_gives_the_same_features(name):
    network = random_network(name)
    pictures = crops(2, 96)
    expected = outputs(network, pictures)
    network.compile_graphs(1)
    for ours, theirs in zip(outputs(network, pictures), expected, strict=True):
        torch.testing.assert_close(ours, theirs, atol=TOLERANCE * theirs.abs().max().item(), rtol=0)


def test_default_model_gives_the_same_features():
    pictures = crops(1, 256)
    expected = outputs(load_network(device="cpu", runtime=Runtime.PYTORCH), pictures)
    actual = outputs(load_network(device="cpu", runtime=Runtime.ONNX_RUNTIME), pictures)
    for ours, theirs in zip(actual, expected, strict=True):
        torch.testing.assert_close(ours, theirs, atol=TOLERANCE * theirs.abs().max().item(), rtol=0)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_to_the_bit_every_time_and_in_company(threads):
    network = random_network("lite0")
    network.compile_graphs(threads)
    pictures = crops(3, 128)
    together = outputs(network, pictures)
    for again, before in zip(outputs(network, pictures), together, strict=True):
        assert torch.equal(again, before)
    for alone, before in zip(outputs(network, pictures[1:2]), together, strict=True):
        assert torch.equal(alone, before[1:2])


def test_cores_make_no_difference_to_a_bit():
    """The first call of a graph shares the cores it may use."""
    pictures = crops(1, 128)
    answers = []
    for threads in (1, 2):
        network = random_network("lite0")
        network.compile_graphs(threads)
        answers.append(outputs(network, pictures))
    for one, both in zip(*answers, strict=True):
        assert torch.equal(one, both)


def test_results_stay_when_the_next_picture_comes():
    network = random_network("lite0")
    network.compile_graphs(1)
    first, _ = network.see(crops(1, 64))
    kept = first.stride16.clone()
    network.see(crops(1, 64, seed=1))
    assert torch.equal(first.stride16, kept)


def test_trackers_agree_whatever_runs_the_convolutions():
    scene = GeneratedScene(SceneDescription(seed=3, length=8, width=200, height=160, target_size=36))
    tracks = []
    for runtime in (Runtime.PYTORCH, Runtime.ONNX_RUNTIME):
        tracker = DimpTracker(load_network(device="cpu", runtime=runtime))
        tracker.initialize(scene.frame(0), scene.box(0))
        tracks.append([tracker.track(scene.frame(index)).box for index in range(1, 8)])
    for ours, theirs in zip(*tracks, strict=True):
        assert (ours.x, ours.y, ours.w, ours.h) == pytest.approx((theirs.x, theirs.y, theirs.w, theirs.h), abs=0.05)


def test_automatic_choice_uses_it_and_pytorch_keeps_one_thread():
    torch.set_num_threads(2)
    network = load_network(device="cpu")
    assert network.is_compiled
    assert torch.get_num_threads() == 1


def test_it_can_be_switched_off():
    torch.set_num_threads(2)
    assert not load_network(device="cpu", runtime=Runtime.PYTORCH).is_compiled
    assert torch.get_num_threads() == 2


def test_without_it_pytorch_does_the_work(monkeypatch):
    monkeypatch.setattr(weights, "is_installed", lambda: False)
    assert not load_network(device="cpu").is_compiled
    with pytest.raises(TrackerError, match="not installed"):
        load_network(device="cpu", runtime=Runtime.ONNX_RUNTIME)


def test_where_it_fails_pytorch_does_the_work(monkeypatch, caplog):
    def refuse(*_):
        raise RuntimeError("no such instruction")

    monkeypatch.setattr(compiled_session, "make_session", refuse)
    with caplog.at_level(logging.WARNING):
        network = load_network(device="cpu")
    assert not network.is_compiled
    assert "no such instruction" in caplog.text
    outputs(network, crops(1, 64))
    with pytest.raises(TrackerError, match="no such instruction"):
        load_network(device="cpu", runtime=Runtime.ONNX_RUNTIME)


@pytest.mark.parametrize(
    "module", [nn.Conv2d(3, 3, 1, padding_mode="reflect"), nn.Sequential(nn.Conv2d(3, 3, 1), nn.Softmax(dim=1))]
)
def test_layers_that_are_not_translated_are_refused(module):
    with pytest.raises(UnknownLayerError):
        CompiledGraph(module if isinstance(module, nn.Sequential) else nn.Sequential(module), 3, 1)


def test_every_translated_layer_option():
    torch.manual_seed(0)
    module = nn.Sequential(
        nn.Conv2d(4, 8, (3, 5), stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2, bias=False),
        nn.MaxPool2d(3, stride=2, padding=1),
        nn.Identity(),
        nn.ReLU6(),
        nn.Conv2d(8, 200, 1),  # more than 127 channels: numbers of two bytes in the file
        nn.ReLU(),
    ).eval()
    maps = 20 * torch.randn(2, 4, 30, 21)
    with torch.no_grad():
        expected = module(maps)
    actual = CompiledGraph(module, 4, 1)(maps.numpy())
    torch.testing.assert_close(torch.from_numpy(actual).permute(0, 3, 1, 2), expected, atol=1e-4, rtol=1e-5)


def test_without_padding_the_rim_is_left_out():
    torch.manual_seed(0)
    module = nn.Sequential(nn.Conv2d(4, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 5, 3, padding=1)).eval()
    maps = torch.randn(1, 4, 12, 9)
    with torch.no_grad():
        expected = module(maps)[:, :, 2:-2, 2:-2]
    actual = CompiledGraph(module, 4, 1, padded=False)(maps.numpy())
    torch.testing.assert_close(torch.from_numpy(actual).permute(0, 3, 1, 2), expected, atol=1e-5, rtol=1e-5)


def test_threads_follow_the_environment(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert usable_threads() == 3
    for nonsense in ("", "0", "many"):
        monkeypatch.setenv("OMP_NUM_THREADS", nonsense)
        assert 1 <= usable_threads() <= compiled_graph.MOST_THREADS


def test_default_model_loads_without_compiler_and_torchvision():
    program = (
        "import sys; from tracker.weights import load_network; load_network(device='cpu');"
        "print([name for name in ('torch._dynamo', 'torchvision', 'sympy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_random_numbers_are_left_alone_by_loading():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    load_network(device="cpu")
    assert torch.equal(torch.rand(3), expected)


def test_box_branch_in_a_compiled_network_refines():
    network = load_network(device="cpu")
    network.config = replace(network.config, has_trained_iou=True)
    scene = GeneratedScene(SceneDescription(seed=1, length=3, width=200, height=160, target_size=40))
    tracker = DimpTracker(network)
    tracker.initialize(scene.frame(0), scene.box(0))
    again = DimpTracker(network)
    again.initialize(scene.frame(0), scene.box(0))
    assert tracker.track(scene.frame(1)).box == again.track(scene.frame(1)).box
