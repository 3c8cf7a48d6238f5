"""`kwlint keywords`: list the keywords of documents, ranked, with the sections that cover them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import CLEAN, clear, make_request, open_repository, progress_bar
from kwlint.model.facts import Keyword
from kwlint.model.keyword_groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kwlint.cli.arguments import Options
    from kwlint.config import Config
    from kwlint.flavours import Flavours
    from kwlint.model.facts import Facts
    from kwlint.repo.git import Repository


class DocumentArgument(NamedTuple):
    """A file of the command line: the path as given, and its path in the repository (the absolute path of a file
    outside)."""

    given: str
    path: str


class DocumentKeywords(NamedTuple):
    """The keywords of a document with the titles of its sections and their fragments on the git host. `error` is the
    reason why a document could not be read, and empty otherwise."""

    given: str
    keywords: tuple[Keyword, ...]
    titles: tuple[str, ...]
    fragments: tuple[str, ...]
    error: str = ""


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    files = [path for path in options.paths if Path(path).is_file()]
    documents = _read_files(options, files) if files else []
    if len(files) < len(options.paths) or not options.paths:
        rest = tuple(path for path in options.paths if path not in files)
        documents += _read_store(options._replace(paths=rest))
    for document in documents:
        if document.error:
            raise UsageError(f"keywords: {document.error}")
        _print(document, as_json=options.json)
    if not documents:
        raise UsageError("keywords: no documents found; documents are tracked files that match the setting `include`")
    return CLEAN


def _print(document: DocumentKeywords, *, as_json: bool) -> None:
    from kwlint.repo.files import shown

    if as_json:
        names = [fragment or title for fragment, title in zip(document.fragments, document.titles, strict=True)]
        print(json_line(document.given, document.keywords, names))
    else:
        lines = text(document.given, document.keywords, document.titles).split("\n")
        print("\n".join(map(shown, lines)), end="")


# --- where keywords come from -----------------------------------------------------------------------------------------


def _read_files(options: Options, paths: list[str]) -> list[DocumentKeywords]:
    """Return the keywords of files, inside or outside a repository. No other file is read."""
    from kwlint.engine.workers import Workers, usable_cores

    _, repository, config = open_repository(options._replace(verbosity=-1))
    top = f"{repository.root.resolve().as_posix()}/"
    absolute = [Path(path).resolve().as_posix() for path in paths]
    arguments = [DocumentArgument(path, place.removeprefix(top)) for path, place in zip(paths, absolute, strict=True)]
    flavours = _flavours(repository, config, is_inside=any(path.startswith(top) for path in absolute))
    with Workers(options.jobs or usable_cores(), (str(Path.cwd()), config, flavours)) as workers:
        batches = workers.run(of_files, arguments, lambda argument: Path(argument.given).stat().st_size)
        return [document for batch in batches for document in batch]


def _flavours(repository: Repository, config: Config, *, is_inside: bool) -> Flavours:
    """Return the flavours of the repository's folders; those of an empty repository if no file is inside."""
    from kwlint.flavours import Flavours, detect
    from kwlint.repo import files, git

    if repository.git_dir is None or not is_inside:
        return Flavours()
    return detect(git.list_files(repository).tracked.keys(), files.Disk(repository.root).read, config.flavour)


def _read_store(options: Options) -> list[DocumentKeywords]:
    """Return the keywords of the repository's documents: of all, or of those at or below the paths."""
    from kwlint.engine import pipeline
    from kwlint.pages.names import source_of
    from kwlint.search.sources import sources_below

    invocation = open_repository(options)
    _, repository, config = invocation
    bar = progress_bar(options)
    request = make_request(invocation, bar)
    scope = [source_of(config, path) or path for path in request.paths]
    sources = pipeline.consult(repository, config, request, lambda store: list(sources_below(store, scope)))
    clear(bar)
    return [_of_facts(path, facts) for path, facts in sources]


def _of_facts(path: str, facts: Facts) -> DocumentKeywords:
    sections = facts.outline.sections
    titles, anchors = tuple(section.title for section in sections), tuple(section.anchor for section in sections)
    return DocumentKeywords(path, facts.keywords, titles, anchors)


def of_files(setup: tuple[Any, ...], batch: Sequence[DocumentArgument]) -> list[DocumentKeywords]:
    """Do the work of one process; `setup` is (working folder, configuration, flavours)."""
    return [_of_file(setup, *argument) for argument in batch]


def _of_file(setup: tuple[Any, ...], given: str, path: str) -> DocumentKeywords:
    from kwlint import keywords, markdown
    from kwlint.facts import front_matter
    from kwlint.facts.outline import clean_title
    from kwlint.flavours import host_anchors
    from kwlint.repo import files
    from kwlint.text import encoding

    folder, config, flavours = setup
    try:
        file = Path(folder, given)
        data = files.read(file.parent, file.name)
    except files.FileError as error:
        return DocumentKeywords(given, (), (), (), str(error))
    document = markdown.parse(encoding.decode(data).text, flavours.of(path).dialect)
    meta = front_matter.read(document.front_matter)
    ranked = keywords.keywords(document, path, meta, config.keywords)
    titles = ("", *(clean_title(heading.text) for heading in document.headings))
    return DocumentKeywords(given, ranked, titles, ("", *host_anchors(config.host, document)))


# --- output -----------------------------------------------------------------------------------------------------------


def json_line(path: str, keywords: Sequence[Keyword], names: Sequence[str]) -> str:
    """Return one JSON object without a line end.

    `names[n]` is the fragment of section `n`, or its title if it has no fragment; it is empty for section 0, the text
    before the first heading.
    """
    entries = [
        {
            "keyword": keyword.text,
            "sections": [names[section] for section in keyword.sections],
            "group": keyword.group,
            **({"expansion": keyword.expansion} if keyword.expansion else {}),
        }
        for keyword in keywords
    ]
    return json.dumps({"path": path, "keywords": entries}, ensure_ascii=False)


def text(path: str, keywords: Sequence[Keyword], titles: Sequence[str]) -> str:
    """Return the path and a line for each keyword: rank, keyword, group, sections. `titles[n]` is the title of section
    `n`."""
    if not keywords:
        return f"{path}: no keywords\n"
    width = min(40, max(len(keyword.text) for keyword in keywords))
    lines = [f"{path}: {len(keywords)} keyword{'' if len(keywords) == 1 else 's'}"]
    for rank, keyword in enumerate(keywords, 1):
        sections = "; ".join(titles[section] or "(top)" for section in keyword.sections)
        label = f"{keyword.text} = {keyword.expansion}" if keyword.expansion else keyword.text
        lines.append(f"{rank:>4}  {label:<{width}}  {GROUPS[keyword.group].lower()}: {sections}")
    return "\n".join(lines) + "\n"
