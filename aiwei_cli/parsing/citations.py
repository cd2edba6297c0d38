"""Citations: 《…》 and the document number in the brackets after it, 《国务院关于…的意见》（国发〔2020〕15号）."""

from __future__ import annotations

from aiwei_cli.language.documents import CITED_BLANKS, CITED_NUMBER
from aiwei_cli.language.patterns import pattern
from aiwei_cli.notice.model import Span

_TITLE = pattern(r"《([^《》\n]{1,120})》")
_S = rf"\s{{0,{CITED_BLANKS}}}"
_NUMBER = pattern(rf"{_S}[（(]{_S}({CITED_NUMBER})[^（）()\n]{{0,40}}[）)]")


def find_citations(text: str) -> list[tuple[str, str | None, Span]]:
    """Title, document number and span of each citation, in order."""
    if "《" not in text:
        return []
    found = []
    here = 0
    for match in _TITLE.finditer(text):
        if match.start() < here:
            continue  # 《A》（B〔2021〕5号，以下简称《C》）: one citation
        end = match.end()
        number = _NUMBER.match(text, end)
        written = "".join(number[1].split()) if number else None
        here = number.end() if number else end
        found.append((match[1].strip(), written, (match.start(), here)))
    return found
