"""What is done with a document, and, in another process, with a file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from aiwei_cli.errors import AiweiError, ReadError, own_fault
from aiwei_cli.reading.budget import Budget, Limits

if TYPE_CHECKING:
    from aiwei_cli.compiled import Rules
    from aiwei_cli.notice.model import Notice
    from aiwei_cli.reading.document import Document

T = TypeVar("T")

_given: tuple[Rules | None, Limits | None] = (None, None)
"""The rules and limits by which this process reads."""


def parsed(document: Document, rules: Rules | None) -> Notice | ReadError:
    """The notice of a document, or why there is none within its budget."""
    if document.parsed is not None:
        return document.parsed
    if document.notice is not None:
        return document.notice
    from aiwei_cli.parsing import parse

    def made() -> Notice:
        return document.located(parse(document.text, source=document.source, rules=rules, hints=document.hints))

    return within(document, made)


def within(document: Document, work: Callable[[], T]) -> T | ReadError:
    """What the function makes of a document, or why that takes more than its budget."""
    try:
        return (document.budget or Budget()).run(work)
    except ReadError as error:
        why = str(error)
    except AiweiError:
        raise
    except Exception as error:
        why = own_fault(error)
    return ReadError(f"{document.source.path or '标准输入'}：{why}")


def ready(rules: Rules | None) -> None:
    """Make what every notice needs of the rules before starting processes that share it."""
    from aiwei_cli.parsing import parse

    parse("一、修路（水利局牵头，住建局配合）。", rules=rules)
    gc.collect()


def begin(rules: Rules | None, limits: Limits | None) -> None:
    """Begin a new process."""
    global _given
    _given = rules, limits
    ready(rules)


def files(paths: Sequence[str]) -> list[list[Document | ReadError]]:
    """The documents of each file, parsed."""
    from aiwei_cli.reading.files import ahead

    due = ahead(paths)
    found = []
    for path in paths:
        due(path)
        found.append(list(_file(path)))
    return found


def _file(path: str) -> Iterator[Document | ReadError]:
    from aiwei_cli.reading.files import file_documents

    rules, limits = _given
    for found in file_documents(path, rules, limits):
        if isinstance(found, ReadError) or found.notice is not None:
            yield found
        else:
            yield replace(found, parsed=parsed(found, rules), hints=())
