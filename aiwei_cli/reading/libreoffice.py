"""Old Word and WPS files (.doc, .wps, .rtf, .odt), which LibreOffice turns into .docx where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.notice.checksum import sha256
from aiwei_cli.notice.model import Notice
from aiwei_cli.reading.document import Content
from aiwei_cli.reading.kinds import OLD, kind_of
from aiwei_cli.reading.word import body

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Budget

TIMEOUT = 120
"""Seconds. The first start of LibreOffice takes ten; a file that needs longer than this hangs it."""
_TOGETHER = 20
"""How many files go into one call: a file that hangs it costs all of them."""
_LARGEST = 20 * 1024 * 1024
_READY: dict[str, bytes] = {}
"""What was made ahead, by the SHA-256 of the file."""
_CURE = "请用 Word 或 WPS 打开，另存为 .docx 后再试"
_NAMES = ("soffice", "libreoffice")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def text(data: bytes, suffix: str, rules: Rules | None, budget: Budget) -> Content | list[Notice]:
    """The text of the file, by way of LibreOffice. Raises ReadError where there is none or it cannot read the file."""
    if _ENCRYPTED in data:
        raise ReadError("Word 文件加了密码；请用 Word、WPS 打开，去掉密码后另存为 .docx 再试")
    for stream, words in (("Workbook", "Excel 表格"), ("PowerPoint Document", "演示文稿")):
        if stream.encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
            raise ReadError(f"是旧格式的 {words}，不是公文；请把文字复制到 Word 或 WPS 文字里，另存为 .docx")
    program = find_program()
    if program is None:
        raise ReadError(f"是旧格式的文件（.doc、.wps、.rtf 或 .odt），要靠 LibreOffice 才能读，这台电脑上没有；{_CURE}")
    kind = suffix.lower().lstrip(".")
    kind = kind if kind in ("doc", "wps", "rtf", "odt") else "doc"
    converted = _READY.pop(sha256(data), None) or _convert(program, data, kind)
    budget.begin(len(converted))
    found = body.text(converted, rules, budget)
    return found._replace(kind=kind) if isinstance(found, Content) else found


def find_program() -> str | None:
    """LibreOffice, from the path or from where it is installed on Windows and macOS; None where it is not."""
    for name in _NAMES:
        found = shutil.which(name)
        # Windows looks in the current folder first, and a program that lies among the notices is not to be run.
        if found and Path(found).resolve().parent != Path.cwd():
            return found
    places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    if os.name == "nt":
        roots = (os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)"))
        places = [Path(root) / "LibreOffice" / "program" / "soffice.com" for root in roots if root]
    return next((str(place) for place in places if place.is_file()), None)


def _convert(program: str, data: bytes, kind: str) -> bytes:
    """The file as .docx. Raises ReadError."""
    made = _converted(program, {f"notice.{kind}": data})
    if not made:
        raise ReadError(f"LibreOffice 打不开它，可能加了密码或已损坏；{_CURE}")
    return made["notice"]


def _converted(program: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What LibreOffice makes of these files in one call, by their names without suffix; those that it cannot open are
    missing. It gets a separate profile, so that an open LibreOffice does not get in its way."""
    with tempfile.TemporaryDirectory(prefix="aiwei-", ignore_cleanup_errors=True) as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        target = Path(folder) / "out"
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
            str(target),
            *(str(Path(folder) / name) for name in files),
        ]
        _run(command, folder)
        made = ((Path(name).stem, target / f"{Path(name).stem}.docx") for name in files)
        return {stem: path.read_bytes() for stem, path in made if path.is_file()}


class ConvertedAhead:
    """Turns the old files among many into .docx, several in one call: it takes LibreOffice seconds to begin."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._waiting = [path for path in paths if path.lower().endswith(OLD)]

    def due(self, path: str) -> None:
        """This file is read next. Those after it that can go with it are turned too; what goes wrong is left to
        :func:`text`, which asks for one file alone."""
        if path not in self._waiting:
            return
        at = self._waiting.index(path)
        batch, self._waiting = self._waiting[at : at + _TOGETHER], self._waiting[at + _TOGETHER :]
        _READY.clear()
        files = {f"{i}{os.path.splitext(one)[1].lower()}": _old(one) for i, one in enumerate(batch)}  # noqa: PTH122
        files = {name: data for name, data in files.items() if data}
        program = find_program()
        if program is None or len(files) < 2:
            return
        with suppress(ReadError, OSError):
            made = _converted(program, files)
            _READY.update(
                (sha256(data), made[Path(name).stem]) for name, data in files.items() if Path(name).stem in made
            )


def _old(path: str) -> bytes:
    """The bytes of a file that needs LibreOffice; none for any other."""
    try:
        if not Path(path).is_file() or Path(path).stat().st_size > _LARGEST:
            return b""
        data = Path(path).read_bytes()
        return data if kind_of(data, Path(path).suffix) == "doc" else b""
    except (OSError, ReadError):
        return b""


def _run(command: list[str], folder: str) -> None:
    """Run LibreOffice to its end. Its launcher starts the real program, so on a time-out both have to go."""
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, cwd=folder, start_new_session=os.name == "posix"
        )
    except OSError as error:
        raise ReadError(f"LibreOffice 启动不了（{error.strerror}）；{_CURE}") from None
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        raise ReadError(f"LibreOffice 用了 {TIMEOUT} 秒还没有转换完；{_CURE}") from None
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
