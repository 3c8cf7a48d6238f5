"""What `kwlint init` writes: configuration, hook entry, `.gitattributes`, CI job. Pure: files in, files out.

Nothing that is there is changed but by adding to it, and what has been added once is not added again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint import __version__
from kwlint.config import CONFIG_FILE, PROJECT_FILE, load

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[[str], bytes | None]

HOOK_FILE = ".pre-commit-config.yaml"
ATTRIBUTES_FILE = ".gitattributes"
WORKFLOW_FILE = ".github/workflows/kwlint.yml"
GITLAB_FILE = ".gitlab-ci.yml"
NO_PRODUCTS = frozenset(("book", "blog", "docs", "documentation", "handbook", "notes", "site", "website", "wiki"))


class Change(NamedTuple):
    """A file with its bytes before (None: it is new) and after."""

    path: str
    before: bytes | None
    after: bytes


class Plan(NamedTuple):
    """What to write, and remarks of a line each on what the user has to do."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def plan(read: Read, paths: tuple[str, ...], remotes: tuple[str, ...], ci: str) -> Plan:
    """What is missing. `read` gives a file's bytes or None, `paths` are the tracked files, `remotes` the addresses of
    the git remotes, `ci` is `github`, `gitlab` or empty. Raises ConfigError for a configuration that is wrong."""
    notes: list[str] = []
    config = load(read)
    wanted = [
        (CONFIG_FILE, _config_file(read, paths, remotes)),
        (HOOK_FILE, _hook_file(read(HOOK_FILE), notes)),
        (ATTRIBUTES_FILE, _attributes(read(ATTRIBUTES_FILE), config.output_dir)),
        *_ci_files(read, ci, notes),
    ]
    changes = [
        Change(path, read(path), text.encode("utf-8", "surrogateescape")) for path, text in wanted if text is not None
    ]
    return Plan(tuple(changes), tuple(notes))


def host_of(remotes: tuple[str, ...]) -> str:
    """The git host behind the remotes' addresses: `gitlab` where the first says so, else `github`."""
    return "gitlab" if remotes and "gitlab" in remotes[0].lower() else "github"


def repository_name(remotes: tuple[str, ...]) -> str:
    """The name of the repository by the first remote's address; empty where it has none, or one of no product."""
    match = re.search(r"([\w.-]+?)(?:\.git)?/?\Z", remotes[0]) if remotes else None
    name = match[1].lower() if match else ""
    return "" if name in NO_PRODUCTS else name


def _config_file(read: Read, paths: tuple[str, ...], remotes: tuple[str, ...]) -> str | None:
    """A new kwlint.toml, None where there is a configuration."""
    project = read(PROJECT_FILE)
    if read(CONFIG_FILE) is not None or (project is not None and b"[tool.kwlint" in project):
        return None
    lines = [
        "# Settings of kwlint; `kwlint schema` lists all of them.",
        f'host = "{host_of(remotes)}"  # whose anchors the pages use: github or gitlab',
    ]
    name = repository_name(remotes)
    if name:
        lines += ["", "# What every page says leads nowhere in an index; take the # away where this is such a word:"]
        lines += ["# [keywords]", f'# never = ["{name}"]']
    found = _flavours(read, paths)
    if found:
        lines += ["", "# These site generators were detected and are followed; set a folder's here if one is wrong:"]
        lines += ["# [flavour]", *(f'# "{folder or "."}" = "{name}"' for folder, name in found)]
    return "\n".join(lines) + "\n"


def _flavours(read: Read, paths: tuple[str, ...]) -> list[tuple[str, str]]:
    from kwlint import flavours

    known = flavours.detect(paths, lambda path: read(path) or b"")
    return [(root, flavour.name) for root, flavour in sorted(known.roots, key=lambda pair: pair[0])]


# --- the hook ---------------------------------------------------------------------------------------------------


def _entry(indent: str) -> str:
    lines = (
        "- repo: local",
        "  hooks:",
        "    - id: kwlint-fix",
        "      name: kwlint",
        "      entry: kwlint --fix --exit-non-zero-on-fix",
        "      language: python",
        f'      additional_dependencies: ["kwlint=={__version__}"]',
        "      always_run: true",
        "      pass_filenames: false",
        "      require_serial: true",
    )
    return "".join(f"{indent}{line}\n" for line in lines)


def _hook_file(data: bytes | None, notes: list[str]) -> str | None:
    """The hook configuration with kwlint's entry, None where nothing is to be changed."""
    if data is None:
        return "repos:\n" + _entry("  ")
    text = data.decode("utf-8", "surrogateescape")
    if re.search(r"^[^#\n]*\bkwlint\b", text, re.MULTILINE):
        return None
    changed = with_entry(text)
    if changed is None:
        notes.append(f"{HOOK_FILE} is written in a way that kwlint does not edit: add the hook `kwlint-fix` by hand")
    return changed


def with_entry(text: str) -> str | None:
    """`text` with kwlint's entry as the last of `repos`, every other byte as it was; None where that cannot be done.

    What was added is checked by reading both texts as YAML: all that was there must still be there.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    place = next((n for n, line in enumerate(lines) if re.match(r"repos:[ \t]*(\[[ \t]*\][ \t]*)?(#.*)?$", line)), None)
    if place is None:
        return None
    lines[place] = re.sub(r"\[[ \t]*\]", "", lines[place]).rstrip() + "\n"
    end, indent = _end_of_list(lines, place + 1)
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    changed = "".join([*lines[:end], _entry(indent), *lines[end:]])
    return changed.replace("\n", line_end) if _only_added(text, changed) else None


def _end_of_list(lines: list[str], first: int) -> tuple[int, str]:
    """The line after the last item of the block sequence that begins at or below `first`, and its indentation."""
    indent, end = "  ", first
    found = False
    for number in range(first, len(lines)):
        line = lines[number]
        body = line.strip()
        if not body or body.startswith("#"):
            continue
        spaces = line[: len(line) - len(line.lstrip(" "))]
        if not found:
            if not body.startswith("-"):
                break
            indent, found = spaces, True
        if len(spaces) < len(indent) or (len(spaces) == len(indent) and not body.startswith("-")):
            break
        end = number + 1
    return end, indent


def _only_added(before: str, after: str) -> bool:
    import yaml

    try:
        old, new = yaml.safe_load(before), yaml.safe_load(after)
        added: Any = yaml.safe_load(_entry(""))
        return bool(new == {**old, "repos": [*(old["repos"] or []), *added]})
    except (yaml.YAMLError, TypeError, KeyError, RecursionError):
        return False


# --- the other files --------------------------------------------------------------------------------------------


def _attributes(data: bytes | None, output_dir: str) -> str | None:
    """`.gitattributes` with a line for the pages: merges take both sides' lines, hosts fold the pages in a review."""
    wanted = f"{_attribute_pattern(output_dir)} merge=union linguist-generated"
    text = (data or b"").decode("utf-8", "surrogateescape")
    if wanted in (line.strip() for line in text.splitlines()):
        return None
    line_end = "\r\n" if "\r\n" in text else "\n"
    joint = "" if not text or text.endswith("\n") else line_end
    return f"{text}{joint}{wanted}{line_end}"


def _attribute_pattern(folder: str) -> str:
    pattern = f"{folder}/**"
    return f'"{pattern}"' if " " in pattern else pattern


def _ci_files(read: Read, ci: str, notes: list[str]) -> list[tuple[str, str | None]]:
    if ci == "github":
        return [(WORKFLOW_FILE, _WORKFLOW if read(WORKFLOW_FILE) is None else None)]
    if ci == "gitlab":
        data = read(GITLAB_FILE)
        if data is None:
            return [(GITLAB_FILE, _GITLAB)]
        if b"kwlint" not in data:
            job = " / ".join(line.strip() for line in _GITLAB.splitlines() if line.strip())
            notes.append(f"{GITLAB_FILE} is there already: add this job to it by hand: {job}")
    return []


_WORKFLOW = f"""\
name: kwlint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  kwlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.x"
      - uses: actions/cache@v4
        with:
          path: .kwlint_cache
          key: kwlint-{__version__}-${{{{ github.sha }}}}
          restore-keys: kwlint-{__version__}-
      - run: pip install kwlint=={__version__}
      - run: kwlint --output-format github
"""

_GITLAB = f"""\
kwlint:
  image: python:3
  script:
    - pip install kwlint=={__version__}
    - kwlint --output-format full --output-format gitlab --output-file kwlint.json
  cache:
    key: kwlint-{__version__}
    paths: [.kwlint_cache/]
  artifacts:
    when: always
    reports:
      codequality: kwlint.json
"""
