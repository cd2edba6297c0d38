"""One file's bytes to its documents: each kind has its module, every failure is a ReadError that names the file.

A container's module offers ``text(data) -> Content``; the archive yields its members, which come back here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from aiwei_cli.errors import ReadError, own_fault
from aiwei_cli.notice.checksum import sha256
from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.source import Source
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.decode import decode
from aiwei_cli.reading.document import Content, Document
from aiwei_cli.reading.kinds import BOOKS, SUFFIXES, foreign, kind_of

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules


_TABLE = ("| 工作任务 |".encode(), b"| item |")
"""What Markdown with a table of tasks that aiwei wrote has."""
_PAGE = "由 aiwei 生成".encode()
"""What a page that aiwei wrote says at its foot."""
_OTHERS = {
    "pptx": "是演示文稿，不是公文；请把文字复制到 Word 或 WPS 文字里，另存为 .docx",
}


def documents(
    data: bytes, *, name: str, path: str, suffix: str = "", limits: Limits | None = None, rules: Rules | None = None
) -> Iterator[Document | ReadError]:
    """The documents in a file's bytes: one, or several in an archive or in what aiwei wrote.

    ``name`` begins each complaint, ``path`` goes into the source, ``rules`` say what the headers
    of tables mean, ``limits`` what the file may cost. Nothing is raised.
    """
    budget = Budget(limits, len(data))
    found = inside(data, name=name, path=path, suffix=suffix, budget=budget, rules=rules)
    while not budget.told or budget.packed:
        try:
            one = budget.run(lambda: next(found, None))
        except ReadError as error:
            yield ReadError(f"{name}：{error}")
            return
        except Exception as error:
            yield ReadError(f"{name}：{own_fault(error)}")
            return
        if one is None:
            return
        yield replace(one, budget=budget) if isinstance(one, Document) else one


def inside(
    data: bytes, *, name: str, path: str, suffix: str = "", budget: Budget, rules: Rules | None = None
) -> Iterator[Document | ReadError]:
    """The same for what is in a file that has its budget already."""
    budget.begin(len(data))
    try:
        kind = kind_of(data, suffix) if data else "txt"
        if kind == "zip":
            from aiwei_cli.reading.archive import documents_in

            def read(data: bytes, name: str, path: str, suffix: str) -> Iterator[Document | ReadError]:
                return inside(data, name=name, path=path, suffix=suffix, budget=budget, rules=rules)

            yield from documents_in(data, read, name=name, path=path, budget=budget)
        elif kind == "data":
            yield from _earlier(data, path, budget)
        elif kind == "sqlite":
            yield from ledger_documents(data, name=name)
        elif kind == "table" or kind in BOOKS:
            yield from _tabular(data, kind, path, suffix, budget, rules)
        elif (kind == "md" and any(sign in data for sign in _TABLE)) or (kind == "html" and _PAGE in data):
            yield from _written(data, kind, path, suffix, budget, rules)
        else:
            yield from _read(data, kind, path, suffix, budget, rules)
    except ReadError as error:
        yield ReadError(f"{name}：{error}")
    except RecursionError:
        yield ReadError(f"{name}：内部结构嵌套得太深，不像公文；请用 Word 或 WPS 打开后另存一份再试")
    except MemoryError:
        yield ReadError(f"{name}：{budget.too_much()}")


def _read(data: bytes, kind: str, path: str, suffix: str, budget: Budget, rules: Rules | None) -> Iterator[Document]:
    if kind in _OTHERS:
        raise ReadError(_OTHERS[kind])
    if kind == "foreign":
        raise ReadError(foreign(data))
    yield from _documents(data, _READERS[kind](data, suffix, budget, rules), kind, path)


def _documents(data: bytes, found: Content | list[Notice], kind: str, path: str) -> Iterator[Document]:
    """The text of a file, or the notices that aiwei wrote into it."""
    if isinstance(found, Content):
        yield _document(data, found, kind, path)
        return
    for notice in found:
        yield Document(notice, Source(path, sha256(data), kind=kind))


def _document(data: bytes, content: Content, kind: str, path: str) -> Document:
    if not content.text.strip():
        raise ReadError("文件里只有空白，没有文字；请确认原文件已经保存，或换一个文件")
    source = Source(path, sha256(data), content.encoding, len(content.text), content.kind or kind)
    made = Document(content.text, source, content.places, content.margins, content.hints)
    return replace(made, doubts=content.doubts, recognised=content.recognised)


def _tabular(data: bytes, kind: str, path: str, suffix: str, budget: Budget, rules: Rules | None) -> Iterator[Document]:
    """A workbook, or a table as text: the notices that aiwei wrote into it, or what a person did."""
    from aiwei_cli.reading import tabular

    with _rows_of_ours():
        if kind == "table":
            found = tabular.separated(data, suffix, rules, budget)
            kind = "tsv" if suffix.lower() in (".tsv", ".tab") else "csv"
        else:
            found = tabular.workbook(data, rules, budget)
    yield from _documents(data, found, kind, path)


@contextmanager
def _rows_of_ours() -> Iterator[None]:
    """What is wrong with the rows of a table that aiwei wrote is a ReadError."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReadError(f"表里的内容不是 aiwei export 写的样子：{error}；请用 aiwei export 重新导出") from None


def _written(data: bytes, kind: str, path: str, suffix: str, budget: Budget, rules: Rules | None) -> Iterator[Document]:
    """The notices of the tables that aiwei wrote as Markdown or as a page; for any other text nothing."""
    with _rows_of_ours():
        if kind == "md":
            from aiwei_cli.reading.tabular import marked_down

            found = list(marked_down(decode(data)[0]))
        else:
            from aiwei_cli.reading.web import exported

            found = exported.notices_of_page(data, budget)
    if found:
        yield from _documents(data, found, kind, path)
    else:
        yield from _read(data, kind, path, suffix, budget, rules)


def _earlier(data: bytes, path: str, budget: Budget) -> Iterator[Document]:
    """The notices that aiwei wrote into a file. They keep their own sources; the document's is the file itself."""
    from aiwei_cli.reading.earlier import notices

    text, encoding = decode(data)
    digest = sha256(data)
    for kind, notice in notices(text, budget):
        yield Document(notice, Source(path, digest, encoding, len(text), kind))


def ledger_documents(origin: str | bytes, *, name: str, all_versions: bool = False) -> Iterator[Document | ReadError]:
    """The notices of a ledger, given as the path of a file or as bytes."""
    from aiwei_cli.reading.earlier import ledger_notices as notices

    try:
        for notice in notices(origin, name, all_versions=all_versions):
            yield Document(notice, Source(name, kind="sqlite"))
    except ReadError as error:
        yield error


def _text(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content:
    try:
        return Content(*decode(data))
    except ReadError:
        if data and SUFFIXES.get(suffix.lower()) in ("docx", "pdf", "zip", "doc"):
            raise ReadError(
                f"扩展名是 {suffix}，内容却不是这种文件，也不是文本；可能没有下载完整，或扩展名改错了，请重新取得原文件"
            ) from None
        raise


def _docx(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content | list[Notice]:
    from aiwei_cli.reading.word import body

    return body.text(data, rules, budget)


def _flat(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content | list[Notice]:
    from aiwei_cli.reading.word import body, flat

    found = body.text(flat.as_docx(data), rules, budget)
    return found._replace(kind="doc") if isinstance(found, Content) else found


def _html(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content:
    from aiwei_cli.reading.web import page

    return page.text(data, rules, budget)


def _pdf(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content:
    from aiwei_cli.reading import pdf

    return pdf.text(data, budget, rules)


def _picture(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content:
    from aiwei_cli.reading import ocr

    return ocr.text(data, budget, rules)


def _ofd(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content:
    from aiwei_cli.reading import ofd

    return ofd.text(data, budget, rules)


def _office(data: bytes, suffix: str, budget: Budget, rules: Rules | None) -> Content | list[Notice]:
    from aiwei_cli.reading import libreoffice

    return libreoffice.text(data, suffix, rules, budget)


_READERS: dict[str, Callable[[bytes, str, Budget, Rules | None], Content | list[Notice]]] = {
    "txt": _text,
    "md": _text,
    "docx": _docx,
    "flat": _flat,
    "html": _html,
    "pdf": _pdf,
    "ofd": _ofd,
    "picture": _picture,
    "doc": _office,
    "odt": _office,
}
