"""Makes `kwlint/data/stop_words.txt` anew from the package `stopwordsiso` (stopwords-iso, MIT licence).

    pip install stopwordsiso && python scripts/make_stop_words.py

One line for each language: its code, then its words. English has its own lists in `kwlint/data/english.txt`.
Entries of several words are split, since a document is read word by word; words in `KEPT` are left out because
technical documents write about them.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

LANGUAGES = ["ar", "de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh"]
KEPT = {
    "de": ["datei", "neu", "system", "seite", "teil", "ende", "name"],
    "fr": ["état"],
    "es": ["estado", "sistema", "trabajo"],
    "pt": ["sistema", "ponto", "estado", "grupo"],
    "it": ["file", "sistema", "stato", "gruppo", "punto", "codice"],
}
ADDED = {
    "uk": ["а", "або", "адже", "ані", "аби", "без", "більш", "більше", "біля", "був", "була", "були", "було", "бути", "в", "вам", "вами", "вас", "ваш", "ваша", "ваше", "ваші", "весь", "вже", "ви", "від", "вона", "вони", "воно", "все", "всі", "всього", "всіх", "він", "відповідно", "в'я", "де", "для", "до", "досить", "дуже", "є", "же", "з", "за", "завжди", "замість", "зараз", "зі", "зовсім", "і", "із", "інша", "інше", "інші", "іноді", "його", "йому", "її", "їй", "їм", "їх", "їхній", "й", "коли", "кожен", "кожна", "кожне", "крім", "куди", "лише", "майже", "мати", "має", "маємо", "мають", "мене", "мені", "ми", "мій", "могти", "може", "можемо", "можете", "можна", "можуть", "на", "навіть", "над", "нам", "нами", "наприклад", "нас", "наш", "наша", "не", "нема", "немає", "ним", "ними", "них", "нього", "ніж", "ні", "ніколи", "о", "об", "один", "одна", "одне", "однак", "ось", "от", "отже", "перед", "під", "під", "час", "після", "по", "поки", "при", "про", "просто", "прямо", "раз", "разом", "саме", "свій", "своє", "своєї", "своїх", "себе", "серед", "собі", "так", "така", "таке", "такий", "також", "такі", "там", "те", "тебе", "ти", "тим", "тільки", "то", "тобі", "того", "тоді", "той", "тому", "треба", "тут", "у", "усе", "усі", "хоча", "хто", "це", "цей", "ця", "ці", "цього", "цьому", "цим", "цих", "через", "чи", "чим", "чого", "чому", "що", "щоб", "щось", "як", "яка", "який", "яке", "які", "якщо", "якого", "якої", "яку", "яким"],
    "ja": ["こと", "もの", "ため", "とき", "ところ", "それ", "これ", "あれ", "この", "その", "どの", "ここ", "そこ", "など", "ように", "ような", "という", "として", "について", "による", "によって", "において", "に対して", "です", "ます", "でした", "ました", "する", "します", "した", "して", "される", "され", "ている", "います", "ある", "あります", "なる", "なります", "できる", "できます"],
    "zh": ["的", "是", "在", "和", "与", "或", "了", "将", "会", "能", "可以", "可", "也", "都", "就", "并", "并且", "而", "但", "但是", "如果", "则", "从", "到", "对", "对于", "为", "被", "把", "让", "使", "使用", "使其", "以", "以及", "等", "这", "这个", "这些", "那", "那个", "那些", "其", "其中", "它", "它们", "你", "您", "我", "我们", "他", "他们", "一个", "一些", "一种", "这样", "这里", "那么", "然后", "因为", "所以", "由于", "通过", "需要", "应该", "不", "没有", "只", "只有", "还", "还是", "更", "最", "很", "非常", "已", "已经", "之", "中", "上", "下", "内", "后", "前", "时", "当", "每", "各", "某", "比如", "例如", "如下", "什么", "怎么", "如何", "进行", "具有", "有", "包含", "包括", "请", "用", "用于", "来", "去", "做", "想要", "必须", "可能", "不会", "不能", "就是", "不是", "这是", "即可", "其他", "另", "另外", "同样", "例子"],
    "ko": ["및", "등", "수", "것", "때", "그", "이", "저", "를", "을", "는", "은", "가", "의", "에", "에서", "으로", "로", "와", "과", "도", "만", "하는", "하고", "합니다", "입니다", "있습니다", "있는", "대한"],
}


def words(language: str, known: dict[str, list[str]]) -> list[str]:
    """The language's stop words, folded as a document's words are, sorted."""
    found = {part for entry in known.get(language, []) for part in entry.split()} | set(ADDED.get(language, ()))
    folded = {unicodedata.normalize("NFC", word).lower() for word in found}
    return sorted(word for word in folded - set(KEPT.get(language, ())) if any(map(str.isalpha, word)))


def main() -> int:
    """Writes the table."""
    import stopwordsiso

    source = Path(stopwordsiso.__file__).parent / "stopwords-iso.json"
    known = json.loads(source.read_text("utf-8"))
    target = Path(__file__).parent.parent / "kwlint" / "data" / "stop_words.txt"
    lines = [f"{language} {' '.join(words(language, known))}\n" for language in LANGUAGES]
    target.write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
