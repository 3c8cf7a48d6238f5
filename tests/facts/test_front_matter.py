"""Reading front matter: the values, and safety against hostile content."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwlint.facts import front_matter
from kwlint.model.document import FrontMatter


def read(text: str, kind: str = "yaml") -> dict[str, object]:
    return front_matter.read(FrontMatter(kind, text, 0, len(text)))


def test_absent_front_matter_has_no_values() -> None:
    assert front_matter.read(None) == {}
    assert read("", "yaml") == {}
    assert read("x", "unknown") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: A: colon", {"title": "A: colon"}),  # not valid YAML, but the meaning is clear
        ("title: Release 1.10\nversion: 1.10", {"title": "Release 1.10", "version": "1.10"}),
        ("date: 2024-02-30", {"date": "2024-02-30"}),
        ("draft: true\nempty:\nnone: ~", {"draft": True, "empty": None, "none": None}),
        ("Module Name: CimCmdlets\nms.date: 02/20/2019", {"Module Name": "CimCmdlets", "ms.date": "02/20/2019"}),
        ("tags: [a, b c]\nmore:\n  - d\n  - e", {"tags": ["a", "b c"], "more": ["d", "e"]}),
        ("title: \"It's\"\nother: 'x # y'", {"title": "It's", "other": "x # y"}),
        ("title: x # note", {"title": "x"}),
        ("a: >\n  one\n  two\nb: c", {"a": "one two", "b": "c"}),
        ("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}),
        ("a: &x one\nb: *x", {"a": "one", "b": "one"}),
        ("on: 1\n? [a]\n: b", {"on": "1"}),
        ("- a\n- b", {}),
        ("a: 1\nb: [", {"a": "1", "b": []}),
        ("a: !!python/object/apply:os.system ['exit 3']", {"a": ["exit 3"]}),
    ],
)
def test_yaml(text: str, expected: dict[str, object]) -> None:
    assert read(text) == expected


def test_toml_and_json_keep_numbers_and_dates_as_text() -> None:
    toml = "title = 'x'\nweight = 10\nv = 1.10\ndate = 2024-01-02\n[params]\nlist = [1, {a = true}]"
    assert read(toml, "toml") == {
        "title": "x",
        "weight": "10",
        "v": "1.10",
        "date": "2024-01-02",
        "params": {"list": ["1", {"a": True}]},
    }
    assert read('{"title": "x", "v": 1.10, "n": [null, {"a": false}]}', "json") == {
        "title": "x",
        "v": "1.10",
        "n": [None, {"a": False}],
    }
    assert read("[1]", "json") == {}
    assert read("= x", "toml") == {}


HOSTILE = [
    "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 60)),
    "a: " + "[" * 60_000,
    "a: " + "{a: " * 20_000,
    "x: \x00\ny: 1",
    "x: \ud800",
    "a" + " " * 60_000,
    "a: b" + " " * 60_000 + "#",
    "a: " + "b: " * 20_000,
    "a: " + "9" * 60_000,
    "\n".join(f"k{n}: v" for n in range(30_000)),
    "a: 'b\n" * 9_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", ["yaml", "toml", "json"])
def test_hostile_text_is_bounded(text: str, kind: str) -> None:
    values = read(text, kind)
    assert _size(values) < 10 * front_matter.MAX_VALUES


def _size(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1


WORDS = st.text("abc 1.:-#'\"[]{}&*!|>%@`,~?\t_", max_size=8)
LINES = st.one_of(st.builds("{}: {}".format, st.sampled_from("abc"), WORDS), st.builds("  - {}".format, WORDS))


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=5))
def test_the_fast_reader_agrees_with_the_yaml_parser(lines: list[str]) -> None:
    import yaml

    text = "\n".join(lines)
    quick = front_matter._flat_yaml(text)
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    if quick is not None:
        assert quick == front_matter._yaml(text)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["yaml", "toml", "json"]))
def test_never_raises(text: str, kind: str) -> None:
    assert isinstance(read(text, kind), dict)
