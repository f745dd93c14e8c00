"""Model files and checkpoints whose containers are sound and lie: headers of safetensors, members of zip archives."""

from __future__ import annotations

import io
import json
import random
import struct
import warnings
import zipfile

from bench.damage import damaged_binary

_HEADER_BYTES = 8
_NUMBERS: tuple[object, ...] = (-1, 0, 1, 3, 2**31, 2**32, 2**53, 2**63, 2**64, 10**40, 0.5, True, None, "1")
_DTYPES: tuple[object, ...] = ("F32", "F16", "BF16", "F64", "I64", "U8", "BOOL", "F8_E4M3", "X", "", None, 7, "\x1b[2J")
_SHAPES: tuple[object, ...] = ([], [0], [-1], [2**62, 4], [2**32, 2**32], [1] * 1000, ["1"], None, {}, 5, [1.5])


def damaged_model(data: bytes, rng: random.Random) -> bytes:
    """A safetensors file with another header, or damage to its bytes."""
    if rng.random() < 0.25:
        return damaged_binary(data, rng)
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[_HEADER_BYTES : _HEADER_BYTES + length])
    content = data[_HEADER_BYTES + length :]
    for _ in range(rng.choice([1, 1, 2, 4])):
        rng.choice((_tensor, _tensor, _name, _metadata))(header, rng)
    text = json.dumps(header).encode()
    if rng.random() < 0.2:
        text = _text(text, rng)
    claimed = rng.choice([0, 1, len(text) - 1, len(text) + 1, 10**8, 2**40, 2**63]) if rng.random() < 0.1 else len(text)
    if rng.random() < 0.1:
        content = content[: rng.randrange(len(content) + 1)] + bytes(rng.choice([0, 1, 1000]))
    return struct.pack("<Q", claimed) + text + content


def _tensor(header: dict[str, object], rng: random.Random) -> None:
    """Type, shape or place of a tensor; places that overlap, have gaps or lie outside."""
    names = sorted(it for it in header if it != "__metadata__")
    if not names:
        return
    name = rng.choice(names)
    entry = header[name]
    if not isinstance(entry, dict) or rng.random() < 0.1:
        header[name] = rng.choice([None, [], 5, {}, {"dtype": "F32"}])
        return
    what = rng.choice(["dtype", "shape", "data_offsets", "more"])
    other = header[rng.choice(names)]
    others = other.get("data_offsets", [0, 4]) if isinstance(other, dict) else [0, 4]
    entry[what] = rng.choice(
        {
            "dtype": _DTYPES,
            "shape": _SHAPES,
            "data_offsets": (others, [0, 0], [rng.choice(_NUMBERS), rng.choice(_NUMBERS)], [4, 0], [0], None),
            "more": _NUMBERS,
        }[what]
    )


def _name(header: dict[str, object], rng: random.Random) -> None:
    """A tensor more, less, or by another name."""
    names = sorted(it for it in header if it != "__metadata__")
    name = rng.choice([*names[:3], *names[-3:], "w"])
    entry = header.pop(name, {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]})
    if rng.random() < 0.7:
        header[rng.choice(["", "x" * 100_000, "\x1b[2J", "a\nb", "../../x", f"{name}.more", "__metadata__"])] = entry
    if rng.random() < 0.05:
        header |= {f"t{it}": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for it in range(20_000)}


def _metadata(header: dict[str, object], rng: random.Random) -> None:
    """What the file says of its network."""
    known = header.get("__metadata__")
    if not isinstance(known, dict) or rng.random() < 0.1:
        header["__metadata__"] = rng.choice([None, [], "x", {"dimple_network": 5}, {}, {"x": "y" * 100_000}])
        return
    key = rng.choice(sorted(known) or ["dimple_network"])
    try:
        described = json.loads(known.get(key, "{}"))
    except (TypeError, ValueError, RecursionError):
        described = None
    if not isinstance(described, dict) or not described or rng.random() < 0.2:
        known[key] = rng.choice(["", "null", "[]", "{", "[" * 100_000, "1" * 5000, '{"name": NaN}', "{}"])
        return
    field = rng.choice([*sorted(described), "more"])
    described[field] = rng.choice((*_NUMBERS, *_SHAPES, "x" * 10_000, "resnet50", "lite0", "\x1b[2J", [[[]]], 1e999))
    known[key] = json.dumps(described)


def _text(text: bytes, rng: random.Random) -> bytes:
    """The same name twice, nesting without end, other white space."""
    first = text.find(b'"', 1)
    return rng.choice(
        [
            text[:-1] + b"," + text[first:],
            text[:-1] + b',"deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
            text + b" " * 100_000,
            b"\xef\xbb\xbf" + text,
            text.replace(b"F32", b"F\\u0033\\u0032"),
            text[: rng.randrange(len(text))],
            b"[" + text + b"]",
        ]
    )


def damaged_archive(data: bytes, rng: random.Random) -> bytes:
    """A zip file with other members, or damage to its bytes."""
    if rng.random() < 0.4:
        return damaged_binary(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(it.filename, archive.read(it)) for it in archive.infolist()]
    place = rng.randrange(len(members))
    name, content = members[place]
    compression = zipfile.ZIP_STORED
    match rng.randrange(8):
        case 0:
            members[place] = (rng.choice(["../../outside", "/outside", "a\\b", "x" * 60_000, "", "data.pkl"]), content)
        case 1:
            members.append((name, content))
        case 2:
            del members[place]
        case 3:
            members[place] = (name, damaged_binary(content, rng))
        case 4:
            members += [(f"zip/data/{it}", b"") for it in range(rng.choice([100, 30_000]))]
        case 5:
            compression = zipfile.ZIP_DEFLATED
            members[place] = (name, bytes(10**7))
        case 6:
            members[place] = (name, bytes(rng.choice([0, 1, 10**6])))
        case _:
            members = members[::-1]
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", compression) as archive:
        warnings.simplefilter("ignore")  # of names that are there twice: that is what is wanted
        for member, body in members:
            archive.writestr(zipfile.ZipInfo(member) if member else "none", body, compression)
    return _sizes(written.getvalue(), rng) if rng.random() < 0.4 else written.getvalue()


def _sizes(data: bytes, rng: random.Random) -> bytes:
    """What a member, or the list of members, is said to hold."""
    changed = bytearray(data)
    mark, offsets = rng.choice(
        [(b"PK\x01\x02", (10, 20, 24, 28, 30, 42)), (b"PK\x03\x04", (8, 18, 22, 26)), (b"PK\x05\x06", (8, 10, 12, 16))]
    )
    places = []
    at = data.find(mark)
    while at >= 0 and len(places) < 100:
        places.append(at)
        at = data.find(mark, at + 4)
    if places:
        at = rng.choice(places) + rng.choice(offsets)
        changed[at : at + 4] = rng.choice([0, 1, 8, 2**16 - 1, 2**31 - 1, 2**32 - 1]).to_bytes(4, "little")
    return bytes(changed)
