"""The keyword extractor alone, for a benchmark: paths on standard input, a JSON object a line on standard output.

    printf '%s\\n' docs/*.md | python benchmarks/keywords.py

Front matter is not given to the extractor, so that it can't repeat keywords that are the answers. `--profile` prints
where the time went instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kwlint.cli.keywords import json_line
from kwlint.config import KeywordSettings
from kwlint.keywords import keywords
from kwlint.markdown import parse


def run() -> None:
    """Prints the keywords of each document named on standard input."""
    settings = KeywordSettings()
    for path in map(str.strip, sys.stdin):
        document = parse(Path(path).read_bytes().decode("utf-8", "replace"))
        names = ["", *(heading.text for heading in document.headings)]
        sys.stdout.write(json_line(path, keywords(document, path, {}, settings), names) + "\n")


def main() -> int:
    """Runs, under the profiler if asked to."""
    if "--profile" not in sys.argv:
        run()
        return 0
    import cProfile
    import pstats

    profile = cProfile.Profile()
    profile.runcall(run)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(30)
    return 0


if __name__ == "__main__":
    sys.exit(main())
