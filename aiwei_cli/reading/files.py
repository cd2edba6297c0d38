"""From names to documents: files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from aiwei_cli.errors import ReadError
from aiwei_cli.reading.budget import Limits
from aiwei_cli.reading.containers import documents, ledger_documents
from aiwei_cli.reading.document import Document
from aiwei_cli.reading.kinds import OLD, SCHEMA_MARK, SUFFIXES, is_aside
from aiwei_cli.reading.passed import WRITTEN, Beside, sentences
from aiwei_cli.store import is_sqlite

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules

LIMIT = 200 * 1024 * 1024
"""Bytes of one file. The longest real notices have a few hundred kilobytes; this stops /dev/zero and disk images."""
STDIN = "标准输入"
ODD = "是管道或设备，不是文件，跳过；请把内容存成文件再读"
Fetch = Callable[[str], Iterable[Document | ReadError]]
"""What gives the documents of a file."""


def sources(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    all_versions: bool = False,
    rules: Rules | None = None,
    limits: Limits | None = None,
    note: Callable[[str], None] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Document | ReadError]:
    """The documents of files, folders (walked in sorted order) and ``-`` (standard input), in the order given.

    A file may hold several (an archive, JSONL, a ledger, of which ``all_versions`` gives the replaced ones too).
    ``rules`` say what the headers of tables mean, ``limits`` what each file may cost.
    ``note`` gets a sentence about what is passed over in a folder; ``fetch`` gives the documents of a file, where it is
    not to be read here.
    What cannot be read yields a ReadError in its place; nothing is raised.
    """
    used = False
    told = note or _unheard
    file = fetch or _Here(rules, limits, paths)
    for path in paths:
        if path == "-":
            yield from _standard_input(stdin, used, rules, limits)
            used = True
        elif os.path.isdir(path):  # noqa: PTH112
            yield from _folder(path, file, told)
        elif is_sqlite(path):  # it may be larger than any notice, and is not read as a whole
            yield from ledger_documents(path, name=_shown(path), all_versions=all_versions)
        else:
            yield from file(path)


def read(path: str | os.PathLike[str], *, rules: Rules | None = None, limits: Limits | None = None) -> Document:
    """The one document of a file. Raises ReadError where it cannot be read or holds several."""
    name = os.fspath(path)
    if os.path.isdir(name):  # noqa: PTH112
        raise ReadError(f"{_shown(name)}：这是文件夹，不是文件；请给出其中的一个文件")
    found = file_documents(name, rules, limits)
    return only(found, f"{_shown(name)}：里面有", "这里一次只读一篇；请先拆成单个文件")


def only(found: Iterable[Document | ReadError], held: str, cure: str) -> Document:
    """The one document there is. Raises the ReadError that is there; where there are several or none, one that says
    what ``held`` how many and the cure."""
    taken = []
    for one in found:
        if isinstance(one, ReadError):
            raise one
        taken.append(one)
    if len(taken) != 1:
        raise ReadError(f"{held} {len(taken)} 篇公文，{cure}")
    return taken[0]


def _standard_input(
    stdin: BinaryIO | None, used: bool, rules: Rules | None, limits: Limits | None
) -> Iterator[Document | ReadError]:
    if used:
        yield ReadError(f"{STDIN}：只能读一次；请只写一个 -")
        return
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        yield ReadError(f"{STDIN}：没有打开；请给出文件名，或用管道传入内容")
        return
    try:
        data = stream.read(LIMIT + 1)
    except OSError as error:
        yield ReadError(f"{STDIN}：读不出来（{_reason(error)}）；请改为给出文件名")
        return
    yield from _contents(STDIN, "-", data, "", rules, limits)


def file_documents(path: str, rules: Rules | None, limits: Limits | None) -> Iterator[Document | ReadError]:
    """The documents of a file, as :func:`sources` gives them."""
    name, suffix = _shown(path), os.path.splitext(path)[1]  # noqa: PTH122
    if os.path.basename(path).startswith("~$") and os.path.isfile(path):  # noqa: PTH113, PTH119
        yield ReadError(f"{name}：是 Word、WPS 打开文件时的临时文件，不是公文；请读名称里没有 ~$ 的那个文件")
        return
    try:
        data = content(path)
    except ReadError as error:
        yield ReadError(f"{name}：{error}")
    else:
        yield from _contents(name, name, data, suffix, rules, limits)


def content(path: str) -> bytes:
    """The bytes of a file. Raises ReadError, which does not name it."""
    try:
        size = Path(path).stat().st_size
        if size > LIMIT:
            raise ReadError(_too_large())
        with Path(path).open("rb") as file:
            data = file.read(size + 1)  # getting room for the limit takes longer than reading a notice
            if data[size:]:  # it grows, or has no size
                data += file.read(LIMIT - size)
    except FileNotFoundError:
        raise ReadError(f"找不到这个文件；{_nearest(path)}") from None
    except PermissionError:
        raise ReadError(
            "没有读取权限，或正被别的程序（如 WPS、Word）打开；请关闭该程序，或换一个有权限的位置"
        ) from None
    except (OSError, ValueError) as error:
        raise ReadError(f"打不开（{_reason(error)}）；请检查文件名和所在的磁盘") from error
    if len(data) > LIMIT:
        raise ReadError(_too_large())
    return data


def _contents(
    name: str, path: str, data: bytes, suffix: str, rules: Rules | None, limits: Limits | None
) -> Iterator[Document | ReadError]:
    """The documents in a file's bytes, with ``name`` before each complaint."""
    if len(data) > LIMIT:
        yield ReadError(f"{name}：{_too_large()}")
        return
    yield from documents(data, name=name, path=path, suffix=suffix, rules=rules, limits=limits)


def files_of(paths: Sequence[str], *, odd: bool = False) -> list[str]:
    """The files that :func:`sources` reads for these paths, in its order; no ledgers and no standard input. ``odd``
    gives also what it passes over with a complaint because it is no file."""
    found: list[str] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):  # noqa: PTH112
            found += [each for each in list_folder(path)[0] if odd or not is_odd(each)]
        elif path != "-" and not is_sqlite(path):
            found.append(path)
    return found


def _folder(top: str, file: Fetch, note: Callable[[str], None]) -> Iterator[Document | ReadError]:
    """The notices of a folder and the folders in it. Of other files ``note`` gets a sentence; a folder
    without notices is passed over in silence."""
    others: list[str] = []
    paths, problems = list_folder(top, others)
    ours: list[str] = []
    for _, here in groupby(paths, os.path.dirname):
        yield from _beside(list(here), file, ours)
    for sentence in sentences(top, others, ours):
        note(_shown(sentence))
    for problem in problems:
        yield ReadError(f"{_shown(str(problem.filename))}：打不开这个文件夹（{_reason(problem)}）；请检查读取权限")
    if not paths and not problems:
        kinds = "、".join((".txt", ".md", ".docx", ".doc", ".wps", ".pdf", ".html", ".zip"))
        yield ReadError(f"{_shown(top)}：文件夹里没有公文；请换一个文件夹，里面应有 {kinds} 等文件")


def _beside(paths: Sequence[str], file: Fetch, ours: list[str]) -> Iterator[Document | ReadError]:
    """The notices of the files of one folder; what aiwei made of them is added to ``ours`` and not read twice."""
    beside = Beside(paths)
    written: list[Document] = []
    if isinstance(file, _Here):
        file.coming(paths)
    for path in paths:
        if is_odd(path):
            yield ReadError(f"{_shown(path)}：{ODD}")
            continue
        for found in file(path):
            if isinstance(found, Document) and beside.is_written(found) and path.lower().endswith(WRITTEN):
                written.append(found)
            else:
                yield found
    for document in written:
        if beside.has_source(document):
            path = document.source.path or ""
            ours += [path] if path not in ours else []
        else:
            yield document


class _Here:
    """Reads files in this process, several that need LibreOffice with one call of it."""

    def __init__(self, rules: Rules | None, limits: Limits | None, paths: Sequence[str]) -> None:
        self._rules, self._limits = rules, limits
        self.coming(paths)

    def coming(self, paths: Sequence[str]) -> None:
        """These files are read next."""
        self._due = ahead(paths)

    def __call__(self, path: str) -> Iterable[Document | ReadError]:
        self._due(path)
        return file_documents(path, self._rules, self._limits)


def ahead(paths: Sequence[str]) -> Callable[[str], None]:
    """To be called with each of these files before it is read, so that several that need LibreOffice go together."""
    if sum(path.lower().endswith(OLD) for path in paths) < 2:
        return _unheard
    from aiwei_cli.reading.libreoffice import ConvertedAhead

    return ConvertedAhead(paths).due


def _unheard(sentence: str) -> None:
    pass


def list_folder(top: str, others: list[str] | None = None) -> tuple[list[str], list[OSError]]:
    """The files of a folder that may be notices, sorted folder by folder, and what could not be looked into. The files
    the rest is added to ``others``."""
    problems: list[OSError] = []
    paths = []
    for folder, folders, files in os.walk(top, onerror=problems.append):
        pages = {name.rpartition(".")[0] for name in files if name.lower().endswith((".htm", ".html"))}
        folders[:] = sorted(name for name in folders if not is_aside(name) and not _belongs_to(name, pages))
        for file in sorted(files):
            suffix = os.path.splitext(file)[1].lower()  # noqa: PTH122
            path = os.path.join(folder, file)  # noqa: PTH118
            if not is_aside(file) and suffix in SUFFIXES and _is_taken(SUFFIXES[suffix], path):
                paths.append(path)
            elif others is not None:
                others.append(path)
    return paths, problems


def _is_taken(kind: str, path: str) -> bool:
    """Whether a file of a kind that holds notices is read where nobody has named it."""
    if kind == "ofd":
        from importlib.util import find_spec

        return find_spec("ofdkit") is not None
    return kind != "data" or _is_ours(path)


def is_odd(path: str) -> bool:
    """Whether it is there and no file: a named pipe would be waited for without end, a device read without end."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def _belongs_to(folder: str, pages: set[str]) -> bool:
    """Whether a browser made the folder for the pictures and frames of a page that it saved."""
    return any(folder in (f"{page}_files", f"{page}.files", f"{page}_文件") for page in pages)


def _is_ours(path: str) -> bool:
    """Whether aiwei wrote a YAML or JSON file; other programs' files are no notices. Unreadable ones are reported."""
    if is_odd(path):
        return True
    try:
        with Path(path).open("rb") as file:
            return SCHEMA_MARK in file.read(LIMIT)
    except OSError:
        return True


def _too_large() -> str:
    return f"文件超过 {LIMIT // 1024 // 1024} MB，不像公文；请确认选对了文件，或拆成几个"


def _nearest(path: str) -> str:
    """What to do about a name that does not exist: the nearest ones that do."""
    from difflib import get_close_matches

    if os.path.islink(path):  # noqa: PTH114
        return "这是一个链接，它指向的文件不在了，请换成文件本身"
    folder, name = os.path.split(path)
    try:
        names = sorted(name for name in os.listdir(folder or ".") if not is_aside(name))  # noqa: PTH208
    except (OSError, ValueError):
        return f"文件夹 {_shown(folder)} 也不存在，请检查路径" if folder else "请检查文件名"
    stem = name.rpartition(".")[0] or name
    near = [other for other in names if stem and (other.rpartition(".")[0] or other) == stem]
    near += [other for other in get_close_matches(name, names[:20000]) if other not in near]
    if near:
        return "相近的有：" + "、".join(_shown(other) for other in near[:3])
    return "请检查文件名和所在的文件夹"


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _shown(path: str) -> str:
    """The path in characters that can be printed: a name that is not UTF-8 was most likely written in GBK."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("gb18030", "replace").replace("\ufffd", "?")
    return path
