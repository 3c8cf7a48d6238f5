"""Adds a setting to a configuration file, and changes nothing else in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kwlint.config import CONFIG_FILE, PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLE = re.compile(r"[ \t]*\[", re.ASCII)
_OWN_TABLE = re.compile(r"[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*kwlint[ \t]*\][ \t]*(?:#.*)?\r?\n?\Z", re.ASCII)


class Edited(NamedTuple):
    """A file with its bytes before (None for a new file) and after."""

    path: str
    before: bytes | None
    after: bytes


def add_setting(read: Callable[[str], bytes | None], key: str, value: str) -> Edited | None:
    """Return the configuration file with the setting `key = "value"`; None if it has a form that is not edited.

    `read` returns the bytes of a file of the root folder, None if there is no such file. The result is checked by
    parsing both texts as TOML: they must differ by the setting alone.
    """
    from json import dumps

    line = f"{key} = {dumps(value)}"
    own, project = read(CONFIG_FILE), read(PROJECT_FILE)
    if own is None and project is not None and b"kwlint" in project:
        path, before = PROJECT_FILE, project
        text = _in_project(before.decode("utf-8", "surrogateescape"), line)
    else:
        path, before = CONFIG_FILE, own or b""
        text = _at_top(before.decode("utf-8", "surrogateescape"), line)
    if text is None:
        return None
    after = text.encode("utf-8", "surrogateescape")
    if not _only_added(before, after, path, key, value):
        return None
    return Edited(path, None if path == CONFIG_FILE and own is None else before, after)


def _at_top(text: str, line: str) -> str:
    """Return `text` with `line` before the first table."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    at = next((number for number, one in enumerate(lines) if _TABLE.match(one)), len(lines))
    while 0 < at < len(lines) and not lines[at - 1].strip():
        at -= 1
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += end
    return "".join([*lines[:at], line + end, *lines[at:]])


def _in_project(text: str, line: str) -> str | None:
    """Return `text` with `line` as the first setting of `[tool.kwlint]`; None if it has no such line."""
    lines = text.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in text else "\n"
    at = next((number for number, one in enumerate(lines) if _OWN_TABLE.match(one)), None)
    if at is None:
        return None
    if not lines[at].endswith("\n"):
        lines[at] += end
    return "".join([*lines[: at + 1], line + end, *lines[at + 1 :]])


def _only_added(before: bytes, after: bytes, path: str, key: str, value: str) -> bool:
    import tomllib

    try:
        old, new = tomllib.loads(before.decode("utf-8-sig")), tomllib.loads(after.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return False
    table = old.setdefault("tool", {}).setdefault("kwlint", {}) if path == PROJECT_FILE else old
    if key in table:
        return False
    table[key] = value
    return old == new
