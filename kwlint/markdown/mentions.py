"""Files that a text names outside of Markdown's own links: includes, snippets, shortcodes, tags and imports.

Each generator's forms stand under its name, from its documentation: mdBook, "MdBook-specific features"; Hugo,
"Shortcodes" (`ref`, `relref`, `figure`); Jekyll, "Tags" and "Includes"; VitePress, "Import Code Snippets" and "Markdown
File Inclusion"; pymdownx, "Snippets"; Quarto, "Includes" and "Embed"; MDX, "ESM".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED = r"""(?:"(?P<path>[^"\n]+)"|'(?P<single>[^'\n]+)'|`(?P<back>[^`\n]+)`)"""

# A file beside the document, or below the site's folder; what has a `!` goes through a loader that may rename it.
_MODULE = r"\"(?P<path>(?:\.\.?|@site)/[^\"\n!]+)\"|'(?P<single>(?:\.\.?|@site)/[^'\n!]+)'"


class Form(NamedTuple):
    """`sign`: what a text without any lacks. `find`: its groups are `name` (or none, for `name`), and the path in
    `path`, `single`, `back` or `bare`. `in_code`: it counts in code, too."""

    name: str
    sign: str
    find: re.Pattern[str]
    in_code: bool = False


def _form(name: str, sign: str, pattern: str, in_code: bool = False) -> Form:
    return Form(name, sign, re.compile(pattern, re.MULTILINE), in_code)


FORMS: dict[str, tuple[Form, ...]] = {
    "mdbook": (
        _form(
            "include", "{{", r"(?<!\\)\{\{[ \t]*#(?P<name>include|rustdoc_include|playground|playpen)"
            r"[ \t]+(?P<bare>[^\s{}:]+)", in_code=True,
        ),
    ),
    "hugo": (
        _form(
            "ref", "{{", r"\{\{[<%][ \t]*(?P<name>ref|relref)[ \t]+(?:path=)?(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`=<>%]+))[^{}\n]*?[>%]\}\}",
        ),
        _form(
            "figure", "{{", r"\{\{<[ \t]*(?P<name>figure)[ \t][^{}\n]*?\bsrc=(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`<>]+))[^{}]*?>\}\}",
        ),
    ),
    "liquid": (
        _form("link", "{%", r"\{%-?[ \t]*(?P<name>link|post_url)[ \t]+(?P<bare>[^\s{}%\"']+)[ \t]*-?%\}"),
        _form("include_relative", "{%", r"\{%-?[ \t]*include_relative[ \t]+(?P<bare>[^\s{}%\"']+)[^{}%\n]*%\}"),
    ),
    "vitepress": (
        _form(
            "include", "<!--", r"<!--[ \t]*@include:[ \t]*(?P<bare>[^\s#{]+)(?:#[^\s{]*)?[ \t]*(?:\{[^}\n]*\})?[ \t]*-->"
        ),
        _form("snippet", "<<<", r"^[ \t]*<<<[ \t]+(?P<bare>[^\s#{]+(?:\.[\w-]+))(?:[#{ \t][^\n]*)?$"),
    ),
    "snippets": (
        _form(
            "snippet", "8<", r"^[ \t]*-+8<-+[ \t]+(?:\"(?P<path>[^\"':\n]+)[^\"\n]*\"|'(?P<single>[^\"':\n]+)[^'\n]*')",
            in_code=True,
        ),
    ),
    "quarto": (
        _form(
            "include", "{{<", r"^[ \t]*\{\{<[ \t]*include[ \t]+(?:" + _QUOTED + r"|(?P<bare>[^\s\"'<>]+))[ \t]*>\}\}"
        ),
        _form("embed", "{{<", r"^[ \t]*\{\{<[ \t]*embed[ \t]+(?P<bare>[^\s\"'<>#]+)[^{}\n]*>\}\}"),
    ),
    "imports": (
        _form("import", "import", r"^import[ \t]+(?:[\w$*{][^;'\"\n]*?[ \t]+from[ \t]+)?(?:" + _MODULE + ")"),
        _form("require", "require(", r"\brequire\([ \t]*(?:" + _MODULE + ")"),
    ),
}  # fmt: skip


class Mention(NamedTuple):
    """A file that is named: the form's name, what stands at `start:end`, and whether code may hold it."""

    name: str
    start: int
    end: int
    in_code: bool


def mentions(text: str, kind: str) -> Iterator[Mention]:
    """The files that `text` names in the forms of `kind`, form by form."""
    for form in FORMS.get(kind, ()):
        if form.sign not in text:
            continue
        for found in form.find.finditer(text):
            groups = found.groupdict()
            path = next(key for key in ("path", "single", "back", "bare") if groups.get(key))
            yield Mention(groups.get("name") or form.name, *found.span(path), form.in_code)
