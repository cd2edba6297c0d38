"""The pages of docs say what is so: the reference is made from the code, examples run, links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from readme import REPOSITORY, examples, run, same

PAGES = sorted((REPOSITORY / "docs").rglob("*.md"))
WITH_EXAMPLES = [page for page in PAGES if "```console" in page.read_text("utf-8")]


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, "docs/make.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the examples are written for bash")
@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_examples_show_what_comes_out(page: Path, tmp_path: Path) -> None:
    found = examples(page.read_text("utf-8"))
    for example, real in zip(found, run(found, tmp_path), strict=True):
        assert same(example.shown, real), f"{page.name}:{example.line}: $ {example.command}\n{real}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY / "docs")))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert "://" in target or (page.parent / target).exists(), target
