from __future__ import annotations

import pytest

from tracker.errors import TrackerError
from tracker.network import NETWORK_CONFIGS
from tracker.training.config import CONFIG_FOLDER, ItemConfig, load_config


@pytest.mark.parametrize("name", sorted(path.stem for path in CONFIG_FOLDER.glob("*.toml")))
def test_every_configuration_loads_and_names_a_network(name):
    config = load_config(name)
    assert config.name == name
    assert config.network in NETWORK_CONFIGS
    assert config.items.crop_size % 16 == 0


def test_published_schedule_is_kept():
    published = load_config("dimp18")
    assert (published.run.batch, published.items.train_frames, published.items.test_frames) == (26, 3, 3)
    assert (published.rates.trunk, published.rates.head, published.rates.tables, published.rates.iou) == (
        2e-4,
        5e-5,
        5e-4,
        1e-3,
    )
    assert published.rates.decay_every * published.run.batch == 15 * 26_000


def test_overrides_reach_nested_values_and_keep_types():
    config = load_config("lite0", ["run.steps=7", "items.gaps=[3, 4]", "data.cache=/somewhere", "rates.clip=5"])
    assert config.run.steps == 7
    assert config.items.gaps == (3, 4)
    assert config.data.cache == "/somewhere"
    assert config.rates.clip == 5.0
    assert isinstance(config.rates.clip, float)


@pytest.mark.parametrize(
    ("override", "word"),
    [("run.stepps=7", "stepps"), ("run.steps=many", "steps"), ("run.steps=true", "steps"), ("run.steps", "form")],
)
def test_wrong_overrides_are_refused_by_name(override, word):
    with pytest.raises(TrackerError, match=word):
        load_config("tiny", [override])


def test_unknown_configuration_names_the_known_ones():
    with pytest.raises(TrackerError, match=r"lite0, .*tiny"):
        load_config("nothing")


def test_broken_file_is_refused_with_its_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("network = \n")
    with pytest.raises(TrackerError, match=r"mine\.toml"):
        load_config(str(path))


def test_defaults_give_hard_pairs():
    assert ItemConfig().distractors > 0.5
