"""Responsibility clauses: the words that say who leads, who is responsible and who supports.

A clause stands in brackets at the end of a sentence, （城市管理办、财政所负责）, or behind a label, 责任单位：…. It is a list of
phrases, each some offices and what gives them their role: a verb behind them (负责, 牵头, 配合) or a label before them.
What follows none of these forms is text: nothing is guessed from running prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiwei_cli.layout import BLANK
from aiwei_cli.lists import Name, Splitter
from aiwei_cli.model import Role, Span

if TYPE_CHECKING:
    from aiwei_cli.offices import Offices

_OPENING, _CLOSING = "（(〔［[【", "）)〕］]】"
_BRACKET = re.compile(r"[（(〔［\[【）)〕］\]】\n]")
_ENDS = "。；;！!？?…"
_COLON = "[：:∶]"
_SEPARATOR = "，,、；;。:："


@dataclass(frozen=True, slots=True)
class Assignment:
    """One office as the clause names it. Offsets are of the view."""

    role: Role
    name: str
    start: int
    end: int
    rule: str | None = None
    group: int = 0
    """Which run of 、 the name stands in: the names of one run may share a prefix."""


@dataclass(slots=True)
class Clause:
    """A clause that was read. Offsets are of the view."""

    start: int
    end: int
    """Brackets included."""
    assignments: list[Assignment] = field(default_factory=list)
    deadlines: list[Span] = field(default_factory=list)
    alone: bool = False
    """It is a paragraph of its own, without brackets."""
    rules: list[tuple[str, Span]] = field(default_factory=list)
    """Rules for the whole document that it states: (kind, where)."""
    below: list[Assignment] = field(default_factory=list)
    """The offices that a rule binds to all later items."""
    leftover: Span | None = None
    """Words inside it that were not understood."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that look like a clause and could not be read."""

    start: int
    end: int


class Grammar:
    """The compiled ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any], offices: Offices) -> None:
        self.offices = offices
        self.splitter = Splitter(data, offices)
        self.verb_role: dict[str, Role] = {}
        for role, verbs in data["verbs"].items():
            self.verb_role.update(dict.fromkeys(verbs, role))
        self.sure = re.compile("|".join(map(re.escape, data["sure"])))
        verbs = alternatives(self.verb_role)
        # A verb ends its phrase: a separator, the end or another closing bracket follows.
        self.verb = re.compile(rf"(?:{verbs})(?=[{BLANK}\n]*(?:[，,、；;。．.）)]|$))")
        adverbs = "|".join(f"(?:{entry['pattern']})" for entry in data["adverbs"])
        self.adverb = re.compile(rf"(?:{adverbs})+$")
        self.adverb_end = re.compile(r"[责能权限分工别体同合筹各自并面要接切极一力调好紧予以法实务属地辖事业条线任围求]$")
        self.together = re.compile(alternatives(data["together"]))
        self.labels(data)
        self.rule_patterns = [
            (kind, re.compile(entry["pattern"])) for kind, entries in _document_rules(data) for entry in entries
        ]
        self.henceforth = re.compile(alternatives(data["document"]["henceforth"]))
        self.rule_hint = re.compile("牵头|主办|均需|均须|均由|都需|均为|由|需|均要|均应")
        words = {*self.sure.pattern.split("|"), "落实", "实施", "单位", "部门", "参与", "协助", "协同", "责任", "参加", "支持", "办理"}
        self.hint = re.compile("|".join(sorted(map(re.escape, words))))

    def labels(self, data: Mapping[str, Any]) -> None:
        """Compile the labels: any stem with any tail, a few words before it allowed, and the fields that are no roles."""
        self.label_role: dict[str, Role] = {}
        for role in ("lead", "responsible", "support"):
            self.label_role.update(dict.fromkeys(data["labels"][role], role))
        self.field_kind = {word: kind for kind, words in data["fields"].items() for word in words}
        stems, tails = alternatives(self.label_role), alternatives(data["labels"]["tails"])
        alone, fields = alternatives(data["labels"]["alone"]), alternatives(self.field_kind)
        label = rf"(?P<field>{fields})|(?P<stem>{stems})(?:（?[及和]?(?:{stems})?(?:{tails}))+）?|(?P<alone>{alone})"
        self.label = re.compile(rf"(?:{label})[{BLANK}\n]*{_COLON}")
        self.label_line = re.compile(
            rf"(?:(?<=[\n。；;，,、{_OPENING}{_CLOSING}])|^)[{BLANK}]*(?:[{_OPENING}●■◆★\-·][{BLANK}]*)?"
            rf"(?:[\u4e00-\u9fff]{{1,4}}?)??(?:{label})[{BLANK}]*{_COLON}",
            re.M,
        )

    # -- finding ---------------------------------------------------------------------------------------------------

    def find(self, text: str, starts: Sequence[int]) -> Iterator[Clause | Unread]:
        """All clauses of a text, in order. ``starts`` are the offsets at which numbered nodes begin, in order."""
        nodes = frozenset(starts)
        taken: list[Span] = []
        found: list[Clause | Unread] = []
        for start, end in brackets(text):
            if self.hint.search(text, start, end) is None and text[end - 2] not in self.splitter.tails:
                continue
            clause = self._bracketed(text, start, end, nodes)
            if clause is not None:
                found.append(clause)
                taken.append((start, end))
        if self.label_line.search(text):
            found.extend(self._labelled(text, taken, starts))
            found.sort(key=lambda part: part.start)
        return iter(found)

    def _bracketed(self, text: str, start: int, end: int, nodes: frozenset[int]) -> Clause | Unread | None:
        """The clause in the brackets ``text[start:end]``; None where the brackets hold something else."""
        placed = self._placed(text, start, end, nodes)
        clause = Clause(start, end)
        label = self.label.search(text, start + 1, end - 1)
        if label is not None and label.start() - start <= 7 and not _pausing(text[start + 1 : label.start()]):
            self._fields(text, start + 1, end - 1, clause)
        elif not placed:
            return None
        elif not self._phrases(text, start + 1, end - 1, clause, None, bare=True):
            self._rules(text, start + 1, end - 1, clause)
            if clause.rules:
                return clause
            content = text[start + 1 : end - 1]
            return Unread(start, end) if self._suspicious(content) else None
        return clause if clause.assignments or clause.deadlines or clause.rules else None

    def _placed(self, text: str, start: int, end: int, nodes: frozenset[int]) -> bool:
        """Whether the brackets stand where clauses do: at the end of a sentence, a paragraph or a numbered node."""
        before = text[start - 1] if start else "\n"
        if before in "。；;！!？?\n”" or before in _CLOSING and text[start - 1 : start] == "）":
            return True
        for i in range(end, min(end + 40, len(text))):
            char = text[i]
            if i in nodes or char in _ENDS or char == "\n":
                return True
            if not char.isspace():
                return char in _OPENING
        return True

    def _suspicious(self, content: str) -> bool:
        """Whether brackets at the end of a sentence were meant to assign, although no office could be made out."""
        return self.verb.search(content) is not None and self.sure.search(content) is not None and len(content) < 200 and not (
            content.startswith(("由", "含", "包括", "如", "即"))
        )

    def _labelled(self, text: str, taken: list[Span], starts: Sequence[int]) -> Iterator[Clause]:
        """Clauses without brackets, or with one that is never closed: ``责任单位：…`` to the end of its paragraph.

        Labels that follow one another are one clause.
        """
        bounds = iter([*taken, (len(text), len(text))])
        bound = next(bounds)
        numbers = iter([*starts, len(text)])
        number = next(numbers)
        clause: Clause | None = None
        for match in self.label_line.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            if text[start] in _CLOSING:
                start += 1
            while bound[1] <= start and bound[0] < len(text):
                bound = next(bounds)
            if bound[0] <= start < bound[1]:
                continue
            if clause is not None and start < clause.end:
                continue
            while number <= start and number < len(text):
                number = next(numbers)
            end = self._value_end(text, match.end(), min(number, bound[0]))
            opened = text[start] in _OPENING
            own_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
            joined = clause is not None and not text[clause.end : start].strip(" \t\u3000\r\n；;，,。")
            if joined and clause is not None:
                part = Clause(clause.start, end, clause.assignments, clause.deadlines, clause.alone)
            else:
                part = Clause(start, end, alone=own_line and not opened)
            before = len(part.assignments), len(part.deadlines)
            self._fields(text, match.start(), end, part)
            if (len(part.assignments), len(part.deadlines)) == before:
                continue
            if joined and clause is not None:
                clause.end, clause.leftover = end, clause.leftover or part.leftover
                clause.rules += part.rules
            else:
                if clause is not None:
                    yield clause
                clause = part
        if clause is not None:
            yield clause

    def _value_end(self, text: str, start: int, limit: int) -> int:
        """The end of a label's value: the end of its paragraph or sentence, or where the next node or clause begins."""
        depth = 0
        for i in range(start, min(limit, start + 1500)):
            char = text[i]
            if char in _OPENING:
                depth += 1
            elif char in _CLOSING:
                if not depth:
                    return i + 1
                depth -= 1
            elif char == "\n" or (char == "。" and not depth):
                return i
        return len(text[: min(limit, start + 1500)].rstrip())

    # -- reading ---------------------------------------------------------------------------------------------------

    def _fields(self, text: str, start: int, end: int, clause: Clause) -> None:
        """Read ``责任单位：A、B；完成时限：…`` into the clause."""
        labels = [m for m in self.label.finditer(text, start, end)]
        for i, match in enumerate(labels):
            stop = labels[i + 1].start() if i + 1 < len(labels) else end
            value_end = stop
            if i + 1 < len(labels):
                # A few words may stand before the next label's stem: （指标牵头单位：
                while value_end > match.end() and text[value_end - 1] not in _SEPARATOR + "\n" and stop - value_end < 4:
                    value_end -= 1
                if text[value_end - 1] not in _SEPARATOR + "\n":
                    value_end = stop
            self._field(text, match, value_end, clause)

    def _field(self, text: str, match: re.Match[str], end: int, clause: Clause) -> None:
        kind = self.field_kind.get(match["field"] or "")
        if kind == "deadline":
            clause.deadlines.append(trim(text, match.end(), end))
        if kind is None:
            role = self.label_role[match["stem"] or match["alone"]]
            self._phrases(text, match.end(), end, clause, role, bare=True)

    def _phrases(self, text: str, start: int, end: int, clause: Clause, label: Role | None, *, bare: bool) -> bool:
        """Read offices and verbs, ``A牵头，B、C配合``; with a label the verb may be missing. False where none is read."""
        self._rules(text, start, end, clause)
        if clause.rules:
            end = min(end, min(span[0] for _, span in clause.rules if start <= span[0]) if clause.rules else end)
            start, end = trim(text, start, end, _SEPARATOR + _OPENING)
        inner = self.label.search(text, start, end) if label is None else None
        phrases = inner.start() if inner else end
        here = start
        done: list[Assignment] = []
        for match in self.verb.finditer(text, start, phrases):
            group = len(done) + len(clause.assignments)
            names = self._names(text, here, match.start(), group)
            if names is None or not self._convincing(names, match[0], label):
                if not done:
                    return False
                break
            role = self.verb_role[match[0]]
            if label is not None and role == "responsible":
                role = label
            done += self._assign(names, role, text)
            here = match.end()
            while here < phrases and (text[here] in _SEPARATOR or text[here].isspace()):
                here += 1
        rest = trim(text, here, phrases, _SEPARATOR)
        if rest[0] < rest[1]:
            names = self.splitter.split(text, *rest, len(done) + len(clause.assignments)) if bare and (label or not done) else None
            if names and (label is not None or all(self.offices.looks_like_office(n.text) for n in names)):
                done += [Assignment(label or "responsible", n.text, n.start, n.end, None, n.group) for n in names]
            elif not done:
                return False
            else:
                clause.leftover = rest
        clause.assignments += done
        if inner is not None and done:
            self._fields(text, inner.start(), end, clause)
        return bool(done)

    def _names(self, text: str, start: int, end: int, group: int) -> list[tuple[bool, Name]] | None:
        """The offices before a verb, each with whether it stands behind 会同."""
        if self.adverb_end.search(text[start:end].rstrip()):
            adverb = self.adverb.search(text[start:end].rstrip())
            if adverb is not None:
                end = start + adverb.start()
        together = self.together.search(text, start, end)
        if together is None or together.start() == start:
            names = self.splitter.split(text, start, end, group)
            return [(False, name) for name in names] or None
        first = self.splitter.split(text, start, together.start(), group)
        second = self.splitter.split(text, together.end(), end, group + len(first))
        if not first or not second:
            return None
        return [(False, name) for name in first] + [(True, name) for name in second]

    def _convincing(self, names: list[tuple[bool, Name]], verb: str, label: Role | None) -> bool:
        """Whether names before a verb are offices and not a piece of prose."""
        if label is not None:
            return True
        texts = [name.text for _, name in names]
        if self.sure.search(verb):
            known = sum(map(self.offices.looks_like_office, texts))
            return known * 2 >= len(texts) or all(len(t) <= 8 and "的" not in t for t in texts)
        return all(map(self.offices.looks_like_office, texts))

    def _assign(self, names: list[tuple[bool, Name]], role: Role, text: str) -> list[Assignment]:
        pairs = any(behind for behind, _ in names)
        roles: tuple[Role, Role] = ("lead", "support") if pairs else (role, role)
        return [Assignment(roles[behind], n.text, n.start, n.end, None, n.group) for behind, n in names]

    def _rules(self, text: str, start: int, end: int, clause: Clause) -> None:
        """Rules for the whole document that are stated in ``text[start:end]``."""
        if self.rule_hint.search(text, start, end) is None:
            return
        for kind, pattern in self.rule_patterns:
            match = pattern.search(text, start, end)
            if match is None:
                continue
            clause.rules.append((kind, match.span()))
            if kind == "all_below":
                names = self.splitter.split(text, *match.span("offices"), 900)
                clause.below += [Assignment("responsible", n.text, n.start, n.end, None, n.group) for n in names]


def brackets(text: str) -> list[Span]:
    """The outermost brackets of each paragraph, whatever their shape; one that is never closed is passed over.

    >>> brackets("各县（市（区））政府（未完\\n（完）")
    [(2, 8), (14, 17)]
    """
    found: list[Span] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        char = text[at]
        if char in _OPENING:
            opened.append(at)
        elif char == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
    return found


def _document_rules(data: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for kind in ("first_leads", "comma_leads", "all_below"):
        yield kind, data["document"][kind]


def _pausing(words: str) -> bool:
    return any(char in _SEPARATOR for char in words)


def trim(text: str, start: int, end: int, also: str = "") -> Span:
    """The span without the blanks, and the characters of ``also``, at its ends."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


def alternatives(words: Mapping[str, Any] | Sequence[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def validate(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with the data of a ``roles.yaml``, in Chinese; empty where it can be used."""
    entries = [*data["adverbs"], *data["others"]] + [e for _, group in _document_rules(data) for e in group]
    problems = []
    for entry in entries:
        if not isinstance(entry, Mapping) or "pattern" not in entry or not entry.get("examples"):
            problems.append(f"「{entry}」要写全 pattern 和 examples")
            continue
        try:
            pattern = re.compile(str(entry["pattern"]))
        except re.error as error:
            problems.append(f"pattern「{entry['pattern']}」不是正确的正则表达式：{error}")
            continue
        problems += [
            f"pattern「{entry['pattern']}」认不出它自己的例子「{example}」"
            for example in entry["examples"]
            if pattern.search(str(example)) is None
        ]
    return problems
