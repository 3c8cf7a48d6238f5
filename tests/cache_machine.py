"""A Hypothesis state machine that changes a repository in every way that kwlint depends on.

After each step, the result of a run with the cache of all earlier steps equals the result of a run without a cache: the
problems, their fixes (the bytes of pages), the notes and the counts.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from lab import Lab

from kwlint.config import Config, ConfigError, KeywordSettings
from kwlint.repo import git

DOCUMENTS = (
    "README.md", "docs/guide.md", "docs/index.md", "docs/deep/notes.md", "docs/deep/Other notes.md", "site/page.md",
    "site/part.md", "vault/é.md", "top.markdown",
)  # fmt: skip
FILES = ("assets/figure.png", "docs/data.csv", "build/out.log", "site/snippet.txt", "docs/guide.MD")
TARGETS = (
    *DOCUMENTS, *FILES, "docs", "docs/", "missing.md", "kwdocs/index.md", "kwdocs/docs/guide.md_kw.md", "../out.md",
)  # fmt: skip
TERMS = ("event loop", "cache key", "Caches", "rate limiter", "`run_all()`", "HTTP (Hypertext Transfer Protocol)")
HEADINGS = ("Install", "Options", "Event loop", "Install", "Über uns")
IGNORE_RULES = ("", "*.log\n", "build/\n", "kwdocs/\n", "docs/deep/\n", "*.csv\n")
GENERATOR_FILES = {
    "mkdocs.yml": (
        "", "site_name: x\n", "site_name: x\ndocs_dir: site\n",
        "site_name: x\nmarkdown_extensions: [pymdownx.snippets]\n",
    ),
    "docs/book.toml": ("", '[book]\ntitle = "x"\nsrc = "."\n'),
    "vault/.obsidian/app.json": ("", "{}"),
    "docs/conf.py": ("", 'extensions = ["myst_parser"]\n'),
    "site/docusaurus.config.js": ("", "module.exports = {};\n"),
}  # fmt: skip
CONFIGURATIONS = (
    Config(),
    Config(host="gitlab"),
    Config(exclude=("docs/deep/",)),
    Config(pages=("keywords", "a-z")),
    Config(pages=("documentation", "folder-index", "folder-documentation", "subtree", "start")),
    Config(embed_source=True),
    Config(keywords=KeywordSettings(never=("event loop",), max_per_document=3)),
    Config(flavour=(("site", "mkdocs"),)),
    Config(output_dir="pages"),
    Config(select=("KW1",)),
    Config(shared_pages="ci"),
    Config(shared_pages="ci", pages=("documentation", "folder-index", "subtree", "a-z")),
)

documents = st.sampled_from(DOCUMENTS)
targets = st.sampled_from(TARGETS)
headings = st.sampled_from(HEADINGS)
terms = st.sampled_from(TERMS)


def relative(source: str, target: str) -> str:
    """A link's target from the folder of `source`."""
    return "../" * source.count("/") + target.replace(" ", "%20")


class CacheMachine(RuleBasedStateMachine):
    """Each rule is one thing that people, tools or accidents do to a repository between two runs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kwlint-machine-"))
        self.lab = Lab(self.folder / "repository")
        self.moments: list[Path] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def begin(self) -> None:
        self.lab.write("README.md", "# Home\n\nSee the [guide](docs/guide.md#install) and the event loop.\n")
        self.lab.write("docs/guide.md", "# Guide\n\n## Install\n\nThe **event loop** calls `run_all()`.\n")
        self.lab.settle()

    # --- documents

    @rule(path=documents, heading=headings, term=terms, linked=targets)
    def write_document(self, path: str, heading: str, term: str, linked: str) -> None:
        text = f"# {path.title()}\n\n## {heading}\n\nAbout the {term}. See [it]({relative(path, linked)}).\n"
        self.lab.write(path, text)

    @rule(path=documents, addition=st.sampled_from(("heading", "term", "link", "reference", "prose", "fence", "alias")),
          heading=headings, term=terms, linked=targets)  # fmt: skip
    def edit_document(self, path: str, addition: str, heading: str, term: str, linked: str) -> None:
        if not (self.lab.root / path).is_file():
            return
        place = relative(path, linked)
        more = {
            "heading": f"\n## {heading}\n\nText.\n",
            "term": f"\nThe **{term}** matters. The {term} again.\n",
            "link": f"\n[Link]({place}#install) and ![image]({place}).\n",
            "reference": f"\n[Text][label].\n\n[label]: {place}\n",
            "prose": "\nOne more sentence.\n",
            "fence": "\n```python\ndef run_all():\n    pass\n",
            "alias": f'\n[[{heading}]] and --8<-- "{linked}"\n',
        }[addition]
        self.lab.write(path, self.lab.read(path) + more)

    @rule(path=documents, title=headings, alias=headings)
    def set_front_matter(self, path: str, title: str, alias: str) -> None:
        if not (self.lab.root / path).is_file():
            return
        body = self.lab.read(path).rpartition("---\n")[2]
        matter = f"---\ntitle: {title}\naliases: [{alias}]\nkeywords: [{title} setting]\n---\n"
        self.lab.write(path, matter + body)

    @rule(path=documents, linked=targets)
    def include(self, path: str, linked: str) -> None:
        """Take in another document, in the syntax of several generators."""
        if (self.lab.root / path).is_file():
            lines = f'\n--8<-- "{linked}"\n\n{{{{#include {relative(path, linked)}}}}}\n'
            self.lab.write(path, self.lab.read(path) + lines)

    @rule(path=documents, line_ends=st.booleans())
    def change_bytes_alone(self, path: str, line_ends: bool) -> None:
        place = self.lab.root / path
        if place.is_file():
            data = place.read_bytes().replace(b"\r\n", b"\n")
            place.write_bytes(data.replace(b"\n", b"\r\n") if line_ends else data + b"\n")

    # --- files

    @rule(path=st.sampled_from(FILES), content=st.integers(0, 2))
    def write_file(self, path: str, content: int) -> None:
        self.lab.write(path, str(content))

    @rule(path=st.sampled_from((*DOCUMENTS, *FILES)))
    def delete(self, path: str) -> None:
        if (self.lab.root / path).is_file():
            self.lab.remove(path)

    @rule(path=st.sampled_from((*DOCUMENTS, *FILES)), to=st.sampled_from((*DOCUMENTS, *FILES)))
    def rename(self, path: str, to: str) -> None:
        source, target = self.lab.root / path, self.lab.root / to
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)

    @rule(rules=st.sampled_from(IGNORE_RULES), folder=st.sampled_from(("", "docs/")))
    def set_ignore_rules(self, rules: str, folder: str) -> None:
        self.lab.write(f"{folder}.gitignore", rules)

    @rule(data=st.data(), name=st.sampled_from(sorted(GENERATOR_FILES)))
    def set_generator_file(self, data: st.DataObject, name: str) -> None:
        content = data.draw(st.sampled_from(GENERATOR_FILES[name]))
        if content:
            self.lab.write(name, content)
        elif (self.lab.root / name).exists():
            self.lab.remove(name)

    @rule(config=st.sampled_from(CONFIGURATIONS))
    def configure(self, config: Config) -> None:
        self.lab.config = config

    # --- pages

    @rule(data=st.data())
    def edit_page(self, data: st.DataObject) -> None:
        folder = self.lab.root / self.lab.config.output_dir
        pages = sorted(path for path in folder.rglob("*.md")) if folder.is_dir() else []
        if pages:
            page = data.draw(st.sampled_from(pages))
            act = data.draw(st.sampled_from(("append", "delete", "empty")))
            if act == "delete":
                page.unlink()
            else:
                page.write_bytes(page.read_bytes() + b"mine\n" if act == "append" else b"")

    @rule(unsafe=st.booleans(), stage=st.booleans(), shared=st.booleans())
    def fix(self, unsafe: bool, stage: bool, shared: bool) -> None:
        with suppress(ConfigError):  # a flavour for a folder that no longer has files
            self.lab.fix(unsafe=unsafe, stage=stage, shared=shared)

    @rule()
    def check_shared_pages(self) -> None:
        with suppress(ConfigError):
            self.lab.check(shard=self.lab.shard(shared=True))

    # --- git

    @rule()
    def stage(self) -> None:
        self.lab.stage()

    @rule()
    def commit(self) -> None:
        self.lab.commit()

    @rule(back=st.integers(1, 3))
    def check_out_an_earlier_commit(self, back: int) -> None:
        commits = self.lab.git("rev-list", "HEAD").split()
        self.lab.git("checkout", "-q", "-f", commits[min(back, len(commits) - 1)])

    # --- the cache

    @rule(seed=st.integers(0, 2**16), flips=st.integers(1, 40))
    def damage_the_cache(self, seed: int, flips: int) -> None:
        """Cut the file, or flip bits anywhere in it or in its checksum."""
        place = self.lab.cache / ("store.sqlite.sum" if seed % 8 == 7 else "store.sqlite")
        if place.is_file():
            data = bytearray(place.read_bytes())
            rng = random.Random(seed)
            if seed % 2:
                del data[rng.randrange(len(data)) :]
            else:
                for _ in range(flips):
                    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            place.write_bytes(data)

    @rule()
    def lose_the_facts(self) -> None:
        place = self.lab.cache / "store.sqlite"
        if place.is_file():
            connection = sqlite3.connect(place)
            try:
                connection.execute("DELETE FROM facts")
                connection.commit()
            except sqlite3.Error:
                pass
            finally:
                connection.close()
            self.lab.seal_the_cache()

    @rule()
    def keep_the_cache(self) -> None:
        if (self.lab.cache).is_dir():
            place = self.folder / f"cache-{len(self.moments)}"
            shutil.copytree(self.lab.cache, place)
            self.moments.append(place)

    @rule(data=st.data())
    def restore_a_cache(self, data: st.DataObject) -> None:
        if self.moments:
            place = data.draw(st.sampled_from(self.moments))
            shutil.rmtree(self.lab.cache, ignore_errors=True)
            shutil.copytree(place, self.lab.cache)

    # --- what holds after each step

    @invariant()
    def warm_result_equals_result_without_cache(self) -> None:
        if not git.list_files(git.open_repository(self.lab.root)).tracked:
            return
        warm, cold = self.outcome(use_cache=True), self.outcome(use_cache=False)
        assert warm == cold
        # With the texts of all pages that are to be written, which may come from another path through the engine.
        warm, cold = self.outcome(use_cache=True, texts=True), self.outcome(use_cache=False, texts=True)
        assert warm == cold

    def outcome(self, **options: object) -> object:
        try:
            result = self.lab.result(**options)
        except ConfigError as error:
            return str(error)
        return result.problems, sorted(result.notes), result.undecided, result.sources, result.suppressed
