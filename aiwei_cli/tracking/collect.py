"""What the answers of the offices mean for a ledger: reports, corrections, and what cannot be read, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiwei_cli.errors import UsageError
from aiwei_cli.language.chars import BLANKS, COMMAS, SEMICOLONS
from aiwei_cli.language.names import listed
from aiwei_cli.query.asked import read_date
from aiwei_cli.records import NamedTuple
from aiwei_cli.tracking import events
from aiwei_cli.tracking.answers import DONE_ON, EVIDENCE, OFFICE, PROGRESS, REMARK, STATE, TASK, Answer
from aiwei_cli.tracking.clock import today
from aiwei_cli.tracking.find import Found, find
from aiwei_cli.tracking.lights import status_of
from aiwei_cli.tracking.log import FIELDS
from aiwei_cli.tracking.standing import ROLES, Event, valid
from aiwei_cli.tracking.states import task_words

if TYPE_CHECKING:
    import sqlite3

    from aiwei_cli.offices import Offices

_APART = COMMAS + SEMICOLONS + BLANKS + "\n"
"""What people type between the names of offices."""
_NONE = ("无", "-", "—", "/", "／")


class Collected(NamedTuple):
    """What would be written down."""

    new: list[Event]
    problems: list[str]
    """What cannot be read, with its cell."""
    told: list[str]
    """What a person should know."""
    known: list[int]
    """The task of each answer that the ledger already has."""
    blank: list[int]
    """The task of each row that was not filled in."""


class _Bad(Exception):
    """Cells that cannot be read, with a sentence for each."""


class Collector:
    """Reads answers against a ledger."""

    def __init__(self, connection: sqlite3.Connection, offices: Offices, rules: Mapping[str, Any], day: str) -> None:
        """``rules`` is the content of lights.yaml; ``day`` is for answers that give none."""
        self._connection, self._offices, self._rules, self._day = connection, offices, rules, day
        self._found: dict[int, Found | None] = {}
        self._owners: dict[int, set[str]] = {}
        self._said: dict[tuple[str, int], set[str]] = {}
        self._events: dict[int, list[Event]] = {}
        self.plan = Collected([], [], [], [], [])

    def take(self, answer: Answer) -> None:
        """Read one row."""
        try:
            self._take(answer)
        except _Bad as error:
            self.plan.problems.extend(error.args)

    def _take(self, answer: Answer) -> None:
        filled = any(answer.cells.get(title) for title in (STATE, PROGRESS, DONE_ON, EVIDENCE, REMARK))
        if not answer.cells.get(TASK):
            if filled:
                raise _Bad(f"{answer.places[TASK]}：没有任务号，这一行没有读")
            return
        found = self._task(answer)
        corrections = list(self._corrections(answer, found))
        if not filled and not corrections:
            self.plan.blank.append(found.task)
            return
        office = self._office(answer, found)
        if self._owners_of(found.task) and office not in self._owners_of(found.task):
            self.plan.told.append(f"{answer.origin}：{office}不是任务 {found.task} 的责任单位，记下了，不影响状态")
        if filled:
            self._report(answer, found, office)
        for field, value in corrections:
            was = getattr(task_words(self._connection, found.task), field) or ""
            new = self._event(answer, found, "correct", office, self._day)
            self._put(new._replace(field=field, was=was, value=value, note=answer.cells.get(REMARK, "")))

    def _task(self, answer: Answer) -> Found:
        written = answer.cells[TASK].lstrip("#")
        number = int(written) if written.isdecimal() and len(written) < 10 else 0
        if number not in self._found:
            self._found[number] = find(self._connection, number)
        found = self._found[number]
        if found is None:
            raise _Bad(f"{answer.places[TASK]}：台账里没有任务“{answer.cells[TASK]}”")
        return found

    def _report(self, answer: Answer, found: Found, office: str) -> None:
        cells = answer.cells
        read: list[str] = []
        wrong: list[str] = []
        for cell in (self._status, self._done_on):
            try:
                read.append(cell(answer))
            except _Bad as error:
                wrong += error.args
        if wrong:
            raise _Bad(*wrong)
        status, day = read
        note = "；".join(filter(None, (cells.get(PROGRESS), cells.get(REMARK))))
        new = self._event(answer, found, "report", office, day)
        new = new._replace(status=status, note=note, evidence=cells.get(EVIDENCE, ""))
        if not status:
            self.plan.told.append(f"{answer.origin}：任务 {found.task} 没有选状态，只记进展")
        self._put(new, dated=bool(cells.get(DONE_ON)))

    def _status(self, answer: Answer) -> str:
        written = answer.cells.get(STATE)
        status = status_of(written, self._rules) if written else ""
        if status is None:
            raise _Bad(f"{answer.places[STATE]}：“{written}”不是状态；可填 未启动、暂缓、推进中、已办结、取消")
        return status

    def _done_on(self, answer: Answer) -> str:
        day = self._date(answer, DONE_ON) if answer.cells.get(DONE_ON) else self._day
        if day > today():
            raise _Bad(f"{answer.places[DONE_ON]}：{day} 还没有到")
        return day

    def _event(self, answer: Answer, found: Found, kind: str, office: str, day: str) -> Event:
        return Event(None, found.task, found.document, kind, office, date=day, origin=answer.origin)

    def _put(self, new: Event, *, dated: bool = False) -> None:
        """Plan an event, unless the ledger has it already."""
        task = new.task or 0
        if task not in self._events:
            self._events[task] = list(valid(events.of_tasks(self._connection, [task])))
        same = (new.kind, new.office, new.status, new.field, new.value, new.note, new.evidence)
        for old in self._events[task]:
            said = (old.kind, old.office, old.status, old.field, old.value, old.note, old.evidence)
            if said == same and (not dated or old.date == new.date):
                self.plan.known.append(task)
                return
        self._events[task].append(new)
        self.plan.new.append(new)

    def _date(self, answer: Answer, title: str) -> str:
        try:
            return read_date(answer.cells[title].partition("T")[0])
        except UsageError:
            raise _Bad(
                f"{answer.places[title]}：“{answer.cells[title]}”不是日期；请填成 2024-06-30 或 2024年6月30日"
            ) from None

    # --- who answers

    def _office(self, answer: Answer, found: Found) -> str:
        owners = self._owners_of(found.task)
        written = answer.cells.get(OFFICE)
        if written:
            return self._offices.canonical(written)
        for name in map(self._offices.canonical, answer.names):
            if name in owners:
                return name
        if len(owners) == 1:
            return next(iter(owners))
        where = answer.places.get(OFFICE) or answer.origin
        raise _Bad(f"{where}：看不出是哪个单位填的；请填上“{OFFICE}”一列，或用单位名作文件名")

    def _owners_of(self, task: int) -> set[str]:
        if task not in self._owners:
            query = "SELECT DISTINCT office FROM duties JOIN nodes USING (node) WHERE task = ?"
            self._owners[task] = {office for (office,) in self._connection.execute(query, (task,))}
            self._owners[task] |= {event.value for event in events.of_tasks(self._connection, [task]) if event.value}
        return self._owners[task]

    # --- what was corrected

    def _corrections(self, answer: Answer, found: Found) -> list[tuple[str, str]]:
        """(field, value) of the cells that say something else than any version of the notice or the ledger said."""
        changed: dict[str, str] = {}
        for role in ROLES:
            cell = answer.cells.get(FIELDS[role])
            if cell and cell not in _NONE:
                value = self._joined(cell)
                if value not in self._known(role, found):
                    changed[role] = value
            elif cell and "" not in self._known(role, found):
                changed[role] = ""
        moved = {name for value in changed.values() for name in listed(value)}
        for role in ROLES:
            # An office that is gone from one column and came to another has another role.
            if answer.cells.get(FIELDS[role]) == "" and changed and role not in changed:
                held = self._holds(role, found)
                if held and set(listed(held)) <= moved:
                    changed[role] = ""
        if answer.cells.get(FIELDS["due"]):
            day = self._date(answer, FIELDS["due"])
            if day not in self._known("due", found):
                changed["due"] = day
        return list(changed.items())

    def _joined(self, cell: str) -> str:
        return "、".join(dict.fromkeys(self._offices.canonical(name) for name in listed(cell, _APART)))

    def _known(self, field: str, found: Found) -> set[str]:
        """What the versions of the notice say and what the ledger said before."""
        key = (field, found.task)
        if key not in self._said:
            query = f"SELECT DISTINCT ifnull({field}, '') FROM main.nodes WHERE task = ?"
            self._said[key] = {
                self._joined(words) if field != "due" else words
                for (words,) in self._connection.execute(query, (found.task,))
            }
            mine = [event for event in events.of_tasks(self._connection, [found.task]) if event.field == field]
            self._said[key] |= {event.value for event in mine}
        return self._said[key]

    def _holds(self, field: str, found: Found) -> str:
        row = self._connection.execute(f"SELECT {field} FROM states WHERE task = ?", (found.task,)).fetchone()
        return str(
            row[0] if row and row[0] is not None else getattr(task_words(self._connection, found.task), field) or ""
        )


def disagreements(new: Sequence[Event]) -> list[str]:
    """A sentence for each task of which two offices say different things."""
    said: dict[int, dict[str, str]] = {}
    for event in new:
        if event.kind == "report" and event.status and event.task:
            said.setdefault(event.task, {})[event.office] = event.status
    return [
        f"任务 {task}：{'，'.join(f'{office}填{status}' for office, status in theirs.items())}；不一致，都记下了"
        for task, theirs in said.items()
        if len(set(theirs.values())) > 1
    ]
