"""The keyword index of a folder and all folders below it; off by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.pages import a_z, escape
from kwlint.pages.names import folder_index_page, has_folder_index, href, subtree_page
from kwlint.repo.page_marker import marker

if TYPE_CHECKING:
    from kwlint.config import Config
    from kwlint.model.context import Folder


def render(folder: Folder, config: Config) -> str:
    """Return the page of `folder`."""
    page = subtree_page(config, folder.path)
    lines = [marker("subtree", folder.path, config.format), ""]
    lines += [f"# Keywords below {escape.text(folder.path + '/' if folder.path else 'the root folder')}"]
    if has_folder_index(config, folder.path):
        lines += ["", f"[Index of this folder]({href(page, folder_index_page(config, folder.path))})"]
    letter = ""
    room = a_z.PAGE_LIMIT
    for key, postings in sorted(folder.keywords, key=lambda entry: a_z.sort_key(entry[0])):
        text = a_z.line(config, postings, page)
        room -= len(text.encode("utf-8", "replace")) + 1
        if room < 0:
            lines += ["", "Too many keywords for one page. The pages of the folders below list the others."]
            break
        if a_z.bucket(key) != letter:
            letter = a_z.bucket(key)
            lines += ["", f"## {escape.text(a_z.bucket_title(letter))}", ""]
        lines.append(text)
    return "\n".join(lines) + "\n"
