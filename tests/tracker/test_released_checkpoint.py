"""Published checkpoints of both containers, built here with random weights; nothing pickled in them may run."""

from __future__ import annotations

import os
import pickle
import sys
import zipfile
from collections import OrderedDict

import pytest
import torch
from released_files import PUBLISHED_FILES, function_of, random_state, shapes_only, write_released

from tracker.errors import TrackerError
from tracker.network_config import NETWORK_CONFIGS
from tracker.released_checkpoint import read_released
from tracker.released_names import NEVER_RUN, our_names
from tracker.weights import load_network


@pytest.mark.parametrize(
    ("zip_format", "prefix"), [(True, "ltr.admin."), (False, "ltr.admin."), (False, "dlframework.common.utils.")]
)
def test_both_containers_become_the_same_model(tmp_path, zip_format, prefix):
    state = random_state("dimp18")
    source = write_released(tmp_path / "dimp18.pth", "dimpnet18", state, zip_format=zip_format, prefix=prefix)
    config, ours = read_released(source)
    assert config == NETWORK_CONFIGS["dimp18"]
    names = our_names(state, config)
    assert set(ours) == set(names.values())
    for released, name in names.items():
        assert torch.equal(ours[name].flatten(), state[released].flatten()), released
    assert not any(name.startswith(prefix) for name in sys.modules)


@pytest.mark.parametrize(
    ("file", "network", "kwds", "expected"),
    [
        *((file, network, None, network) for network, file in PUBLISHED_FILES.items()),
        ("renamed.pth", "super_dimp", {"init_gauss_sigma": 0.25 / 6 * 22}, "super_dimp"),
        ("super.pth", "dimp50", {"init_gauss_sigma": 0.9}, "dimp50"),
        ("again.pth", "prdimp50", {"gauss_sigma": 0.9}, "prdimp50"),
    ],
)
def test_every_published_network_is_recognised(tmp_path, file, network, kwds, expected):
    source = write_released(tmp_path / file, function_of(network), shapes_only(network), kwds=kwds)
    config, _ = read_released(source)
    assert config == NETWORK_CONFIGS[expected]


BIAS = "bb_regressor.iou_predictor.bias"
COUNTER = "feature_extractor.bn1.num_batches_tracked"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda state: state.pop("classifier.filter_optimizer.filter_reg"), r"lacks .*filter_reg"),
        (lambda state: state.update({"extra.weight": torch.zeros(1)}), r"holds 'extra\.weight'"),
        (lambda state: state.update({"feature_extractor.layer4.extra": torch.zeros(1)}), r"layer4\.extra"),
        (lambda state: state.update({"feature_extractor.bn9.num_batches_tracked": torch.tensor(1)}), "bn9"),
        (lambda state: state.update({BIAS: torch.zeros(2)}), r"shape \(2,\), not \(1,\)"),
        (lambda state: state.update({"feature_extractor.fc.bias": torch.zeros(10)}), r"\(10,\), not \(1000,\)"),
        (lambda state: state.update({COUNTER: torch.zeros(2, dtype=torch.int64)}), r"\(2,\), not \(\)"),
        (lambda state: state.update({BIAS: torch.tensor([float("inf")])}), "not finite"),
        (lambda state: state.update({BIAS: 3.0}), "something else than a tensor"),
        (lambda state: state.update({BIAS: torch.ones(1, dtype=torch.int32)}), "something else than a tensor"),
        (lambda state: state.update({BIAS: torch.ones(1, dtype=torch.complex64)}), "something else than a tensor"),
        (lambda state: state.update({BIAS: torch.ones(1).to_sparse()}), "something else than a tensor"),
        (lambda state: state.update({BIAS: torch.ones(1, device="meta")}), "something else than a tensor"),
        (lambda state: state.update({COUNTER: torch.tensor(1.0)}), "something else than a tensor"),
    ],
)
def test_weights_that_do_not_fit(tmp_path, change, sentence):
    state = shapes_only("dimp18")
    change(state)
    source = write_released(tmp_path / "dimp18.pth", "dimpnet18", state)
    with pytest.raises(TrackerError, match=sentence) as caught:
        read_released(source)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(("network", "other"), [("dimp18", "dimp50"), ("dimp18", "prdimp18"), ("prdimp18", "dimp18")])
def test_weights_of_another_network_are_refused(tmp_path, network, other):
    source = write_released(tmp_path / "mixed.pth", function_of(network), shapes_only(other))
    with pytest.raises(TrackerError, match=f"no published {network}"):
        read_released(source)


@pytest.mark.parametrize("ending", ["num_batches_tracked", "layer4 and fc"])
def test_counters_and_what_is_never_run_may_be_missing(tmp_path, ending):
    state = shapes_only("dimp18")
    for name in list(state):
        if name.endswith(ending) or (ending == "layer4 and fc" and name.startswith(NEVER_RUN)):
            del state[name]
    assert read_released(write_released(tmp_path / "dimp18.pth", "dimpnet18", state))


@pytest.mark.parametrize(
    ("function", "kwds", "sentence"),
    [
        ("dimpnet50_simple", {}, "dimpnet50_simple"),
        ("atom_resnet18", {}, "not supported"),
        (None, {}, "not supported"),
        ("x" * 10_000, {}, "not supported"),
        ("\x1b[2J", {}, r"built by '\\x1b\[2J'"),
        ("dimpnet18", {"filter_size": 5}, "filter_size = 5"),
        ("dimpnet18", {"filter_size": torch.tensor([4, 4])}, r"filter_size = tensor\(\[4, 4\]\)"),
        ("dimpnet18", {"target_mask_act": "bentpar"}, "bentpar"),
        ("dimpnet18", 7, "readable arguments"),
    ],
)
def test_other_networks_are_refused(tmp_path, function, kwds, sentence):
    source = write_released(tmp_path / "other.pth", function, {}, kwds=kwds)
    with pytest.raises(TrackerError, match=sentence) as caught:
        read_released(source)
    assert len(str(caught.value)) < 300


class Bomb:
    """Creates a folder when it is unpickled by the standard way."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return self.command


def bombs(trap):
    """Ways to run something: a function, a shell, code in a string, and a pickle in a pickle."""
    return {
        "function": (os.mkdir, (str(trap),)),
        "shell": (os.system, (f"mkdir {trap}",)),
        "code": (eval, (f"__import__('os').mkdir({str(trap)!r})",)),
        "pickle": (pickle.loads, (pickle.dumps(Bomb((os.mkdir, (str(trap),)))),)),
    }


@pytest.mark.parametrize("zip_format", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize("kind", ["function", "shell", "code", "pickle"])
@pytest.mark.parametrize("place", ["constructor", "settings", "net", "nested", "key"])
def test_nothing_pickled_is_run(tmp_path, zip_format, kind, place):
    trap = tmp_path / "sprung"
    bomb = Bomb(bombs(trap)[kind])
    further = {
        "constructor": {"constructor": bomb},
        "settings": {"settings": bomb},
        "net": {"net": bomb},
        "nested": {"stats": OrderedDict(train=[{"deep": (1, [bomb])}])},
        "key": {"stats": {bomb: 1}},
    }[place]
    path = tmp_path / "evil.pth"
    write_released(path, "dimpnet18", shapes_only("dimp18"), zip_format=zip_format, further=further)
    with pytest.raises(TrackerError, match="nothing was run"):
        load_network(path, device="cpu")
    assert not trap.exists()


@pytest.mark.parametrize("zip_format", [True, False], ids=["zip", "legacy"])
def test_modules_of_unknown_classes_are_not_even_imported(tmp_path, monkeypatch, zip_format):
    (tmp_path / "ltr_of_somebody.py").write_text("class Settings: pass")
    monkeypatch.syspath_prepend(tmp_path)
    import ltr_of_somebody

    path = tmp_path / "other.pth"
    further = {"settings": ltr_of_somebody.Settings()}
    write_released(path, "dimpnet18", shapes_only("dimp18"), zip_format=zip_format, further=further)
    monkeypatch.delitem(sys.modules, "ltr_of_somebody")
    with pytest.raises(TrackerError, match="nothing was run"):
        read_released(path)
    assert "ltr_of_somebody" not in sys.modules


def test_the_bombs_of_these_tests_do_go_off(tmp_path):
    for number, kind in enumerate(("function", "shell", "code", "pickle")):
        trap = tmp_path / str(number)
        pickle.loads(pickle.dumps(Bomb(bombs(trap)[kind])))
        assert trap.exists()


def test_a_bomb_in_the_attributes_of_an_inert_object_is_not_run(tmp_path):
    trap = tmp_path / "sprung"
    kwds = {"filter_size": Bomb((os.mkdir, (str(trap),)))}
    path = write_released(tmp_path / "evil.pth", "dimpnet18", shapes_only("dimp18"), kwds=kwds)
    with pytest.raises(TrackerError, match="nothing was run"):
        read_released(path)
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


def test_a_compiled_model_is_refused(tmp_path):
    path = tmp_path / "script.pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("script/constants.pkl", b"\x80\x02}.")
        archive.writestr("script/version", b"3")
    with pytest.raises(TrackerError, match=r"script\.pth"):
        read_released(path)


def test_a_zip_that_holds_more_than_it_weighs_is_refused_unread(tmp_path):
    whole = write_released(tmp_path / "dimp18.pth", "dimpnet18", shapes_only("dimp18"))
    packed = tmp_path / "packed.pth"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(member.filename, source.read(member))
    with pytest.raises(TrackerError, match="compressed"):
        read_released(packed)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "large.pth"
    with path.open("wb") as file:
        file.truncate((2 << 30) + 1)
    with pytest.raises(TrackerError, match="larger than 2 GB"):
        read_released(path)


@pytest.mark.parametrize("zip_format", [True, False], ids=["zip", "legacy"])
def test_truncated_checkpoint(tmp_path, zip_format):
    path = write_released(tmp_path / "cut.pth", "dimpnet18", shapes_only("dimp18"), zip_format=zip_format)
    content = path.read_bytes()
    for length in (len(content) // 3, len(content) - 30):
        path.write_bytes(content[:length])
        with pytest.raises(TrackerError, match=r"cut\.pth"):
            read_released(path)
