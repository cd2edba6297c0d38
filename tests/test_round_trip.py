"""What aiwei wrote reads again as what it was: ids, words, offices by role and times come back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell import aiwei

from aiwei_cli.notice.model import ROLES
from aiwei_cli.parsing import parse
from aiwei_cli.query import places
from aiwei_cli.reading import sources

TEXT = """青川镇人民政府关于印发2024年“清洁家园”要点的通知

各村：
现印发给你们。

一、村庄清洁
（一）清运垃圾
1.清运“陈年”垃圾。
分两步走（镇村镇办牵头，各村配合，2024年4月底前完成）。
2.整治牲畜散养，见《养殖条例》（责任单位：镇农业站；责任人：张三；完成时限：2024年5月底前完成初稿，10月底前完成全部）。
（二）=SUM(A1)不是公式
3.补种|行道树*，由镇林业站牵头（镇林业站负责，每年3月底前完成）。
二、村庄绿化（镇妇联负责）
4.建设小花园。
5.养护1-2处。（包干到户）
2024年1月15日
"""
FORMATS = ["csv", "tsv", "json", "jsonl", "yaml", "md", "xlsx", "html", "docx", "sqlite"]


def squeezed(words: str) -> str:
    return "".join(words.split())


def facts(notices: list) -> list[tuple[str, str, dict[str, list[str]], list[str]]]:
    """For each item what must come back."""
    return [
        (
            place.node.id,
            squeezed(place.node.title + place.node.text),
            {role: sorted({d.office for d in place.node.duties if d.role == role}) for role in ROLES},
            [time.date for time in place.node.deadlines if time.date],
        )
        for notice in notices
        for place in places(notice)
        if place.node.is_item
    ]


@pytest.mark.parametrize("labels", ["zh", "en"])
@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_reads_again(tmp_path: Path, format: str, labels: str) -> None:
    source, target = tmp_path / "通知.txt", tmp_path / f"表.{format}"
    source.write_text(TEXT, "utf-8")
    assert aiwei("export", source, "--format", format, "--labels", labels, "-o", target).code == 0
    read = []
    for document in sources([str(target)]):
        assert not isinstance(document, Exception), document
        read.append(document.notice or document.located(parse(document.text, hints=document.hints)))
    assert facts(read) == facts([parse(TEXT)])


DOUBTFUL = """青川镇人民政府关于清洁家园的通知
青政发〔2024〕7号
各村：
一、村庄清洁
（一）清运垃圾。分两步走。（责任领导：张三；镇农业站牵头，各村配合；责任人：李四；4月底前完成）
（二）修渠补路。要抓紧。（镇水利站盯办）
二、村庄绿化
（一）补种树木。由镇林业站牵头，镇妇联配合，5月底前完成。
2024年1月15日
"""


@pytest.mark.parametrize("format", ["html", "docx"])
def test_a_report_with_doubts_and_persons_reads_again(tmp_path: Path, format: str) -> None:
    source, target = tmp_path / "通知.txt", tmp_path / f"表.{format}"
    source.write_text(DOUBTFUL, "utf-8")
    assert aiwei("export", source, "--format", format, "-o", target).code == 0
    (document,) = sources([str(target)])
    assert not isinstance(document, Exception), document
    read, was = document.notice or document.located(parse(document.text, hints=document.hints)), parse(DOUBTFUL)
    assert facts([read]) == facts([was])
    for name in ("title", "issuer", "document_number", "date", "year"):
        assert getattr(read, name) == getattr(was, name), name
    persons = [[(n.id, p.role, p.name) for n in each.walk() for p in n.persons] for each in (read, was)]
    assert persons[0] == persons[1] != []
    assert "疑点" not in read.text


def test_a_document_keeps_the_columns_that_a_person_added(tmp_path: Path) -> None:
    import docx

    source, target = tmp_path / "通知.txt", tmp_path / "表.docx"
    source.write_text(TEXT, "utf-8")
    assert aiwei("export", source, "-o", target).code == 0
    document = docx.Document(str(target))
    table = document.tables[0]
    table.add_column(docx.shared.Cm(2))
    for row in table.rows:
        row.cells[-1].text = "进展" if row.cells[0].text == "序号" else "已启动" if row.cells[0].text == "1." else ""
    document.save(str(target))
    (read,) = (one.notice for one in sources([str(target)]))
    assert {node.id: dict(node.extra) for node in read.walk() if node.extra} == {"一/（一）/1": {"进展": "已启动"}}
    assert {each.code for each in read.diagnostics} == set()


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_row_a_duty_reads_again(tmp_path: Path, format: str) -> None:
    source, target = tmp_path / "通知.txt", tmp_path / f"表.{format}"
    source.write_text(TEXT, "utf-8")
    assert aiwei("export", source, "--per", "duty", "-o", target).code == 0
    read = [one.notice for one in sources([str(target)])]
    wanted = [(id, duties) for id, _, duties, _ in facts([parse(TEXT)]) if any(duties.values())]
    assert [(id, duties) for id, _, duties, _ in facts(read)] == wanted


def test_a_document_with_more_words_is_read_as_any(tmp_path: Path) -> None:
    import docx

    source, target = tmp_path / "通知.txt", tmp_path / "表.docx"
    source.write_text(TEXT, "utf-8")
    assert aiwei("export", source, "-o", target).code == 0
    document = docx.Document(str(target))
    document.add_paragraph("请各村三日内核对。")
    document.save(str(target))
    (read,) = sources([str(target)])
    assert "请各村三日内核对。" in read.text


@pytest.mark.parametrize("format", ["docx", "xlsx", "html"])
def test_the_sheet_of_one_office_reads_again(tmp_path: Path, format: str) -> None:
    source, folder = tmp_path / "通知.txt", tmp_path / "各单位"
    source.write_text(TEXT, "utf-8")
    assert aiwei("export", source, "--split-by", "office", "--format", format, "-o", folder).code == 0
    read = [one.notice for one in sources([str(folder / f"镇农业站.{format}")])]
    wanted = [one for one in facts([parse(TEXT)]) if "镇农业站" in one[2]["responsible"]]
    assert facts(read) == wanted
    assert [one.title for one in read] == ["青川镇人民政府关于印发2024年“清洁家园”要点的通知"]


def test_several_notices_in_one_document_stay_apart(tmp_path: Path) -> None:
    source, more, target = tmp_path / "通知.txt", tmp_path / "又.txt", tmp_path / "表.docx"
    source.write_text(TEXT, "utf-8")
    more.write_text("关于清淤的通知\n\n各村：\n一、清淤\n1.清河道（镇水利站负责）。\n", "utf-8")
    assert aiwei("export", source, more, "-o", target).code == 0
    first, second = (one.notice for one in sources([str(target)]))
    assert facts([first]) == facts([parse(TEXT)])
    assert (second.title, [node.id for node in second.walk()]) == ("关于清淤的通知", ["一", "一/1"])
