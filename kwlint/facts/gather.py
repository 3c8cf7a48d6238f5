"""All facts of one document: a pure function of its bytes, its path and the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint import keywords, markdown
from kwlint.facts import code_blocks, defects, evidence, front_matter, links, outline, suppressions
from kwlint.facts.depth import LINKS, WHOLE
from kwlint.facts.shared_bodies import Body, KeywordMemo, SharedBodies
from kwlint.flavours import host_anchors
from kwlint.model.facts import Facts
from kwlint.text import encoding

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.flavours.base import Flavour
    from kwlint.model.document import Dialect
    from kwlint.model.facts import Keyword


def gather(
    path: str, data: bytes, config: Config, flavour: Flavour, depth: str = WHOLE, bodies: SharedBodies | None = None
) -> Facts:
    """Return the facts of the document at `path` with the content `data`.

    A `depth` other than `WHOLE` leaves some facts empty. `bodies` holds the documents read before, under the same
    configuration. No content of `data` makes this raise.
    """
    bodies = SharedBodies() if bodies is None else bodies
    decoded = encoding.decode(data)
    text, whole = decoded.text, depth == WHOLE
    body = bodies.body(text, flavour.dialect, depth, lambda: _body(text, config, flavour.dialect, whole=whole))
    document = body.document
    meta = front_matter.read(document.front_matter)

    def compute_keywords() -> tuple[Keyword, ...]:
        return keywords.keywords(document, path, meta, config.keywords)

    return Facts(
        outline=outline.outline(document, path, len(text.encode("utf-8", "surrogatepass")), meta, body.sections),
        links=body.links,
        anchors=links.anchors(document, flavour, meta),
        samples=body.samples,
        evidence=body.evidence,
        keywords=() if depth == LINKS else body.keywords(path, meta, config.keywords, compute_keywords),
        hosts=body.hosts,
        defects=defects.defects(document, decoded, flavour),
        suppressions=suppressions.suppressions(document),
        flavour=flavour.name,
    )


def _body(text: str, config: Config, dialect: Dialect, *, whole: bool) -> Body:
    """Return the facts that do not depend on the front matter or the path."""
    document = markdown.parse(text, dialect)
    return Body(
        document=document,
        sections=outline.section_facts(document, host_anchors(config.host, document, dialect)),
        links=links.links(document),
        hosts=links.hosts(document) if whole else (),
        samples=code_blocks.samples(document) if whole else (),
        evidence=evidence.evidence(document) if whole else (),
        memo=KeywordMemo(),
    )
