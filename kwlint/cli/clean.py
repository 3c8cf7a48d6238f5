"""`kwlint clean`: remove the cache and, with `--pages`, the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.common import CLEAN, count, open_repository

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options
    from kwlint.config import Config
    from kwlint.repo.git import Repository


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from kwlint.engine.store import remove_cache
    from kwlint.repo.files import FileError

    invocation = open_repository(options)
    try:
        removed = remove_cache(invocation.repository.root)
    except OSError as error:
        raise FileError(f"cannot remove the cache: {error.strerror}") from None
    print(f"removed the cache ({count(removed, 'file')})")
    if options.pages:
        print(f"removed {count(_remove_pages(invocation.repository, invocation.config), 'page')}")
    return CLEAN


def _remove_pages(repository: Repository, config: Config) -> int:
    """Remove all files below the output folder that have kwlint's marker; return their number."""
    from kwlint.repo import files, git

    disk = files.Disk(repository.root)
    listing = git.list_files(repository)
    paths = sorted(path for path in {*listing.tracked, *listing.untracked} if path.startswith(f"{config.output_dir}/"))
    pages = [path for path in paths if files.has_marker(disk.read_or_none(path) or b"")]
    for path in pages:
        files.delete_page(repository.root, path, config.output_dir)
    return len(pages)
