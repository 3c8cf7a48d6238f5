"""KW106 and KW107: labels and ids inside one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.rules.rule import Rule, problem_of_defect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem


def undefined_references(path: str, facts: Facts) -> Iterator[Problem]:
    """Yield KW106 for each reference whose label has no definition."""
    references = [defect for defect in facts.defects if defect.kind == "undefined-reference"]
    if not references:
        return
    from kwlint.links.suggest import suggested_anchor

    labels = sorted({link.label for link in facts.links if link.kind == "definition"})
    for reference in references:
        similar = suggested_anchor(reference.detail, labels)
        hint = f'did you mean "{similar}"?' if similar else ""
        message = f'no definition for "{reference.detail}"'
        yield problem_of_defect(
            path, "KW106", reference, message, hint, target=reference.text, replacement=similar or None
        )


def duplicates(path: str, facts: Facts) -> Iterator[Problem]:
    """Yield KW107 for each explicit id and each label that is already taken."""
    for defect in facts.defects:
        line = defect.first_line
        if defect.kind == "duplicate-id":
            message, hint = f'id "{defect.detail}" is already on line {line}', "links lead to the first one"
        elif defect.kind == "ignored-definition":
            message, hint = f'"{defect.detail}" is already defined on line {line}', "the first definition counts"
        elif defect.kind == "overriding-definition":
            message, hint = f'"{defect.detail}" is already defined on line {line}', "the last definition counts"
        else:
            continue
        yield problem_of_defect(path, "KW107", defect, message, hint, target=defect.text)


RULES = (
    Rule(
        "KW106",
        "undefined-reference",
        "A reference has no definition.",
        "Add the definition, or correct the label.",
        "unsafe",
        """\
The document has no definition `[label]: target` for `[text][label]` or `[label][]`, so readers see the brackets instead
of a link.

```markdown
See [the guide][guides].

[guide]: guide.md
```

## What to do

Add the definition, or correct the label. If a defined label is similar, kwlint suggests it, and `--unsafe-fixes` writes
it. If the text is not meant to be a link, escape the bracket: `\\[text][label]`.
""",
        undefined_references,
    ),
    Rule(
        "KW107",
        "duplicate-anchor",
        "An explicit id or a reference label is defined twice.",
        "Rename or remove one of the two.",
        "",
        """\
Two elements of a document have the same explicit id, or two definitions with different targets have the same label.

- Of two elements with one id, browsers go to the first.
- Of two definitions with one label, the first counts in CommonMark, and thus on git hosts and in most site generators.
  In MkDocs, which uses Python-Markdown, the last one counts.

```markdown
[guide]: guide.md
[guide]: old/guide.md
```

Headings with the same text are fine: git hosts and site generators number their anchors.

## What to do

Rename one of the two and the links to it, or remove it.
""",
        duplicates,
    ),
)
