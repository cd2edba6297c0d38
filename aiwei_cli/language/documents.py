"""What numbers of documents look like: 发文字号 (GB/T 9704-2012, 7.2.5), and the numbers of orders."""

from __future__ import annotations

from aiwei_cli.language.chars import SPACE
from aiwei_cli.language.dates import BRACKETED_YEAR, YEAR, YEAR_BRACKETS
from aiwei_cli.language.numerals import NUMERALS

_CODE = r"[^\W\d_]{1,12}(?:[（(][^\W\d_]{1,4}[）)])?[^\W\d_]{0,3}"
DOCUMENT_NUMBER = rf"{_CODE}{SPACE}*{BRACKETED_YEAR}{SPACE}*(?:第|的)?{SPACE}*\d{{1,5}}{SPACE}*号"
"""The office's code, the year in brackets, the running number."""
_SHORT_YEAR = rf"{YEAR_BRACKETS[0]}\d\d年?{YEAR_BRACKETS[1]}"
SHORT_YEAR_NUMBER = rf"{_CODE}{SPACE}*{_SHORT_YEAR}{SPACE}*(?:第|的)?{SPACE}*\d{{1,5}}{SPACE}*号"
"""A document's own number with a year of two digits: no right one, but nothing else when alone on its line."""
BARE_NUMBER = rf"{BRACKETED_YEAR}(?:第|的)?\d{{1,5}}号"
"""What comes after the code, without blanks: where a code has to be told from the words before it."""
CITED_BLANKS = 8
_S = rf"\s{{0,{CITED_BLANKS}}}"  # a line may be cut anywhere, also between 》 and its bracket
CITED_NUMBER = rf"[^（）()〔〕\[\]，。]{{1,20}}{BRACKETED_YEAR}{_S}第?{_S}\d{{1,5}}{_S}号"
"""The number in the brackets after a citation."""
ORDER_NUMBER = rf"(?:{YEAR}{SPACE}*年{SPACE}*)?第{SPACE}*(?:\d{{1,5}}|[{NUMERALS}]{{1,7}}){SPACE}*号"
"""The number of an order (令) or an announcement (公告), which follows the name of its kind."""
NUMBER_END = "号"
"""What all of them end in."""
