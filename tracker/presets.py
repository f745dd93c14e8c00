"""The settings that go with each model, by name."""

from __future__ import annotations

from dataclasses import replace

from tracker.config import (
    AdaptationConfig,
    AugmentationConfig,
    BorderMode,
    CalibrationConfig,
    FlowConfig,
    Geometry,
    HidingConfig,
    LocalizationConfig,
    MemoryConfig,
    RecoveryConfig,
    RefinementConfig,
    SizePathConfig,
    TrackerConfig,
    UpdateConfig,
    WindowRule,
)
from tracker.errors import TrackerError
from tracker.refinement_space import RefinementSpace

_DIMP = TrackerConfig()
_RELATIVE = RefinementConfig(space=RefinementSpace.RELATIVE, iterations=10, step=2.5e-3)
_SUPER_DIMP = TrackerConfig(
    crop_size=352, search_area=6.0, border_mode=BorderMode.INSIDE_MAJOR, max_shrink=1.5, refinement=_RELATIVE
)
_PRDIMP_LOCALIZATION = LocalizationConfig(softmax=True, not_found_threshold=0.04)
_VOT_LOCALIZATION = LocalizationConfig(
    not_found_threshold=0.0,
    distractor_threshold=100.0,
    hard_negative_threshold=0.45,
    displacement_scale=0.7,
    hann_window=True,
)
_VOT18_AUGMENTATION = AugmentationConfig(
    blurs=((2.0, 0.2), (0.2, 2.0), (3.0, 1.0), (1.0, 3.0), (2.0, 2.0)),
    rotations=(5.0, -5.0, 10.0, -10.0, 20.0, -20.0, 30.0, -30.0, 45.0, -45.0, -60.0, 60.0),
    dropout_copies=7,
)
_DIMP_VOT18 = TrackerConfig(
    crop_size=224,
    search_area=4.0,
    augmentation=_VOT18_AUGMENTATION,
    memory=MemoryConfig(size=250, size_limit=280, first_frame_floor=0.0),
    localization=_VOT_LOCALIZATION,
    update=UpdateConfig(
        learning_rate=0.0075, initial_iterations=25, interval=10, iterations=3, hard_negative_iterations=3
    ),
)

PRESETS: dict[str, TrackerConfig] = {
    # Our own trunk on 256-pixel crops; area factor and geometry as it is trained (docs of the model in weights/).
    "lite0": TrackerConfig(
        crop_size=256,
        search_area=4.5,
        geometry=Geometry.EXACT,
        window_rule=WindowRule.CENTERED,
        localization=LocalizationConfig(subcell=True, near=0.5, near_share=0.7, jump=0.2),
        refinement=RefinementConfig(iterations=3, size_exponent=0.3, center_share=0.3),
        flow=FlowConfig(points=8),
        size_paths=SizePathConfig(exponents=(0.0, 0.15, 0.3, 0.6)),
        calibration=CalibrationConfig(crops=5),
        adaptation=AdaptationConfig(iterations=30),
        hiding=HidingConfig(share=0.5),
        recovery=RecoveryConfig(places=4, certainty=0.35),
    ),
    "dimp18": _DIMP,
    "dimp50": _DIMP,
    "prdimp18": replace(_DIMP, localization=_PRDIMP_LOCALIZATION, refinement=_RELATIVE),
    "prdimp50": replace(_SUPER_DIMP, localization=_PRDIMP_LOCALIZATION),
    "super_dimp": _SUPER_DIMP,
    "dimp18_vot18": _DIMP_VOT18,
    "dimp50_vot18": _DIMP_VOT18,
    "dimp50_vot19": replace(
        _DIMP_VOT18,
        crop_size=256,
        search_area=4.5,
        augmentation=AugmentationConfig(
            expansion=1.4,
            shifts=((0.6, 0.6), (-0.6, -0.6)),
            blurs=((2.0, 0.2), (1.0, 3.0)),
            rotations=(-5.0, 10.0, -30.0, 60.0),
            dropout_copies=3,
        ),
        memory=MemoryConfig(size=100, size_limit=130, first_frame_floor=0.0),
        refinement=RefinementConfig(iterations=3),
        update=UpdateConfig(
            learning_rate=0.0075, initial_iterations=15, interval=10, iterations=2, hard_negative_iterations=2
        ),
    ),
    "prdimp50_vot18": replace(
        _DIMP_VOT18,
        localization=replace(_VOT_LOCALIZATION, distractor_threshold=99999.0, hard_negative_threshold=999999.0),
        refinement=_RELATIVE,
        update=UpdateConfig(initial_iterations=25, interval=1, iterations=1, hard_negative_iterations=1),
    ),
}


def preset(name: str) -> TrackerConfig:
    """The settings that go with a model.

    Raises:
        TrackerError: There is no preset of that name.
    """
    try:
        return PRESETS[name]
    except KeyError:
        known = ", ".join(PRESETS)
        raise TrackerError("There are no tracker settings named {0!r}; choose one of {1}.", name, known) from None
