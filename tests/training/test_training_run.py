from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
import pytest
import torch

pytest.importorskip("lightning_fabric")

from tracker.errors import TrackerError
from tracker.evaluation.ablation_variants import with_untrained_parts
from tracker.network import NETWORK_CONFIGS, DimpNetwork
from tracker.training.compact_state import read_compact
from tracker.training.config import ItemConfig, LossConfig, RateConfig, load_config
from tracker.training.curves import plot
from tracker.training.export import averaged_network, read_checkpoint
from tracker.training.export import main as export
from tracker.training.generated import generated_stills, generated_tracks
from tracker.training.item_maker import ItemMaker
from tracker.training.items import collate
from tracker.training.part_ablation import VARIANTS, table
from tracker.training.trainer import Trainer
from tracker.training.training_network import TrainingNetwork
from tracker.training.validation import Metrics
from tracker.weights import load_network, read_network

SMALL = ItemConfig(crop_size=64, proposals=4, gaps=(8,), video=1.0, still=0.0, cutout=0.0, distractors=0.0, absent=0.0)


def tiny(tmp_path, *overrides):
    return load_config(
        "tiny",
        ["items.crop_size=64", "run.batch=2", "run.steps=4", "run.validate_every=4", "run.log_every=1",
         "run.easy_items=2", "run.hard_items=2", "run.checkpoint_minutes=0", f"data.cache={tmp_path}/cache",
         *overrides],
    )  # fmt: skip


def small_batch(count=2):
    maker = ItemMaker(generated_tracks(4, 0), [], SMALL)
    return collate([maker.make(0, number) for number in range(count)])


def small_model(trunk_from=9):
    torch.manual_seed(0)
    return TrainingNetwork(DimpNetwork(NETWORK_CONFIGS["lite0"]), LossConfig(), trunk_from)


class KilledError(Exception):
    pass


def test_a_killed_run_goes_on_as_if_nothing_had_happened(tmp_path, monkeypatch):
    Trainer(tiny(tmp_path), tmp_path / "whole").run()

    real = Trainer._train_step

    def dying(self, batch):
        if self.step == 2:
            raise KilledError
        return real(self, batch)

    monkeypatch.setattr(Trainer, "_train_step", dying)
    with pytest.raises(KilledError):
        Trainer(tiny(tmp_path), tmp_path / "killed").run()
    monkeypatch.setattr(Trainer, "_train_step", real)
    resumed = Trainer(tiny(tmp_path), tmp_path / "killed")
    assert resumed.step == 2
    resumed.run()

    whole, killed = (read_checkpoint(tmp_path / name / "last.ckpt") for name in ("whole", "killed"))
    assert whole["step"] == killed["step"] == 4
    for name, value in whole["model"].items():
        torch.testing.assert_close(killed["model"][name], value, rtol=0, atol=0, msg=name)
    for a, b in zip(whole["averages"], killed["averages"], strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=0)
    with (tmp_path / "killed" / "training.csv").open() as file:
        assert [int(row["step"]) for row in csv.DictReader(file)] == [1, 2, 3, 4]

    # what is exported opens as any other model, with its box branch
    assert export([str(tmp_path / "whole" / "last.ckpt"), str(tmp_path / "out.safetensors"), "--half",
                   "--compact", str(tmp_path / "state.safetensors")]) == 0  # fmt: skip
    network = load_network(tmp_path / "out.safetensors", device="cpu")
    assert network.iou_predictor is not None
    ours = averaged_network(whole).target_model.head.projection.weight
    torch.testing.assert_close(
        read_network(tmp_path / "out.safetensors").target_model.head.projection.weight, ours, atol=1e-3, rtol=1e-3
    )

    # another machine goes on from the compact state
    weights, moments, step = read_compact(tmp_path / "state.safetensors")
    assert step == 4
    assert set(moments) == set(whole["trained_names"]) <= set(weights)
    config = replace(tiny(tmp_path), warm_start=str(tmp_path / "state.safetensors"))
    later = Trainer(config, tmp_path / "later")
    name = "network.target_model.head.conv2.weight"
    torch.testing.assert_close(later.bare.state_dict()[name], whole["model"][name], atol=1e-3, rtol=1e-3)
    later.run()
    assert np.isfinite(float(later.bare.network.target_model.optimizer.log_step_length.detach()))

    plot([tmp_path / "whole", tmp_path / "later"], tmp_path / "curves.svg")
    assert (tmp_path / "curves.svg").read_text().count("validation") >= 4


def test_every_trained_parameter_is_in_one_group_and_gets_a_gradient():
    model = small_model()
    model.train()
    groups = model.parameter_groups(RateConfig())
    assert [group["name"] for group in groups] == ["trunk", "head", "initializer", "tables", "regularization", "iou"]
    grouped = [parameter for group in groups for parameter in group["params"]]
    assert len({id(parameter) for parameter in grouped}) == len(grouped)
    model(small_batch()).total.backward()
    without = [name for name, value in model.named_parameters() if value.requires_grad and value.grad is None]
    assert without == []
    # the last head convolution starts at zero, so that the first of its branch has no gradient in the first step
    assert sum(float(parameter.grad.abs().sum()) > 0 for parameter in grouped) > 0.8 * len(grouped)


def test_frozen_stages_stay_frozen():
    model = small_model(trunk_from=-1)
    trained = [name for name, value in model.named_parameters() if value.requires_grad]
    assert trained
    assert not any("backbone" in name for name in trained)
    assert model.parameter_groups(RateConfig())[0]["name"] == "head"


def test_parts_without_a_rate_are_frozen_and_the_box_branch_can_be_trained_alone():
    model = small_model(trunk_from=-1)
    model.loss = LossConfig(classification=0.0)
    rates = RateConfig(trunk=0, head=0, initializer=0, tables=0, regularization=0)
    groups = model.parameter_groups(rates)
    assert [group["name"] for group in groups] == ["iou"]
    model.train()
    whole = small_model(trunk_from=-1)
    whole.train()
    batch = small_batch()
    losses = model(batch)
    torch.testing.assert_close(losses.iou, whole(batch).iou)
    losses.total.backward()
    assert all("iou_branch" in name for name, value in model.named_parameters() if value.grad is not None)


def test_batched_pass_agrees_with_the_network_used_online():
    model = small_model().eval()
    batch = small_batch(3)
    with torch.no_grad():
        predictions = model.predict(batch)
        network = model.network
        for number in range(3):
            train, test = (
                network.extract_features(crops[number].permute(0, 3, 1, 2))
                for crops in (batch.train_crops, batch.test_crops)
            )
            x = network.classification_features(train)
            start = network.initialize_filter(x, batch.train_boxes[number])
            trace = network.optimize_filter(start, x, batch.train_boxes[number], None, 5)
            scores = network.scores(trace.filters[-1], network.classification_features(test))
            torch.testing.assert_close(predictions.scores[-1][number], scores, atol=1e-5, rtol=1e-4)
            branch = network.iou_branch
            modulation = branch.modulation(train[:1], batch.train_boxes[number, :1])
            predicted = branch.predict(branch.test_features(test[:1]), modulation, batch.proposals[number, 0])
            torch.testing.assert_close(predictions.overlaps[number, 0], predicted, atol=1e-5, rtol=1e-4)


def test_missing_checkpoint_is_a_sentence(tmp_path, capsys):
    assert export([str(tmp_path / "no.ckpt"), str(tmp_path / "out.safetensors")]) == 2
    assert "no.ckpt" in capsys.readouterr().err
    torch.save({"step": 1}, tmp_path / "other.ckpt")
    with pytest.raises(TrackerError, match="no checkpoint of this program"):
        read_checkpoint(tmp_path / "other.ckpt")


def test_part_ablation_puts_back_exactly_the_named_part():
    torch.manual_seed(1)
    trained, untrained = (DimpNetwork(NETWORK_CONFIGS["lite0"]) for _ in range(2))
    network = with_untrained_parts(trained, untrained, VARIANTS["initialiser untrained"])
    for name, value in network.state_dict().items():
        source = untrained if name.startswith("target_model.initializer.") else trained
        torch.testing.assert_close(value, source.state_dict()[name], rtol=0, atol=0, msg=name)
    metrics = Metrics(0.008, 0.004, 0.7, 0.9, 0.1, 0.8, 0.7)
    assert "8.00 / 4.00 | 70.0 -> 90.0 %" in table({"trained": {"easy": metrics}})


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_overfits_eight_sequences():
    """Acceptance test 7 of the spec: C_5 below C_0 after 200 steps, and the learned step stays in (0.3, 3)."""
    items = replace(SMALL, crop_size=96, photometric=0.0)
    maker = ItemMaker(generated_tracks(8, 0), generated_stills(2, 0), items)
    torch.manual_seed(0)
    model = TrainingNetwork(read_network("weights/lite0_untrained.safetensors"), LossConfig(), -1)
    model.train()
    optimizer = torch.optim.Adam(model.parameter_groups(RateConfig()))
    batches = [collate([maker.make(0, 8 * step + number) for number in range(8)]) for step in range(4)]
    with torch.no_grad():
        before = [model(batch) for batch in batches]
    for step in range(200):
        losses = model(batches[step % 4])
        optimizer.zero_grad()
        losses.total.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 60.0)
        optimizer.step()
        model.keep_in_bounds()
    with torch.no_grad():
        after = [model(batch) for batch in batches]
    c0, c5 = (sum(float(losses.iterates[at]) for losses in after) for at in (0, -1))
    assert c5 < c0
    assert sum(float(losses.total) for losses in after) < 0.5 * sum(float(losses.total) for losses in before)
    assert 0.3 < float(model.network.target_model.optimizer.log_step_length.detach().exp()) < 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_tiny_configuration_learns(tmp_path):
    Trainer(load_config("tiny", [f"data.cache={tmp_path}/cache"]), tmp_path / "run").run()
    with (tmp_path / "run" / "validation.csv").open() as file:
        first, *_, last = (row for row in csv.DictReader(file) if row["set"] == "easy")
    assert float(last["last_loss"]) < 0.6 * float(first["last_loss"])
    assert float(last["iou_rank"]) > 0.3 > float(first["iou_rank"])
    network = averaged_network(read_checkpoint(tmp_path / "run" / "last.ckpt"))
    assert all(bool(torch.isfinite(value).all()) for value in network.state_dict().values())
