"""Measure the time that a user waits, for kwlint and comparable tools: whole processes in one interleaved run.

    python benchmarks/speed.py                       # generated repositories of 3,000 and 14,000 documents
    python benchmarks/speed.py --repository PATH     # your own repository (a copy is used)
    python benchmarks/speed.py --documents 10000 --documents 100000 --only warm --only cold   # growth

Tools that are not installed are left out. Each row is the median of its runs, with minimum and maximum, and the ratio
to the row with which it is compared. Memory is sampled as the proportional set size (PSS) of the process tree.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
import corpus

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # users run compiled bytecode
GIT = [
    "git",
    "-c",
    "user.name=benchmark",
    "-c",
    "user.email=benchmark@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "gc.auto=0",
]
BIN = Path(sys.executable).parent
MISTUNE = """
import mistune, subprocess, sys
parse = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "task_lists", "footnotes"])
names = subprocess.run(["git", "ls-files", "-z", "*.md", ":!kwdocs"], stdout=subprocess.PIPE).stdout.split(b"\\0")
for name in filter(None, names):
    parse(open(name, encoding="utf-8", errors="replace").read())
"""


class Row(NamedTuple):
    """A command to measure. `before` runs unmeasured each time; `against` names the rows for the ratios."""

    name: str
    command: list[str]
    before: list[str] | None = None
    against: tuple[str, ...] = ()


class Run(NamedTuple):
    """Seconds and MiB of one run."""

    wall: float
    memory: float


def kwlint(*arguments: str) -> list[str]:
    return [str(BIN / "kwlint"), *arguments]


def peer(*command: str) -> list[str] | None:
    """Return the command with the path of its program, or None if it is not installed."""
    program = BIN / command[0]
    found = str(program) if program.exists() else shutil.which(command[0])
    return [found, *command[1:]] if found else None


def measure(command: list[str], folder: Path, *, watch: bool) -> Run:
    """Run a command, and return its time and (with `watch`) its memory."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = [0.0]
    if watch:
        watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        watcher.start()
    process.wait()
    return Run(time.perf_counter() - start, peak[0])


def _watch(pid: int, peak: list[float]) -> None:
    while Path(f"/proc/{pid}").exists():
        with contextlib.suppress(OSError):  # the process has ended
            peak[0] = max(peak[0], sum(_pss(child) for child in _tree(pid)))
        time.sleep(0.02)


def _tree(pid: int) -> list[int]:
    children = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += [int(child) for child in (task / "children").read_text().split()]
    return [pid, *(below for child in children for below in _tree(child))]


def _pss(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def compare(title: str, rows: list[Row], folder: Path, runs: int, *, watch: bool = False) -> None:
    """Run the rows in turn, `runs` times, and print them. Memory is sampled in an extra run: sampling takes time."""
    times: dict[str, list[Run]] = {row.name: [] for row in rows}
    memories: dict[str, float] = {}
    for number in range(runs + 1):
        for row in rows:
            if row.before:
                subprocess.run(row.before, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
            run = measure(row.command, folder, watch=watch and not number)
            if number:
                times[row.name].append(run)
            else:
                memories[row.name] = run.memory
    print(f"\n### {title}\n")
    print("| command | median s | least | greatest | ratio | MiB |\n| --- | --- | --- | --- | --- | --- |")
    for row in rows:
        walls = [run.wall for run in times[row.name]]
        ratios = [f"{_ratio(times[row.name], times[other]):.2f} x {other}" for other in row.against if other in times]
        memory = memories[row.name]
        print(
            f"| {row.name} | {statistics.median(walls):.3f} | {min(walls):.3f} | {max(walls):.3f} "
            f"| {', '.join(ratios)} | {f'{memory:.0f}' if memory else ''} |"
        )
    sys.stdout.flush()


def _ratio(ones: list[Run], others: list[Run]) -> float:
    return statistics.median(one.wall / other.wall for one, other in zip(ones, others, strict=True))


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


def prepare(folder: Path) -> None:
    """Commit the pages, as in a repository in use."""
    subprocess.run(kwlint("--fix", "-q"), cwd=folder, env=ENVIRONMENT, check=False)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "pages")
    subprocess.run([*GIT, "gc", "-q"], cwd=folder, env=ENVIRONMENT, check=False, stderr=subprocess.DEVNULL)


def documents(folder: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.md", ":!kwdocs"], cwd=folder, check=True, stdout=subprocess.PIPE
    ).stdout
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def startup(folder: Path, runs: int) -> None:
    rows = [
        Row("python -c pass", [sys.executable, "-c", "pass"]),
        Row("kwlint --version", kwlint("--version"), against=("python -c pass",)),
        Row("kwlint --help", kwlint("--help"), against=("python -c pass",)),
    ]
    compare("Start-up", rows, folder, runs)


def warm(folder: Path, runs: int) -> None:
    subprocess.run(kwlint("-q"), cwd=folder, env=ENVIRONMENT, check=False, stdout=subprocess.DEVNULL)
    rows = [Row("git status", ["git", "status", "--porcelain"])]
    tops = sorted({name.split("/", 1)[0] for name in documents(folder)})
    if command := peer("lychee", "--offline", "--include-fragments", "--no-progress", *tops):
        rows.append(Row("lychee", command))
    if command := peer("rumdl", "check", "--no-config", "--enable", "MD051,MD057", *tops):
        rows.append(Row("rumdl (warm)", command))
    rows.append(Row("kwlint (warm)", kwlint("--exit-zero"), against=("git status", "lychee", "rumdl (warm)")))
    compare(f"Nothing changed: {len(documents(folder))} documents", rows, folder, runs)


def find(folder: Path, runs: int) -> None:
    subprocess.run(kwlint("-q", "--exit-zero"), cwd=folder, env=ENVIRONMENT, check=False, stdout=subprocess.DEVNULL)
    rows = [
        Row("python -c pass", [sys.executable, "-c", "pass"]),
        Row("kwlint find, exact", kwlint("find", "parameter"), against=("python -c pass",)),
        Row("kwlint find, fuzzy", kwlint("find", "paramter"), against=("python -c pass",)),
    ]
    compare(f"Look-up: {len(documents(folder))} documents", rows, folder, runs)


def edit(folder: Path, runs: int) -> None:
    names = documents(folder)
    name = names[len(names) // 2]
    change = (
        "import pathlib,subprocess,sys,time;p=pathlib.Path(sys.argv[1]);"
        "p.write_bytes(p.read_bytes()+b'\\nOne more sentence on retries, written at %d.\\n' % time.time_ns());"
        "subprocess.run(['git','add','-A'],check=True)"
    )
    before = [sys.executable, "-c", change, name]
    rows = []
    if command := peer("markdownlint-cli2", name):
        rows.append(Row("markdownlint-cli2, one file", command))
    if command := peer("mdformat", "--check", name):
        rows.append(Row("mdformat --check, one file", command))
    against = tuple(row.name for row in rows)
    rows.append(Row("kwlint --fix, one edited", kwlint("--fix", "--exit-zero"), before, against))
    compare(f"One document edited and staged: {len(names)} documents", rows, folder, runs)


def cold(folder: Path, runs: int) -> None:
    rows = [
        Row("mistune alone", [sys.executable, "-c", MISTUNE]),
        Row("kwlint (cold)", kwlint("--exit-zero"), ["rm", "-rf", ".git/kwlint"], ("mistune alone",)),
    ]
    compare(f"Cold check: {len(documents(folder))} documents", rows, folder, runs, watch=True)


def first(folder: Path, runs: int) -> None:
    rows = [
        Row("kwlint (cold)", kwlint("--exit-zero"), ["rm", "-rf", ".git/kwlint"]),
        Row(
            "kwlint --fix, the first",
            kwlint("--fix", "--exit-zero"),
            ["rm", "-rf", ".git/kwlint", "kwdocs"],
            ("kwlint (cold)",),
        ),
    ]
    compare(f"First --fix: {len(documents(folder))} documents", rows, folder, runs, watch=True)


SCENARIOS = {"startup": startup, "warm": warm, "find": find, "edit": edit, "cold": cold, "first": first}


def versions() -> str:
    lines = [f"Python {sys.version.split()[0]}, {os.cpu_count()} cores"]
    for command in (["git", "--version"], ["kwlint", "--version"], ["lychee", "--version"], ["rumdl", "--version"],
                    ["mdformat", "--version"], ["markdownlint-cli2", "--version"]):  # fmt: skip
        if found := peer(*command):
            out = subprocess.run(
                found, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            ).stdout
            lines.append(out.strip().partition("\n")[0])
    return "; ".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--repository", action="append", default=[], type=Path, help="measure on a copy of this repository"
    )
    parser.add_argument(
        "--documents", action="append", default=[], type=int, help="measure on a generated repository of this size"
    )
    parser.add_argument("--only", action="append", default=[], choices=list(SCENARIOS))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if not options.repository and not options.documents:
        options.documents = [3000, 14000]
    print(versions())
    with tempfile.TemporaryDirectory() as scratch:
        for place in options.repository:
            folder = Path(scratch) / place.name
            shutil.copytree(place, folder, symlinks=True)
            run_all(folder, options.only, options.runs)
        for number in options.documents:
            folder = Path(scratch) / f"generated-{number}"
            corpus.make(folder, number)
            run_all(folder, options.only, options.runs)
            shutil.rmtree(folder)


def run_all(folder: Path, only: list[str], runs: int) -> None:
    """Run every scenario on one repository."""
    print(f"\n## {folder.name}")
    prepare(folder)
    for name, scenario in SCENARIOS.items():
        if not only or name in only:
            scenario(folder, min(runs, 3) if name in ("cold", "first") else runs)


if __name__ == "__main__":
    main()
