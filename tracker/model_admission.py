"""What a file must prove before it is one of the models, and whether a model still proves it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tracker.errors import TrackerError
from tracker.manifest import ManifestEntry
from tracker.model_file import read_model_file, write_model_file
from tracker.model_library import KnownModel, ModelLibrary
from tracker.model_name import MODEL_SUFFIX, has_suffix
from tracker.presets import preset
from tracker.weights import existing_file, read_weights


def add_model(source: Path, name: str | None, library: ModelLibrary) -> KnownModel:
    """Takes a released checkpoint or a model file into the person's models, under the authors' or the file's name.

    Args:
        source: The file; it is read, and what it holds written anew as numbers.
        name: What the model is to be called; where None, as published, or as the model file is called.
        library: Where it goes.

    Raises:
        TrackerError: Anything that is not one of the known networks with all its weights, a name that is none or is
            taken, or a folder that cannot be written.
    """
    path = existing_file(source)
    if name is not None:
        library.check_free(name)  # before minutes are spent on reading
    config, state = read_weights(path)
    preset(config.preset)
    if name is None:
        name = path.name[: -len(MODEL_SUFFIX)] if has_suffix(path, MODEL_SUFFIX) else config.name
    named = replace(config, name=name)
    entry = ManifestEntry(
        name=name,
        file=f"{name}{MODEL_SUFFIX}",
        sha256="",
        architecture=config.backbone.value,
        preset=config.preset,
        licence="not stated",
    )
    return library.add(entry, lambda target: write_model_file(named, state, target))


def verify_model(model: KnownModel) -> None:
    """Reads all of a model: checksum, names, shapes and types of its tensors, finite values, and what the list says.

    Raises:
        TrackerError: With the first thing that is wrong.
    """
    config, _ = read_model_file(model.verified_path())
    preset(config.preset)
    entry = model.entry
    if (config.backbone, config.preset) != (entry.architecture, entry.preset):
        raise TrackerError(
            "{0} holds {1} with settings {2}, not what the list of models says; get the file again.",
            model.path,
            config.backbone,
            config.preset,
        )
