"""Headings that every document of some kind has."""

from __future__ import annotations

import re

# Sections whose text a generator puts into each document as it stands.
BOILERPLATE = frozenset(("commonparameters",))

# In other languages: see also.
_SEE_ALSO = (
    *("siehe auch", "véase también", "ver también", "voir aussi", "veja também", "смотрите также", "см. также"),
    *("див. також", "参见", "另请参阅", "関連項目"),
)
# In other languages: summary.
_RETOLD = (
    *("zusammenfassung", "fazit", "resumen", "recapitulación", "résumé", "récapitulatif", "resumo", "recapitulação"),
    *(
        "recapitulando",
        "резюме",
        "итоги",
        "підсумки",
        "підсумок",
        "özet",
        "总结",
        "小结",
        "總結",
        "まとめ",
        "요약",
        "정리",
    ),
)

# Headings that name a form, not what this document puts into it.
FORMS = frozenset(
    (
        "syntax",
        "synopsis",
        "description",
        "parameters",
        "inputs",
        "outputs",
        "notes",
        "example",
        "examples",
        "options",
        "options inherited from parent commands",
        "arguments",
        "flags",
        "related links",
        "related content",
        "related articles",
        "see also",
        "short description",
        "long description",
        "commonparameters",
        "contents",
        "table of contents",
        "next steps",
        "none",
        "recap",
        "summary",
        "conclusion",
        "remarks",
        "attributes",
        "elements",
        "attributes and elements",
        "child elements",
        "parent elements",
        "text value",
        "return value",
        "return values",
        "returns",
        # in other languages: examples, parameters
        *(
            "beispiel",
            "beispiele",
            "parameter",
            "ejemplo",
            "ejemplos",
            "parámetros",
            "exemple",
            "exemples",
            "paramètres",
        ),
        *("exemplo", "exemplos", "parâmetros", "пример", "примеры", "параметры", "приклад", "приклади", "параметри"),
        *("örnek", "örnekler", "parametreler", "例", "参考", "パラメータ", "예제", "매개변수", "참고"),
        *_SEE_ALSO,
        *_RETOLD,
    )
)

# Headings of sections that lead elsewhere.
POINTERS = frozenset(
    (
        *("related links", "related content", "related articles", "related topics", "see also", "next steps"),
        *("further reading", "contents", "table of contents", *_SEE_ALSO),
    )
)

# Those that lead elsewhere, and those that say again, or beside, what another section covers.
ASIDES = POINTERS | {"notes", "recap", "summary", "conclusion", "outlook", "commonparameters", *_RETOLD}

# A number in a row of its kind, without a title of its own.
_NUMBERED = re.compile(r"(?:example|step|exercise|figure|listing|part) #?\d{1,3}\.?", re.IGNORECASE)


def is_form(title: str) -> bool:
    """Whether a heading names a form alone: `Syntax`, `Example 3`."""
    return title.casefold() in FORMS or _NUMBERED.fullmatch(title) is not None
