"""Settings survive, and nonsense in their file does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.session.messages import ModelChoice
from app.settings import RECENT_LIMIT, Settings, ThemeChoice, config_folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def test_everything_is_there_again(qtbot: QtBot, file: Path) -> None:
    settings = Settings(file)
    with qtbot.waitSignal(settings.changed):
        settings.theme = ThemeChoice.LIGHT
    settings.heatmap_visible = False
    settings.heatmap_opacity = 0.35
    settings.playback_speed = 2.0
    settings.model = ModelChoice("dimp18", "cpu", 7)
    settings.remember(Path("/videos/é, b.mp4.dimple"))
    settings.last_folder = file.parent
    settings.flush()
    again = Settings(file)
    assert again.theme is ThemeChoice.LIGHT
    assert not again.heatmap_visible
    assert again.heatmap_opacity == pytest.approx(0.35)
    assert again.playback_speed == 2.0
    assert again.model == ModelChoice("dimp18", "cpu", 7)
    assert again.recent == [Path("/videos/é, b.mp4.dimple")]
    assert again.last_folder == file.parent


def test_recent_projects_are_a_bounded_list_without_doubles(qtbot: QtBot, file: Path) -> None:
    settings = Settings(file)
    assert settings.recent == []
    for number in range(RECENT_LIMIT + 5):
        settings.remember(Path(f"/p/{number}.dimple"))
    settings.remember(Path("/p/10.dimple"))
    assert len(settings.recent) == RECENT_LIMIT
    assert settings.recent[:2] == [Path("/p/10.dimple"), Path(f"/p/{RECENT_LIMIT + 4}.dimple")]
    settings.forget(Path("/p/10.dimple"))
    assert Path("/p/10.dimple") not in Settings(file).recent


def test_nonsense_falls_back_to_the_defaults(qtbot: QtBot, file: Path) -> None:
    file.write_text(
        "[look]\ntheme=pink\nheatmap_opacity=lots\n[play]\nspeed=900\n[tracker]\nseed=x\n[projects]\nlast_folder=/nowhere\n"
        "[window]\ngeometry=7\n"
    )
    settings = Settings(file)
    assert settings.theme is ThemeChoice.DARK
    assert settings.heatmap_opacity == pytest.approx(0.6)
    assert settings.playback_speed == 8.0
    assert settings.model == ModelChoice()
    assert settings.last_folder == Path.home()
    assert settings.window_geometry.isEmpty()


def test_the_persons_own_file_lies_in_their_config_folder(qtbot: QtBot, private_home: Path) -> None:
    settings = Settings()
    settings.playback_speed = 0.5
    settings.flush()
    assert (config_folder() / "settings.ini").is_file()
    assert config_folder().is_relative_to(private_home)


def test_places_in_projects_are_kept_in_a_bounded_list(qtbot: QtBot, file: Path) -> None:
    settings = Settings(file)
    odd = Path("/videos/é,  b c.mp4.dimple")
    assert settings.place_in(odd) is None
    settings.remember_place(odd, 2, 1234, 7)
    settings.remember_place(Path("/p.dimple"), 1, 0, 0)
    settings.remember_place(odd, 2, 99, 0)
    assert Settings(file).place_in(odd) == (2, 99, 0)
    for number in range(RECENT_LIMIT):
        settings.remember_place(Path(f"/p/{number}.dimple"), 1, number, 0)
    assert settings.place_in(odd) is None
