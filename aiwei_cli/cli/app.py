"""The typer app: its commands by name, each built when it is called.

Building a command makes typer look at every parameter of its function. With all commands that takes longer than to
answer most questions, so the group builds the one that is asked for; only its own help builds all.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from aiwei_cli.cli.help import first_words, render
from aiwei_cli.cli.streams import complain, hush, is_broken_pipe
from aiwei_cli.errors import UsageError

COMMANDS = {
    "parse": "notices",
    "list": "tasks",
    "show": "notices",
    "offices": "counts",
    "sections": "notices",
    "matrix": "counts",
    "export": "tasks",
    "why": "notices",
    "diff": "compare",
    "check": "checks",
    "add": "ledger",
    "search": "ledger",
    "notices": "holdings",
    "mark": "mark",
    "log": "mark",
    "remove": "holdings",
    "collect": "collect",
    "report": "report",
    "corpus": "corpus",
    "explain": "about",
    "rules": "about",
    "schema": "about",
    "mcp": "assistant",
}
"""Each command and the module of this package whose function of the same name (``list_``) it is."""

GROUPS = {
    "看": ("list", "show", "search", "offices", "sections", "matrix", "notices", "parse", "export"),
    "核": ("check", "why", "explain", "diff", "rules", "schema"),
    "办": ("add", "mark", "log", "collect", "report", "remove"),
    "批量": ("corpus", "mcp"),
}
"""The commands as the help groups them: to look, to check, to get things done, for many files and for programs."""

FIRST = {
    "aiwei list 通知.docx --office 综合执法局": "某个单位有哪些事项",
    "aiwei export 通知.docx -o 任务分解表.xlsx": "导出 Excel 的任务分解表",
    "aiwei show 6 通知.docx": "一个事项的全部内容和原文",
    "aiwei check 通知.docx": "印发前查一遍毛病",
    "aiwei add 通知.docx --ledger 台账.db": "收进台账，以后一起查、催办、通报",
}
"""What people need first, shown where no command is given."""

_SETTINGS = {"help_option_names": ["-h", "--help"]}
_TRANSLATED = {"help": "显示用法，然后退出"}


class Command(TyperCommand):
    """A command whose help is Chinese and aligned for wide characters."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(render(self, ctx, _TRANSLATED))


class Group(TyperGroup):
    """The commands of :data:`COMMANDS`, built when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = build(cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            known = f"相近的有：{'、'.join(near)}" if near else f"可用：{'、'.join(COMMANDS)}"
            raise UsageError(f"没有“{args[0]}”这个命令；{known}；用法见 aiwei -h")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            if notes := getattr(stop, "__notes__", None):  # what was done by then
                complain("；".join(["已停止", *notes]))
            raise
        except OSError as error:
            # typer would leave with 1; but that somebody has read enough is no error.
            if not is_broken_pipe(error):
                raise
            hush()
            raise typer.Exit from None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(render(self, ctx, _TRANSLATED, _grouped(self, ctx)))


def _grouped(group: Group, ctx: Any) -> dict[str, dict[str, Any]]:
    return {title: {name: group.get_command(ctx, name) for name in names} for title, names in GROUPS.items()}


def build(name: str) -> Any:
    """The command of this name."""
    from aiwei_cli.cli import named, told

    module = import_module(f"aiwei_cli.cli.{COMMANDS[name]}")
    function = getattr(module, name, None) or getattr(module, f"{name}_")
    one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    one.command(name, cls=Command, context_settings=_SETTINGS)(function)
    command = get_command(one)
    command.params.append(told.option())
    named.refuse_empty(command)
    if any(parameter.name == "rules" for parameter in command.params):  # it reads notices
        from aiwei_cli.cli.limits import options

        command.params.extend(options())
    return command


app = typer.Typer(
    cls=Group,
    context_settings=_SETTINGS,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    suggest_commands=False,
    add_completion=False,  # typer's own options speak English
)


@app.callback(invoke_without_command=True)
def aiwei(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help="显示版本，然后退出"),
    install: bool = typer.Option(
        False, "--install-completion", help="给正在用的命令行装上自动补全，然后退出；后面可写是哪一种"
    ),
    show: bool = typer.Option(
        False, "--show-completion", help="显示自动补全的脚本：--show-completion bash、zsh、fish 或 powershell"
    ),
) -> None:
    """读公文：把通知里的编号事项和责任分工（牵头、负责、配合）变成数据。

    FILE 可以是公文、文件夹、-（标准输入），也可以是 parse、export 写的结果，或 add 建的台账。不写 FILE 时依次用：
    管道传入的内容、环境变量 AIWEI_NOTICE 指定的文件、AIWEI_LEDGER 指定的台账、随附的示例公文。

    例子：
      aiwei list 通知.txt --office 综合执法局     综合执法局有哪些事项
      aiwei export 通知.txt -o 任务分解表.xlsx    导出 Excel 的任务分解表
      aiwei parse 通知.txt --format json          整篇公文的结构
    """
    if version:
        from aiwei_cli import __version__

        print(f"aiwei {__version__}")
        raise typer.Exit
    if install or show:
        from aiwei_cli.cli.complete import install_script, show_script

        (install_script if install else show_script)(ctx.obj)
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        print(first_words(FIRST))


def call(args: list[str]) -> int:
    """Run the app on the arguments and return the exit code.

    Raises AiweiError for wrong usage and whatever a command raises.
    """
    from aiwei_cli.cli.limits import forget
    from aiwei_cli.cli.messages import in_chinese

    forget()
    if "_AIWEI_COMPLETE" in os.environ:
        return _complete(args)
    args, shell = _shell_apart(_legible(args))
    try:
        code = get_command(app)(args, prog_name="aiwei", standalone_mode=False, obj=shell)
    except typer.TyperException as error:
        raise UsageError(in_chinese(error, args)) from error
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0


def _shell_apart(args: list[str]) -> tuple[list[str], str | None]:
    """The arguments without the name of a shell after ``--show-completion``: typer knows no options that may have a
    value or none."""
    named = len(args) == 2 and args[0] in ("--show-completion", "--install-completion")
    return (args[:1], args[1]) if named else (args, None)


def _complete(args: list[str]) -> int:
    """Answer the shell's question for completions. What the shell sets may be odd, and nothing may go wrong aloud."""
    from typer._completion_classes import completion_init

    try:
        completion_init()
        code = get_command(app)(args, prog_name="aiwei", standalone_mode=False)
    except Exception:
        return 1
    return code if isinstance(code, int) else 0


_FILES = ("-o", "--output", "--ledger", "--rules", "--evidence")
"""The options whose values name files, which may have any bytes in their names."""


def _legible(args: list[str]) -> list[str]:
    """The arguments as text, where they are words and not UTF-8: then they were most likely typed in GBK.

    Raises UsageError for bytes that are no text.
    """
    if all(arg.isprintable() for arg in args):
        return args
    found = []
    for before, arg in zip(["", *args], args, strict=False):
        if _is_text(arg) or before in _FILES or arg.startswith(_FILES) or os.path.lexists(arg):
            found.append(arg)
            continue
        try:
            found.append(os.fsencode(arg).decode("gb18030"))
        except UnicodeError:
            shown = arg.encode("utf-8", "replace").decode()
            raise UsageError(f"“{shown}”里有不成字的字节；命令里的字请用 UTF-8 编码") from None
    return found


def _is_text(arg: str) -> bool:
    try:
        arg.encode()
    except UnicodeEncodeError:
        return False
    return True
