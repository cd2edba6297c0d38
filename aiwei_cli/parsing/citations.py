"""Citations: 《…》 and the document number in the brackets behind it, 《国务院关于…的意见》（国发〔2020〕15号）."""

from __future__ import annotations

from aiwei_cli.model import Span
from aiwei_cli.parsing.dates import BRACKETED_YEAR
from aiwei_cli.patterns import pattern

_S = r"\s{0,8}"  # a line may be cut anywhere, also between 》 and its bracket
_CITATION = pattern(
    rf"《([^《》\n]{{1,120}})》(?:{_S}[（(]{_S}([^（）()〔〕\[\]，。]{{1,20}}{BRACKETED_YEAR}{_S}第?{_S}\d{{1,5}}{_S}号)"
    r"[^（）()\n]{0,40}[）)])?"
)


def find(text: str) -> list[tuple[str, str | None, Span]]:
    """Title, document number and span of each citation, in order."""
    if "《" not in text:
        return []
    found = []
    for match in _CITATION.finditer(text):
        number = match[2]
        found.append((match[1].strip(), "".join(number.split()) if number else None, match.span()))
    return found
