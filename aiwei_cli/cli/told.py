"""``--errors json``, for every command: what goes to standard error is one JSON object a line.

:mod:`aiwei_cli.cli.streams` writes them, and knows what is wanted before typer has looked at the options.
"""

from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

from aiwei_cli.cli.streams import complain
from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Notice

_KINDS = ("text", "json")


def option() -> TyperOption:
    """The option, whose value goes to no function."""
    help = "屏幕上的提示、错误和疑点写成文字（text，默认）还是一行一个 JSON 对象（json）"
    return TyperOption(
        param_decls=["--errors"], metavar="text|json", help=help, callback=_refuse_others, expose_value=False
    )


def _refuse_others(context: Any, parameter: Any, written: str | None) -> None:
    if written is not None and written not in _KINDS:
        raise UsageError(f"--errors 只能是 text（文字）或 json，不能是“{written}”")


def tell_program(notice: "Notice") -> None:
    """Each doubt of a notice as an object, with the keys of a finding of ``check``."""
    from aiwei_cli.checking.rule import READING

    for each in notice.diagnostics:
        known = READING.get(each.code)
        complain(
            each.message,
            file=notice.source.path,
            line=each.line,
            column=each.column,
            code=each.code,
            level=known.level if known else "warning",
            span=list(each.span),
        )
