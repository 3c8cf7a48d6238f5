"""Generate a Git repository of Markdown documents with realistic text, links and code; the same for the same size.

python benchmarks/corpus.py FOLDER DOCUMENTS
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

FIRST = (
    "connection", "retry", "event", "access", "message", "cache", "schema", "load", "feature", "rate", "worker",
    "audit",
    "search", "file", "session", "health", "log", "signing", "import", "change", "read", "circuit", "service", "object",
    "metric", "render", "batch", "token", "tenant", "billing", "upload", "preview", "mirror", "backup", "replay",
    "routing", "device", "sensor", "cluster", "shard", "network", "query", "policy", "secret", "release", "build",
)  # fmt: skip
SECOND = (
    "pool", "policy", "loop", "queue", "key", "limiter", "index", "lock", "store", "probe", "rotation", "feed",
    "replica", "breaker", "account", "storage", "exporter", "balancer", "flag", "journal", "window", "gateway",
    "planner", "resolver", "monitor", "scheduler", "encoder", "listener", "snapshot", "quota", "template", "adapter",
    "registry", "ledger", "tunnel", "watcher", "budget", "profile", "pipeline", "session",
)  # fmt: skip
VERBS = ("starts", "reads", "replaces", "checks", "forwards", "compresses", "splits", "retries", "rejects", "records")
PLACES = ("on each node", "after a restart", "in the main region", "before the first request", "under heavy load")
LANGUAGES = ("python", "bash", "yaml", "json")


def topics(rng: random.Random) -> list[str]:
    """Return the topics of a document."""
    return [f"{rng.choice(FIRST)} {rng.choice(SECOND)}" for _ in range(14)]


def sentence(rng: random.Random, about: list[str]) -> str:
    """Return a plausible sentence."""
    first, second = rng.sample(about, 2)
    number = rng.randint(2, 900)
    return (
        f"The {first} {rng.choice(VERBS)} the {second} {rng.choice(PLACES)}, "
        f"and `{first.replace(' ', '_')}_limit` keeps it below {number} entries."
    )


def code(rng: random.Random, name: str) -> str:
    """Return a short code block."""
    language = rng.choice(LANGUAGES)
    lines = {
        "python": [f"import {name}", "", f"def open_{name}(size: int):", f"    {name}.configure({rng.randint(1, 99)})"],
        "bash": [f"$ {name} --size {rng.randint(1, 99)} --verbose", "done"],
        "yaml": [f"{name}:", f"  size: {rng.randint(1, 99)}", "  enabled: true"],
        "json": ["{", f'  "{name}": {rng.randint(1, 99)}', "}"],
    }  # fmt: skip
    return "\n".join([f"```{language}", *lines[language], "```"])


def document(number: int, total: int) -> str:
    """Return the text of document `number` of `total`, with links to other documents."""
    rng = random.Random(number)
    about = topics(rng)
    topic = about[0]
    lines = ["---", f"title: {topic.capitalize()} {number}", f"description: How the {topic} works.", "---", ""]
    lines += [f"# {topic.capitalize()} {number}", "", sentence(rng, about), ""]
    for part in range(rng.randint(3, 7)):
        lines += [f"## {rng.choice(about).capitalize()} and step {part}", ""]
        lines += [" ".join(sentence(rng, about) for _ in range(rng.randint(2, 6))), ""]
        other = rng.randrange(total)
        lines += [f"See [document {other}]({relative(other)}) and **{rng.choice(about)}**.", ""]
        if rng.random() < 0.5:
            lines += [code(rng, rng.choice(about).split()[0]), ""]
        if rng.random() < 0.2:
            lines += [
                "| option | meaning |",
                "| --- | --- |",
                *(f"| `--{t.split()[0]}` | {t} |" for t in about[:4]),
                "",
            ]
    return "\n".join(lines)


def place(number: int) -> str:
    """Return the path of document `number`: 40 documents in a folder, 25 folders in a folder."""
    return f"docs/area{number // 1000:03}/part{number // 40 % 25:02}/page{number:06}.md"


def relative(other: int) -> str:
    """Return the relative link to a document; it is the same from all others, which are at the same depth."""
    return f"../../../{place(other)}"


def make(folder: Path, total: int) -> None:
    """Create the repository, with one commit."""
    for number in range(total):
        path = folder / place(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number, total), encoding="utf-8", newline="\n")
    run = ["git", "-C", str(folder), "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org"]
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run([*run, "add", "-A"], check=True)
    subprocess.run([*run, "commit", "-q", "-m", "documents"], check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
