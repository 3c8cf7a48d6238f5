"""Repository paths: their folders, suffixes, and how one is written relative to another."""

from __future__ import annotations

from collections.abc import Iterable

# Folders whose documents are meant to be included by others.
_PARTIAL_FOLDERS = frozenset(
    prefix + name
    for prefix in ("", "_")
    for name in ("include", "includes", "partial", "partials", "snippets", "template", "templates")
)


def folder_of(path: str) -> str:
    """Return the folder of a path, `""` for the root."""
    return path.rpartition("/")[0]


def join(folder: str, path: str) -> tuple[str, int]:
    """Return `path`, relative to `folder`, without `.` and `..`, and by how many levels it leaves the root."""
    parts = [part for part in folder.split("/") if part]
    levels_above = 0
    for part in path.split("/"):
        if part == "..":
            if parts:
                parts.pop()
            else:
                levels_above += 1
        elif part and part != ".":
            parts.append(part)
    return "/".join(parts), levels_above


def join_inside(folder: str, path: str) -> str:
    """Return `path`, relative to `folder`, as a repository path; one that leaves the repository ends at its root."""
    return join(folder, path)[0]


def in_folder(folder: str, *names: str) -> tuple[str, ...]:
    """Return the path of each name in `folder`, which may be `""`."""
    return tuple(f"{folder}/{name}" for name in names) if folder else names


def upwards(folder: str, name: str) -> Iterable[str]:
    """Yield the path of `name` in `folder` and in each folder above it."""
    while folder:
        yield f"{folder}/{name}"
        folder = folder_of(folder)
    yield name


def relative_path(folder: str, path: str) -> str:
    """Return `path` as a document in `folder` would write it."""
    from_parts, to_parts = folder.split("/") if folder else [], path.split("/")
    shared = 0
    while shared < min(len(from_parts), len(to_parts) - 1) and from_parts[shared] == to_parts[shared]:
        shared += 1
    return "/".join([*[".."] * (len(from_parts) - shared), *to_parts[shared:]])


def suffix_of(path: str) -> str:
    """Return the suffix of a path with its dot, in lower case; `.github` and `v1.2` have none."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return f".{suffix.lower()}" if dot and stem and suffix and not suffix[0].isdigit() else ""


def without_suffix(path: str) -> str:
    """Return `path` without its suffix."""
    suffix = suffix_of(path)
    return path[: -len(suffix)] if suffix else path


def without_html(path: str) -> str:
    """Return `path` without `.html`."""
    return path.removesuffix(".html")


def unique(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths in their order, each once."""
    return tuple(dict.fromkeys(paths))


def is_partial(path: str) -> bool:
    """Report whether a document is, by its name, included by others, which may define what it refers to."""
    folder, _, name = path.rpartition("/")
    if name.startswith("_"):
        return name.partition(".")[0] not in ("_index", "_sidebar")
    return not _PARTIAL_FOLDERS.isdisjoint(folder.lower().split("/"))
