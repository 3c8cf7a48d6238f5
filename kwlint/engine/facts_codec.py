"""Facts as JSON bytes and back.

A named tuple is a JSON array, so that writing needs no code of ours. Reading needs to know which arrays are which
type, and `decode_facts` says so. A value of another shape raises, and the caller derives the
facts anew: the cache is never trusted for more than speed.
"""

from __future__ import annotations

from itertools import starmap
from typing import Any

from kwlint.engine.json_rows import packed, unpacked
from kwlint.model.facts import Anchor, Defect, Evidence, Facts, Keyword, LinkFact, Outline, Sample, SectionFact
from kwlint.model.problem import Suppression


def encode_facts(facts: Facts) -> bytes:
    """Encode facts as UTF-8 JSON."""
    return packed(facts).encode("utf-8", "surrogatepass")


def decode_facts(data: bytes) -> Facts:
    """Decode what `encode_facts` wrote. Raises ValueError, TypeError or LookupError where `data` is damaged."""
    raw = unpacked(data.decode("utf-8", "surrogatepass"))
    facts = Facts(*raw)
    outline = Outline(*facts.outline)
    return Facts(
        outline=outline._replace(
            document_type_signs=tuple(outline.document_type_signs),
            meta=_pairs(outline.meta),
            sections=_each(SectionFact, outline.sections),
        ),
        links=_each(LinkFact, facts.links),
        anchors=_each(Anchor, facts.anchors),
        samples=tuple(starmap(_sample, facts.samples)),
        evidence=_each(Evidence, facts.evidence),
        keywords=tuple(
            [Keyword(text, group, tuple(places), long, score) for text, group, places, long, score in facts.keywords]
        ),
        hosts=_pairs(facts.hosts),
        defects=_each(Defect, facts.defects),
        suppressions=tuple(Suppression(first, last, tuple(codes)) for first, last, codes in facts.suppressions),
        flavour=facts.flavour,
    )


def _sample(
    lang: str,
    section: int,
    line: int,
    lines: int,
    defines: Any,
    imports: Any,
    commands: Any,
    output: Any,
    doctests: int,
) -> Sample:
    return Sample(lang, section, line, lines, _pairs(defines), tuple(imports), tuple(commands), tuple(output), doctests)


def _pairs(rows: Any) -> tuple[Any, ...]:
    return tuple([(first, second) for first, second in rows])


def _each(kind: Any, rows: Any) -> tuple[Any, ...]:
    return tuple(starmap(kind, rows))
