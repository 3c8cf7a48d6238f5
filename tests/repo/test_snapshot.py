"""Snapshots, from listings with every state that a file can have."""

from __future__ import annotations

from kwlint.repo.git import GitListing
from kwlint.repo.snapshot import Snapshot, take_snapshot

EMPTY = GitListing({}, *(frozenset[str]() for _ in range(5)), (), frozenset(), (), b"")
UNREADABLE = "unreadable.md"


def snapshot(listing: GitListing, *named: str) -> Snapshot:
    def blob_id(path: str) -> str | None:
        return None if path == UNREADABLE else f"disk-{path}"

    return take_snapshot(listing, "kwdocs", lambda path: path.endswith(".md"), blob_id, UNREADABLE.__eq__, named)


def tracked(*paths: str, **more: object) -> GitListing:
    return EMPTY._replace(tracked={path: f"index-{path}" for path in paths})._replace(**more)


def test_unchanged_file_has_the_token_of_the_index() -> None:
    taken = snapshot(tracked("b.md", "a.md", "c.txt"))
    assert taken.files == {"b.md": "index-b.md", "a.md": "index-a.md", "c.txt": "index-c.txt"}
    assert taken.sources == ("a.md", "b.md")


def test_modified_file_has_the_token_of_the_disk() -> None:
    assert snapshot(tracked("a.md", modified=frozenset(["a.md"]))).files == {"a.md": "*disk-a.md"}


def test_file_restored_to_the_bytes_of_the_index_counts_as_unchanged() -> None:
    listing = EMPTY._replace(tracked={"a.md": "disk-a.md"}, modified=frozenset(["a.md"]))
    assert snapshot(listing).files == {"a.md": "disk-a.md"}


def test_deleted_file_is_left_out_and_an_unreadable_one_is_a_source() -> None:
    modified = frozenset([UNREADABLE, "gone.md", "never.md"])
    listing = tracked(UNREADABLE, "gone.md", deleted=frozenset(["gone.md"]), modified=modified)
    assert snapshot(listing).files == {UNREADABLE: f"!index-{UNREADABLE}"}
    assert snapshot(listing).sources == (UNREADABLE,)


def test_hidden_file_has_the_token_of_the_index() -> None:
    taken = snapshot(tracked("a.md", "kwdocs/a.md_kw.md", hidden=frozenset(["a.md", "kwdocs/a.md_kw.md", "never.md"])))
    assert taken.files == {"a.md": "index-a.md"}
    assert taken.pages == {"kwdocs/a.md_kw.md": "~index-kwdocs/a.md_kw.md:disk-kwdocs/a.md_kw.md"}
    assert taken.sources == ("a.md",)


def test_commit_hook_takes_documents_from_the_index_and_both_versions_of_pages() -> None:
    differing = frozenset(["gone.md", "kwdocs/a.md_kw.md", "kwdocs/gone.md_kw.md"])
    listing = tracked(*differing, modified=frozenset(["kwdocs/a.md_kw.md"]), deleted=differing, reads_index=True)
    taken = take_snapshot(
        listing,
        "kwdocs",
        lambda path: path.endswith(".md"),
        {"gone.md": "index-gone.md", "kwdocs/a.md_kw.md": "disk"}.get,
        lambda _: True,
    )
    assert taken.files == {"gone.md": "index-gone.md"}
    assert taken.pages == {
        "kwdocs/a.md_kw.md": "=index-kwdocs/a.md_kw.md:disk",
        "kwdocs/gone.md_kw.md": "=index-kwdocs/gone.md_kw.md:",
    }


def test_untracked_source_is_included_only_if_named() -> None:
    listing = EMPTY._replace(untracked=("a.md", "b.md", "c.txt", UNREADABLE))
    taken = snapshot(listing, "b.md", UNREADABLE)
    assert taken.files == {"b.md": "?disk-b.md"}
    assert taken.untracked_sources == ("a.md",)


def test_pages_are_separate_and_may_be_untracked() -> None:
    listing = tracked("kwdocs/a.md_kw.md", untracked=("kwdocs/b.md_kw.md",))
    taken = snapshot(listing)
    assert taken.files == {}
    assert taken.pages == {
        "kwdocs/a.md_kw.md": "index-kwdocs/a.md_kw.md",
        "kwdocs/b.md_kw.md": "?disk-kwdocs/b.md_kw.md",
    }


def test_symbolic_links_and_submodules_are_no_sources() -> None:
    listing = tracked("link.md", "sub.md", symlinks=frozenset(["link.md"]), submodules=frozenset(["sub.md"]))
    taken = snapshot(listing)
    assert taken.sources == ()
    assert taken.links_and_submodules == {"link.md", "sub.md"}


def test_source_whose_name_is_not_utf8_is_undecodable() -> None:
    name = b"latin-\xe9.md".decode("utf-8", "surrogateescape")
    taken = snapshot(tracked(name, "\u00e9.md"))
    assert list(taken.files) == ["\u00e9.md"]
    assert taken.undecodable == (name,)
