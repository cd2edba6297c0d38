"""A notice for readers outside: without the names and telephone numbers of persons, or without doubts."""

from __future__ import annotations

import re
from dataclasses import replace

from aiwei_cli.notice.model import Node, Notice

_LEFT_OUT = "某某"
_CALL = re.compile(r"(?<![0-9])(?:0\d{2,3}[-— ]?)?\d{7,11}(?![0-9])")
"""A telephone number."""
_PERSONS = ("人", "领导", "姓名", "电话", "手机", "联系", "邮箱", "微信")
"""Words of a column that names persons or tells how to reach them."""


def without_doubts(notice: Notice) -> Notice:
    """The notice as if nothing in it were doubtful."""
    return replace(notice, diagnostics=()) if notice.diagnostics else notice


def without_persons(notice: Notice) -> Notice:
    """The notice without persons: in the lines that name them 某某 takes the place of each name and number."""
    found = [person for node in notice.walk() for person in node.persons]
    if not found:
        bare = any(_about_persons(name) for node in notice.walk() for name, _ in node.extra)
        return replace(notice, body=tuple(map(_without_columns, notice.body))) if bare else notice
    names = sorted({person.name for person in found}, key=len, reverse=True)
    cover = _Cover(names, {person.role for person in found if person.role})
    return replace(
        notice,
        text="",
        preamble=cover.lines(notice.preamble),
        closing=cover.lines(notice.closing),
        body=tuple(cover.node(node) for node in notice.body),
        diagnostics=tuple(replace(each, message=cover.every(each.message)) for each in notice.diagnostics),
    )


def _about_persons(column: str) -> bool:
    return any(word in column for word in _PERSONS)


def _without_columns(node: Node) -> Node:
    """The node without columns of a person's own that name somebody."""
    extra = tuple(each for each in node.extra if not _about_persons(each[0]))
    return replace(node, extra=extra, children=tuple(map(_without_columns, node.children)))


class _Cover:
    def __init__(self, names: list[str], roles: set[str]) -> None:
        self._names = re.compile("|".join(map(re.escape, names)))
        self._roles = re.compile("|".join(map(re.escape, roles))) if roles else None

    def node(self, node: Node) -> Node:
        return replace(
            node,
            title=self.lines(node.title),
            text=self.lines(node.text),
            persons=(),
            extra=tuple((name, self.every(text)) for name, text in node.extra if not _about_persons(name)),
            children=tuple(map(self.node, node.children)),
        )

    def lines(self, text: str) -> str:
        """The text; its lines that name the role of a person name nobody any more."""
        if self._roles is None:
            return text
        return "\n".join(self.every(line) if self._roles.search(line) else line for line in text.split("\n"))

    def every(self, text: str) -> str:
        return _CALL.sub(_LEFT_OUT, self._names.sub(_LEFT_OUT, text))
