"""DocFX."""

from __future__ import annotations

from link_lab import check

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


def test_docfx_derives_addresses_from_the_breadcrumb_path() -> None:
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
