"""The flavours: their names, their classes, and the files whose presence makes kwlint look for them.

A new flavour is a module in this package, whose docstring is its manual page, and one entry here. The files are listed
here and not in the module, so that detection imports only the flavours that a repository may have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kwlint.flavours.base import Flavour


class Entry(NamedTuple):
    """A flavour, called `name`, as the class `class_name` in the module `kwlint.flavours.<name>`.

    `config_files`: names of configuration files, the most important first; `x.*` stands for a script of any kind, and
    `x/` for a folder. The class decides whether such a file is its own. `content_files`: names of documents whose
    topmost folder belongs to the flavour if no configuration file covers it.
    """

    name: str
    class_name: str
    config_files: tuple[str, ...] = ()
    content_files: tuple[str, ...] = ()


# If two flavours claim one folder, the first of them wins.
FLAVOURS = (
    Entry("github", "GitHub"),
    Entry("gitlab", "GitLab"),
    Entry("bitbucket", "Bitbucket"),
    Entry("azure", "Azure"),
    Entry("gitea", "Gitea"),
    Entry("wiki", "Wiki", ("_Sidebar.md", "_Footer.md")),
    Entry("docfx", "DocFx", ("docfx.json", ".openpublishing.publish.config.json")),
    Entry("docusaurus", "Docusaurus", ("docusaurus.config.*",)),
    Entry("mkdocs", "MkDocs", ("mkdocs.yml", "mkdocs.yaml", "zensical.toml")),
    Entry("myst", "Myst", ("_toc.yml", "myst.yml", "conf.py")),
    Entry("hugo", "Hugo", (
        "config.toml", "config.yaml", "config.yml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json",
    ), content_files=("_index.md",)),
    Entry("zola", "Zola", ("config.toml", "zola.toml")),
    Entry("mdbook", "MdBook", ("book.toml",)),
    Entry("obsidian", "Obsidian", (".obsidian/", "publish.css")),
    Entry("quarto", "Quarto", ("_quarto.yml", "_quarto.yaml", "_metadata.yml")),
    Entry("vitepress", "VitePress", (".vitepress/",)),
    Entry("vuepress", "VuePress", (".vuepress/",)),
    Entry("jekyll", "Jekyll", ("_config.yml", "_config.yaml")),
    Entry("site", "Site", (
        "next.config.*", "astro.config.*", "nuxt.config.*", "gatsby-config.*", ".gitbook.yaml", "mint.json",
        "antora.yml", ".eleventy.js", "SUMMARY.md", "_config.yml", "_config.yaml", "_sidebar.md",
        "_config.ts", "_config.js",
        "content-collections.*", "docs.json", "eleventy.config.*", "gridsome.config.*", "pelicanconf.py",
        "rspress.config.*", "source.config.*", "svelte.config.*", "theme.config.*", "velite.config.*", "vocs.config.*",
    )),
)  # fmt: skip


def names() -> tuple[str, ...]:
    """Return the names of all flavours, sorted; imports none of them."""
    return tuple(sorted(entry.name for entry in FLAVOURS))


def load(entry: Entry) -> type[Flavour]:
    """Import the class of a flavour."""
    from importlib import import_module

    flavour: type[Flavour] = getattr(import_module(f"kwlint.flavours.{entry.name}"), entry.class_name)
    return flavour


def named(name: str, root: str) -> Flavour:
    """Return the flavour called `name` with its default settings for the folder `root`.

    Raises ValueError for an unknown name.
    """
    entry = next((entry for entry in FLAVOURS if entry.name == name), None)
    if entry is None:
        raise ValueError(f"unknown flavour {name!r}; known: {', '.join(names())}")
    return load(entry).with_defaults(root)
