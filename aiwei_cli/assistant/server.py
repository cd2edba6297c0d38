"""The answers as tools of an MCP server that speaks over standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from aiwei_cli import __version__
from aiwei_cli.assistant.answers import Answers
from aiwei_cli.errors import AiweiError, UsageError

TOOLS = (
    "list_files",
    "read_notice",
    "list_tasks",
    "get_item",
    "search",
    "offices",
    "doubts",
    "check",
    "diff",
    "due",
)
"""The methods of :class:`~aiwei_cli.assistant.answers.Answers` that are tools, by the same names."""
INSTALL = "pip install 'aiwei[mcp]'"
_INSTRUCTIONS = (
    "读中国政府公文：编号事项、谁牵头谁负责谁配合、什么时候完成。先用 list_files 看有哪些文件。"
    "回答里有 next 就是还没完，带上它再问一次。doubts 是拿不准的地方，引用结果时请一并告诉用户。只读，不改任何文件。"
)


def server(answers: Answers) -> Any:
    """The MCP server. Raises UsageError where the SDK is not installed."""
    try:
        made = import_module("mcp.server.mcpserver")
        errors = import_module("mcp.server.mcpserver.exceptions")
        types = import_module("mcp.types")
    except ImportError:
        raise UsageError(f"aiwei mcp 要用 MCP 的开发包（2.1 以上）；请运行 {INSTALL}") from None
    found = made.MCPServer("aiwei", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR")
    reading = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name in TOOLS:
        found.tool(name=name, annotations=reading)(_telling(getattr(answers, name), errors.ToolError))
    return found


def _telling(answer: Callable[..., Any], error_type: type[Exception]) -> Callable[..., Any]:
    """The function; of an error the assistant gets the sentence."""

    @wraps(answer)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return answer(*args, **kwargs)
        except AiweiError as error:
            raise error_type(str(error)) from None

    return told
