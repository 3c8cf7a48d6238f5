"""Front matter: what stands at the very top of a file between `---`, `+++` or `;;;` lines, or as a JSON object."""

from __future__ import annotations

import re

from kwlint.model.document import FrontMatter
from kwlint.text.lazy_regex import expression

_YAML = re.compile(r"---[ \t]*\n((?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M)
# Zola and Hugo let blank lines stand before theirs (`split_page_content` of Zola's front matter crate).
_TOML = expression(r"\s*\+\+\+[ \t]*\n((?:(?!\+\+\+[ \t]*$)[^\n]*\n)*)\+\+\+[ \t]*(?:\n|\Z)", re.M)
_JSON = expression(r";;;[ \t]*\n((?:(?!;;;[ \t]*$)[^\n]*\n)*);;;[ \t]*(?:\n|\Z)", re.M)
_INDENTED = expression(r"\s*[\w-]+:(?=\s|$)", re.M)
_KEY = re.compile(r"""^(?:[\w"'$@.-][^\n:]*:(?=\s|$)|[{#?-])""", re.M)


def front_matter(text: str) -> FrontMatter | None:
    """The front matter of `text`; a `---` that begins no mapping is a thematic break, not front matter."""
    opening = text[:1]
    if opening == "-":
        found = _YAML.match(text)
        if found and (_KEY.search(found[1]) or _INDENTED.match(found[1]) or not found[1].strip()):
            return FrontMatter("yaml", found[1], 0, found.end())
    elif opening in "+ \t\n" and (found := _TOML.match(text)):
        return FrontMatter("toml", found[1], 0, found.end())
    elif opening == ";" and (found := _JSON.match(text)):
        return FrontMatter("json", found[1], 0, found.end())
    elif opening == "{":
        return _json_object(text)
    return None


def _json_object(text: str) -> FrontMatter | None:
    import json

    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    line_end = text.find("\n", end)
    stop = line_end + 1 if line_end >= 0 else len(text)
    if not isinstance(value, dict) or not value or text[end:stop].strip():
        return None
    return FrontMatter("json", text[:end], 0, stop)
