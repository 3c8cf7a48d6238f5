"""Bytes of a source to text and back.

`decode` gives the text that everything else works on; `apply_edits` puts edits of that text back into the bytes, and
leaves every byte around them as it was: line ends, byte order mark and invalid bytes included.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kwlint.model.problem import Edit

_BOM = b"\xef\xbb\xbf"


class EncodingProblem(NamedTuple):
    """The first place where a source is not UTF-8: `offset`, `end` in `Decoded.text`, line and column from 1."""

    offset: int
    end: int
    line: int
    column: int
    message: str


class Decoded(NamedTuple):
    """A source as text with `\\n` line ends and without byte order mark; invalid bytes became U+FFFD."""

    text: str
    problem: EncodingProblem | None


def decode(data: bytes) -> Decoded:
    """The text of `data`. Never raises: what is not UTF-8 is replaced, and the first such place is named."""
    body = data[3:] if data.startswith(_BOM) else data
    try:
        return Decoded(_unify(body.decode("utf-8")), None)
    except UnicodeDecodeError as error:
        text = _unify(body.decode("utf-8", "replace"))
        return Decoded(text, _problem(body, error))


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with each edit's characters replaced and not one byte around them changed.

    Offsets are those of `decode(data).text`. An edit's text may hold `\\n`; it is written with the line end that the
    source uses first. Raises ValueError for edits that overlap or leave the text.
    """
    wanted = sorted(edits, key=lambda edit: (edit.start, edit.end))
    if not wanted:
        return data
    bom = len(_BOM) if data.startswith(_BOM) else 0
    places = _byte_offsets(data[bom:], sorted({offset for edit in wanted for offset in (edit.start, edit.end)}))
    line_end = _line_end(data)
    out: list[bytes] = [data[:bom]]
    done = bom
    for edit in wanted:
        start, end = places[edit.start] + bom, places[edit.end] + bom
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
    """The line end that the source uses first."""
    newline, carriage = data.find(b"\n"), data.find(b"\r")
    if carriage < 0 or 0 <= newline < carriage:
        return b"\n"
    return b"\r\n" if newline == carriage + 1 else b"\r"


def _byte_offsets(body: bytes, offsets: list[int]) -> dict[int, int]:
    """Where in `body` the characters at `offsets` (ascending) of its decoded text begin."""
    raw = body.decode("utf-8", "replace")
    found: dict[int, int] = {}
    pairs = 0  # line ends of two characters passed so far: each is one character of the decoded text
    index = place = 0
    next_pair = raw.find("\r\n")
    for offset in offsets:
        while 0 <= next_pair < offset + pairs:
            pairs += 1
            next_pair = raw.find("\r\n", next_pair + 2)
        if offset < 0 or offset + pairs > len(raw):
            raise ValueError(f"offset {offset} is not in the text")
        place += _width(body, place, raw[index : offset + pairs])
        index = offset + pairs
        found[offset] = place
    return found


def _width(body: bytes, place: int, text: str) -> int:
    """How many bytes of `body`, from `place`, were decoded to `text`."""
    start = place
    for number, piece in enumerate(text.split("\ufffd")):
        if number:
            place += _replaced(body, place)
        place += len(piece.encode("utf-8", "surrogatepass"))
    return place - start


def _replaced(body: bytes, place: int) -> int:
    """How many bytes became the U+FFFD at `place`: a real one, or as much of a broken sequence as Python drops."""
    try:
        body[place : place + 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end - error.start if error.start == 0 else 3
    return 3
