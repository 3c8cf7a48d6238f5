"""Defects that one document shows by itself: where they are and what is there.

The facts only locate them. `kwlint.rules` decides which rule reports a defect, and with which message and fix.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kwlint.facts.links import comment_definitions
from kwlint.model.facts import Defect
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kwlint.flavours.base import Flavour
    from kwlint.model.document import Document, UndefinedReference
    from kwlint.text.encoding import Decoded

# A definition whose target is made by a template is no definition to Markdown before the template runs.
_TEMPLATED_DEFINITION = expression(r"(?m)^ {0,3}\[([^\]\n]+)\]:[^\n]*(?:\{\{|\{%)").finditer
# Labels of brackets that are no references: options, citations, quoted keys, numbers, single letters, and ranges.
_PLAIN_BRACKETS = expression(r"""[-@"'^$*+=|]|\d+\Z|\w\Z|(?:\w-\w)+\Z""").match
# A line of template tags alone; it is gone before Markdown is read, so that definitions may follow it.
_TAG_LINE = expression(r"(?m)^(?:\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}|<!--[^>\n]*-->|[ \t])+$").search
_DEFINED_BELOW_TAG = expression(r" {0,3}\[([^\]\n]+)\]:[ \t]*\S").match
# From an attribute up to one of a neighbouring tag, with no text between the tags.
_ONLY_TAGS = expression(r"[^<>]*>(?:\s*</?\w[^<>]*>)*\s*<\w[^<>]*\Z").match
_FENCE_BELOW_TAG = expression(r"(?m)^[ \t]*</\w+>[ \t]*\n[ \t]*(?:```|~~~)").search
_CONDITIONAL_CONTENT = expression(
    r"(?m)^[ \t]*:::+[ \t]*(?:(?:moniker|zone)\b|\{[^}\n]*\.content-(?:visible|hidden)\b)|\{%-?\s*(?:if|unless|case)\b"
).search


def defects(document: Document, decoded: Decoded, flavour: Flavour) -> tuple[Defect, ...]:
    """Return the defects of a document, sorted by position. `decoded` holds the bytes it was parsed from."""
    return tuple(
        sorted(
            (
                *_undefined_references(document, flavour),
                *_duplicate_definitions(document, flavour),
                *_duplicate_ids(document, flavour),
                *_unclosed_fences(document, flavour),
                *_encoding_errors(document, decoded),
            ),
            key=lambda defect: (defect.start, defect.kind),
        )
    )


def _defect(
    document: Document, kind: str, span: tuple[int, int], detail: str = "", first_start: int | None = None
) -> Defect:
    start, end = span
    starts = document.line_starts
    line, end_line = bisect_right(starts, start), bisect_right(starts, end)
    return Defect(
        kind, document.text[start:end], detail, 0 if first_start is None else bisect_right(starts, first_start),
        start, end, line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1,
    )  # fmt: skip


def _undefined_references(document: Document, flavour: Flavour) -> Iterator[Defect]:
    if not document.undefined or flavour.has_external_references:
        return
    templated = {" ".join(match[1].lower().split()) for match in _TEMPLATED_DEFINITION(document.text)}
    if any("{{" in label for label in templated):
        return
    templated |= _defined_below_tags(document.text)
    for reference in document.undefined:
        label = reference.label.strip()
        is_defined_elsewhere = " ".join(label.lower().split()) in templated or flavour.may_define_label(label)
        if not is_defined_elsewhere and not _is_code(document.text, reference, label):
            yield _defect(document, "undefined-reference", (reference.start, reference.end), label)


def _defined_below_tags(text: str) -> set[str]:
    """Return the labels of definitions that directly follow a line of template tags."""
    labels: set[str] = set()
    if "{%" not in text and "{{" not in text:
        return labels
    is_below = False
    for line in text.split("\n"):
        match = _DEFINED_BELOW_TAG(line) if is_below else None
        if match:
            labels.add(" ".join(match[1].lower().split()))
        else:
            is_below = ("{%" in line or "{{" in line) and _TAG_LINE(line) is not None
    return labels


def _is_code(text: str, reference: UndefinedReference, label: str) -> bool:
    """Report whether the brackets are code (`a[i][j]`, types such as `[a, <b>c</b>][]`) or hold a link of their own
    (`[ ][x](y)`)."""
    return (
        _PLAIN_BRACKETS(label) is not None
        or "::" in label
        or "<" in label
        or not re.search(r"\w", label)
        or _is_array_index(text, reference.start, label)
        or text.startswith("](", reference.end)
    )


def _is_array_index(text: str, start: int, label: str) -> bool:
    """Report whether the brackets around the label at `start` directly follow a word or another pair of brackets."""
    opening = text.rfind("[", max(0, start - 1), start)
    before = text[max(0, opening - 200) : opening] if opening >= 0 else ""
    if before.endswith("]"):
        before, _, first_index = before.rpartition("[")
        if label.isdecimal() and first_index[:-1].strip().isdecimal():
            return True
    last = before[-1:]
    return last.isalnum() or last in "_])" if last else False


def _duplicate_definitions(document: Document, flavour: Flavour) -> Iterator[Defect]:
    """Yield definitions whose label has a definition with another target above."""
    kind = "overriding-definition" if flavour.last_definition_wins else "ignored-definition"
    first_by_label: dict[str, tuple[str, int]] = {}
    comments = comment_definitions(document)
    for link in document.links:
        if link.kind != "definition" or link.label in comments:
            continue
        url, start = first_by_label.setdefault(link.label, (link.url, link.start))
        if url != link.url:
            yield _defect(document, kind, (link.start, link.end), link.label, start)


def _duplicate_ids(document: Document, flavour: Flavour) -> Iterator[Defect]:
    if not (document.html_ids or document.targets or flavour.custom_ids):
        return
    first_by_name: dict[str, int] = {}
    previous_start = 0
    attribute_end = -1  # of the last id, where that is an HTML attribute
    is_conditional: bool | None = None
    for start, end, name, in_tag in _explicit_ids(document, flavour):
        first = first_by_name.setdefault(name, start)
        between = document.text[attribute_end:start] if in_tag and attribute_end >= 0 else ">"
        is_same_tag = ">" not in between or (
            first == previous_start
            and _ONLY_TAGS(between) is not None
            and _is_name(document.text, first) != _is_name(document.text, start)
        )
        previous_start = start
        attribute_end = end if in_tag else -1
        if first == start or is_same_tag:
            continue
        if is_conditional is None:
            is_conditional = bool(_CONDITIONAL_CONTENT(document.text))
        if not is_conditional:
            yield _defect(document, "duplicate-id", (start, end), name, first)


def _is_name(text: str, start: int) -> bool:
    """Report whether the value at `start` is that of the attribute `name`, and not that of an `id`."""
    return text[max(0, start - 8) : start].rstrip("\"' =\t").lower().endswith("name")


def _explicit_ids(document: Document, flavour: Flavour) -> list[tuple[int, int, str, bool]]:
    """Return start, end, name, and whether it is an HTML attribute, of each explicit id, sorted by position."""
    from kwlint.flavours.anchors import is_jump_target

    text = document.text
    ids = [
        (html.start, html.end, html.value, True) for html in document.html_ids if html.value and is_jump_target(html)
    ]
    # Labels of equations (`:label: x`) have a namespace of their own.
    targets = (t for t in document.targets if not text[max(0, t.start - 9) : t.start].rstrip().endswith("label:"))
    ids += [(target.start, target.end, target.name, False) for target in targets]
    ids += [(*custom, False) for custom in flavour.custom_id_spans(document)]
    return sorted(ids)


def _unclosed_fences(document: Document, flavour: Flavour) -> Iterator[Defect]:
    for fence in document.fences:
        if flavour.html_ends_at_tag and _FENCE_BELOW_TAG(document.text):
            return
        if fence.closed or fence.indented or document.text[fence.start : fence.start + 1] not in ("`", "~"):
            continue
        end = document.text.find("\n", fence.start)
        yield _defect(document, "unclosed-fence", (fence.start, end if end >= 0 else len(document.text)))


def _encoding_errors(document: Document, decoded: Decoded) -> Iterator[Defect]:
    """Yield the first bytes that are not UTF-8; without any, text that was decoded with a wrong encoding and saved."""
    if decoded.problem is not None:
        span = (decoded.problem.offset, decoded.problem.end)
        yield _defect(document, "undecodable", span, decoded.problem.message)
        return
    if document.text.isascii():
        return
    from kwlint.text.mojibake import garbled

    code = _code_spans(document)
    for start, end, original in garbled(document.text):
        index = bisect_right(code, (start, len(document.text) + 1))
        if not index or code[index - 1][1] <= start:
            yield _defect(document, "garbled", (start, end), original)


def _code_spans(document: Document) -> list[tuple[int, int]]:
    spans = [(fence.start, fence.end) for fence in document.fences]
    return sorted([*spans, *((span.start, span.end) for span in document.code_spans)])
