"""The keywords of a folder and all below it: a page that is made only on request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kwlint.pages import a_z, escape
from kwlint.pages.names import folder_index_page, has_folder_index, href, subtree_page
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config


def subtree_index(folder: str, entries: Iterable[tuple[str, tuple[a_z.Posting, ...]]], config: Config) -> str:
    """The page of `folder` ("" is the root); `entries` are the keys with their postings below it."""
    page = subtree_page(config, folder)
    lines = [marker("subtree", folder, config.format), ""]
    lines += [f"# Keywords below {escape.text(folder + '/' if folder else 'the root folder')}"]
    if has_folder_index(config, folder):
        lines += ["", f"[Index of this folder]({href(page, folder_index_page(config, folder))})"]
    letter = ""
    room = a_z.PAGE_LIMIT
    for key, found in sorted(entries, key=lambda entry: a_z.sort_key(entry[0])):
        text = a_z.line(config, found, page)
        room -= len(text.encode("utf-8", "replace")) + 1
        if room < 0:
            lines += ["", "Too many keywords for one page: the others are on the pages of the folders below."]
            break
        if a_z.bucket(key) != letter:
            letter = a_z.bucket(key)
            lines += ["", f"## {escape.text(a_z.shown(letter))}", ""]
        lines.append(text)
    return "\n".join(lines) + "\n"
