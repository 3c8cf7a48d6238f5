"""Lookups in a repository's paths."""

from __future__ import annotations

from kwlint.repo.path_index import PathIndex, loose_stem

INDEX = PathIndex(["README.md", "docs/Set-up.md", "docs/guide/caf\u00e9.md", "other/setup.txt"])


def test_files_and_folders_are_found() -> None:
    assert INDEX.exists("docs/Set-up.md")
    assert not INDEX.exists("docs")
    assert [INDEX.is_folder(path) for path in ("", "docs/guide", "docs/gui", "README.md")] == [True, True, False, False]
    assert set(INDEX.folders) == {"docs", "docs/guide", "other"}


def test_spelling_ignores_case_and_unicode_composition() -> None:
    assert INDEX.case_variants("readme.MD") == ("README.md",)
    assert INDEX.case_variants("DOCS") == ("docs",)
    assert INDEX.case_variants("docs/guide/cafe\u0301.md") == ("docs/guide/caf\u00e9.md",)
    assert INDEX.case_variants("missing.md") == ()


def test_candidates_have_the_same_stem_or_folder() -> None:
    assert INDEX.similar("docs/set_up.rst") == ["docs/Set-up.md", "other/setup.txt"]
    assert INDEX.similar("docs/guide/x.md") == ["docs/guide/caf\u00e9.md"]


def test_loose_stem_drops_suffix_case_and_separators() -> None:
    assert [loose_stem(path) for path in ("a/Get_Started now.md", ".hidden", "x.tar.gz")] == [
        "getstartednow", ".hidden", "x.tar",
    ]  # fmt: skip
