"""Help pages in Chinese: the command's own words as they are, its arguments and options in two columns.

typer measures characters, not columns, and a Chinese character takes two; so the page is laid out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_INDENT = 2
_WIDEST_NAME = 30


def render(
    command: Any, ctx: Any, translated: Mapping[str, str], commands: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """The help page of a command, or of a group with its commands by what they are for."""
    import inspect
    import shutil

    width = max(shutil.get_terminal_size().columns, 60)
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        # typer's second column ends in English notes: [required], [default: item].
        words = translated.get(param.name, param.help or "")
        if param.param_type_name == "argument":
            arguments.append((param.make_metavar(ctx), words))
        else:
            options.append((param.get_help_record(ctx)[0], words))
    usage = [ctx.command_path, *(["命令"] if commands else []), "[选项]", *(name for name, _ in arguments)]
    page = [f"用法：{' '.join(usage)}", "", *inspect.cleandoc(command.help or "").split("\n")]
    for title, some in (commands or {}).items():
        page += ["", f"{title}：", *_columns([(name, summary(one)) for name, one in some.items()], width)]
    if arguments:
        page += ["", "参数：", *_columns(arguments, width)]
    page += ["", "选项：", *_columns(options, width)]
    return "\n".join(page)


def first_words(commands: Mapping[str, str]) -> str:
    """The page where no command is given: a few whole commands, each with what it is for, and how to see the rest."""
    import shutil

    width = shutil.get_terminal_size().columns
    names = max(map(columns, commands))
    page = ["读公文：谁牵头、谁负责、谁配合、什么时候完成。", ""]
    for command, words in commands.items():
        if names + columns(words) + 2 * _INDENT <= width:
            page.append(f"{' ' * _INDENT}{command}{' ' * (names - columns(command) + _INDENT)}{words}")
        else:
            page += [f"{' ' * _INDENT}{words}：", f"{' ' * 2 * _INDENT}{command}"]
    page += ["", "没有公文也可以试：aiwei list", "全部命令：aiwei -h", "一个命令的用法：aiwei list -h"]
    return "\n".join(page)


def summary(command: Any) -> str:
    """The first line of a command's help."""
    import inspect

    return inspect.cleandoc(command.help or "").partition("\n")[0]


def _columns(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    names = min(max((columns(name) for name, _ in rows), default=0), _WIDEST_NAME)
    left = _INDENT + names + 2
    for name, words in rows:
        lines = list(folded(words, width - left - 1)) or [""]
        if columns(name) > names:
            yield " " * _INDENT + name
        else:
            yield " " * _INDENT + name + " " * (names - columns(name) + 2) + lines.pop(0)
        yield from (" " * left + line for line in lines)


def folded(text: str, width: int) -> Iterator[str]:
    """A text in lines of so many columns: between Chinese characters anywhere, in other words at blanks."""
    line, length = "", 0
    for piece in _pieces(text):
        if length + columns(piece.rstrip()) > width and line:
            yield line.rstrip()
            line, length = "", 0
            piece = piece.lstrip()
        line += piece
        length += columns(piece)
    if line:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What must not be torn: a word of narrow characters, a wide character with the punctuation after it."""
    piece = ""
    for char in text:
        wide = _wide(char)
        closing = char in "，。、；：！？）》”"
        if piece and not closing and (wide or _wide(piece[-1]) or piece[-1] == " "):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if _wide(char) else 1 for char in text)


def _wide(char: str) -> bool:
    from unicodedata import east_asian_width

    return east_asian_width(char) in "WF"
