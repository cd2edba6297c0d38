"""aiwei (爱卫): Chinese government notices (公文) as structured data.

>>> import aiwei_cli as aiwei
>>> notice = aiwei.parse("一、开展爱国卫生月活动（社会事务办牵头，各村配合）。")
>>> [(duty.role, duty.office) for duty in notice.body[0].duties]
[('lead', '社会事务办'), ('support', '各村')]

- :func:`read` a file of any kind, :func:`read_many` files and folders, :func:`parse` a text: each gives :class:`Notice`
- ``notice.items(office=…)``, ``notice.rows()``, ``notice.to_frame()``, ``notice.to_dict()``: what is in it
- :func:`open_ledger`: the same questions to all notices that :func:`add` or ``aiwei add`` put into a file
- :func:`export` writes tables, :func:`check` finds faults in a draft, :func:`diff` tells what changed between two plans
- what goes wrong outside is an :class:`AiweiError` whose text is a sentence for people

Places in a text (spans) are pairs of offsets in characters, the end not included; lines and columns count from 1; days
are texts, ``2023-06-30``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiwei_cli.api.doing import add, check, diff, export
    from aiwei_cli.api.ledger import OpenLedger, open_ledger
    from aiwei_cli.api.reading import read, read_many
    from aiwei_cli.compiled import Rules
    from aiwei_cli.compiled import load as load_rules
    from aiwei_cli.errors import AiweiError, ReadError, RulesError, UsageError
    from aiwei_cli.notice.model import Citation, Deadline, Diagnostic, Duty, Hit, Node, Notice, Person, Plan
    from aiwei_cli.notice.source import Source
    from aiwei_cli.parsing import parse

__version__ = "0.1.0"

_PLACES = {
    "read": "api.reading",
    "read_many": "api.reading",
    "parse": "parsing",
    **dict.fromkeys(("add", "check", "diff", "export"), "api.doing"),
    "open_ledger": "api.ledger",
    "OpenLedger": "api.ledger",
    "Rules": "compiled",
    "Source": "notice.source",
    **dict.fromkeys(
        ("Citation", "Deadline", "Diagnostic", "Duty", "Hit", "Node", "Notice", "Person", "Plan"), "notice.model"
    ),
    **dict.fromkeys(("AiweiError", "ReadError", "RulesError", "UsageError"), "errors"),
}
"""Each name and the module that has it."""

__all__ = [
    "AiweiError",
    "Citation",
    "Deadline",
    "Diagnostic",
    "Duty",
    "Hit",
    "Node",
    "Notice",
    "OpenLedger",
    "Person",
    "Plan",
    "ReadError",
    "Rules",
    "RulesError",
    "Source",
    "UsageError",
    "__version__",
    "add",
    "check",
    "diff",
    "export",
    "load_rules",
    "open_ledger",
    "parse",
    "read",
    "read_many",
]


def __getattr__(name: str) -> Any:
    """What is asked for is imported when it is first asked for: ``aiwei --version`` does not wait for the parser."""
    from importlib import import_module

    if name == "load_rules":
        return import_module("aiwei_cli.compiled").load
    if name in _PLACES:
        return getattr(import_module(f"aiwei_cli.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
