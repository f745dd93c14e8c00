"""The list of models in a folder, ``manifest.json``: what there is, under which name, and how to know it is whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import TrackerError

WEIGHTS_FOLDER = Path(__file__).resolve().parent.parent / "weights"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One model.

    Attributes:
        name: What a person calls it.
        file: File name in the manifest's folder.
        sha256: Checksum of the file.
        architecture: Trunk, for lists.
        preset: Tracker parameters that go with it, for lists.
        licence: Of the weights.
    """

    name: str
    file: str
    sha256: str
    architecture: str
    preset: str
    licence: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The models of one folder; ``default_name`` is the one that "default" stands for."""

    folder: Path
    default_name: str
    entries: dict[str, ManifestEntry]

    def find(self, name: str) -> ManifestEntry | None:
        """The model of that name, or None."""
        return self.entries.get(self.default_name if name == DEFAULT else name)

    def verified_path(self, entry: ManifestEntry) -> Path:
        """Path of a model's file, after its checksum has been compared.

        Raises:
            TrackerError: The file is missing or is not the one the manifest means.
        """
        path = self.folder / entry.file
        try:
            found = sha256_of(path)
        except OSError as error:
            raise TrackerError(
                f"The weights of {entry.name} are missing: {path} cannot be read; get the folder again."
            ) from error
        if found != entry.sha256:
            raise TrackerError(
                f"The weights of {entry.name} are damaged: {path} has not the checksum in manifest.json; "
                "get the file again."
            )
        return path


def read_manifest(folder: Path = WEIGHTS_FOLDER) -> Manifest:
    """Reads ``manifest.json`` of a folder.

    Raises:
        TrackerError: It is missing or cannot be understood.
    """
    path = folder / "manifest.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = [ManifestEntry(**entry) for entry in content["models"]]
        return Manifest(folder, content[DEFAULT], {entry.name: entry for entry in entries})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrackerError(f"The list of models {path} cannot be read ({error}); get the folder again.") from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
