"""The links, anchors and external hosts of a document, and the problems that its source shows by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kwlint.model.document import Document
from kwlint.model.facts import Anchor, LinkFact, Note
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from kwlint.flavours.base import Flavour
    from kwlint.text.encoding import Decoded

HOST = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)").match
# A definition whose target a template makes is none to Markdown until then.
_TEMPLATED = expression(r"(?m)^ {0,3}\[([^\]\n]+)\]:[^\n]*(?:\{\{|\{%)").finditer
_FENCE_BELOW_TAG = expression(r"(?m)^[ \t]*</\w+>[ \t]*\n[ \t]*(?:```|~~~)").search
_CONDITIONAL = expression(
    r"(?m)^[ \t]*:::+[ \t]*(?:(?:moniker|zone)\b|\{[^}\n]*\.content-(?:visible|hidden)\b)|\{%-?\s*(?:if|unless|case)\b"
).search


def links(document: Document) -> tuple[LinkFact, ...]:
    """Return the links of the document with their positions, in the order of the text."""
    text, starts = document.text, document.line_starts
    facts = []
    image_labels = _image_labels(document)
    for link in document.links:
        line = bisect_right(starts, link.start)
        spans_lines = line < len(starts) and link.end > starts[line]
        end_line = bisect_right(starts, link.end) if spans_lines else line
        facts.append(
            LinkFact(
                link.kind, text[link.start : link.end], link.url, link.text, link.section, link.start, link.end,
                line, link.start - starts[line - 1] + 1, end_line, link.end - starts[end_line - 1] + 1,
                link.image or (link.kind == "definition" and link.label in image_labels), link.element, link.label,
            )
        )  # fmt: skip
    return tuple(facts)


def _image_labels(document: Document) -> frozenset[str]:
    """Return the labels that only images refer to."""
    only_images: dict[str, bool] = {}
    for link in document.links:
        if link.kind == "reference":
            only_images[link.label] = only_images.get(link.label, True) and link.image
    return frozenset(label for label, images in only_images.items() if images)


def anchors(document: Document, flavour: Flavour, meta: dict[str, object]) -> tuple[Anchor, ...]:
    """Return the fragments that links to the document can use under its flavour."""
    return flavour.anchors(document, meta)


# The reader's own machine, and the names reserved for examples (RFC 2606 and RFC 6761).
_NOT_EXTERNAL = expression(
    r"(?:.*\.)?localhost\Z|127\.[\d.]+\Z|0\.0\.0\.0\Z|\[|(?:.*\.)?example(?:\.(?:com|org|net))?\Z|.*\.(?:test|invalid)\Z"
).match


def hosts(document: Document) -> tuple[tuple[str, int], ...]:
    """Return the external hosts with the number of links to each, most links first.

    A link definition counts once for each reference to it.
    """
    counts: dict[str, int] = {}
    for link in document.links:
        if link.kind != "definition" and (match := HOST(link.url)) and not _NOT_EXTERNAL(host := match[1].lower()):
            counts[host] = counts.get(host, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


# --- what a source shows by itself --------------------------------------------------------------------------------


def notes(document: Document, decoded: Decoded, flavour: Flavour) -> tuple[Note, ...]:
    """What is wrong with the source whatever else the repository holds, in the order of the text."""
    found = [
        *_undefined(document, flavour),
        *_doubles(document, flavour),
        *_open_fences(document, flavour),
        *_garbled(document, decoded),
    ]
    return tuple(sorted(found, key=lambda note: (note.start, note.code)))


def _note(
    document: Document, code: str, span: tuple[int, int], message: str, hint: str = "", text: str | None = None,
    safe: bool = False,
) -> Note:  # fmt: skip
    start, end = span
    starts = document.line_starts
    line, end_line = bisect_right(starts, start), bisect_right(starts, end)
    return Note(
        code, message, hint, document.text[start:end], line, start - starts[line - 1] + 1, end_line,
        end - starts[end_line - 1] + 1, start, end, text, safe,
    )  # fmt: skip


def _undefined(document: Document, flavour: Flavour) -> Iterator[Note]:
    """KW106. Brackets that index something (`a[i][j]`, `[1][2]`) are no references, nor are those around HTML (types
    such as `[a, <b>c</b>][]`)."""
    if not document.undefined or flavour.open_references:
        return
    labels = sorted({link.label for link in document.links if link.kind == "definition"})
    templated = {" ".join(m[1].lower().split()) for m in _TEMPLATED(document.text)}
    if any("{{" in label for label in templated):
        return
    for reference in document.undefined:
        label = reference.label.strip()
        known = " ".join(label.lower().split()) in templated or flavour.is_label(label)
        code = (
            "::" in label
            or "<" in label
            or not re.search(r"\w", label)
            or _is_index(document.text, reference.start, label)
        )
        if known or code or document.text.startswith("](", reference.end):  # `[ ][x](y)` holds a link of its own
            continue
        best = _best_label(label, labels)
        hint = f'did you mean "{best}"?' if best else ""
        span = (reference.start, reference.end)
        yield _note(document, "KW106", span, f'no definition for "{label}"', hint, best or None)


def _is_index(text: str, start: int, label: str) -> bool:
    """Whether the brackets of the label at `start` follow on a word or another pair, as those of an array do."""
    opening = text.rfind("[", max(0, start - 1), start)
    before = text[max(0, opening - 200) : opening] if opening >= 0 else ""
    if before.endswith("]"):
        inner = before.rpartition("[")
        before, first = inner[0], inner[2][:-1]
        if label.isdecimal() and first.strip().isdecimal():
            return True
    last = before[-1:]
    return last.isalnum() or last in "_])" if last else False


def _best_label(label: str, labels: list[str]) -> str:
    if not labels:
        return ""
    from kwlint.links.suggest import suggested_anchor

    return suggested_anchor(label, labels)


def _doubles(document: Document, flavour: Flavour) -> Iterator[Note]:
    """KW107: a label with two definitions that differ, an explicit id that two places have."""
    yield from _double_definitions(document, "last" if flavour.name == "mkdocs" else "first")
    if document.html_ids or document.targets or flavour.custom_ids:
        yield from _double_ids(document, flavour)


def _double_definitions(document: Document, counting: str) -> Iterator[Note]:
    first: dict[str, tuple[str, int]] = {}
    for link in document.links:
        if link.kind != "definition":
            continue
        url, start = first.setdefault(link.label, (link.url, link.start))
        if url != link.url:
            line = bisect_right(document.line_starts, start)
            message = f'"{link.label}" is defined on line {line} already'
            yield _note(document, "KW107", (link.start, link.end), message, f"the {counting} definition counts")


def _double_ids(document: Document, flavour: Flavour) -> Iterator[Note]:
    from kwlint.flavours.base import is_place

    places = [(i.start, i.end, i.value, True) for i in document.html_ids if i.value and is_place(i)]
    # The label of an equation lives in a space of its own.
    text = document.text
    targets = (t for t in document.targets if not text[max(0, t.start - 9) : t.start].rstrip().endswith("label:"))
    places += [(t.start, t.end, t.name, False) for t in targets]
    places += [(*place, False) for place in flavour.custom_places(document)]
    places.sort()
    first: dict[str, int] = {}
    previous = -1  # where the last value of an HTML attribute ended
    conditional: bool | None = None
    for start, end, name, in_tag in places:
        known = first.setdefault(name, start)
        same_tag = in_tag and previous >= 0 and ">" not in document.text[previous:start]
        previous = end if in_tag else -1
        if known == start or same_tag:
            continue
        if conditional is None:
            conditional = bool(_CONDITIONAL(document.text))
        if not conditional:
            line = bisect_right(document.line_starts, known)
            yield _note(
                document,
                "KW107",
                (start, end),
                f'id "{name}" is given on line {line} already',
                "links lead to the first",
            )


def _open_fences(document: Document, flavour: Flavour) -> Iterator[Note]:
    """KW202."""
    for fence in document.fences:
        if flavour.html_ends_at_tag and _FENCE_BELOW_TAG(document.text):
            return
        if fence.closed or fence.indented or document.text[fence.start : fence.start + 1] not in ("`", "~"):
            continue
        end = document.text.find("\n", fence.start)
        span = (fence.start, end if end >= 0 else len(document.text))
        yield _note(document, "KW202", span, "code fence is never closed", "close it with the fence that opened it")


def _garbled(document: Document, decoded: Decoded) -> Iterator[Note]:
    """KW201: bytes that are not UTF-8, and UTF-8 that was decoded as something else before."""
    if decoded.problem is not None:
        span = (decoded.problem.offset, decoded.problem.end)
        yield _note(document, "KW201", span, decoded.problem.message, "save it as UTF-8")
        return
    if document.text.isascii():
        return
    from kwlint.text.mojibake import garbled

    code = _code_places(document)
    for start, end, meant in garbled(document.text):
        at = bisect_right(code, (start, len(document.text) + 1))
        if not at or code[at - 1][1] <= start:
            shown = document.text[start:end]
            yield _note(document, "KW201", (start, end), f'"{shown}" was "{meant}"', f'write "{meant}"', meant)


def _code_places(document: Document) -> list[tuple[int, int]]:
    places = [(fence.start, fence.end) for fence in document.fences]
    return sorted([*places, *((span.start, span.end) for span in document.code_spans)])
