"""Who holds an event, or is honoured, has no duty: 会议承办单位, 关于举办…比赛的通知, 关于表彰…的决定."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiwei_cli.language.chars import BLANKS, COLONS
from aiwei_cli.language.patterns import pattern
from aiwei_cli.language.sentences import FEAST, INVITES, OF, ORDER
from aiwei_cli.parsing.clauses.reading import Reading

_FEAST, _ORDER = pattern(FEAST), pattern(ORDER)


class Events:
    """The words for events and honours in the ``labels`` of ``rules/roles.yaml``."""

    def __init__(self, labels: Mapping[str, Any]) -> None:
        self._events, self._hosting = tuple(labels["events"]), tuple(labels["hosting"])
        self._held, self._hosts = tuple(labels["held"]), frozenset(labels["hosting"])
        self._organisers = tuple(labels["organisers"])
        self._honours, self._announced = tuple(labels["honours"]), tuple(labels["announced"])
        self._honoured = frozenset([*labels["hosting"], *labels["honoured"]])

    def is_host(self, words: str) -> bool:
        """Whether the words name who holds an event: 会议承办单位."""
        for event in self._events if any(word in words for word in self._hosting) else ():
            at = words.find(event)
            if at >= 0 and words[at + len(event) :].removeprefix(OF).startswith(self._hosting):
                return True
        return False

    def tells_of_event(self, title: str) -> bool:
        """Whether a title is of a notice that invites to an event: 关于举办…比赛的通知."""
        words = "".join(title.split())
        held = any(verb in words for verb in self._held)
        if held and FEAST[0] in words and _FEAST.search(words) is not None:
            return True
        events = [event for event in self._events if event in words]
        return bool(events) and (held or any(f"{event}{end}" in words for event in events for end in INVITES))

    def tells_of_honours(self, title: str) -> bool:
        """Whether a title is of a notice that honours: 关于表彰…的决定. 奖励办法 is not."""
        words = "".join(title.split())
        return words.endswith(self._announced) and any(word in words for word in self._honours)

    def tells_of_hosts(self, heading: str) -> bool:
        """Whether a heading says that its lines name who holds an event: 组织机构, 对接会组织, but not 强化培训组织."""
        line = heading.partition("\n")[0].rstrip("。" + COLONS + BLANKS)
        if line.startswith(self._organisers):
            return True
        return _ORDER.match(line) is None and any(
            line.endswith((f"{event}组织", *(event + who for who in self._organisers))) for event in self._events
        )

    def hosts(self, reading: Reading, *, honours: bool = False) -> bool:
        """Whether all that a clause says is who holds an event, if it is of one: 承办单位：…, 某局主办，某站承办.

        Where the notice honours: who made what is honoured, 完成单位：….
        """
        if reading.hosts is None or honours:
            found = self._hosts_by(reading, honours)
            if honours:
                return found
            reading.hosts = found
        return reading.hosts

    def _hosts_by(self, reading: Reading, honours: bool) -> bool:
        entries = {a.by.entry.rpartition(" ")[2] if a.by is not None else "" for a in reading.assignments}
        if honours:
            return reading.labelled and bool(entries) and entries <= self._honoured
        return bool(entries) and entries <= self._hosts and (reading.labelled or self._hosting[0] in entries)
