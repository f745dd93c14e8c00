"""What the program remembers between starts: a typed view on one settings file, keys and defaults stand once."""

from __future__ import annotations

import enum
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from app.session.messages import ModelChoice

APPLICATION_NAME = "DiMPLE"
RECENT_LIMIT = 12


class ThemeChoice(enum.Enum):
    """Which look the person wants."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


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
    """Typed settings; every change is written at once and told by a signal where something must follow it.

    Args:
        path: The settings file; the person's own where None.
        parent: Qt owner.
    """

    theme_changed = Signal(object)
    """ThemeChoice."""
    recent_changed = Signal()

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        file = path if path is not None else config_folder() / "settings.ini"
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """The look; dark until the person chooses."""
        try:
            return ThemeChoice(self._text("look/theme", ThemeChoice.DARK.value))
        except ValueError:
            return ThemeChoice.DARK

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        if choice is not self.theme:
            self._store.setValue("look/theme", choice.value)
            self.theme_changed.emit(choice)

    @property
    def heatmap_visible(self) -> bool:
        """Whether the heat-map lies over the picture."""
        return self._text("look/heatmap_visible", "true") == "true"

    @heatmap_visible.setter
    def heatmap_visible(self, visible: bool) -> None:
        self._store.setValue("look/heatmap_visible", "true" if visible else "false")

    @property
    def heatmap_opacity(self) -> float:
        """Opacity of the heat-map at full confidence, 0.1 to 1."""
        return min(max(self._number("look/heatmap_opacity", 0.6), 0.1), 1.0)

    @heatmap_opacity.setter
    def heatmap_opacity(self, opacity: float) -> None:
        self._store.setValue("look/heatmap_opacity", f"{opacity:.3f}")

    @property
    def playback_speed(self) -> float:
        """Playback speed, 1 is the video's own."""
        return min(max(self._number("play/speed", 1.0), 0.25), 8.0)

    @playback_speed.setter
    def playback_speed(self, speed: float) -> None:
        self._store.setValue("play/speed", f"{speed:g}")

    @property
    def model(self) -> ModelChoice:
        """Network, device and seed of the tracker."""
        default = ModelChoice()
        name = self._text("tracker/model", default.name)
        device = self._text("tracker/device", default.device)
        return ModelChoice(name, device, int(self._number("tracker/seed", default.seed)))

    @model.setter
    def model(self, choice: ModelChoice) -> None:
        self._store.setValue("tracker/model", choice.name)
        self._store.setValue("tracker/device", choice.device)
        self._store.setValue("tracker/seed", str(choice.seed))

    @property
    def recent(self) -> list[Path]:
        """Project files, the last opened first; those that are gone stay, so that a drive that comes back is known."""
        value = self._store.value("projects/recent", [])
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [Path(str(text)) for text in texts if text]

    def remember(self, project: Path) -> None:
        """Put a project file at the head of the recent list."""
        self._write_recent([project, *(path for path in self.recent if path != project)][:RECENT_LIMIT])

    def forget(self, project: Path) -> None:
        """Take a project file off the recent list."""
        self._write_recent([path for path in self.recent if path != project])

    @property
    def last_folder(self) -> Path:
        """Where the next file dialog starts."""
        folder = Path(self._text("projects/last_folder", str(Path.home())))
        return folder if folder.is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._store.setValue("projects/last_folder", str(folder))

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

    def _write_recent(self, projects: list[Path]) -> None:
        self._store.setValue("projects/recent", [str(path) for path in projects])
        self.recent_changed.emit()

    def _text(self, key: str, default: str) -> str:
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def _number(self, key: str, default: float) -> float:
        try:
            return float(self._text(key, str(default)))
        except ValueError:
            return default

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()
