"""Sites of other generators."""

from __future__ import annotations

from link_lab import check, outcome


def test_a_site_of_another_generator() -> None:
    files = {
        "next.config.ts": "",
        "docs/a.md": "# A {#own}",
        "docs/b.md": "",
        "public/assets/x.png": "",
        "README.md": "# R",
    }
    check(files, {
        ("docs/b.md", "a.md#own"): "docs/a.md",
        ("docs/b.md", "a.md#gone"): "KW102",
        ("docs/b.md", "gone.md"): "KW101",
        ("docs/b.md", "../a/"): "docs/a.md",
        ("docs/b.md", "/docs/a/"): "docs/a.md",
        ("docs/b.md", "/download"): "undecidable",
        ("docs/b.md", "/assets/x.png"): "public/assets/x.png",
        ("README.md", "docs/gone.md"): "KW101",
    })  # fmt: skip


def test_a_site_of_astro_starlight() -> None:
    files = {"astro.config.mjs": "", "src/content/docs/en/guides/x.mdx": "# X\n", "src/content/docs/en/y.mdx": ""}
    check(files, {
        ("src/content/docs/en/y.mdx", "/en/guides/x/#x"): "src/content/docs/en/guides/x.mdx",
        ("src/content/docs/en/y.mdx", "/en/guides/x/#gone"): "KW102",
        ("src/content/docs/en/y.mdx", "/en/guides/gone/"): "undecidable",
    })  # fmt: skip


def test_astro_before_6_cuts_one_hyphen() -> None:
    content = {"astro.config.mjs": "import starlight from '@astrojs/starlight'", "src/a.md": "# Is it `!=`?\n\n# B !\n"}
    for version, hyphen, without in (
        ("^5.2.0", "src/a.md", "src/a.md"),
        ("6.0.1", "src/a.md", "KW102"),
        ("latest", "src/a.md", "src/a.md"),
    ):
        files = {**content, "package.json": f'{{"dependencies": {{"astro": "{version}"}}}}'}
        check(files, {
            ("src/a.md", "#is-it-"): hyphen,
            ("src/a.md", "#is-it"): without,
            ("src/a.md", "#_top"): "src/a.md",
            ("src/a.md", "#isit"): "KW102",
        })  # fmt: skip


def test_slugs_of_nuxt() -> None:
    files = {"nuxt.config.ts": "", "content/a.md": "# 2 & 3\n\n# - Go -\n\n# 2 & 3\n"}
    check(files, {
        ("content/a.md", "#_2-3"): "content/a.md",
        ("content/a.md", "#_2-3-1"): "content/a.md",
        ("content/a.md", "#go"): "content/a.md",
        ("content/a.md", "#_2--3"): "KW102",
    })  # fmt: skip


def test_explicit_ids_in_brackets_and_after_a_colon() -> None:
    text = "# A\n\n## Install it [#setup]\n\n## Run :id=start\n"
    for config in ("source.config.ts", "_sidebar.md"):
        check({config: "", "a.md": text}, {
            ("a.md", "#setup"): "a.md",
            ("a.md", "#start"): "a.md",
            ("a.md", "#gone"): "KW102",
        })  # fmt: skip


def test_links_of_docsify_may_start_at_the_site() -> None:
    files = {"docs/_sidebar.md": "", "docs/a.md": "", "docs/sub/b.md": ""}
    check(files, {("docs/sub/b.md", "a.md"): "docs/a.md", ("docs/sub/b.md", "gone.md"): "KW101"})


def test_folders_next_to_the_site_that_its_configuration_names() -> None:
    files = {
        "packages/web/gatsby-config.js": "path: `${__dirname}/../texts/en`",
        "packages/texts/en/a.md": "# A\n",
        "packages/texts/README.md": "",
    }
    check(files, {
        ("packages/texts/en/a.md", "/guide/x.html"): "undecidable",
        ("packages/texts/en/a.md", "gone.md"): "KW101",
        ("packages/texts/README.md", "/guide/x.html"): "KW101",
    })  # fmt: skip


def test_a_lume_site() -> None:
    files = {"_config.ts": "import lume from 'lume/mod.ts'", "run/a.md": "# What's new?\n", "run/b.md": ""}
    check(files, {
        ("run/b.md", "/run/a/#what's-new"): "undecidable",
        ("run/b.md", "/run/a/#gone"): "KW102",
        ("run/b.md", "/api/x"): "undecidable",
        ("run/b.md", "gone.md"): "KW101",
    })  # fmt: skip
    assert outcome({**files, "_config.ts": "export default {}"}, "run/b.md", "/api/x") == "KW101"


SITE_OF_UNKNOWN_MAKE = {
    "server.go": "",
    "src/docs/a.md": "[b](/manual/docs/b) [c](/manual/docs/c)",
    "src/docs/b.md": "# Set up\n\n[c](/manual/docs/c) [d](/manual/docs/d/)",
    "src/docs/c.md": "",
    "src/docs/d/index.md": "",
    "notes/README.md": "[x](../src/docs/a.md)",
}


def test_a_site_of_unknown_make() -> None:
    check(SITE_OF_UNKNOWN_MAKE, {
        ("src/docs/a.md", "/manual/docs/b"): "undecidable",
        ("src/docs/a.md", "/api/x"): "undecidable",
        ("src/docs/a.md", "b.md#setup"): "undecidable",
        ("src/docs/a.md", "b.md#gone"): "KW102",
        ("src/docs/a.md", "gone.md"): "KW101",
        ("notes/README.md", "/manual/docs/b"): "KW101",
    })  # fmt: skip


def test_a_few_wrong_addresses_make_no_site() -> None:
    files = {
        "README.md": "[1](docs/setup/) [2](/docs/setup) [3](setup/)",
        "docs/setup.md": "",
        "docs/a.md": "[b](setup)",
    }
    check(files, {("README.md", "docs/setup/"): "KW101", ("README.md", "/docs/setup"): "KW101"})
    by_files = {**SITE_OF_UNKNOWN_MAKE, "src/docs/c.md": " ".join(f"[x](a{n}.md)" for n in range(9))}
    check(by_files, {("src/docs/a.md", "/manual/docs/b"): "KW101"})
