"""Makes a run's averaged weights the default model: ``python scripts/ship_model.py runs/NAME/last.ckpt``.

Writes ``weights/lite0.safetensors`` and its checksum into ``weights/manifest.json``. The figures in
``weights/MODEL_CARD.md`` are measured and written by a person afterwards.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tracker.manifest import WEIGHTS_FOLDER, read_manifest, sha256_of  # noqa: E402 - after the path is set
from tracker.training.export import main as export  # noqa: E402

NAME = "lite0"


def main(checkpoint: str) -> int:
    """Export, then enter the checksum."""
    target = WEIGHTS_FOLDER / f"{NAME}.safetensors"
    code = export([checkpoint, str(target), "--half"])
    if code:
        return code
    manifest = read_manifest()
    entries = {
        **manifest.entries,
        NAME: replace(manifest.entries[NAME], file=target.name, sha256=sha256_of(target)),
    }
    replace(manifest, entries=entries).write()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
