"""No file takes more time or memory than it may, however much a few bytes of it unfold into."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from read_samples import PARAGRAPHS, abstract, docx, failure, lvl, one, p, packed, pdf, printed, tbl, tc
from shell import aiwei, aiwei_process

from aiwei_cli.errors import ReadError
from aiwei_cli.reading import native, read, watch
from aiwei_cli.reading.budget import Budget, Limits
from aiwei_cli.reading.containers import documents

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of the system as Linux has them")
POSIX = pytest.mark.skipif(os.name == "nt", reason="timers that send signals")
SMALL = Limits(memory=64 * 1024 * 1024)


def refusal(data: bytes, suffix: str, limits: Limits = SMALL) -> str:
    (found,) = documents(data, name="文件", path="文件", suffix=suffix, limits=limits)
    assert isinstance(found, ReadError), found
    return str(found)


def test_a_cell_reaches_no_further_than_its_table() -> None:
    page = "<html><body><table><tr><td rowspan=1000 colspan=3>甲，<td>乙。</tr><tr><td>丙，丁。</tr></table>"
    assert one(page.encode()).text == "甲，\t乙。\n甲，\t丙，丁。\n"


def test_cells_that_span_rows_and_columns_are_counted() -> None:
    page = "<html><table><tr>" + "<td rowspan=99 colspan=99>甲" * 30 + "</tr>" + "<tr>" * 98 + "</table>"
    assert "格子太多" in refusal(page.encode(), ".html")
    assert "--max-memory" in refusal(page.encode(), ".html")


def test_tables_in_cells_that_are_repeated_do_not_grow_without_end() -> None:
    """The words of a cell are in each row it spans: fifty tables in one another would double them fifty times."""
    page = "x"
    for _ in range(40):
        page = f"<table><tr><td rowspan=2>{page}</td><td>甲</td></tr><tr></tr></table>"
    began = time.monotonic()
    assert "比文件本身多得多" in refusal(f"<html><body>{page}".encode(), ".html")
    assert time.monotonic() - began < 20


def test_elements_are_counted_before_and_while_they_are_made() -> None:
    assert "标记太多" in refusal(b"<html>" + b"<b>" * 200_000, ".html")
    # Noise keeps the ratio of packing small.
    noise = os.urandom(300_000).hex()
    assert "标记太多" in refusal(docx("<w:p/>" * 200_000, parts={"x.bin": noise}), ".docx")
    assert "标记太多" in refusal(b'{"schema": "aiwei.notice.v1", "body": [' + b"[]," * 900_000 + b"1]}", ".json")


def test_empty_paragraphs_cost_little_and_a_hundred_say_enough() -> None:
    document = one(docx(p("甲"), "<w:p/>" * 30_000, p("乙")))
    assert document.text == "甲\n" + "\n" * 100 + "乙\n"
    assert [str(place) for place in document.places] == ["第1段", "第2段"]


def test_the_words_of_a_number_are_as_long_as_word_lets_them() -> None:
    numbering = abstract(1, lvl(0, "decimal", "%1" * 5000))
    assert len(one(docx(p("甲", "1"), numbering=numbering)).text) < 300


def styles(*chain: str) -> str:
    """Styles of which each is based on the next; the last has a number."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in pairwise(chain)
    )
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f'{made}<w:style w:type="paragraph" w:styleId="{chain[-1]}">{number}</w:style>'


def test_styles_that_are_based_on_one_another_are_followed_a_while_and_once() -> None:
    numbering = abstract(1, lvl(0, "decimal", "%1."))
    short, long = [f"s{n}" for n in range(30)], [f"s{n}" for n in range(4000)]
    body = [p("甲", style="s0"), p("乙", style="s0")]
    assert one(docx(*body, numbering=numbering, styles=styles(*short))).text == "1.甲\n2.乙\n"
    assert one(docx(*body, numbering=numbering, styles=styles(*long))).text == "甲\n乙\n"
    assert one(docx(*body, numbering=numbering, styles=styles("s0", "s1", "s0"))).text
    began = time.monotonic()
    one(docx(p("甲", style="s0") * 5000, numbering=numbering, styles=styles(*long)))
    assert time.monotonic() - began < 20


def test_a_table_of_columns_without_end_is_counted() -> None:
    row = [tc("甲", span=63) for _ in range(60)]
    assert "格子太多" in refusal(docx(tbl(*[row] * 60)), ".docx")


@POSIX
def test_what_nobody_counts_is_ended_by_the_clock() -> None:
    def forever() -> None:
        while True:
            pass

    with pytest.raises(ReadError, match=r"0\.2 秒还没有读完"):
        Budget(Limits(seconds=0.2, watched=True)).run(forever)
    with pytest.raises(ReadError, match="还没有读完"):
        import re

        Budget(Limits(seconds=0.2, watched=True)).run(lambda: re.match("(?:x+)+y", "x" * 60))


def test_where_there_is_no_signal_a_thread_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.sys, "platform", "win32")
    monkeypatch.setattr(watch, "used", lambda: 0)
    with pytest.raises(ReadError, match="还没有读完"):
        Budget(Limits(seconds=0.2, watched=True)).run(lambda: [time.sleep(0.01) for _ in range(500)])


def test_where_the_system_has_no_limit_a_thread_looks_at_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch.sys, "platform", "win32")
    sizes = iter([0, *range(10, 10_000, 10)])
    monkeypatch.setattr(watch, "used", lambda: next(sizes))
    with pytest.raises(ReadError, match="内存"):
        Budget(Limits(memory=5, watched=True)).run(lambda: [time.sleep(0.01) for _ in range(500)])


@LINUX
def test_what_nobody_counts_gets_no_more_memory_than_it_may() -> None:
    budget = Budget(Limits(memory=64 * 1024 * 1024, watched=True))
    with pytest.raises(ReadError, match="超过 64 MB 内存"):
        budget.run(lambda: bytearray(256 * 1024 * 1024))
    assert len(bytearray(256 * 1024 * 1024))  # the limit is gone


def test_time_counts_where_there_is_work_and_not_between() -> None:
    budget = Budget(Limits(seconds=0.3))
    budget.run(lambda: time.sleep(0.1))
    time.sleep(0.4)
    budget.run(lambda: time.sleep(0.01))
    time.sleep(0.1)
    budget.run(lambda: time.sleep(0.25))
    with pytest.raises(ReadError):
        budget.run(lambda: None)


def test_what_takes_too_long_to_parse_is_one_error_and_the_others_go_on(tmp_path: Path) -> None:
    for name, text in (("1.txt", "一、工作\n1.修路（甲局负责）。\n"), ("2.txt", "1.修路（甲局负责）。\n" * 600_000)):
        (tmp_path / name).write_text(text, "utf-8")
    ran = aiwei_process("list", tmp_path, "--max-seconds", "2")
    assert len(ran.lines) == 1 and ran.code == 1
    assert "2.txt：读了 2 秒还没有读完" in ran.err and "--max-seconds" in ran.err and "1 个读不了" in ran.err
    ran = aiwei_process("add", tmp_path, "--ledger", tmp_path / "a.db", "--max-seconds", "2")
    assert "新收 1 篇，1 个读不了" in ran.err


def test_a_file_may_take_what_the_readme_says() -> None:
    assert Limits()[:2] == (2 * 1024**3, 60)


@pytest.mark.parametrize("written", ["", "x", "0", "1M", "-1", "5T", "1e9G"])
def test_a_memory_that_is_none_is_wrong_usage(written: str) -> None:
    ran = aiwei("list", "--max-memory", written)
    assert ran.code == 2 and "--max-memory" in ran.err and len(ran.err.splitlines()) == 1


def test_seconds_that_are_none_are_wrong_usage() -> None:
    for written in ("", "x", "0", "-1", "1m"):
        ran = aiwei("list", "--max-seconds", written)
        assert ran.code == 2 and "--max-seconds" in ran.err
    assert aiwei("list", "--max-memory", "1.5g", "--max-seconds", "90").code == 0


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.reading import sheets

    monkeypatch.setattr(sheets, "_LARGEST", 10_000)
    assert "解压后超过" in refusal(packed({"xl/workbook.xml": "x", "xl/sharedStrings.xml": "x" * 20_000}), ".xlsx")


def test_a_fault_of_the_code_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiwei_cli.errors import own_fault

    assert "ZeroDivisionError: x" in own_fault(ZeroDivisionError("x"))
    monkeypatch.setenv("AIWEI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        own_fault(ZeroDivisionError("x"))


# --- PDF in a child


needs_pdfium = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("pypdfium2") is None, reason="PDF needs the extra aiwei[pdf]"
)


def bomb() -> bytes:
    """Eight forms, each drawn ten times in the next: a hundred million times the same words."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        "<</Length 5>>stream\n/X Do\nendstream",
    ]
    for number in range(5, 12):
        resources = f"<</XObject<</X {number + 1} 0 R>>>>"
        objects.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources{resources}/Length 59>>stream\n"
            + "/X Do " * 10
            + "\nendstream"
        )
    objects.append(
        "<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 13 0 R>>>>/Length 37>>stream\n"
        "BT /F 12 Tf 9 9 Td (abc def) Tj ET   \nendstream"
    )
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    out, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{start}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


@needs_pdfium
def test_a_pdf_that_takes_all_memory_is_one_error_and_the_next_one_is_read() -> None:
    words = refusal(bomb(), ".pdf", Limits(memory=200 * 1024 * 1024, seconds=30))
    assert "200 MB 内存" in words or "还没有读完" in words
    assert one(pdf(printed(PARAGRAPHS[:3]))).text.splitlines() == PARAGRAPHS[:3]


@needs_pdfium
def test_a_pdf_that_takes_too_long_is_one_error() -> None:
    began = time.monotonic()
    assert "1 秒还没有读完" in refusal(bomb(), ".pdf", Limits(seconds=1))
    assert time.monotonic() - began < 10


@needs_pdfium
def test_more_characters_than_can_be_in_it_are_refused() -> None:
    from aiwei_cli.reading.pdf_pages import read_pages

    with pytest.raises(ReadError, match="比文件本身多得多"):
        read_pages(pdf(printed(PARAGRAPHS)), 100)


@needs_pdfium
def test_one_child_reads_all_and_goes_with_its_parent() -> None:
    child: Any = native._CHILD
    for _ in range(3):
        one(pdf(printed(PARAGRAPHS[:2])))
        process = child._process
        assert process.poll() is None
    process.stdin.close()
    assert process.wait(10) == 0
    assert one(pdf(printed(PARAGRAPHS[:2]))).text  # a child that is gone is replaced


@needs_pdfium
def test_a_child_that_cannot_be_started_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(native, "_CHILD", native._Child())
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    assert "没有开成" in failure(pdf(printed(PARAGRAPHS[:2])))


@needs_pdfium
def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", "utf-8")
    (tmp_path / "a.pdf").write_bytes(pdf(printed(PARAGRAPHS[:4])))
    assert aiwei("parse", "a.pdf", "-q", cwd=tmp_path).code == 0


def test_reading_without_a_command_line_counts_too(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"1.txt": "甲"}))
    with pytest.raises(ReadError, match="还没有读完"):
        read(tmp_path / "a.zip", limits=Limits(seconds=-1.0))


# -- each limit on both sides ------------------------------------------------------------------------------------------


def test_how_many_elements_cells_and_characters_a_file_may_become() -> None:
    """400 bytes of memory an element, 500 a cell, 20 a character; and no more characters than its size can hold."""
    limits = Limits(memory=10_000_000)

    def at_most(spend: Callable[[Budget], Callable[[int], None]], count: int, source: int = 10**9) -> bool:
        spend(Budget(limits, source))(count)
        with pytest.raises(ReadError):
            spend(Budget(limits, source))(count + 1)
        return True

    assert at_most(lambda budget: budget.elements, 25_000)
    assert at_most(lambda budget: budget.cells, 20_000)
    assert at_most(lambda budget: budget.text, 500_000)
    assert at_most(lambda budget: budget.text, 200_000, source=0)
    assert at_most(lambda budget: budget.text, 202_000, source=100)
    budget = Budget(limits, 100)
    assert budget.letters == 202_000
    budget.unpacked(1000)
    assert budget.letters == 204_000
    budget.unpacked(10**9)
    assert budget.letters == 500_000
    budget.text(1)
    budget.begin(0)
    assert budget.letters == 200_000


def test_what_an_archive_may_hold() -> None:
    budget = Budget()
    assert (budget.size, budget.members, budget.depth, budget.packed) == (500 << 20, 10_000, 3, False)


@pytest.mark.parametrize(
    ("memory", "shown"),
    [(2 << 30, "2 GB"), (1 << 30, "1 GB"), (512 << 20, "512 MB"), (1536 << 20, "1536 MB"), (3 << 30, "3 GB")],
)
def test_memory_as_a_person_writes_it(memory: int, shown: str) -> None:
    assert Limits(memory=memory).shown_memory() == shown
    assert Limits().memory == 2 << 30 and Limits().seconds == 60


def test_the_seconds_that_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("aiwei_cli.reading.budget.monotonic", lambda: now[0])
    budget = Budget(Limits(seconds=10.0))
    assert budget.left() == 10

    def work() -> float:
        now[0] += 4
        return budget.left()

    assert budget.run(work) == 6
    now[0] += 50  # what is done between is not the file's
    assert budget.left() == 6
    budget.more()
    assert (budget.left(), budget.run(lambda: budget.run(work))) == (16, 12)
    now[0] += 1
    budget.run(lambda: now.__setitem__(0, now[0] + 12))
    budget.check()  # exactly all of it

    def longer() -> None:
        now[0] += 0.5
        budget.check()

    with pytest.raises(ReadError, match="读了 20 秒还没有读完"):
        budget.run(longer)
    assert budget.told
    with pytest.raises(ReadError, match="还没有读完"):
        budget.run(lambda: None)


def test_what_runs_out_inside_is_a_sentence() -> None:
    def deep() -> None:
        deep()

    def large() -> None:
        raise MemoryError

    with pytest.raises(ReadError, match="嵌套得太深"):
        Budget().run(deep)
    with pytest.raises(ReadError, match="超过 2 GB 内存"):
        Budget().run(large)
