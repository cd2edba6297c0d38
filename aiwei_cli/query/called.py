"""What a notice is called where it has no title: as its enclosed plan is, else as its file is.

>>> called_by("", ["石桥镇清淤方案"], "下载/清淤.txt"), called_by("", [], "下载/清淤.txt"), called_by("", [], "-")
('石桥镇清淤方案', '清淤', '')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiwei_cli.notice.model import Notice

UNTITLED = "（没有标题）"


def called(notice: Notice) -> str:
    """The title of a notice, or what takes its place; empty for what was piped in and has neither."""
    return notice.title or called_by("", [plan.title for plan in notice.plans], notice.source.path)


def called_by(title: str | None, plans: Iterable[str], path: str | None) -> str:
    """The first there is of title, plan and file."""
    return title or next(filter(None, plans), "") or file_name(path or "")


def file_name(path: str) -> str:
    """The name of a file without its folder and its kind."""
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, kind = name.rpartition(".")
    return (stem if dot and stem and kind.isalnum() else name).removeprefix("-")
