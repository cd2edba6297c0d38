"""The command for AI assistants: mcp."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from aiwei_cli.cli import options
from aiwei_cli.cli.streams import Closed
from aiwei_cli.errors import UsageError

Folders = Annotated[
    list[str] | None, typer.Argument(metavar="[文件夹]...", help="只许读这些文件夹（或文件）里的公文和台账")
]


def mcp(folders: Folders = None, rules: options.RulesDir = None) -> None:
    """让 AI 助手读公文：按 MCP 协议，在标准输入输出上应答，只读，只读指定的文件夹。

    在助手的配置里写上这条命令；单独运行时它只是等着。先装好：pip install 'aiwei[mcp]'。

    例子：
      aiwei mcp 公文
      aiwei mcp 公文 台账.db --rules 规则
    """
    from aiwei_cli.assistant.answers import Answers
    from aiwei_cli.assistant.server import server
    from aiwei_cli.assistant.shelf import Shelf
    from aiwei_cli.cli.limits import chosen
    from aiwei_cli.compiled import load

    if sys.stdin is None or isinstance(sys.stdout, Closed):
        raise UsageError("标准输入或标准输出没有打开，没法和助手说话；请把这条命令写进助手的配置，由助手启动")
    if not folders:
        raise UsageError("请写上可以读的文件夹：aiwei mcp 公文")
    own = rules or os.environ.get("AIWEI_RULES")
    shelf = Shelf(folders, load(Path(own) if own else None), chosen()._replace(watched=False))
    try:
        server(Answers(shelf)).run("stdio")
    except BaseExceptionGroup as group:  # of the tasks that read and write
        raise _first(group) from None


def _first(error: BaseException) -> BaseException:
    """The first error of a group, as those of the other commands are told: nobody listens, the device is full."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
