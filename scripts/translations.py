"""Keeps resources/translations in step with the code: ``python scripts/translations.py`` updates and compiles them.

Texts come from the sources (``self.tr``, ``translate``, a module's ``_tr``, names of undo commands) and from the table
of actions. A text without a translation stays ``unfinished``; what the code no longer says is taken out.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405  # our own files

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import PySide6  # noqa: E402 - after the path is set

from app.formats.format import Field  # noqa: E402
from app.formats.registry import FORMATS  # noqa: E402
from app.views.action_table import ACTIONS, Menu  # noqa: E402
from app.views.nudges import Edge  # noqa: E402
from app.views.shortcuts import bindings  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
Key = tuple[str, str]
"""Context and source text."""


_ERRORS = ("AppError", "TrackerError")
"""What they, their subclasses and ``spoken`` get first is said in the person's language (app/spoken.py)."""


@dataclass
class Collected(ast.NodeVisitor):
    """Texts of the sources.

    Attributes:
        texts: Every (context, source) -> whether it has a plural form.
        problems: Places where a text cannot be known from the source.
    """

    texts: dict[Key, bool] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    _sentences: set[str] = field(default_factory=lambda: {*_ERRORS, "spoken"})
    _classes: list[str] = field(default_factory=list)
    _module_context: str = ""
    _file: str = ""

    @property
    def _is_shown(self) -> bool:
        """Whether the window shows what the file says; commands without a window speak English."""
        return not self._file.startswith(("app/cli/", "app/effort/")) and self._file != "app/errors.py"

    def know_errors(self, paths: list[Path]) -> None:
        """Find the classes that say sentences."""
        classes = [it for path in paths for it in ast.walk(_parsed(path)) if isinstance(it, ast.ClassDef)]
        before = 0
        while before != len(self._sentences):
            before = len(self._sentences)
            self._sentences |= {it.name for it in classes if {ast.unparse(base) for base in it.bases} & self._sentences}

    def read(self, path: Path) -> None:
        """Take a module's texts."""
        tree = _parsed(path)
        self._file = str(path.relative_to(ROOT))
        self._module_context = _module_context(tree)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:  # ast's name
        """Texts said by ``self.tr`` belong to the class."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:  # ast's name
        """Find the calls that translate."""
        self.generic_visit(node)
        name = ast.unparse(node.func)
        if name == "self.tr":
            self._take(self._classes[-1], node, 0, plural=len(node.args) > 2)
        elif name in self._sentences and self._is_shown and not _passes_on(node):
            self._take("Sentences", node, 0)
        elif name == "_tr" and self._module_context:
            self._take(self._module_context, node, 0)
        elif name in {"QCoreApplication.translate", "translate"} and len(node.args) > 1:
            context = node.args[0]
            if isinstance(context, ast.Constant) and isinstance(node.args[1], ast.Constant):
                self._take(str(context.value), node, 1)
        elif name == "super().__init__" and "/document/" in f"/{self._file}":
            for argument in (*node.args, *(it.value for it in node.keywords)):
                for text in _texts_of(argument):
                    self.texts["Commands", text] = False
        elif name.endswith(".tr"):
            self.problems.append(f"{self._file}:{node.lineno}: {name} has no context that can be known; use _tr")

    def _take(self, context: str, node: ast.Call, place: int, *, plural: bool = False) -> None:
        text = node.args[place]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            self.texts[context, text.value] = plural
        else:
            self.problems.append(f"{self._file}:{node.lineno}: the text is put together before it is translated")


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _passes_on(node: ast.Call) -> bool:
    """Whether a call hands on what has been said elsewhere: ``AppError(str(error))``, ``spoken(kind.value)``."""
    return bool(node.args) and isinstance(node.args[0], ast.Attribute | ast.Call)


def _texts_of(argument: ast.expr) -> list[str]:
    """The names of an undo command that stand in one argument: a text, or one of two."""
    if isinstance(argument, ast.IfExp):
        return _texts_of(argument.body) + _texts_of(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def _module_context(tree: ast.Module) -> str:
    """The context that a module's own ``_tr`` translates in; empty without one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "_tr":
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.args[0], ast.Constant):
                    return str(call.args[0].value)
    return ""


def collect() -> Collected:
    """Every text a person can see, from the code."""
    found = Collected()
    # what trains and compares trackers is for commands, which speak English
    paths = sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "tracker").glob("*.py")])
    found.know_errors(paths)
    for path in paths:
        found.read(path)
    table = [spec.tip for spec in ACTIONS] + [it.text for it in bindings().values()]
    table += [menu.value for menu in Menu] + [edge.value for edge in Edge]
    found.texts |= {("Actions", text): False for text in table}
    options = [option for known in FORMATS for option in known.options]
    choices = [it.title for option in options for it in option.choices]
    said = [it.value for it in Field] + [it.title for it in options] + choices
    found.texts |= {("Sentences", text): False for text in said}
    return found


def read_translations(path: Path) -> dict[Key, list[str]]:
    """Finished translations of a .ts file: one form a text, or one for each plural form."""
    known: dict[Key, list[str]] = {}
    if not path.exists():
        return known
    for context in ET.parse(path).getroot().iter("context"):  # nosec B314  # noqa: S314  # our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            forms = [it.text or "" for it in translation.iter("numerusform")] or [translation.text or ""]
            known[context.findtext("name", ""), message.findtext("source", "")] = forms
    return known


def write_translations(path: Path, language: str, texts: dict[Key, bool], known: dict[Key, list[str]]) -> int:
    """Write a .ts file with all texts; the number of those without a translation."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    unfinished = 0
    for name in sorted({context for context, _source in texts}):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for source in sorted(source for it, source in texts if it == name):
            plural = texts[name, source]
            message = ET.SubElement(context, "message", {"numerus": "yes"} if plural else {})
            ET.SubElement(message, "source").text = source
            translation = ET.SubElement(message, "translation")
            forms = known.get((name, source))
            if forms is None:
                unfinished += 1
                translation.set("type", "unfinished")
            if plural:
                for form in forms or ["", ""]:
                    ET.SubElement(translation, "numerusform").text = form
            elif forms is not None:
                translation.text = forms[0]
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
    return unfinished


def compile_translations(path: Path) -> None:
    """Make the .qm file that the program loads from a .ts file, by the lrelease that comes with PySide6."""
    program = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    subprocess.run(  # noqa: S603  # a fixed program and our own files
        [program, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True
    )


def main() -> int:
    """Update every language; 1 where something is left to do."""
    found = collect()
    for problem in found.problems:
        print(problem)
    left = 0
    for language in LANGUAGES:
        path = FOLDER / f"dimple_{language}.ts"
        unfinished = write_translations(path, language, found.texts, read_translations(path))
        compile_translations(path)
        print(f"{path.name}: {len(found.texts)} texts, {unfinished} without a translation")
        left += unfinished
    return 1 if left or found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
