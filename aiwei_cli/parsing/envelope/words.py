"""The words of ``rules/header.yaml`` and what their lines look like, as patterns: made once, compiled when first asked.

A pattern is asked only where a character that it needs is there: most lines have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiwei_cli.language.chars import SPACE, one_of
from aiwei_cli.language.dates import DATE, DOTTED
from aiwei_cli.language.documents import BARE_NUMBER, DOCUMENT_NUMBER, ORDER_NUMBER, SHORT_YEAR_NUMBER
from aiwei_cli.language.numerals import DIGITS
from aiwei_cli.language.patterns import either, pattern
from aiwei_cli.parsing.envelope.footer import Footer
from aiwei_cli.parsing.envelope.metadata import Metadata

if TYPE_CHECKING:
    from aiwei_cli.offices.ends import Ends
    from aiwei_cli.parsing.outline.numbers import Numbering

_INSIDE = r"[^（）()]{0,30}[）)]$"


class HeaderWords:
    """What the envelope asks of the rules; ``numbering`` says what a title ends in, ``ends`` what a name does."""

    def __init__(self, data: Mapping[str, Any], numbering: Numbering, ends: Ends) -> None:
        self.numbering, self.ends = numbering, ends
        self.organisation = ends.organisation
        self.footer, self.metadata = Footer(data["footer"]), Metadata(data["metadata"])

        number = data["number"]
        label = rf"(?:{either(number['labels'])})"
        self.signers = tuple(number["signers"])
        self.signer = rf"{SPACE}+(?:{either(self.signers)}){SPACE}*[:：]{SPACE}*[^\W\d_]{{1,4}}"
        self.number_line = pattern(
            rf"^{label}?[:：]?{SPACE}*({DOCUMENT_NUMBER}|{SHORT_YEAR_NUMBER})"
            rf"(?:{self.signer}(?:{SPACE}[^\W\d_]{{1,4}}){{0,3}})?$"
        )
        self.number_label = pattern(rf"^{label}[:：]?")
        self.orders = tuple(number["orders"])
        self.order = pattern(
            rf"^(?P<who>[^\W\d_]{{2,40}}?)?(?P<kind>{either(self.orders)})?{SPACE}*[（(]?(?P<number>{ORDER_NUMBER})[）)]?$"
        )
        self.number_behind = either(number["behind"])

        addressed = data["addressed"]
        self.addressed, self.prose = tuple(addressed["words"]), tuple(addressed["prose"])
        self.addressed_first = tuple(addressed["first"])
        self.addressed_flat = pattern(rf"{either(addressed['flat'])}|[^，]{{2,12}}[、，]")

        title = data["title"]
        self.about = tuple(title["about"])
        self.issues = (*self.about, *title["verbs"])
        self.passes_on = tuple([about + verb for about in self.about for verb in title["passes_on"]])
        self.announces = tuple(title["announces"])
        self.bare_number = pattern(rf"{BARE_NUMBER}$")
        self.covers, self.drafts = tuple(title["covers"]), frozenset(title["drafts"])
        wide = [rf"{SPACE}+".join(map(re.escape, noun)) for noun in self.covers if len(noun) > 1]
        self.noun_lasts = _lasts(self.covers)
        self.wide_noun = pattern(rf"{SPACE}*(?:{'|'.join(wide)})$")
        self.mastheads = tuple(title["masthead"])
        self.followed_by = either(title["followed_by"])

        annexes = data["annexes"]
        self.annex, headed = (rf"(?:{'|'.join(map(_wide, annexes[name]))})" for name in ("list", "titles"))
        self.annex_firsts = _firsts([*annexes["list"], *annexes["titles"]])
        self.annex_list = pattern(rf"{self.annex}{SPACE}*[:：]")
        self.annex_mark = pattern(rf"{self.annex}{SPACE}*\d{{0,2}}$")
        self.annex_head = pattern(rf"{headed}{SPACE}*\d{{0,2}}{SPACE}*(?:[:：]|$)")
        self.annexes = either(annexes["list"])
        self.copied = either(data["copies"])
        self.copy_firsts = _firsts(data["copies"])
        self.copies = pattern(rf"^(?:{'|'.join(map(_wide, data['copies']))}){SPACE}*[:：]")

        self.published = _lasts(data["published"])
        self.date_line = pattern(
            rf"^(?P<who>.{{0,40}}?){SPACE}*(?P<date>{DATE}|{DOTTED}){SPACE}*(?:{either(data['published'])})?$"
        )

        notes = data["notes"]
        self.remark = rf"[（(](?:{either(notes['brackets'])})"
        lines, credited = notes["lines"], [*notes["lines"], *notes["credits"]]
        self.note_firsts = _firsts([*credited, *"（("])
        self.note = pattern(
            rf"^{self.remark}{_INSIDE}|^[（(][^（）()]{{0,8}}(?:{either(notes['inside'])}){_INSIDE}"
            rf"|^(?:{either(lines)})[:：]?[^。]{{0,12}}$"
        )
        self.note_behind = pattern(rf"^{self.remark}[^（）()]{{2,30}}[）)]$|^(?:{either(credited)})[:：][^。]{{0,30}}$")
        self.seals = (*notes["seal"], "）", ")")

    @cached_property
    def flat(self) -> Flat:
        """The patterns of texts that have lost their line breaks."""
        return Flat(self)

    def dated(self, words: str) -> re.Match[str] | None:
        """A line that ends in the date, with ``who`` signs before it or nobody."""
        if words[-1] in self.published or words[-1] == "日" or words[-1].isdecimal():
            return self.date_line.match(words)
        return None

    def holds_title(self, words: str) -> bool:
        """Whether the words before a number end a title: 关于甲的意见某政发〔2015〕24号, or its last line."""
        return any(word in words for word in self.about) or words.startswith(self.numbering.titles)

    def listed_annexes(self, words: str) -> str | None:
        """What a line says after 附件：; None where it does not begin so."""
        match = self.annex_list.match(words) if words[0] in self.annex_firsts else None
        return words[match.end() :].strip() if match else None

    def is_name(self, words: str, longest: int, marks: str) -> bool:
        """Whether a line may be a signature's: it is short, has no mark and ends as the name of an office does."""
        return (
            len(words) <= longest
            and not any(mark in words for mark in marks)
            and self.organisation.search(words) is not None
        )


class Flat:
    """The patterns of a text without line breaks, made of the words of the rules."""

    def __init__(self, words: HeaderWords) -> None:
        about, nouns = either(words.about), words.numbering.nouns
        heads = rf"(?=[^。：:；，]{{0,60}}(?:{about}))"
        masthead = either(words.mastheads)
        # The red head of GB/T 9704-2012, 7.2, run together: 某某厅文件某环〔2021〕12号某某厅关于…
        self.about = pattern(about)
        self.masthead = pattern(
            rf"\s*(?:(?P<issuer>[^\s。：:；]{{2,160}}?)(?P<end>{masthead})"
            rf"|[^。：:；]{{2,160}}?(?:{words.number_behind})(?!{masthead}))"
            rf"{SPACE}*(?P<number>[^\W\d_]{{1,7}}{BARE_NUMBER})(?P<signer>{words.signer}(?=\s))?{heads}"
        )
        self.number = pattern(rf"\s*({DOCUMENT_NUMBER})")
        self.inner_number = pattern(rf"(?<!\S)({DOCUMENT_NUMBER}){heads}")
        self.title = pattern(
            rf"\s*(?P<title>[^。：:；，]{{0,60}}?(?:{about})[^。：:；，]{{2,80}}?{nouns}"
            rf"(?![）)]|(?:[（(][^（）()]{{1,20}}[）)])?[^\W\d_]{{0,3}}(?:的|》)))"
            rf"(?:{SPACE}*(?P<number>[^\W\d_]{{2,10}}{BARE_NUMBER}))?"
        )
        self.office_before = pattern(
            rf"(?<![^\s>＞»›|｜】\]。）)！!])([^\s>＞»›|｜】\]：:。）)！!]{{3,}}(?:{words.number_behind}))\s+$"
        )
        short = rf"[^\W\d_]{{2}}{one_of(''.join(sorted(words.ends.any)))}"
        self.signed = pattern(
            rf"(?<=[。）)！!])\s*([^\s\d。，；：:！!]{{4,40}}?|{short})\s*({DATE})(?![\s]*[，、。至前后起以（(])"
        )
        self.plan = pattern(
            rf"\s*(?:{words.remark}[^（）()]{{0,30}}[）)])?\s*([^。，；：]{{6,60}}?{nouns})"
            rf"(?={words.followed_by}|[0-9{DIGITS}（第])"
        )
        self.at_end = pattern(
            rf"(?:(?<=[。）)〕\]！!])\s*|(?<=\s))([^\W\d_]{{4,40}}?|{short})\s*({DATE})\s*"
            rf"(?=$|{words.annexes}|{words.copied}|{words.remark})"
        )
        # After the body, and to the end: what has a full stop is no list of names.
        self.annexes = pattern(
            rf"(?<=[。）)〕\]\s日]){words.annex}{SPACE}*[:：]\s*(1[.．、][^。]{{2,600}}|[^。\d]{{2,60}})$"
        )


def _wide(word: str) -> str:
    return rf"{SPACE}*".join(map(re.escape, word))


def _firsts(words: Iterable[str]) -> frozenset[str]:
    return frozenset([word[0] for word in words])


def _lasts(words: Iterable[str]) -> frozenset[str]:
    return frozenset([word[-1] for word in words])
