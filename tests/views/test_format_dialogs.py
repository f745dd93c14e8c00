"""Export and import through the window: previews, options, progress, cancel, and what is refused."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from dialogs import in_dialog
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixture import Bench, make_bench, write_images

from app.document.model import Category, Keyframe, Project, Sequence, Track
from app.document.project_file import read_project
from app.document.tracked_boxes import TrackedBox
from app.formats import export as export_module
from app.formats.format import TargetKind
from app.formats.options import FormatOption
from app.formats.progress import Progress
from app.views import box_exchange, importing
from app.views.action_table import ActionId
from app.views.background import Background
from app.views.export_dialog import ExportDialog
from app.views.import_dialog import ImportDialog
from app.views.import_match_model import WHERE
from app.views.import_matches import ImportMatches
from tracker.geometry import BoundingBox
from tracker.result import TrackStatus

LEFT = Qt.MouseButton.LeftButton


def project() -> Project:
    track = Track(1, "cup", 1, {0: Keyframe(BoundingBox(1, 2, 30, 40))})
    for frame in range(1, 10):
        track.boxes.set(frame, TrackedBox(BoundingBox(1 + frame, 2, 30, 40), 0.5, TrackStatus.FOUND))
    other = Track(2, "", 1, {3: Keyframe(BoundingBox(5, 6, 7, 8))})
    sequence = Sequence(1, "clip", "/videos/clip.mp4", 10, 320, 240, 25.0, tracks={1: track, 2: other})
    return Project({1: sequence}, {1: Category(1, "cup")})


@pytest.fixture
def export_dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    made = project()
    dialog = ExportDialog(made, made.sequences[1], tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(it for it in dialog.findChildren(QPushButton) if it.text() == text)


def control(dialog: QWidget, kind: type, name: str):
    return next(it for it in dialog.findChildren(kind) if it.accessibleName() == name)


def words(dialog: QWidget) -> str:
    return "\n".join(it.text() for it in dialog.findChildren(QLabel) if it.isVisible())


def choose(qtbot: QtBot, combo: QComboBox, text: str) -> None:
    """With the keyboard, as a person does."""
    index = next(row for row in range(combo.count()) if combo.itemText(row).startswith(text))
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(index):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == index


def export(qtbot: QtBot, dialog: ExportDialog) -> Path:
    qtbot.mouseClick(button(dialog, "Export"), LEFT)
    qtbot.waitUntil(lambda: dialog.exported is not None)
    return dialog.exported


def test_export_writes_what_was_chosen(qtbot: QtBot, tmp_path: Path, export_dialog: ExportDialog) -> None:
    assert export_dialog.findChild(QLineEdit).text() == str(tmp_path / "clip_coco.json")
    step = control(export_dialog, QSpinBox, "Every n-th frame")
    step.setFocus()
    step.selectAll()
    qtbot.keyClicks(step, "3")
    listed = control(export_dialog, QWidget, "Tracks")
    listed.item(1).setCheckState(Qt.CheckState.Unchecked)
    written = json.loads(export(qtbot, export_dialog).read_text(encoding="utf-8"))
    assert [it["bbox"] for it in written["annotations"]] == [[1 + it, 2, 30, 40] for it in (0, 3, 6, 9)]
    assert {it["track_id"] for it in written["annotations"]} == {1}


def test_export_says_what_will_be_lost_before_it_is(qtbot: QtBot, export_dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: "Tracks to be written: 2, on frames: 10.\nNothing is lost." in words(export_dialog))
    choose(qtbot, control(export_dialog, QComboBox, "Format"), "MOTChallenge")
    qtbot.waitUntil(lambda: "does not hold names of tracks: 1 will be lost." in words(export_dialog))
    assert "scores of tracked boxes: 9 will be lost" in words(export_dialog)
    scores = next(it for it in export_dialog.findChildren(QCheckBox) if "confidence" in it.text())
    qtbot.keyClick(scores, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "scores of tracked boxes" not in words(export_dialog))


def test_options_with_long_names_leave_the_fields_their_room(qtbot: QtBot, export_dialog: ExportDialog) -> None:
    longest = FormatOption(
        "x", "an option of somebody whose name goes on and on and would fill the whole window", False
    )
    plugin = SimpleNamespace(title="x", options=(replace(longest, default=0.5),), kind=TargetKind.FILE, suffix=".x")
    plugin.name, plugin.holds, plugin.notes = "x", frozenset(), lambda _selection: []
    export_dialog._formats = (*export_dialog._formats[:1], plugin, *export_dialog._formats[2:])
    combo = control(export_dialog, QComboBox, "Format")
    for row in (1, 2):
        combo.setCurrentIndex(row)
        qtbot.waitUntil(lambda: combo.width() > 300)


def test_export_shows_only_the_options_of_its_format(qtbot: QtBot, tmp_path: Path, export_dialog: ExportDialog) -> None:
    names = [it.accessibleName() for it in export_dialog.findChildren(QComboBox)]
    assert "Top-left pixel is" not in names
    choose(qtbot, control(export_dialog, QComboBox, "Format"), "MOTChallenge")
    choose(qtbot, control(export_dialog, QComboBox, "Top-left pixel is"), "0")
    folder = export(qtbot, export_dialog)
    assert folder == tmp_path / "clip_mot"
    assert (folder / "clip" / "gt" / "gt.txt").read_text().startswith("1,1,1,2,30,40,")


def test_an_export_that_fails_says_why_and_stays_open(
    qtbot: QtBot, tmp_path: Path, export_dialog: ExportDialog
) -> None:
    field = export_dialog.findChild(QLineEdit)
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    field.clear()
    qtbot.keyClicks(field, str(blocker / "out.json"))
    qtbot.mouseClick(button(export_dialog, "Export"), LEFT)
    qtbot.waitUntil(lambda: str(blocker) in words(export_dialog))
    assert export_dialog.isVisible()
    assert export_dialog.exported is None
    assert blocker.read_text() == "in the way"


def test_cancel_gives_up_a_running_export_and_leaves_the_old_file(
    qtbot: QtBot, tmp_path: Path, export_dialog: ExportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clip_coco.json").write_text("old")
    reached = threading.Event()
    real = export_module.select

    def slow(project, options):
        reached.set()
        return real(project, options)

    class Endless:
        """Reports for ever: only cancelling ends it."""

        def __getattr__(self, name):
            return getattr(export_dialog_format, name)

        def write(self, selection, path, progress: Progress) -> None:
            path.write_text("half")
            count = 0
            while True:
                count += 1
                progress.at(count % 100, 100)

    export_dialog_format = export_dialog.format
    monkeypatch.setattr(export_module, "select", slow)
    monkeypatch.setattr(type(export_dialog), "format", property(lambda _self: Endless()))
    qtbot.mouseClick(button(export_dialog, "Export"), LEFT)
    qtbot.waitUntil(reached.is_set)
    assert not button(export_dialog, "Export").isEnabled()
    qtbot.keyClick(export_dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "what was there before is unchanged" in words(export_dialog))
    assert export_dialog.isVisible()
    assert [(it.name, it.read_text()) for it in tmp_path.iterdir()] == [("clip_coco.json", "old")]


def test_a_bug_in_a_dialogs_work_is_a_sentence_and_older_answers_are_dropped(qtbot: QtBot) -> None:
    background = Background()
    gate = threading.Event()

    def first(_progress: Progress) -> str:
        gate.wait(10)
        return "first"

    def broken(_progress: Progress) -> None:
        raise RuntimeError("broken")

    got: list[object] = []
    background.finished.connect(got.append)
    background.submit(first)
    background.submit(lambda _progress: "second")
    gate.set()
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["second"]
    with qtbot.waitSignal(background.failed) as failed:
        background.submit(broken)
    assert "RuntimeError" in failed.args[0]
    assert not background.is_busy
    background.close()


# Import, through the front door


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    yield from make_bench(qtbot, monkeypatch)


def mot(folder: Path, rows: str, frames: int = 30) -> Path:
    place = folder / "boxes" / "clip"
    (place / "gt").mkdir(parents=True)
    (place / "seqinfo.ini").write_text(
        f"[Sequence]\nname=clip\nimDir=img1\nframeRate=30\nseqLength={frames}\nimWidth=160\nimHeight=120\nimExt=.jpg\n"
    )
    (place / "gt" / "gt.txt").write_text(rows)
    (place / "gt" / "labels.txt").write_text("spoon\n")
    return place


def straight_rows(count: int = 20) -> str:
    return "".join(f"{n + 1},1,{11 + n},21,30,40,1,1,1\n" for n in range(count))


def drop(bench: Bench, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    modifiers, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    bench.window.dragEnterEvent(
        enter := QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, left, modifiers)
    )
    assert enter.isAccepted()
    assert bench.window.acceptDrops()
    bench.window.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, left, modifiers))


def open_clip(bench: Bench, tmp_path: Path) -> None:
    bench.open(write_images(tmp_path / "clip"))


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_dropped_file_is_previewed_imported_and_taken_back(bench: Bench, tmp_path: Path, is_packed: bool) -> None:
    open_clip(bench, tmp_path)
    dropped = mot(tmp_path, straight_rows())
    if is_packed:
        dropped = Path(shutil.make_archive(str(tmp_path / "task 🧀"), "zip", dropped.parent))
    document = bench.session.document
    before = len(document.project.categories)

    def accept(dialog: ImportDialog) -> None:
        bench.wait(lambda: dialog.added is not None)
        said = words(dialog)
        assert control(dialog, QComboBox, "Format").currentText() == "MOTChallenge"
        assert "Tracks: 1, boxes: 20, keyframes: 2; on frames 0 to 19." in said
        assert "spoon (new): 1" in said
        assert not document.project.sequences[1].tracks, "a preview changes nothing"
        bench.qtbot.mouseClick(button(dialog, "Import"), LEFT)

    def opener() -> None:
        drop(bench, dropped)
        bench.wait(lambda: document.undo_stack.count() > 0)

    in_dialog(ImportDialog, accept, opener)
    (track,) = document.project.sequences[1].tracks.values()
    assert [track.box_at(frame) for frame in (0, 7, 19)] == [BoundingBox(10 + n, 20, 30, 40) for n in (0, 7, 19)]
    assert len(track.keyframes) == 2
    assert document.undo_stack.undoText() == "Import"
    bench.activate()
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not document.project.sequences[1].tracks
    assert len(document.project.categories) == before


def test_the_bases_and_the_tolerance_can_be_put_right_before_anything_changes(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(bench, tmp_path)
    rows = "".join(f"{n + 1},1,{10 + n},{20 + 2 * (n % 2)},30,40,1,1,1\n" for n in range(20))
    file = mot(tmp_path, rows) / "gt" / "gt.txt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(file), ""))

    def work(dialog: ImportDialog) -> None:
        bench.wait(lambda: dialog.added is not None)
        base = control(dialog, QComboBox, "Number of the top-left pixel")
        assert base.currentText() == "1, as the file says"
        many = len(dialog.added.tracks[0][1].keyframes)
        choose(bench.qtbot, base, "0")
        bench.wait(lambda: dialog.added is not None)
        assert dialog.added.tracks[0][1].box_at(0) == BoundingBox(10, 20, 30, 40)
        tolerance = control(dialog, QWidget, "Tolerance of keyframes")
        tolerance.setFocus()
        tolerance.selectAll()
        bench.qtbot.keyClicks(tolerance, "5")
        bench.wait(lambda: dialog.added is not None and len(dialog.added.tracks[0][1].keyframes) == 2)
        assert many > 2
        choose(bench.qtbot, control(dialog, QComboBox, "Number of the first frame"), "0")
        bench.wait(lambda: dialog.added is not None)
        assert dialog.added.tracks[0][1].box_at(1) == BoundingBox(10, 20, 30, 40)
        bench.qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(ImportDialog, work, lambda: bench.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier))
    assert bench.session.document.undo_stack.count() == 0


def test_a_file_that_cannot_be_read_says_where_and_nothing_can_be_imported(bench: Bench, tmp_path: Path) -> None:
    open_clip(bench, tmp_path)
    folder = mot(tmp_path, straight_rows() + "7,1,1,1,x,5,1,1,1\n")

    looked: list[bool] = []

    def look(dialog: ImportDialog) -> None:
        looked.append(True)
        bench.wait(lambda: "line 21" in words(dialog))
        assert not button(dialog, "Import").isEnabled()
        assert dialog.added is None

    in_dialog(ImportDialog, look, lambda: (drop(bench, folder), bench.wait(lambda: bool(looked))))
    assert bench.session.document.undo_stack.count() == 0


def shares(folder: Path, stem: str, count: int) -> Path:
    """A YOLO export whose sizes nothing tells: a box in the middle, a quarter of the picture wide and high."""
    (folder / "labels" / "train").mkdir(parents=True)
    for frame in range(count):
        (folder / "labels" / "train" / f"{stem}_{frame + 1:06d}.txt").write_text("0 0.5 0.5 0.25 0.25\n")
    (folder / "data.yaml").write_text("names:\n  0: cup\n")
    return folder


def test_boxes_of_a_video_that_is_not_there_yet_come_in_with_it_as_one_edit(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(bench, tmp_path)
    document = bench.session.document
    other = write_images(tmp_path / "street", count=12, width=320, height=200)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(other))

    def work(dialog: ImportDialog) -> None:
        bench.wait(lambda: dialog.added is not None)
        assert {number for number, _ in dialog.added.tracks} == {1}
        bench.qtbot.mouseClick(button(dialog, "Add image folder…"), LEFT)
        bench.wait(lambda: dialog.added is not None and bool(dialog.new_sequences))
        assert dialog.findChild(ImportMatches).model().index(0, WHERE).data() == "street"
        assert len(document.project.sequences) == 1, "a preview changes nothing"
        bench.qtbot.mouseClick(button(dialog, "Import"), LEFT)

    def opener() -> None:
        drop(bench, shares(tmp_path / "yolo", "street", 12))
        bench.wait(lambda: document.undo_stack.count() > 0)

    def boxes() -> list[tuple[str, int, BoundingBox | None]]:
        return [
            (sequence.name, len(sequence.tracks), next(iter(sequence.tracks.values())).box_at(0))
            for sequence in document.project.sequences.values()
            if sequence.tracks
        ]

    in_dialog(ImportDialog, work, opener)
    # shares of the new picture, 320 x 200, not of the one on the screen
    came = [("street", 12, BoundingBox(120, 75, 80, 50))]
    assert boxes() == came
    bench.wait(lambda: bench.session.sequence is not None and bench.session.sequence.name == "street")
    assert document.undo_stack.count() == 1
    bench.activate()
    bench.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [it.name for it in document.project.sequences.values()] == ["clip"]
    assert boxes() == []
    bench.wait(lambda: bench.session.sequence is not None and bench.session.sequence.name == "clip")
    document.undo_stack.redo()
    assert boxes() == came
    document.flush()
    assert [it.name for it in read_project(document.path).project.sequences.values()] == ["clip", "street"]


def test_a_video_that_cannot_be_read_is_refused_and_the_import_goes_on_without_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(bench, tmp_path)
    document = bench.session.document
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video at all" * 100)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(broken), ""))

    def work(dialog: ImportDialog) -> None:
        bench.wait(lambda: dialog.added is not None)
        bench.qtbot.mouseClick(button(dialog, "Add video…"), LEFT)
        bench.wait(lambda: "broken.mp4" in words(dialog) and dialog.added is not None)
        assert "Reading" not in words(dialog)
        assert not dialog.new_sequences
        bench.qtbot.mouseClick(button(dialog, "Import"), LEFT)

    def opener() -> None:
        drop(bench, mot(tmp_path, straight_rows()))
        bench.wait(lambda: document.undo_stack.count() > 0)

    in_dialog(ImportDialog, work, opener)
    assert [len(it.tracks) for it in document.project.sequences.values()] == [1]


def test_a_dropped_video_is_opened_and_not_imported(bench: Bench, tmp_path: Path) -> None:
    open_clip(bench, tmp_path)
    other = write_images(tmp_path / "other", count=3)
    drop(bench, other)
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence is not None)
    bench.wait(lambda: bench.session.sequence.name == "other")


def test_of_several_things_that_are_dropped_one_is_opened_and_the_person_is_told(bench: Bench, tmp_path: Path) -> None:
    open_clip(bench, tmp_path)
    drop(bench, *(write_images(tmp_path / name, count=3) for name in ("first", "second")))
    bench.wait(lambda: bench.window.open_session is not None and bench.session.sequence.name == "first")
    assert len(bench.told) == 1
    assert bench.told[0].startswith("Only first is opened.")


def test_a_dropped_text_that_holds_no_boxes_is_not_called_a_broken_video(bench: Bench, tmp_path: Path) -> None:
    open_clip(bench, tmp_path)
    notes = tmp_path / "notes.txt"
    notes.write_text("buy milk\n")
    drop(bench, notes)
    bench.wait(lambda: bool(bench.told))
    assert "looks like none of the formats" in bench.told[0]
    assert "video" not in bench.told[0]
    assert bench.session.sequence.name == "clip"


def test_what_a_dropped_or_chosen_file_is_is_found_out_beside_the_window(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(bench, tmp_path)
    table = mot(tmp_path, straight_rows())
    threads: list[str] = []

    def noting(look: Callable[[Path], object]) -> Callable[[Path], object]:
        def note(path: Path) -> object:
            threads.append(threading.current_thread().name)
            return look(path)

        return note

    monkeypatch.setattr(box_exchange, "likely_format", noting(box_exchange.likely_format))
    monkeypatch.setattr(importing, "recognise_near", noting(importing.recognise_near))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(table / "gt" / "gt.txt"), ""))
    in_dialog(ImportDialog, ImportDialog.reject, lambda: drop(bench, table))
    bench.activate()
    in_dialog(ImportDialog, ImportDialog.reject, bench.window.actions_table[ActionId.IMPORT].trigger)
    assert threads == ["look", "look"]
