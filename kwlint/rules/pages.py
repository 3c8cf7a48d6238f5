"""KW001 to KW009: what is committed is not what the documents say.

A page is judged by the blob id of the text it ought to hold against the token of what stands in its place (see
`tree`). Only where the two differ is the file read, because a checkout with CRLF line ends counts as equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.model.problem import Delete, Fix, Problem, Write
from kwlint.repo.files import blob_id
from kwlint.repo.snapshot import ABSENT, MODIFIED, UNTRACKED

if TYPE_CHECKING:
    from collections.abc import Callable

MISSING = {"keywords": "KW001", "documentation": "KW003"}
STALE = {"keywords": "KW002", "documentation": "KW004"}
FOLDER_PAGE = "KW005"
RUN_FIX = "run `kwlint --fix`"
UNCOMMITTED = {"ignored": ("is ignored by git", "git add --force"), "untracked": ("is not tracked", "git add")}


class Standing(NamedTuple):
    """What stands in a page's place: its token (None: git does not see a file there) and its bytes' reader."""

    token: str | None
    read: Callable[[], bytes | None]
    ignored: bool


class Finding(NamedTuple):
    """A problem of a page, without the text that would mend it."""

    path: str
    code: str
    kind: str
    source: str
    reason: str


def judge_page(
    path: str, kind: str, source: str, expected: str, standing: Standing, page_format: int
) -> Finding | None:
    """The problem of the page at `path`, whose text ought to have the blob id `expected`; None where it is right."""
    token = standing.token
    if token is not None and token.lstrip(ABSENT) == expected:
        return None
    data = standing.read()
    if data is None:
        if token is not None and token.startswith(ABSENT):
            return Finding(path, STALE.get(kind, FOLDER_PAGE), kind, source, "stale")
        return Finding(path, MISSING.get(kind, FOLDER_PAGE), kind, source, "missing")
    if same_text(data, expected):
        return _not_committed(path, kind, source, token, ignored=standing.ignored)
    return _not_ours(path, kind, source, data, page_format) or Finding(
        path, STALE.get(kind, FOLDER_PAGE), kind, source, "stale"
    )


def judge_orphan(path: str, data: bytes | None, page_format: int) -> Finding | None:
    """The problem of a file below the output folder that no source asks for; None where it is not one of ours."""
    from kwlint.repo.page_marker import read_marker

    marker = read_marker(_first_line(data)) if data is not None else None
    if marker is None:
        return None
    if marker.format > page_format:
        return Finding(path, "KW009", "orphan", marker.source, str(marker.format))
    return Finding(path, "KW006", "orphan", marker.source, "orphan")


def same_text(data: bytes, expected: str) -> bool:
    """Whether `data` is the text with the blob id `expected`, line ends apart."""
    if named_like(data, expected) == expected:
        return True
    return b"\r\n" in data and named_like(data.replace(b"\r\n", b"\n"), expected) == expected


def named_like(data: bytes, other: str) -> str:
    """Git's id of `data` as a blob, by the algorithm that made the id `other` (SHA-1 where that is empty)."""
    return blob_id(data, "sha256" if len(other) == 64 else "sha1")


def needs_text(finding: Finding) -> bool:
    """Whether the repair of a finding writes a page."""
    return finding.reason in ("missing", "stale")


def as_problem(finding: Finding, text: str | None) -> Problem:
    """The finding as a user reads it; `text` is what the page ought to hold, where it is asked for."""
    message, hint, fix = _words(finding, text)
    return Problem(finding.path, 1, 1, finding.code, message, hint, 1, 1, None, fix)


def _words(finding: Finding, text: str | None) -> tuple[str, str, Fix | None]:
    """Message, hint and fix."""
    path, code, kind, source, reason = finding
    if code == "KW006":
        return f"its source {source} is gone or is no source now", RUN_FIX, Fix(safe=True, action=Delete(path))
    if code == "KW007":
        what, command = UNCOMMITTED.get(reason, ("differs from what is staged", "git add"))
        message = f"right on disk, but {what}, so it would not be committed"
        return message, f"`{command} {path}`, or `kwlint --fix --stage`", None
    if code == "KW008":
        return (
            "a page belongs here, but this file is not one of kwlint's",
            "move it away; it is never overwritten",
            None,
        )
    if code == "KW009":
        return f"made by a newer kwlint (page format {reason})", "update kwlint, or set `format`", None
    write = Fix(safe=True, action=Write(path, text or ""))
    if reason == "missing":
        return f"missing: {source} has no {_name(kind)}" if kind in MISSING else "missing", RUN_FIX, write
    return f"does not match {source if kind in MISSING else 'the documents'}", RUN_FIX, write


def _name(kind: str) -> str:
    return {"keywords": "keyword index", "documentation": "documentation"}.get(kind, kind)


def _not_committed(path: str, kind: str, source: str, token: str | None, *, ignored: bool) -> Finding | None:
    if token is None:
        return Finding(path, "KW007", kind, source, "ignored") if ignored else None
    reasons = {MODIFIED: "modified", UNTRACKED: "untracked"}
    reason = reasons.get(token[0])
    return Finding(path, "KW007", kind, source, reason) if reason else None


def _not_ours(path: str, kind: str, source: str, data: bytes, page_format: int) -> Finding | None:
    from kwlint.repo.page_marker import read_marker

    marker = read_marker(_first_line(data))
    if marker is None:
        return Finding(path, "KW008", kind, source, "foreign")
    if marker.format > page_format:
        return Finding(path, "KW009", kind, source, str(marker.format))
    return None


def _first_line(data: bytes) -> str:
    return data[:4096].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
