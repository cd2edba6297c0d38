"""What typer says about wrong usage, in Chinese."""

from __future__ import annotations

from typing import Any


def in_chinese(error: Any, args: list[str]) -> str:
    """The message of a usage error as one sentence, with the way to the help page."""
    context = getattr(error, "ctx", None)
    if context is not None:
        command = context.command_path
    else:
        command = " ".join(["aiwei", *(name for name in args[:1] if not name.startswith("-"))])
    return f"{_sentence(error)}；用法见 {command} -h"


def _sentence(error: Any) -> str:
    kind = type(error).__name__
    message = str(error.format_message())
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有 {error.option_name} 这个选项" + (f"，相近的有：{near}" if near else "")
    if kind == "MissingParameter":
        return f"缺少参数 {error.param.human_readable_name}" if error.param is not None else "缺少参数"
    if kind == "BadOptionUsage":
        wants_none = "does not take" in message
        return f"选项 {error.option_name} 后面{'不跟内容' if wants_none else '缺少内容'}"
    if kind == "BadParameter" and error.param is not None and "is not a valid int" in message:
        written = message.partition(": ")[2].partition(" is not")[0].strip("'")
        return f"{error.param.opts[-1]} 要写整数，不能是“{written}”"
    extra = message.partition("unexpected extra argument(s) (")[2]
    if extra:
        return f"多了参数：{extra.removesuffix(')')}"
    return message
