"""One file that a Windows with Python opens by a double click: aiwei and all it needs, as a zip application.

    python packaging/windows/make.py [-o aiwei.pyz] [--python 3.13] [--platform win_amd64] [--extras pdf]

It can be made on any system; ``--platform native`` makes one for the system it is made on.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipapp
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words], check=True)


def fill(site: Path, wheels: Path, extras: str, platform: str, python: str) -> None:
    """Put aiwei and what it needs into a folder, for the platform."""
    # What has no wheel of its own (jieba) is pure Python: a wheel that is made here does there.
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(REPOSITORY), "jieba>=0.42.1")
    own = next(wheels.glob("aiwei-*.whl"))
    wanted = [f"{own}[{extras}]" if extras else str(own)]
    if platform.startswith("win"):  # pip asks the system that it runs on what typer needs on Windows alone
        wanted.append("colorama")
    there = ["--platform", platform, "--python-version", python] if platform != "native" else []
    pip("install", "--only-binary", ":all:", *there, "--find-links", str(wheels), "--target", str(site), *wanted)
    for folder in (*site.glob("**/__pycache__"), site / "bin"):
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("-o", "--output", type=Path, default=Path("aiwei.pyz"))
    ask.add_argument("--python", default="3.13", help="the version of Python that is there")
    ask.add_argument("--platform", default="win_amd64")
    ask.add_argument("--extras", default="pdf")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        packed, wheels = Path(name) / "packed", Path(name) / "wheels"
        fill(packed / "site", wheels, given.extras, given.platform, given.python)
        shutil.copy(HERE / "start.py", packed / "__main__.py")
        zipapp.create_archive(packed, given.output, compressed=True)
    print(f"{given.output}: {given.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
