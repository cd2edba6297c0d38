"""Radicals for signs: text copied from a PDF may have ⽔ (U+2F54, a radical) where 水 is shown.

They are read as the signs that they look like, one for one, so that offsets stay; the source keeps what it has.
"""

from __future__ import annotations

from codecs import utf_16_le_encode
from functools import lru_cache

from aiwei_cli.language.patterns import pattern

_RADICAL = pattern("[\u2e80-\u2fd5]")
_SUPPLEMENT = (
    "⺁厂 ⺃乚 ⺅亻 ⺈刀 ⺉刂 ⺋卩 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺟母 "
    "⺠民 ⺡氵 ⺢水 ⺣灬 ⺦丬 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺯糹 ⺰纟 ⺱网 ⺲罒 ⺳网 ⺶羊 ⺷羊 ⺹耂 ⺺聿 "
    "⺻聿 ⺼月 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 "
    "⻏阝 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 "
    "⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟 "
)
"""What the radicals of the supplement look like; Unicode itself says it of the Kangxi radicals only."""


def without_radicals(text: str) -> str:
    """The text with the signs that its radicals show; the same text where it has none.

    >>> without_radicals("县⽔利局、县⺠政局、⻓期")
    '县水利局、县民政局、长期'
    """
    return text.translate(_table()) if _may_have(text) and _RADICAL.search(text) else text


def _may_have(text: str) -> bool:
    """Whether there are signs from U+2E00 to U+2FFF: looking for two upper bytes takes a third of the time of a
    pattern, which tries every sign."""
    upper = b"" if text.isascii() else utf_16_le_encode(text, "surrogatepass")[0][1::2]
    return b"\x2e" in upper or b"\x2f" in upper


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    import unicodedata

    signs = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FD6)}
    return {**signs, **{ord(pair[0]): pair[1] for pair in _SUPPLEMENT.split()}}
