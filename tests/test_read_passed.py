"""A folder tells what it passed over: by kind, with names, and what would read them. What aiwei wrote counts once."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_samples import docx, p, tbl, tc
from shell import aiwei

from aiwei_cli.reading import Document, sources
from aiwei_cli.reading.passed import sentences

TEXT = "某县关于印发2024年要点的通知\n一、水利\n1.修路（县水利局牵头）。\n2.修渠（县水利局负责）。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "通知.txt").write_text(TEXT, "utf-8")
    return tmp_path


def told(folder: Path) -> list[str]:
    ran = aiwei("list", folder)
    assert ran.code == 0, ran.err
    return [line.partition("：")[2] for line in ran.err.splitlines() if "跳过" in line]


def test_files_that_are_no_notices_are_told_by_kind(folder: Path) -> None:
    for name in ("a.pptx", "b.PPT", "音.mp3", "~$通知.docx", ".DS_Store", "Thumbs.db", "表.csv"):
        (folder / name).write_bytes(b"x")
    assert set(told(folder)) == {
        "跳过演示文稿 a.pptx、b.PPT；要读请把文字复制到 Word 或 WPS 文字里，另存为 .docx",
        "跳过CSV、TSV 表格 表.csv；要读请写明文件名",
        "跳过音像 音.mp3；里面没有文字可读",
        "跳过Word、WPS 打开文件时的临时文件 ~$通知.docx；不是公文",
    }


def test_many_files_of_a_kind_are_counted(folder: Path) -> None:
    for number in range(8):
        (folder / f"{number}.png").write_bytes(b"x")
    assert told(folder)[0].startswith("跳过图片 0.png、1.png、2.png、3.png、4.png 等 8 个；")


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "md"])
def test_what_was_made_of_a_notice_beside_it_counts_once(folder: Path, format: str) -> None:
    alone = aiwei("list", folder).out
    made = folder / f"a任务分解表.{format}"
    assert aiwei("export", folder / "通知.txt", "--format", format, "-o", made).code == 0
    assert aiwei("list", folder).out == alone
    assert told(folder) == [f"跳过aiwei 写的结果 a任务分解表.{format}；公文在旁边，不重复算；要读请写明文件名"]
    (folder / "通知.txt").unlink()
    assert "修路" in aiwei("list", folder).out


def test_a_tree_beside_its_source_counts_once(folder: Path) -> None:
    alone = aiwei("list", folder).out
    assert aiwei("parse", folder / "通知.txt", "-o", folder / "a.yaml").code == 0
    assert aiwei("list", folder).out == alone


ITEMS = "一、水利\n1.修路（县水利局牵头）。\n"


def read(folder: Path) -> set[str]:
    """The names of the files in a folder whose notices count."""
    found = list(sources([str(folder)]))
    assert all(isinstance(one, Document) for one in found)
    return {Path(one.source.path or "").name for one in found if isinstance(one, Document)}


@pytest.mark.parametrize(
    ("text", "name", "now", "once"),
    [
        # the same file, whatever it is called now; the same name, whatever it says now; the same title
        (ITEMS, "改名.txt", ITEMS, True),
        (ITEMS, "通知.txt", "二、农业\n1.修渠（县水利局负责）。\n", True),
        (ITEMS, "改名.txt", "二、农业\n1.修渠（县水利局负责）。\n", False),
        (TEXT, "改名.txt", TEXT + "3.修桥（县交通局负责）。\n", True),
        (TEXT, "改名.txt", TEXT.replace("印发", "印\n发") + "3.修桥（县交通局负责）。\n", True),
        (TEXT, "改名.txt", TEXT.replace("要点", "计划"), False),
        # a title of a few signs may be any notice's
        ("清淤的通知\n" + ITEMS, "改名.txt", "清淤的通知\n二、农业\n", False),
        ("县清淤的通知\n" + ITEMS, "改名.txt", "县清淤的通知\n二、农业\n", True),
    ],
)
def test_where_the_source_of_a_tree_is(tmp_path: Path, text: str, name: str, now: str, once: bool) -> None:
    source = tmp_path / "通知.txt"
    source.write_text(text, "utf-8")
    assert aiwei("parse", source, "-o", tmp_path / "a.yaml").code == 0
    source.unlink()
    (tmp_path / name).write_text(now, "utf-8")
    assert read(tmp_path) == ({name} if once else {name, "a.yaml"})


def test_a_tree_is_not_its_own_source(tmp_path: Path) -> None:
    source = tmp_path / "通知.txt"
    source.write_text(ITEMS, "utf-8")
    tree = tmp_path / "a.yaml"
    assert aiwei("parse", source, "-o", tree).code == 0
    source.unlink()
    tree.write_text(tree.read_text("utf-8").replace(str(source), str(tree)), "utf-8")
    assert "a.yaml," in tree.read_text("utf-8")
    assert read(tmp_path) == {"a.yaml"}


@pytest.mark.parametrize(("count", "end"), [(5, "4.png；"), (6, "4.png 等 6 个；")])
def test_five_names_of_a_kind_are_told(tmp_path: Path, count: int, end: str) -> None:
    (said,) = sentences(str(tmp_path), [f"{tmp_path}/{number}.png" for number in range(count)], [])
    assert end in said


_TITLE = "某县关于印发2024年要点的通知"
_TASKS = tbl([tc("序号"), tc("工作任务"), tc("牵头单位")], [tc("1"), tc("修路"), tc("县水利局")])


@pytest.mark.parametrize(
    ("name", "data", "once"),
    [
        # a report to which somebody has added words
        ("a.docx", docx(p(f"《{_TITLE}》任务分解表"), p("某县人民政府　1 个事项"), _TASKS, p("另有要求。")), True),
        ("a.docx", docx(p(f"《{_TITLE}》任务分解表"), _TASKS), True),
        ("a.docx", docx(p(f"《{_TITLE}》责任清单（县水利局）"), _TASKS), True),
        ("a.md", f"《{_TITLE}》任务分解表\n1.修路（县水利局牵头）。\n".encode(), True),
        ("a.txt", f"《{_TITLE}》任务分解表\n1.修路（县水利局牵头）。\n".encode(), False),
        ("a.md", f"《{_TITLE}》任务\n1.修路（县水利局牵头）。\n".encode(), False),
        # such a line without a table is a notice's own
        ("a.md", f"标题：{_TITLE}\n1.修路（县水利局牵头）。\n".encode(), False),
        ("a.docx", docx(p(f"标题：{_TITLE}"), _TASKS), True),
    ],
)
def test_what_is_a_report_of_the_notice_beside_it(folder: Path, name: str, data: bytes, once: bool) -> None:
    (folder / name).write_bytes(data)
    assert read(folder) == ({"通知.txt"} if once else {"通知.txt", name})
