"""Detection from a repository's own files, and what a link means under each flavour."""

from __future__ import annotations

import pickle

import pytest
from paths import ROOT

from kwlint.facts import front_matter
from kwlint.facts.links import links as link_facts
from kwlint.flavours import Flavours, detect, host_anchors
from kwlint.flavours.detection import named
from kwlint.flavours.github import unique
from kwlint.flavours.mkdocs import numbered
from kwlint.flavours.zola import Zola
from kwlint.links.resolve import resolve_link
from kwlint.links.tree import MemoryTree
from kwlint.markdown import parse
from kwlint.model.facts import Anchor, LinkFact
from kwlint.rules.links import code

MARKDOWN = (".md", ".markdown", ".mdx", ".qmd")


def repository(files: dict[str, str], settings: tuple[tuple[str, str], ...] = ()) -> tuple[Flavours, MemoryTree]:
    flavours = detect(files.keys(), lambda path: files[path].encode(), settings)
    anchors: dict[str, tuple[Anchor, ...]] = {}
    for path, text in files.items():
        if path.endswith(MARKDOWN):
            flavour = flavours.of(path)
            document = parse(text, flavour.dialect)
            anchors[path] = flavour.anchors(document, front_matter.read(document.front_matter))
    return flavours, MemoryTree(list(files), anchors)


def outcome(
    files: dict[str, str], source: str, target: str, settings: tuple[tuple[str, str], ...] = (), **more: object
) -> str:
    """Return the path that a right link leads to, the code of a broken one, and the status of any other result."""
    flavours, tree = repository(files, settings)
    fields = {"kind": "inline", "image": False, "element": "", **more}
    fact = LinkFact(
        target=target, url=target, text="", section=0, start=0, end=len(target), line=1, column=1, end_line=1,
        end_column=1, label="", **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    result = resolve_link(source, fact, flavours, tree)
    return result.path if result.status == "right" else code(result) or result.status


def check(files: dict[str, str], cases: dict[tuple[str, str], str], **more: object) -> None:
    found = {case: outcome(files, *case, **more) for case in cases}
    assert found == cases


BOOK = {
    "README.md": "# Top",
    "book/book.toml": '[book]\n[output.html.redirect]\n"/old.html" = "intro.html"\n"away.html" = "https://x.org"\n',
    "book/src/SUMMARY.md": "",
    "book/src/README.md": "# Home",
    "book/src/intro.md": "# Über uns {.c}\n\n# Intro\n\n# Own {#own-id}\n\nA term\n: x\n",
    "book/src/sub/a.md": "# A",
    "book/src/sub/README.md": "# Sub",
    "book/listings/x.rs": "",
}


def test_mdbook() -> None:
    here = "book/src/sub/a.md"
    check(BOOK, {
        (here, "../intro.md#intro"): "book/src/intro.md",
        (here, "../intro.html#intro"): "book/src/intro.md",
        (here, "../intro.html#Über-uns"): "book/src/intro.md",
        (here, "../intro.html#own-id"): "book/src/intro.md",
        (here, "../intro.html#own"): "KW102",
        (here, "../intra.html"): "KW101",
        (here, "../Intro.html"): "KW103",
        (here, "../index.html"): "book/src/README.md",
        (here, "index.html#sub"): "book/src/sub/README.md",
        (here, "../old.html"): "book/src/intro.md",
        (here, "../away.html#any"): "",
        (here, "../print.html"): "",
        (here, "../../std/index.html"): "undecidable",
        (here, "/std/index.html"): "undecidable",
        (here, "../../listings/x.rs"): "book/listings/x.rs",
        (here, "../../gone.rs"): "KW101",
        ("README.md", "book/src/intro.md#über-uns"): "book/src/intro.md",
        ("README.md", "book/src/intro.md#INTRO"): "KW103",
        ("README.md", "book/src/intro.md#a-term"): "book/src/intro.md",
        ("README.md", "book/src/intro.html"): "KW101",
    })  # fmt: skip


def test_mdbook_with_a_preprocessor_of_its_own() -> None:
    files = {"book.toml": '[preprocessor.spec]\ncommand = "x"\n', "src/a.md": "# A\n", "src/b.md": ""}
    check(files, {
        ("src/b.md", "items.static"): "undecidable",
        ("src/b.md", "dynamic-sized.tail"): "undecidable",
        ("src/b.md", "std::vec::Vec"): "external",
        ("src/b.md", "a.md#r-items.static"): "undecidable",
        ("src/b.md", "a.md#gone"): "KW102",
        ("src/b.md", "gone.md"): "KW101",
        ("src/b.md", "../core/x.md"): "undecidable",
    })  # fmt: skip
    flavour = repository(files)[0].of("src/a.md")
    assert [flavour.may_define_label(label) for label in ("items.static", "Clone", "no-where", "two words")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_partials_are_seen_from_where_they_are_taken_in() -> None:
    files = {
        "mkdocs.yml": "",
        "docs/snippets/a.md": "",
        "docs/b.md": "",
        "docfx/docfx.json": "",
        "docfx/includes/c.md": "",
    }
    check(files, {
        ("docs/snippets/a.md", "gone.md"): "undecidable",
        ("docs/snippets/a.md", "#gone"): "undecidable",
        ("docs/b.md", "gone.md"): "KW101",
        ("docfx/includes/c.md", "gone.md"): "KW101",
        ("docfx/includes/c.md", "#gone"): "undecidable",
    })  # fmt: skip


def test_a_page_that_code_changes_has_anchors_that_are_not_here() -> None:
    check({"mkdocs.yml": "hooks: [a.py]", "docs/a.md": "# A\n"}, {("docs/a.md", "#gone"): "undecidable"})
    check({"mkdocs.yml": "plugins: [macros]", "docs/a.md": "{{ x }}\n"}, {("docs/a.md", "#gone"): "undecidable"})
    check({"mkdocs.yml": "", "docs/a.md": "{{ x }}\n"}, {("docs/a.md", "#gone"): "KW102"})
    quarto = {"_quarto.yml": "", "b/_metadata.yml": "filters: [x]", "b/c.qmd": "", "d.qmd": ""}
    check(quarto, {("b/c.qmd", "#gone"): "undecidable", ("d.qmd", "#gone"): "KW102"})
    hugo = {"hugo.toml": "", "content/a.md": "{{% include x %}}\n", "content/b.md": "{{< youtube x >}}\n"}
    check(hugo, {("content/a.md", "#gone"): "undecidable", ("content/b.md", "#gone"): "KW102"})


def test_hugo_gives_ids_to_definition_terms() -> None:
    files = {
        "hugo.toml": "[markup.goldmark.parser]\nautoDefinitionTermID = true\n",
        "content/a.md": "# Options\n\n`publishDir`\n: Where.\n\noptions\n: What.\n",
    }
    check(files, {
        ("content/a.md", "#publishdir"): "content/a.md",
        ("content/a.md", "#options-1"): "content/a.md",
        ("content/a.md", "#options-2"): "KW102",
    })  # fmt: skip


def test_a_repaired_case_keeps_the_sites_suffix() -> None:
    flavours, tree = repository(BOOK)
    fact = LinkFact("inline", "../Intro.html#intro", "../Intro.html#intro", "", 0, 0, 19, 1, 1, 1, 1, False, "", "")
    assert resolve_link("book/src/sub/a.md", fact, flavours, tree).replacement == "../intro.html#intro"


MKDOCS = {
    "mkdocs.yml": "site_name: x\nplugins:\n- search\n- redirects:\n    redirect_maps: {old.md: a.md}\n"
    "markdown_extensions:\n- attr_list\n- toc: {permalink: !ENV [X, true]}\n",
    "docs/index.md": "# Home",
    "docs/a.md": "# A b  -  c\n\n# Custom { #own }\n\n[](){#spot}\n\n# Dup\n\n# Dup\n",
    "docs/sub/b.md": "# B",
    "docs/sub/index.md": "# S",
    "docs/img/x.png": "",
    "docs/gen.md": "# G\n\n::: package.module\n",
    "CONTRIBUTING.md": "# A b  -  c",
}


def test_mkdocs() -> None:
    here = "docs/sub/b.md"
    check(MKDOCS, {
        (here, "../a.md#a-b-c"): "docs/a.md",
        (here, "../a.md#own"): "docs/a.md",
        (here, "../a.md#spot"): "docs/a.md",
        (here, "../a.md#dup_1"): "docs/a.md",
        (here, "../a.md#dup-1"): "KW102",
        (here, "../a.md#custom"): "KW102",
        (here, "../gone.md"): "KW101",
        (here, "../old.md"): "KW101",
        (here, "../gen.md#package.module.x"): "undecidable",
        (here, "../img/x.png"): "docs/img/x.png",
        (here, "../img/y.png"): "KW101",
        (here, "../../a/"): "docs/a.md",
        (here, "../../gone/"): "undecidable",
        (here, "/a/"): "docs/a.md",
        (here, "/elsewhere/"): "undecidable",
        ("CONTRIBUTING.md", "#a-b-----c"): "CONTRIBUTING.md",
        ("CONTRIBUTING.md", "#a-b-c"): "KW102",
    })  # fmt: skip
    check(MKDOCS, {
        (here, "../../img/x.png"): "docs/img/x.png",
        (here, "../img/x.png"): "docs/img/x.png",
        (here, "../img/y.png"): "KW101",
    }, kind="html", image=True, element="img")  # fmt: skip


def test_mkdocs_publishes_the_themes_files() -> None:
    files = {
        "mkdocs.yml": "theme:\n  name: readthedocs\n  custom_dir: look\n",
        "docs/a.md": "",
        "docs/img/own.png": "",
        "look/img/logo.png": "",
        "look/x.md": "",
    }
    check(files, {
        ("docs/a.md", "img/own.png"): "docs/img/own.png",
        ("docs/a.md", "img/favicon.ico"): "",
        ("docs/a.md", "img/logo.png"): "look/img/logo.png",
        ("docs/a.md", "img/grid.png"): "KW101",
        ("docs/a.md", "img/gone.png"): "KW101",
        ("docs/a.md", "x.md"): "KW101",
    })  # fmt: skip
    check({"mkdocs.yml": "", "docs/a.md": ""}, {("docs/a.md", "img/grid.png"): "", ("docs/a.md", "img/x.png"): "KW101"})


def test_what_stands_in_code_makes_no_headings() -> None:
    code = "```md\n::: package.module\n{% include x.md %}\n{{ y }}\n```\n"
    check({"mkdocs.yml": "plugins: [mkdocstrings, macros]", "docs/a.md": f"# A\n\n{code}"}, {
        ("docs/a.md", "#gone"): "KW102",
    })  # fmt: skip
    check({"_config.yml": "", "a.md": f"# A\n\n{code}"}, {("a.md", "#gone"): "KW102"})
    check({"_config.yml": "", "a.md": "# A\n\n{% include x.md %}\n"}, {("a.md", "#gone"): "undecidable"})


def test_mkdocs_in_several_languages() -> None:
    files = {
        "docs/en/mkdocs.yml": "site_name: x\n",
        "docs/en/docs/a.md": "# A",
        "docs/en/docs/img/x.png": "",
        "docs/de/docs/b.md": "# B",
        "docs/language_names.yml": "",
    }
    check(files, {
        ("docs/de/docs/b.md", "a.md#a"): "docs/en/docs/a.md",
        ("docs/de/docs/b.md", "/img/x.png"): "docs/en/docs/img/x.png",
        ("docs/de/docs/b.md", "c.md"): "KW101",
        ("docs/en/docs/a.md", "b.md"): "KW101",
    })  # fmt: skip


def test_mkdocs_inherits_and_names_its_slugs() -> None:
    files = {
        "base.yml": "markdown_extensions:\n  toc:\n    slugify: !!python/object/apply:pymdownx.slugs.slugify "
        "{kwds: {case: lower}}\n",
        "site/mkdocs.yml": "INHERIT: ../base.yml\ndocs_dir: pages\n",
        "site/pages/a.md": "# Ünder - Score\n",
        "site/pages/b.md": "",
    }
    assert outcome(files, "site/pages/b.md", "a.md#ünder---score") == "site/pages/a.md"
    assert repository(files)[0].inputs == ("base.yml", "site/mkdocs.yml")


DOCFX = {
    "ref/docfx.json": '{"metadata": [{"dest": "api"}], "build": {}, /* c */ }',
    "ref/api/index.md": "# API",
    ".openpublishing.publish.config.json": '{"redirection_files": ["r.json"], "dependent_repositories":'
    ' [{"path_to_root": "samples"}],}',
    "r.json": '{"redirections": [{"source_path_from_root": "/ref/Old.md", "redirect_url": "/x"}]}',
    "ref/a.md": '# ![alt](x.png) Title\n\n# <a name="spot"></a>Named\n\n[!INCLUDE [t](includes/i.md)]\n',
    "ref/includes/i.md": "# Included",
    "ref/b.md": "",
    "ref/media/x.png": "",
    "README.md": "",
}


def test_docfx() -> None:
    check(DOCFX, {
        ("ref/b.md", "a.md#alt-title"): "ref/a.md",
        ("ref/b.md", "a.md#spot"): "ref/a.md",
        ("ref/b.md", "a.md#named"): "KW102",
        ("ref/b.md", "a.md#included"): "ref/a.md",
        ("ref/b.md", "~/media/x.png"): "ref/media/x.png",
        ("ref/b.md", "~/media/y.png"): "KW101",
        ("ref/b.md", "A.md"): "KW103",
        ("ref/b.md", "old.md#x"): "",
        ("ref/b.md", "gone.md"): "KW101",
        ("ref/b.md", "/dotnet/api/system.string"): "undecidable",
        ("ref/b.md", "/azure/gone.md"): "undecidable",
        ("ref/b.md", "xref:System.String"): "undecidable",
        ("ref/b.md", "system.string"): "undecidable",
        ("ref/b.md", "../samples/x.md"): "undecidable",
        ("ref/b.md", "api/Some.Class.yml"): "undecidable",
        ("ref/b.md", "api/index.md#api"): "ref/api/index.md",
        ("ref/b.md", "#tab/windows"): "ref/b.md",
        ("README.md", "ref/gone.md"): "KW101",
    })  # fmt: skip


DOCSET = {
    "ref/docfx.json": '{"build": {"content": [{"files": ["index.yml"]}, {"dest": "guide", "files": ["bread/toc.yml"]},'
    ' {"dest": "guide", "src": "concepts", "files": ["**/*.md"]},'
    ' {"dest": "module", "src": "1.0", "files": ["**/*.md"]},'
    ' {"dest": "module", "src": "2.0", "files": ["**/*.md"]}],'
    ' "globalMetadata": {"breadcrumb_path": "/product/guide/bread/toc.json"}}}',
    ".openpublishing.publish.config.json": "{}",
    ".openpublishing.redirection.json": '{"redirections": [{"source_path": "ref/concepts/old.md"}]}',
    "ref/bread/toc.yml": "",
    "ref/concepts/Start-Here.md": "# Start\n",
    "ref/concepts/sub/index.yml": "",
    "ref/1.0/m/about.md": "# One\n\n# Both\n",
    "ref/2.0/m/about.md": "# Two\n\n# Both\n",
}


def test_docfx_knows_its_addresses_where_the_breadcrumb_shows_them() -> None:
    here, second = "ref/concepts/Start-Here.md", "ref/2.0/m/about.md"
    cases = {
        (here, "/product/guide/start-here"): here,
        (here, "/en-us/product/guide/start-here#start"): here,
        (here, "/product/guide/start-here?view=x#gone"): "KW102",
        (here, "/Product/Guide/Start-Here#Start"): "KW103",
        (here, "/product/guide/sub/"): "ref/concepts/sub/index.yml",
        (here, "/product/guide/old#x"): "",
        (here, "/product/guide/elsewhere"): "undecidable",
        (here, "/product/module/m/about#two"): second,
        (second, "/product/module/m/about"): second,
        (second, "/product/module/m/about#one"): "ref/1.0/m/about.md",
        (second, "/product/module/m/about#three"): "KW102",
        (second, "/product/module/other/about#three"): "undecidable",
        (second, "/other/guide/start-here#gone"): "undecidable",
    }
    check(DOCSET, cases)
    nameless = {**DOCSET, "ref/docfx.json": DOCSET["ref/docfx.json"].replace("guide/bread", "elsewhere/bread")}
    check(nameless, {(here, "/product/guide/start-here?view=x#gone"): "undecidable"})


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


MYST = {
    "docs/conf.py": "extensions = ['myst_parser']",
    "docs/index.md": "(my-label)=\n# Title One\n\n```{note}\n:name: note-name\nx\n```\n",
    "docs/sub/page.md": "# Page",
    "docs/api.rst": "",
    "README.md": "",
}


def test_myst() -> None:
    here = "docs/sub/page.md"
    check(MYST, {
        (here, "../index.md#title-one"): "docs/index.md",
        (here, "../index.md#my-label"): "docs/index.md",
        (here, "../index.md#note-name"): "docs/index.md",
        (here, "../index.md#gone"): "KW102",
        (here, "/index.md"): "docs/index.md",
        (here, "../index"): "docs/index.md",
        (here, "../api"): "docs/api.rst",
        (here, "some-label"): "undecidable",
        (here, "#elsewhere"): "undecidable",
        (here, "#page"): here,
        (here, "gone.md"): "KW101",
        (here, "project:#x"): "undecidable",
        (here, "inv:python#x"): "undecidable",
        (here, "path:../index.md"): "docs/index.md",
    })  # fmt: skip


HUGO = {
    "hugo.toml": 'baseURL = "/"',
    "content/_index.md": "# Home",
    "content/posts/one.md": "# One_x y",
    "content/posts/two/index.md": "# Two",
    "content/posts/two/pic.png": "",
    "static/img/s.png": "",
    "README.md": "",
}


def test_hugo() -> None:
    here = "content/posts/one.md"
    check(HUGO, {
        (here, "two/index.md"): "content/posts/two/index.md",
        (here, "../two/"): "content/posts/two",
        (here, "/posts/two/"): "content/posts/two",
        (here, "/posts/slugged/"): "undecidable",
        (here, "/img/s.png"): "static/img/s.png",
        (here, '{{< ref "two" >}}'): "content/posts/two/index.md",
        (here, '{{< relref "/posts/one.md#one_x-y" >}}'): here,
        (here, '{{< relref "one.md#nothing" >}}'): "KW102",
        (here, "{{< param x >}}"): "undecidable",
        (here, "gone.md"): "KW101",
        (here, "../../gone/"): "undecidable",
        (here, "#one_x-y"): here,
    })  # fmt: skip
    check(HUGO, {
        ("content/posts/two/index.md", "pic.png"): "content/posts/two/pic.png",
        ("content/posts/two/index.md", "no.png"): "KW101",
    }, image=True)  # fmt: skip


def test_hugo_mounts_its_content_and_addresses_in_lower_case() -> None:
    files = {
        "hugo.toml": '[[module.mounts]]\nsource = "pages/en"\ntarget = "content"\n'
        '[[module.mounts]]\nsource = "assets"\ntarget = "assets"\n',
        "pages/en/_index.md": "# Home\n",
        "pages/en/functions/ChromaStyles.md": "# Chroma\n",
        "pages/en/functions/other.md": "",
        "content/functions/stray.md": "",
    }
    check(files, {
        ("pages/en/_index.md", "/functions/chromastyles/"): "pages/en/functions/ChromaStyles.md",
        ("pages/en/_index.md", "/functions/chromastyles/#chroma"): "pages/en/functions/ChromaStyles.md",
        ("pages/en/_index.md", "/functions/chromastyles#gone"): "KW102",
        ("pages/en/functions/other.md", "../chromastyles/#gone"): "KW102",
        ("pages/en/functions/other.md", "../stray/"): "undecidable",
    })  # fmt: skip


def test_content_of_a_hugo_site_that_lies_elsewhere() -> None:
    files = {
        "README.md": "",
        "docs/sources/_index.md": "# Top\n",
        "docs/sources/v1/_index.md": "",
        "docs/sources/v1/setup/start.md": "# Start\n",
        "book.toml": "[book]\nsrc = 'book'\n",
        "book/_index.md": "",
    }
    flavours, _ = repository(files)
    assert [(root, flavour.name) for root, flavour in flavours.roots] == [("docs/sources", "hugo"), ("book", "mdbook")]
    here = "docs/sources/v1/_index.md"
    check(files, {
        (here, "./setup/start/"): "docs/sources/v1/setup/start.md",
        (here, "./setup/start/#gone"): "KW102",
        (here, "/media/docs/x.png"): "undecidable",
        (here, "setup/gone.md"): "KW101",
        ("README.md", "/media/docs/x.png"): "KW101",
    })  # fmt: skip


def test_jekyll() -> None:
    files = {
        "docs/_config.yml": "baseurl: /base\n",
        "docs/index.md": "# Home -- page\n",
        "docs/guide.md": "# Guide\n{: #own}\n",
        "docs/page.html": "",
        "README.md": "",
    }
    here = "docs/guide.md"
    check(files, {
        (here, "index.md#home--page"): "docs/index.md",
        (here, "index.html"): "docs/index.md",
        (here, "/base/guide"): here,
        (here, "/other/"): "undecidable",
        (here, "{{ site.baseurl }}/x"): "undecidable",
        (here, "{% link index.md %}"): "docs/index.md",
        (here, "{% link gone.md %}"): "KW101",
        (here, '{{ "/guide" | relative_url }}'): here,
        (here, "{{ '/guide#gone' | relative_url }}"): "KW102",
        (here, "{{ '/guide' | relative_url }}#own"): here,
        (here, "{{ page.x | relative_url }}"): "undecidable",
        (here, "gone.md"): "KW101",
        (here, "gone.html"): "undecidable",
        (here, "page.html"): "docs/page.html",
    })  # fmt: skip


def test_jekyll_shows_collections_at_their_permalinks() -> None:
    files = {
        "_config.yml": "collections:\n  docs:\n    permalink: /:collection/:path/\n  notes: {output: true}\n"
        "  posts:\n    permalink: /news/:year/:title/\n",
        "_docs/variables.md": "# Variables\n",
        "_docs/sub/one.md": "# One\n",
        "_notes/n.md": "# N\n",
        "index.md": "",
    }
    check(files, {
        ("index.md", "/docs/variables/"): "_docs/variables.md",
        ("index.md", "/docs/variables/#gone"): "KW102",
        ("index.md", "/docs/sub/one"): "_docs/sub/one.md",
        ("index.md", "/notes/n.html#n"): "_notes/n.md",
        ("index.md", "/docs/gone/"): "undecidable",
        ("index.md", "/news/2020/x/"): "undecidable",
    })  # fmt: skip


def test_vitepress() -> None:
    files = {
        "docs/.vitepress/config.ts": "export default {}",
        "docs/index.md": "# Home",
        "docs/guide/a.md": "# A & b {#own}\n\n# 1. First!\n\n<!--@include: ./part.md-->\n",
        "docs/guide/part.md": "# Part",
        "docs/shown.md": "<ClientOnly>\n  <Shown />\n</ClientOnly>\n",
        "docs/public/logo.svg": "",
    }
    here = "docs/guide/a.md"
    check(files, {
        (here, "../index"): "docs/index.md",
        (here, "../"): "docs",
        (here, "/guide/a.html#own"): here,
        (here, "#_1-first"): here,
        (here, "#1. First!"): here,
        (here, "#part"): here,
        (here, "#nothing"): "KW102",
        (here, "./b"): "KW101",
        (here, "b.md"): "KW101",
        (here, "/logo.svg"): "docs/public/logo.svg",
        (here, "/elsewhere/"): "undecidable",
        (here, "/shown#x"): "undecidable",
    })  # fmt: skip


def test_quarto() -> None:
    files = {
        "_quarto.yml": "project: {type: website}",
        "index.qmd": "# Home v1.2\n\n![x](a.png){#fig-one}\n",
        "sub/page.qmd": "# 1. Page {#sec-page}\n",
    }
    here = "sub/page.qmd"
    check(files, {
        (here, "../index.qmd#home-v1.2"): "index.qmd",
        (here, "../index.html#fig-one"): "index.qmd",
        (here, "/index.qmd#gone"): "KW102",
        (here, "#sec-page"): here,
        (here, "gone.qmd"): "KW101",
        (here, "../about"): "undecidable",
    })  # fmt: skip


def test_zola() -> None:
    files = {
        "config.toml": 'base_url = "https://x.org"',
        "content/_index.md": "# Home",
        "content/blog/post.md": "# Ein Gruß – ‘so’\n",
        "content/blog/stars.md": "# ✨ Stars\n",
        "CONTRIBUTING.md": "",
        "templates/index.html": "",
        "static/x.png": "",
        "static/blog/stars/own.zip": "",
    }
    here = "content/blog/post.md"
    check(files, {
        (here, "@/_index.md#home"): "content/_index.md",
        (here, "@/gone.md"): "KW101",
        (here, "#ein-gruss-so"): here,
        (here, "#gone"): "KW102",
        (here, "@/blog/stars.md#sparkles-stars"): "undecidable",
        (here, "CONTRIBUTING.md"): "KW101",
        (here, "theme.toml"): "KW101",
        ("content/blog/stars.md", "own.zip"): "static/blog/stars/own.zip",
        (here, "../own.zip"): "undecidable",
        (here, "style.css"): "undecidable",
        (here, "LICENSE"): "undecidable",
        (here, "/blog/post"): here,
        (here, "/tags/x"): "undecidable",
    })  # fmt: skip


def test_obsidian() -> None:
    files = {
        "vault/.obsidian/app.json": "{}",
        "vault/Home.md": "# First: heading\n\n## Sub\n\ntext ^block-1\n",
        "vault/deep/Other note.md": "",
        "vault/deep/pic.png": "",
    }
    here = "vault/Home.md"
    check(files, {
        (here, "Other note"): "vault/deep/Other note.md",
        (here, "deep/Other note"): "vault/deep/Other note.md",
        (here, "other note"): "vault/deep/Other note.md",
        (here, "pic.png"): "vault/deep/pic.png",
        (here, "Home#First heading"): here,
        (here, "#First: heading#Sub"): here,
        (here, "Home#^block-1"): here,
        (here, "Home#Gone"): "KW102",
        (here, "Nowhere"): "KW101",
        (here, "../../x"): "KW105",
    }, kind="wiki")  # fmt: skip


def test_obsidian_compares_headings_without_punctuation() -> None:
    files = {"v/.obsidian/app.json": "", "v/a.md": "# How large (at most)?\n\n# A well-known `name.md`\n"}
    check(files, {
        ("v/a.md", "a#How large (at most)"): "v/a.md",
        ("v/a.md", "a#How large at most"): "v/a.md",
        ("v/a.md", "a#A well-known name md"): "v/a.md",
        ("v/a.md", "a#A well known name md"): "KW102",
    }, kind="wiki")  # fmt: skip


def test_obsidian_reaches_a_note_by_its_aliases() -> None:
    files = {
        "v/.obsidian/app.json": "",
        "v/a.md": "---\naliases:\n  - AI\n  - Old/Place\n---\n# AI\n",
        "v/b.md": "---\nalias: Bee\n---\n",
        "w/.obsidian/app.json": "",
        "w/c.md": "",
    }
    check(files, {
        ("v/b.md", "ai"): "v/a.md",
        ("v/b.md", "AI#AI"): "v/a.md",
        ("v/b.md", "AI#Gone"): "KW102",
        ("v/b.md", "Old/Place"): "v/a.md",
        ("v/a.md", "Bee"): "v/b.md",
        ("v/a.md", "Be"): "KW101",
        ("w/c.md", "AI"): "KW101",
    }, kind="wiki")  # fmt: skip


def test_a_published_vault_needs_no_settings() -> None:
    files = {
        "en/publish.css": "",
        "en/Home.md": "",
        "en/in/x.png": "",
        "web/publish.css": "",
        "web/a/b.md": "",
    }
    check(files, {
        ("en/Home.md", "x.png"): "en/in/x.png",
        ("web/a/b.md", "x.png"): "KW101",
    }, image=True)  # fmt: skip


def test_what_stands_in_comments_and_forms_leads_from_there() -> None:
    files = {".github/pull_request_template.md": "", "a.md": "", ".github/tree/x.md": ""}
    check(files, {
        (".github/pull_request_template.md", "../blob/main/CONTRIBUTING.md"): "undecidable",
        (".github/pull_request_template.md", "../../blob/main/CONTRIBUTING.md"): "undecidable",
        (".github/pull_request_template.md", "../tree/HEAD/README.md"): "undecidable",
        (".github/pull_request_template.md", "../CONTRIBUTING.md"): "KW101",
        (".github/pull_request_template.md", "blob/main/x.md"): "KW101",
        ("a.md", "../blob/main/CONTRIBUTING.md"): "KW105",
    })  # fmt: skip


def test_hidden_folders_and_readmes_are_the_hosts() -> None:
    files = {
        "_quarto.yml": "filters: [x.lua]",
        ".notes/a.md": "# A {#own}\n",
        "a.md": "# A {#own}\n",
        "b/README.md": "",
    }
    check(files, {
        (".notes/a.md", "#a-own"): ".notes/a.md",
        (".notes/a.md", "#gone"): "KW102",
        ("b/README.md", "#gone"): "KW102",
        ("a.md", "#own"): "a.md",
        ("a.md", "#gone"): "undecidable",
    })  # fmt: skip


def test_a_site_of_unknown_make() -> None:
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


def test_a_site_of_astros_documentation_theme() -> None:
    files = {"astro.config.mjs": "", "src/content/docs/en/guides/x.mdx": "# X\n", "src/content/docs/en/y.mdx": ""}
    check(files, {
        ("src/content/docs/en/y.mdx", "/en/guides/x/#x"): "src/content/docs/en/guides/x.mdx",
        ("src/content/docs/en/y.mdx", "/en/guides/x/#gone"): "KW102",
        ("src/content/docs/en/y.mdx", "/en/guides/gone/"): "undecidable",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.md": ""}, []),
        ({"x/_config.yml": "", "x/_toc.yml": ""}, [("x", "myst")]),
        ({"x/_config.yml": "a: b"}, [("x", "jekyll")]),
        ({"config.toml": "a = 1", "content/a.md": ""}, []),
        ({"config.toml": 'base_url = "x"', "content/a.md": ""}, [("content", "zola")]),
        ({"config.toml": 'baseURL = "x"', "content/a.md": ""}, [("content", "hugo")]),
        ({"config/_default/config.toml": 'baseURL = "x"', "content/a.md": ""}, [("content", "hugo")]),
        ({"book.toml": "not toml ["}, [("src", "mdbook")]),
        ({"mkdocs.yml": "a: [\x00"}, [("docs", "mkdocs")]),
        ({"docfx.json": "{"}, [("", "docfx")]),
        ({"zensical.toml": "[project]\ndocs_dir = 'd'"}, [("d", "mkdocs")]),
        ({"conf.py": "x = 1"}, []),
        ({"a/book.toml": "", "b/book.toml": "[book]\nsrc = '.'"}, [("a/src", "mdbook"), ("b", "mdbook")]),
        ({"node_modules/x/mkdocs.yml": ""}, []),
    ],
)
def test_detection(files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    flavours, _ = repository(files)
    assert sorted((root, flavour.name) for root, flavour in flavours.roots) == expected


def test_what_only_the_host_shows_is_the_hosts() -> None:
    flavours, _ = repository({"_config.yml": "", "a.md": "", ".github/CONTRIBUTING.md": "", ".github/x/b.md": ""})
    names = [flavours.of(path).name for path in ("a.md", ".github/CONTRIBUTING.md", ".github/x/b.md")]
    assert names == ["jekyll", "github", "github"]


def test_settings_come_before_what_is_found() -> None:
    files = {"docs/mkdocs.yml": "", "docs/docs/a.md": "", "book/a.md": ""}
    flavours = detect(files, lambda path: files[path].encode(), (("docs", "github"), ("book/**", "mdbook")))
    assert flavours.of("docs/docs/a.md").name == "mkdocs"
    assert flavours.of("docs/x.md").name == "github"
    assert flavours.of("book/a.md").name == "mdbook"
    with pytest.raises(ValueError, match="unknown flavour 'nope'; known: docfx, docusaurus, github"):
        detect(files, lambda _: b"", (("", "nope"),))


def test_the_same_files_give_the_same_fingerprint_in_another_process() -> None:
    for files in (BOOK, MKDOCS, DOCFX, DOCUSAURUS):
        flavours, _ = repository(files)
        again = pickle.loads(pickle.dumps(flavours))
        assert again.fingerprint == flavours.fingerprint
        assert again.of(sorted(files)[0]).cache_key == flavours.of(sorted(files)[0]).cache_key
    changed = BOOK | {"book/book.toml": "[book]\n"}
    assert repository(changed)[0].fingerprint != repository(BOOK)[0].fingerprint


def test_an_unreadable_configuration_is_an_empty_one() -> None:
    def read(path: str) -> bytes:
        raise PermissionError(path)

    assert [root for root, _ in detect(["mkdocs.yml"], read).roots] == ["docs"]


def test_every_flavour_has_its_page() -> None:

    with pytest.raises(ValueError, match="unknown flavour") as error:
        detect([], lambda _: b"", (("", "?"),))
    names = str(error.value).partition("known: ")[2].split(", ")
    pages = sorted(page.stem for page in (ROOT / "docs" / "flavours").glob("*.md"))
    assert pages == ["README", *names]


def test_gitlab_when_it_is_set() -> None:
    flavours = detect(["a.md"], lambda _: b"", (("", "gitlab"),))
    document = parse("# A - b\n\n# 12\n\n# A - b\n")
    names = {anchor.name for anchor in flavours.of("a.md").anchors(document, {})}
    assert names == {"a-b", "a-b-1", "anchor-12", "a---b", "a---b-1", "12"}
    assert host_anchors("gitlab", document) == ("a-b", "anchor-12", "a-b-1")
    assert host_anchors("github", document) == ("a---b", "12", "a---b-1")


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_pages_of_the_git_host_above_the_repository_are_external(host: str) -> None:
    settings = (("", host),)
    pages = ("../../issues/12", "../../-/issues/12", "../../wiki", "../../", "../../../other-repository")
    assert {outcome({"a.md": ""}, "a.md", page, settings) for page in pages} == {"external"}
    assert outcome({"a.md": ""}, "a.md", "../../unknown/12", settings) == "KW105"
    assert outcome({"a.md": ""}, "a.md", "../issues/12", settings) == "KW105"


def test_merge_requests_are_pages_of_gitlab_alone() -> None:
    page = "../../merge_requests/3"
    assert outcome({"a.md": ""}, "a.md", page, (("", "gitlab"),)) == "external"
    assert outcome({"a.md": ""}, "a.md", page, (("", "github"),)) == "KW105"


@pytest.mark.parametrize("count", [20_000])
def test_ids_of_twenty_thousand_like_headings_differ(count: int) -> None:
    for name in ("x", "x_1", "x-1"):
        assert len(set(numbered([name] * count))) == count
        assert len(set(unique([name] * count))) == count


def said(files: dict[str, str], source: str) -> dict[str, str]:
    """The outcome of every link of a document, by its target."""
    flavours, tree = repository(files)
    document = parse(files[source], flavours.of(source).dialect)
    found = {}
    for fact in link_facts(document):
        result = resolve_link(source, fact, flavours, tree)
        found[fact.target] = result.path if result.status == "right" else code(result) or result.status
    return found


def test_hugo_shortcodes_name_pages_and_images() -> None:
    files = {
        "hugo.toml": "",
        "content/posts/a.md": (
            '{{< ref "b" >}} {{< ref "b.md#no" >}} {{< relref "../guide" >}} {{< ref "only.md" >}}'
            ' {{< ref "gone.md" >}} {{< figure src="/img/x.png" >}} {{< figure src="y.png" >}}'
            ' {{< figure src="gone.png" >}}\n'
        ),
        "content/posts/b.md": "# B\n",
        "content/posts/y.png": "",
        "content/guide/_index.md": "",
        "content/other/only.md": "",
        "static/img/x.png": "",
    }
    assert said(files, "content/posts/a.md") == {
        "b": "content/posts/b.md", "b.md#no": "KW102", "../guide": "content/guide/_index.md",
        "only.md": "content/other/only.md", "gone.md": "KW101", "/img/x.png": "static/img/x.png",
        "y.png": "content/posts/y.png", "gone.png": "KW101",
    }  # fmt: skip
    assert said(files | {"hugo.toml": 'theme = "t"'}, "content/posts/a.md")["gone.md"] == "KW101"
    assert said(files | {"hugo.toml": 'theme = "t"'}, "content/posts/a.md")["only.md"] == "content/other/only.md"


def test_jekyll_tags_name_files() -> None:
    files = {
        "_config.yml": "baseurl: /base",
        "a.md": (
            "[1]({% link b.md %}#b) [2]({% link b.md %}#no) [3]({% link gone.md %}) [4]({% post_url 2020-01-01-x %})"
            " [5]({% post_url 2020-01-01-y %}) {% link css/x.css %} {% include_relative part.md %}"
            " [6]({{ site.baseurl }}{% link b.md %}) [7]({{ site.baseurl }}/b) [8]({{ page.url }}/b)\n"
        ),
        "b.md": "# B\n",
        "part.md": "",
        "css/x.css": "",
        "_posts/2020-01-01-x.md": "",
    }
    assert said(files, "a.md") == {
        "{% link b.md %}#b": "b.md", "{% link b.md %}#no": "KW102", "{% link gone.md %}": "KW101",
        "{% post_url 2020-01-01-x %}": "_posts/2020-01-01-x.md", "{% post_url 2020-01-01-y %}": "KW101",
        "css/x.css": "css/x.css", "part.md": "part.md", "{{ site.baseurl }}{% link b.md %}": "b.md",
        "{{ site.baseurl }}/b": "b.md", "{{ page.url }}/b": "undecidable",
    }  # fmt: skip


def test_a_tags_path_is_repaired_in_its_place() -> None:
    files = {"_config.yml": "", "a.md": "[1]({% link Dir/B.md %})\n", "dir/b.md": "", "hugo/hugo.toml": ""}
    files |= {"hugo/content/c.md": '[2]({{< relref "dir/d.md#D-e" >}})\n', "hugo/content/dir/d.md": "# D e\n"}
    flavours, tree = repository(files)
    for source, repaired in {
        "a.md": "{% link dir/b.md %}", "hugo/content/c.md": '{{< relref "dir/d.md#d-e" >}}'
    }.items():  # fmt: skip
        (fact,) = link_facts(parse(files[source], flavours.of(source).dialect))
        result = resolve_link(source, fact, flavours, tree)
        assert (code(result), result.replacement, result.safe) == ("KW103", repaired, True)


def test_vitepress_includes_and_snippets() -> None:
    files = {
        "docs/.vitepress/config.ts": "",
        "docs/sub/a.md": "<!--@include: ./p.md-->\n<!--@include: @/p.md-->\n\n<<< @/code/x.ts#r\n<<< ./gone.ts\n",
        "docs/sub/p.md": "",
        "docs/code/x.ts": "",
    }
    assert said(files, "docs/sub/a.md") == {
        "./p.md": "docs/sub/p.md", "@/p.md": "KW101", "@/code/x.ts": "docs/code/x.ts", "./gone.ts": "KW101",
    }  # fmt: skip


def test_mkdocs_snippets_lie_where_the_configuration_says() -> None:
    page = '--8<-- "part.md"\n\n```\n--8<-- "src/x.py:main"\n--8<-- "gone.py"\n```\n'
    files = {"site/docs/a.md": page, "site/part.md": "", "site/src/x.py": "", "site/more/gone.py": ""}
    on = "markdown_extensions:\n  - pymdownx.snippets"
    assert said(files | {"site/mkdocs.yml": on}, "site/docs/a.md") == {
        "part.md": "site/part.md", "src/x.py": "site/src/x.py", "gone.py": "KW101",
    }  # fmt: skip
    more = f"{on}:\n      base_path: [., more]"
    assert said(files | {"site/mkdocs.yml": more}, "site/docs/a.md")["gone.py"] == "site/more/gone.py"
    unknown = f"{on}:\n      base_path: [$config_dir]"
    assert said(files | {"site/mkdocs.yml": unknown}, "site/docs/a.md") == {}
    assert said(files | {"site/mkdocs.yml": ""}, "site/docs/a.md") == {}


def test_imports_of_documents_and_images_are_checked_and_of_code_let_be() -> None:
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
    assert said(files, "docs/a.mdx") == expected
    assert said({**files, "docs/a.md": page}, "docs/a.md") == expected


def test_quarto_includes_are_checked() -> None:
    files = {"_quarto.yml": "", "a.qmd": "{{< include _b.qmd >}}\n{{< include /c/_d.qmd >}}\n{{< embed n.ipynb#f >}}\n"}
    files |= {"_b.qmd": "", "n.ipynb": ""}
    assert said(files, "a.qmd") == {"_b.qmd": "_b.qmd", "/c/_d.qmd": "KW101", "n.ipynb": "n.ipynb"}


def test_myst_roles_and_directives_name_documents_and_files() -> None:
    page = (
        "{doc}`b` {doc}`/sub/c` {doc}`gone` {doc}`api/gone` {ref}`label` {download}`x.zip` {download}`gone.zip`\n\n"
        "```{literalinclude} x.py\n```\n\n```{include} gone.md\n```\n\n```{toctree}\nb\nmissing\n```\n"
    )
    files = {"conf.py": "myst_parser", "a.md": page, "b.md": "", "sub/c.md": "", "x.zip": "", "x.py": ""}
    assert said(files, "a.md") == {
        "b": "b.md", "/sub/c": "sub/c.md", "gone": "KW101", "label": "undecidable", "api/gone": "undecidable",
        "x.zip": "x.zip", "gone.zip": "KW101", "x.py": "x.py", "gone.md": "KW101", "missing": "KW101",
    }  # fmt: skip


def test_ids_that_sources_tell() -> None:
    """What the source of a generator says that could not be run: of GitLab, DocFX, mdBook and Zola."""
    gitlab = {"a.md": "# A -- b\n\n# 2020\n\n# R\n\n# R\n\n# R-1\n"}
    flavour = named("gitlab", "")
    names = [anchor.name for anchor in flavour.anchors(parse(gitlab["a.md"], flavour.dialect), {})]
    assert {"a-b", "a----b", "anchor-2020", "r", "r-1"} <= set(names)
    docfx = named("docfx", "")
    text = "# <a name=\"x\"></a>One\n\n# <a id='y'></a>Two\n"
    assert {a.name for a in docfx.anchors(parse(text, docfx.dialect), {})} == {"x", "two", "y"}
    mdbook = named("mdbook", "")
    assert "section" in {a.name for a in mdbook.anchors(parse("# ::\n", mdbook.dialect), {})}
    zola = Zola("", "", slugs_on=False)
    assert [a.name for a in zola.anchors(parse("# A  `b`\tc\n", zola.dialect), {})] == ["A__b_c"]


def test_vitepress_is_found_by_a_folder_of_configuration_and_reads_its_marks() -> None:
    marks = "attrs: { leftDelimiter: '%{', rightDelimiter: '}%' }"
    page = "# One %{#two}%\n\n[x](#two) [y](#one)\n"
    files = {"docs/.vitepress/config/index.ts": "", "docs/.vitepress/config/en.ts": marks, "docs/a.md": page}
    assert said(files, "docs/a.md") == {"#two": "docs/a.md", "#one": "KW102"}
    own = files | {"docs/.vitepress/config/x.ts": "anchor: { slugify }"}
    assert said(own, "docs/a.md") == {"#two": "docs/a.md", "#one": "undecidable"}
    assert repository({"docs/.vitepress/theme/index.ts": "", "docs/a.md": ""})[0].of("docs/a.md").name == "github"


def test_titles_of_tabs_may_have_ids() -> None:
    files = {"docs/a.md": '=== "One"\n\n    text\n\n[x](#one)\n'}
    tabs = "markdown_extensions:\n  - pymdownx.tabbed:\n      slugify: x\n"
    assert said(files | {"mkdocs.yml": tabs}, "docs/a.md") == {"#one": "undecidable"}
    assert said(files | {"mkdocs.yml": tabs.replace("slugify", "other")}, "docs/a.md") == {"#one": "KW102"}


def test_what_a_site_makes_at_its_top_is_not_reported_under_mystmd() -> None:
    files = {"myst.yml": "", "a.md": "[x](/robots.txt) [y](img/gone.txt) [z](label) [w](b.md#x-y)\n", "img/b.txt": ""}
    files["b.md"] = "(x:y)=\n\nText.\n"
    assert said(files, "a.md") == {
        "b.md#x-y": "b.md",
        "/robots.txt": "undecidable",
        "img/gone.txt": "KW101",
        "label": "undecidable",
    }
