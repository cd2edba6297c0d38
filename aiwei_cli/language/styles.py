"""Numbers in the formats of WordprocessingML (ECMA-376, 17.18.59 ST_NumberFormat), as Word shows them."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMAL = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹贰叁肆伍陆柒捌玖拾佰仟万")
_FORMAL_OLD = str.maketrans("〇零一二三四五六七八九十百千万", "零零壹貳參肆伍陸柒捌玖拾佰仟萬")


def chinese(number: int) -> str:
    """The number in words: 十, 十一, 二十, 一百零一.

    >>> [chinese(n) for n in (1, 10, 11, 20, 101, 110, 1001, 10010)]
    ['一', '十', '十一', '二十', '一百零一', '一百一十', '一千零一', '一万零一十']
    """
    if number >= 100_000_000:
        return str(number)
    if number >= 10_000:
        low = number % 10_000
        return chinese(number // 10_000) + "万" + ("零" if 0 < low < 1000 else "") + (_below(low) if low else "")
    words = _below(number)
    return words[1:] if 10 <= number < 20 else words


def _below(number: int) -> str:
    """A number below ten thousand, with 一 before 十."""
    words = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words or _DIGITS[0]


def digits(number: int) -> str:
    """The number digit by digit: 二〇."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def counting(number: int) -> str:
    """As chineseCounting has it: in words below a hundred, digit by digit from there."""
    return chinese(number) if number < 100 else digits(number)


def roman(number: int) -> str:
    """The number in capital Roman numerals."""
    if number > 3999:
        return str(number)
    words = ""
    for value, name in _ROMAN:
        words += name * (number // value)
        number %= value
    return words


def letters(number: int) -> str:
    """A to Z, then AA, BB, CC, as Word counts."""
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)


def circled(number: int) -> str:
    """The number in a circle, up to 50."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def formatted(number: int, style: str) -> str:
    """The number in one of Word's formats; in plain digits where the format is not known or does not reach so far."""
    if number < 1:
        return {"ideographDigital": "〇", "chineseCounting": "〇", "chineseCountingThousand": "零"}.get(
            style, str(number)
        )
    match style:
        case "chineseCounting" | "taiwaneseCounting":
            return counting(number)
        case "chineseCountingThousand" | "taiwaneseCountingThousand" | "japaneseCounting":
            return chinese(number)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2":
            return digits(number)
        case "chineseLegalSimplified":
            return _with_one(number).translate(_FORMAL)
        case "ideographLegalTraditional" | "japaneseLegal":
            return _with_one(number).translate(_FORMAL_OLD)
        case "ideographTraditional":
            return _STEMS[number - 1] if number <= 10 else str(number)
        case "ideographZodiac":
            return _BRANCHES[number - 1] if number <= 12 else str(number)
        case "decimalZero":
            return f"{number:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(number).translate(_FULL_WIDTH)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return circled(number)
        case "decimalEnclosedParen":
            return chr(0x2474 + number - 1) if number <= 20 else f"({number})"
        case "decimalEnclosedFullstop":
            return chr(0x2488 + number - 1) if number <= 20 else f"{number}."
        case "ideographEnclosedCircle":
            return chr(0x3280 + number - 1) if number <= 10 else str(number)
        case "upperRoman":
            return roman(number)
        case "lowerRoman":
            return roman(number).lower()
        case "upperLetter":
            return letters(number)
        case "lowerLetter":
            return letters(number).lower()
        case "ordinal":
            ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "none":
            return ""
        case _:
            return str(number)


def _with_one(number: int) -> str:
    """In words, with 一 before 十 also from ten to nineteen: 壹拾."""
    words = chinese(number)
    return "一" + words if words.startswith("十") else words
