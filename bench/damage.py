"""Ways in which files come to harm: on the way, in an editor, or on purpose."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping

Damage = Callable[[bytes, random.Random], bytes]

_LARGEST = 1 << 21
"""Bytes of a damaged file: what is repeated and repeated again stays small enough for thousands of files."""

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_NUMBERS = (
    b"nan",
    b"-1",
    b"0",
    b"-0.0",
    b"1e308",
    b"1e-320",
    b"inf",
    b"-inf",
    b"1e999",
    b"2147483648",
    b"9223372036854775808",
    b"99999999999999999999999999",
    b"9999999",
    b"10000001",
    b"0.5",
    b"9" * 5000,
    b"0x10",
    b"1_0",
    "١٢".encode(),
    b"",
    b"true",
)
_VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    1e308,
    float("nan"),
    10**30,
    0.5,
    "",
    "x" * 1000,
    "\ud800",
    [],
    {},
    [[[[]]]],
    {"a": {"b": []}},
    [1, 2, 3, 4],
)
_BOMB = b"".join(
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b0 "bomb">',
        *(b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 12)),
        b"]>",
    ]
)
_FILE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def damaged(files: Mapping[str, bytes], rng: random.Random) -> dict[str, bytes | None]:
    """Files of an export that are to be other ones: name -> content, None for one that is gone."""
    changed: dict[str, bytes | None] = {}
    for _ in range(rng.choice([1, 1, 1, 2])):
        name = rng.choice(sorted(files))
        content = changed.get(name, files[name])
        if content is None:
            continue
        if name and rng.random() < 0.02:
            changed[name] = None
            continue
        if rng.random() < 0.03:
            changed[name] = files[rng.choice(sorted(files))]
            continue
        for _ in range(rng.choice([1, 1, 2, 4])):
            content = rng.choice(_ALL)(content, rng)[:_LARGEST]
        changed[name] = content
    return changed


def damaged_binary(data: bytes, rng: random.Random) -> bytes:
    """A file of another kind than text: flipped bits, cuts, doubled parts, and sizes that are absurd."""
    most = max(_LARGEST, len(data))
    for _ in range(rng.choice([1, 1, 2, 4])):
        data = rng.choice((_flip, _flip, _truncate, _splice, _huge, _huge, _junk))(data, rng)[:most]
    return data


def _huge(data: bytes, rng: random.Random) -> bytes:
    number, width = rng.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x10000]), rng.choice([2, 4, 8])
    # structure is mostly at the beginning
    place = rng.randrange(max(1, min(len(data), rng.choice([200, 4096, len(data) + 1]))))
    written = (number & ((1 << 8 * width) - 1)).to_bytes(width, "big" if rng.random() < 0.5 else "little")
    return data[:place] + written + data[place + width :]


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 3, 20])):
        place = rng.randrange(len(changed))
        changed[place] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _splice(data: bytes, rng: random.Random) -> bytes:
    start, place = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)
    return data[:place] + data[start : start + rng.randrange(200)] + data[place + rng.randrange(50) :]


def _number(data: bytes, rng: random.Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    match = rng.choice(found)
    return data[: match.start()] + rng.choice(_NUMBERS) + data[match.end() :]


def _line(data: bytes, rng: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    what = rng.randrange(4)
    if what == 0:
        lines.insert(other, lines[place])
    elif what == 1:
        del lines[place]
    elif what == 2:
        lines[place], lines[other] = lines[other], lines[place]
    else:
        lines[place:place] = [lines[place]] * min(1000, 1 + _LARGEST // (1 + len(lines[place])))
    return b"".join(lines)


def _nest(data: bytes, rng: random.Random) -> bytes:
    opening, count = rng.choice([b"[", b'{"a":', b"<a>", b"<annotations>", b'"']), rng.choice([100, 100_000])
    place = rng.randrange(len(data) + 1)
    return data[:place] + opening * count + data[place:]


def _entities(data: bytes, rng: random.Random) -> bytes:
    head = rng.choice([_BOMB, _FILE_ENTITY])
    body = data.split(b"?>", 1)[-1]
    place = body.find(b">") + 1
    return head + body[:place] + rng.choice([b"&b11;", b"&x;", b"&b1;"]) + body[place:]


def _junk(data: bytes, rng: random.Random) -> bytes:
    return rng.choice([b"", b"\0" * 1000, rng.randbytes(500), b"\xff\xfe" + data, b"\xef\xbb\xbf" + data, data * 3])


def _encoding(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    return text.encode(rng.choice(["utf-16", "latin-1", "utf-7", "utf-32"]), errors="replace")


def _json_value(data: bytes, rng: random.Random) -> bytes:
    """Another value somewhere in a JSON file; numbers elsewhere."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return _number(data, rng)
    places: list[tuple[dict[str, object] | list[object], str | int]] = []
    _collect(content, places)
    if not places:
        return data
    holder, key = rng.choice(places)
    if rng.random() < 0.2:
        if isinstance(holder, dict):
            del holder[str(key)]
        else:
            holder.append(holder[0])
    elif isinstance(holder, dict):
        holder[str(key)] = rng.choice(_VALUES)
    else:
        holder[int(key)] = rng.choice(_VALUES)
    return json.dumps(content).encode()


def _collect(content: object, places: list[tuple[dict[str, object] | list[object], str | int]]) -> None:
    if isinstance(content, dict):
        for key, value in content.items():
            places.append((content, key))
            _collect(value, places)
    elif isinstance(content, list):
        for number, value in enumerate(content):
            places.append((content, number))
            _collect(value, places)


_ALL: tuple[Damage, ...] = (
    _flip,
    _flip,
    _truncate,
    _splice,
    _number,
    _number,
    _number,
    _line,
    _nest,
    _entities,
    _junk,
    _encoding,
    _json_value,
    _json_value,
)
