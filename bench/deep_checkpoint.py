"""A checkpoint as the authors of DiMP publish them, all names and shapes right, for damage to reach what follows."""

from __future__ import annotations

import sys
import types
from collections import OrderedDict
from pathlib import Path
from unittest import mock

import torch

from tracker.network_config import NETWORK_CONFIGS
from tracker.released_names import COUNTER, published_tensors

_NETWORK, _FUNCTION = "dimp18", "dimpnet18"
_MODULE = "ltr.admin.model_constructor"


def write_checkpoint(path: Path, *, is_zip: bool) -> None:
    """Write one that takes no room: each tensor is one number, repeated.

    Args:
        path: Where to.
        is_zip: In the present container of ``torch.save``, or the older one.
    """
    state = OrderedDict(
        (name, torch.tensor(3 if name.endswith(COUNTER) else 1.0).expand(shape))
        for name, shape in published_tensors(NETWORK_CONFIGS[_NETWORK]).items()
    )
    kind = type("NetConstructor", (), {"__module__": _MODULE})
    constructor = kind()
    arguments = {"filter_size": 4, "clf_feat_norm": True}
    constructor.__dict__.update({"fun_name": _FUNCTION, "fun_module": "ltr.models", "args": (), "kwds": arguments})
    modules = {name: types.ModuleType(name) for name in ("ltr", "ltr.admin", _MODULE)}
    modules[_MODULE].__dict__["NetConstructor"] = kind
    with mock.patch.dict(sys.modules, modules):
        content = {"net": state, "constructor": constructor, "epoch": 5, "stats": [1.5, None, True, "text"]}
        torch.save(content, path, _use_new_zipfile_serialization=is_zip)
