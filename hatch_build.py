"""Build hook: the wheel carries the digest of the sources and data that are in it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DigestHook(BuildHookInterface):
    """Writes `kwlint/_digest.py` into wheels; an editable install has none, and kwlint reads its files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the module to the wheel."""
        if version == "editable":
            return
        target = Path(tempfile.mkdtemp()) / "_digest.py"
        target.write_text(f'"""Made by the build."""\n\nDIGEST = "{self._digest()}"\n', encoding="utf-8")
        build_data["force_include"][str(target)] = "kwlint/_digest.py"

    def _digest(self) -> str:
        sys.path.insert(0, self.root)
        try:
            from kwlint.engine.package_digest import digest_of
        finally:
            sys.path.remove(self.root)
        return digest_of(str(Path(self.root, "kwlint")))
