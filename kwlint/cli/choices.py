"""The names that configurations and options may use, taken from the registries."""

from __future__ import annotations

from kwlint.config import Choices


def _rule_codes() -> tuple[str, ...]:
    from kwlint.rules.registry import codes

    return codes()


def _flavours() -> tuple[str, ...]:
    from kwlint.flavours.registry import names

    return names()


def _page_kinds() -> tuple[str, ...]:
    from kwlint.pages.registry import names

    return names()


CHOICES = Choices(rule_codes=_rule_codes, flavours=_flavours, page_kinds=_page_kinds)
