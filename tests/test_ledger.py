"""A ledger gives notices back as they were put in, keeps their versions, and answers as the files themselves would."""

from __future__ import annotations

import io
import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from effort import tries
from hypothesis import example, given
from hypothesis import strategies as st
from ledger_samples import bundled, from_text, ledger_of, offices, put, rows, several, store_of_words
from shell import duty, node, sample, select

from aiwei_cli.notice.model import Notice
from aiwei_cli.notice.source import Source, digest
from aiwei_cli.query import Filters, places, tokens
from aiwei_cli.query.absent import Witness
from aiwei_cli.query.filters import selector
from aiwei_cli.query.table import ITEM_COLUMNS, Per, Table, hits_table, item_row
from aiwei_cli.query.tally import offices_table
from aiwei_cli.query.which import Which
from aiwei_cli.store import versions
from aiwei_cli.store.add import in_memory
from aiwei_cli.store.names import LedgerWitness, places_with_id
from aiwei_cli.store.packed import packed, unpacked
from aiwei_cli.store.query import Ledger
from aiwei_cli.tracking.standing import untracked
from aiwei_cli.write import FORMATS, Style, write_table


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ledger") / "台账 #1?.db"
    put(path, *several())
    return str(path)


# --- notices in and out


def test_notices_come_back_as_they_were(ledger: str) -> None:
    back = [untracked(notice) for notice in Ledger(ledger).notices()]
    assert back == several()
    assert [notice.to_dict() for notice in back] == [notice.to_dict() for notice in several()]


@tries(40)
@given(st.text("一二、（）1.2①负责牵头，。；\n年12月底前《》〔〕20号A　", max_size=120))
def test_whatever_was_parsed_comes_back(text: str) -> None:
    store = in_memory(offices())
    notice = from_text(text, "任意.txt")
    store.add_apart([store_of_words().entry(notice)])
    assert [untracked(each) for each in Ledger(store.connection).notices()] == [notice]


def test_halves_of_surrogate_pairs_do_not_lose_a_notice(tmp_path: Path) -> None:
    broken = replace(sample(), title="坏\ud800字", source=Source("\udcff.txt", "5" * 64))
    (back,) = ledger_of(tmp_path / "a.db", broken).notices()
    assert back.title == "坏?字" and untracked(back).body == sample().body


def test_the_tables_are_what_the_contract_calls_them_and_hang_together(ledger: str) -> None:
    connection = sqlite3.connect(ledger)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"notices", "nodes", "duties", "offices", "citations", "deadlines"} <= names
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    counted = connection.execute("SELECT count(*) FROM duties JOIN nodes USING (node) WHERE notice = 1").fetchone()
    assert counted == (48,)
    assert connection.execute("PRAGMA user_version").fetchone()[0] >= 1
    assert len(versions.shape(versions.latest()).tables) > 8


def test_views_say_what_the_commands_say(ledger: str) -> None:
    connection = sqlite3.connect(ledger)
    names = [column.key for column in ITEM_COLUMNS if column.program]
    # A view has the title as it is; the commands name a notice without one by its plan or its file.
    columns = ", ".join(["ifnull(notice, '厕所')", *names[1:]])
    seen = connection.execute(f"SELECT {columns} FROM tasks ORDER BY node").fetchall()
    assert seen == [tuple(row) for row in Ledger(ledger).hits_table(Filters(), "item", offices()).rows]
    count = connection.execute("SELECT lead, responsible, support, total FROM workloads WHERE office = '社会事务办'")
    assert count.fetchone() == (6, 7, 0, 13)
    assert connection.execute("SELECT count(*) FROM assignments WHERE role = 'lead'").fetchone()[0] > 5


def test_plain_sql_finds_any_characters_and_sources(ledger: str) -> None:
    connection = sqlite3.connect(ledger)

    def found(table: str, words: str) -> set[str]:
        query = f"SELECT id FROM nodes JOIN {table} ON {table}.rowid = nodes.node WHERE {table} MATCH ? AND notice = 6"
        return {id_ for (id_,) in connection.execute(query, (words,))}

    assert found("nodes_characters", '"厕 所"') == {"一/（一）"}
    assert found("nodes_characters", '"户 厕"') == {"一/（一）"}
    sizes = connection.execute("SELECT size, packed FROM sources").fetchall()
    texts = [data if len(data) == size else zlib.decompress(data) for size, data in sizes]
    assert [len(text) for text in texts] == [size for size, _ in sizes] and "整治户厕".encode() in b"".join(texts)


_AS_LONG = "一、清淤（民政局牵头，发改局配合）\n二、修路（发改局负责）\n"
"""A text that packing makes neither shorter nor longer."""


@pytest.mark.parametrize("text", ["", "短", "一、整治户厕。\n" * 99, "\ufffe\x00\r", _AS_LONG])
def test_texts_are_packed_and_unpacked(text: str) -> None:
    data = packed(text)
    assert unpacked(len(text.encode()), data) == text and len(data) <= len(text.encode())
    assert unpacked(None, text) == text, "that of an older ledger"


@pytest.mark.parametrize(
    ("size", "data"),
    [
        (9, b"123"),
        (40, packed("长" * 99)),
        (3, None),
        ("3", b"123"),
        (-1, b""),
        (300, packed("长" * 99)),
        (2, b"\xff\xff"),
    ],
    ids=["damaged", "more than it says", "nothing", "text", "less than nothing", "less than it says", "no UTF-8"],
)
def test_what_packs_no_text_is_refused(size: object, data: object) -> None:
    with pytest.raises(ValueError):
        unpacked(size, data)


# --- versions


def changed(notice: Notice, **parts: object) -> Notice:
    """The notice with other content, from other bytes."""
    source = replace(notice.source, sha256=digest(f"{notice.source.path} {parts}"))
    return replace(notice, source=source, **parts)  # type: ignore[arg-type]


def test_the_same_content_is_left_alone_and_changed_content_is_a_new_version(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = bundled()
    second = changed(first, preamble="改过了。")
    assert [outcome.change for outcome in put(path, first, first)] == ["added", "known"]
    assert [(outcome.change, outcome.version) for outcome in put(path, second)] == [("updated", 2)]
    assert [outcome.change for outcome in put(path, second, first)] == ["known", "older"]
    assert [notice.preamble for notice in Ledger(str(path)).notices()] == ["改过了。"]
    both = [untracked(each) for each in Ledger(str(path), Which(all_versions=True)).notices()]
    assert both == [first, second]


def test_the_latest_version_stands_where_the_first_stood(tmp_path: Path) -> None:
    one, two = bundled(), sample()
    put(tmp_path / "a.db", one, two)
    latest = changed(one, body=one.body[1:])
    put(tmp_path / "a.db", latest)
    ledger = Ledger(str(tmp_path / "a.db"))
    assert [untracked(each) for each in ledger.notices()] == [latest, two]
    assert answers([latest, two], Filters(), "item") == rows(ledger.hits_table(Filters(), "item", offices()))
    both = [latest, two]
    want = rows(offices_table((hit for notice in both for hit in select(notice, Filters())), offices()))
    assert rows(ledger.offices_table(Filters(), offices())) == want


@pytest.mark.parametrize(
    ("parts", "same"),
    [
        ({"title": "另一个标题", "document_number": "某政发〔2023〕1号"}, True),
        ({"document_number": "某政发〔2023〕2号"}, False),
        ({"document_number": "某政发〔2023〕1号", "issuer": "别的机关"}, False),
    ],
)
def test_a_document_number_and_the_issuer_make_the_same_notice(
    tmp_path: Path, parts: dict[str, str], same: bool
) -> None:
    notice = replace(sample(), document_number="某政发〔2023〕1号")
    outcome = put(tmp_path / "a.db", notice, changed(notice, **parts))[1]
    assert outcome.change == ("updated" if same else "added")


@pytest.mark.parametrize(
    ("parts", "same"),
    [({"preamble": "改"}, True), ({"year": 2024}, False), ({"title": "别的"}, False), ({"issuer": "别的机关"}, False)],
)
def test_without_a_number_title_issuer_and_year_do(tmp_path: Path, parts: dict[str, object], same: bool) -> None:
    outcome = put(tmp_path / "a.db", sample(), changed(sample(), **parts))[1]
    assert outcome.change == ("updated" if same else "added")


def test_without_an_issuer_the_file_does_and_what_came_from_a_pipe_is_always_new(tmp_path: Path) -> None:
    notice = replace(sample(), issuer=None)
    piped = replace(notice, source=Source("-", "7" * 64))
    changes = put(tmp_path / "a.db", notice, changed(notice, preamble="改"), piped, changed(piped, preamble="改"))
    assert [outcome.change for outcome in changes] == ["added", "updated", "added", "added"]


def test_read_again_only_what_reads_differently_becomes_a_version(tmp_path: Path) -> None:
    path, notice = tmp_path / "a.db", bundled()
    better = replace(notice, preamble="规则改好了。")
    put(path, notice)
    assert put(path, notice, again=True)[0].change == "known"
    assert put(path, better)[0].change == "known"
    assert put(path, better, again=True)[0] == put(path, better)[0]._replace(change="updated")


# --- questions

FILTERS = [
    Filters(),
    Filters(own=True),
    Filters(no_owner=True),
    Filters(no_owner=True, own=True),
    Filters(offices=("综合执法局",)),
    Filters(offices=("市场监管所",), roles=("responsible",)),
    Filters(offices=("民政部门", "妇联"), own=True),
    Filters(roles=("lead", "support")),
    Filters(offices=("各嘎查村社区",), sections=("二",)),
    Filters(sections=("一/（一）",)),
    Filters(sections=("乙实施 方案", "打造健康")),
    Filters(sections=("3", "二/（六）")),
    Filters(due_before="2023-07-01"),
    Filters(due_before="2023-07-01", own=True),
    Filters(keywords=("厕所 消毒", "健康科普")),
    Filters(keywords=("重点工作打造",)),  # from one heading into the next
    Filters(keywords=("。", '"')),
    Filters(keywords=("厕所",), words=True),
    Filters(keywords=("会议 人员",), words=True, roles=("responsible",)),
    Filters(offices=("没有这个单位",)),
]
WHICH = [Which(), Which(years=(2023, 2024)), Which(notices=("两个方案", "没有 编号")), Which(("某镇",), (2022,))]


def answers(notices: list[Notice], filters: Filters, per: Per) -> list[tuple[object, ...]]:
    answer = selector(filters, offices())
    return rows(hits_table((hit for notice in notices for hit in answer(notice)), per))


@pytest.mark.parametrize("which", WHICH, ids=str)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_a_ledger_answers_as_the_notices_do(ledger: str, filters: Filters, which: Which) -> None:
    asked, names = Ledger(ledger, which), offices()
    notices = [notice for notice in several() if which.fits(notice)]
    hits = [hit for notice in notices for hit in select(notice, filters, names)]
    assert rows(asked.hits_table(filters, "item", names)) == rows(hits_table(hits, "item"))
    assert rows(asked.hits_table(filters, "duty", names)) == rows(hits_table(hits, "duty"))
    assert rows(asked.offices_table(filters, names)) == rows(offices_table(hits, names))
    kept = list(asked.notices(filters, names))
    assert [hit for notice in map(untracked, kept) for hit in select(notice, filters, names)] == hits
    narrowed = [item_row(hit) for notice in kept for hit in select(notice, filters, names)]
    found = asked.hits_table(filters, "item", names)
    keys = [column.key for column in found.columns]
    assert [[row.get(key) for key in keys] for row in found.rows] == [
        [row.get(key) for key in keys] for row in narrowed
    ]
    witness, theirs = Witness(filters, names), LedgerWitness(filters, names, asked)
    list(witness.watch(notices))
    if hits:
        assert list(theirs.unknown()) == list(witness.unknown())
    else:
        assert list(theirs.nothing()) == list(witness.nothing())


def test_filters_that_find_nothing_do_not_hide_a_mistake_in_the_samples(ledger: str) -> None:
    found = [len(list(Ledger(ledger).hits_table(filters, "item", offices()).rows)) for filters in FILTERS[:-1]]
    assert all(found), found


def test_a_question_of_sqlite_does_not_end_at_a_sign_that_it_knows_otherwise() -> None:
    assert tokens.phrase("甲\0乙\u180e丙") == '"甲 \ufffd 乙 \ufffd 丙"'
    assert tokens.phrase('Ａ"b') == tokens.phrase('Ａ"B') == '"ａ "" b"'


@tries(60)
@given(st.text(max_size=12), st.text(max_size=12), st.text(min_size=1, max_size=4))
@example("ß\0\u180e", "İe\u0301", "ss\0")
@example("１２３（Ａ", "“”", "1")
def test_keywords_are_found_just_where_the_characters_are(title: str, text: str, asked: str) -> None:
    asked = asked if asked.split() else "空"
    whole = text[len(text) // 2 :] + title[: len(title) // 2]
    notice = Notice(
        "",
        Source("任意.txt"),
        body=(node("一", "一、", 1, title=title, children=(node("一/1", "1.", 3, text=text),)),),
    )
    store = in_memory(offices())
    store.add_apart([store_of_words().entry(notice)])
    ledger, clean = Ledger(store.connection), next(Ledger(store.connection).notices())
    for keyword in (asked, whole, title, text):
        if keyword.split():
            filters = Filters(keywords=(keyword,))
            assert rows(ledger.hits_table(filters, "item", offices())) == answers([clean], filters, "item"), keyword


def test_filters_that_contradict_each_other_are_refused(ledger: str) -> None:
    with pytest.raises(Exception, match="--no-owner"):
        list(Ledger(ledger).hits_table(Filters(no_owner=True, offices=("妇联",)), "item", offices()).rows)


@pytest.mark.parametrize("asked", ["6", "一/(一)/6", "16", "-"])
def test_a_place_is_found_with_its_notice(ledger: str, asked: str) -> None:
    found, count, _ = places_with_id(Ledger(ledger, Which(notices=("图克镇" if asked != "-" else "没有编号",))), asked)
    notice = bundled() if asked != "-" else several()[3]
    assert count == 1 and found[0].node.task
    found = [place for place in places(untracked(found[0].notice)) if place.node.id == found[0].node.id]
    assert found == [place for place in places(notice) if place.node.id == found[0].node.id]


def test_of_many_places_some_are_named(ledger: str) -> None:
    found, count, ids = places_with_id(Ledger(ledger), "（一）")
    assert count == len(found) == 5 and {place.node.id for place in found} == {"一/（一）", "二/（一）"}
    assert places_with_id(Ledger(ledger), "九") == ([], 0, ids)


def test_duties_of_a_heading_that_is_a_task_count_once(tmp_path: Path) -> None:
    heading = node("一", "一、", 1, duties=(duty("lead", "甲"),), children=(node("一/1", "1.", 3),))
    notice = Notice("", Source("a.txt"), title="甲", body=(heading,))
    ledger = ledger_of(tmp_path / "a.db", notice)
    assert rows(ledger.hits_table(Filters(), "duty", offices())) == answers([notice], Filters(), "duty")


def test_a_table_for_people_has_the_whole_task(ledger: str) -> None:
    table: Table = Ledger(ledger, Which(("某镇",))).hits_table(Filters(), "item", offices()).for_person()
    assert table.columns == hits_table(select(several()[1], Filters()), "item").for_person().columns
    assert rows(table)[0][1] == "整治农贸市场和旅游厕所。\n加强监督检查。"


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "yaml", "md", "table"])
@pytest.mark.parametrize("labels", ["zh", "en"])
@pytest.mark.parametrize("per", ["item", "duty"])
def test_rows_of_a_ledger_are_written_as_those_of_notices(ledger: str, format: str, labels: Any, per: Per) -> None:
    answer = selector(Filters(), offices())
    written = []
    for table in (
        hits_table((hit for notice in Ledger(ledger).notices() for hit in answer(notice)), per),
        Ledger(ledger).hits_table(Filters(), per, offices()),
    ):
        out = io.StringIO(newline="")
        write_table(table, out, FORMATS[format], Style(labels=labels))
        written.append(out.getvalue())
    assert written[0] == written[1]
