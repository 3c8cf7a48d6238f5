"""The help texts, stored ready to print: `--help` is asked in haste, and building it from a parser takes longer."""

HELP = {
    "": """\
Keyword indexes and documentation pages for the Markdown of a repository.

Usage: kwlint [check] [OPTIONS] [PATHS...]     check pages and cross-links
       kwlint keywords [PATHS...]              what the index holds, ranked
       kwlint find TERM...                     where a term is covered
       kwlint rule [CODE]                      what a rule means
       kwlint init | baseline | clean          set up; accept what is; tidy up
       kwlint COMMAND --help

Repair:
  --fix               write stale pages, mend links that have one right target
  --unsafe-fixes      with --fix or --diff: also what is only likely
  --diff              show what --fix would change; write nothing
  --stage             with --fix: `git add` the pages
Scope:
  --since REF         only what changed since a commit, branch or tag
  --staged            only what is staged
  --select CODES      only these rules: KW101,KW0 (or ALL)
  --ignore CODES      without these rules
  --shard I/N         the I-th of N parts, for several CI machines
Output:
  --output-format F   full, concise, json, github, gitlab, sarif, junit
  --output-file FILE  write that format there; repeat both for several
  --statistics        count by rule
  --color WHEN        auto, always, never
  -q, -v              less; more
Other:
  --exit-zero         exit 0 in spite of problems
  --exit-non-zero-on-fix  exit 1 when something was repaired
  --config FILE       instead of kwlint.toml, [tool.kwlint]; --isolated: none
  --no-cache          forget what earlier runs found out
  -j N                number of processes
  -h, --help; -V, --version

Exit status: 0 all right, 1 problems, 2 usage or environment, 3 kwlint bug.
""",
    "keywords": """\
Show the keywords of documents, ranked, with the sections that cover them.

Usage: kwlint keywords [--output-format text|json] [PATHS...]

  --json     the same as --output-format json: one JSON object per line
  PATHS      documents and folders; without them: all documents
  --config FILE, --isolated, --no-cache, -j N: as in `kwlint --help`
""",
    "find": """\
Show where a term is covered, the main section first.

Usage: kwlint find [--output-format text|json] TERM...

Several words are one term. Where none matches, the nearest keywords are named,
and the exit status is 1.
  --json     the same as --output-format json: an array of path, line,
             section, keyword
  --config FILE, --isolated, --no-cache, -j N: as in `kwlint --help`
""",
    "baseline": """\
Record the problems that --fix cannot mend, so that only new ones are reported.

Usage: kwlint baseline

Writes the file that the setting `baseline` names (.kwlint-baseline.json, if it
names none, and says which line to add to the configuration). What no longer
occurs is taken out of it by `kwlint --fix`.
  --config FILE, --isolated, --no-cache, -j N: as in `kwlint --help`
""",
    "init": """\
Set a repository up: kwlint.toml, the pre-commit hook, .gitattributes.

Usage: kwlint init [--diff] [--ci github|gitlab]

  --diff       show what would be written; write nothing
  --ci HOST    also a CI job

Changes nothing that is already there, and can be run again.
""",
    "rule": """\
Explain a rule, or list all of them.

Usage: kwlint rule [CODE]
""",
    "clean": """\
Remove the cache and, with --pages, all pages that kwlint made.

Usage: kwlint clean [--pages] [--config FILE] [--isolated]
""",
    "schema": """\
Print the JSON Schema of the configuration, or of the json report.

Usage: kwlint schema [config|report]
""",
    "completion": """\
Print a completion script for a shell.

Usage: kwlint completion bash|zsh|fish
""",
}
