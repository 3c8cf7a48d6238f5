"""How the plugins of MkDocs are classified."""

from __future__ import annotations

import pytest

from kwlint.flavours.mkdocs import is_harmless, makes_pages


@pytest.mark.parametrize("plugin", ["gen-files", "mkdocs-simple-hooks", "material/blog", "render_swagger", "rss"])
def test_plugins_that_make_pages(plugin: str) -> None:
    assert makes_pages(plugin)
    assert not is_harmless(plugin)


@pytest.mark.parametrize("plugin", ["search", "material/social", "redirects", "git-revision-date-localized"])
def test_plugins_that_make_neither_pages_nor_links(plugin: str) -> None:
    assert is_harmless(plugin)
    assert not makes_pages(plugin)


@pytest.mark.parametrize("plugin", ["i18n", "macros-of-ours", "other/search", "searching"])
def test_unknown_plugins_may_change_links(plugin: str) -> None:
    assert not is_harmless(plugin)
