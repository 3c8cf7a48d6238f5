"""Hash functions, imported from CPython's own modules where they exist.

`hashlib` loads OpenSSL, which takes 5 ms: longer than all the hashing of a run with one changed document.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from hashlib import blake2b, sha1
else:
    try:
        from _blake2 import blake2b
        from _sha1 import sha1
    except ImportError:  # not CPython, or built without these modules
        from hashlib import blake2b, sha1

__all__ = ["blake2b", "sha1"]
