"""Names and notes hold what every file can hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.document.names import clean_name

characters = st.characters(exclude_categories=()) | st.sampled_from(
    "\x00\x1f \x7f\x9f\xa0\u2028\u2029\ufffd\ufffe\uffff\ud800\udfff"
)


@given(st.lists(characters).map("".join))
def test_a_name_keeps_every_character_that_files_hold(name: str) -> None:
    for before, after in zip(name, clean_name(f"x{name}x")[1:-1], strict=True):
        if 0xD800 <= ord(before) <= 0xDFFF or ord(before) in {0xFFFE, 0xFFFF}:
            assert after == "\ufffd"
        elif ord(before) < 32 or 0x7F <= ord(before) <= 0x9F or ord(before) in {0x2028, 0x2029}:
            assert after == " "
        else:
            assert after == before
