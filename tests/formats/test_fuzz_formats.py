"""A short run of the fuzzer (``python -m bench.fuzz_formats`` is the long one), and what it has found so far."""

from __future__ import annotations

import random

import pytest

from app.formats.registry import FORMATS
from bench.damage import damaged
from bench.fuzz_formats import fuzz


@pytest.mark.parametrize("known", FORMATS, ids=lambda it: it.name)
def test_damaged_files_are_imported_or_refused_in_words(known):
    tally = fuzz(known, 40, seed=7)
    assert not tally.bugs, "\n".join(tally.bugs)
    assert tally.imported + tally.refused == 40
    assert tally.refused > 5, "the damage reaches the reader"


def test_the_same_seed_makes_the_same_damage():
    files = {"a.json": b'{"a": [1, 2, 3]}\n' * 20, "b/c.txt": b"1,2,3,4\n" * 20}
    assert damaged(files, random.Random("x")) == damaged(files, random.Random("x"))
