"""``effort``: how many boxes a person must draw, measured with a simulated annotator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.cli.outputs import check_outputs
from app.cli.terminal import ProgressBar, complain, say, stop_on_interrupt
from app.effort.labelled import Labelled, LabelledBenchmark, LabelledScene
from app.effort.measure import Condition, Plan, Run, measure
from app.effort.report import as_json, as_text, summarized
from app.errors import AppError
from app.formats.atomic import new_file
from app.session.tracker_protocol import MakeTracker
from tracker.evaluation.csrt_process import csrt_python
from tracker.evaluation.generated_scene import GeneratedScene, standard_scenes
from tracker.evaluation.sequence import find_sequences


def run_effort(
    folders: Sequence[Path],
    plan: Plan,
    make_tracker: MakeTracker,
    *,
    generated: bool = False,
    limit: int | None = None,
    json_file: Path | None = None,
) -> int:
    """Measure and print; Ctrl-C ends it after the run in progress and prints what there is.

    Args:
        folders: Sequences, or folders of sequences; may be empty with ``generated``.
        plan: Conditions, thresholds, seeds and model.
        make_tracker: Makes our trackers.
        generated: The generated scenes too.
        limit: Only so many first frames of each sequence.
        json_file: The numbers as JSON too, or None.

    Returns:
        Exit code 0.

    Raises:
        AppError: Nothing to measure on, or the JSON file cannot be written.
        TrackerError: A folder, the model or CSRT is not usable.
    """
    check_outputs((), [] if json_file is None else [json_file])
    sequences = _sequences(folders, generated=generated, limit=limit)
    if Condition.CSRT in plan.conditions:
        csrt_python()  # a missing environment is told before hours of work
    total = len(sequences) * len(plan)
    bar = ProgressBar()
    runs: list[Run] = []
    try:
        with stop_on_interrupt() as asked:
            for run in measure(
                sequences, plan, make_tracker, lambda done, text: bar.show(text, done, total, f"of {total} runs")
            ):
                runs.append(run)
                if asked.is_set():
                    complain(f"Stopped after {len(runs)} of {total} runs.")
                    break
    finally:
        bar.clear()
    efforts = summarized(runs)
    say(f"Model {plan.model.name}, seeds {','.join(map(str, plan.seeds))}; {len(sequences)} sequences")
    say(as_text(efforts))
    if json_file is not None:
        with new_file(json_file) as file:
            file.write(as_json(efforts, runs))
        say(f"Wrote {json_file}")
    return 0


def _sequences(folders: Sequence[Path], *, generated: bool, limit: int | None) -> list[Labelled]:
    sequences: list[Labelled] = []
    if folders:
        sequences += [LabelledBenchmark(it, limit) for it in find_sequences(list(folders))]
    if generated:
        scenes = standard_scenes(limit or 120)
        sequences += [LabelledScene(f"generated {name}", GeneratedScene(scene)) for name, scene in scenes.items()]
    if not sequences:
        raise AppError("There is nothing to measure on; name folders of sequences, or give --generated.")
    names = [it.name for it in sequences]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise AppError(f"Two sequences are called {twice}; measure them one after the other.")
    return sequences
