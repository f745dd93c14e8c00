"""Runs kept in a file, so that a measurement that was interrupted goes on where it was."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.effort.causes import Cause
from app.effort.conditions import CONDITIONS
from app.effort.labour import Labour, Review, Standing
from app.effort.measure import Case, Run
from app.effort.working import Working
from app.errors import AppError

Json = dict[str, Any]


class ResultsFile:
    """One run a line, appended as it is done.

    A run counts as known if the case, the length of its sequence and, where our tracker is in it, the model are the
    same. That the program is still the same is for the person to say: after a change of it begin another file.

    Args:
        path: Made where there is none.
        model: What exactly our tracker's model is.
        frames: Name of each sequence -> how many frames are measured.

    Raises:
        AppError: The file cannot be read, or holds something else.
    """

    def __init__(self, path: Path, model: str, frames: dict[str, int]) -> None:
        self._path = path
        self._model = model
        self._frames = frames
        self._known: dict[tuple[Case, str], Run] = {}
        if path.exists():
            self._read()

    def known(self, case: Case) -> Run | None:
        """The run of a case, where it is there."""
        run = self._known.get((case, self._model_of(case)))
        return run if run is not None and run.labour.frames == self._frames[case.sequence] else None

    def add(self, run: Run) -> None:
        """Keep a run; on the disk when this returns.

        Raises:
            AppError: The file cannot be written.
        """
        model = self._model_of(run.case)
        self._known[run.case, model] = run
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"model": model, **run_as_json(run)}, allow_nan=False) + "\n")
        except OSError as error:
            raise AppError(f"{self._path} cannot be written ({error.strerror}); choose another place.") from error

    def _model_of(self, case: Case) -> str:
        return self._model if CONDITIONS[case.condition].uses_model else ""

    def _read(self) -> None:
        try:
            text = self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AppError(f"The results in {self._path} cannot be read; name another file.") from error
        whole, _, torn = text.rpartition("\n")
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                content = json.loads(line)
                run = run_from_json(content)
                self._known[run.case, str(content["model"])] = run
            except (KeyError, TypeError, ValueError) as error:
                raise AppError(f"Line {number} of {self._path} is no result of effort; name another file.") from error
        if torn:  # the program was killed while it wrote: that run is done again
            with self._path.open("r+", encoding="utf-8") as file:
                file.truncate(len(whole.encode()) + (1 if whole else 0))


def run_as_json(run: Run) -> Json:
    """A run as plain data."""
    content = asdict(run)
    content["case"]["working"] = run.case.working.value
    return content


def run_from_json(content: Json) -> Run:
    """The run that ``run_as_json`` made it of.

    Raises:
        KeyError: Something is missing.
        TypeError: Something is of another kind.
        ValueError: Something has no meaning.
    """
    case, labour = dict(content["case"]), dict(content["labour"])
    case["working"] = Working(case["working"])
    review = labour.pop("review")
    labour["actions"], labour["passing"] = tuple(labour["actions"]), tuple(labour["passing"])
    labour["causes"] = tuple(map(Cause, labour.get("causes", ())))  # earlier files have none
    if review is not None:
        moments = {name: Standing(**review[name]) for name in ("before", "at_budget", "at_end")}
        review = Review(**moments, right=review["right"], wrong=review["wrong"])
    return Run(Case(**case), Labour(**labour, review=review), float(content["machine_seconds"]))
