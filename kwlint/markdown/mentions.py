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
    """`sign`: what a text without any lacks. `pattern`: its groups are `name` (or none, for `name`), and the path in
    `path`, `single`, `back` or `bare`. `in_code`: it counts in code, too."""

    name: str
    sign: str
    pattern: str
    in_code: bool = False


FORMS: dict[str, tuple[Form, ...]] = {
    "mdbook": (
        Form(
            "include", "{{", r"(?<!\\)\{\{[ \t]*#(?P<name>include|rustdoc_include|playground|playpen)"
            r"[ \t]+(?P<bare>[^\s{}:]+)", in_code=True,
        ),
    ),
    "hugo": (
        Form(
            "ref", "{{", r"\{\{[<%][ \t]*(?P<name>ref|relref)[ \t]+(?:path=)?(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`=<>%]+(?![^\s\"'`=<>%])))[^{}\n]*?[>%]\}\}",
        ),
        Form(
            "figure", "{{", r"\{\{<[ \t]*(?P<name>figure)\b(?:(?!\bsrc=)[^{}])*\bsrc=(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`<>]+(?![^\s\"'`<>])))[^{}]*(?<=>)\}\}",
        ),
    ),
    "liquid": (
        Form("link", "{%", r"\{%-?[ \t]*(?P<name>link|post_url)[ \t]+(?P<bare>[^\s{}%\"']+)[ \t]*-?%\}"),
        Form(
            "include_relative", "{%",
            r"\{%-?[ \t]*include_relative[ \t]+(?P<bare>[^\s{}%\"']+(?![^\s{}%\"']))[^{}%\n]*%\}",
        ),
    ),
    "vitepress": (
        Form(
            "include", "<!--",
            r"<!--[ \t]*@include:[ \t]*(?P<bare>[^\s#{]+)(?:#[^\s{]*)?[ \t]*(?:\{[^}\n]*\}[ \t]*)?-->",
        ),
        Form("snippet", "<<<", r"^[ \t]*<<<[ \t]+(?P<bare>[^\s#{]+(?:\.[\w-]+))(?:[#{ \t][^\n]*)?$"),
    ),
    "snippets": (
        Form(
            "snippet", "8<", r"^[ \t]*-+8<-+[ \t]+(?!.https?:)"
            r"(?:\"(?P<path>[^\"':\n]+(?![^\"':\n]))[^\"\n]*\"|'(?P<single>[^\"':\n]+(?![^\"':\n]))[^'\n]*')",
            in_code=True,
        ),
    ),
    "quarto": (
        Form(
            "include", "{{<", r"^[ \t]*\{\{<[ \t]*include[ \t]+(?:" + _QUOTED + r"|(?P<bare>[^\s\"'<>]+))[ \t]*>\}\}"
        ),
        Form("embed", "{{<", r"^[ \t]*\{\{<[ \t]*embed[ \t]+(?P<bare>[^\s\"'<>#]+(?![^\s\"'<>#]))[^{}\n]*>\}\}"),
    ),
    "imports": (
        Form(
            "import", "import",
            r"^(?:import[ \t]+(?:[\w$*{][^;'\"\n]*?[ \t]from[ \t]+)?|\}[ \t]+from[ \t]+)(?:" + _MODULE + ")",
        ),
        Form("require", "require(", r"\brequire\([ \t]*(?:" + _MODULE + ")"),
    ),
}  # fmt: skip


class Mention(NamedTuple):
    """A file that is named: the form's name, what stands at `start:end`, and whether code may hold it."""

    name: str
    start: int
    end: int
    in_code: bool


# What Liquid shows as it is, or not at all; to the end where nothing closes it.
_RAW = re.compile(r"\{%-?[ \t]*(raw|comment)[ \t]*-?%\}(?:.*?\{%-?[ \t]*end\1[ \t]*-?%\}|.*)", re.DOTALL)


def mentions(text: str, kind: str) -> Iterator[Mention]:
    """The files that `text` names in the forms of `kind`, form by form."""
    if kind == "liquid" and "{%" in text:
        text = _RAW.sub(lambda found: " " * len(found[0]), text)
    for form in FORMS.get(kind, ()):
        if form.sign not in text:
            continue
        for found in re.finditer(form.pattern, text, re.MULTILINE):
            groups = found.groupdict()
            path = next(key for key in ("path", "single", "back", "bare") if groups.get(key))
            yield Mention(groups.get("name") or form.name, *found.span(path), form.in_code)
