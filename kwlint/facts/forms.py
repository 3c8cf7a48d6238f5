"""Headings that every document of some kind has."""

from __future__ import annotations

import re

# Sections whose text a generator puts into each document as it stands.
BOILERPLATE = frozenset(("commonparameters",))

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
        # in other languages: examples, parameters, see also, summary
        *("beispiel", "beispiele", "parameter", "siehe auch", "zusammenfassung", "fazit"),
        *("ejemplo", "ejemplos", "parámetros", "véase también", "ver también", "resumen", "recapitulación"),
        *("exemple", "exemples", "paramètres", "voir aussi", "résumé", "récapitulatif"),
        *("exemplo", "exemplos", "parâmetros", "veja também", "resumo", "recapitulação", "recapitulando"),
        *("пример", "примеры", "параметры", "смотрите также", "см. также", "резюме", "итоги"),
        *("приклад", "приклади", "параметри", "див. також", "підсумки", "підсумок"),
        *("örnek", "örnekler", "parametreler", "özet"),
        *("例", "参考", "参见", "另请参阅", "总结", "小结", "總結", "まとめ", "関連項目", "パラメータ"),
        *("예제", "매개변수", "참고", "요약", "정리"),
    )
)

# Of these, the ones that lead elsewhere.
POINTERS = frozenset(
    ("related links", "related content", "related articles", "see also", "next steps", "contents", "table of contents")
)

# Those that lead elsewhere, and those that say again, or beside, what another section covers.
ASIDES = POINTERS | {
    *("notes", "recap", "summary", "conclusion", "outlook", "commonparameters"),
    *("siehe auch", "zusammenfassung", "fazit", "véase también", "ver también", "resumen", "recapitulación"),
    *("voir aussi", "résumé", "récapitulatif", "veja também", "resumo", "recapitulação", "recapitulando"),
    *("смотрите также", "см. также", "резюме", "итоги", "див. також", "підсумки", "підсумок", "özet"),
    *("参见", "另请参阅", "总结", "小结", "總結", "まとめ", "関連項目", "요약", "정리"),
}

# A number in a row of its kind, without a title of its own.
_NUMBERED = re.compile(r"(?:example|step|exercise|figure|listing|part) #?\d{1,3}\.?", re.IGNORECASE)


def is_form(title: str) -> bool:
    """Whether a heading names a form alone: `Syntax`, `Example 3`."""
    return title.casefold() in FORMS or _NUMBERED.fullmatch(title) is not None
