"""The models that can be chosen by name, those that came with the program and the person's own; read without torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.errors import TrackerError
from tracker.model_library import ModelLibrary


@dataclass(frozen=True, slots=True)
class KnownModels:
    """What can be chosen by name.

    Attributes:
        names: Whose file is there: the program's in the manifest's order, then the person's.
        default: The one that the name ``default`` stands for.
    """

    names: tuple[str, ...]
    default: str

    def shown_name(self, chosen: str) -> str:
        """What to call a chosen name or checkpoint path in a few letters."""
        name = self.default if chosen == "default" else chosen
        return name if name in self.names else Path(name).stem


def known_models(library: ModelLibrary | None = None) -> KnownModels:
    """The models there are; none from a list that cannot be read, and the tracker then says why."""
    library = library or ModelLibrary()
    models = []
    for listed in (library.shipped_models, library.own_models):
        try:
            models += [model for model in listed() if model.path.is_file()]
        except TrackerError:
            continue
    names = dict.fromkeys(model.entry.name for model in models)
    return KnownModels(tuple(names), next((model.entry.name for model in models if model.is_default), "default"))
