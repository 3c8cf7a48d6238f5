"""`kwlint find`: list the sections that cover a term."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import CLEAN, PROBLEMS, Invocation, clear, load_config, make_request, progress_bar, say

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options
    from kwlint.search.find import Answer


def run(options: Options) -> int:
    """Run the command and return the exit status: 1 if nothing matches."""
    term = " ".join(options.paths)
    if not term.strip():
        raise UsageError("find: missing a term, as in `kwlint find widget server`")
    answer = _search(options._replace(paths=()), term)
    _print_hits(answer, as_json=options.json)
    if not answer.hits:
        _print_nearest(term, answer)
    return CLEAN if answer.hits else PROBLEMS


def _search(options: Options, term: str) -> Answer:
    from kwlint.repo import git

    repository = git.open_repository(Path.cwd())
    with git.start_status(repository) as pending:
        from kwlint.engine import pipeline
        from kwlint.search import find
        from kwlint.search.store_lookup import StoredKeywords

        invocation = Invocation(options, repository, load_config(options, repository))
        bar = progress_bar(options)
        has_index = "a-z" in invocation.config.pages
        answer = pipeline.consult(
            repository,
            invocation.config,
            make_request(invocation, bar),
            lambda store: find.find(term, StoredKeywords(store, has_index=has_index)),
            pending,
        )
    clear(bar)
    return answer


def _print_hits(answer: Answer, *, as_json: bool) -> None:
    from kwlint.repo.files import shown
    from kwlint.search import find

    if as_json:
        print(find.as_json(answer))
        return
    for line in find.as_lines(answer):
        print(shown(line))


def _print_nearest(term: str, answer: Answer) -> None:
    from kwlint.repo.files import shown

    nearest = f"; similar keywords: {', '.join(map(shown, answer.nearest))}" if answer.nearest else ""
    say(f"kwlint: no document covers {shown(term)}{nearest}")
