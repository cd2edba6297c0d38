"""The library: what ``import aiwei_cli`` offers, its examples, and that the command says the same."""

from __future__ import annotations

import inspect
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from shell import aiwei as run

import aiwei_cli as aiwei
from aiwei_cli.query.table import DUTY_COLUMNS, ITEM_COLUMNS

TEXT = "石桥镇人民政府关于清淤的通知\n一、修路（住建局牵头，各村配合）。6月底前完成。\n二、清淤（水利局负责）。\n"


@pytest.fixture
def notice() -> aiwei.Notice:
    return aiwei.parse(TEXT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three notices and a file that is not one."""
    place = tmp_path / "公文"
    place.mkdir()
    for name in "甲乙丙":
        (place / f"{name}.txt").write_text(TEXT.replace("石桥", f"{name}桥"), "utf-8")
    (place / "丁.docx").write_bytes(b"PK\3\4 broken")
    return place


def test_everything_public_is_there_listed_and_explained() -> None:
    assert set(aiwei.__all__) <= set(dir(aiwei))
    for name in aiwei.__all__:
        thing = getattr(aiwei, name)
        assert name.startswith("__") or (inspect.getdoc(thing) or "").strip(), name
    with pytest.raises(AttributeError, match="nothing"):
        _ = aiwei.nothing


def test_the_front_of_the_library_is_typed() -> None:
    for thing in (aiwei.read, aiwei.read_many, aiwei.parse, aiwei.open_ledger, aiwei.Notice.items, aiwei.Notice.rows):
        signature = inspect.signature(thing)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not p.empty for n, p in signature.parameters.items() if n != "self"), thing


def test_importing_and_looking_around_loads_no_parser() -> None:
    code = "import aiwei_cli, sys; dir(aiwei_cli); print({'aiwei_cli.parsing', 'aiwei_cli.query'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "set()\n"


def test_a_file_is_read_by_path_and_by_bytes(folder: Path) -> None:
    by_path, by_bytes = aiwei.read(folder / "甲.txt"), aiwei.read((folder / "甲.txt").read_bytes())
    assert by_path.body == by_bytes.body and by_path.source.sha256 == by_bytes.source.sha256
    assert by_path.source.path == str(folder / "甲.txt") and by_bytes.source.path is None
    assert aiwei.read(str(folder / "甲.txt")) == by_path


def test_what_cannot_be_read_is_a_sentence(folder: Path) -> None:
    for wrong in (folder, folder / "戊.txt", folder / "丁.docx", b"", TEXT):
        with pytest.raises(aiwei.ReadError, match=r"；|请"):
            aiwei.read(wrong)


@pytest.mark.parametrize("wrong", [Path("甲.txt"), TEXT.encode(), None])
def test_parse_takes_a_text_and_says_what_reads_files(wrong: Any) -> None:
    with pytest.raises(TypeError, match="read"):
        aiwei.parse(wrong)


def test_many_are_read_in_order_with_what_is_wrong_in_its_place(folder: Path) -> None:
    found = list(aiwei.read_many(folder))
    assert [getattr(one, "title", None) for one in found] == [
        None,
        *(f"{name}桥镇人民政府关于清淤的通知" for name in "丙乙甲"),
    ]
    assert isinstance(found[0], aiwei.ReadError) and "丁.docx" in str(found[0])
    assert list(aiwei.read_many([folder / "甲.txt", folder / "乙.txt"])) == [found[3], found[2]]


def test_rows_are_those_of_the_command(folder: Path) -> None:
    path = folder / "甲.txt"
    notice = aiwei.read(path)
    for per in ("item", "duty"):
        asked = ("list", path, "--per", per, "--role", "牵头", "--format", "json")
        assert notice.rows(per, role="lead") == run(*asked).json()
    keys = [column.key for column in ITEM_COLUMNS if column.program]
    assert [list(row) for row in notice.rows()] == [keys, keys]
    assert list(notice.rows("duty")[0]) == [column.key for column in DUTY_COLUMNS if column.program]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["一", "二"]),
        ({"office": "水利局"}, ["二"]),
        ({"office": ["水利局", "住建局"]}, ["一", "二"]),
        ({"role": "牵头"}, ["一"]),
        ({"section": "二"}, ["二"]),
        ({"keyword": "修路"}, ["一"]),
        ({"no_owner": True}, []),
        ({"stated": "clause", "own": True}, ["一", "二"]),
    ],
)
def test_filters_are_those_of_the_command(notice: aiwei.Notice, asked: dict[str, Any], ids: list[str]) -> None:
    hits = list(notice.items(**asked))
    assert [hit.id for hit in hits] == ids == [row["id"] for row in notice.rows(**asked)]
    assert all(hit.notice is notice and hit.node.id == hit.id and hit.text and not hit.section for hit in hits)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"role": "帮忙"}, "帮忙"),
        ({"due_before": "明天"}, "明天"),
        ({"office": " "}, "空"),
        ({"no_owner": True, "office": "水利局"}, "no-owner"),
    ],
)
def test_wrong_filters_are_a_sentence(notice: aiwei.Notice, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(aiwei.UsageError, match=said):
        list(notice.items(**asked))
    with pytest.raises(aiwei.UsageError, match="--per"):
        notice.rows("那")


def test_rules_of_ones_own_count(notice: aiwei.Notice, tmp_path: Path) -> None:
    (tmp_path / "offices.yaml").write_text("offices:\n- 某水务局 = 水利局\n", "utf-8")
    own = aiwei.load_rules(tmp_path)
    assert [hit.id for hit in notice.items(office="某水务局", rules=own)] == ["二"]
    assert aiwei.read(TEXT.encode(), rules=tmp_path).body[1].duties[0].office == "某水务局"
    assert pickle.loads(pickle.dumps(own)).offices.known("某水务局")


def test_a_notice_shows_itself_on_one_line_and_as_a_table(notice: aiwei.Notice) -> None:
    assert repr(notice) == "<Notice 石桥镇人民政府关于清淤的通知 2 个事项 3 项责任 0 处疑点>"
    assert "\n" not in repr(aiwei.parse("甲\n乙"))
    page = aiwei.parse("一、修<b>路</b>（水利局负责）。")._repr_html_()
    assert page.count("<tr>") == 2 and "<b>" not in page and "水利局" in page


def test_data_frames_of_either_library(notice: aiwei.Notice) -> None:
    for kind in ("pandas", "polars"):
        pytest.importorskip(kind, reason=f"{kind} 没有装")
        frame = notice.to_frame("duty", kind)
        assert list(frame.columns) == list(notice.rows("duty")[0]) and len(frame) == 3
        assert list(notice.to_frame(kind=kind, office="无此局").columns) == list(notice.rows()[0])
    with pytest.raises(aiwei.UsageError, match="pandas"):
        notice.to_frame(kind="excel")


def test_a_data_frame_that_is_not_installed_says_what_to_type(
    notice: aiwei.Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(aiwei.UsageError, match="pip install"):
        notice.to_frame()


def test_a_ledger_answers_as_its_notices_do(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    run("add", folder, "--ledger", path)
    with aiwei.open_ledger(path) as ledger:
        notices = list(ledger.notices())
        assert len(notices) == 3 and repr(ledger) == "<OpenLedger t.db 3 篇公文>"
        assert (
            ledger.rows("duty", role="牵头")
            == run("list", path, "--per", "duty", "--role", "lead", "--format", "json").json()
        )
        assert [hit.id for hit in ledger.items(office="水利局")] == ["二"] * 3
        assert ledger.offices() == run("offices", path, "--format", "json").json()
        assert ledger.search("清淤", limit=2) == run("search", "清淤", path, "--limit", "2", "--format", "json").json()
        assert "<table>" in ledger._repr_html_()
    with aiwei.open_ledger(path, notice="甲桥") as one:
        assert len(list(one.notices())) == 1
    for wrong in (folder / "甲.txt", tmp_path / "无.db"):
        with pytest.raises(aiwei.ReadError, match="台账"):
            aiwei.open_ledger(wrong)


@pytest.mark.parametrize(("kind", "per"), [("xlsx", "item"), ("csv", "duty"), ("html", "item"), ("docx", "pair")])
def test_files_are_those_of_the_command(folder: Path, tmp_path: Path, kind: str, per: str) -> None:
    one, two = tmp_path / f"1.{kind}", tmp_path / f"2.{kind}"
    assert aiwei.export(aiwei.read(folder / "甲.txt"), one, per=per)
    run("export", folder / "甲.txt", "--per", per, "-o", two)
    if kind in ("csv", "html"):
        assert one.read_bytes() == two.read_bytes()
    assert abs(len(one.read_bytes()) - len(two.read_bytes())) < 50
    with pytest.raises(aiwei.UsageError, match="xlsx"):
        aiwei.export([], tmp_path / "x.db")


def test_a_program_adds_checks_and_compares(folder: Path, tmp_path: Path) -> None:
    notices = [aiwei.read(folder / f"{name}.txt") for name in "甲乙"]
    assert [each.change for each in aiwei.add(notices, tmp_path / "t.db")] == ["added", "added"]
    assert [each.change for each in aiwei.add(notices[0], tmp_path / "t.db")] == ["known"]
    with aiwei.open_ledger(tmp_path / "t.db") as ledger:
        assert len(list(ledger.notices())) == 2
    changes = aiwei.diff(*notices)
    assert [change.kind for change in changes] == ["same", "same"]
    found = run("check", folder / "甲.txt", "--format", "json").json()
    assert [each.code for each in aiwei.check(notices[0])] == [each["code"] for each in found]


def test_the_schema_of_rows_is_what_rows_are(notice: aiwei.Notice) -> None:
    schema = run("schema", "rows").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    for per in ("item", "duty"):
        definition = {**schema, "anyOf": [{"$ref": f"#/$defs/{per}"}]}
        rows = json.loads(json.dumps(notice.rows(per)))
        assert rows and not [e for row in rows for e in jsonschema.Draft202012Validator(definition).iter_errors(row)]
        assert schema["$defs"][per]["required"] == list(rows[0])
    assert run("schema", "甲").code == 2
