"""Docusaurus."""

from __future__ import annotations

from link_lab import check, outcomes, repository

from kwlint.markdown import parse

DOCUSAURUS = {
    "site/docusaurus.config.js": "module.exports = {presets: [['classic', {docs: {path: 'guides'}}]]}",
    "site/docs/intro.md": "# Intro {#own}\n\n## Two\n",
    "site/docs/02-more.mdx": "# More\n\nimport P from './\\_part.mdx'\n\n<P/>\n",
    "site/docs/_part.mdx": "## Part",
    "site/docs/custom.mdx": "import X from '@site/src/X'\n\n# C\n\n<X/>\n",
    "site/docs/coded.mdx": "# C\n\n```js\nimport X from 'x'\n\n<X/>\n```\n",
    "site/docs/valued.mdx": "import values from '@site/src/values'\n\n# V\n\n<div id={values.x}/>\n",
    "site/guides/g.md": "# G",
    "site/static/img/x.png": "",
    "site/i18n/fr/docusaurus-plugin-content-docs/current/fr.md": "",
    "README.md": "",
}


def test_docusaurus() -> None:
    here = "site/docs/intro.md"
    check(DOCUSAURUS, {
        (here, "./02-more.mdx#more"): "site/docs/02-more.mdx",
        (here, "./02-more.mdx#part"): "site/docs/02-more.mdx",
        (here, "./02-more.mdx#nothing"): "KW102",
        (here, "custom.mdx#generated"): "undecidable",
        (here, "valued.mdx#nothing"): "KW102",
        (here, "coded.mdx#nothing"): "KW102",
        (here, "#own"): here,
        (here, "#intro"): "KW102",
        (here, "/02-more.mdx"): "site/docs/02-more.mdx",
        (here, "gone.md"): "KW101",
        (here, "/docs/intro"): here,
        (here, "/docs/slugged"): "undecidable",
        (here, "../api/x"): "undecidable",
        (here, "@site/guides/g.md"): "site/guides/g.md",
        (here, "@site/guides/no.md"): "KW101",
        (here, "pathname:///x"): "undecidable",
        ("site/guides/g.md", "#g"): "site/guides/g.md",
        ("site/i18n/fr/docusaurus-plugin-content-docs/current/fr.md", "intro.md"): here,
        ("README.md", "site/docs/intro.md#intro-own"): "KW102",
    })  # fmt: skip
    check(DOCUSAURUS, {(here, "/img/x.png"): "site/static/img/x.png", (here, "./no.png"): "KW101"}, image=True)


def test_docusaurus_reads_every_document_as_mdx() -> None:
    text = "# One\n\n<Tab>\n\n    ## Two\n\n</Tab>\n\n<!--\n\n[x](gone.md)\n-->\n"
    files = {"docusaurus.config.js": "{}", "docs/a.md": text}
    check(files, {("docs/a.md", "#two"): "docs/a.md"})
    assert parse(text, repository(files)[0].of("docs/a.md").dialect).links == ()
    files["docusaurus.config.js"] = "{markdown: {format: 'detect'}}"
    check(files, {("docs/a.md", "#two"): "KW102"})


def test_docusaurus_checks_imports_of_documents_and_images_but_not_of_code() -> None:
    page = (
        "import A from './\\_a.mdx';\nimport B from './gone.mdx';\nimport C from '@site/src/C';\n"
        "import D from './gone';\nimport E from '@site/static/img/x.png';\nimport F from '@site/gone.svg';\n\n"
        "<img src={require('./y.png').default} /> <img src={require('./gone.png').default} />\n"
    )
    files = {
        "docusaurus.config.js": "", "docs/a.mdx": page, "docs/_a.mdx": "", "src/C.tsx": "", "docs/y.png": "",
        "static/img/x.png": "",
    }  # fmt: skip
    expected = {
        "./\\_a.mdx": "docs/_a.mdx", "./gone.mdx": "KW101", "@site/src/C": "src/C.tsx", "./gone": "undecidable",
        "@site/static/img/x.png": "static/img/x.png", "@site/gone.svg": "KW101", "./y.png": "docs/y.png",
        "./gone.png": "KW101",
    }  # fmt: skip
    assert outcomes(files, "docs/a.mdx") == expected
    assert outcomes({**files, "docs/a.md": page}, "docs/a.md") == expected


def test_documents_at_the_root_of_the_site() -> None:
    config = "presets: [['classic', {docs: {path: './texts', routeBasePath: '/'}, blog: {}}]]"
    files = {"docusaurus.config.js": config, "texts/run/add.md": "# Add\n", "blog/2020-01-01-x.md": ""}
    check(files, {
        ("blog/2020-01-01-x.md", "/run/add#add"): "texts/run/add.md",
        ("blog/2020-01-01-x.md", "/run/add#gone"): "KW102",
        ("blog/2020-01-01-x.md", "/run/other"): "undecidable",
    })  # fmt: skip


def test_translations_of_blogs_and_of_instances() -> None:
    plugin = "i18n/fr/docusaurus-plugin-content"
    files = {
        "docusaurus.config.js": "i18n",
        "docs/a.md": "",
        "blog/2020-01-01-x.md": "",
        "blog/y.md": "",
        "team/a.md": "",
        "versioned_docs/version-1.0/old.md": "",
        f"{plugin}-blog/2020-01-01-x.md": "",
        f"{plugin}-docs-team/current/b.md": "",
        f"{plugin}-docs/version-1.0/new.md": "",
    }
    check(files, {
        (f"{plugin}-blog/2020-01-01-x.md", "y.md"): "blog/y.md",
        (f"{plugin}-docs-team/current/b.md", "a.md"): "team/a.md",
        (f"{plugin}-docs/version-1.0/new.md", "old.md"): "versioned_docs/version-1.0/old.md",
        (f"{plugin}-docs/version-1.0/new.md", "a.md"): "KW101",
    })  # fmt: skip
