from __future__ import annotations

import json
from pathlib import Path

import pytest
from effort_fixtures import PlainVideo, moving

from app.cli import main
from app.effort.annotator import Annotator
from app.effort.carriers import EngineCarrier, RestartingCarrier
from app.effort.labelling import Labour, label_in_order
from app.effort.measure import Condition, Plan, Run, measure
from app.effort.report import as_json, as_text, summarized
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice


class CountingTracker(FakeTracker):
    """A fake that remembers how many boxes it was taught since it began."""

    taught: list[int]

    def __init__(self) -> None:
        super().__init__(FakeTrackerScript())
        self.known = 0
        self.taught = []

    def initialize(self, image, box):  # type: ignore[no-untyped-def]
        self.known = 1
        self.taught.append(self.known)
        return super().initialize(image, box)

    def correct(self, image, box):  # type: ignore[no-untyped-def]
        self.known += 1
        self.taught.append(self.known)
        return super().correct(image, box)


@pytest.mark.parametrize(("with_memory", "grows"), [(True, True), (False, False)])
def test_only_with_memory_does_the_engines_tracker_know_earlier_corrections(with_memory: bool, grows: bool) -> None:
    tracker = CountingTracker()
    video = PlainVideo(moving(40, step=4.0))  # the fake goes 1 px a frame
    carrier = EngineCarrier(video, lambda _: tracker, with_memory=with_memory, model=ModelChoice())
    labour = label_in_order(video, Annotator(0.5), carrier)
    assert len(labour.actions) > 3
    assert tracker.taught[0] == 1
    assert (max(tracker.taught) > 1) is grows


def test_a_restarting_tracker_begins_at_each_correction() -> None:
    tracker = CountingTracker()
    video = PlainVideo(moving(40, step=4.0))
    labour = label_in_order(video, Annotator(0.5), RestartingCarrier(video, tracker))
    assert tracker.taught == [1] * len(labour.actions)


def test_every_condition_is_measured_with_every_threshold_and_seed() -> None:
    plan = Plan((Condition.LINEAR, Condition.RESTART, Condition.MEMORY), (0.5, 0.7), (0, 1))
    told: list[int] = []
    videos = [PlainVideo(moving(12), "a"), PlainVideo(moving(20), "b")]
    runs = list(measure(videos, plan, lambda _: FakeTracker(FakeTrackerScript()), lambda done, _: told.append(done)))
    assert len(runs) == len(plan) * 2 == 24
    assert told == list(range(24))
    efforts = summarized(runs)
    assert [(it.threshold, it.condition) for it in efforts] == [
        (t, c) for t in plan.thresholds for c in plan.conditions
    ]
    assert all(it.frames == 32 and it.sequences == 2 for it in efforts)
    assert all(it.interval[0] <= it.pooled <= it.interval[1] for it in efforts)
    assert "memory" in as_text(efforts)
    assert json.loads(as_json(efforts, runs))["summary"][0]["frames"] == 32


def test_pooled_effort_weighs_frames_and_the_median_sequences() -> None:
    def run(name: str, frames: int, actions: int) -> Run:
        return Run(Condition.LINEAR, 0.5, 0, Labour(name, frames, tuple(range(actions)), actions), 1.0)

    (effort,) = summarized([run("a", 100, 1), run("b", 100, 3), run("c", 800, 96)])
    assert effort.pooled == pytest.approx(100.0)
    assert effort.median == pytest.approx(30.0)
    assert effort.human_seconds == pytest.approx(7 * 100 + 1000 / 30)


def test_the_command_measures_generated_scenes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    numbers = tmp_path / "effort.json"
    arguments = ["effort", "--generated", "--limit", "6", "--conditions", "linear,memory", "--json", str(numbers)]
    assert main(arguments, lambda _: FakeTracker(FakeTrackerScript())) == 0
    assert "memory" in capsys.readouterr().out
    content = json.loads(numbers.read_text())
    assert {run["sequence"] for run in content["runs"]} >= {"generated plain", "generated everything"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "nothing to measure on"),
        (["--generated", "--conditions", "magic"], "choose of linear, csrt, restart, memory"),
        (["--generated", "--thresholds", "2"], "not between 0 and 1"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["effort", *arguments]) in {1, 2}
    assert sentence in capsys.readouterr().err
