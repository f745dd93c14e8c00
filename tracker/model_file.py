"""Model files: safetensors with the network's structure in the header, so that a file describes itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from tracker.errors import TrackerError
from tracker.iou_predictor import IoUPredictor
from tracker.manifest import LARGEST_FILE
from tracker.model_name import shown
from tracker.network import DimpNetwork
from tracker.network_config import NetworkConfig

CONFIG_KEY = "dimple_network"
STORED_TYPES = ("F32", "F16", "BF16")
UNUSED_COUNTER = "num_batches_tracked"
BOX_BRANCH = "iou_branch."


def save_network(
    network: DimpNetwork, path: str | os.PathLike[str], config: NetworkConfig | None = None, *, half: bool = False
) -> None:
    """Writes a network's weights and structure; the file appears whole or not at all.

    Args:
        network: As trained, batch-norm not folded (``read_network`` gives such a one).
        path: Where to; ends in ``.safetensors``.
        config: What to write in place of ``network.config``, e.g. another name or ``has_trained_iou``.
        half: Store float16, half the size.

    Raises:
        ValueError: The network's batch-norm has been folded, or ``config`` is of another structure.
    """
    config = config or network.config
    state = {name: tensor.detach().cpu().contiguous() for name, tensor in network.state_dict().items()}
    if set(expected_shapes(config)) - set(state):
        raise ValueError("only an unfolded network of the same structure can be saved")
    state = {name: state[name].half() if half else state[name] for name in expected_shapes(config)}
    path = Path(path)
    partial = path.with_name(path.name + ".part")
    write_model_file(config, state, partial)
    partial.replace(path)


def write_model_file(config: NetworkConfig, state: Mapping[str, Tensor], path: Path) -> None:
    """Writes weights that have passed ``check_shapes``, in their own precision.

    Raises:
        OSError: It cannot be written.
    """
    try:
        save_file(dict(state), path, metadata={CONFIG_KEY: config.to_json()})
    except SafetensorError as error:
        raise OSError(0, f"writing failed: {error}") from error


def read_model_file(path: Path) -> tuple[NetworkConfig, dict[str, Tensor]]:
    """The structure and the weights in a model file, in its own precision.

    Nothing is allocated before size, names, types and shapes have been found right.

    Raises:
        TrackerError: Not a model file of this program, or a damaged one.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise TrackerError("{0} is no DiMPLE model file: it is larger than 1 GB; take another file.", path.name)
        with safe_open(path, framework="pt") as file:
            text = (file.metadata() or {}).get(CONFIG_KEY)
            if text is None:
                raise TrackerError(
                    "{0} is no DiMPLE model file: its header names no network; convert the checkpoint first.", path.name
                )
            config = _described(text, path.name)
            slices = {name: file.get_slice(name) for name in file.keys()}  # noqa: SIM118 - not a dict
            check_shapes(config, {name: tuple(part.get_shape()) for name, part in slices.items()}, path.name)
            for name, part in slices.items():
                if part.get_dtype() not in STORED_TYPES:
                    raise TrackerError(
                        "{0} is no DiMPLE model file: {1} holds {2}; take another file.",
                        path.name,
                        name,
                        shown(part.get_dtype()),
                    )
            state = {name: file.get_tensor(name) for name in slices}
    except (OSError, SafetensorError) as error:
        raise TrackerError(
            "{0} is no DiMPLE model file or is damaged ({1}); get it again.", path.name, error
        ) from error
    check_finite(state, path.name)
    return config, state


def _described(text: str, name: str) -> NetworkConfig:
    try:
        return NetworkConfig.from_json(text)
    except TrackerError as error:
        raise TrackerError("{0}: {1}", name, error) from error


_RANDOM: frozenset[Callable[..., object]] = frozenset(
    {
        torch.Tensor.normal_,
        torch.Tensor.uniform_,
        nn.init.normal_,
        nn.init.uniform_,
        nn.init.kaiming_normal_,
        nn.init.kaiming_uniform_,
    }
)


class _NoRandomNumbers(TorchFunctionMode):
    """Leaves out random initial weights, for networks that get a file's.

    Building on the "meta" device would do the same, but imports PyTorch's compiler: half of the time to start.
    """

    def __torch_function__(
        self,
        func: Callable[..., object],
        types: Collection[type],
        args: tuple[object, ...] = (),
        kwargs: dict[str, object] | None = None,
    ) -> object:
        kwargs = kwargs or {}
        if func in _RANDOM:
            return args[0] if args else kwargs["tensor"]
        return func(*args, **kwargs)


def assemble(config: NetworkConfig, state: dict[str, Tensor]) -> DimpNetwork:
    """A network with given float32 weights, which have passed ``check_shapes``.

    An untrained box branch has no weights in the file: it gets random ones, always the same.
    """
    with _NoRandomNumbers():
        network = DimpNetwork(config)
    if not config.has_trained_iou:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            trunk = network.backbone
            network.iou_branch = IoUPredictor(trunk.stride8_channels, trunk.stride16_channels, config.iou_widths)
        state = state | network.iou_branch.state_dict(prefix=BOX_BRANCH)
    counters = {name: torch.tensor(0) for name in network.state_dict() if name.endswith(UNUSED_COUNTER)}
    network.load_state_dict(state | counters, assign=True)
    return network


@cache
def expected_shapes(config: NetworkConfig) -> Mapping[str, tuple[int, ...]]:
    """Names and shapes of the tensors in a model file."""
    with _NoRandomNumbers():
        state = DimpNetwork(config).state_dict()
    return MappingProxyType(
        {
            name: tuple(tensor.shape)
            for name, tensor in state.items()
            if not name.endswith(UNUSED_COUNTER) and (config.has_trained_iou or not name.startswith(BOX_BRANCH))
        }
    )


def check_shapes(config: NetworkConfig, shapes: dict[str, tuple[int, ...]], file_name: str) -> None:
    """Refuses missing, surplus and differently shaped tensors.

    Raises:
        TrackerError: With the first difference.
    """
    expected = expected_shapes(config)
    lacking, surplus = expected.keys() - shapes.keys(), shapes.keys() - expected.keys()
    if lacking:
        raise TrackerError(
            "The weights in {0} do not fit {1}: the file lacks {3} (tensors lacking: {2}); take the file of the right "
            "model.",
            file_name,
            config.name,
            len(lacking),
            shown(min(lacking)),
        )
    if surplus:
        raise TrackerError(
            "The weights in {0} do not fit {1}: the file holds {3}, which has no place there (such tensors: {2}); take "
            "the file of the right model.",
            file_name,
            config.name,
            len(surplus),
            shown(min(surplus)),
        )
    for name, shape in expected.items():
        if shapes[name] != shape:
            raise TrackerError(
                "The weights in {0} do not fit {1}: {2} has shape {3}, not {4}; take the file of the right model.",
                file_name,
                config.name,
                name,
                shapes[name],
                shape,
            )


def check_finite(state: dict[str, Tensor], file_name: str) -> None:
    """Refuses weights that are not numbers.

    Raises:
        TrackerError: With the name of the first such tensor.
    """
    for name, tensor in state.items():
        if not torch.isfinite(tensor).all():
            raise TrackerError("{0} in {1} holds values that are not finite; get the file again.", name, file_name)
