"""The paper's tables on our data: the parts that are replaced, the variants, and what is said of their numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tracker.dimp_tracker import DimpTracker
from tracker.evaluation.ablation import OPTIMIZERS, PARTS, UPDATES, AblationTable, Difference
from tracker.evaluation.ablation_parts import AveragingTracker, GradientDescentOptimizer, ZeroInitializer
from tracker.evaluation.ablation_tuning import STEPS, tuned, tuning_scenes
from tracker.evaluation.ablation_variants import (
    Replacement,
    Variants,
    all_variants,
    gradient_descent,
    running_mean,
)
from tracker.evaluation.evaluate import EvaluationReport, SequenceReport
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription, standard_scenes
from tracker.evaluation.metrics import Accuracy
from tracker.filter_optimizer import SteepestDescentOptimizer
from tracker.network import DimpNetwork
from tracker.presets import preset
from tracker.sample_memory import SampleOrigin
from tracker.weights import load_network, read_network


@pytest.fixture(scope="module")
def network() -> DimpNetwork:
    return load_network("default", device="cpu")


@pytest.fixture
def problem() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A start (1, C, k, k), features (1, n, C, H, W) of their usual size, and boxes (1, n, 4)."""
    generator = torch.Generator().manual_seed(1)
    features = torch.randn(1, 3, 8, 12, 12, generator=generator) * (8 * 16) ** -0.5
    boxes = torch.tensor([[[70.0, 64, 48, 48], [60, 60, 48, 50], [90, 40, 40, 48]]])
    return 0.1 * torch.randn(1, 8, 4, 4, generator=generator), features, boxes


def test_gradient_descent_goes_down_the_same_loss_in_the_same_direction(
    problem: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
) -> None:
    start, features, boxes = problem
    steepest = SteepestDescentOptimizer(4, 16, 0.9)
    weights = torch.tensor([[0.5, 0.3, 0.2]])
    expected = steepest(start, features, boxes, weights, 1)
    descent = GradientDescentOptimizer(steepest, step=0.02)
    trace = descent(start, features, boxes, weights, 30)
    assert len(trace.filters) == 31
    assert trace.losses.shape == (31, 1)
    assert trace.losses[0].item() == pytest.approx(expected.losses[0].item(), rel=1e-5)
    steps = [(one.filters[1] - start).flatten() for one in (expected, trace)]
    assert torch.cosine_similarity(*steps, dim=0).item() == pytest.approx(1.0, abs=1e-5)
    assert (trace.losses.diff(dim=0) < 0).all()
    # the length is the step's, whatever the curvature
    double = GradientDescentOptimizer(steepest, step=0.04)(start, features, boxes, weights, 1)
    torch.testing.assert_close(double.filters[1] - start, 2 * (trace.filters[1] - start), rtol=1e-4, atol=1e-6)


def test_gradient_descent_with_too_long_steps_stays_finite(
    problem: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
) -> None:
    start, features, boxes = problem
    trace = GradientDescentOptimizer(SteepestDescentOptimizer(4, 16, 0.9), step=1e4)(start, features, boxes, None, 40)
    assert torch.isfinite(trace.final).all()
    assert len(trace.filters) == 41


def test_without_initialiser_the_filter_starts_at_zero(
    problem: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
) -> None:
    _, features, boxes = problem
    assert ZeroInitializer(8, 4, 16)(features, boxes).shape == (1, 8, 4, 4)
    assert not ZeroInitializer(8, 4, 16)(features, boxes).any()


def test_the_running_mean_moves_by_its_rate_and_keeps_no_samples(network: DimpNetwork) -> None:
    scene = GeneratedScene(SceneDescription(seed=3, length=4, width=320, height=240, target_size=40))
    box = scene.box(0)
    assert box is not None
    filters = {}
    for rate in (0.0, 0.5, 1.0):
        tracker = AveragingTracker(network, seed=0)
        tracker.rate = rate
        tracker.initialize(scene.frame(0), box)
        first = tracker.snapshot().state
        tracker.track(scene.frame(1))
        assert all(info.origin is SampleOrigin.FIRST_FRAME for info, _ in tracker.samples)
        state = tracker.snapshot().state
        assert first is not None
        assert state is not None
        filters[rate] = state.target_filter.value()
        if rate == 0:
            assert torch.equal(filters[0.0], first.target_filter.value())
    assert not torch.equal(filters[1.0], filters[0.0])
    torch.testing.assert_close(filters[0.5], (filters[0.0] + filters[1.0]) / 2)


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> Variants:
    descent, mean = gradient_descent("lite0", "cpu", 0.1), running_mean("lite0", "cpu", 0.05)
    return all_variants("lite0", "cpu", descent, mean, tmp_path_factory.mktemp("variants"))


def test_the_last_row_of_every_table_is_the_tracker_as_it_comes(variants: Variants) -> None:
    whole = variants.parts[-1]
    assert whole == variants.optimizers[-1] == variants.updates[-1]
    assert (whole.config, whole.model, whole.replaced) == (preset("lite0"), "lite0", Replacement.NOTHING)
    assert len(variants.distinct) == 14
    assert len({variant.name for variant in variants.distinct}) == 14
    assert [len(rows) for rows in (variants.optimizers, variants.parts, variants.updates)] == [
        len(table.rows) for table in (OPTIMIZERS, PARTS, UPDATES)
    ]


def test_what_only_the_whole_tracker_has_no_row_before_it_has(variants: Variants) -> None:
    published = preset("dimp18")
    *before, whole = (row.config for row in variants.parts)
    for config in before:
        assert (config.recovery, config.hiding) == (published.recovery, published.hiding)
        assert (config.localization.near, config.localization.jump) == (0.0, 0.0)
    assert whole.recovery != published.recovery
    assert whole.hiding != published.hiding
    assert whole.localization.near > 0 < whole.localization.jump


def test_each_row_of_the_second_table_has_one_trained_part_more(variants: Variants) -> None:
    trained, untrained = read_network("lite0").state_dict(), read_network("lite0_untrained").state_dict()
    probes = {
        "backbone": next(n for n in trained if n.startswith("backbone.") and not torch.equal(trained[n], untrained[n])),
        "head": next(n for n in trained if n.startswith("target_model.head.")),
        "initializer": "target_model.initializer.conv.weight",
        "loss": "target_model.optimizer.mask_table",
    }
    expected = [set(), set(), {"backbone"}, {"backbone", "head", "initializer"}, set(probes), set(probes)]
    for variant, parts in zip(variants.parts, expected, strict=False):
        network = read_network(variant.model)
        state = network.state_dict()
        found = {part for part, name in probes.items() if torch.equal(state[name], trained[name])}
        assert found == parts, variant.name
        assert network.config.has_trained_iou is (variant.name == "box branch")
        assert variant.config.calibration.crops == variant.config.recovery.places == 0
    assert variants.parts[6].config.calibration == preset("lite0").calibration
    assert variants.parts[6].config.recovery.places == 0


def test_variants_are_equipped_with_their_parts(variants: Variants) -> None:
    with variants.parts[0].start(0) as tracker:
        assert isinstance(tracker, DimpTracker)
    with variants.updates[1].start(0) as tracker:
        assert isinstance(tracker, AveragingTracker)
        assert tracker.rate == 0.05
    still = variants.updates[0].config.update
    assert (still.initial_iterations, still.iterations, still.hard_negative_iterations) == (10, 0, 0)
    assert variants.optimizers[0].config.update.initial_iterations == 0
    assert "0.1" in variants.optimizers[1].description()


def test_the_best_number_is_sought_on_scenes_that_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = {scene.seed for scene in standard_scenes().values()}
    scenes = tuning_scenes(4)
    assert not measured & {scene.scene.description.seed for scene in scenes}

    def evaluate(variants, sequences, seeds, jobs, progress):
        assert [len(sequence) for sequence in sequences] == [4, 4, 4]
        return [
            EvaluationReport(
                variant.name, "cpu", (SequenceReport("a", 0, Accuracy(-abs(variant.amount - 0.3), 0, 0, 4), 1, 1),)
            )
            for variant in variants
        ]

    monkeypatch.setattr("tracker.evaluation.ablation_tuning.evaluate_all", evaluate)
    found = tuned(lambda step: gradient_descent("lite0", "cpu", step), STEPS, scenes)
    assert found.best.amount == 0.25
    assert found.best.name == "gradient descent"
    assert [amount for amount, _ in found.tried] == list(STEPS)


def report(aucs: list[float], seeds: tuple[int, ...] = (0, 1)) -> EvaluationReport:
    runs = [
        SequenceReport(f"s{place}", seed, Accuracy(auc + 0.01 * seed, 1.0, 0.5, 10), 30.0, 0.1)
        for place, auc in enumerate(aucs)
        for seed in seeds
    ]
    return EvaluationReport("x", "cpu", tuple(runs))


def updates(*rows: list[float]) -> AblationTable:
    count = len(rows[0])
    return AblationTable(UPDATES, tuple(map(report, rows)), {"dev": tuple(f"s{i}" for i in range(count))})


def test_differences_are_of_the_same_sequences_with_an_interval() -> None:
    base = list(np.random.default_rng(1).uniform(0.2, 0.9, 20))
    table = updates(base, [auc - 0.01 for auc in base], [auc + 0.05 for auc in base])
    assert table.difference(2, 0).mean == pytest.approx(0.05)
    # the sequences differ much, what is gained on them does not
    assert table.difference(2, 0).low == pytest.approx(0.05)
    assert table.difference(2, 1).mean == pytest.approx(0.06)
    assert [(upper, lower) for upper, lower, _ in table.verdicts()] == [(2, 0), (2, 1)]
    assert table.seed_spread() == pytest.approx(0.01 / 2**0.5)
    words = table.words()
    assert words.startswith("The paper's order holds in 2 of 2 steps, in 2 of them beyond the spread.")
    assert "\n- memory and optimizer over no update: +0.050 [+0.050, +0.050], in the paper +0.021: holds\n" in words
    assert "20 sequences; with the seed a row's mean moves by 0.007 at most" in words


def test_an_order_within_the_spread_or_reversed_is_said_to_be_so() -> None:
    base = [0.5] * 10
    noisy = [auc + gain for auc, gain in zip(base, [0.3, -0.28] * 5, strict=True)]
    words = updates(base, [0.6] * 10, noisy).words()
    assert words.startswith("The paper's order holds in 1 of 2 steps, in 0 of them beyond the spread.")
    assert "holds, but within the spread over sequences\n" in words
    assert Difference(-0.1, -0.2, -0.05).verdict("holds", "reversed") == "reversed"
    assert Difference(-0.1, -0.2, 0.05).verdict("helps", "harms") == "harms, but within the spread over sequences"
    assert Difference(0.0, -0.2, 0.05).verdict("helps", "harms") == "no difference"


def test_the_table_has_the_papers_numbers_beside_ours() -> None:
    table = updates([0.5, 0.6], [0.5, 0.7], [0.6, 0.8])
    lines = table.table().splitlines()
    assert lines[0].split("|")[1:5] == [" AUC                     ", " paper ", "   all ", "   dev "]
    cells = [cell.strip() for cell in lines[3].split("|")[1:-1]]
    assert cells[:5] == ["running mean of filters", "0.617", "0.605", "0.605", "0.500"]
    assert cells[6].startswith("+0.050 [")
    content = table.content()
    assert content["rows"][2]["average"]["auc"] == pytest.approx(0.705)
    assert content["differences"][0]["mean"] == pytest.approx(0.15)


@pytest.mark.slow
def test_every_variant_tracks(variants: Variants, tmp_path: Path) -> None:
    scene = GeneratedScene(SceneDescription(seed=1, length=8, width=320, height=240, target_size=40))
    box = scene.box(0)
    assert box is not None
    for variant in variants.distinct:
        with variant.start(0) as tracker:
            tracker.initialize(scene.frame(0), box)
            for index in range(1, 8):
                assert tracker.track(scene.frame(index)).box.is_valid, variant.name
