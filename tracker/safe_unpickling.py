"""What is in a file of ``torch.save``, without running anything that is pickled in it.

Both container formats (zip, and the older one without) are read in PyTorch's weights-only mode, where inert classes
stand in for those of the DiMP authors' training program; every other class ends the reading.
"""

from __future__ import annotations

import pickle  # nosec B403  # for the class of its errors
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import torch

from tracker.errors import TrackerError

LARGEST_CHECKPOINT = 2 << 30
"""Bytes; the largest published file with its Adam moments has a quarter of that."""
_ZIP_START = b"PK\x03\x04"


class Inert:
    """Stands in for a class of the authors: takes any arguments and state, does nothing."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __setstate__(self, state: object) -> None:
        if isinstance(state, dict):
            self.__dict__.update(state)


_MODULES = ("ltr.admin.", "dlframework.common.utils.")
_CLASSES = (
    "model_constructor.NetConstructor",
    "settings.Settings",
    "local.EnvironmentSettings",
    "stats.AverageMeter",
    "stats.StatValue",
)
_NUMPY = ("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype")


def _stand_ins() -> list[Callable[..., object] | tuple[Callable[..., object], str]]:
    names = [module + name for module in _MODULES for name in _CLASSES] + list(_NUMPY)
    # one class each: PyTorch finds a stand-in by class as well as by name
    return [(type(name.rpartition(".")[2], (Inert,), {}), name) for name in names]


def unpickle_safely(path: Path) -> dict[object, object]:
    """The dictionary in a checkpoint; objects of the authors' classes are ``Inert`` with their attributes.

    Raises:
        TrackerError: No such file, or one that names a class that is not known to be harmless.
    """
    try:
        _check_size(path)
        with torch.serialization.safe_globals(_stand_ins()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = torch.load(path, map_location="cpu", weights_only=True)
    except TrackerError:
        raise
    except pickle.UnpicklingError as error:
        raise TrackerError(
            "{0} is no published DiMP checkpoint: it contains objects that would run code or cannot be read safely; "
            "nothing was run.",
            path.name,
        ) from error
    except Exception as error:
        # whatever PyTorch's reader stumbles over in a damaged file: there is no end of kinds
        raise TrackerError(
            "{0} is no published DiMP checkpoint or is damaged; download it again.", path.name
        ) from error
    if not isinstance(content, dict):
        raise TrackerError("{0} is no published DiMP checkpoint: it holds no dictionary; take another file.", path.name)
    return content


def _check_size(path: Path) -> None:
    """Bounds what reading the file can take; a zip could hold more than its own size, so it must hold it as it is."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(len(_ZIP_START)) == _ZIP_START:
            members = zipfile.ZipFile(file).infolist()
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise TrackerError(
                    "{0} is no published DiMP checkpoint: its parts are compressed, as PyTorch never does; take "
                    "another file.",
                    path.name,
                )
            size = max(size, sum(member.file_size for member in members))
    if size > LARGEST_CHECKPOINT:
        raise TrackerError("{0} is no published DiMP checkpoint: it is larger than 2 GB; take another file.", path.name)
