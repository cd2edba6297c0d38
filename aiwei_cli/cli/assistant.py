"""The command for AI assistants: mcp."""

import os
from pathlib import Path
from typing import Annotated

import typer

from aiwei_cli.cli import options
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

    if not folders:
        raise UsageError("请写上可以读的文件夹：aiwei mcp 公文")
    own = rules or os.environ.get("AIWEI_RULES")
    shelf = Shelf(folders, load(Path(own) if own else None), chosen()._replace(watched=False))
    server(Answers(shelf)).run("stdio")
