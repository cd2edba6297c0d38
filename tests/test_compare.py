"""``aiwei diff``: what became of each item of a plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shell import aiwei

from aiwei_cli.compare.changes import Change, compare
from aiwei_cli.compare.force import force_changes
from aiwei_cli.compare.marked import marked
from aiwei_cli.compare.owners import owner_change
from aiwei_cli.compare.reuse import reuse
from aiwei_cli.compiled import load
from aiwei_cli.parsing import parse

RULES = load()
WORDS = RULES.data["compare"]

HEAD = "甲县人民政府办公室关于印发{year}年工作要点的通知\n各乡镇人民政府：\n"
TAIL = "甲县人民政府办公室\n{year}年2月3日\n"
OLD = (
    HEAD
    + (
        "一、改造老旧小区\n"
        "（一）加装电梯。为住宅加装电梯40部，鼓励居民自筹资金。（县住建局牵头，县财政局配合；11月底前完成）\n"
        "（二）排查房屋。排查住宅隐患，建立房屋台账；排查学校、医院隐患，制定整治方案。（县应急局负责）\n"
        "二、建设公园\n"
        "（一）新建口袋公园。利用边角地块新建口袋公园4个，配置健身器材。（县园林局负责）\n"
        "（二）清理僵尸车。清理长期占用车位的僵尸车，施划停车泊位。（县公安局牵头，县城管局配合）\n"
        "（三）修缮古桥。修缮北门外的石拱古桥，恢复栏板。（县文旅局负责）\n"
        "（四）张贴告示。在路口张贴限行告示，公布举报电话。（县交警大队负责）\n"
    )
    + TAIL
)
NEW = (
    HEAD
    + (
        "一、改造老旧小区\n"
        "（一）排查住宅隐患。排查住宅隐患，建立房屋台账。（县应急局负责）\n"
        "（二）排查公共建筑隐患。排查学校、医院隐患，制定整治方案。（县应急局负责）\n"
        "（三）加装电梯。为住宅加装电梯60部，居民应当自筹资金。（县住建局牵头，县财政局配合；8月底前完成）\n"
        "（四）新建口袋公园。利用边角地块新建口袋公园4个，配置健身器材。（县园林局负责）\n"
        "二、规范停车\n"
        "（一）清理僵尸车。清理长期占用车位的僵尸车，施划停车泊位。（县城管局牵头，县公安局配合）\n"
        "（二）建充电桩。在景区门前安装快充桩。（县发改局负责）\n"
        "（三）张贴告示。在路口张贴限行告示，公布举报电话。（县交警大队负责）\n"
    )
    + TAIL
)


def changes(old: str, new: str) -> list[Change]:
    return compare(parse(old), parse(new), WORDS, RULES.offices.subjects)


@pytest.fixture(scope="module")
def found() -> dict[str, Change]:
    """The changes by the id of their first old item; + before that of a new one."""
    return {
        change.old[0].node.id if change.old else f"+{change.new[0].node.id}": change
        for change in changes(OLD.format(year=2025), NEW.format(year=2026))
    }


def test_each_item_has_its_change(found: dict[str, Change]) -> None:
    assert {place: change.kind for place, change in found.items()} == {
        "一/（一）": "reworded",
        "一/（二）": "split",
        "二/（一）": "same",
        "二/（二）": "same",
        "二/（三）": "dropped",
        "二/（四）": "same",
        "+二/（二）": "new",
    }


def test_what_is_split_goes_to_several(found: dict[str, Change]) -> None:
    assert [unit.node.id for unit in found["一/（二）"].new] == ["一/（一）", "一/（二）"]


def test_a_sentence_that_two_items_share_is_no_change_where_both_stay() -> None:
    both = "定期检查安全隐患并上报。"
    roads, schools = f"一、修建道路。{both}（水利局负责）\n", f"二、建设食堂。{both}（教育局负责）\n"
    assert [change.kind for change in changes(roads + schools, roads + schools)] == ["same", "same"]
    alone = f"二、建设食堂。（教育局负责）\n三、{both}（安监局负责）\n"
    (split,) = (change for change in changes(schools, alone) if change.kind == "split")
    assert [unit.node.id for unit in split.new] == ["二", "三"]


@pytest.mark.parametrize(
    ("old", "new", "kind"), [("请抓好落实。\n", "一、修桥。\n", "new"), ("一、修桥。\n", "请抓好落实。\n", "dropped")]
)
def test_a_plan_without_items_is_compared_too(old: str, new: str, kind: str) -> None:
    assert [change.kind for change in changes(old, new)] == [kind]


def test_dates_of_two_years_are_compared_by_month_and_day(found: dict[str, Change]) -> None:
    dates = found["一/（一）"].deadline
    assert dates is not None and (dates.old, dates.new) == (("2025-11-30",), ("2026-08-31",))
    same = changes(OLD.format(year=2025), OLD.format(year=2026))
    assert len(same) == 6
    assert all(change.kind == "same" and change.deadline is None for change in same)


def test_an_item_under_another_heading_has_moved(found: dict[str, Change]) -> None:
    park = found["二/（一）"]
    assert park.kind == "same" and park.moved and not park.stays


def test_lead_and_support_swapped_is_a_change() -> None:
    pair = [
        parse(HEAD + f"1.清理僵尸车，施划停车泊位。（{clause}）\n" + TAIL)
        for clause in ("县公安局牵头，县城管局配合", "县城管局牵头，县公安局配合")
    ]
    change = owner_change(pair[0].body[0].duties, pair[1].body[0].duties, RULES.offices.subjects)
    assert not change.gone and not change.come and len(change.swapped) == 2


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("省发展改革委", "市发改委", False),
        ("省财政厅", "市财政局", False),
        ("县环保局", "县生态环境局", False),
        ("县金融办（县地方金融监管局）", "县地方金融监管局", False),
        ("县财政局", "县审计局", True),
        ("县水利局", "县水务局", True),
    ],
)
def test_offices_are_compared_without_level_and_reform(old: str, new: str, changed: bool) -> None:
    duties = [parse(f"1.修路。（{office}负责）\n").body[0].duties for office in (old, new)]
    change = owner_change(*duties, RULES.offices.subjects)
    assert bool(change.gone) == bool(change.come) == changed


def test_collectives_differ_between_levels_only() -> None:
    text = "{issuer}关于印发2025年工作要点的通知\n1.修路。修好通村公路。（{office}负责）\n{issuer}\n2025年2月3日\n"
    province = text.format(issuer="甲省人民政府办公厅", office="各市人民政府")
    county = text.format(issuer="乙县人民政府办公室", office="各乡镇人民政府")
    assert changes(province, county)[0].owner is None
    other = text.format(issuer="甲省人民政府办公厅", office="省有关部门")
    assert changes(province, other)[0].owner is not None


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("加装电梯40部", "加装电梯60部", "up"),
        ("在15个工作日内办结", "在10个工作日内办结", "up"),
        ("鼓励开放", "应当开放", "up"),
        ("每月检查", "每季度检查", "down"),
        ("加装电梯40部", "加装电梯40部", None),
        ("2025年检查", "2026年检查", None),
    ],
)
def test_what_is_stricter(old: str, new: str, direction: str | None) -> None:
    assert [change.direction for change in force_changes(old, new, WORDS)] == ([direction] if direction else [])


def test_words_are_marked_by_signs() -> None:
    text = marked("加装电梯40部，鼓励自筹。", "加装电梯60部，应当自筹。")
    assert text == "加装电梯【删：40】【增：60】部，【删：鼓励】【增：应当】自筹。"
    assert [(text[start:end], kind) for start, end, kind in text.marks] == [
        ("【删：40】", "gone"),
        ("【增：60】", "come"),
        ("【删：鼓励】", "gone"),
        ("【增：应当】", "come"),
    ]


@given(st.text("甲乙丙丁12，"), st.text("甲乙丙丁12，"))
def test_without_what_came_the_old_words_are_left(old: str, new: str) -> None:
    import re

    text = marked(old, new)
    assert re.sub(r"【删：([^】]*)】", "", re.sub(r"【增：([^】]*)】", r"\1", text)) == new
    assert re.sub(r"【增：([^】]*)】", "", re.sub(r"【删：([^】]*)】", r"\1", text)) == old


def test_names_of_elsewhere_that_were_left_in() -> None:
    task = "1.推进临江市数字化城市管理平台建设和运行维护。\n"
    old, new = (
        parse(f"{issuer}关于印发2024年工作要点的通知\n{task}{issuer}\n2024年1月2日\n")
        for issuer in ("临江市人民政府", "青石县人民政府")
    )
    found = reuse(old, new)
    assert found.share > 0.5
    assert [name for name, _ in found.left] == ["临江市"]


class TestCommand:
    def files(self, folder: Path, old: str = OLD, new: str = NEW) -> list[str]:
        paths = [folder / "旧.txt", folder / "新.txt"]
        for path, text, year in zip(paths, (old, new), (2025, 2026), strict=True):
            path.write_text(text.format(year=year), encoding="utf-8")
        return list(map(str, paths))

    def test_changes_exit_with_1(self, tmp_path: Path) -> None:
        done = aiwei("diff", *self.files(tmp_path))
        assert done.code == 1 and "| 拆分 | 一/（二） | 一/（一）、一/（二） |" in done.out
        assert "取消 1 项" in done.err

    def test_none_exit_with_0(self, tmp_path: Path) -> None:
        done = aiwei("diff", *self.files(tmp_path, OLD, OLD))
        assert done.code == 0 and "没有变化" in done.err and not done.out
        assert "不变" in aiwei("diff", "--all", *self.files(tmp_path, OLD, OLD)).out

    def test_json_is_a_list_of_changes(self, tmp_path: Path) -> None:
        rows = json.loads(aiwei("diff", "--format", "json", *self.files(tmp_path)).out)
        assert {tuple(row) for row in rows} == {("old", "new", "kind", "moved", "owner", "deadline", "level", "score")}
        assert [(row["old"], row["new"]) for row in rows if row["kind"] == "dropped"] == [(["二/（三）"], [])]

    @pytest.mark.parametrize("name", ["对照表.xlsx", "对照表.docx", "对照表.html", "对照表.csv"])
    def test_files(self, tmp_path: Path, name: str) -> None:
        done = aiwei("diff", *self.files(tmp_path), "-o", str(tmp_path / name))
        assert done.code == 1 and (tmp_path / name).stat().st_size > 150

    def test_words_that_went_and_came_have_their_colours(self, tmp_path: Path) -> None:
        import zipfile

        import openpyxl

        old = "一、工作\n（一）每年加装电梯40部，改造管线并公示进度。\n"
        files = self.files(tmp_path, "{year}年工作要点\n" + old, "{year}年工作要点\n" + old.replace("40", "<60"))
        for name in ("a.html", "a.docx", "a.xlsx"):
            assert aiwei("diff", *files, "-o", tmp_path / name).code == 1
        page = (tmp_path / "a.html").read_text("utf-8")
        assert "<del>【删：40】</del><ins>【增：&lt;60】</ins>" in page
        assert "<h1>《2025年工作要点》与《2026年工作要点》对照表</h1>" in page and "调整 1 项" in page
        with zipfile.ZipFile(tmp_path / "a.docx") as archive:
            text = archive.read("word/document.xml").decode()
        assert '<w:color w:val="B3261E"/></w:rPr><w:t xml:space="preserve">【删：40】</w:t>' in text
        sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", rich_text=True).worksheets[0]
        (cell,) = [cell for row in sheet for cell in row if "【删：40】" in str(cell.value)]
        runs = [(run.font.strike, run.text) for run in cell.value if hasattr(run, "font")]
        assert (True, "【删：40】") in runs and str(sheet["A1"].value).endswith("对照表")

    def test_wants_two(self, tmp_path: Path) -> None:
        old, new = self.files(tmp_path)
        for args in ((), (old,), (old, new, old)):
            done = aiwei("diff", *args)
            assert done.code == 2 and "两" in done.err

    def test_the_last_two_versions_of_a_ledger(self, tmp_path: Path) -> None:
        ledger = str(tmp_path / "台账.db")
        paths = self.files(tmp_path, OLD, OLD.replace("40部", "50部"))
        text = Path(paths[1]).read_text("utf-8").replace("2026", "2025")
        first, second = Path(paths[0]), Path(paths[0])
        assert aiwei("add", str(first), "--ledger", ledger).code == 0
        second.write_text(text, encoding="utf-8")
        assert aiwei("add", str(second), "--ledger", ledger).code == 0
        done = aiwei("diff", ledger, "--notice", "工作要点")
        assert done.code == 1 and "【删：40】【增：50】" in done.out


def test_of_very_many_items_each_is_compared_with_those_about_as_far_along(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.compare import likeness

    texts = [likeness.grams((f"修好{name}路", 1.0)) for name in "甲乙丙丁戊己庚辛壬癸"]
    both = likeness.Texts(texts, texts)
    whole = both.alike(range(10), range(10))
    assert all(len(row) == 10 for row in whole.values())
    monkeypatch.setattr(likeness, "_MOST_PAIRS", 40)
    near = both.alike(range(10), range(10))
    assert [sorted(row) for row in near.values()] == [[*range(max(at - 2, 0), min(at + 2, 10))] for at in range(10)]
    assert all(score == whole[one][other] for one, row in near.items() for other, score in row.items())
