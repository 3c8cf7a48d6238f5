"""Rules that need only the facts of one source."""

from __future__ import annotations

from kwlint.config import Config
from kwlint.facts.gather import gather
from kwlint.flavours.base import Flavour
from kwlint.flavours.github import GitHub
from kwlint.flavours.mkdocs import MkDocs
from kwlint.model.problem import Edit, Problem
from kwlint.rules.registry import source_problems

GITHUB = GitHub()


def problems_of(text: str | bytes, flavour: Flavour = GITHUB) -> list[Problem]:
    data = text if isinstance(text, bytes) else text.encode()
    return source_problems("a.md", gather("a.md", data, Config(), flavour))


def brief(text: str | bytes, flavour: Flavour = GITHUB) -> list[tuple[str, str, str]]:
    return [(one.code, one.message, one.hint) for one in problems_of(text, flavour)]


def test_an_undefined_reference_suggests_a_similar_label() -> None:
    text = "see [the guide][guides] and [other][]\n\n[guide]: x.md\n"
    assert brief(text) == [
        ("KW106", 'no definition for "guides"', 'did you mean "guide"?'),
        ("KW106", 'no definition for "other"', ""),
    ]
    similar, other = problems_of(text)
    assert similar.target == "guides"
    assert similar.fix is not None
    assert not similar.fix.safe
    assert similar.fix.action == Edit("a.md", 16, 22, "guide", "guides")
    assert other.fix is None


def test_the_hint_for_a_duplicate_label_says_which_definition_counts() -> None:
    text = "[a]\n\n[a]: https://x.org\n[a]: https://y.org\n"
    assert brief(text) == [("KW107", '"a" is already defined on line 3', "the first definition counts")]
    assert brief(text, MkDocs("", "")) == [("KW107", '"a" is already defined on line 3', "the last definition counts")]


def test_a_duplicate_id() -> None:
    text = '<a id="x"></a>\n\ntext <a name="x"></a>\n'
    assert brief(text) == [("KW107", 'id "x" is already on line 1', "links lead to the first one")]


def test_an_unclosed_fence() -> None:
    assert [(one.code, one.line, one.column) for one in problems_of("a\n\n```py\nx\n")] == [("KW202", 3, 1)]


def test_garbled_text_has_an_unsafe_fix() -> None:
    (problem,) = problems_of("cafÃ©\n")
    assert problem.code == "KW201"
    assert problem.message == 'garbled text "Ã©", originally "é"'
    assert problem.target is None
    assert problem.fix is not None
    assert not problem.fix.safe
    assert problem.fix.action == Edit("a.md", 3, 5, "é", "Ã©")


def test_bytes_that_are_not_utf8_have_no_fix() -> None:
    (problem,) = problems_of(b"caf\xe9 au lait\n")
    assert (problem.code, problem.line, problem.column, problem.fix) == ("KW201", 1, 4, None)


def test_problems_are_sorted_by_position() -> None:
    codes = [one.code for one in problems_of('[x][yes] <a id="i">\n\n<a id="i">\n\n[u][very]\n\n```\n')]
    assert codes == ["KW106", "KW107", "KW106", "KW202"]


def test_brackets_that_are_no_references() -> None:
    text = "[--from][--to] [a-f][0-7] M[r][c] [x][3] [see][@knuth] [k]['v'] [a][b]\n"
    assert brief(text) == []
    assert [one[0] for one in brief("[the guide][guides]\n")] == ["KW106"]


def test_definitions_that_are_comments() -> None:
    text = "[comment]: <> (one)\n\n[comment]: <> (two)\n\n[comment]: <more to say>\n\n[//]: # (three)\n\n[//]: x\n"
    assert brief(text) == []
    referred = "[comment] [a]\n\n[comment]: x.md\n[comment]: y.md\n"
    assert [one[0] for one in brief(referred)] == ["KW107"]


def test_definitions_below_a_line_of_tags() -> None:
    assert brief("[a][one] [b][two]\n\n{% endif %}\n[one]: x.md\n[two]: y.md\n") == []
    assert [one[1] for one in brief("[a][one]\n\n{% if x %} text\n[one]: x.md\n")] == ['no definition for "one"']


def test_an_id_and_a_name_of_neighbouring_tags() -> None:
    assert brief('<a id="x"></a><a name="x"></a>\n') == []
    assert brief('<p id="x">\n<a name="x"></a></p>\n') == []
    assert [one[0] for one in brief('<a id="x"></a><b id="x"></b>\n')] == ["KW107"]
    assert [one[0] for one in brief('<a id="x"></a> text <a name="x"></a>\n')] == ["KW107"]
    assert [one[0] for one in brief('<a id="x"></a><b id="y"></b> text\n\n<a name="x"></a>\n')] == ["KW107"]
