"""mistune's inline parser with positions.

Brackets, destinations and code spans are parsed here, because only here their positions are available; mistune parses
escapes, autolinks and HTML. Tokens have `at` and `end`, positions in the text that was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from typing import Any

from mistune.core import InlineState
from mistune.inline_parser import InlineParser

from kwlint.markdown.destinations import tail
from kwlint.markdown.emphasis import run
from kwlint.markdown.escapes import normalised, unescaped
from kwlint.text.lazy_regex import expression

Token = dict[str, Any]

_LABEL = expression(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.S)
_BRACKET = re.compile(r"\[")
_FOOTNOTE = r"\[\^(?P<footnote_label>[^\]\s\x00]+)\]"
_SPACE = re.compile(r"\n\s*")
_MATH = (
    r"\$`[^`]+`\$"
    r"|(?<![\w\\])\$\$(?:[^$\\]|\\.)+?\$\$"
    r"|(?<![\w\\$])\$(?![\s$])(?:[^$\\\n]|\\.)*?(?<!\s)\$(?![\w$])"
)


class Opener:
    """A `[` or `![` that is not closed yet."""

    __slots__ = ("active", "depth", "image", "index", "nested", "start")

    def __init__(self, start: int, index: int, image: bool) -> None:
        self.start = start
        self.index = index
        self.image = image
        self.active = True
        self.nested = False
        self.depth = 0


class PositionedInlineState(InlineState):
    """mistune's state of one text, with the undefined references in it."""

    def __init__(self, env: MutableMapping[str, Any]) -> None:
        super().__init__(env)
        self.openers: list[Opener] = []
        self.links_opened: list[Opener] = []  # those that may still become links
        self.undefined: list[tuple[str, int, int]] = []
        self.heading = False

    def append_token(self, token: Token) -> None:
        self.tokens.append(token)


class Inlines(InlineParser):
    """mistune's inline parser, whose tokens have positions."""

    state_cls = PositionedInlineState

    def __init__(self, math: bool = True) -> None:
        super().__init__()
        self.specification["link_close"] = r"\]"
        self._marks = "\\`[]<\n*_~"  # the `!` of an image is found before its `[`
        self.add("footnote", _FOOTNOTE, self.parse_footnote, "[")
        if math:
            self.add("math", _MATH, self.parse_math, "$")

    def add(self, name: str, pattern: str, method: Callable[[re.Match[str], Any], int | None], start: str) -> None:
        """Register a rule whose matches begin with a character of `start`."""
        self.register(name, pattern, None, before="escape" if name == "wiki" else "link")
        self._methods[name] = method
        self._marks += start.replace("!", "")
        self.trigger = re.compile("[" + re.escape(self._marks) + "]")
        self.markup = re.compile("[" + re.escape(self._marks.replace("]", "").replace("\n", "")) + "]")

    def read(self, text: str, env: MutableMapping[str, Any], heading: bool = False) -> PositionedInlineState:
        """Parse `text`; the tokens are in the state."""
        state = PositionedInlineState(env)
        state.src = text
        state.heading = heading
        self.parse(state)
        return state

    def parse(self, state: PositionedInlineState) -> list[Token]:  # type: ignore[override]
        """Run mistune's loop. Line breaks and runs of asterisks are handled here, everything else by the rules."""
        src, tokens = state.src, state.tokens
        search, match_rule = self.trigger.search, self.compile_sc().match
        pos = 0
        while match := search(src, pos):
            start = match.start()
            mark = match[0]
            if mark == "\n":
                after = self._break(state, pos, start)
            elif mark in "*_~":
                if start > pos:
                    tokens.append({"type": "text", "raw": src[pos:start]})
                after = match.end()
                while src.startswith(mark, after):
                    after += 1
                tokens.append(run(src, start, after))
            else:
                if start > pos:
                    start -= mark == "[" and src[start - 1] == "!"
                if start > pos:
                    tokens.append({"type": "text", "raw": src[pos:start]})
                rule_match = match_rule(src, start)
                read_to = rule_match and self.parse_method(rule_match, state)
                after = read_to or match.end()
                if not read_to:
                    tokens.append({"type": "text", "raw": src[start:after]})
            pos = after
        if pos < len(src):
            tokens.append({"type": "text", "raw": src[pos:]})
        return tokens

    def _break(self, state: PositionedInlineState, pos: int, newline: int) -> int:
        """Add a soft or hard line break with the spaces around it."""
        text = state.src[pos:newline].rstrip(" ")
        if text:
            state.tokens.append({"type": "text", "raw": text})
        state.tokens.append({"type": "softbreak"})
        rest = _SPACE.match(state.src, newline)
        assert rest
        return rest.end()

    def parse_linebreak(self, m: re.Match[str], state: InlineState) -> int:
        state.append_token({"type": "softbreak"})
        return m.end()

    def parse_math(self, m: re.Match[str], state: InlineState) -> int:
        state.append_token({"type": "math", "raw": m[0]})
        return m.end()

    def parse_footnote(self, m: re.Match[str], state: PositionedInlineState) -> int:
        key = normalised(m["footnote_label"])
        if key not in state.env.get("footnotes", ()):
            bracket = _BRACKET.match(state.src, m.start())
            assert bracket
            return self.parse_link(bracket, state)
        state.append_token({"type": "footnote_ref", "key": key, "raw": m[0]})
        return m.end()

    def parse_codespan(self, m: re.Match[str], state: InlineState) -> int:
        start = m.end()
        end = state.delimiters.code_end(m[0], start)
        if end is None:
            state.append_token({"type": "text", "raw": m[0]})
            return start
        code = state.src[start:end].replace("\n", " ")
        if code[:1] == " " == code[-1:] and code.strip(" "):
            code = code[1:-1]
        state.append_token({"type": "codespan", "raw": code, "at": start, "end": end})
        return end + len(m[0])

    def parse_auto_link(self, m: re.Match[str], state: InlineState) -> int:
        return self._add_mention(m, state, "")

    def parse_auto_email(self, m: re.Match[str], state: InlineState) -> int:
        return self._add_mention(m, state, "mailto:")

    def _add_mention(self, m: re.Match[str], state: InlineState, scheme: str) -> int:
        raw = m[0][1:-1]
        state.append_token(
            {
                "type": "link",
                "kind": "autolink",
                "children": [{"type": "text", "raw": raw}],
                "url": scheme + raw,
                "at": m.start() + 1,
                "end": m.end() - 1,
            }
        )
        return m.end()

    def parse_inline_html(self, m: re.Match[str], state: InlineState) -> int | None:
        end = super().parse_inline_html(m, state)
        if end:
            state.tokens[-1]["at"] = m.start()
        return end

    def parse_link(self, m: re.Match[str], state: PositionedInlineState) -> int:  # type: ignore[override]
        if state.openers:
            state.openers[-1].nested = True
        opener = Opener(m.end(), len(state.tokens), len(m[0]) == 2)
        state.openers.append(opener)
        if not opener.image:
            state.links_opened.append(opener)
        state.append_token({"type": "text", "raw": m[0]})
        return m.end()

    def parse_link_close(self, m: re.Match[str], state: PositionedInlineState) -> int:  # type: ignore[override]
        """Turn the closest opener into a link or image, or into text (CommonMark, "look for link or image")."""
        close = m.start()
        token = None
        if state.openers:
            opener = state.openers.pop()
            if state.openers:
                state.openers[-1].depth = max(state.openers[-1].depth, opener.depth)
            if opener.active and opener.depth < self.max_nested_level:
                token = self._inline(state, close) or self._reference(state, opener, close)
        if token is None:
            state.append_token({"type": "text", "raw": "]"})
            return m.end()
        self._replace(state, opener, token)
        after: int = token.pop("after")
        return after

    def _inline(self, state: PositionedInlineState, close: int) -> Token | None:
        if not state.src.startswith("(", close + 1):
            return None
        span = tail(state.src, close + 1)
        if span is None:
            return None
        start, end, after = span
        return {"kind": "inline", "url": unescaped(state.src[start:end]), "at": start, "end": end, "after": after}

    def _reference(self, state: PositionedInlineState, opener: Opener, close: int) -> Token | None:
        src = state.src
        follows = _LABEL.match(src, close + 1)
        start, end, after = opener.start, close, close + 1
        if follows:
            after = follows.end()
            if follows[1]:
                start, end = follows.span(1)
        if start == opener.start and (opener.nested or end - start > 999):
            return None
        label = src[start:end]
        key = normalised(label)
        url = state.env["ref_links"].get(key)
        if url is not None:
            return {"kind": "reference", "url": url, "at": start, "end": end, "after": after, "label": key}
        if follows and key and label[0] != "^" and key not in state.env.get("implicit", ()):
            state.undefined.append((key, start, end))
        return None

    def _replace(self, state: PositionedInlineState, opener: Opener, token: Token) -> None:
        """Make the tokens since `opener` the children of `token`."""
        token["type"] = "image" if opener.image else "link"
        token["children"] = state.tokens[opener.index + 1 :]
        del state.tokens[opener.index :]
        state.tokens.append(token)
        if state.openers:
            state.openers[-1].depth = max(state.openers[-1].depth, opener.depth + 1)
        if not opener.image:  # no links in links: those opened before are text from now on
            for earlier in state.links_opened:
                earlier.active = False
            state.links_opened.clear()
