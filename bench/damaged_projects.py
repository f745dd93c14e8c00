"""Project files that are sound for SQLite and hostile in what they say: values, types, references, definitions."""
# ruff: noqa: S608 - names of our own; hostile is what is made, not what it is made with

from __future__ import annotations

import contextlib
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.damage import damaged_binary

_NUMBERS: tuple[object, ...] = (
    *(-1, 0, 1, 2, 59, 60, 9_999_999, 10_000_000, 2**31 - 1, 2**31, 2**53, 2**62, 2**63 - 1, -(2**63)),
    *(0.5, -0.0, 1e308, -1e308, 5e-324, float("inf"), float("-inf"), 1e19),
)
_OTHERS: tuple[object, ...] = (
    None,
    b"",
    b"\xff\xfe\x00",
    b"\0" * 100_000,
    "",
    "\0",
    "a\0b",
    "\n\r\t\x1b[2J",
    "\u202eabc\u2066",
    "x" * 100_000,
    "[" * 50_000,
    '{"a":' * 20_000,
    '["red", "red"]',
    "[1e999]",
    "9" * 5000,
    "../../../../etc/passwd",
    "/dev/zero",
    "/proc/self/mem",
    r"\\host\share\clip.mp4",
    "~root/clip.mp4",
    "number",
    "flag",
    "#00000g",
)
_TEXT_THAT_IS_NONE = (b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"caf\xe9", b"\xf0\x9f\xa7")
_DEFINITIONS = (
    "CREATE TRIGGER t AFTER UPDATE ON track BEGIN DELETE FROM track; END",
    "CREATE TRIGGER t AFTER INSERT ON keyframe BEGIN UPDATE track SET name = load_extension('x'); END",
    "CREATE VIEW v AS WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x FROM t) SELECT * FROM t",
    "CREATE INDEX i ON track (hex(randomblob(100000000)))",
    "CREATE INDEX i ON tracked_box (frame)",
    "CREATE TABLE more (a, b DEFAULT (randomblob(1000000)), c AS (abs(-9223372036854775808)))",
    "CREATE VIRTUAL TABLE f USING fts5 (a)",
    "ALTER TABLE track ADD COLUMN more TEXT",
    "ALTER TABLE keyframe ADD COLUMN more AS (x + 1)",
    "DROP TABLE tracked_box",
    "DROP TABLE effort",
    "ALTER TABLE bookmark RENAME TO old; CREATE VIEW bookmark AS SELECT * FROM old",
    "CREATE TABLE sqlite_stat1 (a)",
    "ANALYZE",
)
_SETTINGS = (
    "user_version = 0",
    "user_version = -1",
    "user_version = 3",
    "user_version = 1",
    "user_version = 2147483647",
    "application_id = 0",
    "journal_mode = WAL",
    "auto_vacuum = 2; VACUUM",
    "journal_mode = DELETE; PRAGMA page_size = 512; VACUUM",
    "journal_mode = DELETE; PRAGMA page_size = 65536; VACUUM",
)
_MOST_ROWS = 20_000
_MOST_STEPS = 1000
"""Of ten thousand instructions of SQLite's."""


def damaged_project(data: bytes, rng: random.Random) -> bytes:
    """Another file: hostile content, or damage to its bytes, or both."""
    if rng.random() < 0.25:
        return damaged_binary(data, rng)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project"
        path.write_bytes(data)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON", "synchronous = OFF"):
                connection.execute(f"PRAGMA {pragma}")
            # a table that was told to begin elsewhere may be without end
            connection.set_progress_handler(iter([0] * _MOST_STEPS + [1] * _MOST_STEPS).__next__, 10_000)
            for _ in range(rng.choice([1, 1, 2, 5])):
                # what SQLite itself does not let happen is no damage
                with contextlib.suppress(sqlite3.Error, ValueError, TypeError, IndexError):
                    rng.choice(_WAYS)(connection, rng)
        content = path.read_bytes()
    return _header_field(content, rng) if rng.random() < 0.15 else content


def _value(connection: sqlite3.Connection, rng: random.Random) -> None:
    """Another value somewhere, of any type, in one row or all."""
    table, columns = _table(connection, rng)
    column = rng.choice(columns)
    value = rng.choice(_NUMBERS if rng.random() < 0.5 else _OTHERS)
    expression = "?"
    if rng.random() < 0.1:
        value, expression = rng.choice(_TEXT_THAT_IS_NONE), "CAST(? AS TEXT)"
    row = f"(SELECT {columns[0]} FROM {table} LIMIT 1 OFFSET {rng.randrange(60)})"
    rows = "" if rng.random() < 0.2 else f" WHERE {columns[0]} = {row}"
    with _types_forgotten(connection, table):
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {expression}{rows}", (value,))


def _reference(connection: sqlite3.Connection, rng: random.Random) -> None:
    """Something belongs to what is not there, or to something else."""
    table, columns = _table(connection, rng)
    owners = [it for it in columns if it.endswith("_id")]
    if owners:
        to = rng.choice([0, 1, 2, 3, 5, 10, 11, 99, -1, 2**40, None])
        connection.execute(f"UPDATE OR REPLACE {table} SET {rng.choice(owners)} = ?", (to,))


def _missing(connection: sqlite3.Connection, rng: random.Random) -> None:
    table, columns = _table(connection, rng)
    rows = rng.choice(["", f" WHERE {columns[0]} % 2", f" WHERE {columns[0]} = 1"])
    connection.execute(f"DELETE FROM {table}{rows}")


def _many(connection: sqlite3.Connection, rng: random.Random) -> None:
    """Very many rows, near together or far apart."""
    count, step = rng.choice([300, _MOST_ROWS]), rng.choice([1, 997, 10**6, 2**40])
    numbers = f"WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < {100 + count}) "
    many = {
        "category": "SELECT i, 'category ' || i, '' FROM n",
        "track": "SELECT i, 1, 1, '', i FROM n",
        "bookmark": f"SELECT 1, i * {step}, '' FROM n",
        "tracked_box": f"SELECT 10, i * {step}, 1, 1, 5, 5, 1, 0 FROM n",
        "keyframe": f"SELECT 10, i * {step}, 1, 1, 5, 5, 0, 1, 1 FROM n",
        "unlearned_frame": f"SELECT 10, i * {step} FROM n",
        "disputed_box": f"SELECT 10, i * {step}, 1, 1, 5, 5, 9, 9, 5, 5 FROM n",
        "attribute": "SELECT i, 'attribute ' || i, 'flag', '[]', 0, NULL, NULL FROM n",
        "sequence": "SELECT i, '', '/x', NULL, 10000000, 1000000, 1000000, 1.0, 0, '', NULL, '' FROM n",
    }
    table = rng.choice(sorted(many))
    if rng.random() < 0.5:
        connection.execute("UPDATE sequence SET frame_count = 10000000")
    connection.execute(f"INSERT OR REPLACE INTO {table} {numbers} {many[table]}")


def _large(connection: sqlite3.Connection, rng: random.Random) -> None:
    """A giant text or blob in one row."""
    table, columns = _table(connection, rng)
    row = f" WHERE {columns[0]} = (SELECT {columns[0]} FROM {table} LIMIT 1)"
    if table in {"tracked_box", "keyframe", "keyframe_attribute"}:
        row += " AND frame < 12"
    size = rng.choice([10**6, 5 * 10**6])
    text = rng.choice([f"printf('%.{size}c', 'x')", f"zeroblob({size})"])
    with _types_forgotten(connection, table):
        connection.execute(f"UPDATE OR REPLACE {table} SET {rng.choice(columns)} = {text}{row}")


def _definition(connection: sqlite3.Connection, rng: random.Random) -> None:
    connection.executescript(rng.choice(_DEFINITIONS))


def _master(connection: sqlite3.Connection, rng: random.Random) -> None:
    """What the tables are said to be, and where they are said to begin."""
    what = rng.choice(["sql", "rootpage", "rootpage", "name", "type"])
    value = rng.choice([0, 1, 2, 3, 4, 5, -1, 2**31, None, "CREATE TABLE track (id)", "track", "view", b"\xff"])
    connection.execute("PRAGMA writable_schema = ON")
    row = rng.randrange(1, 17)
    connection.execute(f"UPDATE sqlite_master SET {what} = ? WHERE rowid = {row}", (value,))


def _setting(connection: sqlite3.Connection, rng: random.Random) -> None:
    connection.executescript(f"PRAGMA {rng.choice(_SETTINGS)}")


def _table(connection: sqlite3.Connection, rng: random.Random) -> tuple[str, list[str]]:
    names = [it[0] for it in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    name = rng.choice(names)
    return name, [it[1] for it in connection.execute(f"PRAGMA table_info({name})")]


@contextlib.contextmanager
def _types_forgotten(connection: sqlite3.Connection, table: str) -> Iterator[None]:
    """While this lasts a table takes any value in any column; what it was defined as is put back."""
    connection.execute("PRAGMA writable_schema = ON")
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    loose = sql
    for word in ("STRICT, ", "STRICT", "NOT NULL", "INTEGER PRIMARY", " INTEGER", " REAL", " TEXT"):
        loose = loose.replace(word, word if word == "INTEGER PRIMARY" else "")
    _define(connection, table, loose)
    try:
        yield
    finally:
        _define(connection, table, sql)


def _define(connection: sqlite3.Connection, table: str, sql: str) -> None:
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, table))
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {version + 1}")


def _header_field(content: bytes, rng: random.Random) -> bytes:
    """Sizes and counts of the first hundred bytes."""
    place, width = rng.choice(
        [(16, 2), (18, 1), (19, 1), (20, 1), (28, 4), (32, 4), (36, 4), (44, 4), (52, 4), (56, 4)]
    )
    number = rng.choice([0, 1, 2, 3, 255, 512, 2**15, 2**31 - 1, 2**32 - 1]) & ((1 << 8 * width) - 1)
    return content[:place] + number.to_bytes(width) + content[place + width :]


_WAYS = (_value, _value, _value, _value, _reference, _missing, _many, _large, _definition, _master, _setting)
