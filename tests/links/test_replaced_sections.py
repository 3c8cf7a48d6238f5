"""Sections that took the place of others: a link to the old one must not follow."""

from __future__ import annotations

from itertools import product

import pytest

from kwlint.facts import links
from kwlint.flavours import Flavours
from kwlint.flavours.slugs import github_slug
from kwlint.links.repair import History, repair_from_history
from kwlint.links.resolve import resolve_link
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse

SHORT = ("TBD", "To be written.", "Returns 200, or 404 if there is none.", "- Several bugs were fixed")
LONG = (
    "Needs a token with the right scope. Takes a path, a format, a limit and an offset, as all other commands do. "
    "Answers with a list of objects, each with an id, a name, an owner and the two dates of its life."
)
REPLACED = [
    ("Rename a board", "Archive a board"),
    ("Add a webhook", "Remove a webhook"),
    ("Turn notifications on", "Turn notifications off"),
    ("Set up on Ubuntu", "Set up on Fedora"),
    ("Deploying to Azure", "Deploying to Heroku"),
    ("Grace Miller", "Henry Novak"),
    ("Release 4", "Release 6"),
    ("2.8.1 (2022-02-11)", "2.9.0 (2022-05-30)"),
    ("Encrypting backups", "Decrypting backups"),
    ("The red team", "The blue team"),
    ("Import of contacts", "Export of contacts"),
    ("First meeting", "Second meeting"),
    ("Breakfast", "Dinner"),
    ("Mushrooms", "Ferns"),
    ("Sprint of March", "Sprint of April"),
    ("What costs a ticket?", "Where can I park?"),
    ("Opening hours", "Opening a shop"),
    ("With a proxy", "Without a proxy"),
    ("Upgrade from 5 to 6", "Upgrade from 6 to 7"),
    ("Python client", "Ruby client"),
]


def repaired(old: str, new: str, before: str, now: str) -> str | None:
    """Return what a safe repair makes of a link to the section `old`, which had the body `before`."""
    frame = "# Title\n\nSome words.\n\n## {}\n\n{}\n\n## Last part\n\nThe end of it.\n"
    texts = {"a.md": f"[x](t.md#{github_slug(old)})", "t.md": frame.format(new, now)}
    documents = {path: parse(text) for path, text in texts.items()}
    flavours = Flavours()
    tree = MemoryTree(list(texts), {p: links.anchors(d, flavours.of(p), {}) for p, d in documents.items()})
    history = History({}, texts.get, lambda _: [frame.format(old, before)], lambda *_: None)
    (fact,) = links.links(documents["a.md"])
    result = resolve_link("a.md", fact, flavours, tree)
    assert result.failure == "missing-anchor"
    after = repair_from_history("a.md", fact, result, flavours, tree, history)
    return after.replacement if after.safe else None


@pytest.mark.parametrize(("names", "body"), list(product(REPLACED, SHORT)))
def test_a_short_body_that_stayed_proves_nothing(names: tuple[str, str], body: str) -> None:
    assert repaired(*names, body, body) is None


@pytest.mark.parametrize("names", REPLACED)
def test_a_form_that_was_filled_in_anew_proves_nothing(names: tuple[str, str]) -> None:
    old, new = names
    assert repaired(old, new, f"{old}. {LONG}", f"{new}. {LONG}") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("Rate limits", "Limits and quotas"), ("Mushrooms", "Fungi"), ("Board renaming", "Renaming boards")],
)
def test_a_long_body_that_stayed_proves_that_it_is_the_same(old: str, new: str) -> None:
    assert repaired(old, new, LONG, LONG) == f"t.md#{github_slug(new)}"
