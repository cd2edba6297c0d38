"""Old Word and WPS files (.doc, .wps, .rtf, .odt), which LibreOffice turns into .docx where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.document import Content
from aiwei_cli.reading.word import body

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.reading.budget import Budget

TIMEOUT = 120
"""Seconds. The first start of LibreOffice takes ten; a file that needs longer than this hangs it."""
_CURE = "请用 Word 或 WPS 打开，另存为 .docx 后再试"
_NAMES = ("soffice", "libreoffice")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def text(data: bytes, suffix: str = "", rules: Rules | None = None, budget: Budget | None = None) -> Content:
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
    converted = _convert(program, data, kind)
    if budget is not None:
        budget.begin(len(converted))
    return body.text(converted, rules, budget)._replace(kind=kind)


def find_program() -> str | None:
    """LibreOffice, from the path or from where it is installed on Windows and macOS; None where it is not."""
    for name in _NAMES:
        found = shutil.which(name)
        # Windows looks in the current folder first, and a program that lies among the notices is not to be run.
        if found and Path(found).resolve().parent != Path.cwd():
            return found
    places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")] if sys.platform == "darwin" else []
    if os.name == "nt":
        roots = (os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)"))
        places = [Path(root) / "LibreOffice" / "program" / "soffice.com" for root in roots if root]
    return next((str(place) for place in places if place.is_file()), None)


def _convert(program: str, data: bytes, kind: str) -> bytes:
    """The file as .docx. LibreOffice gets a separate profile, so that an open window does not get in its way."""
    with tempfile.TemporaryDirectory(prefix="aiwei-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"notice.{kind}"
        source.write_bytes(data)
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
            str(source),
        ]
        _run(command, folder)
        made = target / "notice.docx"
        if not made.is_file():
            raise ReadError(f"LibreOffice 打不开它，可能加了密码或已损坏；{_CURE}")
        return made.read_bytes()


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
