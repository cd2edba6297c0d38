"""Old Word and WPS files: through LibreOffice where it is installed, else with a word of what to do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from read_samples import PARAGRAPHS, docx, every, failure, lines, one, p

from aiwei_cli.reading import libreoffice

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stand_in(folder: Path, script: str) -> str:
    """A program in the place of LibreOffice; ``out`` is its folder for the result."""
    program = folder / "soffice.py"
    start = "import sys, pathlib, time\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])"
    program.write_text(f"#!{sys.executable}\n{start}\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_without_libreoffice_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda: None)
    for suffix in (".doc", ".wps"):
        message = failure(OLE, suffix)
        assert "LibreOffice" in message
        assert "另存为 .docx" in message
    assert "LibreOffice" in failure(rb"{\rtf1 x}", ".rtf")


def test_old_excel_files_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Excel" in failure(OLE + "Workbook".encode("utf-16-le"), ".xls")
    assert "演示文稿" in failure(OLE + "PowerPoint Document".encode("utf-16-le"), ".ppt")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
class TestWithAStandIn:
    def test_what_it_makes_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "made.docx").write_bytes(docx(p("一、工作")))
        copy = f"out.mkdir(); (out / 'notice.docx').write_bytes(open({str(tmp_path / 'made.docx')!r}, 'rb').read())"
        program = stand_in(tmp_path, copy)
        monkeypatch.setattr(libreoffice, "find_program", lambda: program)
        for suffix, kind in ((".doc", "doc"), (".wps", "wps"), (".txt", "doc")):
            document = one(OLE, suffix)
            assert (document.text, document.source.kind) == ("一、工作\n", kind)

    def test_several_files_go_into_one_call(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the one call did not make is asked for alone, and what needs no LibreOffice is not in it."""
        made, calls, folder = tmp_path / "made.docx", tmp_path / "calls", tmp_path / "notices"
        made.write_bytes(docx(p("一、工作")))
        folder.mkdir()
        for number, suffix in enumerate((".doc", ".wps", ".doc"), 1):
            (folder / f"{number}{suffix}").write_bytes(OLE + bytes([number]))
        (folder / "4.doc").write_text("二、文本")
        copy = (
            "files = [pathlib.Path(one) for one in sys.argv[sys.argv.index('--outdir') + 2:]]; out.mkdir()\n"
            f"open({str(calls)!r}, 'a').write(f'{{len(files)}} ')\n"
            f"[(out / f'{{one.stem}}.docx').write_bytes(open({str(made)!r}, 'rb').read()) for one in files[:2]]"
        )
        monkeypatch.setattr(libreoffice, "find_program", lambda: program)
        program = stand_in(tmp_path, copy)
        assert every(folder) == ["一、工作\n", "一、工作\n", "一、工作\n", "二、文本"]
        assert calls.read_text() == "3 1 "
        calls.unlink()
        assert every(folder / "1.doc", folder / "3.doc") == ["一、工作\n"] * 2
        assert calls.read_text() == "2 "

    def test_one_that_fails_for_many_is_asked_for_each(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = stand_in(tmp_path, "sys.exit(1)")
        monkeypatch.setattr(libreoffice, "find_program", lambda: program)
        for name in ("a.doc", "b.doc"):
            (tmp_path / name).write_bytes(OLE)
        assert all("LibreOffice 打不开它" in words for words in every(tmp_path / "a.doc", tmp_path / "b.doc"))

    def test_a_file_that_it_cannot_open_is_an_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = stand_in(tmp_path, "sys.exit(1)")
        monkeypatch.setattr(libreoffice, "find_program", lambda: program)
        assert "LibreOffice 打不开它" in failure(OLE, ".doc")

    def test_one_that_hangs_is_ended_with_all_it_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alive = tmp_path / "alive"
        child = f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(alive)!r}).touch()"
        program = stand_in(
            tmp_path, f"import subprocess; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
        )
        monkeypatch.setattr(libreoffice, "find_program", lambda: program)
        monkeypatch.setattr(libreoffice, "TIMEOUT", 0.7)
        assert "还没有转换完" in failure(OLE, ".doc")
        time.sleep(1.5)
        assert not alive.exists()

    def test_one_that_does_not_start_is_an_error(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(libreoffice, "find_program", lambda: str(tmp_path / "absent"))
        assert "启动不了" in failure(OLE, ".doc")


@pytest.mark.skipif(libreoffice.find_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_an_old_word_file(tmp_path: Path) -> None:
    program = libreoffice.find_program()
    assert program
    (tmp_path / "a.docx").write_bytes(docx(*map(p, PARAGRAPHS)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    data = (tmp_path / "a.doc").read_bytes()
    assert data.startswith(OLE[:8])
    assert lines(data) == PARAGRAPHS


def test_a_lock_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "~$通知.docx").write_bytes(b"\x05Zhang" + bytes(156))
    (said,) = every(tmp_path / "~$通知.docx")
    assert "临时文件" in said


def test_a_word_file_of_pictures_only_is_told_as_what_it_is() -> None:
    picture = docx(p(""), parts={"word/media/image1.png": b"\x89PNG"})
    assert "只有图片" in failure(picture)
    assert "只有空白" in failure(docx(p("")))
