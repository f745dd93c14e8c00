"""The measurement: every case once, going on from a file, and what it says in numbers, tables and pictures."""

from __future__ import annotations

import json
import signal
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from effort_fixtures import PlainVideo, ScriptedCarrier, moving, run

from app.cli import main
from app.effort.annotator import Annotator
from app.effort.carriers import EngineCarrier, RestartingCarrier
from app.effort.causes import Cause
from app.effort.conditions import CONDITIONS, LINEAR, MEMORY, RESTART, Condition
from app.effort.desk import Desk
from app.effort.labelled import RememberedPictures
from app.effort.labour import Review, Standing
from app.effort.measure import Group, Plan, measure
from app.effort.plot import draw_plot
from app.effort.report import as_json, changes, summarized
from app.effort.results_file import ResultsFile
from app.effort.statistics import gaps_around
from app.effort.tables import change_table
from app.effort.working import Working, label_in_order, label_worst_first
from app.errors import AppError
from app.session.fake_tracker import FakeTracker, FakeTrackerScript
from app.session.messages import ModelChoice
from tracker.evaluation.effort_scenes import effort_scenes

EVERYBODY = tuple(Working)
CAUSES = (Cause.FIRST, Cause.ELSEWHERE)


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

    def rebuild(self, keyframes, /):  # type: ignore[no-untyped-def]
        self.known = len(keyframes)
        return super().rebuild(keyframes)


def fake_trackers(_choice: ModelChoice) -> FakeTracker:
    return FakeTracker(FakeTrackerScript())


@pytest.mark.parametrize(("with_memory", "grows"), [(True, True), (False, False)])
def test_only_with_memory_does_the_engines_tracker_know_earlier_corrections(with_memory: bool, grows: bool) -> None:
    tracker = CountingTracker()
    video = PlainVideo(moving(40, step=4.0))  # the fake goes 1 px a frame
    carrier = EngineCarrier(video, lambda _: tracker, with_memory=with_memory, model=ModelChoice())
    labour = label_in_order(Desk(video, Annotator(0.5), carrier))
    assert len(labour.actions) > 3
    assert tracker.calls.count("initialize") == (1 if with_memory else len(labour.actions))
    assert "rebuild" not in tracker.calls
    assert tracker.taught[0] == 1
    assert (max(tracker.taught) > 1) is grows


def test_a_restarting_tracker_begins_at_each_correction() -> None:
    tracker = CountingTracker()
    video = PlainVideo(moving(40, step=4.0))
    labour = label_in_order(Desk(video, Annotator(0.5), RestartingCarrier(video, tracker)))
    assert tracker.taught == [1] * len(labour.actions)


@pytest.mark.parametrize("with_memory", [True, False])
def test_the_engine_labels_whole_videos_worst_frame_first_with_absences_in_them(with_memory: bool) -> None:
    truth = (*moving(20, 3.0), None, None, None, *moving(15, 3.0))
    video = PlainVideo(truth)
    desk = Desk(
        video, Annotator(0.5), EngineCarrier(video, fake_trackers, with_memory=with_memory, model=ModelChoice())
    )
    labour = label_worst_first(desk)
    assert not desk.failing()
    assert labour.passing[-1] == len(truth)
    assert 20 in labour.actions, "that it has gone"
    assert len(labour.actions) < 25


def test_every_condition_is_measured_with_every_annotator_threshold_and_seed() -> None:
    plan = Plan((LINEAR, RESTART, MEMORY), (0.5, 0.7), (0, 1), EVERYBODY)
    told: list[int] = []
    groups = [Group("clips", (PlainVideo(moving(12), "a"), PlainVideo(moving(20), "b")))]
    runs = [it for it, _ in measure(groups, plan, fake_trackers, lambda done, _: told.append(done))]
    # straight lines have one way of working only
    assert len(runs) == len({it.case for it in runs}) == 2 * (1 + 3 + 3) * 2 * 2
    assert told == list(range(len(runs)))
    efforts = summarized(runs)
    assert [(it.kind.working, it.kind.threshold, it.kind.condition) for it in efforts] == [
        (working, threshold, condition.name)
        for working in EVERYBODY
        for threshold in plan.thresholds
        for condition in plan.conditions
        if condition is not LINEAR or working is Working.SEQUENTIAL
    ]
    assert all(it.frames == 32 and it.sequences == 2 for it in efforts)
    assert all(it.pooled.low <= it.pooled.value <= it.pooled.high for it in efforts)
    content = json.loads(json.dumps(as_json(runs), allow_nan=False))
    assert content["summary"][0]["frames"] == 32


def test_a_further_condition_is_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    truth = moving(15)
    knowing = Condition(
        "knowing", "knows it all", lambda labelled, machine, model: ScriptedCarrier(lambda *at: truth[at[2]], 15)
    )
    (only,) = measure([Group("clips", (PlainVideo(truth),))], Plan((knowing,), (0.5,)), fake_trackers, lambda *_: None)
    assert only[0].labour.actions == (0,)


def test_pictures_are_decoded_once_as_far_as_they_fit() -> None:
    reads: list[int] = []

    class Counted(PlainVideo):
        def read(self, index: int):  # type: ignore[no-untyped-def]
            reads.append(index)
            return super().read(index)

    video = Counted(moving(5))
    pictures = RememberedPictures(video, budget=3 * video.read(0).nbytes)
    reads.clear()
    for _ in range(3):
        for index in range(5):
            assert not pictures.read(index).flags.writeable
    assert sorted(reads) == [0, 1, 2, 3, 3, 3, 4, 4, 4]


def test_pooled_effort_weighs_frames_and_the_median_sequences() -> None:
    runs = [run("a", 100, (0,)), run("b", 100, (0, 1, 2)), run("c", 800, tuple(range(96)))]
    (effort,) = summarized(runs)
    assert effort.pooled.value == pytest.approx(100.0)
    assert effort.median.value == pytest.approx(30.0)
    assert effort.human_seconds == pytest.approx(7 * 100 + 1000 / 30)
    (twice,) = summarized([*runs, *(replace(it, case=replace(it.case, seed=1)) for it in runs)])
    assert twice.pooled == effort.pooled, "seeds are averaged before sequences are drawn"
    assert twice.human_seconds == pytest.approx(effort.human_seconds)


def test_conditions_are_compared_in_pairs_of_sequences() -> None:
    costs = {"a": 10, "b": 20, "c": 60}
    restart = [run(name, 100, tuple(range(cost)), "restart") for name, cost in costs.items()]
    memory = [run(name, 100, tuple(range(cost // 2)), "memory") for name, cost in costs.items()]
    (change,) = changes([*restart, *memory])
    assert (change.kind.condition, change.base) == ("memory", "restart")
    # half on each sequence: sure, however much the sequences differ
    assert (change.share.value, change.share.low, change.share.high) == pytest.approx((-0.5, -0.5, -0.5))
    # 5 + 10 + 30 and 10 + 20 + 60 actions, of which three are first boxes
    assert change.corrections == (42, 87)
    kind = change.kind
    assert " 42 : 87 (-52 %) " in change_table([change], kind.group, kind.working)
    assert changes([*restart, memory[0]]) == [], "not the same sequences"


def test_where_nobody_corrected_anything_no_share_is_told() -> None:
    (change,) = changes([run("a", 100, (0,), "restart"), run("a", 100, (0,), "memory")])
    assert " 0 : 0 (-) " in change_table([change], change.kind.group, change.kind.working)


def test_gaps_are_told_before_and_after_each_correction() -> None:
    first, second = gaps_around([run("a", 100, (0, 10, 40)), run("b", 50, (0, 20))])
    assert (first.number, first.runs, first.before, first.after) == (1, 2, 15.0, 30.0)
    assert (second.number, second.runs, second.before, second.after) == (2, 1, 30.0, 60.0)


REVIEW = Review(Standing(0, 1, 10), Standing(5, 3, 2), Standing(9, 4, 1), right=6, wrong=3)


def test_reviewing_is_told_in_shares_of_all_frames_and_answers_take_time() -> None:
    reviewed = run("a", 100, (0, 4, 9), working=Working.QUEUE, review=REVIEW)
    reviewed = replace(reviewed, labour=replace(reviewed.labour, watched=9))
    (effort,) = summarized([reviewed])
    assert effort.reviewing is not None
    assert (effort.reviewing.at_budget.shown, effort.reviewing.at_budget.missed) == pytest.approx((0.05, 0.02))
    assert effort.reviewing.precision == pytest.approx(1 / 3)
    assert effort.human_seconds == pytest.approx(10 * (3 * 7 + 6 * 1.5 + 9 / 30))


def test_runs_in_the_file_of_results_are_not_measured_again(tmp_path: Path) -> None:
    path, frames = tmp_path / "runs.jsonl", {"a": 12}
    groups = [Group("clips", (PlainVideo(moving(12), "a"),))]
    plan = Plan((LINEAR, MEMORY), (0.5,), (0,), EVERYBODY)
    first = ResultsFile(path, "model 1", frames)
    runs = []
    for it, is_new in measure(groups, plan, fake_trackers, lambda *_: None, first.known):
        assert is_new
        first.add(it)
        runs.append(it)
    again = ResultsFile(path, "model 1", frames)
    known = list(measure(groups, plan, fake_trackers, lambda *_: None, again.known))
    assert known == [(it, False) for it in runs]
    other = ResultsFile(path, "model 2", frames)
    assert [is_new for _, is_new in measure(groups, plan, fake_trackers, lambda *_: None, other.known)] == [
        False,  # no tracker in it
        True,
        True,
        True,
    ]
    longer = ResultsFile(path, "model 1", {"a": 13})
    assert longer.known(runs[0].case) is None


def test_a_run_that_was_being_written_when_the_program_ended_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    results = ResultsFile(path, "", {"a": 10, "b": 10})
    one, two = (
        run("a", 10, (0,), "linear"),
        run("b", 10, (0, 3), "linear", review=REVIEW, passing=(4, 10), causes=CAUSES),
    )
    results.add(one)
    results.add(two)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    torn = ResultsFile(path, "", {"a": 10, "b": 10})
    assert torn.known(one.case) == one
    assert torn.known(two.case) is None
    torn.add(two)
    assert path.read_bytes() == whole
    assert ResultsFile(path, "", {"a": 10, "b": 10}).known(two.case) == two


def test_runs_kept_before_causes_were_told_count_still(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    one = run("a", 10, (0,), "linear")
    ResultsFile(path, "", {"a": 10}).add(one)
    earlier = path.read_text().replace(', "causes": []', "")
    assert "causes" not in earlier
    path.write_text(earlier)
    assert ResultsFile(path, "", {"a": 10}).known(one.case) == one


@pytest.mark.parametrize("text", ["hello\n", '{"model": ""}\n', "[]\n", '{"model": 1, "case": {}, "labour": {}}\n'])
def test_a_file_with_something_else_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(text)
    with pytest.raises(AppError, match=r"Line 1 of .* is no result"):
        ResultsFile(path, "", {})
    assert path.read_text() == text


def test_the_command_measures_generated_scenes_and_writes_tables_and_a_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {name: replace(scene, width=160, height=120, target_size=20) for name, scene in effort_scenes(6).items()}
    monkeypatch.setattr("tracker.evaluation.sequence_sets.effort_scenes", lambda length, seeds: small)
    page, plot, numbers = tmp_path / "effort.md", tmp_path / "effort.svg", tmp_path / "effort.json"
    places = "".join(f"<!-- effort-{it}: begin -->\n<!-- effort-{it}: end -->\n\n" for it in "QWS")
    page.write_text(f"# Effort\n\n{places}The rest.\n")
    arguments = ["effort", "--generated", "--conditions", "linear,restart,memory"]
    arguments += ["--annotators", "S,Q,W", "--thresholds", "0.7", "--table", str(page), "--plot", str(plot)]
    assert main([*arguments, "--json", str(numbers)], fake_trackers) == 0
    shown = capsys.readouterr().out
    text = page.read_text()
    for part in ("watched from the start (S)", "led by the review queue (Q)", "worst frame first (W)"):
        assert part in shown
        assert part in text
    assert "![" in text
    assert "(effort.svg)" in text
    assert text.endswith("The rest.\n")
    content = json.loads(numbers.read_text())
    names = {it["case"]["sequence"] for it in content["runs"]}
    assert {"generated scale_101", "generated leaving_101", "generated all_101"} <= names
    words = {"".join(it.itertext()) for it in ET.parse(plot).iter() if it.tag.endswith("text")}
    assert {"linear", "restart", "memory", "generated: what it costs (S)"} <= {it.strip() for it in words}


def test_an_interrupted_measurement_says_what_there_is_and_leaves_the_page(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = {name: replace(scene, width=160, height=120, target_size=20) for name, scene in effort_scenes(4).items()}
    monkeypatch.setattr("tracker.evaluation.sequence_sets.effort_scenes", lambda length, seeds: small)
    page, results = tmp_path / "effort.md", tmp_path / "runs.jsonl"
    page.write_text("<!-- effort-S: begin -->\n<!-- effort-S: end -->\n")
    before = page.read_text()
    made = []

    def maker(_choice: ModelChoice) -> FakeTracker:
        made.append(1)
        if len(made) == 3:
            signal.raise_signal(signal.SIGINT)  # Ctrl-C
        return FakeTracker(FakeTrackerScript())

    arguments = ["effort", "--generated", "--conditions", "memory", "--thresholds", "0.5"]
    arguments += ["--results", str(results), "--table", str(page)]
    assert main(arguments, maker) == 0
    captured = capsys.readouterr()
    assert "Stopped after 3 of 10 runs" in captured.err
    assert "is left as it was" in captured.err
    assert "3 sequences, 12 frames" in captured.out
    assert page.read_text() == before
    assert main(arguments, maker) == 0
    assert len(made) == 10, "the first three are not done again"
    assert "10 sequences, 40 frames" in page.read_text()


def test_the_same_numbers_give_the_same_picture(tmp_path: Path) -> None:
    runs = [run("a", 100, (0, 10, 40), condition) for condition in CONDITIONS]
    for name in ("one.svg", "two.svg"):
        draw_plot(runs, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "nothing to measure on"),
        (["--generated", "--conditions", "magic"], "choose of linear, csrt, restart, memory"),
        (["--generated", "--against", "csrt", "--conditions", "memory"], "--against csrt is not measured"),
        (["--generated", "--limit", "0"], "--limit 0 leaves nothing to label"),
        (["--generated", "--annotators", "X"], "there is no 'X'; choose of S, Q, W."),
        (["--generated", "--annotators", "Q", "--conditions", "linear"], "add S to --annotators"),
        (["--generated", "--thresholds", "2"], "not between 0 and 1"),
        (["--generated", "--plot", "plot.pdf"], "call it plot.svg"),
        (["--generated", "--table", "README.md"], "has no place for the table"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["effort", *arguments]) in {1, 2}
    assert sentence in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.at_length
@pytest.mark.timeout(900)
def test_the_real_tracker_is_measured_the_same_twice(tmp_path: Path) -> None:
    numbers = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in numbers:
        arguments = [
            "effort",
            "--generated",
            "--limit",
            "12",
            "--conditions",
            "restart,memory",
            "--annotators",
            "S,Q,W",
        ]
        assert main([*arguments, "--json", str(path), "--device", "cpu"]) == 0
    one, two = ([it["labour"] for it in json.loads(path.read_text())["runs"]] for path in numbers)
    assert one == two
    assert np.mean([len(it["actions"]) for it in one]) < 4, "a tracker helps"
