"""``aiwei check``: each rule by its own examples, what is mended, and the command."""

from __future__ import annotations

import html
import json
import os
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from effort import tries
from hypothesis import given
from hypothesis import strategies as st
from shell import aiwei

from aiwei_cli.checking.case import Case
from aiwei_cli.checking.fix import fixed
from aiwei_cli.checking.rule import RULES, Finding, Rule
from aiwei_cli.checking.run import check
from aiwei_cli.compiled import Rules, load
from aiwei_cli.parsing import parse

OWN = {
    "words": [{"word": "狠抓", "better": "抓好"}],
    "required": ["deadline", "owner"],
    "sections": ["保障措施"],
    "names": ["县住房和城乡建设局"],
}
CLEAN = (
    "甲县人民政府办公室关于做好2024年防汛工作的通知\n甲政办发〔2024〕20号\n各乡镇人民政府，县政府有关部门：\n"
    "现将有关事项通知如下：\n一、开展排查\n"
    "（一）排查水库。对42座水库逐一检查，坚持“谁主管、谁负责”，4月底前完成。（县水利局牵头，县财政局配合）\n"
    "（二）排查道路。对三、四级公路和2000年底前建成的桥梁逐一检查，5月15日（星期三）前完成。（县交通运输局负责）\n"
    "二、加强值守\n各单位实行24小时值班，一是带班到岗，二是报告及时。物资见附件2。\n"
    "附件：1.防汛物资表\n2.联系人表\n甲县人民政府办公室\n2024年3月5日\n"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "checks.yaml").write_text(yaml.safe_dump(OWN, allow_unicode=True), encoding="utf-8")
    return load(folder)


def found(text: str, rules: Rules | None = None, **asked: object) -> list[Finding]:
    rules = rules or load()
    return check(parse(text, rules=rules), rules, **asked)  # type: ignore[arg-type]


def names(text: str, rules: Rules | None = None) -> list[str]:
    return [finding.name for finding in found(text, rules)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
class TestEachRule:
    def test_its_bad_example_breaks_it(self, rule: Rule, own: Rules) -> None:
        assert rule.name in names(rule.bad, own if rule.code[0] == "U" else None)

    def test_its_good_example_does_not(self, rule: Rule, own: Rules) -> None:
        assert rule.name not in names(rule.good, own if rule.code[0] == "U" else None)

    def test_what_it_says_is_whole(self, rule: Rule) -> None:
        assert rule.says and rule.why.endswith("。") and rule.source and rule.code not in rule.says

    def test_it_mends_what_it_says_it_mends(self, rule: Rule) -> None:
        mended = fixed(rule.bad, found(rule.bad, select=[rule.name]))
        assert (mended != rule.bad) == rule.fixes
        if rule.fixes:
            assert rule.name not in names(mended)


def test_a_clean_notice_has_no_findings() -> None:
    assert found(CLEAN) == []


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("（二）排查道路", "（三）排查道路", "gap"),
        ("县水利局牵头，县财政局配合", "县水利局牵头，县水利局配合", "lead-and-support"),
        ("4月底前", "2023年4月底前", "deadline-before-date"),
        ("星期三", "星期四", "weekday"),
        ("附件2。", "附件3。", "annex-unlisted"),
        ("三、四级公路", "三、四条公路，三、五天内", "approximate"),
        ("有关部门：", "有关部门:", "addressee-colon"),
        ("〔2024〕20号", "〔2024〕020号", "docno-zero"),
        ("〔2024〕20号", "〔24〕20号", "docno-year"),
        ("对42座水库", "对四、五百亩水面", "approximate"),
    ],
)
def test_one_fault_is_one_finding(old: str, new: str, name: str) -> None:
    assert CLEAN.count(old) == 1 and names(CLEAN.replace(old, new)) == [name]


def test_two_ranges_beside_each_other_are_a_finding_each() -> None:
    assert names(CLEAN.replace("对42座水库", "对坡度5-10%、水深3-6%的水库")) == ["range-unit"] * 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一、修路\n1.铺油。\n2.划线。\n二、清淤\n1.清沟。\n2.清塘。\n", "level-skip"),
        ("1.修路。\n③清淤。\n3.植树。\n", "mixed-scheme"),
        ("1.修路。\n②清淤。\n3.植树。\n", "gap"),
        ("一、修路\n（一）铺油。\n（二）划线。\n二、清淤\n（三）清沟。\n（四）清塘。\n", "gap"),
        ("1.修路。（县住建局、县财政局牵头）\n2.清淤。（县水利局牵头）\n", "two-leads"),
        ("1.修路。\n第一、第二标段铺油。\n2.清淤。\n", "ordinal-dunhao"),
        ("1.修路（样式见\n后面的图）。\n2.清淤。\n", "unbalanced"),
        ("1.修路。（县住建局负责）\n2.清淤。\n", "no-owner"),
        ("1.修好原县国土资源局门前的路。（县自然资源局负责）\n2.清淤。\n", "office-abolished"),
        ("1.修路。坡度为3～6米、5%～10%。\n2.清淤。\n", "range-unit"),
    ],
)
def test_what_looks_like_a_fault_and_is_none(text: str, name: str) -> None:
    assert name not in names("甲县人民政府办公室关于2024年工作的通知\n各乡镇人民政府：\n" + text)


def test_many_of_a_kind_are_one_with_a_count() -> None:
    text = "甲县通知\n1.修路,划线,植树。\n2.清淤,护林。\n"
    (finding,) = [one for one in found(text) if one.name == "half-width"]
    assert finding.lines == (2, 3) and "共 3 处" in finding.message


@tries(60)
@given(
    st.lists(st.sampled_from([rule.bad for rule in RULES.values() if rule.fixes] + [CLEAN, "\r\n", "甲\n"]), max_size=4)
)
def test_a_mended_text_is_not_mended_again(pieces: list[str]) -> None:
    mended = fixed("".join(pieces), found("".join(pieces)))
    again = fixed(mended, found(mended))
    assert fixed(again, found(again)) == again


@tries(100)
@given(st.text("一二1.、（）()《》“”，,。附件：第〔〕2024年月日号各县局负责牵头配合同上\n\t等关于的通知", max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    for finding in found(text):
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text) and finding.line >= 1


def test_paragraphs_are_where_they_say() -> None:
    text = "甲\r\n\r\n乙\r丙\n"
    assert [(one.number, text[one.start : one.end]) for one in Case(parse(text), load()).paragraphs] == [
        (1, "甲"), (2, ""), (3, "乙"), (4, "丙"), (5, ""),
    ]  # fmt: skip


class TestCommand:
    @pytest.fixture
    def notice(self, tmp_path: Path) -> Path:
        path = tmp_path / "通知.txt"
        path.write_text(CLEAN.replace("20号", "020号").replace("4月底前", "尽快"), encoding="utf-8")
        return path

    def test_a_line_a_finding(self, notice: Path) -> None:
        done = aiwei("check", notice)
        assert done.code == 1 and done.lines == [f"{notice}:2:11: F003 顺序号不编虚位，“020”应为“20”"]
        assert len(aiwei("check", notice, "--level", "hint").lines) == 2

    def test_nothing_found_is_0(self, tmp_path: Path) -> None:
        path = tmp_path / "通知.txt"
        path.write_text(CLEAN, encoding="utf-8")
        done = aiwei("check", path)
        assert (done.code, done.out) == (0, "")

    def test_select_and_ignore(self, notice: Path) -> None:
        assert aiwei("check", notice, "--select", "S").code == 0
        assert aiwei("check", notice, "--ignore", "docno-zero").code == 0
        done = aiwei("check", notice, "--select", "Z9")
        assert done.code == 2 and "Z9" in done.err

    def test_json(self, notice: Path) -> None:
        (row,) = aiwei("check", notice, "--format", "json").json()
        assert {
            "file": str(notice),
            "line": 2,
            "code": "F003",
            "name": "docno-zero",
            "fix": "20",
        }.items() <= row.items()

    def test_sarif_rdjson_and_github(self, notice: Path) -> None:
        sarif = aiwei("check", notice, "--format", "sarif").json()
        assert sarif["runs"][0]["results"][0]["ruleId"] == "F003"
        assert aiwei("check", notice, "--format", "rdjson").json()["diagnostics"][0]["severity"] == "ERROR"
        assert aiwei("check", notice, "--format", "github").out.startswith("::error file=")

    def test_only_what_is_new(self, notice: Path, tmp_path: Path) -> None:
        baseline = tmp_path / "以前.json"
        assert aiwei("check", notice, "--format", "json", "-o", baseline).code == 1
        assert aiwei("check", notice, "--baseline", baseline).code == 0
        notice.write_text("\n" + notice.read_text("utf-8").replace("二、加强", "三、加强"), encoding="utf-8")
        done = aiwei("check", notice, "--baseline", baseline)
        assert done.code == 1 and [line.split()[1] for line in done.lines] == ["S001"]

    def test_fix_keeps_everything_else(self, notice: Path) -> None:
        before = notice.read_bytes()
        shown = aiwei("check", notice, "--fix", "--diff")
        assert shown.code == 1 and "-甲政办发〔2024〕020号" in shown.lines and notice.read_bytes() == before
        assert aiwei("check", notice, "--fix").code == 0
        assert notice.read_bytes() == before.replace("020号".encode(), "20号".encode())

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
    def test_fix_keeps_the_encoding(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "通知.txt"
        path.write_text(CLEAN.replace("20号", "020号"), encoding=encoding)
        assert aiwei("check", path, "--fix").code == 0
        assert path.read_bytes() == CLEAN.encode(encoding)

    def test_a_workbook(self, notice: Path, tmp_path: Path) -> None:
        import openpyxl

        done = aiwei("check", notice, "-o", tmp_path / "问题.xlsx")
        rows = [
            row for sheet in openpyxl.load_workbook(tmp_path / "问题.xlsx") for row in sheet.iter_rows(values_only=True)
        ]
        assert done.code == 1 and any("F003" in map(str, row) for row in rows)

    def test_own_rules(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "规则").mkdir()
        (tmp_path / "规则" / "checks.yaml").write_text(
            "ignore: [F003]\nwords: [{word: 逐一, better: 全面}]\n", encoding="utf-8"
        )
        done = aiwei("check", notice, "--rules", tmp_path / "规则")
        assert {line.split()[1] for line in done.lines} == {"U001"}

    @pytest.mark.skipif(os.name == "nt", reason="a timer's signal ends a pattern")
    def test_a_slow_pattern_of_ones_own_costs_one_file(self, notice: Path, tmp_path: Path) -> None:
        (tmp_path / "规则").mkdir()
        slow = "words: [{pattern: '甲.*甲.*甲.*甲.*甲.*乙', examples: [甲甲甲甲甲乙]}]\nignore: [F]\n"
        (tmp_path / "规则" / "checks.yaml").write_text(slow, encoding="utf-8")
        (tmp_path / "长.txt").write_text(f"一、修{'甲' * 3000}路。\n", encoding="utf-8")
        done = aiwei("check", tmp_path / "长.txt", notice, "--rules", tmp_path / "规则", "--max-seconds", "0.3")
        assert done.code == 1 and "长.txt：读了 0.3 秒还没有读完" in done.err and "1 个读不了" in done.err

    def test_explain(self) -> None:
        assert "GB/T 9704-2012" in aiwei("explain", "docno-zero").out
        listed = aiwei("explain").out
        assert all(f"{code}\t" in listed for code in RULES)

    def test_statistics(self, notice: Path) -> None:
        assert aiwei("check", notice, "--statistics").lines == ["1\tF003\t发文顺序号编了虚位"]

    def test_what_aiwei_wrote_has_no_text_to_check(self, notice: Path, tmp_path: Path) -> None:
        tree = tmp_path / "通知.json"
        assert aiwei("parse", notice, "-o", tree).code == 0
        done = aiwei("check", tree)
        assert done.code == 0 and "没有原文" in done.err

    def test_json_of_several_is_one_list(self, notice: Path) -> None:
        rows = json.loads(aiwei("check", notice, notice, "--format", "json").out)
        assert len(rows) == 2


class TestWord:
    """A Word file keeps its runs and formats."""

    RUNS = (("甲政办发", False), ("[2024]", True), ("05号", False))

    @pytest.fixture
    def notice(self, tmp_path: Path) -> Path:
        import docx

        document = docx.Document()
        document.add_paragraph("甲县人民政府办公室关于做好防汛工作的通知")
        number = document.add_paragraph()
        for words, bold in self.RUNS:
            number.add_run(words).bold = bold
        document.add_paragraph("各乡镇人民政府：")
        item = document.add_paragraph("（一）、修路 & 铺油。第一、备料、")
        item.add_run("等；第二、开工。").italic = True
        document.add_paragraph("（二）清淤。（县水利局牵头，县水利局配合）")
        path = tmp_path / "通知.docx"
        document.save(str(path))
        return path

    def texts(self, path: Path) -> list[str]:
        import docx

        return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]

    def test_places_are_paragraphs(self, notice: Path) -> None:
        assert aiwei("check", notice, "--select", "F").lines[0].startswith(f"{notice}:第2段: F001 ")

    def test_fix_keeps_runs_and_formats(self, notice: Path) -> None:
        import docx

        assert aiwei("check", notice, "--fix").code == 0
        runs = docx.Document(str(notice)).paragraphs[1].runs
        assert [(run.text, bool(run.bold)) for run in runs] == [("甲政办发", False), ("〔2024〕", True), ("5号", False)]
        assert self.texts(notice)[3] == "（一）修路 & 铺油。第一，备料等；第二，开工。"
        before = notice.read_bytes()
        assert aiwei("check", notice, "--fix").code == 0 and notice.read_bytes() == before

    def test_tracked_changes_are_the_same_text_accepted(self, notice: Path) -> None:
        old, plain = self.texts(notice), notice.with_name("改好.docx")
        plain.write_bytes(notice.read_bytes())
        assert aiwei("check", plain, "--fix").code == 0
        assert aiwei("check", notice, "--fix", "--track").code == 0
        accepted, expected = (aiwei("parse", path, "--format", "json").json() for path in (notice, plain))
        assert accepted["body"] == expected["body"]
        with zipfile.ZipFile(notice) as archive:
            xml = archive.read("word/document.xml").decode()
        gone = re.sub(r"<w:ins .*?</w:ins>", "", xml).replace("w:delText", "w:t")
        words = [
            "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one)) for one in re.findall(r"<w:p>.*?</w:p>", gone)
        ]
        assert [html.unescape(one) for one in words] == old

    def test_findings_are_comments_on_their_words(self, notice: Path, tmp_path: Path) -> None:
        out = tmp_path / "批注.docx"
        assert aiwei("check", notice, "-o", out).code == 1
        with zipfile.ZipFile(out) as archive:
            comments = archive.read("word/comments.xml").decode()
            xml = archive.read("word/document.xml").decode()
            assert "/word/comments.xml" in archive.read("[Content_Types].xml").decode()
            assert "comments.xml" in archive.read("word/_rels/document.xml.rels").decode()
        assert "F001" in comments and comments.count("<w:comment ") == xml.count("<w:commentReference ")
        assert re.search(
            r'<w:commentRangeStart w:id="0"/><w:r>(?:(?!</w:r>).)*\[2024\]</w:t></w:r><w:commentRangeEnd', xml
        )
        assert self.texts(out) == self.texts(notice)

    def test_a_text_becomes_a_word_file_with_comments(self, tmp_path: Path) -> None:
        path = tmp_path / "通知.txt"
        path.write_text(CLEAN.replace("20号", "020号"), encoding="utf-8")
        assert aiwei("check", path, "-o", tmp_path / "批注.docx").code == 1
        assert self.texts(tmp_path / "批注.docx")[:2] == CLEAN.replace("20号", "020号").split("\n")[:2]

    def test_an_automatic_number_is_told_and_left(self, tmp_path: Path) -> None:
        from read_samples import abstract, docx, lvl, p

        numbering = abstract(1, lvl(0, "chineseCounting", "（%1）、"))
        path = tmp_path / "通知.docx"
        path.write_bytes(docx(p("甲县通知"), p("修路", "1"), p("清淤", "1"), numbering=numbering))
        before = path.read_bytes()
        done = aiwei("check", path, "--fix")
        assert path.read_bytes() == before and "自动编号" in done.err


def test_own_patterns_are_checked(tmp_path: Path) -> None:
    (tmp_path / "checks.yaml").write_text("words: [{pattern: '(?:甲+)+乙', examples: [甲乙]}]\n", encoding="utf-8")
    done = aiwei("rules", "check", tmp_path)
    assert done.code == 2 and "words" in done.err
    (tmp_path / "checks.yaml").write_text(
        "words: [{pattern: '截止\\d月', better: 截至, examples: [截止5月]}]\n", encoding="utf-8"
    )
    found = check(parse("1.截止5月完成。\n2.清淤。\n"), load(tmp_path), select=["U001"])
    assert [one.message for one in found] == ["不用“截止5月”，改为“截至”"]


def test_a_word_and_its_better_one_are_not_written_with_a_sign(tmp_path: Path) -> None:
    (tmp_path / "checks.yaml").write_text("words: [贫困户 = 脱贫户]\n", encoding="utf-8")
    done = aiwei("rules", "check", tmp_path)
    assert done.code == 2 and "better: 该用的词" in done.err


def test_what_could_not_be_read_is_a_finding() -> None:
    text = CLEAN.replace("县水利局牵头，县财政局配合", "县水利局包干，县财政局兜底")
    assert "clause-unread" in names(text)
