"""Names of files that are empty, as a variable that a script forgot to set: refused, and not taken for no name."""

from typing import Any

from aiwei_cli.errors import UsageError

_NAMES = frozenset(["files", "file", "folders", "sources", "directory", "output", "ledger", "rules", "evidence"])
"""What the parameters are called that name files and folders."""
EMPTY = "有一个文件名是空的；请写上文件名，或不写文件就读管道传入的内容"


def refuse_empty(command: Any) -> None:
    """Let a command refuse empty names."""
    for parameter in command.params:
        if parameter.name in _NAMES and parameter.callback is None:
            parameter.callback = _refuse


def _refuse(context: Any, parameter: Any, value: Any) -> Any:
    given = value if isinstance(value, list | tuple) else (value,)
    if "" in given and not context.resilient_parsing:
        if parameter.param_type_name == "option":
            raise UsageError(f"{max(parameter.opts, key=len)} 后面是空的；请写上名称，或去掉这个选项")
        raise UsageError(EMPTY)
    return value
