"""What a stranger wrote does not command the terminal, and what ends the program early leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shell import aiwei, aiwei_process, environment
from test_cli_streams import COMMAND, POSIX, read_terminal

from aiwei_cli.cli.complete import complete_offices
from aiwei_cli.write.folder import safe_name

EVIL = (
    "关于方案的通知\n一、开展\x1b[31m整治\u202e\u2028。（市\x1b[8m财政局、\x9b31m民政局负责）\n1.修路\x07（甲局负责\n"
)
RAW = ("\x1b[31m", "\x1b[8m", "\x9b", "\x07", "\u202e", "\u2028")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(EVIL, "utf-8")
    return path


@POSIX
@pytest.mark.parametrize(
    "args",
    [
        *(["list", "--format", each] for each in ("table", "tsv", "csv", "json", "jsonl", "yaml", "md", "html")),
        *(["parse", "--format", each] for each in ("yaml", "json", "jsonl")),
        *(["why", "一"], ["show", "一"], ["why", "一", "--format", "json"], ["show", "一", "--format", "yaml"]),
        *(["matrix"], ["matrix", "--format", "md"], ["offices"], ["sections"], ["search", "整治"], ["export"]),
        *(["parse", "--verify"], ["export", "--format", "md"], ["export", "-o", "/dev/tty"]),
    ],
    ids=" ".join,
)
def test_nothing_of_a_notice_commands_the_terminal(args: list[str], evil: Path) -> None:
    shown, _ = read_terminal([*args, str(evil)])
    assert not [raw for raw in RAW if raw in shown.decode("utf-8", "replace")]


@POSIX
@pytest.mark.parametrize("args", [["list"], ["parse"], ["export"]], ids=" ".join)
def test_nor_where_a_bar_shows_how_far_a_folder_is(args: list[str], evil: Path) -> None:
    (evil.parent / "b.txt").write_text("1." + "修路" * 80 + "（甲局负责）。\n", "utf-8")
    shown, _ = read_terminal([*args, str(evil.parent)], stderr=True)
    text = shown.decode("utf-8", "replace")
    assert "读公文 [" in text and not [raw for raw in RAW if raw in text]
    assert "修路" * 80 in text or args == ["list"], "nothing breaks the lines of data"


@pytest.mark.parametrize(
    "args",
    [
        *(["list"], ["parse"], ["parse", "--verify"], ["show", "9"], ["add", "--ledger", "a.db"], ["show", "1"]),
        *(["check"], ["check", "--format", "github"]),
    ],
)
def test_a_name_cannot_pass_for_a_second_message(args: list[str], tmp_path: Path) -> None:
    name = "a\x1b[31m\u202e\n错误：别的.txt：假的.txt"
    if os.name != "nt":
        (tmp_path / name).write_text("1.甲（负责\n", "utf-8")
    ran = aiwei(*args, name, cwd=tmp_path)
    assert not [line for line in ran.err.splitlines() if line.startswith("错误：别的")]
    assert "\x1b" not in ran.err and "\u202e" not in ran.err
    assert not [line for line in ran.out.splitlines() if line.startswith("错误：别的")] or args == ["parse"]


def test_a_diagnostic_stays_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "1.修路（某\x1b[2J办牵头，补位\x1b]0;x\x07单位：乙办\n2.架桥（丙局负责）。\n", "utf-8"
    )
    assert not {"\x1b", "\x07"} & set(aiwei("parse", tmp_path / "a.txt").err)


def test_headings_of_a_matrix_are_escaped_in_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、`甲` [乙](javascript:x) | 丙\n1.修路（甲局负责）。\n", "utf-8")
    head = aiwei("matrix", tmp_path / "a.txt", "--format", "md").lines[0]
    assert head == r"| 单位 | 一 \`甲\` \[乙\](javascript:x) \| 丙 | 合计 |"


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u3000", "\u00a0"])
def test_formulas_are_guarded_behind_blanks_too(blank: str, tmp_path: Path) -> None:
    from shell import node

    from aiwei_cli.notice.model import Notice
    from aiwei_cli.notice.source import Source
    from aiwei_cli.query import Filters
    from aiwei_cli.query.filters import selector
    from aiwei_cli.query.table import hits_table
    from aiwei_cli.write import FORMATS, Style, write_table
    from aiwei_cli.write.target import target

    whole = Notice("", Source("a"), body=(node("一", "一、", 1, text=f"{blank}=1+1"),))
    for name, guarded in (("csv", True), ("tsv", True)):
        with target(str(tmp_path / f"a.{name}")) as out:
            write_table(hits_table(selector(Filters())(whole), "item"), out, FORMATS[name], Style(for_excel=True))
        content = (tmp_path / f"a.{name}").read_text("utf-8-sig")
        assert ("'" in content) == guarded and "=1+1" in content
    (tmp_path / "b.txt").write_text("一、=1+1（甲局负责）。\n", "utf-8")
    assert "'" not in aiwei("list", tmp_path / "b.txt").out  # a pipe to a script


def test_no_file_has_a_name_like_an_option() -> None:
    assert [safe_name(name, ".csv", set()) for name in ("-rf", "--force", " -x", ".-y", "—甲")] == [
        "－rf.csv",
        "－-force.csv",
        "－x.csv",
        "－y.csv",
        "—甲.csv",
    ]


# --- closed streams, signals, full disks


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        *("parse", "list", "show 8", "offices", "sections", "matrix", "export", "why 8", "search 厕所", "explain"),
        *("rules", "schema", "-h", "--version", "export --format html"),
    ],
)
def test_a_closed_standard_output_is_one_sentence(command: str) -> None:
    line = f'"$0" -m aiwei_cli {command} {"-q" if command == "parse" else ""} >&-'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=60,
    )
    told = [line for line in done.stderr.decode().splitlines() if not line.startswith("没有给出文件")]
    assert (done.returncode, len(told)) == (2, 1) and told[0].startswith("错误：标准输出：没有打开")


@POSIX
def test_who_writes_to_a_file_needs_no_standard_output(tmp_path: Path) -> None:
    line = '"$0" -m aiwei_cli export -o a.csv >&- 2>&-'
    done = subprocess.run(["sh", "-c", line, sys.executable], cwd=tmp_path, env=environment(), timeout=60)
    assert done.returncode == 0 and (tmp_path / "a.csv").stat().st_size > 1000


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full")
def test_the_version_on_a_full_disk_is_one_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "--version"], stdout=full, stderr=subprocess.PIPE, env=environment())
    assert done.returncode == 2 and "磁盘已满" in done.stderr.decode()


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)])
@pytest.mark.parametrize("target", [["export", "-o", "out.csv"], ["export", "-o", "out", "--split-by", "office"]])
def test_a_signal_leaves_nothing_behind(number: signal.Signals, target: list[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").write_text("一、工作（甲局负责）\n", "utf-8")
    process = subprocess.Popen(
        [*COMMAND, target[0], "a.txt", "pipe", *target[1:]], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE
    )
    if "--split-by" not in target:
        until = time.monotonic() + 30
        while not list(tmp_path.glob(".aiwei-*")) and time.monotonic() < until:
            time.sleep(0.02)
        assert list(tmp_path.glob(".aiwei-*"))
    else:
        time.sleep(1.5)
    process.send_signal(number)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == -number
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "pipe"]


@POSIX
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", -signal.SIGTERM), ("SIGINT", 130)])
def test_a_signal_that_comes_in_a_destructor_is_not_lost(name: str, code: int) -> None:
    script = f"""
import os, signal, sys, time
import aiwei_cli.cli
from aiwei_cli.__main__ import main

class Late:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})

def run(args):
    Late()
    time.sleep(30)

aiwei_cli.cli.run = run
sys.argv = ["aiwei", "list"]
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment(), timeout=20)
    assert (done.returncode, done.stderr) == (code, b"")


@POSIX
def test_a_hang_up_that_is_ignored_stays_so(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    process = subprocess.Popen(
        ["nohup", *COMMAND, "list", "pipe"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGHUP)
    (tmp_path / "pipe").write_text("一、工作（甲局负责）\n", "utf-8")
    assert process.communicate(timeout=30)[0] and process.returncode == 0


def test_what_was_left_behind_does_not_block_the_next_run(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f".aiwei-{os.getpid()}-{number}.tmp").touch()
    assert aiwei("export", "-o", tmp_path / "a.csv").code == 0
    assert aiwei("export", "-o", tmp_path / "b", "--split-by", "office").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.db", "a.docx"])
def test_a_file_that_may_not_grow_is_said_with_its_name_and_cure(name: str, tmp_path: Path) -> None:
    line = f'ulimit -f 1; exec "$0" -m aiwei_cli export -o {name}'
    # Python would write a compiled module as far as it may, and stumble over the half of it later.
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(["bash", "-c", line, sys.executable], cwd=tmp_path, capture_output=True, env=env)
    told = [line for line in done.stderr.decode().splitlines() if not line.startswith("没有给出文件")]
    assert done.returncode == 2 and len(told) == 1 and name in told[0] and "；请" in told[0]
    assert list(tmp_path.iterdir()) == []


def test_a_count_beyond_all_numbers_is_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、开展整治。（市财政局负责）\n", "utf-8")
    assert len(aiwei("search", "整治", tmp_path / "a.txt", "--limit", "9" * 23).lines) == 1


@pytest.mark.parametrize("count", ["x", "", "9" * 30, "-5"])
def test_what_a_shell_sets_oddly_is_no_error(count: str) -> None:
    ran = aiwei_process(_AIWEI_COMPLETE="complete_bash", COMP_WORDS="aiwei list --of", COMP_CWORD=count)
    assert "Traceback" not in ran.err and "Traceback" not in ran.out
    assert complete_offices("无此单位") == []


@POSIX
def test_words_that_are_not_utf8_are_gbk_or_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、开展整治。（市财政局负责）\n", "utf-8")

    def run(*args: bytes) -> tuple[bytes, str]:
        done = subprocess.run(
            [*(os.fsencode(part) for part in COMMAND), *args], cwd=tmp_path, capture_output=True, env=environment()
        )
        return done.stdout, done.stderr.decode()

    for args in ([b"list", b"--keyword"], [b"list", b"--office"], [b"list", b"--section"], [b"list", b"--notice"]):
        assert "不成字" in run(*args, b"\xff\xff", b"a.txt")[1]
    assert run(b"list", b"--keyword", "整治".encode("gbk"), b"a.txt")[0].decode().count("整治") == 1
    assert "找不到" in run(b"list", "不在".encode("gbk"))[1]
    run(b"export", b"a.txt", b"-o", b"\xff.csv")
    assert [os.fsencode(path.name) for path in tmp_path.iterdir() if path.suffix == ".csv"] == [b"\xff.csv"]


@POSIX
def test_a_locale_without_chinese_takes_chinese(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("一、开展整治。（市财政局负责）\n", "utf-8")
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    ran = aiwei_process("list", "通知.txt", "--keyword", "整治", cwd=tmp_path, **plain)
    assert ran.code == 0 and "整治" in ran.out and "通知.txt" in ran.out
    ran = aiwei_process("export", "通知.txt", "-o", "表.csv", cwd=tmp_path, **plain)
    assert ran.code == 0 and (tmp_path / "表.csv").exists()


# --- what is no ledger


@pytest.mark.parametrize("name", ["a.txt", "a.db", "a"])
@pytest.mark.parametrize("content", [b"x", "一、工作（甲局负责）".encode(), b"x" * 5000, b""])
def test_a_file_that_is_no_ledger_is_left_alone(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "公文.txt").write_text("一、工作（甲局负责）\n", "utf-8")
    path = tmp_path / name
    path.write_bytes(content)
    if not (name == "a.db" and not content):  # an empty file of that name may become one
        ran = aiwei("add", tmp_path / "公文.txt", "--ledger", path)
        assert ran.code == 2 and name in ran.err and path.read_bytes() == content
    ran = aiwei("search", "工作", "--ledger", path)
    assert ran.code == 2 and len(ran.err.splitlines()) == 1


def test_a_ledger_of_the_environment_that_is_a_notice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "公文.txt"
    path.write_text("一、工作（甲局负责）\n", "utf-8")
    ran = aiwei("list", AIWEI_LEDGER=str(path))
    assert (ran.out, ran.code) == ("", 2) and "AIWEI_LEDGER" in ran.err and "不是台账" in ran.err
    assert len(aiwei("list", AIWEI_NOTICE=str(path)).lines) == 1
