"""Files that a text names outside Markdown links: includes, snippets, shortcodes, tags and imports.

The forms are listed by generator, and come from its documentation: mdBook, "MdBook-specific features"; Hugo,
"Shortcodes" (`ref`, `relref`, `figure`); Jekyll, "Tags" and "Includes"; VitePress, "Import Code Snippets" and "Markdown
File Inclusion"; pymdownx, "Snippets"; Quarto, "Includes" and "Embed"; MDX, "ESM".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED = r"""(?:"(?P<path>[^"\n]+)"|'(?P<single>[^'\n]+)'|`(?P<back>[^`\n]+)`)"""

# A path relative to the document or to the site's folder. With a `!`, a loader of webpack may rename the file.
_MODULE = r"\"(?P<path>(?:\.\.?|@site)/[^\"\n!]+)\"|'(?P<single>(?:\.\.?|@site)/[^'\n!]+)'"


class MentionForm(NamedTuple):
    """How a generator names a file.

    `required`: a string that stands in every text with such a mention. `pattern`: the path is in the group `path`,
    `single`, `back` or `bare`; the group `name` overrides the field. `in_code`: the mention counts in code, too."""

    name: str
    required: str
    pattern: str
    in_code: bool = False


FORMS: dict[str, tuple[MentionForm, ...]] = {
    "mdbook": (
        MentionForm(
            "include", "{{", r"(?<!\\)\{\{[ \t]*#(?P<name>include|rustdoc_include|playground|playpen)"
            r"[ \t]+(?P<bare>[^\s{}:]+)", in_code=True,
        ),
    ),
    "hugo": (
        MentionForm(
            "ref", "{{", r"\{\{[<%][ \t]*(?P<name>ref|relref)[ \t]+(?:path=)?(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`=<>%]+(?![^\s\"'`=<>%])))[^{}\n]*?[>%]\}\}",
        ),
        MentionForm(
            "figure", "{{", r"\{\{<[ \t]*(?P<name>figure)\b(?:(?!\bsrc=)[^{}])*\bsrc=(?:" + _QUOTED +
            r"|(?P<bare>[^\s\"'`<>]+(?![^\s\"'`<>])))[^{}]*(?<=>)\}\}",
        ),
    ),
    "liquid": (
        MentionForm("link", "{%", r"\{%-?[ \t]*(?P<name>link|post_url)[ \t]+(?P<bare>[^\s{}%\"']+)[ \t]*-?%\}"),
        MentionForm(
            "include_relative", "{%",
            r"\{%-?[ \t]*include_relative[ \t]+(?P<bare>[^\s{}%\"']+(?![^\s{}%\"']))[^{}%\n]*%\}",
        ),
    ),
    "vitepress": (
        MentionForm(
            "include", "<!--",
            r"<!--[ \t]*@include:[ \t]*(?P<bare>[^\s#{]+)(?:#[^\s{]*)?[ \t]*(?:\{[^}\n]*\}[ \t]*)?-->",
        ),
        MentionForm("snippet", "<<<", r"^[ \t]*<<<[ \t]+(?P<bare>[^\s#{]+(?:\.[\w-]+))(?:[#{ \t][^\n]*)?$"),
    ),
    "snippets": (
        MentionForm(
            "snippet", "8<", r"^[ \t]*-+8<-+[ \t]+(?!.https?:)"
            r"(?:\"(?P<path>[^\"':\n]+(?![^\"':\n]))[^\"\n]*\"|'(?P<single>[^\"':\n]+(?![^\"':\n]))[^'\n]*')",
            in_code=True,
        ),
    ),
    "mkdocs": (
        MentionForm("include-markdown", "{%", r"\{%-?\s*include(?:-markdown)?\s+" + _QUOTED),
    ),
    "quarto": (
        MentionForm(
            "include", "{{<", r"^[ \t]*\{\{<[ \t]*include[ \t]+(?:" + _QUOTED + r"|(?P<bare>[^\s\"'<>]+))[ \t]*>\}\}"
        ),
        MentionForm("embed", "{{<", r"^[ \t]*\{\{<[ \t]*embed[ \t]+(?P<bare>[^\s\"'<>#]+(?![^\s\"'<>#]))[^{}\n]*>\}\}"),
    ),
    "imports": (
        MentionForm(
            "import", "import",
            r"^(?:import[ \t]+(?:[\w$*{][^;'\"\n]*?[ \t]from[ \t]+)?|\}[ \t]+from[ \t]+)(?:" + _MODULE + ")",
        ),
        MentionForm("require", "require(", r"\brequire\([ \t]*(?:" + _MODULE + ")"),
    ),
}  # fmt: skip


FORMS["mkdocs"] += FORMS["snippets"]


class Mention(NamedTuple):
    """A path at `start:end`, the name of its form, and whether it counts in code."""

    name: str
    start: int
    end: int
    in_code: bool


# Text that Liquid outputs verbatim or drops; an unclosed tag runs to the end.
_RAW = re.compile(r"\{%-?[ \t]*(raw|comment)[ \t]*-?%\}(?:.*?\{%-?[ \t]*end\1[ \t]*-?%\}|.*)", re.DOTALL)


def mentions(text: str, kind: str) -> Iterator[Mention]:
    """Yield the files that `text` names in the forms of the generator `kind`, form by form."""
    if kind == "liquid" and "{%" in text:
        text = _RAW.sub(lambda match: " " * len(match[0]), text)
    for form in FORMS.get(kind, ()):
        if form.required not in text:
            continue
        for match in re.finditer(form.pattern, text, re.MULTILINE):
            groups = match.groupdict()
            path = next(key for key in ("path", "single", "back", "bare") if groups.get(key))
            yield Mention(groups.get("name") or form.name, *match.span(path), form.in_code)
