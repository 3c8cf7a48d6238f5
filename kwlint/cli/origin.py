"""Where this kwlint can be installed from: an index of packages, a git repository, or an archive.

`kwlint init` writes hooks and CI jobs that install the kwlint that runs, so that they work wherever it came from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kwlint import __version__

HOOKS = ".pre-commit-hooks.yaml"  # makes a repository one that pre-commit can install


class Origin(NamedTuple):
    """`requirement` is what pip installs. `repository` and `commit` are those of a git repository, empty for another
    origin; `is_local`: only this machine can read them."""

    requirement: str = f"kwlint=={__version__}"
    repository: str = ""
    commit: str = ""
    is_local: bool = False


def find_origin() -> Origin:
    """Return the origin by the checkout that the program runs from, or by what pip recorded when it was installed
    (PEP 610); an index of packages if there is neither."""
    folder = Path(__file__).parents[2]
    return _of_checkout(folder) or of_record(_record())


def of_record(record: dict[str, Any]) -> Origin:
    """Return the origin of an installation by its `direct_url.json`, which is empty if there is none."""
    url = _public(str(record.get("url", "")))
    commit = str(record.get("vcs_info", {}).get("commit_id", ""))
    if commit:
        return Origin(f"kwlint @ git+{url}@{commit}", url, commit, url.startswith("file:"))
    if "dir_info" in record:
        return _of_checkout(_folder(url)) or Origin(f"kwlint @ {url}", is_local=True)
    return Origin(f"kwlint @ {url}", is_local=url.startswith("file:")) if url else Origin()


def _of_checkout(folder: Path) -> Origin | None:
    """Return the origin of a checkout of the project: its remote, if that has the commit, else the folder."""
    from kwlint.repo import git

    if not (folder / HOOKS).is_file() or not (folder / ".git").exists():
        return None
    repository = git.open_repository(folder)
    commit = git.head(repository)
    if not commit:
        return None
    remotes = git.remote_urls(repository)
    url = _public(remotes[0]) if remotes and git.is_on_a_remote(repository, commit) else ""
    if url:
        return Origin(f"kwlint @ git+{url}@{commit}", url, commit, url.startswith("file:"))
    return Origin(f"kwlint @ git+{folder.as_uri()}@{commit}", str(folder), commit, is_local=True)


def _public(remote: str) -> str:
    """Return the URL of a remote as pip and pre-commit read it, without a password; empty for a path."""
    scheme, separator, rest = remote.partition("://")
    if separator:
        host, slash, path = rest.partition("/")
        user, at, name = host.rpartition("@")
        return f"{scheme}://{user.partition(':')[0] + at if scheme == 'ssh' else ''}{name}{slash}{path}"
    host, colon, path = remote.partition(":")
    return f"ssh://{host}/{path.lstrip('/')}" if colon and "/" not in host and len(host) > 1 else ""


def _folder(url: str) -> Path:
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(url).path))


def _record() -> dict[str, Any]:
    from importlib.metadata import PackageNotFoundError, distribution
    from json import loads

    try:
        text = distribution("kwlint").read_text("direct_url.json")
        record = loads(text) if text else {}
    except (PackageNotFoundError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
