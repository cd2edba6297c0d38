"""Rules: every pattern matches its examples, a user's own folder adds to them, and a wrong file is told as such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shell import aiwei

from aiwei_cli.compiled import Rules, load
from aiwei_cli.errors import RulesError
from aiwei_cli.language.numerals import counted, filled_in
from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.parts import verify
from aiwei_cli.parsing import parse
from aiwei_cli.parsing.clauses.words import Adverbs

RULES = load()
ROLES, NUMBERING = RULES.data["roles"], RULES.data["numbering"]


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each pattern of ``roles.yaml`` with the name of its list."""
    for key in ("standing", "others"):
        yield from ((key, entry) for entry in ROLES[key])
    for key, value in ROLES["document"].items():
        yield from ((key, entry) for entry in value if isinstance(entry, dict))


@pytest.mark.parametrize(
    ("key", "pattern", "example"),
    [(key, entry["pattern"], str(example)) for key, entry in entries() for example in entry["examples"]],
)
def test_a_pattern_of_the_roles_matches_its_example_whole(key: str, pattern: str, example: str) -> None:
    match = re.compile(pattern).search(example)
    assert match is not None
    if key != "all_below":  # what is after it belongs to the sentence
        assert match[0] == example


@pytest.mark.parametrize(
    "adverb", [str(each) for entry in ROLES["adverbs"] for key in ("words", "examples") for each in entry.get(key, ())]
)
def test_an_adverb_is_found_whole_before_its_verb(adverb: str) -> None:
    words = f"市水利局{adverb}"
    assert Adverbs(ROLES["adverbs"]).begin(words, 0, len(words)) == len("市水利局")


def test_a_rule_for_the_document_is_tried_where_one_of_its_words_is() -> None:
    for key, entry in entries():
        for example in entry["examples"] if "needs" in entry else ():
            assert any(word in example for word in entry["needs"]), (key, example)


@pytest.mark.parametrize(
    ("kind", "example"), [(kind, example) for kind in NUMBERING["kinds"] for example in kind["examples"]]
)
def test_a_kind_of_number_matches_its_example_whole(kind: dict[str, Any], example: str) -> None:
    match = re.compile(filled_in(kind["pattern"])).match(example)
    assert match is not None
    # The word after a number without a mark is no part of it.
    assert match[0] == (re.sub(r"\D", "", example) if kind["kind"] == "bare" else example)
    assert counted(example, kind["value"]) > 0


@pytest.mark.parametrize("kind", NUMBERING["kinds"], ids=lambda kind: kind["kind"])
def test_a_text_that_begins_with_each_kind_of_number_has_a_node(kind: dict[str, Any]) -> None:
    for example in kind["examples"]:
        if counted(example, kind["value"]) == 1 and kind["kind"] not in ("decimal", "bare"):
            assert [node.number for node in parse(f"{example}清淤\n").walk()] == [example]


def test_every_verb_gives_its_role() -> None:
    for role, verbs in ROLES["verbs"].items():
        for verb in verbs:
            assert roles(parse(f"1.清淤（市水利局、市财政局{verb}）。")) == [(role, "市水利局"), (role, "市财政局")], (
                verb
            )


def test_every_label_gives_its_role() -> None:
    for role in ("lead", "responsible", "support"):
        for stem in ROLES["labels"][role]:
            if stem == "主要责任":  # leads only beside another field: label-main-alone
                continue
            for tail in ("单位", "部门"):
                assert roles(parse(f"1.清淤（{stem}{tail}：市水利局）。")) == [(role, "市水利局")], stem + tail


def test_the_fields_that_name_no_office_give_no_duty() -> None:
    for kind in ("person", "other", "deadline"):
        for word in ROLES["fields"][kind]:
            read = parse(f"1.清淤（责任单位：市水利局；{word}：2024年6月底前）。")
            assert roles(read) == [("responsible", "市水利局")], word
            assert [each.date for each in read.body[0].deadlines] == ["2024-06-30"] * (kind == "deadline"), word


def roles(notice: Notice) -> list[tuple[str, str]]:
    return [(duty.role, duty.written) for node in notice.walk() for duty in node.own_duties]


# -- a user's own ------------------------------------------------------------------------------------------------------


def folder(path: Path, **files: str) -> Path:
    for name, content in files.items():
        (path / f"{name}.yaml").write_text(content, "utf-8")
    return path


def test_own_aliases_join_the_shipped_ones(tmp_path: Path) -> None:
    own = load(folder(tmp_path, offices="offices:\n- {name: 青苗工作站, aliases: [青苗站]}\n"))
    read = parse("1.育秧（青苗站牵头，市场监管所配合）。", rules=own)
    assert [duty.office for duty in read.body[0].duties] == ["青苗工作站", "市场监督管理所"]
    assert [each.code for each in read.diagnostics] == []


def test_own_verbs_and_labels_are_read(tmp_path: Path) -> None:
    text = "1.育秧（农技站兜底）。\n2.插秧（兜底单位：农技站）。\n"
    assert roles(parse(text)) == []
    own = load(folder(tmp_path, roles="verbs: {lead: [兜底]}\nsure: [兜底]\nlabels: {lead: [兜底]}\n"))
    assert roles(parse(text, rules=own)) == [("lead", "农技站")] * 2


HEADER = {
    "metadata: {keys: [公文流水号]}": "公文流水号：0001\n关于修路的通知\n1.修路。\n",
    "metadata: {here: [阅读位置]}": "阅读位置：政务公开\n关于修路的通知\n1.修路。\n",
    "notes: {lines: [公开范围]}": "关于修路的通知\n公开范围：全社会\n石桥县水利局\n2024年3月1日\n1.修路。\n",
    "notes: {credits: [供稿]}": "1.修路。\n供稿：王小明\n",
    "footer: {boxed: [我要纠错]}": "1.修路。\n2.架桥。\n【我要纠错】\n",
    "footer: {keepers: [经办], boxed: [纠错]}": "1.修路。\n2.架桥。\n经办单位：县档案馆\n【纠错】\n",
    "copies: [抄发]": "1.修路。\n抄发：县档案馆\n",
    "annexes: {list: [附图]}": "1.修路。\n附图：1.线路图\n",
    "number: {labels: [公文编号]}": "关于修路的通知\n公文编号：石水〔2024〕3号\n1.修路。\n",
    "number: {orders: [布告]}": "石桥县人民政府布告\n第3号\n1.修路。\n",
    "addressed: {words: [合作社]}": "关于修路的通知\n东山合作社：\n1.修路。\n",
    "title: {drafts: [内部稿]}": "关于修路的通知\n（内部稿）\n1.修路。\n",
    "title: {masthead: [公文]}": "石桥县人民政府公文\n关于修路的通知\n1.修路。\n",
    "published: [签发]": "1.修路。\n石桥县水利局\n2024年3月1日签发\n",
}


@pytest.mark.parametrize("own", HEADER)
def test_each_list_of_the_header_takes_own_words(tmp_path: Path, own: str) -> None:
    text = HEADER[own]
    shipped, read = parse(text), parse(text, rules=load(folder(tmp_path, header=own + "\n")))
    fields = [(name, text[a:b]) for name, (a, b) in read.fields]
    assert fields != [(name, text[a:b]) for name, (a, b) in shipped.fields]
    word = own.rstrip("}]").rpartition("[")[2]
    assert any(word in words for _, words in fields)
    assert verify(read).ok


def test_own_ends_of_names_hold_for_who_signs(tmp_path: Path) -> None:
    own = load(folder(tmp_path, offices="ends: {organs: [衙]}\n"))
    text = "1.修路。\n石桥县城建衙\n2024年3月1日\n"
    assert parse(text).signature == ()
    assert parse(text, rules=own).signature == ("石桥县城建衙",)


def test_own_words_shorten_names(tmp_path: Path) -> None:
    own = load(folder(tmp_path, offices="shortened: {words: [后文称]}\n"))
    text = "石桥镇综合执法局（后文称执法局）领头。\n1.巡查（执法局负责）。\n"
    assert parse(text).body[0].duties[0].office == "执法局"
    assert parse(text, rules=own).body[0].duties[0].office == "石桥镇综合执法局"


@pytest.mark.parametrize(
    ("own", "text"),
    [
        ("explains: {alone: [涵盖]}", "1.修路（涵盖县水利局、县财政局）。\n"),
        ("explains: {holds: [杂志社]}", "1.修路（县教育局、山河杂志社委员会）。\n"),
        ("explains: {seats: [挂靠在]}", "1.修路（办公室挂靠在县水利局、县财政局）。\n"),
    ],
)
def test_own_words_tell_brackets_that_explain(tmp_path: Path, own: str, text: str) -> None:
    read = parse(text, rules=load(folder(tmp_path, roles=own + "\n")))
    assert parse(text).body[0].duties != ()
    assert read.body[0].duties == ()


def test_an_own_beginning_is_no_doubt(tmp_path: Path) -> None:
    text = "1.修路（遵照县水利局包干）。\n"
    own = load(folder(tmp_path, roles="explains: {begins: [遵照]}\n"))
    assert "C001" in [each.code for each in parse(text).diagnostics]
    assert "C001" not in [each.code for each in parse(text, rules=own).diagnostics]


@pytest.mark.parametrize(
    ("ranks", "cut"),
    [
        ("{}", ["城市管理办育秧坊"]),
        ("{low: [坊]}", []),
        ("{high: [坊]}", ["城市管理办育秧坊", "财政局育秧坊"]),
    ],
)
def test_own_ranks_tell_what_is_a_part_of_the_office_before(tmp_path: Path, ranks: str, cut: list[str]) -> None:
    """办 has the middle rank and 局 the high one; what is lower than the office before it is a part of that."""
    offices = load(folder(tmp_path, offices=f"departments: [育秧坊]\nranks: {ranks}\n")).offices
    assert [run for run in ("城市管理办育秧坊", "财政局育秧坊") if offices.split_run(run)] == cut


def test_own_verbs_end_the_clause_before_a_number(tmp_path: Path) -> None:
    text = "1.修路（石桥镇包干）2架桥。\n3.种树。\n"
    assert [node.id for node in parse(text).body] == ["1", "3"]
    own = load(folder(tmp_path, roles="verbs: {lead: [包干]}\nsure: [包干]\n"))
    assert [node.id for node in parse(text, rules=own).body] == ["1", "2", "3"]


def test_an_own_pattern_of_adverbs_is_no_part_of_the_office(tmp_path: Path) -> None:
    text = "1.育秧（农技站轮流负责，财政局轮流配合）。"
    own = load(folder(tmp_path, roles="adverbs: [{pattern: '轮[流换]', examples: [轮流]}]\n"))
    assert "C002" in [each.code for each in parse(text).diagnostics]
    read = parse(text, rules=own)
    assert roles(read) == [("responsible", "农技站"), ("support", "财政局")]
    assert "C002" not in [each.code for each in read.diagnostics]


def test_an_own_office_may_end_like_a_word_that_no_rule_knows(tmp_path: Path) -> None:
    text = "1.育秧（市水利局跟办、财政局负责）。"
    assert roles(parse(text)) == [("responsible", "财政局")]
    own = load(folder(tmp_path, offices="offices: [市水利局跟办]\n"))
    assert roles(parse(text, rules=own)) == [("responsible", "市水利局跟办"), ("responsible", "财政局")]


def test_an_own_rule_for_the_document_needs_no_words(tmp_path: Path) -> None:
    text = "1.育秧（农技站、农机站负责，打头阵者牵头，下同）。"
    assert ("lead", "农技站") not in roles(parse(text))
    own = "document:\n  first_leads:\n  - {pattern: '打头阵者牵头', examples: [打头阵者牵头]}\n"
    assert ("lead", "农技站") in roles(parse(text, rules=load(folder(tmp_path, roles=own))))


def test_own_fields_and_times_are_read(tmp_path: Path) -> None:
    own = load(folder(tmp_path, roles="fields: {deadline: [收官节点]}\n"))
    read = parse("1.育秧（责任单位：农技站；收官节点：2024年5月底）。", rules=own)
    assert roles(read) == [("responsible", "农技站")]
    assert [each.date for each in read.body[0].deadlines] == ["2024-05-31"]


def test_an_own_kind_of_number_is_the_outermost(tmp_path: Path) -> None:
    kind = "{kind: task, level: 1, value: chinese, pattern: '任务{n}[：:]', examples: ['任务一：', '任务十二：']}"
    own = load(folder(tmp_path, numbering=f"kinds:\n- {kind}\n"))
    read = parse("任务一：治水\n1.清淤（水利局负责）\n任务二：治气\n1.控煤\n", rules=own)
    assert [node.id for node in read.walk()] == ["任务一", "任务一/1", "任务二", "任务二/1"]


def own_kind(path: Path, level: int, pattern: str = "步骤{n}[：:]", begins: str = "") -> Rules:
    begins = f"begins: '{begins}', " if begins else ""
    kind = f"{{kind: own, level: {level}, value: chinese, {begins}pattern: '{pattern}', examples: ['步骤一：']}}"
    return load(folder(path, numbering=f"kinds:\n- {kind}\n"))


OWN_PLACES = {
    0: ["一", "步骤一", "步骤一/一", "步骤一/一/1", "步骤二", "步骤二/1"],
    1: ["一", "步骤一", "步骤一/一", "步骤一/一/1", "步骤二", "步骤二/1"],  # of two of one level the user's is outer
    2: ["一", "一/步骤一", "一#2", "一/1", "一/步骤二", "一/步骤二/1"],
    3: ["一", "一/步骤一", "一#2", "一/1", "一/步骤二", "一/步骤二/1"],
    4: ["一", "一/步骤一", "一#2", "一/1", "一/1/步骤二", "一/1#2"],
}


@pytest.mark.parametrize("level", OWN_PLACES)
def test_an_own_kind_of_number_stands_by_its_level(tmp_path: Path, level: int) -> None:
    text = "一、流程\n步骤一：登记\n一、材料\n1.表\n步骤二：复核\n1.章\n"
    assert [node.id for node in parse(text, rules=own_kind(tmp_path, level)).walk()] == OWN_PLACES[level]


def test_an_own_kind_leaves_the_order_of_the_others(tmp_path: Path) -> None:
    shipped, own = load().numbering, own_kind(tmp_path, 3).numbering
    order = sorted(shipped.kinds, key=shipped.ranks.__getitem__)
    assert [kind for kind in sorted(own.kinds, key=own.ranks.__getitem__) if kind != "own"] == order
    # The list is from the outermost to the innermost; a bare number is placed as 1. is.
    assert [kind for kind in order if kind != "bare"] == [
        entry["kind"] for entry in NUMBERING["kinds"] if entry["kind"] != "bare"
    ]


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("步骤{n}[：:]", ""),  # it begins with 步, as anybody sees
        ("步骤{n}[：:]", "步"),
        ("(?:步骤|阶段){n}[：:]", ""),  # nobody says with what: it is tried at every line
        ("[步]骤{n}[：:]", ""),
        ("步?骤?{n}：", ""),
        ("(?=.骤){s}步骤{n}：", ""),
        ("阶?步骤{n}：", ""),
        ("阶*步骤{n}：", ""),
        ("阶{0}步骤{n}：", ""),
        ("阶段{n}：|步骤{n}：", ""),
        ("{n}段|步骤{n}：", ""),
    ],
)
@pytest.mark.parametrize("text", ["步骤一：登记\n步骤二：复核\n", "登记簿的流程：步骤一：登记。步骤二：复核。" * 20])
def test_an_own_kind_is_found_whatever_it_begins_with(tmp_path: Path, pattern: str, begins: str, text: str) -> None:
    read = parse(text, rules=own_kind(tmp_path, 2, pattern, begins))
    assert [node.id for node in read.walk()][:2] == ["步骤一", "步骤二"]


def test_the_shipped_kinds_begin_with_what_they_say() -> None:
    """What ``begins`` leaves out is never looked at: so no sign beside those may begin a number of the kind."""
    signs = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000]
    for entry in NUMBERING["kinds"]:
        begins = entry["begins"].replace("{n}", "零〇○一二三四五六七八九十百").replace("{d}", "0-9０-９")
        form, allowed = re.compile(filled_in(entry["pattern"])), re.compile(f"[{begins}]")
        for rest in {str(example)[1:] + "一" for example in entry["examples"]}:
            found = "".join(sign for sign in signs if form.match(sign + rest) and not allowed.match(sign))
            assert not found, (entry["kind"], rest, found)
        assert all(allowed.match(str(example)) for example in entry["examples"])


def test_own_rules_leave_the_shipped_ones_alone(tmp_path: Path) -> None:
    load(folder(tmp_path, roles="verbs: {lead: [兜底]}\nsure: [兜底]\n"))
    assert "兜底" not in load().data["roles"]["verbs"]["lead"]


def test_the_command_takes_own_rules(tmp_path: Path) -> None:
    folder(tmp_path, offices="offices:\n- 青苗工作站 = 青苗站\n")
    text = "1.育秧（青苗站负责）。".encode()
    for ran in (
        aiwei("list", "--rules", tmp_path, "--office", "青苗工作站", stdin=text),
        aiwei("list", "--office", "青苗工作站", stdin=text, AIWEI_RULES=str(tmp_path)),
    ):
        assert (ran.code, len(ran.lines)) == (0, 1)


# -- wrong files -------------------------------------------------------------------------------------------------------

WRONG = {
    "no YAML": ("roles", "verbs: {lead: [兜底\n", "第 2 行第 1 列不是正确的 YAML"),
    "no mapping": ("roles", "- 兜底\n", "规则文件的最外层应当是「名称: 内容」"),
    "unknown item": ("roles", "verb: {lead: [兜底]}\n", "不认识的项目 verb；可用：verbs、"),
    "unknown role": ("roles", "verbs: {boss: [兜底]}\n", "不认识的项目 boss；可用：lead、responsible、support"),
    "no list": ("roles", "sure: 兜底\n", "sure: 这里应当是一个列表"),
    "no text": ("numbering", "measures: 3\n", "measures: 这里应当是文字"),
    "no pattern": ("roles", "others:\n- {examples: [等等]}\n", "要写全 pattern 和 examples"),
    "no examples": ("roles", "others:\n- {pattern: 等等}\n", "要写全 pattern 和 examples"),
    "bad pattern": ("roles", "others:\n- {pattern: '(等', examples: [等]}\n", "不是正确的正则表达式"),
    "bad example": ("roles", "others:\n- {pattern: 等等, examples: [之类]}\n", "认不出它自己的例子「之类」"),
    "half a kind": ("numbering", "kinds:\n- {kind: task}\n", "「task」要写全 kind、level、value、pattern、examples"),
    "bad kind": (
        "numbering",
        "kinds:\n- {kind: task, level: 1, value: digit, pattern: '(', examples: [x]}\n",
        "不是正确的正则表达式",
    ),
    "kind unlike its example": (
        "numbering",
        "kinds:\n- {kind: task, level: 1, value: digit, pattern: '任务{d}', examples: [项目1]}\n",
        "认不出它自己的例子「项目1」",
    ),
    "unknown file": (
        "verbs",
        "lead: [兜底]\n",
        "不认识的规则文件；可用的文件名：numbering.yaml、roles.yaml",
    ),
    "office without a name": ("offices", "offices:\n- {aliases: [青苗站]}\n", "缺少 name（正式名称）"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_is_named_with_the_cure(tmp_path: Path, wrong: str) -> None:
    name, content, message = WRONG[wrong]
    folder(tmp_path, **{name: content})
    with pytest.raises(RulesError) as told:
        load(tmp_path)
    assert str(tmp_path / f"{name}.yaml") in str(told.value)
    assert message in str(told.value)


UNTOLD = {
    "a verb is a number": ("roles", "verbs: {lead: [1]}\n"),
    "a verb is empty": ("roles", "verbs: {lead: ['']}\n"),
    "a label is a number": ("roles", "labels: {lead: [2]}\n"),
    "a field is a number": ("roles", "fields: {deadline: [3]}\n"),
    "examples are no list": ("roles", "others:\n- {pattern: 等, examples: 3}\n"),
    "a rule without its group": ("roles", "document: {all_below: [{pattern: 均需, examples: [均需]}]}\n"),
    "a mark without its group": ("roles", "document: {marked_leads: [{pattern: 加★, examples: [加★]}]}\n"),
    "a broken mark": ("roles", "document: {marked_leads: [{pattern: '加(?P<mark>[★', examples: [加★]}]}\n"),
    "a mark that is a word": ("roles", "document: {marked_leads: [加★为牵头]}\n"),
    "a rule that is a word": ("roles", "document: {first_leads: [列首位为牵头]}\n"),
    "a word that is a rule": ("roles", "document: {henceforth: [{pattern: 下同, examples: [下同]}]}\n"),
    "a time that is a word": ("roles", "standing: [年年]\n"),
    "surnames with a mark": ("roles", "persons: {surnames: 王、李}\n"),
    "flags for the whole": ("roles", "adverbs: [{pattern: '(?i)asap', examples: [ASAP]}]\n"),
    "a count beyond measure": ("roles", "adverbs: [{pattern: '按{99999999999}', examples: [按]}]\n"),
    "two groups of one name": (
        "roles",
        "standing: [{pattern: '(?P<a>年年)', examples: [年年]}, {pattern: '(?P<a>月月)', examples: [月月]}]\n",
    ),
    "a sure word that is no verb": ("roles", "sure: [兜底]\n"),
    "a label alone that is no stem": ("roles", "labels: {alone: [兜底]}\n"),
    "a key of the header is a number": ("header", "metadata: {keys: [1]}\n"),
    "a list of the header is a word": ("header", "copies: {x: 抄发}\n"),
    "an end of several characters": ("offices", "ends: {organs: [衙门]}\n"),
    "what explains is a number": ("roles", "explains: {alone: [1]}\n"),
    "ends that are no list": ("offices", "ends: {organs: 衙}\n"),
    "a rank is a number": ("offices", "ranks: {low: [1]}\n"),
    "a title is a number": ("numbering", "titles: [1]\n"),
    "a title is empty": ("numbering", "titles: ['']\n"),
    "a word for annexes is a number": ("numbering", "annexes: [1]\n"),
    **{
        what: ("numbering", f"kinds:\n- {{{entry}}}\n")
        for what, entry in {
            "the level is no number": "kind: t, level: x, value: digit, pattern: '任务{d}', examples: [任务1]",
            "no such value": "kind: t, level: 1, value: roman, pattern: '任务{d}', examples: [任务1]",
            "the value does not fit": "kind: t, level: 1, value: circled, pattern: '任务{d}', examples: [任务1]",
            "the pattern has a group": "kind: t, level: 1, value: digit, pattern: '(任)务{d}', examples: [任务1]",
            "the pattern is empty": "kind: t, level: 1, value: digit, pattern: '', examples: [任务1]",
            "begins with no text": "kind: t, level: 1, value: digit, begins: 1, pattern: '任务{d}', examples: [任务1]",
            "begins otherwise": "kind: t, level: 1, value: digit, begins: '务', pattern: '任务{d}', examples: [任务1]",
            "the name of a shipped kind": "kind: item, level: 3, value: digit, pattern: '{d}：', examples: ['1：']",
            "the name is a list": "kind: [t], level: 1, value: digit, pattern: '任务{d}', examples: [任务1]",
        }.items()
    },
}


@pytest.mark.parametrize("wrong", UNTOLD)
def test_a_wrong_value_is_told(tmp_path: Path, wrong: str) -> None:
    name, content = UNTOLD[wrong]
    folder(tmp_path, **{name: content})
    with pytest.raises(RulesError, match=name):
        load(tmp_path)


@pytest.mark.parametrize("key", [key for key, value in ROLES["document"].items() if isinstance(value[0], dict)])
def test_every_list_of_patterns_is_looked_at(tmp_path: Path, key: str) -> None:
    """The lists are found by their shape: one that is added later is checked too."""
    folder(tmp_path, roles=f"document: {{{key}: [{{pattern: '(', examples: [一]}}]}}\n")
    with pytest.raises(RulesError, match="不是正确的正则表达式"):
        load(tmp_path)


def test_an_own_mark_of_who_leads_is_read(tmp_path: Path) -> None:
    text = "1.育秧（农技站★、农机站负责，星号★者牵头，下同）。"
    assert ("lead", "农技站") not in roles(parse(text))
    own = "document:\n  marked_leads:\n  - {pattern: '星号(?P<mark>★)者牵头', examples: [星号★者牵头]}\n"
    assert ("lead", "农技站") in roles(parse(text, rules=load(folder(tmp_path, roles=own))))


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_bytes("offices: [青苗站]\n".encode("gb18030"))
    with pytest.raises(RulesError, match="请存为 UTF-8 编码"):
        load(tmp_path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="没有这个规则文件夹"):
        load(tmp_path / "nowhere")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load(folder(tmp_path, roles="# 还没有写\n")).data == RULES.data


def test_the_command_tells_a_wrong_file_without_a_traceback(tmp_path: Path) -> None:
    folder(tmp_path, roles="verb: {}\n")
    ran = aiwei("list", "--rules", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "不认识的项目 verb" in ran.err and "Traceback" not in ran.err
