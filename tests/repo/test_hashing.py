"""Hash functions on a Python without CPython's own modules."""

from __future__ import annotations

import hashlib
import sys
from importlib import reload

from kwlint.repo import hashing


def test_hashlib_is_used_where_cpythons_modules_are_missing() -> None:
    expected = hashing.sha1(b"x").digest(), hashing.blake2b(b"x", digest_size=20).digest()
    saved = {name: sys.modules.get(name) for name in ("_sha1", "_blake2")}
    try:
        sys.modules.update(dict.fromkeys(saved))  # type: ignore[arg-type]  # None makes the import fail
        reload(hashing)
        assert hashing.sha1 is hashlib.sha1
        assert (hashing.sha1(b"x").digest(), hashing.blake2b(b"x", digest_size=20).digest()) == expected
    finally:
        for name, module in saved.items():
            sys.modules.pop(name)
            if module is not None:
                sys.modules[name] = module
        reload(hashing)
