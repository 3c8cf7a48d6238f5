"""Converts the bytes of a document to text and back.

`decode` returns the text that everything else works on. `apply_edits` applies edits of that text to the bytes, and
keeps every other byte: line ends, byte order mark and invalid bytes included.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kwlint.model.problem import Edit

_BOM = b"\xef\xbb\xbf"


class EncodingProblem(NamedTuple):
    """The first invalid byte sequence of a document: offsets in `Decoded.text`, line and column from 1."""

    offset: int
    end: int
    line: int
    column: int
    message: str


class Decoded(NamedTuple):
    """A document as text with `\\n` line ends and without byte order mark; invalid bytes are U+FFFD."""

    text: str
    problem: EncodingProblem | None


def decode(data: bytes) -> Decoded:
    """Return the text of `data`. Does not raise: invalid bytes are replaced, and the first of them is reported."""
    body = data[3:] if data.startswith(_BOM) else data
    try:
        return Decoded(_unify(body.decode("utf-8")), None)
    except UnicodeDecodeError as error:
        text = _unify(body.decode("utf-8", "replace"))
        return Decoded(text, _problem(body, error))


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return `data` with the characters of each edit replaced; no other byte changes.

    Offsets are those of `decode(data).text`. A `\\n` in the text of an edit becomes the line end that the document uses
    first. Raises ValueError if edits overlap or are not inside the text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not ordered:
        return data
    bom = len(_BOM) if data.startswith(_BOM) else 0
    positions = _byte_offsets(data[bom:], sorted({offset for edit in ordered for offset in (edit.start, edit.end)}))
    line_end = _line_end(data)
    out: list[bytes] = [data[:bom]]
    done = bom
    for edit in ordered:
        start, end = positions[edit.start] + bom, positions[edit.end] + bom
        if start < done or end < start:
            raise ValueError(f"edit {edit.start}:{edit.end} of {edit.path} overlaps another")
        out += (data[done:start], edit.text.encode("utf-8", "surrogatepass").replace(b"\n", line_end))
        done = end
    out.append(data[done:])
    return b"".join(out)


def _unify(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _problem(body: bytes, error: UnicodeDecodeError) -> EncodingProblem:
    before = _unify(body[: error.start].decode("utf-8"))
    column = len(before) - before.rfind("\n")
    shown = " ".join(f"0x{byte:02x}" for byte in body[error.start : error.end])
    message = f"not UTF-8: {shown} ({error.reason})"
    return EncodingProblem(len(before), len(before) + 1, before.count("\n") + 1, column, message)


def _line_end(data: bytes) -> bytes:
    """Return the line end that the document uses first."""
    newline, carriage = data.find(b"\n"), data.find(b"\r")
    if carriage < 0 or 0 <= newline < carriage:
        return b"\n"
    return b"\r\n" if newline == carriage + 1 else b"\r"


def _byte_offsets(body: bytes, offsets: list[int]) -> dict[int, int]:
    """Return the byte positions in `body` of the characters at `offsets` (ascending) of its decoded text."""
    raw = body.decode("utf-8", "replace")
    positions: dict[int, int] = {}
    pairs = 0  # CRLF line ends so far: each is one character of the decoded text
    index = position = 0
    next_pair = raw.find("\r\n")
    for offset in offsets:
        while 0 <= next_pair < offset + pairs:
            pairs += 1
            next_pair = raw.find("\r\n", next_pair + 2)
        if offset < 0 or offset + pairs > len(raw):
            raise ValueError(f"offset {offset} is not in the text")
        position += _width(body, position, raw[index : offset + pairs])
        index = offset + pairs
        positions[offset] = position
    return positions


def _width(body: bytes, position: int, text: str) -> int:
    """Return the number of bytes of `body`, from `position`, that were decoded to `text`."""
    start = position
    for number, piece in enumerate(text.split("\ufffd")):
        if number:
            position += _replaced(body, position)
        position += len(piece.encode("utf-8", "surrogatepass"))
    return position - start


def _replaced(body: bytes, position: int) -> int:
    """Return the number of bytes that became U+FFFD: those of a real one, or of an invalid sequence."""
    try:
        body[position : position + 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end - error.start if error.start == 0 else 3
    return 3
