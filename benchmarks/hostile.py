"""What strangers may send: generated texts, and damaged files of each kind, read in child processes with limits.

    python benchmarks/hostile.py [--texts N] [--files N] [--part SHARE] [--seed S] [--kind KIND ...]

Files are made from the tests' samples: bytes flipped, taken out, doubled, the end lost; inside archives the parts
changed, elements put into one another and repeated. Each is read and parsed under a small budget. At fault is what
ends in an exception, loses characters, goes far beyond its budget or ends its process. Inputs are the same for the same
seed; ``--kind docx --only 17`` reads one again. The exit code is 1 where any is at fault.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from base64 import b85decode, encodebytes
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import decompress

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

MEMORY, SECONDS = 256 * 1024 * 1024, 10
GRACE = 2.0
"""How much longer than its budget a file may take, as a factor."""
BATCH = 250


def samples() -> dict[str, bytes]:
    """A sound file of each kind."""
    from read_samples import PARAGRAPHS, W, abstract, docx, lvl, p, packed, pdf, printed, px, r, tbl, tc
    from test_read_sheets import ROWS, XLS, book

    from aiwei_cli.compiled import load
    from aiwei_cli.parsing import parse
    from aiwei_cli.resources import bundled_notice
    from aiwei_cli.store.add import Store

    notice = parse(bundled_notice().read_text(encoding="utf-8"))
    tree = json.dumps(notice.to_dict(), ensure_ascii=False)
    table = tbl(
        [tc("序号"), tc("工作任务"), tc("责任单位")], [tc("1"), tc("修路", merge="restart"), tc("乙局", span=2)]
    )
    word = docx(
        *map(p, PARAGRAPHS[:8]),
        p("工作", "1"),
        px(r("甲") + f"<w:ins>{r('乙')}</w:ins>"),
        table,
        numbering=abstract(1, lvl(0, "chineseCounting", "%1、")),
        styles='<w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/></w:style>',
    )
    page = "".join(f"<p>{words}</p>" for words in PARAGRAPHS[:8])
    cells = "<table><tr><td rowspan=2 colspan=2>任务<td>责任单位</tr><tr><td>甲局</tr></table>"
    web = (
        f"<html><head><title>通知</title></head><body><div>{page}<ol><li>一，</ol>{cells}</div></body></html>".encode()
    )
    found = {
        "docx": word,
        "pdf": pdf(printed(PARAGRAPHS[:12])),
        "html": web,
        "mht": _saved(web),
        "doc": _flat("".join(map(p, PARAGRAPHS[:8])) + table, W),
        "xlsx": book([("二、民生", None, None, None), *ROWS], merged=["A1:D1"]),
        "xls": decompress(b85decode(XLS)),
        "ods": _open_sheet(ROWS),
        "zip": packed({"1.txt": "\n".join(PARAGRAPHS[:5]), "2.docx": word, "3.html": web}),
        "json": tree.encode(),
        "yaml": _exported("yaml"),
        "csv": _exported("csv"),
        "txt": "\n".join(PARAGRAPHS).encode("gb18030"),
    }
    with tempfile.TemporaryDirectory() as folder:
        store = Store(str(Path(folder) / "a.db"), load().offices)
        store.add([store.entry(notice)])
        store.close()
        found["db"] = (Path(folder) / "a.db").read_bytes()
    return found


def _saved(page: bytes) -> bytes:
    """The page as a browser saves it in one file."""
    part = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    head = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    return (head + part).encode() + encodebytes(page) + b"\r\n--b--\r\n"


def _flat(body: str, namespace: str) -> bytes:
    """A Word document in one XML file."""
    words = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{words}</pkg:xmlData></pkg:part>'
    package = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{package}">{part}</pkg:package>'
    ).encode()


def _open_sheet(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of OpenDocument with one sheet."""
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ns}office:1.0" xmlns:table="{ns}table:1.0" '
            f'xmlns:text="{ns}text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{lines}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{ns}manifest:1.0"/>')
    return out.getvalue()


def _exported(format: str) -> bytes:
    command = ["parse"] if format == "yaml" else ["export", "--format", format]
    done = subprocess.run([sys.executable, "-m", "aiwei_cli", *command], stdin=subprocess.DEVNULL, capture_output=True)
    return done.stdout


# --- damage


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Bytes flipped, taken out, doubled or moved, and at times the end lost."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        at = dice.randrange(len(out))
        match dice.randrange(5):
            case 0:
                out[at] ^= 1 << dice.randrange(8)
            case 1:
                out[at] = dice.randrange(256)
            case 2:
                del out[at : at + dice.randrange(1, 40)]
            case 3:
                out[at:at] = out[at : at + dice.randrange(1, 200)] * dice.choice((1, 2, 50))
            case _:
                out[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"%PDF"))
        if len(out) < 8:
            return data[:8]
    if dice.random() < 0.15 and len(out) > 8:
        del out[dice.randrange(8, len(out)) :]
    return bytes(out)


def twisted(text: str, dice: random.Random) -> str:
    """Markup changed: pieces put into themselves, repeated, swapped; numbers made large."""
    for _ in range(dice.choice((1, 2, 5))):
        match dice.randrange(5):
            case 0:
                start = dice.randrange(len(text))
                piece = text[start : start + dice.randrange(1, 400)]
                text = text[:start] + piece * dice.choice((2, 20, 500)) + text[start:]
            case 1:
                tags = re.findall(r"<[A-Za-z:]+[^<>]*>", text) or ["["]
                at = text.find(dice.choice(tags))
                text = text[:at] + dice.choice(tags) * dice.choice((5, 150, 3000)) + text[at:]
            case 2:
                text = re.sub(r'(?<=[":= ])\d+', lambda m: dice.choice((m[0], "-1", "9" * 12, "63", "1000")), text)
            case 3:
                names = sorted(set(re.findall(r"[A-Za-z]+:?[A-Za-z]+", text))) or ["a"]
                text = text.replace(dice.choice(names), dice.choice(names))
            case _:
                start, end = sorted((dice.randrange(len(text)), dice.randrange(len(text))))
                text = text[:start] + text[min(end, start + 300) :]
        if len(text) > 3_000_000:
            return text[:3_000_000]
    return text


def repacked(data: bytes, dice: random.Random) -> bytes:
    """An archive with one of its parts changed, named twice, or put into archives."""
    out = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
            chosen = dice.choice(old.namelist())
            for name in old.namelist():
                content = old.read(name)
                if name == chosen:
                    inside = name.endswith((".xml", ".rels", ".html"))
                    content = (
                        twisted(content.decode("utf-8", "replace"), dice).encode("utf-8", "replace")
                        if inside
                        else damaged(content, dice)
                    )
                new.writestr(name, content)
    except BadZipFile:
        return data
    made = out.getvalue()
    if dice.random() < 0.05:
        for _ in range(dice.randrange(1, 6)):
            held = BytesIO()
            with ZipFile(held, "w") as outer:
                outer.writestr("内.zip", made)
            made = held.getvalue()
    return made


def file_of(kind: str, data: bytes, number: int, seed: int) -> bytes:
    """The damaged file of this number."""
    dice = random.Random(f"{seed} {kind} {number}")
    if kind in ("docx", "xlsx", "ods", "zip") and dice.random() < 0.7:
        return repacked(data, dice)
    if kind in ("html", "doc", "json", "yaml", "csv", "txt") and dice.random() < 0.6:
        codec = "gb18030" if kind == "txt" else "utf-8"
        return twisted(data.decode(codec), dice).encode(codec, "replace")
    return damaged(data, dice)


# --- in a child


def read_file(kind: str, data: bytes) -> str:
    """What is wrong with how a file is read; empty where nothing is."""
    from aiwei_cli.errors import ReadError
    from aiwei_cli.notice.parts import verify
    from aiwei_cli.parsing import parse
    from aiwei_cli.reading.budget import Budget, Limits
    from aiwei_cli.reading.containers import documents

    limits = Limits(MEMORY, SECONDS, watched=True)
    for one in documents(data, name="文件", path="文件", suffix=f".{kind}", limits=limits):
        if isinstance(one, ReadError):
            if "自己出了错" in str(one):
                return str(one)
            continue
        if one.notice is not None:
            continue
        try:
            notice = (one.budget or Budget(limits)).run(lambda text=one.text: parse(text))  # type: ignore[misc]
        except ReadError:
            continue
        covered = verify(notice)
        if not covered.ok or covered.coverage != 1.0:
            return f"lost characters: {covered.coverage} {covered.problems[:1]}"
    return ""


def work(kind: str, seed: int, first: int, end: int) -> None:
    """Read the inputs of these numbers; say of each that it begins, and how it ended."""
    from aiwei_cli.reading import libreoffice

    libreoffice.find_program = lambda: None  # it is no part of this, and slow
    read_file("txt", b"1.")  # the rules are loaded before the time of the first one runs
    for number, check in _inputs(kind, seed, first, end):
        print(f"> {number}", flush=True)
        began = perf_counter()
        try:
            wrong = check()
        except Exception as error:  # what is looked for
            wrong = f"{type(error).__name__}: {error}"
        spent = perf_counter() - began
        if not wrong and spent > GRACE * SECONDS:
            wrong = f"took {spent:.0f} s of {SECONDS}"
        print(json.dumps([number, wrong[:300], round(spent, 3)]), flush=True)


def _inputs(kind: str, seed: int, first: int, end: int) -> Iterator[tuple[int, Callable[[], str]]]:
    if kind == "texts":
        from fuzzing import faults, texts

        for number in range(first, end):  # a seed a number, so that --only makes the same text
            text = next(texts(seed * 1_000_003 + number, 1))
            yield number, lambda text=text: "; ".join(faults(text)[:1])  # type: ignore[misc]
        return
    data = samples()[kind]
    for number in range(first, end):
        changed = file_of(kind, data, number, seed)
        yield number, lambda changed=changed: read_file(kind, changed)  # type: ignore[misc]


def _limit() -> None:
    """The child and all it starts get no more than this, whatever aiwei itself thinks of it."""
    import resource

    most = 8 * MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


# --- the parent


def run(kind: str, seed: int, count: int, only: int | None = None) -> dict[str, Any]:
    """Read all inputs of a kind, in children of some at a time."""
    wrong: dict[str, list[int]] = {}
    slowest = (0.0, -1)
    done, at, end = 0, only or 0, count if only is None else only + 1
    while at < end:
        stop = min(at + (BATCH if kind != "texts" else 20 * BATCH), end)
        command = [sys.executable, __file__, "--work", kind, str(seed), str(at), str(stop)]
        limit = None if sys.platform in ("win32", "darwin") else _limit
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told, text=True, preexec_fn=limit
            )
            last = at - 1
            for line in process.stdout or ():
                if line.startswith(">"):
                    last = int(line[1:])
                    continue
                number, said, spent = json.loads(line)
                done += 1
                slowest = max(slowest, (spent, number))
                if said:
                    wrong.setdefault(re.sub(r"\d+", "#", said)[:160], []).append(number)
                at = number + 1
            if process.wait():
                told.seek(0)
                words = told.read().decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
                wrong.setdefault(f"the process ended with {process.returncode} {words[0][:120]}", []).append(last)
                at, done = max(last, at) + 1, done + 1
    return {"kind": kind, "read": done, "wrong": wrong, "slowest": slowest}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=300_000)
    options.add_argument("--files", type=int, default=2_000, help="of each kind")
    options.add_argument("--part", type=float, default=1.0, help="this share of both")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--kind", action="append", choices=["texts", *_KINDS])
    options.add_argument("--only", type=int, help="one input, by its number")
    options.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.work:
        kind, *numbers = given.work
        work(kind, *map(int, numbers))
        return 0
    at_fault = 0
    print(f"seed {given.seed}; each file: {MEMORY >> 20} MB, {SECONDS} s")
    for kind in given.kind or ["texts", *_KINDS]:
        began = perf_counter()
        count = max(int((given.texts if kind == "texts" else given.files) * given.part), 1)
        found = run(kind, given.seed, count, given.only)
        faults = sum(map(len, found["wrong"].values()))
        at_fault += faults
        spent, number = found["slowest"]
        print(
            f"{kind:6} {found['read']:7} read, {faults} at fault, {perf_counter() - began:.0f} s; "
            f"slowest {spent:.1f} s (number {number})",
            flush=True,
        )
        for words, numbers in sorted(found["wrong"].items(), key=lambda pair: -len(pair[1])):
            print(f"       {len(numbers):5}  {words}  e.g. {numbers[:5]}")
    return 1 if at_fault else 0


_KINDS = ("docx", "doc", "pdf", "html", "mht", "xlsx", "xls", "ods", "zip", "json", "yaml", "csv", "txt", "db")

if __name__ == "__main__":
    raise SystemExit(main())
