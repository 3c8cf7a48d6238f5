"""TOML is read with a limit on the parts of a key."""

from __future__ import annotations

import pytest

from kwlint.text import toml


@pytest.mark.parametrize("text", ["{}=1", "[{}]", "x = {{ {} = 1 }}", "a = 1\n  {}  = 2"])
@pytest.mark.parametrize("dot", [".", " . "])
def test_key_of_many_parts_is_refused(text: str, dot: str) -> None:
    with pytest.raises(ValueError, match="more than 64 parts"):
        toml.load(text.format(dot.join(["ab"] * 2000)))


def test_ordinary_keys_and_texts_are_read() -> None:
    prose = "One. Two. Three... " * 50
    assert toml.load(f'a.b."c.d" = "{prose}"') == {"a": {"b": {"c.d": prose}}}
