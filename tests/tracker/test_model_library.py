"""The program's models and the person's own: adding, removing, and lists that somebody else has written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.manifest import MANIFEST, WEIGHTS_FOLDER, ManifestEntry, sha256_of
from tracker.model_library import ModelLibrary, ModelState, own_folder
from tracker.model_name import is_model_name

ROOT = Path(__file__).resolve().parents[2]


def entry(name="mine", **changes):
    fields = {
        "name": name,
        "file": f"{name}.safetensors",
        "sha256": "0" * 64,
        "architecture": "resnet18",
        "preset": "dimp18",
        "licence": "MIT",
    }
    return fields | changes


def add(library, name="mine", content=b"numbers"):
    return library.add(ManifestEntry(**entry(name)), lambda path: path.write_bytes(content))


def write_list(folder, *entries, **further):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).write_text(json.dumps({"models": list(entries), **further}))


def test_what_is_added_is_found_listed_and_removed():
    library = ModelLibrary()
    added = add(library)
    assert added.path == own_folder() / "mine.safetensors"
    assert library.find("mine") == added.path
    assert [model.entry for model in library.own_models()] == [added.entry]
    assert library.state(added) is ModelState.OK
    library.remove("mine")
    assert library.own_models() == []
    assert sorted(path.name for path in own_folder().iterdir()) == [MANIFEST, f"{MANIFEST}.lock"]
    with pytest.raises(TrackerError, match="no model named 'mine'; known are lite0"):
        library.find("mine")


def test_the_programs_own_folder_is_never_written():
    before = {path.name: path.stat().st_mtime_ns for path in WEIGHTS_FOLDER.iterdir()}
    library = ModelLibrary()
    add(library)
    with pytest.raises(TrackerError, match="came with the program and stays"):
        library.remove("lite0")
    with pytest.raises(TrackerError, match="came with the program"):
        library.remove("default")
    library.remove("mine")
    assert {path.name: path.stat().st_mtime_ns for path in WEIGHTS_FOLDER.iterdir()} == before


@pytest.mark.parametrize("name", ["mine", "MINE", "lite0", "Lite0"])
def test_a_taken_name_is_refused_and_the_model_stays(name):
    library = ModelLibrary()
    add(library)
    with pytest.raises(TrackerError, match="already a model named"):
        add(library, name, b"others")
    assert library.find("mine").read_bytes() == b"numbers"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../up", "a/b", "a\\b", "/etc/x", "C:x", "-rf", ".hidden", "a b", "é", "a\n", "default", "Default",
     "x.safetensors", "x.pth", "x.pth.tar", "x.PT", "con", "NUL.old", "com1", "x.", "a" * 65],
)  # fmt: skip
def test_names_that_are_paths_files_or_devices_are_refused(name):
    assert not is_model_name(name)
    library = ModelLibrary()
    with pytest.raises(TrackerError, match="is no name for a model"):
        library.check_free(name)
    with pytest.raises(TrackerError, match="is no name for a model"):
        library.add(ManifestEntry(**entry(name)), lambda path: path.write_bytes(b""))
    assert not list(own_folder().glob("*.safetensors"))


@pytest.mark.parametrize("name", ["dimp18", "a", "A-b_c.1", "9", "console", "a" * 64])
def test_plain_names_are_names(name):
    assert is_model_name(name)


HOSTILE = [
    entry(file="../outside.safetensors"),
    entry(file="/outside.safetensors"),
    entry(file="C:\\outside.safetensors"),
    entry(file="a\\..\\outside.safetensors"),
    entry(file=".safetensors"),
    entry(file=MANIFEST),
    entry(file="mine.pth"),
    entry(file="con.safetensors"),
    entry(name="../up"),
    entry(name="default"),
    entry(name="mine\x1b[2J", file="mine.safetensors"),
    entry(licence="\x1b[2J"),
    entry(licence="x" * 1000),
    entry(sha256="0"),
    entry(sha256=None),
    entry(file=7),
    entry(surplus="x"),
    {"name": "mine"},
    "mine",
    None,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_entries_are_refused_and_nothing_outside_is_touched(tmp_path, hostile):
    outside = tmp_path / "outside.safetensors"
    outside.write_bytes(b"precious")
    library = ModelLibrary(own=tmp_path / "models")
    write_list(library.own, hostile)
    for action in (library.own_models, lambda: library.find("mine"), lambda: library.remove("mine")):
        with pytest.raises(TrackerError, match=r"manifest\.json cannot be read .*add your models again") as caught:
            action()
        assert str(caught.value).isprintable()
    with pytest.raises(TrackerError, match="cannot be read"):
        add(library, "other")
    assert outside.read_bytes() == b"precious"
    assert library.find("default").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"models": {}}',
        '{"models": 7}',
        "[" * 100_000,
        '{"models": [], "default": "missing"}',
        '{"models": [], "default": {}}',
        json.dumps({"models": [entry(), entry()]}),
        json.dumps({"models": [entry(), entry("MINE")]}),
        json.dumps({"models": [entry(), entry("other", file="mine.safetensors")]}),
        " " * (2 << 20) + '{"models": []}',
    ],
)
def test_lists_that_are_none_are_refused_and_the_default_still_works(tmp_path, text):
    library = ModelLibrary(own=tmp_path)
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(TrackerError, match=r"manifest\.json cannot be read") as caught:
        library.own_models()
    assert len(str(caught.value)) < 500
    assert library.find("lite0").is_file()


def test_a_default_in_the_persons_list_changes_nothing(tmp_path):
    library = ModelLibrary(own=tmp_path)
    add(library)
    write_list(tmp_path, asdict(library.own_models()[0].entry), default="mine")
    assert library.find("default").name == "lite0.safetensors"
    assert not library.own_models()[0].is_default


def test_a_name_the_program_has_too_is_hidden_and_can_be_removed(tmp_path):
    library = ModelLibrary(own=tmp_path)
    write_list(tmp_path, entry("lite0"))
    (tmp_path / "lite0.safetensors").write_bytes(b"other")
    assert library.find("lite0").parent == WEIGHTS_FOLDER
    assert library.state(library.own_models()[0]) is ModelState.HIDDEN
    library.remove("lite0")
    assert library.own_models() == []
    assert library.find("lite0").parent == WEIGHTS_FOLDER


@pytest.mark.skipif(os.name == "nt", reason="making links needs rights there")
def test_links_and_pipes_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"numbers")
    library = ModelLibrary(own=tmp_path / "models")
    model = add(library)
    for make in (lambda: model.path.symlink_to(secret), lambda: os.mkfifo(model.path), model.path.mkdir):
        model.path.unlink()
        make()
        with pytest.raises(TrackerError, match="cannot be read"):
            library.find("mine")
        assert library.state(model) is ModelState.DAMAGED
        if model.path.is_dir() and not model.path.is_symlink():
            model.path.rmdir()
            model.path.touch()
    model.path.unlink()
    model.path.symlink_to(secret)
    library.remove("mine")
    assert secret.read_bytes() == b"numbers"
    (library.own / MANIFEST).unlink()
    (library.own / MANIFEST).symlink_to(tmp_path / "list")
    (tmp_path / "list").write_text('{"models": []}')
    with pytest.raises(TrackerError, match="is a link"):
        library.own_models()
    (library.own / MANIFEST).unlink()
    os.mkfifo(library.own / MANIFEST)
    with pytest.raises(TrackerError, match="no plain file"):
        library.own_models()


def test_damaged_missing_and_oversized_files_are_told_apart(tmp_path):
    library = ModelLibrary(own=tmp_path)
    model = add(library)
    model.path.write_bytes(b"nombers")
    assert library.state(model) is ModelState.DAMAGED
    with pytest.raises(TrackerError, match="checksum"):
        library.find("mine")
    with model.path.open("wb") as file:
        file.truncate((1 << 30) + 1)
    assert library.state(model) is ModelState.DAMAGED
    with pytest.raises(TrackerError, match="is larger than"):
        library.find("mine")
    model.path.unlink()
    assert library.state(model) is ModelState.MISSING
    with pytest.raises(TrackerError, match="are missing"):
        library.find("mine")
    library.remove("mine")
    assert library.own_models() == []


def test_a_failed_write_leaves_list_and_folder_as_they_were(tmp_path):
    library = ModelLibrary(own=tmp_path)
    add(library)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fill_the_disk(path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(TrackerError, match=r"cannot be changed \(No space left on device\)"):
        library.add(ManifestEntry(**entry("other")), fill_the_disk)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_program_left_is_swept_away_and_its_name_is_free(tmp_path):
    library = ModelLibrary(own=tmp_path)
    (tmp_path / "mine.safetensors.part").write_bytes(b"half")
    (tmp_path / f".{MANIFEST}.part").write_text("{")
    (tmp_path / "mine.safetensors").write_bytes(b"moved, but killed before the list was written")
    assert library.own_models() == []
    add(library)
    assert library.find("mine").read_bytes() == b"numbers"
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*.part"))


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(TrackerError, match="cannot be changed"):
        add(ModelLibrary(own=tmp_path / "file" / "models"))


ADDER = """
import sys
from tracker.errors import TrackerError
from tracker.manifest import ManifestEntry
from tracker.model_library import ModelLibrary
for name in sys.argv[1:]:
    fields = dict(file=f"{name}.safetensors", sha256="", architecture="a", preset="p", licence="l")
    try:
        ModelLibrary().add(ManifestEntry(name=name, **fields), lambda path: path.write_bytes(name.encode() * 1000))
    except TrackerError as error:
        print(error)
"""


def test_programs_that_add_at_the_same_time_lose_nothing():
    names = [[f"p{process}m{number}" for number in range(6)] + ["shared"] for process in range(4)]
    adders = [
        subprocess.Popen([sys.executable, "-c", ADDER, *these], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for these in names
    ]
    said = "".join(adder.communicate(timeout=60)[0] for adder in adders)
    assert [adder.returncode for adder in adders] == [0, 0, 0, 0]
    assert said.count("already a model named 'shared'") == 3
    library = ModelLibrary()
    models = library.own_models()
    assert {model.entry.name for model in models} == {name for these in names for name in these}
    assert {library.state(model) for model in models} == {ModelState.OK}


def test_a_copy_of_the_folder_elsewhere_works_as_well(tmp_path):
    add(ModelLibrary())
    copied = tmp_path / "copied"
    shutil.copytree(own_folder(), copied)
    assert sha256_of(ModelLibrary(own=copied).find("mine")) == sha256_of(ModelLibrary().find("mine"))


def test_looking_up_models_loads_no_torch():
    code = "import sys; import tracker.model_library, app.cli.weights; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
