"""The pages of docs say what is so: the reference is made from the code, examples run, links lead somewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from readme import REPOSITORY, dead_links, doctested, examples, run, same, same_examples

PAGES = sorted((REPOSITORY / "docs").rglob("*.md"))
ENGLISH = [page for page in PAGES if page.name.endswith(".en.md")]
"""Beside each is the Chinese page, whose examples are run."""
WITH_EXAMPLES = [page for page in PAGES if "```console" in page.read_text("utf-8") and page not in ENGLISH]


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, "docs/make.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_pictures_show_what_comes_out() -> None:
    """No test takes photographs: of the page and the workbook it is what they show that is compared."""
    done = subprocess.run(
        [sys.executable, "docs/pictures.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in (REPOSITORY / "docs" / "pictures").iterdir()) < 300_000


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the examples are written for bash")
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_examples_show_what_comes_out(page: Path, tmp_path: Path) -> None:
    found = examples(page.read_text("utf-8"))
    for example, real in zip(found, run(found, tmp_path), strict=True):
        assert same(example.shown, real), f"{page.name}:{example.line}: $ {example.command}\n{real}"


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```pycon" in page.read_text("utf-8")], ids=lambda p: p.name
)
def test_python_shows_what_comes_out(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert doctested(page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY / "docs")))
def test_links_lead_somewhere(page: Path) -> None:
    assert not dead_links(page)


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.stem)
def test_the_chinese_page_shows_the_same(page: Path) -> None:
    english, chinese = page.read_text("utf-8"), page.with_name(page.name.replace(".en.md", ".md")).read_text("utf-8")
    assert same_examples(english, chinese)
