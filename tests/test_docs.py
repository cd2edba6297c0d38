"""The pages of docs say what is so."""

from __future__ import annotations

import subprocess
import sys

from readme import REPOSITORY


def test_the_reference_is_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, "docs/make.py", "--check"], cwd=REPOSITORY, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
