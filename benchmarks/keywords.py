"""Extract keywords only: paths on standard input, one JSON object per line on standard output.

    printf '%s\\n' docs/*.md | python benchmarks/keywords.py

The extractor gets no front matter, because its keywords may be the expected answers. `--profile` prints a profile
instead.
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
    """Print the keywords of each document named on standard input."""
    settings = KeywordSettings()
    for path in map(str.strip, sys.stdin):
        document = parse(Path(path).read_bytes().decode("utf-8", "replace"))
        names = ["", *(heading.text for heading in document.headings)]
        sys.stdout.write(json_line(path, keywords(document, path, {}, settings), names) + "\n")


def main() -> int:
    """Run, under the profiler with `--profile`."""
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
