"""`kwlint baseline`: record the problems that `--fix` cannot fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.common import CLEAN, clear, count, make_request, open_repository, progress_bar

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options
    from kwlint.config import Config
    from kwlint.repo.git import Repository


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from kwlint.engine import pipeline
    from kwlint.repo import files
    from kwlint.rules import baseline

    invocation = open_repository(options)
    repository, config = invocation.repository, invocation.config
    bar = progress_bar(options)
    result = pipeline.check(repository, config, make_request(invocation, bar)._replace(deep=True))
    clear(bar)
    path = config.baseline or baseline.DEFAULT_FILE
    text = baseline.create(result.problems)
    files.write_atomically(repository.root, path, text.encode("utf-8"))
    known = len(result.problems) - len(baseline.new_problems(result.problems, text, path))
    print(f"{files.shown(path)}: {count(known, 'known problem')}")
    if not config.baseline:
        _name_in_configuration(options, repository, path)
    fixable = len(result.problems) - known
    if fixable:
        print(f"{count(fixable, 'other problem')}: fixable with `kwlint --fix --stage`.")
    return CLEAN


def _name_in_configuration(options: Options, repository: Repository, baseline: str) -> None:
    """Add the setting `baseline` to the repository's configuration, or say how."""
    from kwlint.cli.add_setting import add_setting
    from kwlint.repo import files

    edited = None
    if not (options.config or options.isolated):
        edited = add_setting(files.Disk(repository.root).read_or_none, "baseline", baseline)
    if edited is None:
        print(f'Add `baseline = "{baseline}"` to the configuration (kwlint.toml, or [tool.kwlint] in pyproject.toml).')
        return
    files.write_atomically(repository.root, edited.path, edited.after, expected=edited.before)
    print(f'{edited.path}: `baseline = "{baseline}"`')


def read_baseline(repository: Repository, config: Config) -> str:
    """Return the text of the baseline file. Raises BaselineError."""
    from kwlint.repo import files
    from kwlint.rules import baseline

    try:
        return files.read(repository.root, config.baseline).decode("utf-8", "replace")
    except files.FileError:
        raise baseline.BaselineError(
            f"{config.baseline}: cannot be read; create it with `kwlint baseline`, or remove the setting `baseline`"
        ) from None
