"""`kwlint init`: set up a repository with configuration, hook entry, `.gitattributes` and CI job.

`plan` is pure: it takes the files and returns the changes. Existing files are only added to, and no entry is added
twice.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.cli.choices import CHOICES
from kwlint.cli.common import CLEAN, say, write_bytes
from kwlint.cli.origin import find_origin
from kwlint.config import CONFIG_FILE, PROJECT_FILE, load
from kwlint.text.knowledge import DATA

if TYPE_CHECKING:
    from collections.abc import Callable

    from kwlint.cli.arguments import Options
    from kwlint.cli.origin import Origin
    from kwlint.repo.git import Repository

    Read = Callable[[str], bytes | None]

HOOK_FILE = ".pre-commit-config.yaml"
ATTRIBUTES_FILE = ".gitattributes"
WORKFLOW_FILE = ".github/workflows/kwlint.yml"
GITLAB_FILE = ".gitlab-ci.yml"
GITLAB_INCLUDE = ".gitlab/kwlint.yml"
INSTALLING = (HOOK_FILE, WORKFLOW_FILE, GITLAB_FILE, GITLAB_INCLUDE)  # files that say where to install kwlint from
GENERIC_NAMES = frozenset(("book", "blog", "docs", "documentation", "handbook", "notes", "site", "website", "wiki"))


class Change(NamedTuple):
    """A file with its bytes before (None for a new file) and after."""

    path: str
    before: bytes | None
    after: bytes


class Plan(NamedTuple):
    """The changes, and notes of one line each on what the user has to do by hand."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from kwlint.repo import files, git

    repository = git.open_repository(Path.cwd())
    read = files.Disk(repository.root).read_or_none
    paths, remotes = tuple(git.list_files(repository).tracked), git.remote_urls(repository)
    changes, notes = plan(read, paths, remotes, options.ci, find_origin())
    for change in changes:
        _show(change) if options.diff else _write(change, repository)
    for note in notes:
        say(f"kwlint: {note}")
    if not changes:
        print("Nothing to do: kwlint is already set up.")
    elif not options.diff:
        first = "`git init`, " if repository.git_dir is None else ""
        install = "pre-commit install -t pre-commit -t pre-merge-commit"
        print(f"Next: {first}`kwlint --fix`, `git add -A`, and `{install}` if the hook is new.")
    return CLEAN


def _show(change: Change) -> None:
    from kwlint.report.diff import file_diff

    write_bytes(file_diff(change.path, change.before, change.after))


def _write(change: Change, repository: Repository) -> None:
    from kwlint.repo import files

    files.write_atomically(repository.root, change.path, change.after, expected=change.before)
    print(f"{'wrote' if change.before is None else 'changed'} {change.path}")


# --- the plan -------------------------------------------------------------------------------------------------------


def plan(read: Read, paths: tuple[str, ...], remotes: tuple[str, ...], ci: str, origin: Origin) -> Plan:
    """Return what is missing.

    `read` returns the bytes of a file, None if there is no such file. `paths` are the tracked files, `remotes` the URLs
    of the git remotes. `ci` is `github`, `gitlab` or empty. `origin` is where hook and job install kwlint from. Raises
    ConfigError for an invalid configuration.
    """
    notes: list[str] = []
    config = load(read, CHOICES)
    texts = [
        (CONFIG_FILE, _config_file(read, paths, remotes, ci)),
        (HOOK_FILE, _hook_file(read(HOOK_FILE), origin, notes)),
        (ATTRIBUTES_FILE, _attributes(read(ATTRIBUTES_FILE), config.output_dir)),
        *_ci_files(read, ci, origin, notes),
    ]
    if ci and read(CONFIG_FILE) is not None and config.shared_pages == "always":
        notes.append('set `shared-pages = "ci"`, and pull requests leave the pages of several documents to the CI job')
    changes = [
        Change(path, read(path), text.encode("utf-8", "surrogateescape")) for path, text in texts if text is not None
    ]
    written = [change.path for change in changes if change.path in INSTALLING]
    if origin.is_local and written:
        notes.append(
            f"{', '.join(written)}: kwlint is installed from a folder of this machine: replace it with a URL before "
            "others use it"
        )
    return Plan(tuple(changes), tuple(notes))


def host_of(remotes: tuple[str, ...]) -> str:
    """Return `gitlab` if the URL of the first remote contains it, else `github`."""
    return "gitlab" if remotes and "gitlab" in remotes[0].lower() else "github"


def repository_name(remotes: tuple[str, ...]) -> str:
    """Return the repository's name by the URL of the first remote; empty if there is none or it is a generic name."""
    match = re.search(r"(?<![\w.-])([\w.-]+?)(?:\.git)?/?\Z", remotes[0]) if remotes else None
    name = match[1].lower() if match else ""
    return "" if name in GENERIC_NAMES else name


def _config_file(read: Read, paths: tuple[str, ...], remotes: tuple[str, ...], ci: str) -> str | None:
    """Return a new kwlint.toml, None if there is a configuration."""
    project = read(PROJECT_FILE)
    if read(CONFIG_FILE) is not None or (project is not None and b"[tool.kwlint" in project):
        return None
    lines = [
        "# Settings of kwlint; `kwlint schema` lists all of them.",
        f'host = "{host_of(remotes)}"  # the git host that shows the pages: github or gitlab',
    ]
    if ci:
        lines.append('shared-pages = "ci"  # the CI job writes the pages of several documents')
    name = repository_name(remotes)
    if name:
        lines += ["", "# A word that occurs on every page is of no use in an index. Uncomment if this is one:"]
        lines += ["# [keywords]", f'# never = ["{name}"]']
    flavours = _flavours(read, paths)
    if flavours:
        lines += ["", "# These site generators were detected. Uncomment and correct if one is wrong:"]
        lines += ["# [flavour]", *(f'# "{folder or "."}" = "{name}"' for folder, name in flavours)]
    return "\n".join(lines) + "\n"


def _flavours(read: Read, paths: tuple[str, ...]) -> list[tuple[str, str]]:
    from kwlint import flavours

    detected = flavours.detect(paths, lambda path: read(path) or b"")
    return [(root, flavour.name) for root, flavour in sorted(detected.roots, key=lambda pair: pair[0])]


# --- the hook ---------------------------------------------------------------------------------------------------


def _entry(indent: str, origin: Origin) -> str:
    if origin.repository:
        lines: tuple[str, ...] = (
            f"- repo: {_yaml(origin.repository)}",
            f"  rev: {origin.commit}",
            "  hooks:",
            "    - id: kwlint-fix",
        )
        return "".join(f"{indent}{line}\n" for line in lines)
    lines = (
        "- repo: local",
        "  hooks:",
        "    - id: kwlint-fix",
        "      name: kwlint",
        "      entry: kwlint --fix --exit-non-zero-on-fix",
        "      language: python",
        f"      additional_dependencies: [{_yaml(origin.requirement)}]",
        "      always_run: true",
        "      pass_filenames: false",
        "      require_serial: true",
        "      stages: [pre-commit, pre-merge-commit, manual]",
    )
    return "".join(f"{indent}{line}\n" for line in lines)


def _yaml(text: str) -> str:
    """Return a string as YAML reads it: JSON's double-quoted form."""
    from json import dumps

    return dumps(text)


def _hook_file(data: bytes | None, origin: Origin, notes: list[str]) -> str | None:
    """Return the hook configuration with kwlint's entry, None if it has one or cannot be edited."""
    if data is None:
        return "repos:\n" + _entry("  ", origin)
    text = data.decode("utf-8", "surrogateescape")
    if re.search(r"^[^#\n]*\bkwlint\b", text, re.MULTILINE):
        return None
    changed = with_entry(text, origin)
    if changed is None:
        notes.append(f"{HOOK_FILE} has a form that kwlint does not edit: add the hook `kwlint-fix` by hand")
    return changed


def with_entry(text: str, origin: Origin) -> str | None:
    """Return `text` with kwlint's entry at the end of `repos` and every other byte unchanged; None if that fails.

    The result is checked by parsing both texts as YAML: they must differ by the entry alone.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    key = next((n for n, line in enumerate(lines) if re.match(r"repos:[ \t]*(\[[ \t]*\][ \t]*)?(#.*)?$", line)), None)
    if key is None:
        return None
    lines[key] = re.sub(r"\[[ \t]*\]", "", lines[key]).rstrip() + "\n"
    end, indent = _end_of_list(lines, key + 1)
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    changed = "".join([*lines[:end], _entry(indent, origin), *lines[end:]])
    return changed.replace("\n", line_end) if _only_added(text, changed, origin) else None


def _end_of_list(lines: list[str], first: int) -> tuple[int, str]:
    """Return the line after the last item of the block sequence at or after line `first`, and its indentation."""
    indent, end = "  ", first
    in_list = False
    for number in range(first, len(lines)):
        line = lines[number]
        body = line.strip()
        if not body or body.startswith("#"):
            continue
        spaces = line[: len(line) - len(line.lstrip(" "))]
        if not in_list:
            if not body.startswith("-"):
                break
            indent, in_list = spaces, True
        if len(spaces) < len(indent) or (len(spaces) == len(indent) and not body.startswith("-")):
            break
        end = number + 1
    return end, indent


def _only_added(before: str, after: str, origin: Origin) -> bool:
    import yaml

    try:
        old, new = yaml.safe_load(before), yaml.safe_load(after)
        added: Any = yaml.safe_load(_entry("", origin))
        return bool(new == {**old, "repos": [*(old["repos"] or []), *added]})
    except (yaml.YAMLError, TypeError, KeyError, RecursionError):
        return False


# --- the other files --------------------------------------------------------------------------------------------


def _attributes(data: bytes | None, output_dir: str) -> str | None:
    """Return `.gitattributes` with a line for the pages, None if it has one.

    `merge=union` keeps the lines of both sides in a merge (gitattributes(5)), and `linguist-generated` makes a host
    collapse the pages in a review.
    """
    attributes = f"{_attribute_pattern(output_dir)} merge=union linguist-generated"
    text = (data or b"").decode("utf-8", "surrogateescape")
    if attributes in (line.strip() for line in text.splitlines()):
        return None
    line_end = "\r\n" if "\r\n" in text else "\n"
    separator = "" if not text or text.endswith("\n") else line_end
    return f"{text}{separator}{attributes}{line_end}"


def _attribute_pattern(folder: str) -> str:
    pattern = f"{folder}/**"
    return f'"{pattern}"' if " " in pattern else pattern


def _ci_files(read: Read, ci: str, origin: Origin, notes: list[str]) -> list[tuple[str, str | None]]:
    if ci == "github":
        return [(WORKFLOW_FILE, ci_jobs(ci, origin) if read(WORKFLOW_FILE) is None else None)]
    if ci == "gitlab":
        data = read(GITLAB_FILE)
        if data is None:
            return [(GITLAB_FILE, ci_jobs(ci, origin))]
        if b"kwlint" not in data:
            notes.append(f"{GITLAB_FILE} already exists: add `include: {{local: {GITLAB_INCLUDE}}}` to it by hand")
            return [(GITLAB_INCLUDE, ci_jobs(ci, origin) if read(GITLAB_INCLUDE) is None else None)]
    return []


def ci_jobs(ci: str, origin: Origin) -> str:
    """Return the CI jobs for the host `ci`."""
    text = (DATA / f"ci_{ci}.yml").read_text("utf-8")
    return text.replace("@REQUIREMENT@", origin.requirement)
