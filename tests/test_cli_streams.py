"""Where data and words go: standard output, standard error, pipes, consoles of other code pages, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from shell import aiwei, aiwei_process, environment

from aiwei_cli.resources import bundled_notice

NOTICE = bundled_notice()
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX terminals and signals")
COMMAND = [sys.executable, "-m", "aiwei_cli"]


def test_what_is_piped_is_read() -> None:
    ran = aiwei_process(
        "list", "--office", "水利局", stdin="一、工作\n1.修路（水利局负责）。\n2.架桥（财政局负责）。\n".encode()
    )
    assert len(ran.lines) == 1 and "修路" in ran.out and ran.err == ""


def test_a_file_on_standard_input_is_read() -> None:
    with NOTICE.open("rb") as stream:
        done = subprocess.run([*COMMAND, "list"], stdin=stream, capture_output=True, env=environment(), timeout=60)
    assert done.stdout.count(b"\n") == 27


def test_an_empty_pipe_is_an_error_and_not_another_notice() -> None:
    ran = aiwei_process("list", stdin=b"")
    assert (ran.out, ran.code) == ("", 2) and "标准输入" in ran.err


def test_a_cron_job_reads_the_notice_of_the_environment(tmp_path: Path) -> None:
    place = tmp_path / "通知.txt"
    place.write_text("一、工作\n1.修路（水利局负责）。\n", "utf-8")
    ran = aiwei("list", AIWEI_NOTICE=str(place))
    assert len(ran.lines) == 1 and ran.err == ""


@pytest.mark.parametrize("variable", ["AIWEI_NOTICE", "AIWEI_LEDGER"])
def test_a_name_that_stands_in_the_environment_is_said_to(variable: str, tmp_path: Path) -> None:
    for other in ("opt", "home", "tasks.db"):
        (tmp_path / other).write_bytes(b"")
    for name, near in (("nope", False), ("task.db", True)):
        ran = aiwei("list", **{variable: str(tmp_path / name)})
        assert (ran.out, ran.code, len(ran.err.splitlines())) == ("", 2, 1)
        assert f"环境变量 {variable}" in ran.err and name in ran.err
        assert ("相近的有" in ran.err, "相近的有：tasks.db；" in ran.err) == (near, near)
    assert f"环境变量 {variable}" in aiwei("list", **{variable: str(tmp_path / "opt")}).err


def test_a_ledger_that_stands_in_the_environment_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\0" + b"x" * 4096)
    for args in (("add", NOTICE), ("list",)):
        ran = aiwei(*args, AIWEI_LEDGER=str(tmp_path / "a.db"))
        assert (ran.out, ran.code) == ("", 2) and "环境变量 AIWEI_LEDGER" in ran.err.splitlines()[-1]


@pytest.mark.parametrize("encoding", ["gbk", "cp936", "ascii", "latin-1"])
def test_output_in_a_pipe_is_utf8_whatever_the_code_page(encoding: str) -> None:
    ran = aiwei_process("list", NOTICE, "--office", "执法局", PYTHONIOENCODING=encoding)
    assert "综合执法局" in ran.err
    assert ran.out == aiwei("list", NOTICE, "--office", "执法局").out


def read_terminal(args: list[str], *, stderr: bool = False, **env: str) -> tuple[bytes, int]:
    """Run on a terminal of 100 columns and return what it shows, with ``stderr`` the messages too."""
    import fcntl
    import pty
    import struct
    import termios

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    process = subprocess.Popen(
        [*COMMAND, *args],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave if stderr else subprocess.DEVNULL,
        env=environment(TERM="xterm", **env),
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return shown, process.wait()


@POSIX
def test_on_a_terminal_a_table_with_chinese_labels() -> None:
    shown, code = read_terminal(["list", str(NOTICE), "--office", "妇联"])
    text = shown.decode()
    assert code == 0 and "工作任务" in text and "责任单位" in text and "\t" not in text
    assert "绿色家庭创建评估工作" in text


@POSIX
@pytest.mark.parametrize("command", ["list", "show", "offices", "sections", "parse", "-h"])
def test_a_console_of_gbk_gets_gbk_and_no_crash(command: str, tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    place.write_text("一、工作\n1.看望𠮷大爷和😀（甲局负责）。\n", "utf-8")
    args = ["-h"] if command == "-h" else [command, *(["1"] if command == "show" else []), str(place)]
    shown, code = read_terminal(args, PYTHONIOENCODING="gbk")
    assert code == 0
    text = shown.decode("gbk")
    if command in ("list", "show", "parse"):
        assert "看望?大爷和?" in text or "\\U00020BB7" in text


@POSIX
@pytest.mark.parametrize("command", ["list", "parse", "export", "sections"])
def test_a_reader_that_has_enough_is_no_error(command: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, command, *[str(NOTICE)] * 60],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = [line for line in process.stderr.read().decode().splitlines() if ":30:1: " not in line]
    assert (process.wait(), told) == (0, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full")
@pytest.mark.parametrize(
    "args",
    [
        ("list",),
        ("list", "--format", "json"),
        ("parse",),
        ("parse", "--verify"),
        ("export", "--format", "xlsx"),
        ("export", "--format", "sqlite"),
        ("export", "--format", "csv", "-o", "/dev/full"),
        ("show", "8"),
        ("-h",),
    ],
)
def test_a_full_disk_is_one_sentence(args: tuple[str, ...]) -> None:
    first, *options = args
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [
                *COMMAND,
                first,
                *options,
                *([] if first == "-h" else [str(NOTICE)]),
                *(["-q"] if first == "parse" else []),
            ],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
        )
    told = done.stderr.decode()
    assert done.returncode == 2 and len(told.splitlines()) == 1
    assert told.startswith("错误：") and "磁盘已满" in told and ("/dev/full" in told) == ("-o" in args)


@POSIX
def test_ctrl_c_is_quiet() -> None:
    process = subprocess.Popen(
        [*COMMAND, "list", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1.5)  # it waits for its input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_closed_standard_input_is_none() -> None:
    code = "import sys; sys.stdin = None; sys.argv = ['aiwei', 'sections']; from aiwei_cli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, env=environment()
    )
    assert done.returncode == 0 and done.stdout.count(b"\n") == 5
