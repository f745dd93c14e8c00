"""All models there are: those that came with the program, and a person's own. Loads no torch.

The program's own folder is never written. What a person adds lies in a folder of theirs, and any number of programs may
add and remove at the same time: the list changes under a lock, file first, list second.
"""

from __future__ import annotations

import contextlib
import enum
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from tracker.errors import TrackerError
from tracker.manifest import MANIFEST, WEIGHTS_FOLDER, Manifest, ManifestEntry, read_manifest, sha256_of
from tracker.model_name import DEFAULT, check_model_name, shown

_PATIENCE = 120.0
"""Seconds to wait for another program that is adding a model; writing the largest takes a few."""
_PART = ".part"


class ModelState(enum.StrEnum):
    """What has become of a model's file."""

    OK = "ok"
    DAMAGED = "damaged"
    MISSING = "missing"
    HIDDEN = "hidden"
    """One of the program's own has the same name and is taken instead."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model of one of the folders.

    Attributes:
        manifest: The list it stands in.
        entry: Its place there.
        is_shipped: Whether it came with the program.
    """

    manifest: Manifest
    entry: ManifestEntry
    is_shipped: bool

    @property
    def is_default(self) -> bool:
        """Whether "default" means it."""
        return self.entry.name == self.manifest.default_name

    @property
    def path(self) -> Path:
        """Its file; whether it is there, and whole, is another question."""
        return self.manifest.path(self.entry)

    def verified_path(self) -> Path:
        """Its file, after the checksum has been compared.

        Raises:
            TrackerError: As ``Manifest.verified_path``.
        """
        return self.manifest.verified_path(self.entry)


def own_folder() -> Path:
    """Where a person's own models are."""
    return platformdirs.user_data_path("DiMPLE", appauthor=False) / "models"


class ModelLibrary:
    """The models by name.

    Args:
        shipped: The program's own folder.
        own: The person's; may be missing. By default ``own_folder()``.
    """

    def __init__(self, shipped: Path = WEIGHTS_FOLDER, own: Path | None = None) -> None:
        self.shipped = shipped
        self.own = own or own_folder()

    def find(self, name: str) -> Path:
        """The file of a model, after its checksum has been compared.

        The person's list is read only for names that the program's has not, so that a damaged one does no harm to the
        default model.

        Raises:
            TrackerError: An unknown name, an unreadable list, a missing or damaged file.
        """
        shipped = self._shipped_manifest()
        entry = shipped.find(name)
        if entry is not None:
            return shipped.verified_path(entry)
        own = self._own_manifest()
        entry = own.find(name)
        if entry is None:
            known = ", ".join([*shipped.entries, *own.entries])
            raise TrackerError(
                "There is no model named {0}; known are {1}, or give the path of a file.", shown(name), known
            )
        return own.verified_path(entry)

    def shipped_models(self) -> list[KnownModel]:
        """What came with the program.

        Raises:
            TrackerError: The list cannot be read.
        """
        manifest = self._shipped_manifest()
        return [KnownModel(manifest, entry, is_shipped=True) for entry in manifest.entries.values()]

    def own_models(self) -> list[KnownModel]:
        """What the person has added.

        Raises:
            TrackerError: The list cannot be read.
        """
        manifest = self._own_manifest()
        return [KnownModel(manifest, entry, is_shipped=False) for entry in manifest.entries.values()]

    def state(self, model: KnownModel) -> ModelState:
        """Whether a model's file is what the list says; reads all of it."""
        if not model.is_shipped and model.entry.name in self._shipped_manifest().entries:
            return ModelState.HIDDEN
        try:
            return ModelState.OK if sha256_of(model.path) == model.entry.sha256 else ModelState.DAMAGED
        except FileNotFoundError:
            return ModelState.MISSING
        except OSError:
            return ModelState.DAMAGED

    def check_free(self, name: str) -> None:
        """Refuses a name that is none, or is taken.

        Raises:
            TrackerError: In words.
        """
        check_model_name(name)
        for entries in (self._shipped_manifest().entries, self._own_manifest().entries):
            if name.lower() in {taken.lower() for taken in entries}:
                raise TrackerError(
                    "There is already a model named {0!r}; give another name with --name, or first take that one "
                    "away with: weights remove {0}",
                    name,
                )

    def add(self, entry: ManifestEntry, write: Callable[[Path], None]) -> KnownModel:
        """Puts a model into the person's folder: file and list change together or not at all.

        Args:
            entry: Name, file, architecture, preset and licence; the checksum is found here.
            write: Makes the file at the path it is given.

        Raises:
            TrackerError: The name is taken, or the folder cannot be written.
        """
        with self._changing():
            self.check_free(entry.name)
            manifest = self._own_manifest()
            path = manifest.path(entry)
            part = path.with_name(path.name + _PART)
            write(part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            entry = replace(entry, sha256=sha256_of(part))
            part.replace(path)
            manifest = replace(manifest, entries={**manifest.entries, entry.name: entry})
            manifest.write()
        return KnownModel(manifest, entry, is_shipped=False)

    def remove(self, name: str) -> None:
        """Takes one of the person's models away, list and file.

        Raises:
            TrackerError: It came with the program, is unknown, or the folder cannot be written.
        """
        if name not in self._own_manifest().entries:
            shipped = self._shipped_manifest()
            if shipped.find(name) is not None:
                raise TrackerError(
                    "The model {0!r} came with the program and stays; only added ones are removed.", name
                )
            raise TrackerError("There is no model named {0} to remove; see: weights list", shown(name))
        with self._changing():
            manifest = self._own_manifest()
            entry = manifest.entries.get(name)
            if entry is None:
                return  # another program was quicker
            rest = {other: kept for other, kept in manifest.entries.items() if other != name}
            replace(manifest, entries=rest).write()
            manifest.path(entry).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """The person's folder, made if need be, for this program alone; what a killed one left half-written goes."""
        try:
            self.own.mkdir(parents=True, exist_ok=True)
            with FileLock(self.own / f"{MANIFEST}.lock", timeout=_PATIENCE):
                self._sweep()
                try:
                    yield
                finally:
                    self._sweep()
        except Timeout as error:
            raise TrackerError("Another program is changing the models in {0}; try again.", self.own) from error
        except OSError as error:
            raise TrackerError(
                "The models in {0} cannot be changed ({1}); free some space there, or mend its permissions.",
                self.own,
                error.strerror or error,
            ) from error

    def _sweep(self) -> None:
        for part in self.own.glob(f"*{_PART}"):
            part.unlink(missing_ok=True)

    def _shipped_manifest(self) -> Manifest:
        manifest = read_manifest(self.shipped)
        if manifest.find(DEFAULT) is None:
            raise TrackerError(
                "The list of models {0} names no default; get the folder again.", self.shipped / MANIFEST
            )
        return manifest

    def _own_manifest(self) -> Manifest:
        """The person's list; an empty one where nothing has been added."""
        if not os.path.lexists(self.own / MANIFEST):
            return Manifest(self.own, "", {})
        # a default in it, from wherever it came, is not ours
        return replace(read_manifest(self.own, is_own=True), default_name="")
