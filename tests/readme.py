"""The examples of a README or of a page of docs: what it shows, what really comes out, and whether that is the same.

A ``console`` block holds commands (``$ ``, continued by ``> ``) and what they print on standard output. All commands of
one README run in one bash, in a folder that holds a copy of ``data/``, so what one leaves behind the next one finds.
Standard error is not shown, except where a command sends it to standard output. Blanks at the ends of lines do not
count. ``…`` means what was left out: alone on a line for one or more lines, elsewhere for one or more characters.

``python tests/readme.py README.md`` prints what comes out where something else is shown; with ``--write`` it puts that
into the README, except where the README leaves something out.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_MARK = "\x1f"


@dataclass(frozen=True)
class Example:
    """A command and what the README shows of its output."""

    line: int
    command: str
    shown: str


def blocks(text: str, language: str) -> list[tuple[int, str]]:
    """The fenced blocks in this language, each with the line of its first line."""
    return [(text.count("\n", 0, m.start(2)) + 1, m[2]) for m in FENCE.finditer(text) if m[1] == language]


def examples(text: str) -> list[Example]:
    """The commands of all console blocks, in order."""
    found = []
    for first, block in blocks(text, "console"):
        for each in re.finditer(r"^\$ (.*\n(?:> .*\n)*)((?:(?!\$ ).*\n)*)", block, re.M):
            command = each[1].replace("\n> ", "\n").rstrip("\n")
            found.append(Example(first + block.count("\n", 0, each.start()), command, each[2]))
    return found


def same_examples(one: str, other: str) -> bool:
    """Whether two texts show the same commands with the same output."""
    first, second = ([(each.command, each.shown) for each in examples(text)] for text in (one, other))
    return first == second


def dead_links(page: Path) -> list[str]:
    """The links of a page to files that are not there, and to headings of its own that it does not have."""
    text = page.read_text("utf-8")
    headings = {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)", text, re.M)}
    headings |= {*re.findall(r'<a id="([^"]+)">', text)}
    dead = []
    for file, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text):
        there = not file or "://" in file or (page.parent / file).exists()
        if not there or (not file and heading not in headings):
            dead.append(file or f"#{heading}")
    return dead


def doctested(text: str) -> int:
    """How many blocks of Python the text has, all of which run and show what comes out."""
    found = blocks(text, "pycon")
    for line, block in found:
        test = doctest.DocTestParser().get_doctest(block, {}, "README", None, line)
        assert doctest.DocTestRunner().run(test).failed == 0
    return len(found)


def run(found: list[Example], folder: Path) -> list[str]:
    """What each command really prints, in one bash that begins in an empty folder."""
    shutil.copytree(REPOSITORY / "data", folder / "data")
    # The status is kept, so that an example may print $?.
    script = "\n".join(f"{each.command}\n_status=$?; printf '{_MARK}'; (exit $_status)" for each in found)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIWEI_", "PYTHON"))}
    done = subprocess.run(
        ["bash", "-c", script],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=folder,
        env={**kept, "PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8"},
        timeout=300,
        check=False,
    )
    outputs = done.stdout.decode("utf-8").split(_MARK)
    assert len(outputs) == len(found) + 1, done.stderr.decode("utf-8", "replace")
    return outputs[:-1]


def same(shown: str, real: str) -> bool:
    """Whether the shown output is the real one, as far as it is not left out."""
    patterns = [
        r"(?:[^\n]*\n)+?" if line.strip() == "…" else ".+".join(map(re.escape, line.split("…"))) + r"\n"
        for line in map(str.rstrip, shown.splitlines())
    ]
    lines = "".join(line.rstrip() + "\n" for line in real.splitlines())
    return re.fullmatch("".join(patterns), lines) is not None


def main(path: str, *, write: bool) -> None:
    """Print the real output of the examples that show another, or put it into the README."""
    text = Path(path).read_text("utf-8")
    found = examples(text)
    with tempfile.TemporaryDirectory() as folder:
        outputs = run(found, Path(folder))
    for example, real in zip(found, outputs, strict=True):
        if same(example.shown, real):
            continue
        if write and "…" not in example.shown:
            lead = "$ " + example.command.replace("\n", "\n> ") + "\n"
            text = text.replace(
                lead + example.shown, lead + "".join(f"{line.rstrip()}\n" for line in real.splitlines())
            )
        else:
            print(f"{path}:{example.line}: $ {example.command}\n{real}", end="")
    if write:
        Path(path).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1], write="--write" in sys.argv)
