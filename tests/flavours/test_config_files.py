"""Configuration files of generators in any state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwlint.flavours.config_files import code_string, code_strings, from_json, from_toml, from_yaml


@pytest.mark.parametrize("parse", [from_json, from_toml, from_yaml])
@pytest.mark.parametrize("data", [b"", b"\x00", b"{[", b"\xff\xfe", b"a: [", b"[" * 5000, b"- a\n- b", b"3"])
def test_a_file_that_cannot_be_parsed_counts_as_empty(parse: Callable[[bytes], dict[str, Any]], data: bytes) -> None:
    assert parse(data) == {}


def test_json_may_have_comments_and_trailing_commas() -> None:
    text = '{"a": "// kept, too", /* dropped */ "b": [1, 2,], // dropped\n}'
    assert from_json(text.encode()) == {"a": "// kept, too", "b": [1, 2]}


def test_unknown_yaml_tags_keep_their_names_and_values() -> None:
    settings = from_yaml(b"a: !!python/name:x.y\nb: !ENV [C, 1]\nc: !other {d: 2}\n")
    assert settings["a"] == {"tag": "tag:yaml.org,2002:python/name:x.y", "value": ""}
    assert settings["b"] == 1  # the default
    assert settings["c"] == {"tag": "!other", "value": {"d": 2}}


def test_string_literals_are_found_in_code() -> None:
    code = "{path: 'a', other: \"b\", path : \"c\", mypath: 'd', path: e}"
    assert code_strings(code, "path") == ["a", "c"]
    assert code_string(code, "other") == "b"
    assert code_string(code, "missing", "default") == "default"
