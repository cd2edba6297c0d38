"""Offices: one office under all its names, and only that one."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aiwei_cli.offices import Offices, validate
from aiwei_cli.offices.names import entries, fold
from aiwei_cli.resources import folder

LISTS = ("offices", "central", "departments", "subjects", "kinds", "branch_tails", "endings")


def shipped() -> dict[str, Any]:
    data = yaml.safe_load((folder("rules") / "offices.yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


DATA = shipped()
OFFICES = Offices(DATA)


def with_own(*own: Any) -> Offices:
    """The shipped rules under a user's own entries, as ``--rules`` lays them."""
    return Offices({**DATA, "offices": [*own, *DATA["offices"]]})


# -- the shipped file ----------------------------------------------------------------------------------------------


def test_the_shipped_file_has_the_shape_it_must_have() -> None:
    assert validate(DATA) == []


@pytest.mark.parametrize("section", LISTS)
def test_no_name_stands_for_two_offices(section: str) -> None:
    names = [name for entry in entries(DATA[section]) for name in entry.names]
    assert sorted(set(names)) == sorted(names)


def test_a_successor_is_itself_an_office_of_the_file() -> None:
    for section in ("central", "subjects"):
        known = {name for entry in entries(DATA[section]) for name in entry.names}
        assert {entry.successor for entry in entries(DATA[section]) if entry.successor} <= known


def test_no_listed_department_is_made_of_a_subject_under_another_name() -> None:
    """城管办 is an alias of 城市管理办: 城管 and 办 together must not say otherwise."""
    for entry in entries(DATA["departments"]):
        assert {OFFICES.canonical(name) for name in entry.names if len(name) > 1} <= {entry.names[0]}


@pytest.mark.parametrize("group", range(len(DATA["looks"])))
def test_each_group_of_endings_matches_its_examples(group: int) -> None:
    examples = DATA["looks"][group]["examples"]
    assert examples
    assert [name for name in examples if not OFFICES.looks_like_office(name)] == []


class Anything(frozenset[str]):
    def __contains__(self, sign: object) -> bool:
        return True

    def __or__(self, others: object) -> Anything:  # type: ignore[override]
        return self


def test_what_a_name_ends_in_spares_the_look_up_and_changes_no_answer() -> None:
    slow = Offices(DATA)
    slow.__dict__["_ends_known"] = slow.__dict__["_ends_looking"] = Anything()
    heads = [
        name for key in ("offices", "central", "departments") for names, _, _ in entries(DATA[key]) for name in names
    ]
    tails = [
        name for key in ("branches", "branch_tails", "endings") for names, _, _ in entries(DATA[key]) for name in names
    ]
    words = [
        *heads,
        *(f"甲县{head}" for head in heads),
        *(f"济南{tail}" for tail in tails),
        *(f"中国人民银行济南{tail}" for tail in tails),
        *(f"各{tail}" for tail in DATA["collectives"]["tails"]),
        *(f"甲县水利{end}" for group in DATA["looks"] for end in group["ends"]),
        *DATA["collectives"]["examples"],
        *DATA["never"]["examples"],
        *("各县（", "各县（市、区）", "市发改委（审改办）", "各乡、", "甲县水利", "加强", ""),
    ]
    assert [word for word in words if OFFICES.known(word) != slow.known(word)] == []
    assert [word for word in words if OFFICES.looks_like_office(word) != slow.looks_like_office(word)] == []


def test_collectives_match_their_examples_and_no_others() -> None:
    examples, unlike = DATA["collectives"]["examples"], DATA["collectives"]["unlike"]
    assert [name for name in examples if not (OFFICES.known(name) and OFFICES.looks_like_office(name))] == []
    assert [name for name in unlike if OFFICES.looks_like_office(name)] == []


def test_what_is_never_an_office_does_not_look_like_one() -> None:
    words = [*DATA["never"]["examples"], *DATA["never"]["whole"]]
    assert [word for word in words if OFFICES.looks_like_office(word)] == []


def test_every_name_of_the_file_is_known_and_looks_like_an_office() -> None:
    never = set(DATA["never"]["whole"])
    for section in ("offices", "central", "departments"):
        for entry in entries(DATA[section]):
            for name in entry.names:
                assert len(name) == 1 or name in never or (OFFICES.known(name) and OFFICES.looks_like_office(name))


# -- canonical names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        # the bundled notice
        ("市场监管所", "市场监督管理所"),
        ("各嘎查村社区", "各嘎查村（社区）"),
        ("基层党的建设办", "基层党建办"),
        ("城市管理办", "城市管理办"),
        ("综合执法局", "综合执法局"),
        ("妇联", "妇联"),
        # a level or a place, and a department
        ("市发改委", "市发展和改革委员会"),
        ("市发展改革委", "市发展和改革委员会"),
        ("县发改局", "县发展和改革局"),
        ("市市场监管局", "市市场监督管理局"),
        ("市监局", "市场监督管理局"),
        ("县市监局", "县市场监督管理局"),
        ("北京市住建委", "北京市住房和城乡建设委员会"),
        ("省人力资源社会保障厅", "省人力资源和社会保障厅"),
        ("图克镇财政所", "图克镇财政所"),
        ("苏州市资规局", "苏州市自然资源和规划局"),
        ("站前区住建局", "站前区住房和城乡建设局"),
        ("市(区)住建局", "市（区）住房和城乡建设局"),
        ("市政府外办", "市外事办"),
        ("市政府办公室", "市人民政府办公室"),
        ("省委编办", "省委编办"),
        ("省法院", "省高级人民法院"),
        ("市中院", "市中级人民法院"),
        ("市发改委（审改办）", "市发展和改革委员会（审改办）"),
        # national bodies, whatever the issuer
        ("国家发改委", "国家发展和改革委员会"),
        ("工信部", "工业和信息化部"),
        ("税务总局", "国家税务总局"),
        ("人行中支", "中国人民银行中心支行"),
        ("央行", "中国人民银行"),
        # branches
        ("人行济南分行", "中国人民银行济南分行"),
        ("广东金融监管局", "国家金融监督管理总局广东监管局"),
        ("苏州银保监分局", "中国银行保险监督管理委员会苏州监管分局"),
        ("省地方金融监管局", "省地方金融监督管理局"),
        # 苏州 is short for a city; what has its level is the place of a department
        ("苏州金融监管局", "国家金融监督管理总局苏州监管局"),
        ("浙江金融监管局", "国家金融监督管理总局浙江监管局"),
        ("楚雄州金融监管局", "楚雄州金融监督管理局"),
        ("沙县金融监管局", "沙县金融监督管理局"),
        ("苏州市金融监管局", "苏州市金融监督管理局"),
        # the end of any name
        ("深圳市政府", "深圳市人民政府"),
        ("各级党委政府", "各级党委政府"),
        ("崖州湾科技城管理委员会", "崖州湾科技城管委会"),
        # collectives
        ("各县(市、区)政府", "各县（市、区）人民政府"),
        ("各县市区人民政府", "各县（市、区）人民政府"),
        # a historic office keeps its name
        ("银保监会", "中国银行保险监督管理委员会"),
        ("市环保局", "市环境保护局"),
        # as written
        ("哈城发投集团", "哈城发投集团"),
        ("各场景", "各场景"),
    ],
)
def test_canonical(written: str, canonical: str) -> None:
    assert OFFICES.canonical(written) == canonical


@pytest.mark.parametrize(
    ("bare", "national"),
    [
        ("发展改革委", "国家发展和改革委员会"),
        ("卫生健康委", "国家卫生健康委员会"),
        ("统计局", "国家统计局"),
        ("民航局", "中国民用航空局"),
        ("国资委", "国务院国有资产监督管理委员会"),
        ("网信办", "国家互联网信息办公室"),
        ("妇联", "中华全国妇女联合会"),
    ],
)
def test_a_bare_name_is_national_in_a_central_notice_only(bare: str, national: str) -> None:
    assert OFFICES.canonical(bare, level="central") == national
    assert OFFICES.canonical(bare) != national
    assert OFFICES.canonical(bare, level="city") == OFFICES.canonical(bare)


def test_nobody_is_made_national_by_a_general_word() -> None:
    assert OFFICES.canonical("银行", level="central") == "银行"
    assert OFFICES.canonical("财政厅", level="central") == "财政厅"


def test_a_shared_prefix_goes_before_departments_and_nothing_else() -> None:
    assert OFFICES.canonical("交通运输厅", level="province", prefix="省") == "省交通运输厅"
    assert OFFICES.canonical("市场监管局", level="city", prefix="市") == "市市场监督管理局"
    assert OFFICES.canonical("法院", prefix="省") == "省高级人民法院"
    assert OFFICES.canonical("财政局", prefix="市政府") == "市财政局"
    assert OFFICES.canonical("财政局", prefix="高新") == "高新财政局"
    for other in ("海关总署", "青岛海关", "各市人民政府", "省财政厅"):
        assert OFFICES.canonical(other, prefix="省") == OFFICES.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("水利局", "水务局"),
        ("市发改委", "市发改局"),
        ("市委金融办", "市金融办"),
        ("市财政局", "财政局"),
        ("市财政局", "县财政局"),
        ("农业局", "农业农村局"),
        ("金融监管总局", "银保监会"),
        ("总工会", "工会"),
        ("各区人民政府", "各县（市、区）人民政府"),
    ],
)
def test_different_offices_stay_apart(one: str, other: str) -> None:
    assert OFFICES.canonical(one) != OFFICES.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("各县（市、区）人民政府", "各县(市、区)人民政府"),
        ("县〔市、区〕人民政府", "县（市、区）政府"),
        ("市 发\n改委", "市发改委"),
        ("市\u3000住建局", "市住房和城乡建设局"),
    ],
)
def test_brackets_and_white_space_make_no_difference(one: str, other: str) -> None:
    assert OFFICES.canonical(one) == OFFICES.canonical(other)


@given(st.text(alphabet="省市县区镇各政府委局办财发改和（）、()〔〕 一a1", max_size=70))
def test_a_canonical_name_is_its_own_canonical_name(written: str) -> None:
    canonical = OFFICES.canonical(written)
    assert OFFICES.canonical(canonical) == canonical
    assert canonical in OFFICES.expand(written)


# -- one office by all its names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("市场监管所", {"市场监管所", "市场监督管理所", "市监所"}),
        ("市场监督管理所", {"市场监管所", "市场监督管理所"}),
        ("各嘎查村社区", {"各嘎查村（社区）", "各嘎查村社区"}),
        ("市发改委", {"市发展和改革委员会", "市发展改革委", "市发改委"}),
        ("发展改革委", {"发展和改革委员会", "国家发展和改革委员会"}),
        ("图克镇城管办", {"图克镇城市管理办", "图克镇城市管理办公室"}),
        ("银保监会", {"国家金融监督管理总局", "金融监管总局", "银监会", "保监会"}),
        ("金融监管总局", {"中国银行保险监督管理委员会", "银保监会"}),
        ("农业农村部", {"国家乡村振兴局", "国务院扶贫办", "农业部"}),
        ("市卫健委", {"市卫计委", "市卫生和计划生育委员会"}),
        ("市旅游发展委员会", {"市文化和旅游局"}),
        ("县扶贫办", {"县乡村振兴局", "县农业农村局"}),
        ("广东金融监管局", {"国家金融监督管理总局广东监管局", "中国银行保险监督管理委员会广东监管局"}),
        ("豫宁街道办", {"豫宁街道办事处"}),
        ("哈城发投集团", {"哈城发投集团"}),
    ],
)
def test_a_query_finds_an_office_by_any_of_its_names(query: str, finds: set[str]) -> None:
    assert finds <= OFFICES.expand(query)


def test_a_query_finds_no_other_office() -> None:
    assert "市发展和改革局" not in OFFICES.expand("市发改委")
    assert "省发展和改革委员会" not in OFFICES.expand("市发改委")
    assert "市发改委员会" in OFFICES.expand("市发改委")
    assert OFFICES.expand("国家发改委") == {"国家发展和改革委员会", "国家发展改革委", "国家发改委"}


def test_aliases_are_the_usual_other_names() -> None:
    assert "市发改委" in OFFICES.aliases("市发展改革委")
    assert "市发改委员会" not in OFFICES.aliases("市发展改革委")
    assert OFFICES.aliases("各嘎查村（社区）") == ("各嘎查村社区",)
    assert "银保监会" not in OFFICES.aliases("金融监管总局")
    assert OFFICES.aliases("哈城发投集团") == ()


def test_a_historic_office_tells_its_last_year() -> None:
    assert OFFICES.until("银保监会") == 2023
    assert OFFICES.until("市环保局") == 2018
    assert OFFICES.until("县扶贫办") == 2021
    assert OFFICES.until("市财政局") is None


@pytest.mark.parametrize(
    "name", ["市财政局", "财政局", "国家发展改革委", "省委组织部", "各有关部门", "青岛银保监局", "县（市、区）人民政府"]
)
def test_known(name: str) -> None:
    assert OFFICES.known(name)


@pytest.mark.parametrize("name", ["哈城发投集团", "某某局", "市某某局", "北京", "", "财政", "省", "局"])
def test_unknown(name: str) -> None:
    assert not OFFICES.known(name)


def test_a_collective_of_more_than_a_line_is_none() -> None:
    name = f"各乡镇人民政府{'甲' * 15}部门"
    assert len(name) == 24 and OFFICES.known(name)
    assert not OFFICES.known(name.replace("甲", "甲甲", 1))


def test_what_an_office_is_about_has_no_place_level_or_kind() -> None:
    assert OFFICES.subjects("省财政厅") == OFFICES.subjects("某某市财政局") == {"财政"}
    assert OFFICES.subjects("省财政厅").isdisjoint(OFFICES.subjects("省水利厅"))
    # one sign is no subject
    assert OFFICES.subjects("市教委") == {"教育", "教委"}


def test_words_for_jieba_have_two_characters_and_more() -> None:
    words = OFFICES.words()
    assert {"妇联", "发改委", "城市管理办", "国家发展和改革委员会", "市场监督管理所"} <= set(words)
    assert all(len(word) > 1 for word in words)
    assert len(words) == len(set(words))


# -- a user's own entries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "own", [{"name": "城市管理办公室", "aliases": ["城管办"]}, "城市管理办公室 = 城管办", {"name": "城市管理办公室"}]
)
def test_a_users_name_is_the_canonical_one(own: Any) -> None:
    offices = with_own(own)
    for name in ("城管办", "城市管理办", "城市管理办公室"):
        assert offices.canonical(name) == "城市管理办公室"
        assert {"城管办", "城市管理办", "城市管理办公室"} <= offices.expand(name)


def test_a_user_may_rename_a_shipped_office_and_add_to_it() -> None:
    offices = with_own({"name": "发改委（国家）", "aliases": ["国家发改委", "国发改"]})
    assert offices.canonical("国家发展改革委") == "发改委(国家)".replace("(", "（").replace(")", "）")
    assert offices.canonical("国发改") == offices.canonical("国家发展和改革委员会")


def test_a_users_predecessor_is_found_but_keeps_its_name() -> None:
    offices = with_own({"name": "财政所", "formerly": [{"name": "财政经济办", "until": 2021}]})
    assert offices.canonical("财政经济办") == "财政经济办"
    assert offices.until("财政经济办") == 2021
    assert "财政所" in offices.expand("财政经济办")
    assert "财政经济办" in offices.expand("财政所")


def test_a_users_successor_need_not_be_known() -> None:
    offices = Offices({**DATA, "departments": [{"name": "旧事办", "successor": "新事社"}, *DATA["departments"]]})
    assert {"县旧事办", "县新事社"} <= offices.expand("县旧事办")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"aliases": ["城管办"]}, "缺少 name"),
        ({"name": "城市管理办公室", "aliases": "城管办"}, "aliases"),
        ({"name": "城市管理办公室", "aliases": [12]}, "12"),
        ({"name": "城市管理办公室", "alias": ["城管办"]}, "alias"),
        ({"name": "城市管理办公室", "until": "去年"}, "until"),
        ({"name": "城市管理办公室", "formerly": ["城管办"]}, "formerly"),
        (["城管办"], "正式名称"),
        ("= 城管办", "正式名称"),
    ],
)
def test_a_faulty_entry_is_named_with_its_place(entry: Any, words: str) -> None:
    problems = validate({**DATA, "offices": [entry, *DATA["offices"]]})
    assert problems
    assert all(problem.startswith("offices 第 1 条") for problem in problems)
    assert any(words in problem for problem in problems)


def test_a_missing_or_misshapen_section_is_named() -> None:
    assert any("central" in problem for problem in validate({k: v for k, v in DATA.items() if k != "central"}))
    assert any("levels" in problem for problem in validate({**DATA, "levels": "市"}))
    assert any("heads" in problem for problem in validate({**DATA, "collectives": {"tails": []}}))
    assert any("looks 第 1 组" in problem for problem in validate({**DATA, "looks": [{"ends": "局"}]}))


# -- names that were run together ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("城市管理办财政所", ["城市管理办", "财政所"]),
        ("社会事务办基层党建办平安建设办", ["社会事务办", "基层党建办", "平安建设办"]),
        ("城市管理办综合执法局", ["城市管理办", "综合执法局"]),
        ("财政局税务局", ["财政局", "税务局"]),
        ("市财政局市税务局", ["市财政局", "市税务局"]),
        ("财政部税务总局", ["财政部", "税务总局"]),
        ("城市管理办 财政所", ["城市管理办", "财政所"]),
        ("宣传部组织部", ["宣传部", "组织部"]),
        ("发改委财政厅", ["发改委", "财政厅"]),
        ("财政所图克镇城市管理办", ["财政所", "图克镇城市管理办"]),
    ],
)
def test_a_run_of_known_offices_is_split(run: str, pieces: list[str]) -> None:
    assert OFFICES.split_run(run) == pieces


@pytest.mark.parametrize(
    "name",
    [
        "省委组织部",
        "市委宣传部",
        "海关总署广东分署",
        "人民银行济南分行",
        "国家发展改革委能源局",
        "发展改革委能源局",
        "市政府办公室",
        "市公安局交警支队",
        "公安局派出所",
        "市卫健委医政科",
        "市场监管局市场监管所",
        "市财政局税务局",
        "综合执法局城市管理办",
        "行政服务中心管委会",
        "财政部能源局",
        "财政局财政局",
        "税务总局水利局",
        "发改委财政局",
        "党委宣传部",
        "市财政局财政部",
        "图克镇财政所石桥镇城市管理办",
        "城市管理办某某办",
        "市住房和城乡建设局",
        "科技和信息化局",
        "财政所",
        "",
    ],
)
def test_one_office_or_an_unknown_name_is_not_split(name: str) -> None:
    assert OFFICES.split_run(name) is None


def test_the_notices_own_names_help_to_split() -> None:
    assert OFFICES.split_run("城市管理办某某办", {"某某办", "城市管理办"}) == ["城市管理办", "某某办"]
    assert OFFICES.split_run("综合执法局城市管理办", {"综合执法局", "城市管理办"}) == ["综合执法局", "城市管理办"]
    assert OFFICES.split_run("某某办城市管理办", {"某某办"}) == ["某某办", "城市管理办"]
    assert OFFICES.split_run("图克镇财政所某某办", {"某某办"}) == ["图克镇财政所", "某某办"]
    assert OFFICES.split_run("发改委财政局", {"发改委", "财政局"}) == ["发改委", "财政局"]
    for one in ("综合执法局", "城市管理办"):  # the other may be its part
        assert OFFICES.split_run("综合执法局城市管理办", {one}) is None
    assert OFFICES.split_run("财政局某某科", {"财政局", "某某科"}) is None
    assert OFFICES.split_run("某办城市管理办", {"某办"}) is None
    assert OFFICES.split_run("国家发展改革委能源局", {"国家发展改革委", "能源局"}) is None
    assert OFFICES.split_run("市公安局交警支队", {"市公安局", "交警支队"}) is None


@given(st.lists(st.sampled_from(["城市管理办", "财政所", "综合执法局", "财政部", "市", "税务局", "和"]), max_size=12))
def test_the_pieces_of_a_run_are_the_run(parts: list[str]) -> None:
    run = "".join(parts)
    pieces = OFFICES.split_run(run)
    assert pieces is None or (len(pieces) > 1 and "".join(pieces) == run and all(map(OFFICES.known, pieces)))


# -- the look of an office -----------------------------------------------------------------------------------------


LIKE = """
财政部 省科技厅 市重大项目办 综规处 晋阳海关 国网太原供电公司 人民银行济南分行 广安经开区 北京冬奥组委 有关区县政府
17个市级帮扶集团牵头单位 市(区)不动产登记中心 各县（市、区）人民政府 各区 各地区 各街道 省有关部门单位 省政府督查室
日照市财政局 原州区财政局 含山县财政局 省市场监管厅(省知识产权局)
"""
UNLIKE = """
北京 呈贡区 昆明市 试行 以下简称开发区管委会 下同 含公安局 含市财政局 包括市财政局 不含青岛海关 详见附件 2023年底前
国发〔2020〕15号 单位 部门 由财政局负责 公共厕所 一网通办 工作格局 依法查处 征求意见稿 原工商局 用于城市管理的中心 局
"""


@pytest.mark.parametrize("name", LIKE.split())
def test_an_office_looks_like_one(name: str) -> None:
    assert OFFICES.looks_like_office(name)


@pytest.mark.parametrize("words", ["", *UNLIKE.split()])
def test_prose_and_places_do_not(words: str) -> None:
    assert not OFFICES.looks_like_office(words)


# -- the issuer's level --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("国务院办公厅", "central"),
        ("生态环境部", "central"),
        ("财政部办公厅", "central"),
        ("财政部金融司", "central"),
        ("海关总署广东分署", None),
        ("财政部 税务总局", "central"),
        ("国家发展改革委办公厅", "central"),
        ("国务院促进中小企业发展工作领导小组办公室", "central"),
        ("全国爱国卫生运动委员会", "central"),
        ("甘肃省交通运输厅", "province"),
        ("中共甘肃省委", "province"),
        ("内蒙古自治区人民政府办公厅", "province"),
        ("北京市政务公开领导小组办公室", "province"),
        ("省政府办公厅", "province"),
        ("新疆生产建设兵团", "province"),
        ("广安市人民政府办公室", "city"),
        ("新乡市市场监督管理局", "city"),
        ("景德镇市人民政府", "city"),
        ("延边朝鲜族自治州人民政府", "city"),
        ("锡林郭勒盟行政公署", "city"),
        ("国家税务总局广安市税务局", "city"),
        ("广安市返乡下乡创业联席会议办公室", "city"),
        ("广安市农村工作领导小组办公室", "city"),
        ("市乡村振兴局", "city"),
        ("上海市黄浦区人民政府办公室", "county"),
        ("杭州市临平区人民政府", "county"),
        ("昆明市寻甸回族彝族自治县人民政府", "county"),
        ("达拉特旗人民政府", "county"),
        ("图克镇人民政府", "town"),
        ("中共图克镇委员会", "town"),
        ("豫宁街道办事处", "town"),
        ("巴音苏木人民政府", "town"),
        ("张家村村民委员会", "village"),
        ("巴音嘎查", "village"),
        ("海关总署广东分署", None),
        ("中国人民银行济南分行", None),
        ("市场监督管理局", None),
        ("某某集团", None),
        ("", None),
    ],
)
def test_level_of(issuer: str, level: str | None) -> None:
    assert OFFICES.level_of(issuer) == level


@given(st.text(max_size=120))
def test_any_text_at_all_is_answered(text: str) -> None:
    assert fold(OFFICES.canonical(text)) == OFFICES.canonical(text)
    assert OFFICES.level_of(text) in (None, "central", "province", "city", "county", "town", "village")
    assert isinstance(OFFICES.looks_like_office(text), bool)
    assert isinstance(OFFICES.known(text), bool)
