"""Starting up: a command imports what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from shell import unmeasured

from aiwei_cli.resources import bundled_notice


def modules(*args: str) -> set[str]:
    """The modules that are in ``sys.modules`` after a command in a pipe."""
    code = (
        "import os, sys; os._exit = sys.exit\n"
        "from aiwei_cli.__main__ import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=unmeasured(),
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout
    return {name.partition(".")[0] for name in done.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (
            ("list", str(bundled_notice()), "--office", "综合执法局"),
            {"jieba", "rich", "csv", "json", "sqlite3"},
        ),
        (("export", str(bundled_notice())), {"jieba", "rich", "json", "sqlite3"}),
        (("parse", str(bundled_notice()), "--format", "json"), {"jieba", "rich", "csv", "sqlite3"}),
        (("schema",), {"jieba", "rich", "csv", "yaml", "sqlite3"}),
        (("--version",), {"jieba", "rich", "csv", "yaml", "json", "typer", "dataclasses"}),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_imports_only_what_it_needs(args: tuple[str, ...], absent: set[str]) -> None:
    loaded = modules(*args)
    assert loaded & absent == set()
    assert "aiwei_cli" in loaded
