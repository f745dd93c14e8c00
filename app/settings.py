"""What the program remembers between starts: a typed view on one settings file, keys and defaults stand once."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.session.doubt import DoubtRules
from app.session.messages import ModelChoice, StopRules
from app.stored_setting import choice, flag, number, text, whole_number

APPLICATION_NAME = "DiMPLE"
RECENT_LIMIT = 12
_SHORTCUTS = "shortcuts"


class ThemeChoice(enum.Enum):
    """Which look the person wants."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Language(enum.Enum):
    """Which language the window speaks; the value is the language's code, empty: as the system."""

    SYSTEM = ""
    ENGLISH = "en"
    GERMAN = "de"


class HeatColours(enum.Enum):
    """Colour maps for scores; the value is pyqtgraph's name for it."""

    INFERNO = "inferno"
    TURBO = "turbo"
    VIRIDIS = "viridis"


class LabelledBoxes(enum.Enum):
    """Which boxes have a label on the picture."""

    ALL = "all"
    SELECTED = "selected"
    NONE = "none"


def config_folder() -> Path:
    """Folder of the settings file."""
    return platformdirs.user_config_path(APPLICATION_NAME, appauthor=False)


def data_folder() -> Path:
    """Folder for projects that cannot stand beside their source, such as the sample's."""
    return platformdirs.user_data_path(APPLICATION_NAME, appauthor=False)


def log_folder() -> Path:
    """Folder of the log file."""
    return platformdirs.user_log_path(APPLICATION_NAME, appauthor=False)


class Settings(QObject):
    """Typed settings; every change is written at once and told by a signal.

    Args:
        path: The settings file; the person's own where None.
        parent: Qt owner.
    """

    changed = Signal(str)
    """Name of the attribute that has another value."""
    recent_changed = Signal()
    shortcuts_changed = Signal()

    theme = choice("look/theme", ThemeChoice.DARK)
    language = choice("look/language", Language.SYSTEM)
    """Taken up at the next start."""
    frame_base = whole_number("look/frame_base", 0, 0, 1)
    """Number the first frame has on the screen; in data it is 0."""
    heatmap_visible = flag("look/heatmap_visible", default=True)
    heatmap_opacity = number("look/heatmap_opacity", 0.6, 0.1, 1.0)
    """At full confidence."""
    heatmap_colours = choice("look/heatmap_colours", HeatColours.INFERNO)
    labelled_boxes = choice("look/labelled_boxes", LabelledBoxes.ALL)
    label_names = flag("look/label_names", default=True)
    label_categories = flag("look/label_categories", default=True)
    label_scores = flag("look/label_scores", default=False)
    ghosts_visible = flag("look/ghosts", default=True)
    """Where the box was on the keyframe before and will be on the next."""
    pixel_grid = flag("look/pixel_grid", default=True)
    cross_hair = flag("look/cross_hair", default=False)
    follow_target = flag("look/follow_target", default=False)
    playback_speed = number("play/speed", 1.0, 0.25, 8.0)
    doubt_threshold = number("tracker/doubt_threshold", 0.4, 0.0, 1.0)
    """Score under which the confidence curve marks a frame as doubtful."""
    spot_check = whole_number("tracker/spot_check", DoubtRules().spot_check, 0, 10_000)
    """One frame in so many is listed for review without any doubt; 0 for none."""
    stop_lost_frames = whole_number("tracker/stop_lost_frames", StopRules().lost_frames, 0, 1000)
    """The stop_ settings are those of StopRules; 0 switches a rule off."""
    stop_uncertain_frames = whole_number("tracker/stop_uncertain_frames", StopRules().uncertain_frames, 0, 1000)
    stop_left_frames = whole_number("tracker/stop_left_frames", StopRules().left_frames, 0, 1000)
    stop_jump = number("tracker/stop_jump", StopRules().jump, 0.0, 100.0)
    stop_size_jump = number("tracker/stop_size_jump", StopRules().size_jump, 0.0, 100.0)
    keep_going = flag("tracker/keep_going", default=False)
    """A run never stops by itself; what is doubtful is only listed for review."""
    mend_before = flag("tracker/mend_before", default=True)
    """The doubtful frames before a correction are tracked anew, backward from it."""
    all_tracks = flag("tracker/all_tracks", default=False)
    """A run carries all tracks with a box where it starts, not the selected one alone."""
    run_frames = whole_number("tracker/run_frames", 50, 1, 1_000_000)
    """How far a run over a number of frames goes."""
    tour_done = flag("window/tour_done", default=False)
    _model = text("tracker/model", ModelChoice().name)
    _device = text("tracker/device", ModelChoice().device)
    _seed = whole_number("tracker/seed", ModelChoice().seed, 0, 2**31 - 1)
    _without = text("tracker/without", "")
    _last_folder = text("projects/last_folder", "")

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        file = path if path is not None else config_folder() / "settings.ini"
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def model(self) -> ModelChoice:
        """Network, device and seed of the tracker, and what it is to do without."""
        return ModelChoice(self._model, self._device, self._seed, tuple(self._without.split()))

    @model.setter
    def model(self, chosen: ModelChoice) -> None:
        if chosen != self.model:
            self._model, self._device, self._seed = chosen.name, chosen.device, chosen.seed
            self._without = " ".join(chosen.without)
            self.changed.emit("model")

    @property
    def stop_rules(self) -> StopRules:
        """When a run stops by itself."""
        return StopRules(
            self.stop_lost_frames,
            self.stop_uncertain_frames,
            self.stop_left_frames,
            self.stop_jump,
            self.stop_size_jump,
            self.keep_going,
        )

    @property
    def recent(self) -> list[Path]:
        """Project files, the last opened first; those that are gone stay, so that a drive that comes back is known."""
        return [Path(it) for it in self._texts("projects/recent")]

    def remember(self, project: Path) -> None:
        """Put a project file at the head of the recent list; file dialogs begin beside the first of all."""
        if not self._last_folder:
            self.last_folder = project.parent
        self._write_recent([project, *(path for path in self.recent if path != project)][:RECENT_LIMIT])

    def place_in(self, project: Path) -> tuple[int, int, int] | None:
        """Where the person was in a project when it was closed: Sequence, frame, Track; None where it is not known."""
        for entry in self._texts("projects/places"):
            *numbers, path = entry.split(" ", 3)
            if path == str(project) and len(numbers) == 3 and all(it.isdecimal() for it in numbers):
                sequence_id, frame, track_id = map(int, numbers)
                return sequence_id, frame, track_id
        return None

    def remember_place(self, project: Path, sequence_id: int, frame: int, track_id: int) -> None:
        """Keep where the person is in a project that is being closed."""
        others = [it for it in self._texts("projects/places") if it.split(" ", 3)[-1] != str(project)]
        kept = [f"{sequence_id} {frame} {track_id} {project}", *others][:RECENT_LIMIT]
        self._store.setValue("projects/places", kept)

    def forget(self, project: Path) -> None:
        """Take a project file off the recent list."""
        self._write_recent([path for path in self.recent if path != project])

    @property
    def recent_actions(self) -> list[str]:
        """Names of the actions chosen in the command palette, the last one first."""
        return self._texts("palette/recent")

    def remember_action(self, name: str) -> None:
        """Put an action at the head of that list."""
        names = [name, *(it for it in self.recent_actions if it != name)][:RECENT_LIMIT]
        self._store.setValue("palette/recent", names)

    @property
    def shortcuts(self) -> dict[str, tuple[str, ...]]:
        """The person's own keys by name of the action, in Qt's portable spelling; only those that differ from ours."""
        self._store.beginGroup(_SHORTCUTS)
        names = self._store.childKeys()
        self._store.endGroup()
        return {name: tuple((self.read_text(f"{_SHORTCUTS}/{name}") or "").split()) for name in names}

    @shortcuts.setter
    def shortcuts(self, own: Mapping[str, tuple[str, ...]]) -> None:
        if dict(own) != self.shortcuts:
            self._store.remove(_SHORTCUTS)
            for name, keys in own.items():
                self._store.setValue(f"{_SHORTCUTS}/{name}", " ".join(keys))
            self.shortcuts_changed.emit()

    @property
    def last_folder(self) -> Path:
        """Where the next file dialog starts."""
        folder = Path(self._last_folder)
        return folder if self._last_folder and folder.is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._last_folder = str(folder)

    @property
    def window_geometry(self) -> QByteArray:
        """Place and size of the window as Qt saves it; empty at the first start."""
        return self._bytes("window/geometry")

    @window_geometry.setter
    def window_geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def window_state(self) -> QByteArray:
        """Arrangement of docks and tool bars as Qt saves it; empty at the first start."""
        return self._bytes("window/state")

    @window_state.setter
    def window_state(self, state: QByteArray) -> None:
        self._store.setValue("window/state", state)

    def flush(self) -> None:
        """Write everything to disk now."""
        self._store.sync()

    def read_text(self, key: str) -> str | None:
        """The text under a key of the file, None where there is none."""
        value = self._store.value(key)
        return value if isinstance(value, str) else None

    def write_text(self, key: str, text: str, name: str) -> None:
        """Put a text under a key of the file and tell that the attribute ``name`` has another value."""
        self._store.setValue(key, text)
        self.changed.emit(name)

    def _write_recent(self, projects: list[Path]) -> None:
        self._store.setValue("projects/recent", [str(path) for path in projects])
        self.recent_changed.emit()

    def _texts(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [str(it) for it in texts if it]

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
