"""aiwei (爱卫): Chinese government notices (公文) as structured data.

>>> from aiwei_cli import parse
>>> notice = parse("一、开展爱国卫生月活动（社会事务办牵头，各村配合）。")
>>> [(duty.role, duty.office) for duty in notice.body[0].duties]
[('lead', '社会事务办'), ('support', '各村')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.parsing import parse

__all__ = ["Notice", "__version__", "parse"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The parser is imported when it is first asked for: ``aiwei --version`` does not wait for it."""
    if name == "parse":
        from aiwei_cli.parsing import parse

        return parse
    if name == "Notice":
        from aiwei_cli.notice.model import Notice

        return Notice
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
