"""Who does what: what only a reader of clauses can say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aiwei_cli.checking.case import Case, two_thirds
from aiwei_cli.checking.example import HEAD, SIGNED, in_notice
from aiwei_cli.checking.rule import Breach, rule
from aiwei_cli.compiled import Rules
from aiwei_cli.language import wording
from aiwei_cli.language.chars import HAN
from aiwei_cli.language.patterns import either
from aiwei_cli.notice.model import Duty, Node

_DITTO = re.compile(wording.DITTO)
_ONE_LEAD = re.compile(wording.ONE_LEAD)


@rule(
    "D001",
    "support-only",
    "error",
    "只有配合单位，没有牵头或责任单位",
    why="只写谁配合，没写谁牵头、谁负责，事情没有人担。",
    source="实践",
    bad=in_notice("1.修路。铺好路面。（县财政局配合）\n2.清淤。清好沟渠。（县水利局负责）\n"),
    good=in_notice("1.修路。铺好路面。（县住建局牵头，县财政局配合）\n2.清淤。清好沟渠。（县水利局负责）\n"),
)
def support_only(case: Case) -> Iterator[Breach]:
    for node in case.own_nodes:
        own = node.own_duties
        if own and all(duty.role == "support" for duty in node.duties) and not _unread_ditto(case, node):
            yield Breach((own[0].span[0], own[-1].span[1]), "只写了配合单位，没有写谁牵头、谁负责")


def _unread_ditto(case: Case, node: Node) -> bool:
    return "同上" in case.text[slice(*case.own_text(node))]


@rule(
    "D002",
    "no-owner",
    "warning",
    "这一项没有责任单位，同层的其他项有",
    why="同一层的多数事项写明了单位，这一项没有写，多半是漏了。",
    source="实践",
    bad=in_notice("1.修路。（县住建局负责）\n2.清淤。清好沟渠。\n3.植树。（县林业局负责）\n"),
    good=in_notice("1.修路。（县住建局负责）\n2.清淤。（县水利局负责）\n3.植树。（县林业局负责）\n"),
)
def no_owner(case: Case) -> Iterator[Breach]:
    for leaves in case.leaf_families:
        having = [bool(node.duties) for node in leaves]
        for node, has in zip(leaves, having, strict=True):
            if not has and two_thirds(sum(having), len(leaves) - 1) and not _says_who(case, node):
                yield Breach(case.mark(node), "同层的其他事项写明了单位，这一项没有")


def _says_who(case: Case, node: Node) -> bool:
    """Whether a clause is there after all, unread: 同上, or a bracket with a verb that assigns."""
    text = case.text[slice(*case.own_text(node))]
    return (
        "同上" in text or re.search(r"[（(][^（()）]*(?:牵头|负责|配合|责任单位)[^（()）]*[）)]?\s*$", text) is not None
    )


def _by_office(duties: tuple[Duty, ...]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.office, []).append(duty)
    return found


@rule(
    "D003",
    "same-office-twice",
    "error",
    "同一单位在一处分工里写了两遍",
    why="同一种分工里一个单位写了两遍，多半是想写另一个单位。",
    source="实践",
    bad=in_notice("1.修路。（县住建局、县财政局、县住建局负责）\n2.清淤。（县水利局负责）\n"),
    good=in_notice("1.修路。（县住建局、县财政局负责）\n2.清淤。（县水利局负责）\n"),
)
def same_office_twice(case: Case) -> Iterator[Breach]:
    for _, _, duties in case.clauses:
        for office, every in _by_office(duties).items():
            for supports in (False, True) if len(every) > 1 else ():
                same = [duty for duty in every if (duty.role == "support") == supports]
                if len(same) > 1 and same[0].span != same[1].span:
                    yield Breach(same[1].span, f"“{office}”写了两遍")


@rule(
    "D004",
    "lead-and-support",
    "error",
    "同一单位又牵头（负责）又配合",
    why="一处分工里，同一个单位不能既牵头（负责）又配合。",
    source="实践",
    bad=in_notice("1.修路。（县住建局牵头，县住建局、县财政局配合）\n2.清淤。（县水利局负责）\n"),
    good=in_notice("1.修路。（县住建局牵头，县财政局配合）\n2.清淤。（县水利局负责）\n"),
)
def lead_and_support(case: Case) -> Iterator[Breach]:
    for _, _, duties in case.clauses:
        for office, same in _by_office(duties).items():
            support = next((duty for duty in same if duty.role == "support"), None)
            if support is not None and any(duty.role != "support" for duty in same):
                yield Breach(support.span, f"“{office}”在同一处又牵头（负责）又配合")


@rule(
    "D005",
    "two-leads",
    "warning",
    "通知规定一个牵头单位，这里有两个",
    why="通知自己规定每项只有一个牵头单位。没有这样规定的，两个牵头是常见写法。",
    source="实践",
    bad=HEAD + "每项任务只明确一个牵头单位。\n1.修路。（县住建局、县财政局牵头）\n2.清淤。（县水利局牵头）\n" + SIGNED,
    good=in_notice("1.修路。（县住建局、县财政局牵头）\n2.清淤。（县水利局牵头）\n"),
)
def two_leads(case: Case) -> Iterator[Breach]:
    if not any(sign in case.text for sign in wording.SIGNS_OF_ONE_LEAD) or not _ONE_LEAD.search(case.text):
        return
    for _, (start, end), duties in case.clauses:
        leads = [duty for duty in duties if duty.role == "lead"]
        if len({duty.office for duty in leads}) > 1 and "牵头" in case.text[start:end]:
            yield Breach((leads[0].span[0], leads[-1].span[1]), "通知规定只有一个牵头单位，这里写了两个以上")


@rule(
    "D006",
    "role-verb",
    "hint",
    "动词没有说明分工",
    why="“知悉”“关注”“把关”“跟进”说不清是牵头、负责还是配合。",
    source="实践",
    bad=in_notice("1.修路。（县住建局负责，县审计局跟进）\n2.清淤。（县水利局负责）\n"),
    good=in_notice("1.修路。（县住建局负责，县审计局配合）\n2.清淤。（县水利局负责）\n"),
)
def role_verb(case: Case) -> Iterator[Breach]:
    for _, (start, end), _duties in case.clauses:
        for match in _no_role(case.rules).finditer(case.text, start, end):
            yield Breach(match.span(1), f"“{match[1]}”没有说明是牵头、负责还是配合")


@lru_cache(maxsize=8)
def _no_role(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"[{HAN}]{{3,}}?({either(rules.data['checks']['no_role'])})(?=[，,；;。）)、]|$)")


@rule(
    "D007",
    "ditto-without-antecedent",
    "warning",
    "“同上”没有所指",
    why="同一标题下前面没有分工（或没有这种分工），“同上”不知指谁。",
    source="实践",
    bad=in_notice("一、道路\n1.修路。（责任单位同上）\n2.划线。（县住建局负责）\n二、水利\n清淤。\n"),
    good=in_notice("一、道路\n1.划线。（县住建局负责）\n2.修路。（责任单位同上）\n二、水利\n清淤。\n"),
)
def ditto_without_antecedent(case: Case) -> Iterator[Breach]:
    if "同上" not in case.text:
        return
    for parent, nodes in case.families:
        roles: set[str] = {duty.role for duty in parent.duties} if parent else set()
        for node in nodes:
            start, end = case.own_text(node)
            match = _DITTO.search(case.text, start, end)
            if match and not _antecedent(match["role"] or "", roles | {duty.role for duty in node.own_duties}):
                yield Breach(match.span(), "前面没有可以“同上”的分工")
            for below in node.walk():
                roles |= {duty.role for duty in below.own_duties}


def _antecedent(words: str, roles: set[str]) -> bool:
    if "配合" in words or "协" in words:
        return "support" in roles
    if "牵头" in words:
        return "lead" in roles
    return bool(roles & {"lead", "responsible"})
