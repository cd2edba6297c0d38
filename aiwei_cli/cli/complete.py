"""What the shell offers after Tab: the offices and sections of the notice at hand.

A shell prints whatever goes wrong here into the user's command line, so nothing may go wrong aloud.
"""

import os
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from aiwei_cli.errors import AiweiError

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_LARGEST = 4_000_000
"""Bytes of a file that is still read while somebody waits for Tab."""


def complete_offices(incomplete: str) -> list[str]:
    """The offices of the notices at hand."""
    return _quietly(lambda: _names(_office_names, "ledger_offices"), incomplete)


def complete_sections(incomplete: str) -> list[str]:
    """Their headings, by id and by title."""
    return _quietly(lambda: _names(_section_names, "ledger_sections"), incomplete)


def complete_ids(incomplete: str) -> list[str]:
    """The ids of their items and headings, and the last number of each (6) where somebody began to type it. After an
    id nothing is offered, so that the shell offers files."""
    return _quietly(lambda: _ids(incomplete), incomplete)


def _ids(incomplete: str) -> Iterable[str]:
    from aiwei_cli.query.asked import typed_path

    if any(typed_path(word) and not os.path.lexists(word) for word in _line() if word != incomplete):
        return []
    ids = list(_names(_node_ids, "ledger_ids"))
    return [*ids, *(id_.rpartition("/")[2] for id_ in ids)] if incomplete else ids


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


def _node_ids(notice: Any) -> Iterable[str]:
    return (node.id for node in notice.walk())


def _section_names(notice: Any) -> Iterable[str]:
    for node in notice.walk():
        if node.children:
            yield node.id
            if node.title:
                yield node.title


def install_script(shell: str | None) -> None:
    """Install the completion for a shell, without one for that which aiwei was called from.

    Raises AiweiError where that cannot be done.
    """
    from typer._completion_shared import install

    _speak_utf8()
    try:
        shell, path = install(shell=_shell(shell), prog_name="aiwei")
    except OSError as error:
        raise AiweiError(
            f"{error.filename}：写不进去（{error.strerror}）；请用 --show-completion 看脚本，自己安装"
        ) from error
    print(f"已给 {shell} 装上自动补全：{path}；重新打开命令行后生效")


def show_script(shell: str | None) -> None:
    """Print the script that makes the shell ask aiwei for completions."""
    from typer._completion_shared import get_completion_script

    _speak_utf8()
    print(get_completion_script(prog_name="aiwei", complete_var="_AIWEI_COMPLETE", shell=_shell(shell)))


def _shell(named: str | None) -> str:
    """The shell that is named, or that aiwei was called from. Raises AiweiError where it cannot complete."""
    from typer._completion_shared import _get_shell_name

    shell = named or _get_shell_name() or ""
    if shell not in SHELLS:
        raise AiweiError(f"{f'“{shell}”' if shell else '这里'}不能装自动补全；请写明是哪一种：{'、'.join(SHELLS)}")
    return shell


def _speak_utf8() -> None:
    """PowerShell reads what aiwei offers by the code page of the console, which has to be UTF-8 for that moment."""
    from typer import _completion_shared as typers

    head = "param($wordToComplete, $commandAst, $cursorPosition)"
    utf8 = f"{head}\n    [Console]::OutputEncoding = [Text.Encoding]::UTF8"
    for name in ("powershell", "pwsh"):
        typers._completion_scripts[name] = typers.COMPLETION_SCRIPT_POWER_SHELL.replace(head, utf8)
