"""All facts of one source: a pure function of its bytes, its path and the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint import keywords, markdown
from kwlint.facts import code_blocks, defects, evidence, front_matter, links, outline
from kwlint.facts.depth import LINKS, WHOLE
from kwlint.facts.shared_bodies import Below, Named, Twins
from kwlint.flavours import host_anchors
from kwlint.model.facts import Facts
from kwlint.text import encoding

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.flavours.base import Flavour
    from kwlint.model.document import Dialect


def gather(
    path: str, data: bytes, config: Config, flavour: Flavour, depth: str = WHOLE, twins: Twins | None = None
) -> Facts:
    """The facts of the source at `path` that holds `data`; with another `depth` (see `sharding`) some are left empty.
    `twins` are sources read before, under the same configuration. Never raises because of what `data` holds."""
    twins = Twins() if twins is None else twins
    decoded = encoding.decode(data)
    text, whole = decoded.text, depth == WHOLE
    below = twins.below(text, flavour.dialect, depth, lambda: _below(text, config, flavour.dialect, whole=whole))
    document = below.document
    meta = front_matter.read(document.front_matter)
    size = len(text.encode("utf-8", "surrogatepass"))
    found = lambda: keywords.keywords(document, path, meta, config.keywords)  # noqa: E731
    return Facts(
        outline=outline.outline(document, path, size, meta, below.sections),
        links=below.links,
        anchors=links.anchors(document, flavour, meta),
        samples=below.samples,
        evidence=below.evidence,
        keywords=() if depth == LINKS else below.keywords(path, meta, config.keywords, found),
        hosts=below.hosts,
        defects=defects.defects(document, decoded, flavour),
        suppressions=links.suppressions(document),
        flavour=flavour.name,
    )


def _below(text: str, config: Config, dialect: Dialect, *, whole: bool) -> Below:
    """What the text says, whatever its front matter and its path are."""
    document = markdown.parse(text, dialect)
    return Below(
        document=document,
        sections=outline.section_facts(document, host_anchors(config.host, document)),
        links=links.links(document),
        hosts=links.hosts(document) if whole else (),
        samples=code_blocks.samples(document) if whole else (),
        evidence=evidence.evidence(document) if whole else (),
        named=Named(),
    )
