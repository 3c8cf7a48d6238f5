"""A digest of kwlint's own sources and data: what another version of any of them computed is not used.

A wheel carries the digest, made when it is built (see `hatch_build.py`). In a checkout the files may change at any
time, so they are read.
"""

from __future__ import annotations

import os

from kwlint.repo.hashing import blake2b

SUFFIXES = (".py", ".txt", ".toml", ".json")


_digests: list[str] = []


def package_digest() -> str:
    """Return the digest of the package that runs, in hexadecimal digits."""
    if not _digests:
        try:
            from kwlint import _digest  # type: ignore[attr-defined, unused-ignore]
        except ImportError:
            folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
            _digests.append(digest_of(folder))
        else:
            _digests.append(_digest.DIGEST)
    return _digests[0]


def digest_of(folder: str) -> str:
    """Return the digest of all sources and data files below the package's `folder`, by their paths."""
    digest = blake2b(digest_size=16)
    for path in sorted(_files(folder, "")):
        with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123 (this module is imported by the shortest run)
            data = file.read()
        digest.update(b"%s\0%d\0" % (path.encode(), len(data)))
        digest.update(data)
    return digest.hexdigest()


def _files(folder: str, below: str) -> list[str]:
    paths = []
    with os.scandir(f"{folder}/{below}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    paths += _files(folder, f"{below}{entry.name}/")
            elif entry.name.endswith(SUFFIXES) and entry.name != "_digest.py":
                paths.append(f"{below}{entry.name}")
    return paths
