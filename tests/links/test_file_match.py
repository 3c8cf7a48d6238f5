"""Files that git pairs as a rename: those that are the same file, and those that took another one's place."""

from __future__ import annotations

import pytest

from kwlint.links.file_match import RenamedTexts, is_same_file

TEMPLATE = (
    "# {}\n\n## State\n\nProposed\n\n## Background\n\nThis record has the form that all records of the project have. "
    "Each of them is discussed for two weeks, and then decided by a vote of the members who are present.\n\n"
    "## What we do\n\n{}\n\n## Who has to know\n\nEverybody who writes code for it. Ask the board if you are not sure "
    "whether that includes you, or if you need an exception for a while.\n"
)
PAGE = "# {}\n\n" + "".join(f"Sentence {n} says what only this page has to say on that matter.\n" for n in range(12))

REPLACED = [
    ("adr/queue.md", "adr/search.md", "Queue", "Search", "Use one table as a queue.", "Index the titles alone."),
    ("adr/0007-cache.md", "adr/0011-audit.md", "Cache", "Audit", "Keep it for an hour.", "Write down who did it."),
    ("team/olga.md", "team/pierre.md", "Olga", "Pierre", "Olga draws the maps.", "Pierre repairs the radios."),
    ("rfc/colours.md", "rfc/fonts.md", "RFC", "RFC", "Six colours, no more.", "One font for all."),
    ("setup/fedora.md", "setup/debian.md", "Set up", "Set up", "Run dnf install tool.", "Run apt install tool."),
    ("fedora/setup.md", "debian/setup.md", "Set up", "Set up", "Run dnf install tool.", "Run apt install tool."),
    ("notes/release-4.md", "notes/release-5.md", "Notes", "Notes", "Fewer colours.", "More speed."),
    ("docs/v4/ports.md", "docs/v5/ports.md", "Ports", "Ports", "It is port 80.", "It is port 81."),
    ("docs/sv/start.md", "docs/nl/start.md", "Start", "Start", "Börja här.", "Begin hier."),
    ("start.sv.md", "start.nl.md", "Start", "Start", "Börja här.", "Begin hier."),
    ("how/enable-log.md", "how/disable-log.md", "Log", "Log", "Turn it on.", "Turn it off."),
    ("api/users-get.md", "api/users-delete.md", "Users", "Users", "Gets them.", "Deletes them."),
]


@pytest.mark.parametrize("case", REPLACED)
def test_a_file_from_the_same_template(case: tuple[str, str, str, str, str, str]) -> None:
    old, new, title, new_title, text, new_text = case
    evidence = RenamedTexts(TEMPLATE.format(title, text), TEMPLATE.format(new_title, new_text))
    assert not is_same_file(old, new, evidence)


@pytest.mark.parametrize("text", ["", "x", "TBD\n", "# Title\n", "To be written.\n"])
@pytest.mark.parametrize(("old", "new"), [("plums.md", "pears.md"), ("a/plums.md", "b/pears.md")])
def test_stubs(old: str, new: str, text: str) -> None:
    assert not is_same_file(old, new, RenamedTexts(text, text))


def test_what_the_documents_of_a_folder_share_proves_nothing() -> None:
    before = TEMPLATE.format("Record", "One.")
    sibling = TEMPLATE.format("Record", "Another one.")
    assert is_same_file("adr/plums.md", "adr/pears.md", RenamedTexts(before, before))
    assert not is_same_file("adr/plums.md", "adr/pears.md", RenamedTexts(before, before, (sibling,)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("docs/ports.md", "guide/ports.md"),
        ("docs/ports.md", "docs/ports/index.md"),
        ("docs/ports.md", "docs/port-list.md"),
        ("docs/1-ports.md", "docs/4-ports.md"),
        ("docs/ports.md", "docs/en/ports.md"),
        ("docs/ports.md", "docs/doors.md"),
    ],
)
def test_a_file_that_was_renamed_and_changed_a_little(old: str, new: str) -> None:
    before = PAGE.format("Ports")
    assert is_same_file(old, new, RenamedTexts(before, before))
    assert is_same_file(old, new, RenamedTexts(before, f"{before}One more sentence.\n"))


def test_a_file_that_got_another_number() -> None:
    text = PAGE.format("Chapter")
    assert is_same_file("chapter-3.md", "chapter-4.md", RenamedTexts(text, text))
    assert not is_same_file("chapter-3.md", "chapter-4.md", RenamedTexts(text, f"{text}More.\n"))
    assert not is_same_file("chapter-3.md", "chapter-4.md", RenamedTexts("Some words.\n" * 2, "Some words.\n" * 2))
