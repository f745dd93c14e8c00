"""The generated videos: the same at every call, and their boxes where the target really is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tracker.evaluation.effort_scenes import effort_scenes
from tracker.evaluation.generated_scene import GeneratedScene, SceneDescription, standard_scenes

PLAIN = SceneDescription(seed=1, length=40, width=320, height=240, target_size=40)


def test_a_frame_is_the_same_whenever_it_is_asked_for() -> None:
    scene, again = GeneratedScene(PLAIN), GeneratedScene(PLAIN)
    first = scene.frame(7)
    scene.frame(3)
    np.testing.assert_array_equal(first, again.frame(7))
    assert (first != GeneratedScene(replace(PLAIN, seed=2)).frame(7)).any()
    assert first.shape == (240, 320, 3)
    assert first.dtype == np.uint8


@pytest.mark.parametrize("change", [{}, {"scale_change": 1.6, "rotation": 50.0}, {"pan": 2.0}, {"stretch": 2.5}])
def test_the_box_holds_exactly_what_the_target_covers(change: dict[str, float]) -> None:
    scene = GeneratedScene(replace(PLAIN, **change))  # type: ignore[arg-type]
    for index in (0, 13, 29):
        box = scene.box(index)
        assert box is not None
        with_target = np.zeros((240, 320, 3), np.float32)
        from tracker.evaluation import generated_scene

        generated_scene._paste(with_target, scene._target, scene._pose(index), scene._wider(index))
        covered = np.argwhere(with_target.max(axis=2) > 20)
        top, left = covered.min(0)
        bottom, right = covered.max(0) + 1
        assert (left, top, right, bottom) == pytest.approx((box.x, box.y, box.right, box.bottom), abs=2.0)


def test_a_stretched_target_changes_its_shape_and_keeps_its_area() -> None:
    scene = GeneratedScene(replace(PLAIN, stretch=2.5, speed=0.3))
    boxes = [scene.box(index) for index in range(len(scene))]
    shapes = [box.w / box.h for box in boxes if box is not None]
    assert max(shapes) > 1.8 * min(shapes)
    areas = [box.area for box in boxes if box is not None]
    assert max(areas) < 1.2 * min(areas)


def test_the_target_leaves_and_returns() -> None:
    scene = GeneratedScene(replace(PLAIN, absences=1))
    seen = [scene.box(index) is not None for index in range(len(scene))]
    assert seen[0]
    assert seen[-1]
    assert not all(seen)


def test_an_occluder_hides_the_target_for_a_while() -> None:
    scene = GeneratedScene(replace(PLAIN, occlusions=1, length=200))
    hidden = [index for index in range(len(scene)) if scene.box(index) is None]
    assert 0 < len(hidden) < 40


def test_frames_outside_the_video_are_refused() -> None:
    with pytest.raises(IndexError, match="frame 40 of 40"):
        GeneratedScene(PLAIN).frame(40)


def test_the_scenes_of_the_effort_are_named_by_what_is_hard_and_drawn_from_each_seed() -> None:
    scenes = effort_scenes(length=30, seeds=(101, 202))
    assert len(scenes) == 20
    assert set(effort_scenes(length=30)) < set(scenes)
    assert {scene.length for scene in scenes.values()} == {30}
    assert len({scene.seed for scene in scenes.values()}) == len(scenes)
    for name, description in scenes.items():
        assert GeneratedScene(description).box(0) is not None, name
    assert scenes["leaving_101"].absences
    assert scenes["turning_away_202"].stretch > 1


def test_every_standard_scene_starts_with_a_box() -> None:
    for name, description in standard_scenes(length=10, width=160, height=120).items():
        assert GeneratedScene(description).box(0) is not None, name
