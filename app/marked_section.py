"""A part of a page that a command writes, between two comments; the rest of the page is a person's."""

from __future__ import annotations

from pathlib import Path

from app.errors import AppError
from app.formats.atomic import new_file


def check_section(page: Path, name: str) -> None:
    """Whether ``write_section`` will find its place: found out before hours of work, not after.

    Raises:
        AppError: There is no such page, or it lacks the comments.
    """
    _split(page, name)


def write_section(page: Path, name: str, text: str) -> None:
    """Puts a text between the comments ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``, in place of what is there.

    Args:
        page: A Markdown file, UTF-8.
        name: Of the section.
        text: Lines.

    Raises:
        AppError: There is no such page, it lacks the comments, or it cannot be written.
    """
    before, after = _split(page, name)
    with new_file(page) as file:
        file.write(f"{before}\n\n{text.strip()}\n\n{after}")


def _split(page: Path, name: str) -> tuple[str, str]:
    """The page up to the first comment, and from the second on, both included."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    try:
        text = page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError("The page {0} cannot be read; name a Markdown file that is there.", page) from error
    first, last = text.find(begin), text.find(end)
    if first < 0 or last < first:
        raise AppError(
            "{0} has no place for the table; add the lines {1} and {2} where it is to stand.", page, begin, end
        )
    return text[: first + len(begin)], text[last:]
