"""Several machines share a check: their reports together are that of one, and none does the work of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from lab import Lab

from kwlint.config import DEFAULT_PAGES, Config
from kwlint.engine.request import Request
from kwlint.engine.shard import Shard
from kwlint.engine.store import Store

NAMES = ("README.md", "a b.md", "docs/é.md", "docs/one.md", "docs/two.md", "docs/deep/three.md", "notes/100%.md")


LONG = "\nThis text makes the document long enough to have pages of its own.\n" * 5


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """Pages that are right, stale, missing, foreign and orphaned, and links that are right and broken."""
    lab = Lab(tmp_path / "repository")
    for number, name in enumerate(NAMES):
        up = "../" * name.count("/")
        links = f"[one]({up}docs/one.md#gadget-{number}) and [gone]({up}gone{number}.md)"
        lab.write(
            name,
            f"# Gadget {number}\n\nThe **traffic shaper {number}** runs `tool --with-{number}`, see {links}.\n{LONG}",
        )
    lab.write("docs/old.md", "# Old\n\nText.\n" + LONG)
    lab.settle()
    lab.write("docs/one.md", "# Changed\n\nAbout the **packet filter** of [two](two.md).\n" + LONG)
    lab.remove("kwdocs/docs/two.md_kw.md")
    lab.write("kwdocs/a b.md_docs.md", "A page of my own.\n")
    lab.write("kwdocs/notes/100%.md_kw.md", lab.read("kwdocs/notes/100%.md_kw.md") + "\nEdited.\n")
    lab.remove("docs/old.md")
    lab.stage()
    return lab


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("cached", [False, True])
@pytest.mark.parametrize("pages", [DEFAULT_PAGES, ("keywords", "documentation", "start")])
def test_parts_together_are_one_run(lab: Lab, parts: int, cached: bool, pages: tuple[str, ...]) -> None:
    lab.config = Config(pages=pages)
    whole = lab.check(use_cache=False, texts=True)
    assert {problem.code for problem in whole} >= {
        "KW001",
        "KW002",
        "KW004",
        "KW005",
        "KW006",
        "KW008",
        "KW101",
        "KW102",
    }
    together = []
    for part in range(parts):
        shard = Shard(part, parts)
        found = lab.check(use_cache=cached, texts=True, shard=shard)
        together += [problem for problem in found if shard.holds(problem.path, lab.config)]
    assert sorted(together) == list(whole)


def test_part_after_a_whole_run_and_whole_run_after_a_part(lab: Lab) -> None:
    """One cache serves both: neither leaves behind what misleads the other."""
    whole = lab.check(use_cache=False)
    assert lab.check() == whole
    for part in (0, 1):
        assert set(lab.check(shard=Shard(part, 2))) <= set(whole)
        assert lab.check() == whole


def test_part_finds_out_no_more_than_it_needs(lab: Lab) -> None:
    def known() -> dict[str, tuple[bool, bool]]:
        """Of each source, whether its keywords are known, and whether the hosts it links to."""
        store = Store.open(lab.root)
        facts = {path: store.facts_of(path) for path in NAMES}
        store.close()
        return {path: (bool(one.keywords), bool(one.samples)) for path, one in facts.items()}

    for path in NAMES:
        lab.write(path, f"# {path}\n\nThe **traffic shaper** of `tool`.\n\n```sh\ntool --with\n```\n")
    lab.stage()
    lab.check(shard=Shard(0, 3))
    assert set(known().values()) == {(True, False)}
    for part in (1, 2):
        shard = Shard(part, 3)
        lab.check(shard=shard)
        own = {path for path in NAMES if shard.holds(path, Config())}
        assert 0 < len(own) < len(NAMES)
        assert known() == {path: (path in own, path in own) for path in NAMES}


def test_no_part_is_idle_where_no_page_needs_all_keywords() -> None:
    config = Config(pages=("keywords", "documentation"))
    shares = [[path for path in NAMES if Shard(part, 2).holds(path, config)] for part in (0, 1)]
    assert all(shares)
    assert sorted(shares[0] + shares[1]) == sorted(NAMES)


def test_parts_repair_together(lab: Lab) -> None:
    """What each part's `--fix` writes is what one run's writes."""
    from kwlint.engine import fixes, pipeline
    from kwlint.repo import git

    repository = git.open_repository(lab.root)
    lab.remove("kwdocs/a b.md_docs.md")
    lab.stage()
    for part in range(3):
        shard = Shard(part, 3)
        request = Request(jobs=1, texts=True, shard=shard)
        problems = pipeline.check(repository, lab.config, request).problems
        own = tuple(problem for problem in problems if shard.holds(problem.path, lab.config))
        fixes.repair(repository, lab.config, request, own, unsafe=False, stage=True)
    assert {problem.code for problem in lab.check(use_cache=False)} == {"KW101", "KW102"}


@pytest.mark.parametrize("parts", [1, 3])
def test_parts_without_shared_pages_are_one_run_without_them(lab: Lab, parts: int) -> None:
    lab.config = Config(shared_pages="ci")
    whole = lab.check(use_cache=False)
    assert not {problem for problem in whole if problem.code == "KW005"}
    together = []
    for part in range(parts):
        shard = Shard(part, parts, shared=False)
        found = [problem for problem in lab.check(shard=shard) if shard.holds(problem.path, lab.config)]
        assert found
        together += found
    assert sorted(together) == list(whole)
