"""What runs when the file is opened: it unpacks the packages once, then starts aiwei.

Python cannot load compiled packages from within a zip. Opened without words, or with files dropped on it, it asks for
notices and writes the table of tasks beside each; with words it is the command ``aiwei``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

_ASK = "把公文（Word、PDF、Excel、网页、文本）拖到这个窗口里，按回车；直接按回车就退出："


def unpacked(archive: Path, cache: Path) -> Path:
    """The folder with the packages of an archive, whole or not there, named by what is in it."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()[:16]
    folder = cache / digest
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as half, zipfile.ZipFile(archive) as packed:
            packed.extractall(half, [name for name in packed.namelist() if name.startswith("site/")])
            try:
                (Path(half) / "site").rename(folder)
            except OSError:
                if not folder.is_dir():  # nobody else was faster
                    raise
    return folder


def cache() -> Path:
    """Where programs of this user keep such things."""
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(local) if local else Path.home() / ".cache") / "aiwei" / "program"


def beside(notice: Path) -> Path:
    """A name for the table of a notice that no file has: what somebody corrected by hand is not written over."""
    name = f"{notice.stem}-任务分解表"
    found, number = notice.with_name(f"{name}.xlsx"), 1
    while found.exists():
        number += 1
        found = notice.with_name(f"{name}（{number}）.xlsx")
    return found


def aiwei(folder: Path, *words: str) -> int:
    """Run the command with the packages of the folder, and with no module that lies where the user happens to be."""
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "aiwei_cli", *words]
    return subprocess.call(command, env={**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"})


def tables(folder: Path, notices: list[str]) -> None:
    """Write the table of each notice beside it, and say where."""
    for name in notices:
        table = beside(Path(name))
        if aiwei(folder, "export", name, "-o", str(table)) == 0:
            print(f"写好了：{table}")


def ask(folder: Path) -> None:
    """Ask for one notice after the other."""
    while name := input(_ASK).strip().strip("\"'& "):
        tables(folder, [name])


def main(words: list[str]) -> int:
    """With words the command; without, or with files only, the table of tasks."""
    folder = unpacked(Path(sys.argv[0]), cache())
    if words and not all(Path(word).is_file() for word in words):
        return aiwei(folder, *words)
    tables(folder, words)
    try:
        ask(folder)
    except (EOFError, KeyboardInterrupt):
        print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
