"""The list of models in a folder, ``manifest.json``: what there is, under which name, and how to know it is whole.

The list may come from somebody else, so nothing in it is believed: names are checked, files lie in the folder itself
and are no links, sizes are bounded before anything is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tracker.errors import TrackerError
from tracker.model_name import DEFAULT, MODEL_SUFFIX, is_model_name, shown
from tracker.plain_file import open_plain_file

WEIGHTS_FOLDER = Path(__file__).resolve().parent.parent / "weights"
MANIFEST = "manifest.json"
LARGEST_FILE = 1 << 30
"""Bytes of a model file; the largest published network has a tenth of that."""
_LARGEST_MANIFEST = 1 << 20
_LONGEST_TEXT = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


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

    @staticmethod
    def from_json(values: object) -> ManifestEntry:
        """One entry of the list, checked.

        Raises:
            ValueError: A field is missing, surplus or not what it must be.
        """
        names = {field.name for field in fields(ManifestEntry)}
        if not isinstance(values, dict) or values.keys() != names:
            raise ValueError(f"an entry needs exactly {', '.join(sorted(names))}")
        for field, value in values.items():
            if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not value.isprintable():
                raise ValueError(f"{field} is {shown(value)}")
        entry = ManifestEntry(**values)
        if not is_model_name(entry.name):
            raise ValueError(f"a model is called {shown(entry.name)}")
        if not entry.file.endswith(MODEL_SUFFIX) or not is_model_name(entry.file.removesuffix(MODEL_SUFFIX)):
            raise ValueError(f"a file is called {shown(entry.file)}")
        if not _SHA256.fullmatch(entry.sha256):
            raise ValueError(f"a checksum is {shown(entry.sha256)}")
        return entry


@dataclass(frozen=True, slots=True)
class Manifest:
    """The models of one folder.

    Attributes:
        folder: Where the list and the files are.
        default_name: The model that "default" stands for; empty in a folder of a person's own models.
        entries: By name.
    """

    folder: Path
    default_name: str
    entries: Mapping[str, ManifestEntry]

    def find(self, name: str) -> ManifestEntry | None:
        """The model of that name, or None."""
        return self.entries.get(self.default_name if name == DEFAULT else name)

    def path(self, entry: ManifestEntry) -> Path:
        """Path of a model's file, checked for nothing."""
        return self.folder / entry.file

    def verified_path(self, entry: ManifestEntry) -> Path:
        """Path of a model's file, after its checksum has been compared.

        Raises:
            TrackerError: The file is missing, a link, too large, or not the one the manifest means.
        """
        path = self.path(entry)
        try:
            found = sha256_of(path)
        except FileNotFoundError as error:
            raise TrackerError(
                "The weights of {0} are missing: there is no {1}; get it again.", entry.name, path
            ) from error
        except OSError as error:
            raise TrackerError(
                "The weights of {0} cannot be read: {1} {2}; get the file again.",
                entry.name,
                path,
                error.strerror or error,
            ) from error
        if found != entry.sha256:
            raise TrackerError(
                "The weights of {0} are damaged: {1} has not the checksum in {2}; get the file again.",
                entry.name,
                path,
                MANIFEST,
            )
        return path

    def write(self) -> None:
        """Puts the list into its folder; it is replaced whole or not at all.

        Raises:
            OSError: It cannot be written.
        """
        content = {"default": self.default_name} if self.default_name else {}
        text = json.dumps(content | {"models": [asdict(entry) for entry in self.entries.values()]}, indent=2)
        part = self.folder / f".{MANIFEST}.part"
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.folder / MANIFEST)


def read_manifest(folder: Path = WEIGHTS_FOLDER, *, is_own: bool = False) -> Manifest:
    """Reads ``manifest.json`` of a folder.

    Args:
        folder: Where it is.
        is_own: Whether it lists models that the person has added, and nobody else has it.

    Raises:
        TrackerError: It is missing or cannot be understood.
    """
    path = folder / MANIFEST
    try:
        with open_plain_file(path, _LARGEST_MANIFEST) as file:
            content = json.loads(file.read().decode("utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("models"), list):
            raise TypeError("it holds no list of models")
        entries = [ManifestEntry.from_json(values) for values in content["models"]]
        default = content.get(DEFAULT, "")
        if not isinstance(default, str) or (default and default not in {entry.name for entry in entries}):
            raise ValueError(f"the default {shown(default)} is not among the models")
        for what in ("name", "file"):
            # lower case: on some systems these are one file
            if len({getattr(entry, what).lower() for entry in entries}) < len(entries):
                raise ValueError(f"two models have the same {what}")
    except (OSError, ValueError, TypeError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        if is_own:
            raise TrackerError(
                "The list of models {0} cannot be read ({1}); mend it, or take it away and add your models again.",
                path,
                reason,
            ) from error
        raise TrackerError(
            "The list of models {0} cannot be read ({1}); get the folder again.", path, reason
        ) from error
    return Manifest(folder, default, {entry.name: entry for entry in entries})


def sha256_of(path: Path) -> str:
    """SHA-256 of a plain file as lower-case hex.

    Raises:
        OSError: It cannot be read, is no plain file, or is larger than a model may be.
    """
    with open_plain_file(path, LARGEST_FILE) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
