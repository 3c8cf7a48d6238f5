"""What code blocks define, import, show, run and promise, by patterns per language.

Patterns rather than parsers: samples are fragments with `...` in the middle, and the answer may not depend on which
Python runs kwlint, as that of `ast` does. Strings and comments are blanked out first where a pattern could be fooled
by them.
"""

# ruff: noqa: E501, SIM905 - a pattern or a table is read best as it is searched for

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kwlint.facts.code_idioms import idioms
from kwlint.model.facts import Sample
from kwlint.text.lazy_regex import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kwlint.model.document import Document, Fence

MAX_TEXT = 60_000  # characters of one block that are read
MAX_NAMES = 40
MAX_COMMANDS = 20
MAX_COMMAND = 300
MAX_OUTPUT = 3
SHORT = 7  # characters: `True`, a number, a name

_ALIASES = {
    "bash": "bash sh zsh ksh shell fish shellscript bashrc",
    "console": "console shell-session shellsession sh-session terminal session pycon-session",
    "powershell": "powershell pwsh ps1 ps posh powershell-interactive azurepowershell azurepowershell-interactive",
    "cmd": "cmd bat batch dos",
    "python": "python py python3 py3 pycon ipython ipython3 sage",
    "javascript": "javascript js jsx mjs cjs node",
    "typescript": "typescript ts tsx mts cts",
    "rust": "rust rs rustdoc no_run should_panic compile_fail",
    "go": "go golang",
    "java": "java",
    "kotlin": "kotlin kt kts",
    "c": "c h",
    "cpp": "cpp c++ cxx cc hpp hxx cuda",
    "csharp": "csharp c# cs",
    "ruby": "ruby rb",
    "php": "php",
    "sql": "sql mysql psql postgresql tsql plpgsql sqlite",
    "yaml": "yaml yml",
    "json": "json json5 jsonc",
    "toml": "toml",
    "ini": "ini cfg conf properties",
    "xml": "xml svg xaml",
    "html": "html htm xhtml",
    "dockerfile": "dockerfile docker containerfile",
    "output": "output",
    "text": "text txt plain plaintext none ignore nohighlight",
    "markdown": "markdown md",
}
_CANONICAL = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}
_DIRECTIVES = frozenset(("code", "code-block", "sourcecode", "code-cell"))

Names = tuple[tuple[str, str], ...]


class _Language(NamedTuple):
    """Patterns whose last group that matched is a name; `defines` in order of precedence, each with its kind."""

    defines: tuple[tuple[str, str], ...]
    imports: tuple[str, ...]
    blank: str = ""


_C_LIKE_BLANK = r'/\*[\s\S]*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"'
_VISIBLE = r"^[ \t]*(?:(?:public|private|protected|internal|static|abstract|final|sealed|partial|readonly|override|virtual|async|unsafe|file|record|data|open) +)*"
_LANGUAGES: dict[str, _Language] = {
    "python": _Language(
        (
            ("class", r"^class +(\w+)"),
            ("function", r"^(?:async +)?def +(\w+)"),
            ("method", r"^[ \t]+(?:async +)?def +(\w+)"),
        ),
        (r"^[ \t]*from +(\.*[\w.]*) +import\b", r"^[ \t]*import +([\w.]+(?: +as +\w+)?(?: *, *[\w.]+(?: +as +\w+)?)*)"),
        r'(?:[rbfuRBFU]{0,2})(?:"""[\s\S]*?(?:"""|\Z)|\'\'\'[\s\S]*?(?:\'\'\'|\Z)|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\')|#[^\n]*',
    ),
    "javascript": _Language(
        (
            ("class", r"^[ \t]*(?:export +(?:default +)?)?(?:abstract +)?class +(\w+)"),
            ("function", r"^[ \t]*(?:export +(?:default +)?)?(?:async +)?function *\*? *(\w+)"),
            (
                "function",
                r"^[ \t]*(?:export +)?(?:const|let|var) +(\w+) *(?::[^=\n]{1,80})?= *(?:async *)?(?:function\b|\([^()\n]*\)[^=\n]{0,40}=>|\w+ *=>)",
            ),
        ),
        (
            r"^[ \t]*import\b(?![.(])[ \t]*(?:[^'\"\n;=(]{1,200}?\bfrom *)?['\"]([^'\"\n]+)['\"]",
            r"^[ \t]*export\b[^'\"\n;=(]{0,200}?\bfrom *['\"]([^'\"\n]+)['\"]",
            r"^[ \t]*\}[ \t]*from *['\"]([^'\"\n]+)['\"]",
            r"\brequire\( *['\"]([^'\"\n]+)['\"] *\)",
        ),
    ),
    "rust": _Language(
        (
            ("struct", r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?struct +(\w+)"),
            ("enum", r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?enum +(\w+)"),
            ("trait", r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?(?:unsafe +)?trait +(\w+)"),
            ("type", r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?type +(\w+) *(?:<[^\n]*>)? *="),
            ("macro", r"^[ \t]*(?:# )?macro_rules! *(\w+)"),
            ("constant", r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?(?:const|static)(?: +mut)? +(\w+) *:"),
            (
                "function",
                r"^(?:# )?(?:pub(?:\([^)\n]*\))? +)?(?:const +|async +|unsafe +|extern +(?:\"[^\"\n]*\" +)?)*fn +(\w+)",
            ),
            (
                "method",
                r"^[ \t]+(?:# )?(?:pub(?:\([^)\n]*\))? +)?(?:const +|async +|unsafe +|extern +(?:\"[^\"\n]*\" +)?)*fn +(\w+)",
            ),
        ),
        (r"^[ \t]*(?:# )?(?:pub(?:\([^)\n]*\))? +)?use +((?:::)?\w+(?:::\w+)*)", r"^[ \t]*(?:# )?extern +crate +(\w+)"),
        _C_LIKE_BLANK,
    ),
    "go": _Language(
        (
            ("type", r"^type +(\w+)"),
            ("function", r"^func +(\w+)"),
            ("method", r"^func +\([^)\n]*\) *(\w+)"),
        ),
        (r'^import +(?:[\w.]+ +)?"([^"\n]+)"', r'^[ \t]+(?:[\w.]+ +)?"([\w./~-]+)"[ \t]*$'),
    ),
    "java": _Language(
        (
            ("interface", _VISIBLE + r"@?interface +(\w+)"),
            ("enum", _VISIBLE + r"enum +(\w+)"),
            ("class", _VISIBLE + r"(?:class|record) +(\w+)"),
            (
                "method",
                r"^[ \t]*(?:(?:public|private|protected|static|final|abstract|synchronized) +)+(?:<[^>\n]*> *)?[\w<>\[\], .?]+ +(\w+) *\(",
            ),
        ),
        (r"^import +(?:static +)?([\w.]+(?:\.\*)?) *;",),
        _C_LIKE_BLANK,
    ),
    "csharp": _Language(
        (
            ("interface", _VISIBLE + r"interface +(\w+)"),
            ("enum", _VISIBLE + r"enum +(\w+)"),
            ("struct", _VISIBLE + r"struct +(\w+)"),
            ("class", _VISIBLE + r"(?:class|record(?: class)?) +(\w+)"),
            (
                "method",
                r"^[ \t]*(?:(?:public|private|protected|internal|static|virtual|override|abstract|async) +)+[\w<>\[\], .?]+ +(\w+) *\(",
            ),
        ),
        (r"^[ \t]*(?:global +)?using +(?:static +)?(?:\w+ *= *)?([\w.]+) *;",),
        _C_LIKE_BLANK,
    ),
    "c": _Language(
        (
            ("struct", r"^[ \t]*(?:typedef +)?(?:struct|union) +(\w+)(?=\s*\{)"),
            ("enum", r"^[ \t]*(?:typedef +)?enum +(?:class +)?(\w+)(?=\s*[{:])"),
            ("class", r"^[ \t]*(?:template *<[^\n]*> *)?class +(\w+)(?=[^;\n]*(?:\{|$))"),
            ("macro", r"^[ \t]*#[ \t]*define +(\w+)"),
            ("function", r"^(?:[\w:<>,]+[ *&]+){1,6}([\w:~]+) *\([^;{}()]{0,400}\)[ \w]{0,40}\s*\{"),
        ),
        (r"^[ \t]*#[ \t]*include *[<\"]([^>\"\n]+)[>\"]", r"^[ \t]*(?:export +)?import +([\w.:]+) *;"),
        r"/\*[\s\S]*?\*/|//[^\n]*",
    ),
    "kotlin": _Language(
        (
            ("class", _VISIBLE + r"(?:class|object|interface|enum class) +(\w+)"),
            (
                "function",
                r"^[ \t]*(?:(?:public|private|override|suspend|inline|internal) +)*fun +(?:<[^>\n]*> *)?(?:[\w.<>]+\.)?(\w+) *\(",
            ),
        ),
        (r"^import +([\w.]+(?:\.\*)?)",),
        _C_LIKE_BLANK,
    ),
    "ruby": _Language(
        (
            ("module", r"^[ \t]*module +([\w:]+)"),
            ("class", r"^[ \t]*class +([\w:]+)"),
            ("method", r"^[ \t]*def +(?:self\.)?(\w+[?!]?)"),
        ),
        (r"^[ \t]*(?:require|require_relative|gem)[ (]+['\"]([^'\"\n]+)['\"]",),
    ),
    "php": _Language(
        (
            ("class", r"^[ \t]*(?:(?:abstract|final|readonly) +)*(?:class|interface|trait|enum) +(\w+)"),
            ("function", r"^[ \t]*(?:(?:public|private|protected|static|abstract|final) +)*function +&?(\w+)"),
        ),
        (r"^[ \t]*use +(?:function +|const +)?([\w\\]+)", r"\b(?:require|include)(?:_once)?[ (]+['\"]([^'\"\n]+)['\"]"),
    ),
    "powershell": _Language(
        (
            ("class", r"(?i:^[ \t]*class +(\w+))"),
            ("enum", r"(?i:^[ \t]*enum +(\w+))"),
            ("function", r"(?i:^[ \t]*(?:function|filter|workflow|configuration) +((?:\w+:)?[\w-]+))"),
        ),
        (
            r"(?i:^[ \t]*(?:PS[^>\n]{0,80}> ?)?Import-Module +(?:-Name +)?['\"]?([\w.\\/:$-]+))",
            r"(?i:^[ \t]*using +(?:module|namespace|assembly) +['\"]?([\w.\\/:-]+))",
            r"(?i:^[ \t]*#Requires +-Modules? +([\w., -]+))",
        ),
    ),
    "bash": _Language(
        (
            ("function", r"^[ \t]*(?:function +([\w:-]+)|([\w:-]+) *\(\)) *(?:\{|$)"),
            ("variable", r"^[ \t]*export +(\w+)="),
        ),
        (r"^[ \t]*(?:source|\.) +([^\s;&|]+)",),
    ),
    "sql": _Language(
        tuple(
            (
                kind,
                rf"(?i:\bcreate +(?:or +replace +)?(?:(?:temp|temporary|unique|materialized|global|local) +)*{kind} +(?:if +not +exists +)?)([\w.\"\[\]`]+)",
            )
            for kind in ("table", "view", "function", "procedure", "trigger", "index", "type")
        ),
        (),
    ),
    "yaml": _Language((("key", r"^(?:- +)?([A-Za-z_][\w./-]*(?: [\w./-]+){0,3}):(?=\s|$)"),), ()),
    "json": _Language((("key", r'^(?:\{ ?| {2}|\t| {4})"([^"\n]{1,60})" *:'),), ()),
    "toml": _Language((("table", r"^\[{1,2} *([\w.\"'-]+) *\]{1,2}"), ("key", r"^([\w-]+) *=")), ()),
    "ini": _Language((("section", r"^\[ *([^\]\n]{1,60}) *\]"),), ()),
    "dockerfile": _Language((), (r"(?i:^FROM +(?:--\S+ +)?)(\S+)",)),
    "css": _Language((), (r"@import +(?:url\()?['\"]([^'\"\n]+)['\"]",)),
    "html": _Language(
        (), (r"<script\b[^>\n]{0,200}\bsrc=[\"']([^\"'\n]+)[\"']", r"<link\b[^>\n]{0,200}\bhref=[\"']([^\"'\n]+)[\"']")
    ),
}
_LANGUAGES["typescript"] = _Language(
    (
        ("interface", r"^[ \t]*(?:export +)?(?:declare +)?interface +(\w+)"),
        ("enum", r"^[ \t]*(?:export +)?(?:declare +)?(?:const +)?enum +(\w+)"),
        ("type", r"^[ \t]*(?:export +)?(?:declare +)?type +(\w+)[^=\n]{0,80}="),
        *_LANGUAGES["javascript"].defines,
    ),
    _LANGUAGES["javascript"].imports,
)
_LANGUAGES["cpp"] = _LANGUAGES["c"]


def samples(document: Document) -> tuple[Sample, ...]:
    """What each code block of the document says, in order."""
    found = [_sample(document, fence) for fence in document.fences]
    if "{* " in document.text or "--8<--" in document.text:
        found += _transclusions(document)
        found.sort(key=lambda sample: sample.line)
    return tuple(found)


def language(fence: Fence) -> str:
    """The canonical name of a block's language; from its first line where none is given and prompts tell."""
    name = fence.lang
    if name in _DIRECTIVES:
        name = next(iter(fence.info.replace("}", "} ").split()[1:]), "").lower()
    name = name.split(",")[0].strip("{}.")[:40]
    if name:
        return _CANONICAL.get(name, name)
    start = fence.text[:200].lstrip()
    if start.startswith("$ "):
        return "console"
    if start.startswith(">>> "):
        return "python"
    prompt = _POWERSHELL_PROMPT.match(start)
    return "powershell" if prompt and "PS" in prompt[0] else ""


def _sample(document: Document, fence: Fence) -> Sample:
    name = language(fence)
    text = fence.text[:MAX_TEXT]
    grammar = _LANGUAGES.get(name)
    doctests = 0
    if name == "python" and ">>> " in text:
        text, output, doctests = _doctests(text)
        commands: tuple[str, ...] = ()
    else:
        commands, output = _session(name, text)
    return Sample(
        lang=name,
        section=fence.section,
        line=bisect_right(document.line_starts, fence.start),
        lines=own_lines(fence),
        defines=_shows(name, "\n".join(commands) if name == "console" else text, fence),
        imports=_imports(name, text) if grammar else (),
        commands=commands,
        output=output,
        doctests=doctests,
    )


# --- names ------------------------------------------------------------------------------------------------------------


@cache
def _patterns(
    name: str,
) -> tuple[re.Pattern[str] | None, tuple[tuple[str, re.Pattern[str]], ...], tuple[re.Pattern[str], ...]]:
    grammar = _LANGUAGES[name]
    return (
        re.compile(grammar.blank) if grammar.blank else None,
        tuple((kind, re.compile(pattern, re.MULTILINE)) for kind, pattern in grammar.defines),
        tuple(re.compile(pattern, re.MULTILINE) for pattern in grammar.imports),
    )


def _blanked(pattern: re.Pattern[str] | None, text: str) -> str:
    return pattern.sub(lambda match: "\n" * match[0].count("\n") or " ", text) if pattern else text


def _shows(name: str, text: str, fence: Fence) -> Names:
    included = tuple(("include", path) for path in _included(fence))
    shown = tuple(("idiom", idiom) for idiom in idioms(name, text))
    return (*(_defines(name, text) if name in _LANGUAGES else ()), *shown, *included)


def _defines(name: str, text: str) -> Names:
    blank, kinds, _ = _patterns(name)
    text = _blanked(blank, text)
    found: dict[tuple[str, str], int] = {}
    for kind, pattern in kinds:
        for match in pattern.finditer(text):
            symbol = (match[match.lastindex or 0] or "").strip("\"'[]`")
            if symbol:
                found.setdefault((kind, symbol), match.start())
    ordered = sorted(found, key=lambda entry: (found[entry], entry))
    return tuple((kind, symbol[:120]) for kind, symbol in ordered[:MAX_NAMES])


def _imports(name: str, text: str) -> tuple[str, ...]:
    blank, _, patterns = _patterns(name)
    if name == "python":
        text = _blanked(blank, text)
    if name == "go" and "import" not in text:
        return ()
    found: dict[str, int] = {}
    for pattern in patterns:
        for match in pattern.finditer(text):
            for part in _parts(name, match[match.lastindex or 0]):
                found.setdefault(part, match.start())
    return tuple(sorted(found, key=lambda part: (found[part], part)))[:MAX_NAMES]


def _parts(name: str, text: str) -> Iterable[str]:
    if name == "python" or (name == "powershell" and "," in text):
        return [part.split(" as ")[0].strip() for part in text.split(",") if part.strip()]
    return [text[:200]] if text else []


# --- text of other files ------------------------------------------------------------------------------------------------

# mdBook's `{{#include path:lines}}` and its kin; MkDocs's snippets; FastAPI's `{* path hl[1:2] *}`.
_INCLUDE = expression(
    r"""\{\{\#(?:include|rustdoc_include|playground)[ ]+([^\s:{}]+)
    |^[ \t]*;*-+8<-+[ ]+["']([^"'\n:]+)
    |\{\*[ ]+([^\s*{}]+)[^\n{}]*\*\}""",
    re.VERBOSE | re.MULTILINE,
)


def own_lines(fence: Fence) -> int:
    """The lines of a block that are not taken from elsewhere."""
    return max(0, (fence.text.count("\n") or bool(fence.text)) - len(_included(fence)))


def _included(fence: Fence) -> list[str]:
    """The files that a block's text is taken from."""
    if fence.lang in ("literalinclude", "include"):
        words = fence.info.replace("}", "} ").split()
        return words[1:2]
    if "{{#" not in fence.text and "8<" not in fence.text:
        return []
    return [match[match.lastindex or 0][:200] for match in _INCLUDE.finditer(fence.text[:MAX_TEXT])]


def _transclusions(document: Document) -> list[Sample]:
    """Code that stands in other files, shown where the text says so outside of any code block."""
    spans = [(fence.start, fence.end) for fence in document.fences]
    starts = [start for start, _ in spans]
    sections = [section.start for section in document.sections]
    found = []
    for match in _INCLUDE.finditer(document.text):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < spans[index][1]:
            continue
        path = match[match.lastindex or 0][:200]
        suffix = path.rpartition(".")[2].lower()
        section = max(bisect_right(sections, match.start()) - 1, 0)
        line = bisect_right(document.line_starts, match.start())
        found.append(Sample(_CANONICAL.get(suffix, ""), section, line, 0, (("include", path),), (), (), (), 0))
    return found


# --- sessions: prompts, commands, output -------------------------------------------------------------------------

_POWERSHELL_PROMPT = expression(
    r"PS(?: [^>\n]{0,120})?> ?|\[\w+\]: PS[^>\n]{0,120}> ?|[A-Za-z]:\\[^>\n]{0,120}> ?(?=\w)"
)
_PROMPT = expression(
    r"PS(?: [^>\n]{0,120})?> ?(?=\S)|(?:[\w.@:~/\[\]()-]{0,60} ?)?[$%] (?=\S)|[\w.@:~/\[\]()-]{2,60}# (?=\S)|(?:[A-Za-z]:\\[^>\n]{0,120})?> ?(?=\S)"
)
_COMMAND = expression(r"(?:[A-Z_]+=\S+ )*(?:\./|~/|/)?[a-z][\w.+/-]*(?: |$)")
_CMDLET = expression(r"[A-Z][a-z]+-[A-Z]\w+")
_CALL = expression(r"\b[A-Z]\w*-[A-Z]\w*|^(?:[.&] |\.?[\\/])?[a-z][\w./\\-]*(?: |$)")  # no `$a`, no `[int]"5"`
_CONTROL = frozenset(
    "if then else elif fi for do done while until case esac function return exit local export set unset echo cd in"
    " break continue shift read source alias true false".split()
)


def _session(name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands of a block and the output it shows; none of a drawing of folders."""
    if "├" in text or "└" in text:
        return (), ()
    if name == "output":
        return (), _shown([text.split("\n")])
    if name == "powershell":
        prompted = _prompted(text, _POWERSHELL_PROMPT.match)
        if prompted is None:
            return _cmdlets(text), ()
        return tuple(filter(_CALL.search, prompted[0])), prompted[1]
    if name in ("bash", "console", "cmd", "text", ""):
        prompted = _prompted(text, _PROMPT.match) if name != "bash" or text.lstrip().startswith(("$ ", "% ")) else None
        if prompted and (name in ("bash", "console", "cmd") or text.lstrip().startswith("$ ")):
            return prompted
        if name in ("bash", "console"):
            return _bare(text), ()
    return (), ()


# Moving about and looking around: no reader looks up how that is done.
_MOVES = frozenset("cd chdir ls dir pwd clear cls exit mkdir md pushd popd".split())
_ECHO = expression(r"echo [^>|;&]*\Z").match
_MARKUP = expression(r"</?(?:font|span|u|b|i|em|strong|a)\b[^<>]*>")  # of a session that a site shows in colours


def _prompted(
    text: str, prompt: Callable[[str], re.Match[str] | None]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Commands after a prompt, with the lines that they go on over, and what is printed between them."""
    commands: list[str] = []
    outputs: list[list[str]] = []
    going_on = False
    for line in text.split("\n"):
        line = _MARKUP.sub("", line)
        match = prompt(line)
        if going_on and not match:
            commands[-1] = f"{commands[-1]} {line.lstrip('> ').rstrip(chr(92) + '`').strip()}"
        elif match:
            commands.append(line[match.end() :].strip().rstrip("\\`").strip())
            outputs.append([])
        elif commands and _answers(commands[-1]):
            outputs[-1].append(line)
        if going_on or match:
            going_on = _is_open(line, commands[-1])
    return (_tidy(commands), _shown(outputs)) if commands else None


def _answers(command: str) -> bool:
    """Whether what follows a command is an output worth telling: after a comment or a bare prompt a script is shown."""
    return bool(command) and not command.startswith("#") and command.split()[0] not in _MOVES


def _is_open(line: str, command: str) -> bool:
    """Whether a command goes on in the next line."""
    if len(command) > MAX_COMMAND:
        return False
    return line.rstrip().endswith(("\\", "`", "|")) or command.count("{") > command.count("}")


def _bare(text: str) -> tuple[str, ...]:
    """The commands of a shell block without prompts: lines at its margin that begin like one."""
    commands: list[str] = []
    going_on = False
    until = ""
    for line in text.split("\n"):
        if until:
            until = "" if line.strip() == until else until
            continue
        if going_on:
            going_on = line.endswith("\\")
            commands[-1] = f"{commands[-1]} {line.rstrip(chr(92)).strip()}"
            continue
        match = _COMMAND.match(line)
        if not match or line.split(maxsplit=1)[0] in _CONTROL:
            continue
        if here := re.search(r"<<-?\s*['\"]?(\w+)", line):
            until = here[1]
        going_on = line.endswith("\\")
        commands.append(line.rstrip("\\").strip())
    return _tidy(commands)


def _cmdlets(text: str) -> tuple[str, ...]:
    """Lines of a PowerShell script that call a cmdlet at the margin, with those that they go on over."""
    commands: list[str] = []
    going_on = False
    for line in text.split("\n"):
        if going_on:
            commands[-1] = f"{commands[-1]} {line.rstrip('` ').strip()}"
        elif _CMDLET.match(line):
            commands.append(line.rstrip("` ").strip())
        else:
            continue
        going_on = line.rstrip().endswith(("|", "`")) and len(commands[-1]) < MAX_COMMAND
    return _tidy([command for command in commands if not command.endswith(("{", "(", "@", ","))])


def _tidy(commands: list[str]) -> tuple[str, ...]:
    telling = (
        line
        for line in commands
        if len(line) > 1 and line[0] != "#" and line.split()[0] not in _MOVES and not _ECHO(line)
    )
    return tuple(dict.fromkeys(command[:MAX_COMMAND] for command in telling))[:MAX_COMMANDS]


# What tools print on the way to what was asked for.
_PROGRESS = expression(
    r"(?:Compiling|Finished|Running|Updating|Download(?:ing|ed)|Checking|Collecting|Install(?:ing|ed)|Building|Fetching"
    r"|Resolv(?:ing|ed)|Blocking|Requirement already|Successfully|Using cached)\b(?! on\b)|-+>|\d+%"
).match


# Left out where it is shown, and prompts that show nothing but themselves.
_ELISION = re.compile(r"[-.…\s]*(?:snip[-.…\s]*)?\Z|(?:\[[^\]]*\]:? ?)?PS\b[^>]*>.*").match


_RULE = re.compile(r"\s*-{2,}(?:\s+-{2,})*\s*\Z").match  # below the heads of a table's columns


def _says_nothing(line: str) -> bool:
    return _PROGRESS(line) is not None or _ELISION(line) is not None


# A line that says something by itself: words, and neither columns, a field of a record nor part of a data structure.
_MESSAGE = re.compile(r"(?!.*(?:\w {2,}\S|\t| : |\d{4,}[,;]))[ ]*[^\W_][^\s{}]*(?: [^\s{}]+){3,}")


def _shown(outputs: Iterable[list[str]]) -> tuple[str, ...]:
    """What each of the outputs says: its only line, or its first if that is a message. The head of a table or a field of
    a record says little without the others."""
    kept: list[str] = []
    for lines in outputs:
        telling = [line for line in islice(lines, 200) if line.strip() and not _says_nothing(line.strip())]
        if any(map(_RULE, islice(lines, 200))):
            continue  # a table
        if len(telling) > 1:
            telling = [line for line in telling[:1] if _MESSAGE.match(line)]
        text = " ".join("".join(telling).split())
        if len(text) > SHORT and any(map(str.isalpha, text)):
            kept.append(text[:MAX_COMMAND])
        if len(kept) == MAX_OUTPUT:
            break
    return tuple(kept)


def _doctests(text: str) -> tuple[str, tuple[str, ...], int]:
    """The code behind the prompts, the output, and the number of examples of a Python session."""
    code: list[str] = []
    outputs: list[list[str]] = [[]]
    examples = 0
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped.startswith(">>>"):
            examples += 1
            outputs.append([])
            code.append(stripped[4:])
        elif stripped.startswith("..."):
            code.append(stripped[4:])
        else:
            outputs[-1].append(line)
    return "\n".join(code), _shown(outputs), examples
