"""An ONNX graph as it grows, operation by operation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tracker import onnx_format


class OnnxGraph:
    """Operations, constants, inputs and outputs; values are called after their number."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._initializers: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []
        self._values = 0

    def input(self, name: str, shape: Sequence[int | str], kind: type[np.generic] = np.float32) -> str:
        """Declares an input; sizes that may vary are names."""
        self._inputs.append(onnx_format.value(name, shape, kind))
        return name

    def add(self, kind: str, *inputs: str, **attributes: onnx_format.Attribute) -> str:
        """Adds an operation with one result and says what that is called."""
        (name,) = self.add_several(kind, inputs, 1, **attributes)
        return name

    def add_several(
        self, kind: str, inputs: Sequence[str], results: int, **attributes: onnx_format.Attribute
    ) -> list[str]:
        """Adds an operation with several results and says what those are called."""
        names = [self._new_name() for _ in range(results)]
        self._nodes.append(onnx_format.node(kind, inputs, names, **attributes))
        return names

    def constant(self, values: npt.ArrayLike, kind: type[np.generic] = np.float32) -> str:
        """Adds a constant and says what it is called."""
        name = self._new_name()
        self._initializers.append(onnx_format.initializer(name, np.asarray(values, dtype=kind)))
        return name

    def numbers(self, *values: int) -> str:
        """Adds a list of whole numbers: axes, sizes or indices."""
        return self.constant(values, np.int64)

    def output(self, name: str, rank: int) -> None:
        """Declares a value to be a float32 output of so many dimensions."""
        self._outputs.append(onnx_format.value(name, [f"{name}{axis}" for axis in range(rank)], np.float32))

    def file(self) -> bytes:
        """The ONNX file."""
        return onnx_format.model(self._nodes, self._initializers, self._inputs, self._outputs)

    def _new_name(self) -> str:
        self._values += 1
        return f"value{self._values}"
