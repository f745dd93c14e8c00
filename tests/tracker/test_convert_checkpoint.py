"""Published checkpoints of both containers, built here with random weights; nothing pickled in them may run."""

from __future__ import annotations

import os
import sys
import types
from collections import OrderedDict
from dataclasses import replace

import pytest
import torch
from test_architectures import published_tensors

from tracker import convert_checkpoint
from tracker.convert_checkpoint import convert, read_released
from tracker.errors import TrackerError
from tracker.network_config import NETWORK_CONFIGS
from tracker.released_names import NEVER_RUN, our_names
from tracker.weights import load_network, read_network

TABLES = ("label_map_predictor", "target_mask_predictor", "spatial_weight_predictor")


@pytest.fixture
def authors_modules(monkeypatch):
    """Modules named as the authors' for pickling; taken away again before anything is read."""
    made = {}

    def make(class_path):
        module_name, _, class_name = class_path.rpartition(".")
        parts = module_name.split(".")
        for name in (".".join(parts[: end + 1]) for end in range(len(parts))):
            if name not in made:
                made[name] = types.ModuleType(name)
                monkeypatch.setitem(sys.modules, name, made[name])
        cls = type(class_name, (), {"__module__": module_name})
        setattr(made[module_name], class_name, cls)
        return cls

    make.forget = lambda: [monkeypatch.delitem(sys.modules, name) for name in made]
    return make


def random_state(key_file, *, with_tables=True):
    generator = torch.Generator().manual_seed(3)
    state = OrderedDict()
    for name, shape in published_tensors(key_file).items():
        if any(table in name for table in TABLES) and not with_tables:
            continue
        if name.startswith(NEVER_RUN):
            state[name] = torch.zeros(1)  # never looked at: saves the test 36 MB
        elif name.endswith("num_batches_tracked"):
            state[name] = torch.tensor(3)
        else:
            state[name] = torch.rand(shape, generator=generator) * 0.05 + 0.01
    return state


def shapes_only(key_file, *, with_tables=True):
    """A state dict of the right shapes that takes no room in the file."""
    return OrderedDict(
        (name, torch.tensor(1.0).expand(shape))
        for name, shape in published_tensors(key_file).items()
        if with_tables or not any(table in name for table in TABLES)
    )


def write(path, make, function, state, *, zip_format=True, prefix="ltr.admin.", kwds=None):
    """A checkpoint as the training code writes it, with the classes it names."""
    constructor = make(f"{prefix}model_constructor.NetConstructor")()
    constructor.fun_name, constructor.fun_module = function, "ltr.models.tracking.dimpnet"
    constructor.args, constructor.kwds = (), kwds if kwds is not None else {"filter_size": 4, "clf_feat_norm": True}
    meter = make(f"{prefix}stats.AverageMeter")()
    meter.avg = 0.5
    settings = make(f"{prefix}settings.Settings")()
    settings.env = make(f"{prefix}local.EnvironmentSettings")()
    settings.env.workspace_dir = "/somewhere"
    content = {
        "epoch": 50,
        "actor_type": "DiMPActor",
        "net_type": "DiMPnet",
        "net": state,
        "net_info": None,
        "constructor": constructor,
        "optimizer": {"state": {}, "param_groups": []},
        "stats": OrderedDict(train=OrderedDict({"Loss/total": meter})),
        "settings": settings,
    }
    torch.save(content, path, _use_new_zipfile_serialization=zip_format)
    make.forget()
    return path


@pytest.mark.parametrize(
    ("zip_format", "prefix"), [(True, "ltr.admin."), (False, "ltr.admin."), (False, "dlframework.common.utils.")]
)
def test_both_containers_become_the_same_model(tmp_path, authors_modules, zip_format, prefix):
    state = random_state("dimp18")
    source = write(tmp_path / "dimp18.pth", authors_modules, "dimpnet18", state, zip_format=zip_format, prefix=prefix)
    config, ours = read_released(source)
    assert config == NETWORK_CONFIGS["dimp18"]
    for released, name in our_names(state, config).items():
        assert torch.equal(ours[name].flatten(), state[released].flatten()), released
    assert not any(name.startswith(prefix) for name in sys.modules)


def test_command_writes_a_model_that_tracks(tmp_path, authors_modules, capsys):
    source = write(tmp_path / "dimp18.pth", authors_modules, "dimpnet18", random_state("dimp18"))
    target = tmp_path / "dimp18.safetensors"
    assert convert_checkpoint.main([str(source), str(target)]) == 0
    assert "dimp18" in capsys.readouterr().out
    crops, boxes = torch.rand(1, 3, 96, 96) * 255, torch.tensor([[30.0, 20.0, 40.0, 50.0]])
    outputs = []
    for file in (source, target):
        network = load_network(file, device="cpu")
        assert network.config.preset == "dimp18"
        x = network.classification_features(network.extract_features(crops))
        outputs.append(network.scores(network.initialize_filter(x, boxes), x))
    assert torch.equal(*outputs)
    assert convert(source, target, "mine").name == "mine"
    assert read_network(target).config == replace(NETWORK_CONFIGS["dimp18"], name="mine")
    assert convert_checkpoint.main([str(target), str(source)]) == 1
    assert convert_checkpoint.main([]) == 2


@pytest.mark.parametrize(
    ("file", "function", "keys", "tables", "kwds", "expected"),
    [
        ("dimp50.pth", "dimpnet50", "dimp50", True, None, "dimp50"),
        ("super_dimp.pth.tar", "dimpnet50", "dimp50", True, None, "super_dimp"),
        ("renamed.pth", "dimpnet50", "dimp50", True, {"init_gauss_sigma": 0.25 / 6 * 22}, "super_dimp"),
        ("super.pth", "dimpnet50", "dimp50", True, {"init_gauss_sigma": 0.9}, "dimp50"),
        ("prdimp18.pth.tar", "klcedimpnet18", "dimp18", False, None, "prdimp18"),
        ("prdimp50.pth.tar", "klcedimpnet50", "dimp50", False, {"gauss_sigma": 0.9}, "prdimp50"),
    ],
)
def test_every_published_network(tmp_path, authors_modules, file, function, keys, tables, kwds, expected):
    state = shapes_only(keys, with_tables=tables)
    source = write(tmp_path / file, authors_modules, function, state, kwds=kwds)
    config, _ = read_released(source)
    assert config == NETWORK_CONFIGS[expected]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.pop("classifier.filter_optimizer.filter_reg"), r"lacks .*filter_reg"),
        (lambda state: state.update({"extra.weight": torch.zeros(1)}), r"extra\.weight"),
        (lambda state: state.update({"bb_regressor.iou_predictor.bias": torch.zeros(2)}), r"shape \(2,\), not \(1,\)"),
        (lambda state: state.update({"bb_regressor.iou_predictor.bias": torch.tensor([float("inf")])}), "not finite"),
        (lambda state: state.update({"bb_regressor.iou_predictor.bias": 3.0}), "something else than tensors"),
    ],
)
def test_weights_that_do_not_fit(tmp_path, authors_modules, change, sentence):
    state = shapes_only("dimp18")
    change(state)
    source = write(tmp_path / "dimp18.pth", authors_modules, "dimpnet18", state)
    with pytest.raises(TrackerError, match=sentence):
        read_released(source)


def test_missing_counters_are_tolerated(tmp_path, authors_modules):
    state = shapes_only("dimp18")
    for name in [name for name in state if name.endswith("num_batches_tracked")]:
        del state[name]
    assert read_released(write(tmp_path / "dimp18.pth", authors_modules, "dimpnet18", state))


@pytest.mark.parametrize(
    ("function", "kwds", "sentence"),
    [
        ("dimpnet50_simple", {}, "dimpnet50_simple"),
        ("atom_resnet18", {}, "not supported"),
        (None, {}, "not supported"),
        ("dimpnet18", {"filter_size": 5}, "filter_size = 5"),
        ("dimpnet18", {"target_mask_act": "bentpar"}, "bentpar"),
        ("dimpnet18", 7, "readable arguments"),
    ],
)
def test_other_networks_are_refused(tmp_path, authors_modules, function, kwds, sentence):
    source = write(tmp_path / "other.pth", authors_modules, function, OrderedDict(), kwds=kwds)
    with pytest.raises(TrackerError, match=sentence):
        read_released(source)


class Bomb:
    """Creates a folder when it is unpickled by the standard way."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("zip_format", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize("place", ["constructor", "settings", "net"])
def test_nothing_pickled_is_run(tmp_path, zip_format, place):
    trap = tmp_path / "sprung"
    content = {"net": OrderedDict(), "constructor": None, place: Bomb(trap)}
    path = tmp_path / "evil.pth"
    torch.save(content, path, _use_new_zipfile_serialization=zip_format)
    with pytest.raises(TrackerError, match="nothing was run"):
        load_network(path, device="cpu")
    assert not trap.exists()


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" + b"\0" * 40, b"\x80\x02}q\x00.", b"\x80\x02" + b"\xff" * 30]
)
def test_no_checkpoint_at_all(tmp_path, content):
    path = tmp_path / "bad.pth"
    path.write_bytes(content)
    with pytest.raises(TrackerError, match=r"bad\.pth"):
        read_released(path)


@pytest.mark.parametrize("content", [[1, 2], {"net": 3}, {"state_dict": {}}, {"net": {1: torch.zeros(1)}}])
def test_other_torch_files(tmp_path, content):
    path = tmp_path / "other.pth"
    torch.save(content, path)
    with pytest.raises(TrackerError, match=r"other\.pth"):
        read_released(path)


@pytest.mark.parametrize("zip_format", [True, False], ids=["zip", "legacy"])
def test_truncated_checkpoint(tmp_path, authors_modules, zip_format):
    path = write(tmp_path / "cut.pth", authors_modules, "dimpnet18", shapes_only("dimp18"), zip_format=zip_format)
    content = path.read_bytes()
    for length in (len(content) // 3, len(content) - 30):
        path.write_bytes(content[:length])
        with pytest.raises(TrackerError, match=r"cut\.pth"):
            read_released(path)
