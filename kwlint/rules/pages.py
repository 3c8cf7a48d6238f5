"""KW001 to KW009: generated pages that do not match the documents.

A page is compared by blob id: that of the text it should have, and that of the file at its path. The file is read only
if they differ, because a checkout with CRLF line endings counts as equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kwlint.model.problem import Delete, Fix, Problem, Write
from kwlint.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from kwlint.pages.registry import OwnPage

SHARED_PAGE = "KW005"  # missing or stale; the codes for own pages are in the registry of pages
RUN_FIX = "run `kwlint --fix`"
RUN_FIX_OF_SHARED = "run `kwlint --fix --shared`"
# Why git would not commit a page that is up to date on disk, and the command that stages it.
_UNCOMMITTED = {
    "ignored": ("is ignored by git", "git add --force"),
    "hidden": ("git does not look at it (skip-worktree, assume-unchanged)", "git update-index --no-skip-worktree"),
    "modified": ("differs from the staged version", "git add"),
    "untracked": ("is not tracked", "git add"),
}
_REASONS = {"KW006": "orphan", "KW008": "foreign", "KW009": "newer"}


class PageFile(NamedTuple):
    """The file at a page's path: its token (see `kwlint.repo.snapshot`; None if git does not list the file), a function
    that reads it (None if it does not exist), and whether git ignores it."""

    token: str | None
    read: Callable[[], bytes | None]
    is_ignored: bool


class PageFinding(NamedTuple):
    """A problem of a page, without the text that would fix it. `kind` is the kind of page, `reason` depends on
    `code`."""

    path: str
    code: str
    kind: str
    source: str
    reason: str


def check_page(
    path: str, kind: str, source: str, expected: str, file: PageFile, page_format: int
) -> PageFinding | None:
    """Return the problem of the page at `path`, whose text should have the blob id `expected`; None if it is right."""
    from kwlint.repo.snapshot import HIDDEN, STAGED

    token = file.token
    if token is not None and token.lstrip(HIDDEN + STAGED).partition(":")[0] == expected:
        return None
    own = _own_page(kind)
    stale = PageFinding(path, own.stale_code if own else SHARED_PAGE, kind, source, "stale")
    data = file.read()
    if data is None:
        if token is not None and token.startswith(HIDDEN):
            return stale
        return PageFinding(path, own.missing_code if own else SHARED_PAGE, kind, source, "missing")
    if _has_blob_id(data, expected):
        return _uncommitted(path, kind, source, file)
    return _not_replaceable(path, kind, source, data, page_format) or stale


def check_orphan(path: str, data: bytes | None, page_format: int) -> PageFinding | None:
    """Return the problem of a file in the output folder that is not the page of any source; None if kwlint did not
    generate it."""
    from kwlint.repo.page_marker import read_marker

    marker = read_marker(_first_line(data)) if data is not None else None
    if marker is None:
        return None
    if marker.format > page_format:
        return PageFinding(path, "KW009", "orphan", marker.source, str(marker.format))
    return PageFinding(path, "KW006", "orphan", marker.source, "orphan")


def blob_id_like(data: bytes, other: str) -> str:
    """Return git's blob id of `data`, with the hash algorithm of the id `other` (SHA-1 if that is empty)."""
    from kwlint.repo.files import blob_id

    return blob_id(data, "sha256" if len(other) == 64 else "sha1")


def needs_text(finding: PageFinding) -> bool:
    """Report whether the fix of a finding writes a page."""
    return finding.reason in ("missing", "stale")


def problem_of_page(finding: PageFinding, text: str | None, run_fix: str = RUN_FIX) -> Problem:
    """Return the finding as a problem.

    `text` is what the page should contain; None leaves its fix without the text. `run_fix` says how to fix pages.
    """
    message, hint, fix = _describe(finding, text, run_fix)
    return Problem(finding.path, 1, 1, finding.code, message, hint, 1, 1, None, fix)


def reason_of(problem: Problem) -> str:
    """Return the reason of the finding behind the problem of a page; "newer" for KW009."""
    code, message = problem.code, problem.message
    if code == "KW007":
        return next(reason for reason, (state, _) in _UNCOMMITTED.items() if f"but {state}," in message)
    if code in _REASONS:
        return _REASONS[code]
    return "missing" if message.startswith("missing") else "stale"


def _describe(finding: PageFinding, text: str | None, run_fix: str) -> tuple[str, str, Fix | None]:
    """Return message, hint and fix."""
    path, code, kind, source, reason = finding
    if code == "KW006":
        return f"source {source} no longer exists or is excluded", run_fix, Fix(safe=True, action=Delete(path))
    if code == "KW007":
        state, command = _UNCOMMITTED[reason]
        message = f"up to date on disk, but {state}, so it would not be committed"
        if reason == "hidden":
            return (
                message,
                f"`{command} {path}`, `git update-index --no-assume-unchanged {path}`, `git add {path}`",
                None,
            )
        return message, f"`{command} {path}`", None
    if code == "KW008":
        return "a page belongs here, but kwlint did not generate this file", "move it away; kwlint keeps it", None
    if code == "KW009":
        return f"generated by a newer kwlint (page format {reason})", "update kwlint, or set `format`", None
    write = Fix(safe=True, action=Write(path, text or ""))
    own = _own_page(kind)
    if reason == "missing":
        return f"missing: {source} has no {own.title}" if own else "missing", run_fix, write
    return f"does not match {source if own else 'the documents'}", run_fix, write


def _own_page(kind: str) -> OwnPage | None:
    """Return the kind of page that each document has; None for pages of many documents."""
    from kwlint.pages.registry import OWN_PAGES

    return next((page for page in OWN_PAGES if page.name == kind), None)


def _has_blob_id(data: bytes, expected: str) -> bool:
    """Report whether `data` has the blob id `expected`, apart from line endings."""
    if blob_id_like(data, expected) == expected:
        return True
    return b"\r\n" in data and blob_id_like(data.replace(b"\r\n", b"\n"), expected) == expected


def _uncommitted(path: str, kind: str, source: str, file: PageFile) -> PageFinding | None:
    from kwlint.repo.snapshot import HIDDEN, MODIFIED, STAGED, UNTRACKED

    if file.token is None:
        return PageFinding(path, "KW007", kind, source, "ignored") if file.is_ignored else None
    reasons = {MODIFIED: "modified", STAGED: "modified", UNTRACKED: "untracked", HIDDEN: "hidden"}
    reason = reasons.get(file.token[0])
    return PageFinding(path, "KW007", kind, source, reason) if reason else None


def _not_replaceable(path: str, kind: str, source: str, data: bytes, page_format: int) -> PageFinding | None:
    """Return why `--fix` must not overwrite the file; None if it may."""
    from kwlint.repo.page_marker import read_marker

    marker = read_marker(_first_line(data))
    if marker is None:
        return PageFinding(path, "KW008", kind, source, "foreign")
    if marker.format > page_format:
        return PageFinding(path, "KW009", kind, source, str(marker.format))
    return None


def _first_line(data: bytes) -> str:
    return data[:4096].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").partition("\n")[0].rstrip("\r")


RULES = (
    Rule(
        "KW001",
        "missing-keyword-index",
        "A source has no keyword index.",
        "Run kwlint --fix and commit the page.",
        "always",
        """\
Each source has a keyword index below `output-dir`. For `docs/setup.md`, this is `kwdocs/docs/setup.md_kw.md`. The page
is missing if the document is new or was renamed, or if somebody deleted the page.

```text
kwdocs/docs/setup.md_kw.md:1:1: KW001 missing: docs/setup.md has no keyword index (run `kwlint --fix`)
```

## What to do

Run `kwlint --fix`, and commit the page together with the document. To leave a document without pages, add it to
`exclude`. To turn off keyword indexes altogether, remove `keywords` from `pages`.
""",
    ),
    Rule(
        "KW002",
        "stale-keyword-index",
        "A keyword index does not match its source.",
        "Run kwlint --fix and commit the page.",
        "always",
        """\
The page differs from what kwlint generates from the document: the document was edited but the page was not regenerated,
the page was edited by hand, or a merge mixed two versions of it. Line endings do not matter: a checkout with CRLF is
equal.

```text
kwdocs/docs/setup.md_kw.md:1:1: KW002 does not match docs/setup.md (run `kwlint --fix`)
```

## What to do

Run `kwlint --fix`, and commit the page together with the document. `kwlint --diff` shows the changes first. Do not edit
the page by hand: its content comes from the document and from the settings in `[keywords]`.
""",
    ),
    Rule(
        "KW003",
        "missing-documentation",
        "A source has no documentation page.",
        "Run kwlint --fix and commit the page.",
        "always",
        """\
Each source has a documentation page below `output-dir`. For `docs/setup.md`, this is `kwdocs/docs/setup.md_docs.md`.
The page is missing if the document is new or was renamed, or if somebody deleted the page.

```text
kwdocs/docs/setup.md_docs.md:1:1: KW003 missing: docs/setup.md has no documentation (run `kwlint --fix`)
```

## What to do

Run `kwlint --fix`, and commit the page together with the document. To turn off documentation pages altogether, remove
`documentation` from `pages`.
""",
    ),
    Rule(
        "KW004",
        "stale-documentation",
        "A documentation page does not match its source.",
        "Run kwlint --fix and commit the page.",
        "always",
        """\
The page differs from what kwlint generates now: the document was edited but the page was not regenerated, the page was
edited by hand, or a merge mixed two versions of it.

```text
kwdocs/docs/setup.md_docs.md:1:1: KW004 does not match docs/setup.md (run `kwlint --fix`)
```

## What to do

Run `kwlint --fix`, and commit the page together with the change that made it stale.
""",
    ),
    Rule(
        "KW005",
        "wrong-folder-page",
        "A shared page, such as a folder index, is missing or stale.",
        "Run kwlint --fix and commit the page.",
        "always",
        """\
Each folder with documents has an index and a documentation page, and the repository has a start page and an A–Z index
of all keywords. One of these pages is missing, or does not match the documents.

```text
kwdocs/docs/index.md:1:1: KW005 does not match the documents (run `kwlint --fix`)
```

## What to do

Run `kwlint --fix`, and commit the page. The setting `pages` selects the kinds of pages: `folder-index`,
`folder-documentation`, `subtree`, `a-z`, `start`. With the setting `shared-pages = "ci"`, these pages are checked and
written only with `--shared`, as a CI job does.
""",
    ),
    Rule(
        "KW006",
        "orphaned-page",
        "A page's source no longer exists.",
        "Run kwlint --fix, which deletes the page.",
        "always",
        """\
A generated page no longer has a source: the document was deleted or renamed, it is now excluded, or its kind of page
was removed from `pages`.

## What to do

Run `kwlint --fix`, which deletes the page, and folders that become empty. It deletes only files whose first line is
kwlint's marker.
""",
    ),
    Rule(
        "KW007",
        "uncommitted-page",
        "A page is up to date on disk, but git would not commit it.",
        "Stage the page with git add.",
        "",
        """\
The page on disk is up to date, but the next commit would not contain it: git does not track it, an ignore rule excludes
it, or an older version is staged.

```text
kwdocs/a.md_kw.md:1:1: KW007 up to date on disk, but is not tracked, so it would not be committed
```

A page that the same run has just written is not reported: the run lists what it wrote and reminds you to stage it.

## What to do

Run `git add` on the page; in hooks other than pre-commit's, `kwlint --fix --stage` does it. If `.gitignore` excludes
the pages, remove that line or choose
another `output-dir`.
""",
    ),
    Rule(
        "KW008",
        "foreign-file",
        "A file that kwlint did not generate has the path of a page.",
        "Move the file away, or choose another output-dir.",
        "",
        """\
A file that kwlint did not generate has the path of a page: its first line is not kwlint's marker. kwlint never
overwrites or deletes such a file.

## What to do

Move the file away, or choose another `output-dir`. If the file is a page whose marker was removed by hand, delete it
and run `kwlint --fix`.
""",
    ),
    Rule(
        "KW009",
        "newer-page-format",
        "A page was generated by a newer kwlint.",
        "Update kwlint to the version that others use.",
        "",
        """\
The page's marker names a page format that this version of kwlint does not support. Somebody uses a newer version, and
regenerating the page with this one would revert it.

## What to do

Update kwlint to the version that others use, or set `format` to the older number for everyone.
""",
    ),
)
