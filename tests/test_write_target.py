"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aiwei_cli.errors import AiweiError
from aiwei_cli.write.target import target


def test_what_is_written_stands_in_the_file_and_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "表.csv"
    with target(str(place)) as out:
        out.write("甲\r\n乙\n")
    assert place.read_bytes() == "甲\r\n乙\n".encode()
    assert list(tmp_path.iterdir()) == [place]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "表.csv"
    place.write_text("旧", "utf-8")
    with pytest.raises(ZeroDivisionError), target(str(place)) as out:
        out.write("新")
        raise ZeroDivisionError
    assert place.read_text("utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [place]


def test_until_all_is_written_the_file_is_not_there(tmp_path: Path) -> None:
    place = tmp_path / "表.csv"
    with target(str(place)) as out:
        out.write("甲")
        out.flush()
        assert not place.exists()
    assert place.exists()


@pytest.mark.parametrize(("name", "cure"), [(".", "文件名"), ("没有/表.csv", "文件夹不存在")])
def test_a_place_that_cannot_be_written_is_an_error_with_its_cure(tmp_path: Path, name: str, cure: str) -> None:
    with pytest.raises(AiweiError, match=cure), target(str(tmp_path / name)):
        pass


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "真.csv", tmp_path / "链.csv"
    real.write_text("旧", "utf-8")
    link.symlink_to(real)
    with target(str(link)) as out:
        out.write("新")
    assert link.is_symlink() and real.read_text("utf-8") == "新"


@pytest.mark.skipif(os.name == "nt", reason="permissions are others on Windows")
def test_the_permissions_of_a_file_stay(tmp_path: Path) -> None:
    place = tmp_path / "表.csv"
    place.write_text("旧", "utf-8")
    place.chmod(0o640)
    with target(str(place)) as out:
        out.write("新")
    assert place.stat().st_mode & 0o777 == 0o640


def test_the_null_device_can_be_written_to() -> None:
    with target(os.devnull) as out:
        out.write("甲")
    assert not Path(os.devnull).is_file()
