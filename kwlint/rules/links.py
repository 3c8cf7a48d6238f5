"""KW101 to KW105: links whose target or anchor does not exist, or not for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.model.problem import Edit, Fix, Problem
from kwlint.rules.rule import Rule

if TYPE_CHECKING:
    from kwlint.links.resolve import LinkResult
    from kwlint.model.facts import LinkFact

_CODES = {
    "empty": "KW101",
    "missing-file": "KW101",
    "missing-image": "KW101",
    "misdirected": "KW101",
    "missing-anchor": "KW102",
    "wrong-case": "KW103",
    "wrong-case-anchor": "KW103",
    "untracked": "KW104",
    "outside-repository": "KW105",
}
_MESSAGES = {
    "empty": "the link has no target",
    "missing-file": "file not found: {name}",
    "missing-image": "image not found: {name}",
    "misdirected": "page not found: {name}",
    "missing-anchor": 'anchor "{fragment}" not found in {document}',
    "wrong-case": "target is spelled {actual}, not {name}",
    "wrong-case-anchor": 'anchor in {document} is spelled "{actual}", not "{fragment}"',
    "untracked": "{name} exists on disk, but git does not track it",
    "outside-repository": "{name} is outside the repository",
}
_RENAMES = {
    "source-moved": "this file was moved",
    "file-renamed": "the file was renamed",
    "heading-renamed": "the heading was renamed",
}


def problem(path: str, link: LinkFact, result: LinkResult) -> Problem:
    """Return the problem of a broken link in the source at `path`."""
    fix = None
    if result.replacement is not None and result.replacement != link.target:
        fix = Fix(result.safe, Edit(path, link.start, link.end, result.replacement, link.target))
    return Problem(
        path, link.line, link.column, code(result), message(result), hint(result), link.end_line, link.end_column,
        link.target, fix,
    )  # fmt: skip


def code(result: LinkResult) -> str:
    """Return the code of the rule that reports the result; empty if the link is not broken."""
    return _CODES.get(result.failure, "")


def message(result: LinkResult) -> str:
    """Return what is wrong with a broken link."""
    return _MESSAGES[result.failure].format(
        name=result.name, actual=result.actual, fragment=result.fragment, document=result.name or "this file"
    )


def hint(result: LinkResult) -> str:
    """Return how to fix a broken link; empty if nothing can be suggested."""
    suggestion = result.suggestion
    if result.rename:
        return f'{_RENAMES[result.rename]}: write "{suggestion}"'
    if result.failure == "untracked":
        return f"run `git add {result.path}`"
    if result.failure in ("wrong-case", "wrong-case-anchor", "misdirected"):
        if suggestion:
            return f'write "{suggestion}"'
        return f"the file is {result.actual}" + (", which has another URL" if result.failure == "misdirected" else "")
    return f'did you mean "{suggestion}"?' if suggestion else ""


RULES = (
    Rule(
        "KW101",
        "broken-link",
        "A link's target does not exist.",
        "Correct the target, or create the file.",
        "sometimes",
        """\
A link, image or HTML attribute names a file that is not in the repository. Only files that git tracks count. Targets
are resolved by the rules of the folder's flavour: a site generator may turn `guide/` into `guide.md` or
`guide/index.md`. A link without a target, as in `[text]()`, is reported, too.

```markdown
See [the guide](guide/instal.md).
```

kwlint does not report targets that it cannot check from the repository alone, such as site-absolute paths to pages of
another repository, pages that only the site's build creates, or files that `.gitignore` names. `--statistics` counts
them.

## What to do

Correct the target. If git shows that the file was renamed, `kwlint --fix` writes the new name. If another name is only
similar, kwlint suggests it, and `--unsafe-fixes` writes it.
""",
    ),
    Rule(
        "KW102",
        "broken-anchor",
        "A link's anchor does not exist in its target.",
        "Correct the anchor.",
        "sometimes",
        """\
The file exists, but has no heading, explicit id or other anchor with the name after `#`. The rules of the folder's
flavour determine the anchors of headings, including how headings with the same text are numbered.

```markdown
See [how to install](setup.md#instal).
```

## What to do

Correct the anchor. If an earlier version of the target shows that the heading was renamed, `kwlint --fix` writes the
new anchor. If another anchor is only similar, kwlint suggests it, and `--unsafe-fixes` writes it.
""",
    ),
    Rule(
        "KW103",
        "wrong-letter-case",
        "A link's target differs in letter case from the real path or anchor.",
        "Use the real spelling.",
        "always",
        """\
The target differs from the real file or anchor only in letter case, or in how its accents are encoded (Unicode
normalization). It works on file systems that ignore the difference, such as those of many laptops, and fails on git
hosts and on Linux.

```markdown
See [the licence](license.md), which is called LICENSE.md.
```

## What to do

Run `kwlint --fix`, which writes the real name.
""",
    ),
    Rule(
        "KW104",
        "untracked-target",
        "A link's target exists, but git does not track it.",
        "Track the target with git add, or link to a tracked file.",
        "",
        """\
The link's target is on your disk, but git does not track it, so nobody else has it.

## What to do

Run `git add` on the target, or link to a tracked file.
""",
    ),
    Rule(
        "KW105",
        "target-outside",
        "A link's target is outside the repository.",
        "Link to a file of the repository, or to a URL.",
        "",
        """\
The target leaves the repository with `..`. It may exist on your disk, but nobody else has it there.

```markdown
See [the other project](../../other/README.md).
```

## What to do

Link to the URL of the other project, or copy the file into the repository.
""",
    ),
)
