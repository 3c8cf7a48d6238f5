"""Links, anchors and what is wrong with them inside one document, taken from the parse that is there already."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kwlint.model.document import Document
from kwlint.model.facts import Anchor, LinkFact, Note
from kwlint.model.problem import Suppression
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from kwlint.flavours.base import Flavour
    from kwlint.text.encoding import Decoded

HOST = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://(?:[^/?#@]*@)?([^/?#:]+)").match
_ORDER = expression(r"\s*kwlint-(disable-next-line|disable-line|disable|enable)\b([\w\s,]*)").match
_MDX_COMMENT = expression(r"\{/\*(\s*kwlint-[^*\n]*)\*/\s*\}")
# A definition whose target a template makes is none to Markdown until then.
_TEMPLATED = expression(r"(?m)^ {0,3}\[([^\]\n]+)\]:[^\n]*(?:\{\{|\{%)").finditer
_FENCE_BELOW_TAG = expression(r"(?m)^[ \t]*</\w+>[ \t]*\n[ \t]*(?:```|~~~)").search
_CONDITIONAL = expression(
    r"(?m)^[ \t]*:::+[ \t]*(?:(?:moniker|zone)\b|\{[^}\n]*\.content-(?:visible|hidden)\b)|\{%-?\s*(?:if|unless|case)\b"
).search


def links(document: Document) -> tuple[LinkFact, ...]:
    """The document's links with their place, in the order of the text."""
    text, starts = document.text, document.line_starts
    facts = []
    images = _of_images(document)
    for link in document.links:
        line = bisect_right(starts, link.start)
        goes_on = line < len(starts) and link.end > starts[line]
        end_line = bisect_right(starts, link.end) if goes_on else line
        facts.append(
            LinkFact(
                link.kind, text[link.start : link.end], link.url, link.text, link.section, link.start, link.end,
                line, link.start - starts[line - 1] + 1, end_line, link.end - starts[end_line - 1] + 1,
                link.image or (link.kind == "definition" and link.label in images), link.element, link.label,
            )
        )  # fmt: skip
    return tuple(facts)


def _of_images(document: Document) -> frozenset[str]:
    """The labels that only images refer to."""
    used: dict[str, bool] = {}
    for link in document.links:
        if link.kind == "reference":
            used[link.label] = used.get(link.label, True) and link.image
    return frozenset(label for label, images in used.items() if images)


def anchors(document: Document, flavour: Flavour, meta: dict[str, object]) -> tuple[Anchor, ...]:
    """The fragments that the document offers under its flavour."""
    return flavour.anchors(document, meta)


# The reader's own machine, and the names that are kept for examples (RFC 2606 and 6761).
_OWN_HOST = expression(
    r"(?:.*\.)?localhost\Z|127\.[\d.]+\Z|0\.0\.0\.0\Z|\[|(?:.*\.)?example(?:\.(?:com|org|net))?\Z|.*\.(?:test|invalid)\Z"
).match


def hosts(document: Document) -> tuple[tuple[str, int], ...]:
    """The external hosts that the document links to, the most linked first. A definition counts where it is used."""
    counts: dict[str, int] = {}
    for link in document.links:
        if link.kind != "definition" and (match := HOST(link.url)) and not _OWN_HOST(host := match[1].lower()):
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
    if not document.undefined or flavour.has_external_references:
        return
    labels = sorted({link.label for link in document.links if link.kind == "definition"})
    templated = {" ".join(m[1].lower().split()) for m in _TEMPLATED(document.text)}
    if any("{{" in label for label in templated):
        return
    for reference in document.undefined:
        label = reference.label.strip()
        known = " ".join(label.lower().split()) in templated or flavour.may_define_label(label)
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
    yield from _double_definitions(document, "last" if flavour.last_definition_wins else "first")
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
    from kwlint.flavours.anchors import is_jump_target

    places = [(i.start, i.end, i.value, True) for i in document.html_ids if i.value and is_jump_target(i)]
    # The label of an equation lives in a space of its own.
    text = document.text
    targets = (t for t in document.targets if not text[max(0, t.start - 9) : t.start].rstrip().endswith("label:"))
    places += [(t.start, t.end, t.name, False) for t in targets]
    places += [(*place, False) for place in flavour.custom_id_spans(document)]
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


# --- suppressions -------------------------------------------------------------------------------------------------


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The lines for which comments in the document switch codes off.

    `<!-- kwlint-disable-next-line KW101 -->`, `<!-- kwlint-disable-line -->`, and `<!-- kwlint-disable KW1 -->` up to
    `<!-- kwlint-enable -->` or the end. No codes: all of them.
    """
    if "kwlint-" not in document.text:
        return ()
    open_since: dict[tuple[str, ...], int] = {}
    found: list[Suppression] = []
    for first, last, text in _orders(document):
        match = _ORDER(text)
        if not match:
            continue
        order, codes = match[1], tuple(re.findall(r"\w+", match[2]))
        if order == "disable-next-line":
            found.append(Suppression(last + 1, last + 1, codes))
        elif order == "disable-line":
            found.append(Suppression(first, last, codes))
        elif order == "disable":
            open_since.setdefault(codes, first)
        else:
            found += _closed(open_since, codes, last)
    end = len(document.line_starts)
    found += [Suppression(first, end, codes) for codes, first in open_since.items()]
    return tuple(sorted(found))


def _orders(document: Document) -> Iterator[tuple[int, int, str]]:
    """The comments that may hold an order: first line, last line, text."""
    starts = document.line_starts
    spans = [(c.start, c.end, c.text) for c in document.comments if "kwlint-" in c.text]
    if "{/*" in document.text:
        spans += [(m.start(), m.end(), m[1]) for m in _MDX_COMMENT.finditer(document.text)]
    for start, end, text in sorted(spans):
        yield bisect_right(starts, start), bisect_right(starts, max(start, end - 1)), text


def _closed(open_since: dict[tuple[str, ...], int], codes: tuple[str, ...], last: int) -> list[Suppression]:
    """The ranges that an `enable` ends: all, or those of its codes."""
    ended = []
    for disabled in list(open_since):
        left = tuple(code for code in disabled if codes and code not in codes)
        if disabled and left == disabled:
            continue
        first = open_since.pop(disabled)
        ended.append(Suppression(first, last, tuple(code for code in disabled if code not in left)))
        if left:
            open_since[left] = min(first, open_since.get(left, first))
    return ended
