"""From what the person points at to an open Document: video, image folder, project file or the sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.document.backup import backups_of
from app.document.commands import AddCategory, AddTrack
from app.document.document import Document, create_project, document_of
from app.document.locked_project import LockedProject, read_and_lock
from app.document.model import Keyframe, Sequence
from app.document.project_file import DamagedFileError, NoProjectError
from app.errors import AppError
from app.formats.progress import Progress
from app.media.frame_loader import FrameLoader
from app.media.frame_source import SourceInfo
from app.sample import Sample, load_sample
from app.settings import data_folder
from app.views.background import Background
from app.views.opening_place import PROJECT_SUFFIX, OpeningPlace, opening_place
from app.views.patient_look import PatientLook

__all__ = ["PROJECT_SUFFIX", "OpenedProject", "ProjectOpening"]

_PATIENCE_MS = 300
"""A project read faster than this comes in place of what is on the screen without a page between."""


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """All that a Session needs; whoever takes it closes it.

    Attributes:
        document: The project.
        sequence_id: Of the Sequence to show.
        loader: Reads its frames; has the source open already where it had to be read.
        note: For the person, or empty.
        is_asked_for: Whether the person asked for this Sequence and not for the project.
    """

    document: Document
    sequence_id: int
    loader: FrameLoader
    note: str
    is_asked_for: bool = False


class ProjectOpening(QObject):
    """Opens one thing at a time; the newest wish wins. What is open already goes on undisturbed until it has worked.

    Args:
        make_loader: Makes a FrameLoader for each source.
        parent: Qt owner.

    Attributes:
        current: The project file that the window has open; asking for it again changes nothing.
    """

    started = Signal(object, bool)
    """Path of what is being read and takes a while; whether it is a project and no source."""
    waiting = Signal(object)
    """A path whose place does not answer yet."""
    progress = Signal(int, int)
    opened = Signal(object)
    """OpenedProject."""
    failed = Signal(str)
    """One sentence."""
    damaged = Signal(object, str)
    """Path of a project that cannot be opened but perhaps got back, and one sentence."""
    opened_already = Signal()
    """What was asked for is on the screen."""
    cancelled = Signal()
    """Nothing was opened, and there is nothing to say about it."""

    def __init__(self, make_loader: Callable[[], FrameLoader], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_loader = make_loader
        self.current: Path | None = None
        self._loader: FrameLoader | None = None
        self._source: Path | None = None
        self._project: Path | None = None
        self._sample: Sample | None = None
        self._cancelled = False
        self._looked_at: Path | None = None
        self._looking = PatientLook(opening_place, self)
        self._looking.answered.connect(self._found)
        self._reading = Background(self, _let_go)
        self._reading.finished.connect(self._project_read)
        self._reading.failed.connect(self._reading_failed)
        self._reading.cancelled.connect(self._reading_cancelled)
        self._reading.progress.connect(self.progress)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._say_reading)

    @property
    def sample_project(self) -> Path:
        """Where that of the sample is, or will be."""
        return (data_folder() / "projects" / f"sample{PROJECT_SUFFIX}").resolve()

    def open(self, path: Path) -> None:
        """Open a project file, or a source with the project that belongs to it."""
        path = path.expanduser().absolute()
        self._forget()
        self._looked_at = path
        self._patience.start()
        self._looking.at(path)

    def open_sample(self) -> None:
        """Open the sample clip; its project lies in the person's data folder, made with the first box in it."""
        try:
            sample = load_sample()
        except AppError as error:
            self.failed.emit(str(error))
            return
        project = self.sample_project
        if project.exists():
            self._open_project(project, project, sample.video)
        else:
            self._open_source(sample.video, project, sample)

    def cancel(self) -> None:
        """Give up what is being read."""
        if self._looked_at is not None:
            self._forget()
            self.cancelled.emit()
            return
        self._reading.cancel()
        if self._loader is not None:
            self._cancelled = True
            self._loader.cancel_opening()

    def close(self) -> None:
        """Give up what is being read and end its thread."""
        self._forget()
        self._reading.close()

    def _found(self, path: Path, place: OpeningPlace) -> None:
        if path != self._looked_at:
            return  # given up, or another wish came
        self._looked_at = None
        if place.project is None or place.resolved is None:
            self._forget()
            self.failed.emit(self.tr("{0} is not there: check the name, or whether it was moved.").format(path))
        elif place.is_made:
            self._open_project(place.project, place.resolved, place.source)
        else:
            self._open_source(path, place.project, None)

    def _open_source(self, source: Path, project: Path, sample: Sample | None) -> None:
        self._forget()
        self._source, self._project, self._sample = source, project, sample
        self._cancelled = False
        self._loader = self._make_loader()
        self._loader.opened.connect(self._source_opened)
        self._loader.open_failed.connect(self._source_failed)
        self._loader.indexing.connect(self.progress)
        self.started.emit(source, False)
        self._loader.open(source)

    def _open_project(self, project: Path, resolved: Path, source: Path | None) -> None:
        if resolved == self.current:
            self._forget()
            self.opened_already.emit()
            return
        self._forget()
        self._project, self._source = project, source

        def read(progress: Progress) -> LockedProject | AppError:
            try:
                return read_and_lock(project, progress.at)
            except AppError as error:
                return error

        self._patience.start()
        self._reading.submit(read)

    def _say_reading(self) -> None:
        if self._looked_at is not None:
            self.waiting.emit(self._looked_at)
        elif self._project is not None:
            self.started.emit(self._project, True)

    def _reading_failed(self, text: str) -> None:
        self._forget()
        self.failed.emit(text)

    def _reading_cancelled(self) -> None:
        self._forget()
        self.cancelled.emit()

    def _project_read(self, read: LockedProject | AppError) -> None:
        project, source = self._project, self._source
        self._forget()
        if project is None:
            _let_go(read)
            return
        try:
            document = _opened(read)
        except DamagedFileError as error:
            self.damaged.emit(project, str(error))
            return
        except AppError as error:
            if isinstance(error, NoProjectError) and backups_of(project):
                self.damaged.emit(project, str(error))
                return
            self.failed.emit(str(error))
            return
        sequences = document.project.sequences
        if not sequences:
            document.close()
            self.failed.emit(
                self.tr("{0} holds no video: open the video itself, and choose another project name.").format(project)
            )
            return
        wanted = [it.id for it in sequences.values() if source is not None and Path(it.path) == source]
        note = ""
        if document.read_only:
            note = self.tr("{0} can only be read: you can look at it, and nothing will be changed.").format(project)
        self.opened.emit(
            OpenedProject(
                document, wanted[0] if wanted else next(iter(sequences)), self._make_loader(), note, bool(wanted)
            )
        )

    def _source_opened(self, info: SourceInfo) -> None:
        project, sample, loader = self._project, self._sample, self._loader
        if project is None or loader is None:
            return
        try:
            document, sequence_id = _make_project(project, info, sample)
        except AppError as error:
            self._forget()
            self.failed.emit(str(error))
            return
        self._release(loader)
        self._source = self._project = self._sample = self._loader = None
        note = self._note_on_place(project, info.path, sample)
        self.opened.emit(OpenedProject(document, sequence_id, loader, note))

    def _note_on_place(self, project: Path, source: Path, sample: Sample | None) -> str:
        if sample is not None:
            return self.tr("The first box is drawn. Press F, and watch the tracker carry it through the video.")
        if project.parent != source.parent:
            return self.tr("The folder of {0} cannot be written, so your work is saved in {1}.").format(
                source.name, project
            )
        return ""

    def _source_failed(self, text: str) -> None:
        was_cancelled = self._cancelled
        self._forget()
        if was_cancelled:
            self.cancelled.emit()
        else:
            self.failed.emit(text)

    def _forget(self) -> None:
        self._patience.stop()
        self._looked_at = None
        self._reading.give_up()
        loader = self._loader
        self._source = self._project = self._sample = self._loader = None
        if loader is not None:
            self._release(loader)
            loader.close()
            loader.deleteLater()

    def _release(self, loader: FrameLoader) -> None:
        loader.opened.disconnect(self._source_opened)
        loader.open_failed.disconnect(self._source_failed)
        loader.indexing.disconnect(self.progress)


def _let_go(read: object) -> None:
    """Nobody waits for this project any more."""
    if isinstance(read, LockedProject):
        read.release()


def _opened(read: LockedProject | AppError) -> Document:
    if isinstance(read, AppError):
        raise read
    return document_of(read)


def _make_project(project: Path, info: SourceInfo, sample: Sample | None) -> tuple[Document, int]:
    """A new project with the source in it, and the id of its Sequence; on failure nothing is left behind."""
    try:
        project.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AppError("{0} cannot be created ({1}): check its permissions.", project.parent, error.strerror) from error
    document = create_project(project)
    try:
        sequence = document.add_sequence(*info.facts)
    except AppError:
        document.close()
        project.unlink(missing_ok=True)
        raise
    if sample is not None:
        _draw_first_box(document, sequence, sample)
    return document, sequence.id


def _draw_first_box(document: Document, sequence: Sequence, sample: Sample) -> None:
    category = AddCategory(document, sample.category)
    document.push(category)
    document.push(AddTrack(document, sequence.id, sample.name, category.category_id, 0, Keyframe(sample.box)))
    # part of the sample, not something the person did
    document.undo_stack.clear()
