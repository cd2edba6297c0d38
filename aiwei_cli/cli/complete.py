"""What the shell offers after Tab: the offices and sections of the notice at hand.

A shell prints whatever goes wrong here into the user's command line, so nothing may go wrong aloud.
"""

import os
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiwei_cli.errors import AiweiError

_LARGEST = 4_000_000
"""Bytes of a file that is still read while somebody waits for Tab."""


def complete_offices(incomplete: str) -> list[str]:
    """The offices of the notices at hand."""
    return _quietly(lambda: _names(_office_names, "ledger_offices"), incomplete)


def complete_sections(incomplete: str) -> list[str]:
    """Their headings, by id and by title."""
    return _quietly(lambda: _names(_section_names, "ledger_sections"), incomplete)


def complete_roles(incomplete: str) -> list[str]:
    """The roles, in Chinese and English."""
    from aiwei_cli.query.table import ROLE_LABELS

    return _quietly(lambda: [*ROLE_LABELS.values(), *ROLE_LABELS], incomplete)


def complete_stated(incomplete: str) -> list[str]:
    """Where duties may be stated, in Chinese and English."""
    from aiwei_cli.query.table import STATED_LABELS

    return _quietly(lambda: [*STATED_LABELS.values(), *STATED_LABELS], incomplete)


def complete_formats(incomplete: str) -> list[str]:
    """The formats of output."""
    from aiwei_cli.write import FORMATS

    return _quietly(lambda: FORMATS, incomplete)


def _quietly(names: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    try:
        return [name for name in dict.fromkeys(names()) if name.startswith(incomplete)]
    except Exception:
        return []


def _names(of: Callable[[Any], Iterable[str]], in_ledger: str) -> Iterable[str]:
    """The names in the notices at hand, or what the function of :mod:`aiwei_cli.store.names` finds in a ledger."""
    from aiwei_cli.cli.session import Session
    from aiwei_cli.resources import bundled_notice
    from aiwei_cli.store import is_sqlite

    words = _line()
    files = [word for word in words if Path(word).is_file()]
    files = files or [os.environ.get("AIWEI_NOTICE") or os.environ.get("AIWEI_LEDGER") or str(bundled_notice())]
    if len(files) == 1 and is_sqlite(files[0]):  # of any size: it knows its names
        from aiwei_cli.store import names
        from aiwei_cli.store.query import Ledger

        found: list[str] = getattr(names, in_ledger)(Ledger(files[0]))
        return found
    small = [name for name in files if Path(name).stat().st_size <= _LARGEST]
    if not small:
        return []
    rules = next((after for word, after in pairwise(words) if word == "--rules"), None)
    return [name for notice in Session(small, rules=rules, quiet=True).notices() for name in of(notice)]


def _line() -> list[str]:
    """The words of the command line so far. typer does not know them: it gives up where an option has no value yet."""
    import shlex

    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    try:
        words = shlex.split(line)
    except ValueError:  # a quote that is still open
        words = line.split()
    # A file to be written is not one of the notices.
    return [word for before, word in pairwise(words[1:]) if before not in ("-o", "--output")]


def _office_names(notice: Any) -> Iterable[str]:
    from aiwei_cli.query.absent import office_names

    return office_names(notice)


def _section_names(notice: Any) -> Iterable[str]:
    for node in notice.walk():
        if node.children:
            yield node.id
            if node.title:
                yield node.title


def install_script() -> None:
    """Install the completion for the shell that aiwei was called from. Raises AiweiError where that cannot be done."""
    from typer._completion_shared import install

    try:
        shell, path = install(shell=_shell(), prog_name="aiwei")
    except OSError as error:
        raise AiweiError(
            f"{error.filename}：写不进去（{error.strerror}）；请用 --show-completion 看脚本，自己安装"
        ) from error
    print(f"已给 {shell} 装上自动补全：{path}；重新打开命令行后生效")


def show_script() -> None:
    """Print the script that makes the shell ask aiwei for completions."""
    from typer._completion_shared import get_completion_script

    print(get_completion_script(prog_name="aiwei", complete_var="_AIWEI_COMPLETE", shell=_shell()))


def _shell() -> str:
    """The shell that aiwei was called from. Raises AiweiError where it cannot complete."""
    from typer._completion_shared import _get_shell_name

    shell = _get_shell_name() or ""
    if shell not in ("bash", "zsh", "fish", "powershell", "pwsh"):
        known = "bash、zsh、fish 或 PowerShell"
        raise AiweiError(f"{shell or '这里'}不能装自动补全；请在 {known} 里运行")
    return shell
