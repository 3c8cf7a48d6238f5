"""Front matter: the block at the top of a file between `---`, `+++` or `;;;` lines, or a JSON object."""

from __future__ import annotations

import re

from kwlint.model.document import FrontMatter
from kwlint.text.lazy_regex import expression

_YAML = re.compile(r"---[ \t]*\n((?:(?!(?:---|\.\.\.)[ \t]*$)[^\n]*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.M)
# Zola and Hugo allow blank lines before it (`split_page_content` of Zola's front matter crate).
_TOML = expression(r"\s*\+\+\+[ \t]*\n((?:(?!\+\+\+[ \t]*$)[^\n]*\n)*)\+\+\+[ \t]*(?:\n|\Z)", re.M)
_JSON = expression(r";;;[ \t]*\n((?:(?!;;;[ \t]*$)[^\n]*\n)*);;;[ \t]*(?:\n|\Z)", re.M)
_INDENTED = expression(r"\s*[\w-]+:(?=\s|$)", re.M)
_KEY = re.compile(r"""^(?:[\w"'$@.-][^\n:]*:(?=\s|$)|[{#?-])""", re.M)


def front_matter(text: str) -> FrontMatter | None:
    """Return the front matter of `text`. A `---` without a mapping below it is a thematic break."""
    opening = text[:1]
    if opening == "-":
        match = _YAML.match(text)
        if match and (_KEY.search(match[1]) or _INDENTED.match(match[1]) or not match[1].strip()):
            return FrontMatter("yaml", match[1], 0, match.end())
    elif opening in "+ \t\n" and (match := _TOML.match(text)):
        return FrontMatter("toml", match[1], 0, match.end())
    elif opening == ";" and (match := _JSON.match(text)):
        return FrontMatter("json", match[1], 0, match.end())
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
