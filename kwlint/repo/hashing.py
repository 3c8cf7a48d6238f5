"""The hash functions that nearly every run needs, from CPython's own modules where it has them.

`hashlib` loads OpenSSL, which takes five milliseconds: more than hashing all that a run with one changed document has
to hash.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing.TYPE_CHECKING`, without its import
if TYPE_CHECKING:
    from hashlib import blake2b, sha1
else:
    try:
        from _blake2 import blake2b
        from _sha1 import sha1
    except ImportError:  # another Python, or one built without them
        from hashlib import blake2b, sha1

__all__ = ["blake2b", "sha1"]
