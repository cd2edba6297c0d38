"""Labels: the words before a colon that say what the names behind it do, 责任单位：…, 完成时限：….

A label is a stem with a tail, 牵头 and 单位; some stems stand alone. Any other short words before a colon are a label
too, one that names no role: they end the value before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from aiwei_cli.model import Role
from aiwei_cli.parsing.layout import SPACE
from aiwei_cli.patterns import pattern

COLON = "[:：∶]"
SEPARATORS = "，,、；;。:："
ANNEX = r"附[件表]?\s*\d{0,2}"
_BEFORE = "（(〔［[【）)〕］]】。；;，,、．."

NAME_ENDS = "局委部厅办署院会行处科股所站队社司府"
"""What the name of an office may end in."""
_MARKED_ENDS = NAME_ENDS + "区县市镇乡村位门道团学校）)"
"""The same and places: what may stand before a mark of its role at the end of a line."""

Kind = Literal["role", "division", "deadline", "other"]


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value. Offsets are of the words that were split."""

    kind: Kind
    role: Role | None
    alone: bool
    """The stem stands without a tail: 牵头：. It is a word of prose too."""
    start: int
    value: int
    end: int


class Labels:
    """The compiled ``labels`` and ``fields`` of ``rules/roles.yaml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._role: dict[str, Role] = {}
        for role in ("lead", "responsible", "support"):
            self._role.update(dict.fromkeys(data["labels"][role], role))
        self._kind: dict[str, Kind] = dict.fromkeys([*data["fields"]["person"], *data["fields"]["other"]], "other")
        self._kind.update(dict.fromkeys(data["fields"]["deadline"], "deadline"))
        self._kind.update(dict.fromkeys(data["fields"]["division"], "division"))
        stems, tails = alternatives(self._role), alternatives(data["labels"]["tails"])
        persons = alternatives(data["labels"]["persons"])
        tailed = rf"(?P<stem>{stems})(?:（?[及和]?(?:{stems})?(?:{tails}))+）?(?:[及和、（(]?(?:{persons})[）)]?)?"
        label = rf"(?P<field>{alternatives(self._kind)})|{tailed}|(?P<alone>{alternatives(data['labels']['alone'])})"
        marks = rf"\s{re.escape(_BEFORE)}●■◆★\-·"
        self._known = pattern(rf"(?:{label})\s*(?:[】〕］\]）)]?{COLON}|(?<=[位门])为(?![主期]))")
        self.any_label = pattern(rf"(?:[^\W\d_]{{2,8}}|{ANNEX})\s*{COLON}")
        self._any = pattern(rf"(?:^|(?<=[\s{re.escape(_BEFORE)}]))(?:[^\W\d_\u2460-\u24ff]{{2,8}}|{ANNEX})\s*{COLON}")
        self.before_colon = pattern(
            rf"(?:^|[{marks}\u2460-\u24ff])(?P<label>(?:[^\W\d_\u2460-\u24ff]{{1,4}}?)??(?:{label}){SPACE}*{COLON})$"
        )
        # Without a colon: 责任单位　市水利局 at the start of a line, 【责任单位】市水利局.
        self.without_colon = pattern(
            rf"(?:^|[\n。；;.．、]){SPACE}*(?P<label>{tailed}[^\S\n]+)(?=\S)"
            rf"|[【〔［\[（(]{SPACE}*(?P<boxed>(?:{label.replace('?P<', '?P<b')}){SPACE}*[】〕］\]）)]{SPACE}*{COLON}?)"
        )
        # 市住建局（牵头）、市财政局: the role of the one name before it, and no label of what follows.
        # What stands before it is looked at afterwards: a search for a bracket is fast, one for any letter is not.
        self._mark = pattern(
            rf"[（(〔\[［]{SPACE}*(?P<stem>{stems})(?:{tails})?{SPACE}*[）)〕\]］]{SPACE}*"
            rf"(?:(?=[、，,；;。）)〕］\]】和与及等]|负责|牵头|配合)|(?P<last>\n|$))"
        )
        # （责任单位　水利局；完成时限　6月底）: the same in brackets.
        deadline = alternatives(data["fields"]["deadline"])
        self._blank = pattern(rf"(?:^\s*|[；;，,。\s])(?P<label>{tailed}|(?P<deadline>{deadline})){SPACE}+(?=\S)")
        events, hosting = alternatives(data["labels"]["events"]), alternatives(data["labels"]["hosting"])
        self._event = pattern(rf"(?:{events})的?(?:{hosting})")
        self.hint = pattern(rf"(?:{tails}|{deadline})(?:[^\S\n]|[】〕］\]）)])")

    def split(self, words: str, start: int, end: int) -> list[Field]:
        """The fields of ``words[start:end]``, in order; empty where no label is known."""
        known = {match.end(): match for match in self._known.finditer(words, start, end)}
        if not known:
            return []
        starts = {match.end(): match.start() for match in self._any.finditer(words, start, end)}
        stops = sorted({*known, *starts})
        fields = []
        for i, stop in enumerate(stops):
            match = known.get(stop)
            begin = starts.get(stop, match.start() if match else stop)
            if match is not None and self._event.search(words, begin, stop):
                match = None
            following = stops[i + 1] if i + 1 < len(stops) else None
            value_end = end
            if following is not None:
                later = known.get(following)
                value_end = starts.get(following, later.start() if later else following)
                if following not in starts:
                    value_end = _before_label(words, stop, value_end)
            fields.append(Field(*self._meaning(match), begin, stop, max(stop, value_end)))
        return fields

    def split_at_blanks(self, words: str) -> list[Field]:
        """The fields of words that begin with a label, where blanks stand for the colons: 责任单位　水利局."""
        if self._blank.match(words) is None:
            return []
        found = list(self._blank.finditer(words))
        ends = [*(match.start("label") for match in found[1:]), len(words)]
        return [
            Field(
                "deadline" if match["deadline"] else "role",
                None if match["deadline"] else self._role[match["stem"]],
                True,
                match.start("label"),
                match.end(),
                end,
            )
            for match, end in zip(found, ends, strict=True)
        ]

    def marked(self, text: str) -> dict[int, tuple[int, Role]]:
        """The marks of roles behind single names: where each begins → where it ends, and the role."""
        found = {}
        for match in self._mark.finditer(text):
            start = match.start()
            before = text[start - 1] if start else "\n"
            if before in _MARKED_ENDS if match["last"] is not None else before.isalpha() or before in "）)":
                found[start] = start + len(match[0].rstrip()), self._role[match["stem"]]
        return found

    def _meaning(self, match: re.Match[str] | None) -> tuple[Kind, Role | None, bool]:
        if match is None:
            return "other", None, False
        if match["field"]:
            return self._kind[match["field"]], None, False
        return "role", self._role[match["stem"] or match["alone"]], bool(match["alone"])

    def boxed(self, match: re.Match[str]) -> tuple[Kind, Role | None, bool]:
        """What a label without a colon means."""
        if match["label"]:
            return "role", self._role[match["stem"]], False
        if match["bfield"]:
            return self._kind[match["bfield"]], None, False
        return "role", self._role[match["bstem"] or match["balone"]], False


def _before_label(words: str, start: int, stop: int) -> int:
    """The end of a value before the next label, whose stem may have a few words before it: 指标牵头单位."""
    for i in range(stop, max(start, stop - 4), -1):
        if words[i - 1] in SEPARATORS or words[i - 1].isspace():
            return i
    return stop


def alternatives(words: Mapping[str, Any] | Sequence[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
