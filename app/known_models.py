"""The models that come with the program, by the manifest beside them; read without torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_MANIFEST = Path(__file__).resolve().parents[1] / "weights" / "manifest.json"


@dataclass(frozen=True, slots=True)
class KnownModels:
    """What can be chosen by name.

    Attributes:
        names: Whose file is there, in the manifest's order.
        default: The one that the name ``default`` stands for.
    """

    names: tuple[str, ...]
    default: str

    def shown_name(self, chosen: str) -> str:
        """What to call a chosen name or checkpoint path in a few letters."""
        name = self.default if chosen == "default" else chosen
        return name if name in self.names else Path(name).stem


def known_models(manifest: Path = _MANIFEST) -> KnownModels:
    """The shipped models; none where the manifest cannot be read, and the tracker then says why."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        models = [it for it in content["models"] if (manifest.parent / it["file"]).is_file()]
        return KnownModels(tuple(it["name"] for it in models), str(content["default"]))
    except (OSError, ValueError, KeyError, TypeError):
        return KnownModels((), "default")
