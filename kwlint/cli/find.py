"""`kwlint find`: list the sections that answer a query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import (
    CLEAN,
    PROBLEMS,
    Invocation,
    clear,
    load_config,
    make_request,
    path_in_repository,
    progress_bar,
    say,
)

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options
    from kwlint.engine.store import Store
    from kwlint.search.find import Answer


def run(options: Options) -> int:
    """Run the command and return the exit status: 1 if nothing matches."""
    query = " ".join(options.paths)
    if not query.strip():
        raise UsageError("find: missing words, as in `kwlint find widget server`")
    answer = _search(options._replace(paths=()), query)
    _print_answer(query, answer, as_json=options.json)
    return CLEAN if answer.hits else PROBLEMS


def _search(options: Options, query: str) -> Answer:
    from kwlint.repo import files, git

    repository = git.open_repository(Path.cwd())
    with git.start_status(repository) as pending:
        from kwlint.engine import pipeline
        from kwlint.engine.cache_folder import cache_folder

        invocation = Invocation(options, repository, load_config(options, repository))
        below = tuple(path_in_repository(path, repository) for path in options.within)
        folder = cache_folder(str(repository.root)) if options.cache else None
        bar = progress_bar(options)

        def search(store: Store) -> Answer:
            from kwlint.search.find import LIMIT, find
            from kwlint.search.refresh import up_to_date

            database = up_to_date(store, files.Disk(repository.root, repository.algorithm), folder)
            try:
                return find(query, database, below, options.limit or LIMIT)
            finally:
                database.close()

        answer = pipeline.consult(repository, invocation.config, make_request(invocation, bar), search, pending)
    clear(bar)
    return answer


def _print_answer(query: str, answer: Answer, *, as_json: bool) -> None:
    from kwlint.repo.files import shown
    from kwlint.search import find

    for word, instead in answer.corrected:
        names = " or ".join(map(shown, instead))
        say(f"kwlint: no document has {shown(word)}; searched for {names}")
    if as_json:
        print(find.as_json(answer))
    for line in find.as_lines(answer) if not as_json else ():
        print(shown(line))
    if not answer.hits:
        say(f"kwlint: no document has {shown(query)}")
