"""What an export takes: splits, smallest scores and shares, and frames as they are shown."""

from __future__ import annotations

import pytest
from generated_projects import projects
from hypothesis import given, settings
from hypothesis import strategies as st

from app.document.model import Sequence
from app.formats.options import ExportOptions, FormatOption, Split, Splits
from app.formats.selection import deal, select
from app.formats.snapshot import snapshot

shares = st.floats(0, 0.5)


def sequences(count: int) -> list[Sequence]:
    return [Sequence(number, f"s{number}", "", 1, 1, 1, 1.0) for number in range(1, count + 1)]


@given(st.integers(1, 40), shares, shares, st.integers(0, 5))
def test_sequences_are_dealt_out_whole_in_the_wanted_shares_and_always_alike(count, val, test, seed):
    made = sequences(count)
    dealt = deal(made, Splits(val, test, seed))
    assert dealt == deal(list(reversed(made)), Splits(val, test, seed))
    assert set(dealt) == {it.id for it in made}
    for split, share in ((Split.VAL, val), (Split.TEST, test)):
        got = sum(it is split for it in dealt.values())
        assert abs(got - share * count) <= 1
        assert got > 0 or share == 0 or count < 3


def test_named_sequences_go_where_they_are_put_and_seeds_differ():
    made = sequences(30)
    named = {1: Split.TEST, 2: Split.TRAIN}
    dealt = deal(made, Splits(0.3, 0.0, named=named))
    assert {number: dealt[number] for number in named} == named
    assert sum(it is Split.VAL for it in dealt.values()) == round(0.3 * 28)
    assert len({tuple(sorted(deal(made, Splits(0.3, 0, seed)).items(), key=str)) for seed in range(5)}) > 1
    with pytest.raises(ValueError, match="Splits"):
        Splits(0.8, 0.4)


@settings(deadline=None, max_examples=40)
@given(projects(), st.floats(0, 1, width=32), st.sampled_from([0.0, 0.2, 0.25, 0.3, 1.0]))
def test_smallest_scores_are_of_tracked_boxes_and_smallest_shares_of_all(project, score, share):
    selection = select(project, ExportOptions(minimum_score=score, minimum_visibility=share))
    for selected in selection.sequences:
        for track in selected.tracks:
            wanted = []
            for frame in track.frames():
                tracked = track.boxes.get(frame)
                is_tracked = frame not in track.keyframes and track.keyframes.interpolated_gap(frame) is None
                if track.visibility_at(frame) < share or (is_tracked and tracked is not None and tracked.score < score):
                    continue
                wanted.append(frame)
            assert selection.shown(selected, track).frames.tolist() == wanted


@settings(deadline=None, max_examples=20)
@given(projects())
def test_a_snapshot_is_equal_and_later_edits_do_not_reach_it(project):
    copy = snapshot(project)
    assert copy == project
    for sequence in project.sequences.values():
        sequence.bookmarks[0] = "changed"
        for track in sequence.tracks.values():
            track.boxes.replace(0, sequence.frame_count, type(track.boxes)())
            track.keyframes.clear()
            track.attributes[99] = "changed"
    again = snapshot(copy)
    assert again == copy
    for sequence in copy.sequences.values():
        assert sequence.bookmarks.get(0) != "changed"
        assert all(99 not in it.attributes for it in sequence.tracks.values())
    assert any(it.tracks for it in project.sequences.values()) is any(it.tracks for it in copy.sequences.values())


def test_options_take_only_values_of_their_kind():
    flag, number, text = FormatOption("f", "F", False), FormatOption("n", "N", 0.5), FormatOption("t", "T", "x")
    for option, good, bad in ((flag, True, 1), (number, 0.25, 2.0), (text, "", 3), (number, 1.0, True)):
        assert option.allows(good)
        assert not option.allows(bad)
    assert ExportOptions(own={"f": True}).value(flag) is True
    assert ExportOptions().value(number) == 0.5
