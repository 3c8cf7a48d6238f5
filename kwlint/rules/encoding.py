"""KW201: sources that are not UTF-8, or were saved after decoding with a wrong encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.rules.rule import Rule, problem_of_defect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.model.facts import Facts
    from kwlint.model.problem import Problem


def encoding_errors(path: str, facts: Facts) -> Iterator[Problem]:
    """Yield KW201 for the first bytes that are not UTF-8, or for each garbled text."""
    for defect in facts.defects:
        if defect.kind == "undecodable":
            yield problem_of_defect(path, "KW201", defect, defect.detail, "save the file as UTF-8")
        elif defect.kind == "garbled":
            original = defect.detail
            message = f'garbled text "{defect.text}", originally "{original}"'
            yield problem_of_defect(path, "KW201", defect, message, f'write "{original}"', replacement=original)


RULES = (
    Rule(
        "KW201",
        "wrong-encoding",
        "A source is not UTF-8, or contains garbled text.",
        "Save the source as UTF-8.",
        "unsafe",
        """\
The document contains bytes that are not UTF-8, or text that was decoded with a wrong encoding and then saved: `â†’`
instead of `→`, `Ã©` instead of `é`.

## What to do

Save the document as UTF-8. `kwlint --fix --unsafe-fixes` repairs garbled text if this loses nothing. Review the result:
a document may show garbled text on purpose.
""",
        encoding_errors,
    ),
)
