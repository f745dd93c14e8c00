"""The few parts of the ONNX file format that the tracker's graphs need, written as bytes.

ONNX is a protocol buffer (https://onnx.ai/onnx/repo-docs/IR.html). Writing its wire format takes less code than the
``onnx`` package takes megabytes, and works where that package has no wheel. Field numbers are those of ``onnx.proto``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

IR_VERSION = 8
OPSET = 13

Attribute = int | Sequence[int]

FLOAT = 1
_ELEMENT_TYPES = {"float32": FLOAT, "uint8": 2, "int64": 7}
_ATTRIBUTE_INT, _ATTRIBUTE_INTS = 2, 7


def model(
    nodes: Iterable[bytes], initializers: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes]
) -> bytes:
    """A ModelProto with one graph; the arguments come from the other functions here."""
    graph = b"".join(
        (
            *(_message(1, node) for node in nodes),
            _text(2, "network"),
            *(_message(5, tensor) for tensor in initializers),
            *(_message(11, value) for value in inputs),
            *(_message(12, value) for value in outputs),
        )
    )
    return _number(1, IR_VERSION) + _message(7, graph) + _message(8, _text(1, "") + _number(2, OPSET))


def node(operator: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: Attribute) -> bytes:
    """A NodeProto, named after its first output."""
    return b"".join(
        (
            *(_text(1, name) for name in inputs),
            *(_text(2, name) for name in outputs),
            _text(3, outputs[0]),
            _text(4, operator),
            *(_message(5, _attribute(name, value)) for name, value in attributes.items()),
        )
    )


def initializer(name: str, values: npt.NDArray[np.generic]) -> bytes:
    """A TensorProto: a constant of the graph, float32, uint8 or int64."""
    sizes = b"".join(_number(1, size) for size in values.shape)
    content = values.astype(values.dtype.newbyteorder("<")).tobytes()
    return sizes + _number(2, _ELEMENT_TYPES[values.dtype.name]) + _text(8, name) + _message(9, content)


def value(name: str, shape: Sequence[int | str], kind: type[np.generic]) -> bytes:
    """A ValueInfoProto: an input or output; sizes that may vary are names."""
    sizes = b"".join(_message(1, _text(2, size) if isinstance(size, str) else _number(1, size)) for size in shape)
    tensor = _number(1, _ELEMENT_TYPES[np.dtype(kind).name]) + _message(2, sizes)
    return _text(1, name) + _message(2, _message(1, tensor))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _ATTRIBUTE_INT)
    return _text(1, name) + b"".join(_number(8, number) for number in value) + _number(20, _ATTRIBUTE_INTS)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the top bit says that more follow."""
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
