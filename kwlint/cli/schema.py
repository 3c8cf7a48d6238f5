"""`kwlint schema`: print the JSON Schema of the configuration or of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kwlint.cli.arguments import UsageError
from kwlint.cli.common import CLEAN

if TYPE_CHECKING:
    from kwlint.cli.arguments import Options


def run(options: Options) -> int:
    """Run the command and return the exit status."""
    from json import dumps

    from kwlint import config
    from kwlint.cli.choices import CHOICES
    from kwlint.report import json

    names = options.paths or ("config",)
    if names == ("config",):
        schema = config.schema(CHOICES)
    elif names == ("report",):
        schema = json.schema()
    else:
        raise UsageError("schema: use `kwlint schema config` or `kwlint schema report`")
    print(dumps(schema, indent=2))
    return CLEAN
