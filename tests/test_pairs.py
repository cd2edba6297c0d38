"""Who works with whom: pairs of offices, and the networks that are made of them."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from shell import aiwei as run

import aiwei_cli as aiwei
from aiwei_cli.compiled import load
from aiwei_cli.query.pairs import office_with_place, pairs_of
from aiwei_cli.write.network import Edge

HOUSING = "住房和城乡建设局"


def notice(place: str) -> str:
    return (
        f"{place}人民政府关于清淤的通知\n一、修路（住建局牵头，财政局、水利局配合）。\n二、清淤（水利局、财政局负责）。\n"
        "三、植树（水利局负责）。\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same tasks of two towns."""
    place = tmp_path / "公文"
    place.mkdir()
    for name in ("石桥镇", "柳河镇"):
        (place / f"{name}.txt").write_text(notice(name), "utf-8")
    return place


@pytest.mark.parametrize(
    ("clause", "pairs"),
    [
        ("甲水利局牵头，乙财政局配合", [("甲水利局", "乙财政局", True)]),
        ("甲水利局负责，乙财政局配合", [("甲水利局", "乙财政局", True)]),
        ("甲水利局、乙财政局负责", [("甲水利局", "乙财政局", False)]),
        ("甲水利局、乙财政局牵头", [("甲水利局", "乙财政局", False)]),
        ("甲水利局牵头，乙财政局负责", [("甲水利局", "乙财政局", True)]),
        ("甲水利局负责", []),
        ("甲水利局牵头，甲水利局配合", []),
        (
            "甲水利局、丙民政局牵头，乙财政局配合",
            [("甲水利局", "乙财政局", True), ("丙民政局", "乙财政局", True), ("甲水利局", "丙民政局", False)],
        ),
    ],
)
def test_who_goes_with_whom(clause: str, pairs: list[tuple[str, str, bool]]) -> None:
    found = pairs_of(aiwei.parse(f"一、修路（{clause}）。").body[0].duties)
    assert [(pair.source.office, pair.target.office, pair.directed) for pair in found] == pairs


def test_a_row_is_a_pair_with_its_task(folder: Path) -> None:
    rows = run("export", folder / "石桥镇.txt", "--per", "pair", "--format", "json").json()
    assert [(row["id"], row["source"], row["target"], row["weight"]) for row in rows] == [
        ("一", HOUSING, "财政局", 1),
        ("一", HOUSING, "水利局", 1),
        ("二", "水利局", "财政局", 1),
    ]
    assert rows == aiwei.read(folder / "石桥镇.txt").rows("pair")
    assert {row["office_place"] for row in rows} == {"石桥镇"}
    assert [row["directed"] for row in rows] == [True, True, False]
    shared = run("export", folder / "石桥镇.txt", "--per", "pair", "--weight", "shared", "--format", "json").json()
    assert [row["weight"] for row in shared] == [0.5, 0.5, 1]
    (folder / "三个.txt").write_text("一、修路（住建局牵头，财政局、水利局、林业局配合）。\n", "utf-8")
    third = run("export", folder / "三个.txt", "--per", "pair", "--weight", "shared", "--format", "json").json()
    assert [row["weight"] for row in third] == [0.333333] * 3
    only = run("list", folder / "石桥镇.txt", "--per", "pair", "--office", "水利局", "--format", "json").json()
    assert [row["id"] for row in only] == ["一", "二"]


def test_a_ledger_gives_the_same_pairs(folder: Path, tmp_path: Path) -> None:
    run("add", folder, "--ledger", tmp_path / "t.db")
    both = [run("export", where, "--per", "pair", "--format", "json").json() for where in (folder, tmp_path / "t.db")]
    keys = ("notice", "id", "source", "target", "weight", "office_place")
    assert [[row[key] for key in keys] for row in both[0]] == [[row[key] for key in keys] for row in both[1]]
    with aiwei.open_ledger(tmp_path / "t.db") as ledger:
        assert len(ledger.rows("pair")) == 6
    with closing(sqlite3.connect(tmp_path / "t.db")) as database:
        view = database.execute("SELECT notice, id, source, target, directed FROM pairs").fetchall()
    keys = ("notice", "id", "source", "target", "directed")
    assert sorted(view) == sorted(tuple(row[key] for key in keys) for row in both[0])


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("石桥镇人民政府", "石桥镇"),
        ("四川省广安市人民政府办公室", "四川省广安市"),
        ("中共柳河县委办公室", "柳河县"),
        ("广安市市场监督管理局", "广安市"),
        ("国务院办公厅", ""),
        ("水利部", ""),
        ("中国农业银行市分行", ""),
        ("全国市长协会", ""),
        ("", ""),
    ],
)
def test_the_place_of_a_body(body: str, place: str) -> None:
    assert load().offices.place_of(body) == place


def test_offices_of_two_towns_are_two(folder: Path, tmp_path: Path) -> None:
    ran = run("export", folder, "--per", "pair", "-o", tmp_path / "edges.csv")
    assert ran.code == 0, ran.err
    edges = list(csv.DictReader((tmp_path / "edges.csv").read_text("utf-8-sig").splitlines()))
    assert list(edges[0])[:4] == ["Source", "Target", "Type", "Weight"] and len(edges) == 6
    assert {edge["Source"] for edge in edges if edge["Type"] == "Directed"} == {
        f"{HOUSING}（石桥镇）",
        f"{HOUSING}（柳河镇）",
    }


def test_an_office_of_no_place_and_a_national_one_keep_their_names() -> None:
    assert office_with_place("市水利局", "") == "市水利局"
    assert office_with_place("市水利局", "广安市") == "市水利局（广安市）"
    assert office_with_place("国务院办公厅", "广安市") == "国务院办公厅"
    assert office_with_place("广安市水利局", "广安市") == "广安市水利局"


def test_weights_of_a_million_notices_keep_their_digits() -> None:
    weights = [Edge("甲", "乙", True, weight, 1).weighed() for weight in (1.0, 0.5, 1234567.0, 12345.678901, 0.333333)]
    assert weights == ["1", "0.5", "1234567", "12345.678901", "0.333333"]


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx_reads_the_network_back(folder: Path, tmp_path: Path, kind: str) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx 没有装")
    file = tmp_path / f"net.{kind}"
    assert run("export", folder, "--per", "pair", "-o", file).code == 0
    graph = networkx.read_graphml(file) if kind == "graphml" else networkx.read_gexf(file)
    assert graph.number_of_nodes() == 6 and graph.number_of_edges() == 6
    node = graph.nodes["水利局（石桥镇）"]
    assert (node["lead"], node["responsible"], node["support"], node["known"]) == (0, 2, 1, True)
    assert node["place"] == "石桥镇" and node["level"] == "town"
    edge = graph.edges[f"{HOUSING}（石桥镇）", "财政局（石桥镇）"] if kind == "graphml" else None
    assert edge is None or (edge["weight"], edge["tasks"]) == (1.0, 1)


def test_words_of_a_notice_are_no_markup(tmp_path: Path) -> None:
    file = tmp_path / "网.graphml"
    (tmp_path / "a.txt").write_text("一、修路（<b>&水利局牵头，=乙财政局配合）。", "utf-8")
    run("export", tmp_path / "a.txt", "--per", "pair", "-o", file)
    nodes = ElementTree.parse(file).iter("{http://graphml.graphdrawing.org/xmlns}node")
    assert [each.get("id") for each in nodes] == ["&水利局", "=乙财政局"]


def test_a_network_wants_pairs(folder: Path, tmp_path: Path) -> None:
    for args in (
        ("-o", tmp_path / "x.gexf"),
        ("--per", "pair", "--weight", "3"),
        ("--per", "pair", "--no-owner"),
        ("--per", "pair", "--split-by", "office", "-o", tmp_path / "x"),
    ):
        ran = run("export", folder, *args)
        assert (ran.code == 2 and "；" in ran.err) or "--weight" in ran.err, args
    assert not list(tmp_path.glob("x*"))


def test_pairs_in_every_format_for_tables(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow 没有装")
    for kind in ("csv", "tsv", "jsonl", "yaml", "md", "xlsx", "docx", "html", "parquet"):
        ran = run("export", folder, "--per", "pair", "-o", tmp_path / f"x.{kind}")
        assert ran.code == 0 and (tmp_path / f"x.{kind}").stat().st_size > 100, ran.err


@pytest.mark.parametrize("per", ["item", "duty", "pair"])
def test_parquet_holds_the_rows_with_their_kinds(folder: Path, tmp_path: Path, per: str) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow 没有装")
    from pyarrow import parquet

    file = tmp_path / "x.parquet"
    assert run("export", folder, "--per", per, "-o", file).code == 0
    table = parquet.read_table(file)
    rows = run("export", folder, "--per", per, "--format", "json").json()
    assert json.loads(json.dumps(table.to_pylist())) == rows
    assert table.schema.field("line").type == pyarrow.int64()


def test_a_missing_pyarrow_says_what_to_type(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    ran = run("export", folder, "-o", tmp_path / "x.parquet")
    assert ran.code == 2 and "pip install 'aiwei[corpus]'" in ran.err and not (tmp_path / "x.parquet").exists()


def test_offices_by_place(folder: Path) -> None:
    rows = run("offices", folder, "--by-place", "--format", "json").json()
    assert [(row["office"], row["office_place"], row["total"]) for row in rows][:2] == [
        ("水利局", "柳河镇", 3),
        ("水利局", "石桥镇", 3),
    ]
    assert "office_place" not in run("offices", folder, "--format", "json").json()[0]
