"""A corpus: datasets that can be gone on with, joined, and come out the same whatever dies in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shell import aiwei, environment, sample, select

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow 没有装：pip install 'aiwei[corpus]'")
from pyarrow import parquet  # noqa: E402

from aiwei_cli.cli.corpus import _followed  # noqa: E402
from aiwei_cli.compiled import load  # noqa: E402
from aiwei_cli.corpus import datasets, run  # noqa: E402
from aiwei_cli.corpus.parts import Parts  # noqa: E402
from aiwei_cli.corpus.place import CorpusPlace  # noqa: E402
from aiwei_cli.corpus.plan import plan_of  # noqa: E402
from aiwei_cli.corpus.shard import Done, Task  # noqa: E402
from aiwei_cli.corpus.sources import SourceColumns  # noqa: E402
from aiwei_cli.notice.model import Notice  # noqa: E402
from aiwei_cli.parsing import parse  # noqa: E402
from aiwei_cli.query import Filters  # noqa: E402
from aiwei_cli.query.pairs import pairs_table  # noqa: E402
from aiwei_cli.query.table import hits_table  # noqa: E402
from aiwei_cli.reading.budget import Limits  # noqa: E402
from aiwei_cli.write.parquet_ import kinds  # noqa: E402

TEXT = "{}桥镇人民政府关于清淤的通知\n一、修路（住建局牵头，财政局配合）。6月底前完成。\n二、清淤（水利局负责）。\n"
NAMES = {"notices", "items", "duties", "pairs", "deadlines", "citations", "diagnostics", "errors"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eleven notices, two of which say the same, an archive of two more, and a file that cannot be read."""
    place = tmp_path / "公文"
    place.mkdir()
    for number in range(10):
        (place / f"{number}.txt").write_text(TEXT.format(f"第{number}"), "utf-8")
    (place / "again.txt").write_text(TEXT.format("第３").replace("\n", "\r\n"), "utf-8")
    with zipfile.ZipFile(place / "more.zip", "w") as archive:
        for name in "甲乙":
            archive.writestr(f"{name}.txt", TEXT.format(name))
    (place / "broken.docx").write_bytes(b"PK\3\4 broken")
    return place


def rows(place: Path, name: str) -> list[dict[str, Any]]:
    return [row for part in sorted((place / name).iterdir()) for row in parquet.read_table(part).to_pylist()]


def parts(place: Path) -> dict[str, bytes]:
    """All files of the datasets and their bytes."""
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("part-*")}


def test_the_datasets_hold_what_the_notices_say(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "语料"
    ran = aiwei("corpus", folder, "-o", out, "--shard", "5", "--jobs", "1")
    assert ran.code == 1 and "13 篇公文，1 篇读不了" in ran.err
    assert {path.name for path in out.iterdir()} == {*NAMES, "plan.jsonl", "done"}
    notices = rows(out, "notices")
    assert len(notices) == 13 and len({row["notice_id"] for row in notices}) == 13
    sums = [row["text_sha256"] for row in notices]
    assert len(set(sums)) == 12
    assert {row["office"] for row in rows(out, "duties")} == {"住房和城乡建设局", "财政局", "水利局"}
    pair = rows(out, "pairs")[0]
    assert (pair["source"], pair["target"], pair["weight"]) == ("住房和城乡建设局", "财政局", 1.0)
    assert pair["office_place"].endswith("桥镇")
    assert [row["written"] for row in rows(out, "deadlines")] == ["6月底前"] * 13
    (error,) = rows(out, "errors")
    assert error["file"].endswith("broken.docx") and "；" in error["message"]
    listed = aiwei("list", folder / "0.txt", "--per", "duty", "--format", "json").json()
    mine = next(row["notice_id"] for row in notices if row["path"].endswith("0.txt"))
    found = [row for row in rows(out, "duties") if row.pop("notice_id") == mine]
    assert [row["office"] for row in found] == [row["office"] for row in listed]
    assert list(found[0]) == list(listed[0])


def read(made: Parts) -> dict[str, Any]:
    return {name: parquet.read_table(pyarrow.BufferReader(data)) for name, data in made.data()}


def test_every_dataset_has_its_columns_also_without_rows() -> None:
    types = kinds()
    for name, table in read(Parts()).items():
        wanted = [(column, types[kind]) for column, kind in datasets.columns()[name]]
        assert [(field.name, field.type) for field in table.schema] == wanted and table.num_rows == 0


@pytest.mark.parametrize("notice", [sample(), parse(TEXT), parse("关于清淤的通知\n正文。\n")])
def test_the_rows_are_those_of_the_tables(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    own = replace(notice, body=tuple([replace(node, extra=(("进展", "已办"),)) for node in notice.body]))
    made = Parts()
    monkeypatch.setattr("aiwei_cli.corpus.parts._MANY", 10)
    for number, each in enumerate((notice, own, notice)):
        made.add(datasets.dataset_rows(each, number, load()))
    found = read(made)
    hits = list(select(notice, Filters()))
    tables = (hits_table(hits, "item"), hits_table(hits, "duty"), pairs_table(hits, load().offices))
    for name, table in zip(("items", "duties", "pairs"), tables, strict=True):
        columns = [key for key, _ in datasets.columns()[name][1:]]
        rows = [{key: row.get(key) for key in columns} for row in table.rows]
        wanted = [{"notice_id": number, **row} for number in range(3) for row in rows]
        assert found[name].to_pylist() == wanted
    assert [row["duties"] for row in found["notices"].to_pylist()] == [sum(len(hit.duties) for hit in hits)] * 3


def test_many_rows_and_odd_cells_are_kept_in_order() -> None:
    made = Parts()
    for number in range(12_000):
        made.add(datasets.error_rows(f"{number // 4000}", "\udce4"))
    table = read(made)["errors"]
    assert table.column("file").to_pylist() == ["0"] * 4000 + ["1"] * 4000 + ["2"] * 4000
    assert table.column("message")[0].as_py() == "?"


def test_what_differs_in_white_space_width_and_case_is_one_text() -> None:
    every = "".join(map(chr, range(0x110000)))
    narrow = every.translate({char: char - 0xFEE0 for char in range(0xFF01, 0xFF5F)})
    assert datasets.folded_sum(every) == datasets.folded_sum(narrow) == datasets.folded_sum(narrow.casefold())
    assert datasets.folded_sum("修 路\r\n") == datasets.folded_sum("修路") != datasets.folded_sum("修路1")


def test_it_goes_on_where_it_stopped_with_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "一", tmp_path / "二"
    aiwei("corpus", folder, "-o", whole, "--shard", "4", "--jobs", "1")
    aiwei("corpus", folder, "-o", broken, "--shard", "4", "--jobs", "2")
    assert parts(whole) == parts(broken) and len(parts(whole)) == 4 * len(NAMES)
    for path in [*broken.glob("*/part-00001.parquet"), broken / "done" / "00001.json", broken / "done" / "00003.json"]:
        path.unlink()
    ran = aiwei("corpus", folder, "-o", broken, "--shard", "4", "--jobs", "1")
    assert "已有 2 片，接着做" in ran.err and parts(whole) == parts(broken)
    assert "早已做完" in aiwei("corpus", folder, "-o", broken, "--shard", "4").err
    said = aiwei("corpus", "-o", whole, "--status")
    assert "共 4 片，做完 4 片，还有 0 片" in said.out and "13 篇公文，1 篇读不了" in said.out and said.code == 0


def test_it_refuses_to_mix(folder: Path, tmp_path: Path) -> None:
    out, own = tmp_path / "语料", tmp_path / "规则"
    own.mkdir()
    (own / "offices.yaml").write_text("offices:\n- 某水务局 = 水利局\n", "utf-8")
    aiwei("corpus", folder, "-o", out, "--jobs", "1")
    before = parts(out)
    for said, args in (("规则", ["--rules", own]), ("--shard", ["--shard", "7"])):
        ran = aiwei("corpus", folder, "-o", out, *args)
        assert ran.code == 2 and said in ran.err and "不能混" in ran.err
    head, *lines = (out / "plan.jsonl").read_text("utf-8").splitlines()
    (out / "plan.jsonl").write_text("\n".join([head.replace('"aiwei": "', '"aiwei": "9.'), *lines]), "utf-8")
    assert "版本" in aiwei("corpus", folder, "-o", out).err
    assert parts(out) == before


def test_wrong_usage_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "x").touch()
    (tmp_path / "空").mkdir()
    for args in (
        (folder,),
        ("-o", tmp_path / "a"),
        (folder, "-o", tmp_path / "满"),
        (tmp_path / "空", "-o", tmp_path / "b"),
        ("-o", tmp_path / "c", "--status"),
        (folder, "-o", "没有这种://x"),
        (folder, "-o", tmp_path / "d", "--shard", "0"),
    ):
        ran = aiwei("corpus", *args)
        assert ran.code == 2 and "；" in ran.err and "Traceback" not in ran.err, args


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_texts_in_a_column(tmp_path: Path, kind: str) -> None:
    file, out = tmp_path / f"爬取.{kind}", tmp_path / "语料"
    texts = [{"url": f"http://x/{number}", "content": TEXT.format(f"第{number}")} for number in range(7)]
    texts.insert(3, {"url": "http://x/空", "content": ""})
    if kind == "jsonl":
        file.write_text("\n".join(json.dumps(text, ensure_ascii=False) for text in texts), "utf-8")
    else:
        parquet.write_table(pyarrow.Table.from_pylist(texts), file, row_group_size=2)
    args = ("--text-column", "content", "--id-column", "url", "--shard", "3", "--jobs", "1")
    ran = aiwei("corpus", file, "-o", out, *args)
    assert [row["path"] for row in rows(out, "notices")] == [f"http://x/{number}" for number in range(7)], ran.err
    (error,) = rows(out, "errors")
    assert "第 4 行" in error["message"]


def test_damaged_rows_and_what_is_no_file_stop_no_other(tmp_path: Path) -> None:
    source, out = tmp_path / "源", tmp_path / "语料"
    source.mkdir()
    texts = [{"content": TEXT.format(f"第{number}")} for number in range(4)]
    parquet.write_table(pyarrow.Table.from_pylist(texts), source / "好.parquet", row_group_size=2)
    data = bytearray((source / "好.parquet").read_bytes())
    data[4:60] = b"\xff" * 56  # of the first group of rows
    (source / "坏一组.parquet").write_bytes(data)
    (source / "不是.parquet").write_bytes(b"PAR1 broken")
    (source / "没有.parquet").symlink_to("不在了.parquet")
    odd = []
    if hasattr(os, "mkfifo"):
        odd = ["管道.jsonl", "管道.txt"]
        for name in odd:
            os.mkfifo(source / name)
    ran = aiwei("corpus", source, "-o", out, "--text-column", "content", "--jobs", "1")
    assert len(rows(out, "notices")) == 6, ran.err
    told = sorted(row["message"].removeprefix(f"{source.resolve()}/") for row in rows(out, "errors"))
    assert [words.partition("：")[0] for words in told] == sorted(
        ["不是.parquet", "没有.parquet", "坏一组.parquet", "坏一组.parquet", *odd]
    )
    assert all("；" in words for words in told)


def test_addresses_by_fsspec(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec 没有装")
    out = tmp_path / "语料"
    ran = aiwei("corpus", f"file://{folder}", "-o", f"file://{out}", "--jobs", "1")
    assert len(rows(out, "notices")) == 13, ran.err
    assert "13 篇" in aiwei("corpus", "-o", f"file://{out}", "--status").out


def test_an_address_that_answers_with_its_own_errors(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = pytest.importorskip("fsspec", reason="fsspec 没有装").filesystem("memory")
    lines = "".join(
        json.dumps({"content": TEXT.format(f"第{number}")}, ensure_ascii=False) + "\n" for number in range(5)
    )
    memory.pipe({"/源/甲.jsonl": lines.encode(), "/源/.DS_Store.txt": b"", "/满/x": b"x"})
    args = ("--text-column", "content", "--shard", "2", "--jobs", "1")
    ran = aiwei("corpus", "memory://源", "-o", "memory://果", *args)
    assert ran.code == 0 and "5 篇公文" in ran.err and len(memory.ls("/果/items")) == 3
    assert "早已做完" in aiwei("corpus", "memory://源", "-o", "memory://果", *args).err
    memory.pipe("/.隐/甲.jsonl", lines.encode())
    for number, named in enumerate(("memory://.隐", "memory://.隐/甲.jsonl")):
        assert "5 篇公文" in aiwei("corpus", named, "-o", f"memory://果{number}", *args).err
    assert "已有别的东西" in aiwei("corpus", folder, "-o", "memory://满", "--jobs", "1").err

    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError("no route to host")

    file = type(memory.open("/源/甲.jsonl"))
    for name in ("find", "open", "cat_file", "exists", "pipe_file", "read"):
        with monkeypatch.context() as patch:
            patch.setattr(file if name == "read" else type(memory), name, fails)
            out = f"memory://{name}" if name in ("cat_file", "exists", "pipe_file") else tmp_path / name
            ran = aiwei("corpus", "memory://源", "-o", out, *args)
        assert ran.code == 2 and "no route to host" in ran.err and "；请检查地址" in ran.err, (name, ran.err)


def test_a_missing_pyarrow_says_what_to_type(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    ran = aiwei("corpus", folder, "-o", tmp_path / "x")
    assert ran.code == 2 and "pip install 'aiwei[corpus]'" in ran.err


def deadly(tasks: Sequence[Task]) -> list[Done | Task]:
    """The second shard kills its process."""
    if tasks[0].number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return run.some(tasks)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="这里没有 SIGKILL")
def test_a_shard_that_kills_its_worker_costs_only_itself(folder: Path, tmp_path: Path) -> None:
    out = CorpusPlace(str(tmp_path / "语料"))
    plan = plan_of(out, [str(folder)], SourceColumns(), 4, load().data)
    told: list[str] = []
    results = list(run.here(run.todo(out, plan, None, Limits()), 2, told.append, deadly))
    assert [isinstance(one, Done) for one in results] == [True, False, True, True] and told
    assert out.names("done") == ["00000.json", "00002.json", "00003.json"]
    ran = aiwei("corpus", folder, "-o", tmp_path / "语料", "--shard", "4", "--jobs", "1")
    assert "已有 3 片，接着做" in ran.err and len(rows(tmp_path / "语料", "notices")) == 13


def test_a_shard_that_was_not_done_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    task = Task("语料", 1, (), SourceColumns(), None, Limits())
    assert _followed([Done(0, 4, 0, 0.1), task], 2, 0, quiet=True) == 1
    assert "第 1 片没有做成" in capfd.readouterr().err


def test_what_is_made_answers_duckdb_and_polars(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "语料"
    aiwei("corpus", folder, "-o", out, "--shard", "5", "--jobs", "1")
    duckdb = pytest.importorskip("duckdb", reason="duckdb 没有装")
    query = (
        f"SELECT office, count(*) AS n FROM '{out}/duties/*.parquet' JOIN '{out}/notices/*.parquet' USING (notice_id)"
        " GROUP BY office ORDER BY n DESC, office LIMIT 1"
    )
    assert duckdb.sql(query).fetchall() == [("住房和城乡建设局", 13)]
    polars = pytest.importorskip("polars", reason="polars 没有装")
    frame = polars.scan_parquet(f"{out}/pairs/*.parquet").group_by("source", "target").agg(polars.col("weight").sum())
    assert frame.collect().rows() == [("住房和城乡建设局", "财政局", 13.0)]


@pytest.mark.long(reason="starts a cluster and kills one of its workers: half a minute")
@pytest.mark.skipif(os.name == "nt", reason="kills a process")
def test_a_cluster_that_loses_a_worker_writes_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask 没有装：pip install 'aiwei[dask]'")
    place = tmp_path / "公文"
    place.mkdir()
    for number in range(400):
        (place / f"{number}.txt").write_text(TEXT.format(f"第{number}") * 30, "utf-8")
    local, far = tmp_path / "一", tmp_path / "二"
    aiwei("corpus", place, "-o", local, "--shard", "10", "--jobs", "1")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with cluster:
        command = [sys.executable, "-m", "aiwei_cli", "corpus", str(place), "-o", str(far), "--shard", "10"]
        child = subprocess.Popen(
            [*command, "--scheduler", cluster.scheduler_address], env=environment(), stderr=subprocess.PIPE
        )
        until = time.monotonic() + 60
        while len(list((far / "done").glob("*"))) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        cluster.workers[0].process.process._process.kill()
        _, said = child.communicate(timeout=300)
    assert child.returncode == 0, said.decode()
    assert parts(local) == parts(far) and len(parts(far)) == 40 * len(NAMES)
