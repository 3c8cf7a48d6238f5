"""KW101 to KW105: links that do not lead anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.model.problem import Edit, Fix, Problem
from kwlint.rules.rule import Rule

if TYPE_CHECKING:
    from kwlint.links.resolve import Verdict
    from kwlint.model.facts import LinkFact


def problem(path: str, fact: LinkFact, verdict: Verdict) -> Problem:
    """A broken verdict on a link of the source at `path`, as a problem at the target's text."""
    fix = None
    if verdict.replacement is not None and verdict.replacement != fact.target:
        fix = Fix(verdict.safe, Edit(path, fact.start, fact.end, verdict.replacement, fact.target))
    return Problem(
        path, fact.line, fact.column, verdict.code, verdict.message, verdict.hint, fact.end_line, fact.end_column,
        fact.target, fix,
    )  # fmt: skip


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
`guide/index.md`.

```markdown
See [the guide](guide/instal.md).
```

kwlint does not report targets that it cannot check from the repository alone, such as site-absolute paths to pages of
another repository, or pages that only the site's build creates. `--statistics` counts them.

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
