"""Whether what was read is where it says: the words of each span are the words of what has it."""

from __future__ import annotations

from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.parts import verify


def astray(read: Notice) -> list[str]:
    """What is not at its place, or not in exactly one part. Where signs of the page are dropped spans hold them too."""
    text = read.text

    def at(span: tuple[int, int] | None) -> str:
        return "".join(text[slice(*span)].split()) if span is not None else ""

    nodes = list(read.walk())
    owners = (read, *nodes)
    found = [each.written for own in owners for each in own.duties if at(each.span) != each.written]
    due = [each for own in owners for each in own.deadlines]
    found += [each.written for each in due if at(each.span).rstrip("。；;，,）)〕]") != each.written]
    found += [each.title for own in owners for each in own.citations if each.title not in at(each.span)]
    found += [each.name for node in nodes for each in node.persons if at(each.span) != each.name]
    found += [node.title for node in nodes if not at(node.title_span).startswith("".join(node.title.split()))]
    found += [node.id for node in nodes if (node.title_span is None) != (not node.title)]
    found += [node.id for node in nodes if node.line != text.count("\n", 0, node.span[0]) + 1]
    found += [node.id for node in nodes if not text.startswith(node.number, node.span[0])]
    for each in read.diagnostics:
        start = each.span[0]
        if (each.line, each.column) != (text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)):
            found.append(each.message)
    return [*found, *map(str, verify(read).problems)]
