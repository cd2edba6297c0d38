"""Sheets that came back: the rows that an office filled in, whatever it did to the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from aiwei_cli.errors import ReadError, own_fault
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.files import ODD, content, is_odd
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking.log import FIELDS

TASK, OFFICE, STATE, PROGRESS, DONE_ON, EVIDENCE, REMARK = (
    *("任务号", "填报单位", "状态", "进展", "完成日期", "佐证", "备注"),
)
FILLED = (STATE, PROGRESS, DONE_ON, EVIDENCE, REMARK)
"""The columns that are for the offices."""
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv")
_FIRST_ROWS = 12
_ENGLISH = {"task": TASK, "reporter": OFFICE, "state": STATE, "progress": PROGRESS, "done_on": DONE_ON}
_ENGLISH |= {"evidence": EVIDENCE, "remark": REMARK, **FIELDS}


class Answer(NamedTuple):
    """A row that was filled in."""

    cells: Mapping[str, str]
    """What is in the known columns, by their titles."""
    places: Mapping[str, str]
    """Where each of them is, for people: 反馈/水利局.xlsx 工作表“水利局” C5."""
    origin: str
    """Where the row is."""
    names: tuple[str, ...]
    """The sheet and the file, either of which may be called as the office."""


class SheetCells(NamedTuple):
    """The cells of a sheet, and where they begin."""

    name: str
    rows: Sequence[Sequence[str]]
    top: int = 0
    left: int = 0


def files(paths: Sequence[str]) -> Iterator[Path | ReadError]:
    """The files: those of a folder, and those that a pattern means where no shell resolved it.

    What is in a folder and is not a file is passed over with a ReadError.
    """
    found: list[Path | ReadError] = []
    for written in paths:
        path = Path(written)
        if path.is_dir():
            found += [_file(each) for each in sorted(path.iterdir()) if _is_sheet(each)]
        elif "*" in path.name and not path.exists() and path.parent.is_dir():
            found += [_file(each) for each in sorted(path.parent.glob(path.name))]
        else:
            found.append(path)
    yield from dict.fromkeys(found)


def _file(path: Path) -> Path | ReadError:
    return ReadError(f"{path}：{ODD}") if is_odd(str(path)) else path


def _is_sheet(path: Path) -> bool:
    """Whether a file of a folder is a sheet, but not one that Excel keeps beside an open one."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and not path.is_dir()


def read_answers(path: Path, limits: Limits) -> list[Answer]:
    """The rows of a file that were filled in or changed. Raises ReadError where that takes more than the limits, or
    where it is no such file."""
    try:
        data = content(str(path))
        budget = Budget(limits, len(data))
        return budget.run(lambda: list(answers(path, data, budget)))
    except ReadError as error:
        raise ReadError(f"{path}：{error}") from error
    except Exception as error:
        raise ReadError(f"{path}：{own_fault(error)}") from error


def answers(path: Path, data: bytes, budget: Budget) -> Iterator[Answer]:
    """The rows of a file's bytes. Raises ReadError where it has no column of tasks."""
    headers = 0
    for grid in _grids(path, data, budget):
        at = next((at for at, row in enumerate(grid.rows[:_FIRST_ROWS]) if TASK in _titles(row)), None)
        if at is None:
            continue
        headers += 1
        titles = _titles(grid.rows[at])
        sheet = f" 工作表“{grid.name}”" if grid.name else ""
        for number, row in enumerate(grid.rows[at + 1 :], grid.top + at + 2):
            cells = {title: cell.strip() for title, cell in zip(titles, row, strict=False) if title}
            if not any(cells.values()) or cells.get(TASK) == TASK:
                continue
            places = {
                title: f"{path}{sheet} {_column(column + grid.left)}{number}"
                for column, title in enumerate(titles)
                if title
            }
            yield Answer(cells, places, f"{path}{sheet} 第 {number} 行", (grid.name, path.stem))
    if not headers:
        raise ReadError(f"没有“{TASK}”这一列；请用 aiwei export 台账 --split-by office 发出的表填写")


def _titles(row: Sequence[str]) -> list[str]:
    """The titles of the columns that are known; the first of two that are called the same."""
    found: list[str] = []
    known = {TASK, OFFICE, *FILLED, *FIELDS.values()}
    for cell in row:
        word = "".join(cell.split())
        word = _ENGLISH.get(word, word)
        found.append(word if word in known and word not in found else "")
    return found


def _column(number: int) -> str:
    """The letters of a column, the first being 0.

    >>> _column(0), _column(27)
    ('A', 'AB')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _grids(path: Path, data: bytes, budget: Budget) -> Iterator[SheetCells]:
    if path.suffix.lower() in (".csv", ".tsv"):
        yield SheetCells("", _separated(data))
        return
    from aiwei_cli.reading.sheets import sheets, texts

    for sheet in sheets(data, budget):
        yield SheetCells(sheet.name, texts(sheet.values), sheet.top, sheet.left)


def _separated(data: bytes) -> list[list[str]]:
    """The cells of CSV, in UTF-8 or GBK, without the sign that keeps a spreadsheet from running them."""
    from aiwei_cli.reading.decode import decode

    text, _ = decode(data)
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    sign = max("\t,;，", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        return [[cell.removeprefix("'") for cell in row] for row in rows]
    except csv.Error as error:
        raise ReadError(f"不是完整的 CSV（{error}）；请用 Excel、WPS 打开，另存为 .xlsx") from error
