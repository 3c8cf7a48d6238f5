"""What a report needs besides the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class RuleInfo(Protocol):
    """What a report says about a rule: its name (`broken-link`), what it finds, and what to do."""

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class View(NamedTuple):
    """`text(path)` returns the text of a source with `\\n` line ends, None if it cannot be read. `rules()` returns the
    rules by code. `root` is the absolute path of the repository. `color` and `hyperlinks` are for terminals."""

    text: Callable[[str], str | None]
    rules: Callable[[], Mapping[str, RuleInfo]]
    root: str = ""
    color: bool = False
    hyperlinks: bool = False
