"""The looks of cells, by their names: ``NUMBERS`` says which of the formats of a workbook each is."""

from __future__ import annotations

from aiwei_cli.records import NamedTuple

_FONTS = {
    # The family and the character set tell Excel what to take where a font is not installed.
    "own": ("宋体", 2, 11, ""),
    "title": ("方正小标宋简体", 1, 18, ""),
    "head": ("黑体", 2, 10.5, ""),
    "body": ("仿宋", 1, 10.5, ""),
    "grey": ("仿宋", 1, 10.5, "FF595959"),
    "small": ("仿宋", 1, 9, "FF7F7F7F"),
}
_FILLS = {"head": "FFEDEDED", "tint": "FFF2F2F2", "doubt": "FFFFE699"}
_BORDERS = {
    "none": {},
    "all": dict.fromkeys(("left", "right", "top", "bottom"), "thin"),
    "section": dict.fromkeys(("left", "top", "bottom"), "thin"),
    "section middle": dict.fromkeys(("top", "bottom"), "thin"),
    "section end": dict.fromkeys(("right", "top", "bottom"), "thin"),
    "dotted": {"bottom": "dotted"},
}
_GENERAL, _WHOLE, _DATE = 0, 1, 164
"""Number formats; Excel has the first two."""


class Look(NamedTuple):
    """What a cell looks like."""

    font: str = "body"
    border: str = "all"
    align: str = ""
    fill: str = ""
    wrap: bool = True
    format: int = _GENERAL
    quoted: bool = False
    """Whether the cell is marked as text, whatever its words begin with."""


_TEXT, _CENTRE = Look(), Look(align="center")
_ASIDE = Look("small", "none", wrap=False)
LOOKS = {
    "title": Look("title", "none", "center"),
    "facts": Look("grey", "none", "right"),
    "head": Look("head", align="center", fill="head"),
    "section": Look("head", "section", wrap=False),
    "section middle": Look("head", "section middle", wrap=False),
    "section end": Look("head", "section end", wrap=False),
    "wide": Look("head"),
    "text": _TEXT,
    "quoted": _TEXT._replace(quoted=True),
    "centre": _CENTRE,
    "doubtful": _TEXT._replace(fill="doubt"),
    "doubtful centre": _CENTRE._replace(fill="doubt"),
    "date": _CENTRE._replace(format=_DATE),
    "count": _CENTRE._replace(format=_WHOLE),
    "number": _CENTRE,
    "sum": _CENTRE._replace(format=_WHOLE, fill="tint"),
    "aside": _ASIDE,
    "aside head": _ASIDE._replace(border="dotted", align="center"),
    "aside date": _ASIDE._replace(align="center", format=_DATE),
}
LOOKS |= {f"{name} tinted": LOOKS[name]._replace(fill="tint") for name in ("text", "quoted", "centre", "date", "count")}
_RUNS = {
    "gone": '<strike/><sz val="10.5"/><color rgb="FFB3261E"/>',
    "come": '<b/><u/><sz val="10.5"/><color rgb="FF1B6E2C"/>',
}
"""Words inside a cell that went or came."""
NUMBERS = {name: number for number, name in enumerate(LOOKS, 1)}
"""The first of a workbook's formats is that of cells without any."""


def tinted(name: str, tint: bool) -> str:
    """The look with the tint of cells that are not to be filled in, where there is one."""
    return f"{name} tinted" if tint and f"{name} tinted" in LOOKS else name


def run_look(kind: str) -> str:
    """The look of some words inside a cell; empty for those that look as the cell does."""
    if kind not in _RUNS:
        return ""
    name, family, _, _ = _FONTS["body"]
    return f'<rPr>{_RUNS[kind]}<rFont val="{name}"/><family val="{family}"/><charset val="134"/></rPr>'


def styles() -> str:
    """The part ``styles.xml``."""
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="1"><numFmt numFmtId="{_DATE}" formatCode="yyyy-mm-dd"/></numFmts>'
        + _listed("fonts", [_font(*font) for font in _FONTS.values()])
        + _listed("fills", [_fill("none"), _fill("gray125"), *(_fill("solid", colour) for colour in _FILLS.values())])
        + _listed("borders", list(map(_border, _BORDERS.values())))
        + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        + _listed(
            "cellXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>', *map(_xf, LOOKS.values())]
        )
        + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _listed(name: str, parts: list[str]) -> str:
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'


def _font(name: str, family: int, size: float, colour: str) -> str:
    shown = f'<color rgb="{colour}"/>' if colour else ""
    named = f'<name val="{name}"/><family val="{family}"/><charset val="134"/>'
    return f'<font><sz val="{size}"/>{shown}{named}</font>'


def _fill(kind: str, colour: str = "") -> str:
    if not colour:
        return f'<fill><patternFill patternType="{kind}"/></fill>'
    colours = f'<fgColor rgb="{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="{kind}">{colours}</patternFill></fill>'


def _border(lines: dict[str, str]) -> str:
    sides = [
        f'<{side} style="{lines[side]}"><color auto="1"/></{side}>' if side in lines else f"<{side}/>"
        for side in ("left", "right", "top", "bottom")
    ]
    return f"<border>{''.join(sides)}<diagonal/></border>"


def _xf(look: Look) -> str:
    fill = list(_FILLS).index(look.fill) + 2 if look.fill else 0
    numbers = (
        f'numFmtId="{look.format}" fontId="{list(_FONTS).index(look.font)}" fillId="{fill}"'
        f' borderId="{list(_BORDERS).index(look.border)}" xfId="0"'
    )
    quoted = ' quotePrefix="1"' if look.quoted else ""
    applied = ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
    across = f' horizontal="{look.align}"' if look.align else ""
    wrapped = ' wrapText="1"' if look.wrap else ""
    return f'<xf {numbers}{quoted}{applied}><alignment{across} vertical="center"{wrapped}/></xf>'
