"""``--jobs``, ``--max-memory``, ``--max-seconds``, ``--no-ocr``, ``--no-sample``: for every command that reads notices.

The group adds them to each command that has ``--rules``; their values are kept here until the files are read.
"""

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from typer.core import TyperOption

from aiwei_cli.errors import UsageError

if TYPE_CHECKING:
    from aiwei_cli.reading.budget import Limits

_UNITS = {"": 1024**2, "M": 1024**2, "G": 1024**3}
_LEAST = 64 * 1024**2
_chosen: dict[str, Any] = {}
_refused: set[str] = set()


def chosen() -> "Limits":
    """The limits of this call, which the system watches too."""
    from aiwei_cli.cli.progress import pages
    from aiwei_cli.reading.budget import Limits

    return Limits(**{name: value for name, value in _chosen.items() if name != "jobs"}, watched=True, pages=pages)


def jobs() -> int | None:
    """How many processes are to read files; None where the option is not given."""
    found: int | None = _chosen.get("jobs")
    return found


def forget() -> None:
    """A new call has the usual limits."""
    _chosen.clear()
    _refused.clear()


def sample_allowed() -> bool:
    """Whether the notice that comes with the package may answer where no file is named."""
    return not _refused and os.environ.get("AIWEI_SAMPLE") != "0"


def options() -> list[TyperOption]:
    """The options, whose values go to
    :func:`chosen`, :func:`jobs` and :func:`sample_allowed`, and to no function."""
    return [
        _option("--jobs", "个数", "几个进程同时读文件（不写时有几个核用几个，少于 300 个文件用一个）", _jobs),
        _flag("--no-sample", "没有给出文件时报错，不读随附的示例公文", lambda: _refused.add("sample")),
        _option("--max-memory", "大小", "读一个文件最多用多少内存，如 512M、4G（不写时 2G）", _memory),
        _option("--max-seconds", "秒", "读一个文件最多用多少秒（不写时 60）", _seconds),
        _flag("--no-ocr", "不识别图片和扫描页里的文字", lambda: _chosen.update(ocr=False)),
    ]


def _flag(name: str, help: str, heed: Callable[[], None]) -> TyperOption:
    def keep(context: Any, parameter: Any, given: bool) -> None:
        if given:
            heed()

    return TyperOption(param_decls=[name], is_flag=True, help=help, callback=keep, expose_value=False)


def _option(name: str, metavar: str, help: str, read: Any) -> TyperOption:
    def keep(context: Any, parameter: Any, written: str | None) -> None:
        if written is not None:
            read(written)

    return TyperOption(param_decls=[name], metavar=metavar, help=help, callback=keep, expose_value=False)


def _jobs(written: str) -> None:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", written.strip()):
        raise UsageError(f"--jobs 是进程的个数，如 4，不能是“{written}”")
    _chosen["jobs"] = int(written)


def _memory(written: str) -> None:
    match = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*([MG]?)I?B?", written.strip().upper())
    size = int(float(match[1]) * _UNITS[match[2]]) if match else 0
    if size < _LEAST:
        raise UsageError(f"--max-memory 是内存的大小，如 512M、4G，至少 64M，不能是“{written}”")
    _chosen["memory"] = size


def _seconds(written: str) -> None:
    match = re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", written.strip())
    if match is None or not float(match[0]):
        raise UsageError(f"--max-seconds 是秒数，如 120，不能是“{written}”")
    _chosen["seconds"] = float(match[0])
