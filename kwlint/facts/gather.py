"""All facts of one source: a pure function of its bytes, its path and the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint import encoding, markdown
from kwlint.facts import code, evidence, front_matter, keywords, links, outline
from kwlint.flavours import host_anchors
from kwlint.model import Facts
from kwlint.sharding import LINKS, WHOLE

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.flavours.base import Flavour


def gather(path: str, data: bytes, config: Config, flavour: Flavour, depth: str = WHOLE) -> Facts:
    """The facts of the source at `path` that holds `data`; with another `depth` (see `sharding`) some are left empty.
    Never raises because of what `data` holds."""
    decoded = encoding.decode(data)
    document = markdown.parse(decoded.text, flavour.dialect)
    meta = front_matter.read(document.front_matter)
    fragments = host_anchors(config.host, document)
    whole = depth == WHOLE
    size = len(decoded.text.encode("utf-8", "surrogatepass"))
    return Facts(
        outline=outline.outline(document, path, size, meta, fragments),
        links=links.links(document),
        anchors=links.anchors(document, flavour, meta),
        samples=code.samples(document) if whole else (),
        evidence=evidence.evidence(document) if whole else (),
        keywords=() if depth == LINKS else keywords.keywords(document, path, meta, config.keywords),
        hosts=links.hosts(document) if whole else (),
        notes=links.notes(document, decoded, flavour),
        suppressions=links.suppressions(document),
    )
