"""The pages of the repository in `cases/golden`, rendered from facts about one document."""

from __future__ import annotations

from paths import CASES

from kwlint import markdown
from kwlint.config import Config
from kwlint.facts import code_blocks, evidence, front_matter, links, outline
from kwlint.flavours import host_anchors
from kwlint.model.context import Folder
from kwlint.model.facts import Facts, Keyword
from kwlint.pages import (
    a_z,
    documentation,
    folder_documentation,
    folder_index,
    keyword_index,
    start_page,
    subtree_index,
)
from kwlint.pages.brief import brief

GOLDEN = CASES / "golden"
PATH = "docs/setup.md"
CONFIG = Config()


def facts() -> Facts:
    """The facts of `setup.md`, with keywords of its own."""
    text = (GOLDEN / "setup.md").read_text(encoding="utf-8")
    document = markdown.parse(text)
    meta = front_matter.read(document.front_matter)
    return Facts(
        outline=outline.outline(
            document, PATH, len(text), meta, outline.section_facts(document, host_anchors("github", document))
        ),
        links=links.links(document),
        anchors=(),
        samples=code_blocks.samples(document),
        evidence=evidence.evidence(document),
        keywords=(
            Keyword("mixer", "term", (1, 3, 6), "", 9.0),
            Keyword("first batch", "term", (1,), "", 5.0),
            Keyword("Bowl", "class", (5,), "", 4.0),
            Keyword("--fast", "command", (3,), "", 3.0),
            Keyword("PIP", "acronym", (3, 1), "Package Installer", 2.0),
        ),
        hosts=(("example.org", 1),),
        defects=(),
        suppressions=(),
    )


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    setup = facts()
    summary = brief(PATH, setup)
    other = summary._replace(
        path="docs/reference.md", title="Reference", description="", document_type="", concepts=("mixer",)
    )
    folder = Folder(
        path="docs",
        subfolders=(("docs/recipes", "Recipes for every day"),),
        documents=(other, summary),
        links=(
            ("README.md", PATH),
            ("docs/SUMMARY.md", PATH),
            (PATH, "docs/reference.md"),
            ("docs/reference.md", PATH),
        ),
        inbound=(("docs/reference.md", 1), (PATH, 2)),
    )
    postings = list(a_z.postings(PATH, setup))
    entries = [(key, a_z.line(CONFIG, [row, row._replace(path="docs/b.md", title="B")])) for key, row in postings]
    return {
        "setup.md_kw.md": keyword_index.render(PATH, setup, CONFIG),
        "setup.md_docs.md": documentation.render(PATH, setup, CONFIG),
        "index.md": folder_index.render(folder, CONFIG),
        "start.md": start_page.render(folder._replace(path="", documents=(summary,)), CONFIG),
        "doc.md": folder_documentation.render(folder, CONFIG),
        "sub.md": subtree_index.render(folder._replace(keywords=tuple((key, (row,)) for key, row in postings)), CONFIG),
        "keywords.md": a_z.page(CONFIG, "", entries, ("",)),
        "keywords-m.md": a_z.page(CONFIG, "m", entries[:1], ("a", "m", "Db")),
        "letters.md": a_z.overview(CONFIG, ("a", "ma", "mi", "D1", "C6")),
    }
