"""VuePress

## Detection

`.vuepress/config.*`. Documents are next to the folder `.vuepress`.

## Anchors

Those of [VitePress](vitepress.md): punctuation and spaces become one `-`, and a leading digit gets the prefix `_`.
Repeated slugs get numbers from 1 on in version 2 and from 2 on in version 1; kwlint accepts both.

## Links

- `x.md` and `x.html` start at the document and name the same page, `x/` the page of `x/README.md`.
- `/x` starts at the folder of the documents, or is a file in `.vuepress/public`.

## Not checked

- `@[youtube](x)`, `@[code](x)` and the like, which plugins read.
- Addresses from `/`, and the addresses of documents with a `permalink`.
- Every path except a file in the same folder, if the configuration mentions `permalink` or a plugin for addresses.

## Sources

The rules have not been compared with VuePress itself. VuePress 2 is taken to make anchors as VitePress does.
"""

from __future__ import annotations

import re

from kwlint.flavours.base import Roots
from kwlint.flavours.paths import folder_of
from kwlint.flavours.probe import RepoProbe
from kwlint.flavours.slugs import number_unique
from kwlint.flavours.vitepress import VitePress, slug
from kwlint.model.document import Dialect, Document
from kwlint.model.facts import Anchor

_SCRIPTS = (".js", ".ts", ".mjs", ".cjs", ".mts", ".yml", ".toml")


class VuePress(VitePress):
    """A site."""

    name = "vuepress"
    dialect = Dialect(templates="vuepress", attributes=True)
    permalink_keys = ("permalink",)
    public = ".vuepress/public"

    @classmethod
    def detect(cls, probe: RepoProbe, path: str) -> Roots:
        names = (file for file in probe.index.inside(path) if file.endswith(_SCRIPTS))
        configs = [file for file in names if file.rpartition("/")[2].startswith("config.")]
        if not configs:
            return []
        config = "\n".join(map(probe.text_of, configs))
        root = folder_of(path)
        dynamic = bool(re.search(r"\bpermalink|clean-urls|redirect|\bpages\b", config))
        return [(root, cls(root, root, dynamic, literal=True, own_slugs="slugify" in config))]

    def custom_heading_anchors(self, document: Document) -> list[Anchor]:
        anchors = super().custom_heading_anchors(document)
        names = number_unique((slug(self.split_heading(heading)[0]) for heading in document.headings), first=2)
        return [*anchors, *(a._replace(name=name) for name, a in zip(names, anchors, strict=False) if name != a.name)]
