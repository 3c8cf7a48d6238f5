from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlint.model.problem import Edit
from kwlint.text.encoding import apply_edits, decode

PIECES = (
    b"a",
    b"word ",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    "é→😀\ufffd".encode(),
    b"\xff",  # never valid
    b"\xe2\x82",  # cut short
    b"\xf0\x9f",
    b"\xc0\xaf",  # overlong
    b"\xed\xa0\x80",  # a surrogate
)
sources = st.lists(st.sampled_from(PIECES), max_size=20).map(b"".join)


def edit(start: int, end: int, text: str) -> Edit:
    return Edit("a.md", start, end, text, "")


def test_line_ends_are_unified_and_the_byte_order_mark_is_removed() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n").text == "a\nb\nc\n"
    assert decode(b"\xef\xbb\xbfa\r\nb\rc\n").problem is None


def test_the_first_invalid_byte_is_reported_and_the_rest_is_decoded() -> None:
    text, problem = decode("# Café\r\n→ ".encode() + b"caf\xe9 \xff")
    assert text == "# Café\n→ caf� �"
    assert problem is not None
    assert (problem.line, problem.column, problem.offset, problem.end) == (2, 6, 12, 13)
    assert problem.message == "not UTF-8: 0xe9 (invalid continuation byte)"
    assert text[problem.offset] == "\ufffd"


def test_an_edit_changes_no_byte_around_its_characters() -> None:
    data = b"\xef\xbb\xbf\xff[a](x.md)\r\n\rb \xc3\xa9\xe2\x82 [c](y.md)\n"
    start = decode(data).text.index("y.md")
    assert apply_edits(data, [edit(start, start + 4, "z/é.md")]) == data.replace(b"y.md", "z/é.md".encode())


def test_edits_may_be_in_any_order() -> None:
    assert apply_edits(b"abc", [edit(2, 3, "C"), edit(0, 1, "A"), edit(1, 1, "-")]) == b"A-bC"


@pytest.mark.parametrize(("data", "written"), [(b"a\r\nb\n", b"x\r\ny\r\nb\n"), (b"a\nb", b"x\ny\nb"), (b"a", b"x\ny")])
def test_a_line_end_in_an_edit_is_that_of_the_document(data: bytes, written: bytes) -> None:
    assert apply_edits(data, [edit(0, 1, "x\ny")]) == written


@pytest.mark.parametrize("edits", [[edit(0, 2, "x"), edit(1, 3, "y")], [edit(2, 1, "x")], [edit(0, 9, "x")]])
def test_overlapping_and_out_of_range_edits_are_rejected(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"overlaps|not in the text"):
        apply_edits(b"abcd", edits)


@given(sources)
def test_decoding_does_not_raise_and_applying_no_edits_changes_nothing(data: bytes) -> None:
    text, problem = decode(data)
    assert "\r" not in text
    assert (problem is None) == (data.decode("utf-8", "ignore").encode() == data)
    assert apply_edits(data, []) == data
    assert apply_edits(data, [edit(0, 0, "")]) == data


@given(sources, st.data())
@settings(max_examples=300)
def test_an_edit_of_the_bytes_is_the_same_edit_of_the_text(data: bytes, draws: st.DataObject) -> None:
    text = decode(data).text
    start = draws.draw(st.integers(0, len(text)))
    end = draws.draw(st.integers(start, len(text)))
    edited = apply_edits(data, [edit(start, end, "NEW")])
    assert decode(edited).text == text[:start] + "NEW" + text[end:]
    before, after = edited.split(b"NEW")
    assert data.startswith(before)
    assert data.endswith(after)
    if start == end:
        assert before + after == data
