"""The presets against the published table, and an unknown name in words."""

from __future__ import annotations

import pytest

from tracker.config import BorderMode, Geometry, RefinementSpace, preset
from tracker.errors import TrackerError
from tracker.network_config import NETWORK_CONFIGS


def test_every_network_has_its_settings() -> None:
    for config in NETWORK_CONFIGS.values():
        assert preset(config.preset).crop_size % 16 == 0


@pytest.mark.parametrize(
    ("name", "crop", "area", "space", "not_found"),
    [
        ("dimp18", 288, 5.0, RefinementSpace.DEFAULT, 0.25),
        ("dimp50", 288, 5.0, RefinementSpace.DEFAULT, 0.25),
        ("prdimp18", 288, 5.0, RefinementSpace.RELATIVE, 0.04),
        ("prdimp50", 352, 6.0, RefinementSpace.RELATIVE, 0.04),
        ("super_dimp", 352, 6.0, RefinementSpace.RELATIVE, 0.25),
        ("dimp18_vot18", 224, 4.0, RefinementSpace.DEFAULT, 0.0),
        ("prdimp50_vot18", 224, 4.0, RefinementSpace.RELATIVE, 0.0),
    ],
)
def test_published_values(name: str, crop: int, area: float, space: RefinementSpace, not_found: float) -> None:
    config = preset(name)
    assert (config.crop_size, config.search_area) == (crop, area)
    assert config.refinement.space is space
    assert config.localization.not_found_threshold == not_found
    assert config.geometry is Geometry.DIMP2019
    assert not config.localization.subcell
    is_inside = name in {"prdimp50", "super_dimp", "prdimp50_vot18"}
    assert (config.border_mode is BorderMode.INSIDE_MAJOR) == is_inside
    assert config.update.interval == {"dimp18_vot18": 10, "prdimp50_vot18": 1}.get(name, 20)


def test_an_unknown_preset_is_refused_in_words() -> None:
    with pytest.raises(TrackerError, match="no tracker settings named 'siamfc'"):
        preset("siamfc")
