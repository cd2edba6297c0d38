"""What clauses and sentences say, a line each: ``said/*.txt``, words → what is read of them.

The words come after ``1.修路。``, or stand by themselves after ``@``; ⏎ is a line break, ⇥ a tab, ␣ a wide blank,
{某*9} the same nine times, ※ a hundred letters that say nothing. What is read is what a person would say of it: 牵头
水利局；配合 财政局. 时限 is followed by its day or its rule, ·文 is of prose, ·承 is inherited;
疑 is what is reported. Nothing after → is nothing read and nothing reported. Lines in a row that differ in
one place show both sides of a rule.

Of ``numbers.txt`` the outline is told, 一、(（一）(1.)) and the line of an odd number, of ``heads.txt`` what surrounds
it, names apart by |, of ``fields.txt`` each field with its words in the text, of ``lists.txt`` the names of a list, of
``lines.txt`` the lines without what belongs to the page, of ``words.txt`` the title and the words of each number, of
``causes.txt`` the entry of the rules that gives each office its role and the tier of a sentence, of ``offices.txt`` the
names of one office, its level and place, of ``resolved.txt`` which offices are meant, of ``doubts.txt`` what is
reported of which words, and 「the verb or label」 that no rule knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import astray

from aiwei_cli.compiled import load
from aiwei_cli.notice.model import Deadline, Duty, Node, Notice, Person
from aiwei_cli.offices import Offices
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.assemble.reasons import reasons
from aiwei_cli.parsing.lists import Splitter
from aiwei_cli.parsing.view import view_of
from aiwei_cli.resources import folder

FILLER = "各站要摸清底数，按旬调度，及时报告，不留死角。" * 5
ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
NOTED = ("T001", "T002", "O001")
"""That nothing is numbered, nobody assigned or an office unknown is not told here."""
_STRANGE = re.compile("不认得[^「]*(「[^」]+」)")


def sections() -> dict[str, dict[str, str]]:
    """By file and heading: what is to be read of which words."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((Path(__file__).parent / "said").glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# "):
                lines = found.setdefault(f"{path.stem}: {line[2:]}", {})
            elif line:
                words, _, wanted = line.partition(" →")
                assert words not in lines, words
                lines[words] = wanted.strip()
    return found


SECTIONS = sections()


def text(words: str) -> str:
    words = words.replace("※", FILLER)
    words = re.sub(r"\{(.+?)\*(\d+)\}", lambda found: found[1] * int(found[2]), words)
    words = words.replace("⏎", "\n").replace("␣", "　").replace("⇥", "\t")
    return words.removeprefix("@") if words.startswith("@") else f"1.修路。{words}\n"


def checked(words: str) -> Notice:
    """What is read of a line's words; all of it is where it says."""
    read = parse(text(words))
    assert astray(read) == [], words
    return read


def _kind(duty: Duty) -> str:
    return ROLES[duty.role] + "·文" * (duty.stated == "prose") + "·承" * duty.inherited


def _of(duties: Iterable[Duty], deadlines: Iterable[Deadline], persons: Iterable[Person] = ()) -> str:
    told = [f"{kind} {'、'.join(duty.written for duty in those)}" for kind, those in groupby(duties, _kind)]
    times = [(f"时限{'·承' * each.inherited} {each.written}", each.date, each.recurs) for each in deadlines]
    told += ["=".join(filter(None, time)) for time in times]
    told += [f"{each.role or '人'}{'·承' * each.inherited} {each.name}" for each in persons]
    return "；".join(told)


def said(words: str) -> str:
    """What is read of a line's words."""
    read = checked(words)
    nodes = list(read.walk())

    def named(node: Node) -> str:
        own = _of(node.duties, node.deadlines, node.persons)
        return f"{node.id} {own}" if own and len(nodes) > 1 else own

    doubts = "、".join(each.code for each in read.diagnostics if each.code not in NOTED)
    return "｜".join(filter(None, (_of(read.duties, read.deadlines), *map(named, nodes), doubts and f"疑 {doubts}")))


def numbered(words: str) -> str:
    """The numbers of a text with their titles, deeper ones in brackets, and what is odd about them."""
    read = checked(words)

    def told(node: Node) -> str:
        inside = " ".join(map(told, node.children))
        return node.number + node.title + (f"({inside})" if inside else "")

    doubts = "、".join(f"{each.code}:{each.line}" for each in read.diagnostics if each.code.startswith("N"))
    return " ".join([*map(told, read.body), *([f"疑 {doubts}"] if doubts else [])])


HEAD = {"title": "标题", "issuer": "机关", "document_number": "文号", "addressees": "主送", "signature": "落款"}
HEAD |= {"date": "日期", "annexes": "附件", "copies": "抄送", "preamble": "开头"}


def headed(words: str) -> str:
    """What is read before the first number and after the last."""
    read = checked(words).to_dict()
    values = {name: read[key] for key, name in HEAD.items() if read[key]}
    told = {name: "|".join(each) if isinstance(each, list) else each for name, each in values.items()}
    told |= {"方案": "|".join(plan["title"] for plan in read["plans"])} if read.get("plans") else {}
    return "；".join(f"{name} {value}" for name, value in told.items()).replace("\n", "⏎")


FIELDS = HEAD | {"plan": "方案", "publisher": "发布", "metadata": "网页", "note": "附注", "collection": "编号"}


def fielded(words: str) -> str:
    """Each field with its words in the text."""
    read = checked(words)
    told = (f"{FIELDS[name]}«{read.text[slice(*span)]}»" for name, span in read.fields)
    return "".join(told).replace("\n", "⏎")


def doubted(words: str) -> str:
    """What is reported: the code, the words that it is about, the word that no rule knows."""
    read = checked(words)
    pointed = [each for each in read.diagnostics if not each.code.startswith("T")]
    told = (f"{each.code} {read.text[slice(*each.span)]}{''.join(_STRANGE.findall(each.message))}" for each in pointed)
    return "；".join(told).replace("\n", "⏎")


def _rules(name: str) -> Any:
    return yaml.safe_load((folder("rules") / f"{name}.yaml").read_text("utf-8"))


OFFICES = Offices(_rules("offices"))
SPLITTER = Splitter(_rules("roles"), OFFICES)


def listed(words: str) -> str:
    """The names of a list: ? is after what does not look like an office, * after what no rule knows."""
    names = SPLITTER.split(words, 0, len(words))
    assert all("".join(words[name.start : name.end].split()) == name.text for name in names)
    return "|".join(f"{name.text}{'?' * (not name.looks)}{'*' * (not name.known)}" for name in names)


def laid_out(words: str) -> str:
    """The lines of the view, those that a page had cut joined, and what kind of page it is."""
    view = view_of(text(words))
    kind = "页" * view.wrapped + "连" * view.flat + "密" * view.dense
    shown = view.text.rstrip("\n").replace("\n", "⏎").replace("\u3000", "␣").replace("\t", "⇥")
    return shown + (f" 〔{kind}〕" if kind else "")


def worded(words: str) -> str:
    """Each number with its title, and its own words after ｜."""
    read = checked(words)
    nodes = [f"{node.number}{node.title}｜{node.text}" for node in read.walk()]
    return " ".join([*([f"｜{read.preamble}"] if read.preamble else []), *nodes]).replace("\n", "⏎")


def caused(words: str) -> str:
    """Which entry of the rules gives each office its role, and its word in the text; why brackets assign nothing."""
    found = reasons(text(words), load())
    causes = [(span, cause) for span, cause in sorted(found.causes.items())]
    source = found.notice.text
    told = [
        f"{source[slice(*span)]}={cause.entry}{f'·{cause.tier}' if cause.tier else ''}«{source[slice(*cause.span)]}»"
        for span, cause in causes
    ]
    return "；".join([*told, *(f"{source[slice(*each.span)]}：{each.reason}" for each in found.left)])


def resolved(words: str) -> str:
    """The canonical offices of all duties: a level that the first of a list has is shared, short names are resolved."""
    read = checked(words)
    return "、".join(duty.office for owner in (read, *read.walk()) for duty in owner.duties if not duty.inherited)


def named(words: str) -> str:
    """The canonical name of an office, in a notice of the centre if it is another, its level and place, its other
    names, and the last year of one that is no more."""
    name = OFFICES.canonical(words)
    central = OFFICES.canonical(words, level="central")
    place = "·".join(filter(None, (OFFICES.level_of(words), OFFICES.place_of(words))))
    told = [name, f"全国 {central}" * (central != name), f"〔{place}〕" * bool(place)]
    return "；".join([*filter(None, told), *OFFICES.aliases(name)[:3], *filter(None, [str(OFFICES.until(name) or "")])])


READERS = {
    "doubts": doubted,
    "numbers": numbered,
    "heads": headed,
    "fields": fielded,
    "lists": lambda words: listed(text(f"@{words}")),
    "lines": laid_out,
    "words": worded,
    "causes": caused,
    "offices": named,
    "resolved": resolved,
}


_RUN = re.compile(r"(.{1,4}?)\1{5,}")


def told(kind: str, words: str) -> str:
    """What the reader of a file tells of some words, runs as {某*9}."""
    return _RUN.sub(lambda run: f"{{{run[1]}*{len(run[0]) // len(run[1])}}}", READERS.get(kind, said)(words))


def misread(section: str) -> dict[str, tuple[str, str]]:
    """Words → what is read of them, and what is wanted."""
    kind = section.partition(":")[0]
    found = {words: (told(kind, words), wanted) for words, wanted in SECTIONS[section].items()}
    return {words: pair for words, pair in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_said(section: str) -> None:
    assert misread(section) == {}
