"""Detection of flavours from the files of a repository."""

from __future__ import annotations

import pickle

import pytest
from link_lab import check, repository

from kwlint.flavours import detect


def test_hidden_folders_and_quarto_readmes_have_the_flavour_of_the_host() -> None:
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
def test_detection_from_configuration_files(files: dict[str, str], expected: list[tuple[str, str]]) -> None:
    flavours, _ = repository(files)
    assert sorted((root, flavour.name) for root, flavour in flavours.roots) == expected


def test_hidden_folders_have_the_flavour_of_the_host() -> None:
    flavours, _ = repository({"_config.yml": "", "a.md": "", ".github/CONTRIBUTING.md": "", ".github/x/b.md": ""})
    names = [flavours.of(path).name for path in ("a.md", ".github/CONTRIBUTING.md", ".github/x/b.md")]
    assert names == ["jekyll", "github", "github"]


def test_settings_override_detection() -> None:
    files = {"docs/mkdocs.yml": "", "docs/docs/a.md": "", "book/a.md": ""}
    flavours = detect(files, lambda path: files[path].encode(), (("docs", "github"), ("book/**", "mdbook")))
    assert flavours.of("docs/docs/a.md").name == "mkdocs"
    assert flavours.of("docs/x.md").name == "github"
    assert flavours.of("book/a.md").name == "mdbook"
    with pytest.raises(ValueError, match="unknown flavour 'nope'; known: azure, bitbucket, docfx"):
        detect(files, lambda _: b"", (("", "nope"),))


FINGERPRINTED = (
    {"book.toml": '[output.html.redirect]\n"/old.html" = "a.html"\n', "src/a.md": ""},
    {"mkdocs.yml": "plugins: [macros]\n", "docs/a.md": ""},
    {"docfx.json": '{"metadata": [{"dest": "api"}]}', "a.md": ""},
    {"docusaurus.config.js": "trailingSlash: true", "docs/a.mdx": ""},
)


@pytest.mark.parametrize("files", FINGERPRINTED, ids=lambda files: next(iter(files)))
def test_fingerprints_depend_on_the_configuration_files_alone(files: dict[str, str]) -> None:
    configuration, document = files
    flavours, _ = repository(files)
    unpickled = pickle.loads(pickle.dumps(flavours))
    assert unpickled.fingerprint == flavours.fingerprint
    assert unpickled.of(document).cache_key == flavours.of(document).cache_key
    assert repository(files | {document: "# Other\n"})[0].fingerprint == flavours.fingerprint
    assert repository(files | {configuration: ""})[0].fingerprint != flavours.fingerprint


def test_an_unreadable_configuration_file_counts_as_empty() -> None:
    def read(path: str) -> bytes:
        raise PermissionError(path)

    assert [root for root, _ in detect(["mkdocs.yml"], read).roots] == ["docs"]
