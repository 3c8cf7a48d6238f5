"""The text of a link's target: taken apart, and rewritten in the style of its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kwlint.model.facts import LinkFact

_PERCENT_ENCODED = re.compile("%[0-9A-Fa-f]{2}").search


class TargetParts(NamedTuple):
    """A target in parts. `path` and `fragment` are percent-decoded; `has_fragment` is true even for an empty one
    (`x.md#`)."""

    path: str
    query: str
    fragment: str
    has_fragment: bool


def split_target(url: str) -> TargetParts:
    """Split a target into path, query and fragment (RFC 3986, section 3)."""
    path, hash_sign, fragment = url.partition("#")
    path, _, query = path.partition("?")
    return TargetParts(percent_decoded(path), query, percent_decoded(fragment), bool(hash_sign))


def percent_decoded(text: str) -> str:
    """Return `text` percent-decoded, or unchanged if the result would not be UTF-8."""
    if "%" not in text or not _PERCENT_ENCODED(text):
        return text
    from urllib.parse import unquote

    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def percent_encoded(text: str, original: str, kind: str = "") -> str:
    """Return `text` for a target, percent-encoded where it must be, or if `original` (the text it replaces) is.

    Wikilinks, tags and directives take names as they are. If `original` has a space, the target is in angle brackets or
    quotes and may keep spaces.
    """
    if kind == "wiki" or (kind == "directive" and "%" not in original):
        return text
    safe = "!$&*+,-./:;=@_~ " if " " in original and "%" not in original else "!$&*+,-./:;=@_~"
    if any((c <= " " or c in "()<>\"'\\#?%`[]") and c not in safe for c in text) or "%" in original:
        from urllib.parse import quote

        return quote(text, safe=safe, errors="surrogatepass")
    return text


def split_written(fact: LinkFact) -> tuple[str, str, str]:
    """Split a target as written into its path, the `?` or `#` that ends the path, and the rest."""
    written = _without_escapes(fact)
    for index, character in enumerate(written):
        if character in "?#":
            return written[:index], character, written[index + 1 :]
    return written, "", ""


def with_path(fact: LinkFact, path: str, original: str = "") -> str:
    """Return the target as written, with another path. `original` is as for `percent_encoded`."""
    _, separator, rest = split_written(fact)
    return "/".join(percent_encoded(part, original, fact.kind) for part in path.split("/")) + separator + rest


def with_fragment(fact: LinkFact, name: str) -> str:
    """Return the target as written, with another fragment."""
    path, _, original = _without_escapes(fact).partition("#")
    return f"{path}#{percent_encoded(name, original, fact.kind)}"


def with_spelling(fact: LinkFact, path: str, real: str) -> str | None:
    """Return the target as written, with those parts respelled in which `path` differs from `real`.

    `path` is what the target names and `real` the existing file, which differs only in letter case or Unicode
    normalization. Returns None if the parts of the target cannot be matched with those of `real`.
    """
    written, separator, rest = split_written(fact)
    path_parts, real_parts = path.split("/"), real.split("/")
    written_parts = written.split("/")
    if len(path_parts) != len(real_parts):
        return None
    for number, index in _matched_parts(written_parts, len(path_parts)):
        part = percent_decoded(written_parts[number])
        respelled = _respelled_part(part, path_parts[index], real_parts[index])
        if respelled != part:
            written_parts[number] = percent_encoded(respelled, written_parts[number], fact.kind)
    target = "/".join(written_parts) + separator + rest
    return target if target != fact.target else None


def _without_escapes(fact: LinkFact) -> str:
    """Return the target as written; decoded if it has Markdown escapes or character references."""
    is_plain = fact.target == fact.url or ("\\" not in fact.target and "&" not in fact.target)
    return fact.target if is_plain else fact.url


def _respelled_part(part: str, wrong: str, right: str) -> str:
    """Return one part of a written path in the spelling of `right`. The part may lack the file's suffix, or have that
    of the page on the site."""
    if part == wrong:
        return right
    stem, dot, suffix = part.rpartition(".")
    right_stem = right.rpartition(".")[0]
    if part == wrong.rpartition(".")[0]:
        return right_stem
    return right_stem + dot + suffix if dot and stem == wrong.rpartition(".")[0] else part


def _matched_parts(written_parts: list[str], depth: int) -> list[tuple[int, int]]:
    """Return (written part, path part) pairs of indexes, for a path of `depth` parts; parts undone by `..` are left
    out."""
    stack: list[int] = []
    for number, part in enumerate(written_parts):
        if part == "..":
            if stack:
                stack.pop()
        elif part and part != ".":
            stack.append(number)
    stack = stack[max(0, len(stack) - depth) :]  # a leading `~` stands for a folder
    return [(number, depth - len(stack) + index) for index, number in enumerate(stack)]
