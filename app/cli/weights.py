"""``weights``: the tracker's models, listed, checked, added and removed."""

from __future__ import annotations

from pathlib import Path

from app.cli.terminal import complain, say
from app.errors import AppError
from tracker.errors import TrackerError
from tracker.model_library import KnownModel, ModelLibrary

_EXIT_DAMAGED = 1


def run_list() -> int:
    """Print all models; the default has a star.

    Returns:
        Exit code: 0, or 1 if the list of the person's own models cannot be read.

    Raises:
        TrackerError: The program's own list cannot be read.
    """
    library = ModelLibrary()
    models, problem = _all_models(library)
    rows = [("", "name", "architecture", "preset", "size", "file", "where")]
    rows += [
        (
            "*" if model.is_default else "",
            model.entry.name,
            model.entry.architecture,
            model.entry.preset,
            _size(model.path),
            library.state(model).value,
            str(model.path.parent),
        )
        for model in models
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    say("* is the default.")
    return _said(problem)


def run_verify(name: str | None) -> int:
    """Read one model, or all, whole, and print what was found.

    Returns:
        Exit code: 0 if all are as they should be, 1 otherwise.

    Raises:
        AppError: There is no model of that name.
        TrackerError: The program's own list cannot be read.
    """
    models, problem = _all_models(ModelLibrary())
    if name is not None:
        models = [model for model in models if model.entry.name == name or (name == "default" and model.is_default)]
        if not models:
            raise problem or AppError(f"There is no model named {name!r}; see: weights list")
    from tracker.model_admission import verify_model  # noqa: PLC0415  # torch takes seconds

    code = 0
    for model in models:
        try:
            verify_model(model)
        except TrackerError as error:
            complain(str(error))
            code = _EXIT_DAMAGED
        else:
            say(f"{model.entry.name}: ok")
    return max(code, _said(problem))


def run_add(file: Path, name: str | None) -> int:
    """Convert a checkpoint or copy a model file into the person's models.

    Returns:
        Exit code 0.

    Raises:
        TrackerError: The file is not one of the known networks, or the name is taken.
    """
    complain(f"Reading {file} ...")
    from tracker.model_admission import add_model  # noqa: PLC0415  # torch takes seconds

    model = add_model(file, name, ModelLibrary())
    entry = model.entry
    say(f"Added {entry.name} ({entry.architecture}, settings {entry.preset}) as {model.path}")
    say(f"Use it with: --model {entry.name}")
    return 0


def run_remove(name: str) -> int:
    """Take away a model that was added.

    Returns:
        Exit code 0.

    Raises:
        TrackerError: It came with the program, or there is none of that name.
    """
    ModelLibrary().remove(name)
    say(f"Removed {name}")
    return 0


def _all_models(library: ModelLibrary) -> tuple[list[KnownModel], TrackerError | None]:
    """The program's and the person's; what is wrong with the person's list does not hide the program's."""
    models = library.shipped_models()
    try:
        return models + library.own_models(), None
    except TrackerError as error:
        return models, error


def _said(problem: TrackerError | None) -> int:
    if problem is None:
        return 0
    complain(str(problem))
    return _EXIT_DAMAGED


def _size(path: Path) -> str:
    try:
        return f"{path.lstat().st_size / 1e6:.1f} MB"
    except OSError:
        return "-"
