"""The pictures of the READMEs and of docs, made from what aiwei really writes.

    python docs/pictures.py [--check]

What the command prints on a terminal is drawn as an SVG. The page and the workbook are photographed, which wants
Chromium, LibreOffice and poppler; of what they show, ``shown.json`` keeps a checksum. A test calls this with
``--check``: it ends with 1 where a picture is not what aiwei writes now. That needs none of the three.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURES = Path(__file__).resolve().parent / "pictures"
NOTICE = str(REPOSITORY / "data" / "notice_2023.txt")
_OLD = """2023年工作要点
1.修好村道。（县交通局牵头，县财政局配合）
2.清理河道垃圾，每月检查一次。（县水利局负责）
3.更换旧路灯。（县住建局负责）
4.评选文明家庭。（县妇联负责）
"""
_NEW = """2024年工作要点
1.修好村道和机耕路。（县交通局牵头，县财政局、县农业局配合）
2.更换旧路灯。（县住建局负责）
3.清理河道垃圾，每周检查一次。（县水利局负责）
4.改造旧校舍。（县教育局负责）
"""


class Shell:
    """A folder of its own, in which aiwei is run as on a terminal of so many columns."""

    def __init__(self, folder: Path, columns: int) -> None:
        self.folder, self.columns = folder, columns
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AIWEI_")}
        path = os.pathsep.join(filter(None, (str(REPOSITORY), os.environ.get("PYTHONPATH"))))
        colours = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.environment = {**kept, **colours, "PYTHONPATH": path, "PYTHONUTF8": "1", "COLUMNS": str(columns)}

    def aiwei(self, *words: str) -> str:
        """What the command prints, with its colours. Raises RuntimeError where it fails."""
        command = [sys.executable, "-m", "aiwei_cli", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr.decode())
        return done.stdout.decode()


def table(shell: Shell) -> tuple[str, str]:
    """The tasks of an office."""
    words = ("list", "--office", "社会事务办", "--role", "牵头")
    return " ".join(("aiwei", *words)), shell.aiwei(*words, NOTICE, "--format", "table")


def diff(shell: Shell) -> tuple[str, str]:
    """What became of each item."""
    (shell.folder / "2023.txt").write_text(_OLD, encoding="utf-8")
    (shell.folder / "2024.txt").write_text(_NEW, encoding="utf-8")
    return "aiwei diff 2023.txt 2024.txt", shell.aiwei("diff", "2023.txt", "2024.txt", "--format", "table")


def report(shell: Shell) -> tuple[str, str]:
    """How a month ended."""
    ledger = ("--ledger", "tasks.db")
    shell.aiwei("add", NOTICE, *ledger)
    shell.aiwei("mark", "1", "2", "5", "9", "已办结", "--date", "2023-05-20", *ledger)
    shell.aiwei("mark", "17", "延期", "--due", "2023-05-31", "--note", "等文件", "--date", "2023-05-03", *ledger)
    printed = shell.aiwei("report", "tasks.db", "--as-of", "2023-06-05", "--format", "table")
    return "aiwei report tasks.db --as-of 2023-06-05", printed


TERMINALS: dict[str, tuple[int, Callable[[Shell], tuple[str, str]]]] = {
    "table": (90, table),
    "diff": (90, diff),
    "report": (76, report),
}


def terminal(name: str) -> str:
    """The SVG of a screen, the command above what it prints. Every run of signs of one width is laid on its cells:
    rich's own SVG counts characters, of which a Chinese one takes two cells."""
    from rich.text import Text

    columns, make = TERMINALS[name]
    with tempfile.TemporaryDirectory() as folder:
        command, printed = make(Shell(Path(folder), columns))
    lines = [Text(f"$ {command}", "bold"), *Text.from_ansi(printed.rstrip()).split("\n", allow_blank=True)]
    width, height = columns * _CELL + 2 * _EDGE, len(lines) * _LINE + 2 * _EDGE
    drawn = [run for row, line in enumerate(lines) for run in _drawn(line, _EDGE + row * _LINE)]
    return _FRAME.format(width=width, height=height, size=_LINE - 6, runs="\n".join(drawn))


_CELL, _LINE, _EDGE = 9, 22, 12
_FRAME = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
<rect width="100%" height="100%" rx="6" fill="#fff" stroke="#d0d7de"/>
<g font-family="ui-monospace, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace" font-size="{size}" fill="#1f2328">
{runs}
</g>
</svg>
"""


def _drawn(line: Any, top: int) -> Iterator[str]:
    """The runs of a line, each with its place and length."""
    from rich.cells import cell_len
    from rich.console import Console

    at = 0
    for segment in line.render(Console(), end=""):
        for run in re.findall(r" +|[\x21-\x7e]+|[^\x20-\x7e]+", segment.text):
            place, length = _EDGE + at * _CELL, cell_len(run) * _CELL
            at += cell_len(run)
            style = segment.style
            if style and style.bgcolor:
                yield f'<rect x="{place}" y="{top}" width="{length}" height="{_LINE}" fill="{_hex(style.bgcolor)}"/>'
            if run.isspace():
                continue
            looks = ' font-weight="bold"' if style and style.bold else ""
            looks += f' fill="{_hex(style.color)}"' if style and style.color else ""
            where = f'x="{place}" y="{top + _LINE - 6}" textLength="{length}"'
            yield f"<text {where}{looks}>{html.escape(run)}</text>"


def _hex(colour: Any) -> str:
    return str(colour.get_truecolor().hex)


def exported(folder: Path, name: str) -> Path:
    """The table of tasks of the bundled notice."""
    Shell(folder, 80).aiwei("export", NOTICE, "--no-doubts", "-o", name)
    return folder / name


def page_shows(file: Path) -> str:
    """The words at the top of the page."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", file.read_text(encoding="utf-8"), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())[:500]


def workbook_shows(file: Path) -> str:
    """The cells at the top of the first sheet."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python(nrows=7)
    return json.dumps(rows, ensure_ascii=False)


PHOTOGRAPHS = {"page": ("任务.html", page_shows), "workbook": ("任务.xlsx", workbook_shows)}


def checksums() -> dict[str, str]:
    """Of what each photograph shows."""
    with tempfile.TemporaryDirectory() as folder:
        shown = {name: shows(exported(Path(folder), file)) for name, (file, shows) in PHOTOGRAPHS.items()}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in shown.items()}


def photograph() -> None:
    """Take the page and the first sheet, as a browser shows them."""
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from browser import Browser

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, book = (exported(folder, file) for file, _ in PHOTOGRAPHS.values())
        quiet: dict[str, Any] = {"cwd": folder, "check": True, "capture_output": True}
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", book.name], **quiet)
        subprocess.run(["pdftoppm", "-r", "96", "-png", "-l", "1", "-singlefile", "任务.pdf", "sheet"], **quiet)
        (folder / "sheet.html").write_text("<style>body{margin:0}img{width:1000px}</style><img src=sheet.png>")
        browser = Browser(folder / "profile")
        try:
            for at, file, height in (("page", page, 620), ("workbook", folder / "sheet.html", 640)):
                size = {"width": 1000, "height": height, "deviceScaleFactor": 1, "mobile": False}
                browser.send("Emulation.setDeviceMetricsOverride", **size)
                browser.open(file)
                taken = browser.send("Page.captureScreenshot", format="webp", quality=60)
                (PICTURES / f"{at}.webp").write_bytes(base64.b64decode(taken["data"]))
        finally:
            browser.close()


def main() -> int:
    """Make all pictures; with ``--check`` only say which are not current."""
    kept = PICTURES / "shown.json"
    shown = checksums()
    stale = [name for name, one in shown.items() if not kept.exists() or json.loads(kept.read_text())[name] != one]
    drawn = {PICTURES / f"{name}.svg": terminal(name) for name in TERMINALS}
    stale += [at.stem for at, svg in drawn.items() if not at.exists() or at.read_text("utf-8") != svg]
    if "--check" in sys.argv:
        print("".join(f"docs/pictures/{name}: run python docs/pictures.py\n" for name in stale), end="")
        return int(bool(stale))
    for at, svg in drawn.items():
        at.write_text(svg, encoding="utf-8", newline="\n")
    photograph()
    kept.write_text(json.dumps(shown, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
