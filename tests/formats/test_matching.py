"""Which Sequence goes where: the quick way gives what comparing each with each does."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.document.model import Project, Sequence
from app.formats.matching import match_sequences
from app.formats.sequence_names import folder_names

NAMES = st.sampled_from(["", "a", "b", "A", "a.mp4", "c/d", "img", "x y"])
PATHS = st.sampled_from(["", "/v/a.mp4", "/v/b", "/q/img"])


@st.composite
def projects(draw: st.DrawFn) -> Project:
    ids = draw(st.sets(st.integers(1, 30), min_size=1, max_size=8))
    sides, counts = st.sampled_from([64, 32]), st.sampled_from([10, 20])
    made = (Sequence(it, draw(NAMES), draw(PATHS), draw(counts), draw(sides), 48, 25.0) for it in sorted(ids))
    return Project({it.id: it for it in made})


def names_of(sequence: Sequence) -> set[str]:
    names = {sequence.name, Path(sequence.name).stem, folder_names([sequence])[sequence.id]}
    if sequence.path:
        names |= {Path(sequence.path).name, Path(sequence.path).stem}
    return {it.casefold() for it in names}


def likeness(theirs: Sequence, ours: Sequence) -> int:
    same_size = (theirs.width, theirs.height) == (ours.width, ours.height)
    same_count = theirs.frame_count == ours.frame_count
    if theirs.name == ours.name:
        return 8 + 2 * same_size + same_count
    if names_of(theirs) & names_of(ours):
        return 4 + 2 * same_size + same_count
    return 3 if same_size and same_count else 0


@given(projects(), projects())
def test_each_goes_where_it_is_likest(project: Project, imported: Project) -> None:
    expected: dict[int, int] = {}
    if len(project.sequences) == len(imported.sequences) == 1:
        expected = {next(iter(imported.sequences)): next(iter(project.sequences))}
    pairs = [(theirs, ours) for theirs in imported.sequences.values() for ours in project.sequences.values()]
    for theirs, ours in sorted(pairs, key=lambda it: (-likeness(*it), it[0].id, it[1].id)):
        if likeness(theirs, ours) and theirs.id not in expected and ours.id not in expected.values():
            expected[theirs.id] = ours.id
    assert match_sequences(project, imported) == expected


def test_a_folder_name_that_all_of_a_data_set_share_decides_nothing() -> None:
    ours = {it: Sequence(it, f"clip{it}", f"/data/clip{it}/img", 100 + it, 64, 48, 25.0) for it in range(1, 101)}
    theirs = {it: Sequence(it, f"clip{101 - it}", "", 100, 64, 48, 25.0) for it in range(1, 101)}
    assert match_sequences(Project(ours), Project(theirs)) == {it: 101 - it for it in range(1, 101)}
    theirs = {it: Sequence(it, "img", "", 100 + it, 64, 48, 25.0) for it in range(1, 101)}
    assert match_sequences(Project(ours), Project(theirs)) == {it: it for it in range(1, 101)}
