"""Kept frames never hold more memory than they may, decoders' own included."""

from __future__ import annotations

from dataclasses import dataclass, field

import av
from hypothesis import given
from hypothesis import strategies as st

from app.media.kept_frames import KeptFrames

_SIDE = 16
_SIZE = sum(plane.buffer_size for plane in av.VideoFrame(_SIDE, _SIDE, "gray").planes)


@dataclass
class Decoder:
    """Lends memory for pictures, and frees it when none of its pictures is left."""

    lent: set[int] = field(default_factory=set)
    most: int = 0

    def lend(self, number: int) -> None:
        self.lent.add(number)
        self.most = max(self.most, len(self.lent))


@given(
    steps=st.lists(st.one_of(st.none(), st.integers(0, 30), st.tuples(st.integers(0, 30))), max_size=120),
    room=st.integers(1, 12),
)
def test_what_decoders_hold_for_kept_frames_stays_within_the_bound(
    steps: list[int | tuple[int] | None], room: int
) -> None:
    """None: another decoder; a number: a frame comes; in brackets: one is dropped."""
    kept = KeptFrames(room * _SIZE)
    decoders = [Decoder()]
    owner: dict[int, tuple[Decoder, av.VideoFrame]] = {}
    for step in steps:
        if step is None:
            kept.begin_anew()
            decoders.append(Decoder())
        elif isinstance(step, tuple):
            kept.drop(step)
        else:
            frame = av.VideoFrame(_SIDE, _SIDE, "gray")
            kept.put(step, frame)
            owner[step] = decoders[-1], frame
            assert kept.get(step) is frame
        held = [it for it in owner if kept.get(it) is not None]
        for decoder in decoders:
            decoder.lent = {it for it in held if owner[it][0] is decoder and kept.get(it) is owner[it][1]}
            decoder.most = max(decoder.most, len(decoder.lent))
        assert sum(it.most for it in decoders if it.lent) <= room
        assert len(held) <= len(kept) <= room
    kept.clear()
    assert len(kept) == 0


def test_the_last_frames_before_another_decoder_are_still_there() -> None:
    kept = KeptFrames(5 * _SIZE)
    for number in range(3):
        kept.put(number, av.VideoFrame(_SIDE, _SIDE, "gray"))
    kept.begin_anew()
    kept.put(3, av.VideoFrame(_SIDE, _SIDE, "gray"))
    kept.put(4, av.VideoFrame(_SIDE, _SIDE, "gray"))
    assert [kept.get(it) is not None for it in range(5)] == [True] * 5
    kept.put(5, av.VideoFrame(_SIDE, _SIDE, "gray"))
    assert [kept.get(it) is not None for it in range(6)] == [False] * 3 + [True] * 3
