"""Texts made from the words of ``rules/``, and what must hold of a parsed notice whatever its text is.

Shared by ``test_properties.py``, which tries some two thousand texts, and by ``benchmarks/fuzz.py``, which tries a
hundred thousand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from aiwei_cli.compiled import Rules, load
from aiwei_cli.language.radicals import without_radicals
from aiwei_cli.notice.model import Notice, Span
from aiwei_cli.notice.parts import parts, verify
from aiwei_cli.parsing import parse

BRACKETS = list("（）()〔〕［］[]【】〈〉<>《》“”")
BLANKS = ["\n", "\n\n", "\r\n", "\r", " ", "\t", "\u3000\u3000", "\u00a0", "\u2002", "\u200b", "\ufeff", "\f", "\u0085"]
ZERO_WIDTH = "\u200b\ufeff"
SIGNS = list("、，,；;。：:∶！？…*#-—/|&")
LAYOUT = [
    "\n— 3 —\n",
    "\n- 12 -\n",
    "# Page 12:\n",
    "第 3 页 共 9 页",
    "**",
    "## ",
    "<p>",
    "</p>",
    "<br/>",
    "<!-- x -->",
]
PROSE = [
    *["开展", "整治", "农村厕所", "的", "由", "等", "和", "与", "及", "以及", "会同", "按职责分工"],
    *["下同", "无", "一是", "35个", "2023年", "6月底前", "年底前", "长期坚持"],
    *["二〇二三年三月五日", "2023年3月5日", "2000年底前建成", "第三季度前", "2.0版"],
    *["国发〔2020〕15号", "某政办发〔2024〕3号", "《要点》（某发〔2022〕5号）"],
    *["某镇人民政府关于印发《2023年", "要点》的通知", "各村：", "附件：", "附件", "抄送："],
    *["（此件公开发布）", "工作方案", "a", "5G", "𠮷", "&nbsp;"],
    *["e\u0301", "\x00"],
]


@lru_cache(maxsize=1)
def vocabulary() -> tuple[tuple[str, ...], ...]:
    """The pieces of texts, in groups that are drawn from equally often."""
    rules: Rules = load()
    roles, numbering, offices = rules.data["roles"], rules.data["numbering"], rules.data["offices"]
    verbs = [verb for group in roles["verbs"].values() for verb in group]
    fields = [word for group in roles["fields"].values() for word in group]
    stems = [stem for role in ("lead", "responsible", "support") for stem in roles["labels"][role]]
    labels = [f"{stem}{tail}：" for stem in stems for tail in roles["labels"]["tails"][:6]]
    entries = [entry for key in ("adverbs", "standing", "others") for entry in roles[key] if "examples" in entry]
    entries += [entry for group in roles["document"].values() for entry in group if isinstance(entry, dict)]
    examples = [str(example) for entry in entries for example in entry["examples"]]
    examples += [word for entry in roles["adverbs"] for word in entry.get("words", ())]
    names = [entry.partition("=")[0].strip() for entry in offices["offices"] if isinstance(entry, str)]
    names += [f"市{entry.split()[0]}局" for entry in offices["subjects"] if isinstance(entry, str)]
    names += [str(entry).split()[0] for entry in offices["departments"] if isinstance(entry, str)]
    names += [*map(str, offices["collectives"]["examples"]), *map(str, offices["never"]["examples"])]
    return (
        tuple(str(each) for kind in numbering["kinds"] for each in kind["examples"]),
        tuple(f"{value}{mark}" for value in range(1, 13) for mark in (".", "．", "、", ")", "")),
        ("一、", "二、", "三、", "四、", "（一）", "（二）", "（三）", "(1)", "（2）", "①", "②", "1.1", "1.2"),
        tuple(BRACKETS),
        tuple(BRACKETS[:4]),
        tuple(BLANKS),
        ("\n", "\n"),
        tuple(SIGNS),
        ("、", "，", "；", "。"),
        tuple(LAYOUT),
        tuple(verbs),
        ("负责", "牵头", "配合"),
        (*labels, *(f"{word}：" for word in [*fields, *roles["labels"]["alone"]])),
        tuple(examples),
        tuple(names),
        tuple(PROSE),
    )


def texts(seed: int, count: int, longest: int = 40) -> Iterator[str]:
    """Random texts, the same for the same seed."""
    draw = random.Random(seed)
    groups = vocabulary()
    for _ in range(count):
        yield "".join(draw.choice(draw.choice(groups)) for _ in range(draw.randint(1, longest)))


def faults(text: str) -> list[str]:
    """What is wrong with the notice that a text parses to; empty where all holds that must hold of any text."""
    notice = parse(text)
    found = []
    covered = verify(notice)
    if not covered.ok or covered.coverage != 1.0:
        found.append(f"verify: {covered.coverage} {covered.problems}")
    tiles = [part.span for part in parts(notice)]
    if "".join(text[a:b] for a, b in tiles) != text or [a for a, _ in tiles[1:]] != [b for _, b in tiles[:-1]]:
        found.append("the parts do not tile the source")
    claimed = sorted(claims(notice))
    found += [f"{a} and {b} claim the same characters" for a, b in pairwise(claimed) if b[0][0] < a[0][1]]
    ids = [node.id for node in notice.walk()]
    if len(set(ids)) != len(ids):
        found.append("an id occurs twice")
    found += [f"{what}: a span outside the source" for what, span in spans(notice) if not _inside(span, text)]
    found += _unlike_source(notice)
    if parse(text) != notice:
        found.append("a second parse differs")
    return found


def claims(notice: Notice) -> Iterator[tuple[Span, str]]:
    """The characters that a field, a number, a heading or a clause says are its own."""
    yield from ((span, name) for name, span in notice.fields)
    yield from ((span, "clause") for span in notice.clauses)
    for node in notice.walk():
        yield (node.span[0], node.span[0] + len(node.number)), f"number of {node.id}"
        yield from ((span, f"clause of {node.id}") for span in node.clauses)
        if node.title_span is not None:
            yield node.title_span, f"heading of {node.id}"


def spans(notice: Notice) -> Iterator[tuple[str, Span]]:
    """Every span of a notice, with what it is of."""
    yield from notice.fields
    for name, each in (("clause", notice.clauses), ("layout", notice.layout)):
        yield from ((name, span) for span in each)
    for plan in notice.plans:
        yield "plan", plan.span
    for diagnostic in notice.diagnostics:
        yield diagnostic.code, diagnostic.span
    for owner in (notice, *notice.walk()):
        for kind in (owner.duties, owner.deadlines, owner.citations):
            yield from ((type(each).__name__, each.span) for each in kind)
    for node in notice.walk():
        yield node.id, node.span
        yield from (("clause", span) for span in node.clauses)
        if node.title_span is not None:
            yield "title", node.title_span


def _inside(span: Span, text: str) -> bool:
    return 0 <= span[0] <= span[1] <= len(text)


def _unlike_source(notice: Notice) -> Iterator[str]:
    """The words that are not the characters of their span, blanks and marks of the page aside."""
    for name, value in (
        ("title", notice.title),
        ("document_number", notice.document_number),
        ("signature", "".join(notice.signature)),
    ):
        stand = [words(notice, span) for field, span in notice.fields if field == name]
        if name == "document_number":  # its field holds also the label: 文号：…
            stand = [load().header.number_label.sub("", each).lstrip(":：") for each in stand]
        if value and squeeze(value) not in stand:
            yield f"{name} {value!r} is not what its field says: {stand}"
    for plan in notice.plans:
        if words(notice, plan.span) != squeeze(plan.title):
            yield f"the plan {plan.title!r} is not what is at {plan.span}"
    for owner in (notice, *notice.walk()):
        for duty in owner.duties:
            if not duty.written or words(notice, duty.span) != squeeze(duty.written):
                yield f"{duty.written!r} is not what is at {duty.span}: {words(notice, duty.span)!r}"
        for deadline in owner.deadlines:
            if not deadline.written or not words(notice, deadline.span).startswith(squeeze(deadline.written)):
                yield f"{deadline.written!r} is not what is at {deadline.span}"
    for node in notice.walk():
        if not notice.text.startswith(node.number, node.span[0]):
            yield f"{node.id}: {node.number!r} does not stand at its span"
        for child in node.children:
            if not (node.span[0] < child.span[0] and child.span[1] <= node.span[1]):
                yield f"{child.id} is not inside {node.id}"


def words(notice: Notice, span: Span) -> str:
    """The characters of a span without blanks and without marks of the page."""
    start, end = span
    kept, here = [], start
    for a, b in notice.layout:
        if a < end and b > here:
            kept.append(notice.text[here : max(a, here)])
            here = max(here, min(b, end))
    return squeeze("".join([*kept, notice.text[here:end]]))


def squeeze(written: str) -> str:
    return "".join(char for char in without_radicals(written) if not char.isspace() and char not in ZERO_WIDTH)
