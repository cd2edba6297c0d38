"""A notice as plain data, and back: the tree ``aiwei.notice.v1`` that every program can read.

Spans become lists of two numbers; everything else keeps the name it has in :mod:`aiwei_cli.notice.model`. The text of
the source is not part of the tree (it can be rebuilt from nothing but the source itself), so a notice that was read
back has an empty ``text``. What the contract promises is always there; ``rule`` of a duty, ``place`` and ``persons`` of
a node and ``margins`` only where there are any, ``stated`` of a duty only where no clause says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiwei_cli.notice.model import (
    ROLES,
    SCHEMA,
    STATED,
    Citation,
    Deadline,
    Diagnostic,
    Duty,
    Node,
    Notice,
    Person,
    Plan,
    Role,
    Source,
    Stated,
)
from aiwei_cli.notice.shape import Reader


def notice_to_dict(notice: Notice) -> dict[str, Any]:
    """The notice as dicts, lists, strings, numbers and None, in the shape of ``notice.schema.json``."""
    source = notice.source
    tree = {
        "schema": SCHEMA,
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "characters": source.characters,
            "kind": source.kind,
        },
        "title": notice.title,
        "issuer": notice.issuer,
        "document_number": notice.document_number,
        "date": notice.date,
        "year": notice.year,
        "addressees": list(notice.addressees),
        "preamble": notice.preamble,
        "closing": notice.closing,
        "plans": [{"title": plan.title, "span": list(plan.span), "line": plan.line} for plan in notice.plans],
        "signature": list(notice.signature),
        "annexes": list(notice.annexes),
        "copies": list(notice.copies),
        "duties": _duties(notice.duties),
        "deadlines": _deadlines(notice.deadlines),
        "citations": _citations(notice.citations),
        "body": [node_to_dict(node) for node in notice.body],
        "diagnostics": [
            {
                "code": found.code,
                "message": found.message,
                "span": list(found.span),
                "line": found.line,
                "column": found.column,
            }
            for found in notice.diagnostics
        ],
        "fields": [{"name": name, "span": list(span)} for name, span in notice.fields],
        "clauses": [list(span) for span in notice.clauses],
        "layout": [list(span) for span in notice.layout],
    }
    if notice.margins:
        tree["margins"] = [{"page": page, "text": words} for page, words in notice.margins]
    return tree


def node_to_dict(node: Node) -> dict[str, Any]:
    """One node and what stands below it, as plain data."""
    tree = {
        "id": node.id,
        "number": node.number,
        "level": node.level,
        "title": node.title,
        "text": node.text,
        "span": list(node.span),
        "title_span": list(node.title_span) if node.title_span else None,
        "line": node.line,
        "duties": _duties(node.duties),
        "deadlines": _deadlines(node.deadlines),
        "citations": _citations(node.citations),
        "clauses": [list(span) for span in node.clauses],
        "children": [node_to_dict(child) for child in node.children],
    }
    if node.place is not None:
        tree["place"] = node.place
    if node.persons:
        tree["persons"] = [
            {"role": each.role, "name": each.name, "span": list(each.span), "inherited": each.inherited}
            for each in node.persons
        ]
    return tree


def _duties(duties: tuple[Duty, ...]) -> list[dict[str, Any]]:
    rows = []
    for duty in duties:
        row = {
            "role": duty.role,
            "office": duty.office,
            "written": duty.written,
            "span": list(duty.span),
            "inherited": duty.inherited,
        }
        if duty.rule is not None:
            row["rule"] = duty.rule
        if duty.stated != "clause":
            row["stated"] = duty.stated
        rows.append(row)
    return rows


def _deadlines(deadlines: tuple[Deadline, ...]) -> list[dict[str, Any]]:
    return [
        {
            "written": time.written,
            "date": time.date,
            "span": list(time.span),
            "inherited": time.inherited,
            **({"recurs": time.recurs} if time.recurs else {}),
        }
        for time in deadlines
    ]


def _citations(citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
    return [
        {"title": cited.title, "document_number": cited.document_number, "span": list(cited.span)}
        for cited in citations
    ]


def notice_from_dict(data: Mapping[str, Any]) -> Notice:
    """The notice that :func:`notice_to_dict` wrote, with an empty ``text``.

    Fields that are not known are passed over, so a newer version's tree can be read.
    Raises ValueError, with the place in the tree, where the data has not the shape of ``aiwei.notice.v1``.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise ValueError(f"schema 应当是 {SCHEMA}")
    tree = Reader(data, "")
    origin = tree.reader("source")
    return Notice(
        text="",
        source=Source(
            path=origin.get("path", str, None),
            sha256=origin.get("sha256", str, ""),
            encoding=origin.get("encoding", str, "utf-8"),
            characters=origin.get("characters", int, 0),
            kind=origin.get("kind", str, "txt"),
        ),
        title=tree.get("title", str, None),
        issuer=tree.get("issuer", str, None),
        document_number=tree.get("document_number", str, None),
        date=tree.get("date", str, None),
        year=tree.get("year", int, None),
        addressees=tree.strings("addressees"),
        preamble=tree.get("preamble", str, ""),
        closing=tree.get("closing", str, ""),
        plans=tree.each("plans", lambda r: Plan(r.need("title", str), r.span("span"), r.get("line", int, 0))),
        signature=tree.strings("signature"),
        annexes=tree.strings("annexes"),
        copies=tree.strings("copies"),
        duties=tree.each("duties", _read_duty),
        deadlines=tree.each("deadlines", _read_deadline),
        citations=tree.each("citations", _read_citation),
        body=tree.each("body", _read_node),
        diagnostics=tree.each("diagnostics", _read_diagnostic),
        fields=tree.each("fields", lambda r: (r.need("name", str), r.span("span"))),
        clauses=tree.spans("clauses"),
        layout=tree.spans("layout"),
        margins=tree.each("margins", lambda r: (r.need("page", int), r.need("text", str))),
    )


def _read_node(reader: Reader) -> Node:
    return Node(
        id=reader.need("id", str),
        number=reader.need("number", str),
        level=reader.need("level", int),
        title=reader.get("title", str, ""),
        text=reader.get("text", str, ""),
        span=reader.span("span"),
        line=reader.get("line", int, 0),
        duties=reader.each("duties", _read_duty),
        deadlines=reader.each("deadlines", _read_deadline),
        citations=reader.each("citations", _read_citation),
        children=reader.each("children", _read_node),
        title_span=reader.span("title_span") if reader.data.get("title_span") is not None else None,
        clauses=reader.spans("clauses"),
        place=reader.get("place", str, None),
        persons=reader.each("persons", _read_person),
    )


def _read_duty(reader: Reader) -> Duty:
    role: Role = reader.need("role", str)
    if role not in ROLES:
        raise reader.wrong("role", "、".join(ROLES) + " 之一")
    stated: Stated = reader.get("stated", str, "clause")
    if stated not in STATED:
        raise reader.wrong("stated", "、".join(STATED) + " 之一")
    return Duty(
        role=role,
        office=reader.need("office", str),
        written=reader.need("written", str),
        span=reader.span("span"),
        inherited=reader.get("inherited", bool, False),
        rule=reader.get("rule", str, None),
        stated=stated,
    )


def _read_person(reader: Reader) -> Person:
    name, inherited = reader.need("name", str), reader.get("inherited", bool, False)
    return Person(reader.get("role", str, ""), name, reader.span("span"), inherited)


def _read_deadline(reader: Reader) -> Deadline:
    date = reader.get("date", str, None)
    inherited, recurs = reader.get("inherited", bool, False), reader.get("recurs", str, None)
    return Deadline(reader.need("written", str), date, reader.span("span"), inherited, recurs)


def _read_citation(reader: Reader) -> Citation:
    return Citation(reader.need("title", str), reader.get("document_number", str, None), reader.span("span"))


def _read_diagnostic(reader: Reader) -> Diagnostic:
    return Diagnostic(
        code=reader.need("code", str),
        message=reader.get("message", str, ""),
        span=reader.span("span"),
        line=reader.get("line", int, 0),
        column=reader.get("column", int, 0),
    )
