"""A folder of files that appears when all of them are written, and names for files that every system accepts."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from aiwei_cli.errors import AiweiError
from aiwei_cli.write.target import write_complaints

_COUNT = count()

# Forbidden on Windows; their full-width sisters look nearly the same.
_FULL_WIDTH = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
# The names of devices, with any suffix.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[. ].*)?", re.I)
_LONGEST = 180
"""Bytes of a name in UTF-8: with a suffix and a number it stays below the 255 of Linux, and 60 Chinese characters leave
a path on Windows room for its folder."""


def safe_name(wanted: str, suffix: str, taken: set[str]) -> str:
    """A name made of the words that are wanted, safe on Windows, macOS and Linux and not yet ``taken``, to which it is
    added. Two names that differ only in case are the same name.

    >>> taken = set()
    >>> [safe_name(name, ".csv", taken) for name in ("财政局", "人社局/医保局", "CON", "a", "A", "..")]
    ['财政局.csv', '人社局／医保局.csv', 'CON_.csv', 'a.csv', 'A（2）.csv', '未命名.csv']
    """
    name = unicodedata.normalize("NFC", wanted).translate(_FULL_WIDTH)
    # Control and format characters, among them those that turn the direction of writing.
    name = "".join(" " if char.isspace() else char for char in name if char.isspace() or _visible(char))
    name = _cut(" ".join(name.split()).lstrip(". "), _LONGEST) or "未命名"
    # To any program a name with a hyphen before it looks like an option.
    name = f"－{name[1:]}" if name.startswith("-") else name
    name = f"{name}_" if _RESERVED.fullmatch(name) else name
    unique = name
    for number in count(2):
        if _same(unique) not in taken:
            break
        unique = f"{name}（{number}）"
    taken.add(_same(unique))
    return unique + suffix


def _visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")


def _cut(name: str, most: int) -> str:
    """The beginning of a name, of so many bytes at most. A blank or a dot at its end would be lost on Windows."""
    return name.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore").rstrip(". ")


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


@contextmanager
def folder_target(path: str, *, force: bool = False) -> Iterator[Path]:
    """A folder to write files into; when all are written it becomes the one of this path.

    A folder that is not empty is refused, unless ``force``: then files of the same names are replaced one by one, and
    the others stay. Raises AiweiError where the folder cannot be written; what was there before is then still there.
    """
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_dir():
        raise AiweiError(f"{path}：已经有一个叫这个名字的文件；请在 -o 后面换一个文件夹名")
    with write_complaints(path):
        if place.exists() and any(place.iterdir()) and not force:
            raise AiweiError(f"{path}：文件夹里已有文件；请换一个文件夹，或加 --force（同名的覆盖，其他的不动）")
        draft = _new_folder(place)
    try:
        yield draft
        with write_complaints(path):
            _settle(draft, place)
    finally:
        _remove(draft)


def _new_folder(place: Path) -> Path:
    """A new folder beside it under a name not yet taken: a killed program may have left its own."""
    while True:
        draft = place.with_name(f".aiwei-{os.getpid()}-{next(_COUNT)}.tmp")
        with suppress(FileExistsError):
            draft.mkdir()
            return draft


def _settle(draft: Path, place: Path) -> None:
    """Put the finished folder in its place."""
    if place.exists() and any(place.iterdir()):
        for file in sorted(draft.iterdir()):
            file.replace(place / file.name)
        return
    if place.exists():
        place.rmdir()  # Windows renames onto no folder, not even an empty one
    draft.rename(place)


def _remove(draft: Path) -> None:
    """Remove what is left of a folder that was not finished."""
    if draft.is_dir():
        from shutil import rmtree

        rmtree(draft, ignore_errors=True)
