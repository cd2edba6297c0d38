"""What is above the table of a report that aiwei wrote: the title of the notice, its issuer, number and date.

The report calls itself 《…》任务分解表 and tells facts of the notice and its own counts in one line below.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiwei_cli.language.dates import iso
from aiwei_cli.language.documents import DOCUMENT_NUMBER
from aiwei_cli.language.patterns import pattern
from aiwei_cli.query.table import DUTIES, REPORT

_BLANK = "\u3000"
_NAME = pattern(rf"(.+)(?:{REPORT}|{DUTIES})(?:（[^\n]{{1,40}}）)?")
"""What a report is called: about whom it is may follow."""
_SEVERAL = pattern(rf"(?:{REPORT}|{DUTIES})（\d+ 篇公文）(?:（[^\n]{{1,40}}）)?")
"""The same, where it is about several notices: each has its title across the table."""
_COUNTS = pattern(r"\d+ 个事项$")
_NUMBER = pattern(DOCUMENT_NUMBER)


def lines_of(title: str, below: str) -> list[str]:
    """The same as the lines that a web page puts before a notice; none where aiwei did not write them."""
    found = facts_of(title, below) or {}
    labels = {"notice": "标题", "issuer": "发文机关", "document_number": "文号", "date": "成文日期"}
    return [f"{label}：{found[key]}" for key, label in labels.items() if key in found]


def facts_of(title: str, below: str | Sequence[str]) -> dict[str, str] | None:
    """The fields of the notice, as those of a row, by what is above a table, its facts in a line or one by one; no
    fields where it is about several, None where aiwei did not write it."""
    facts = below.strip().split(_BLANK) if isinstance(below, str) else below
    name = notice_in(title)
    at = next((i for i, fact in enumerate(facts) if _COUNTS.match(fact)), None)
    if at is not None and _SEVERAL.fullmatch(title.strip()):
        return {}
    if not name or at is None:
        return None
    found = {"notice": name}
    for fact in facts[:at]:
        day = iso(fact) if len(fact) == 10 else None
        key = "date" if day else "document_number" if _NUMBER.search(fact) else "issuer"
        found.setdefault(key, day or fact)
    if "date" in found:
        found["year"] = found["date"][:4]
    return found


def notice_in(title: str) -> str:
    """The title of the notice in that of a report, 《…》任务分解表（水利局）; empty where it is not such a title."""
    match = _NAME.fullmatch(title.strip())
    name = match[1] if match else ""
    return inner_title(name) or name


def inner_title(words: str) -> str:
    """The title that a report puts in 《》, with its own ones; empty where the words are not such a title."""
    is_title = words[:1] == "《" and words[-1:] == "》" and "《" not in words[1:]
    return words[1:-1].translate(str.maketrans("〈〉", "《》")) if is_title else ""
