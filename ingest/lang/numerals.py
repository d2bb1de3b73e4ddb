"""Numbers as they are written in circulars: 12, 十二, 廿八, 二○二六, 二〇二五."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

DIGITS = {
    char: value
    for value, chars in enumerate(("〇零○Ｏ0", "一壹1元", "二贰两2", "三叁3", "四肆4", "五伍5", "六陆6", "七柒7", "八捌8", "九玖9"))
    for char in chars
}
TENS = {"十": 10, "拾": 10, "廿": 20, "卄": 20, "卅": 30}


@lru_cache(maxsize=4096)
def number(text: str) -> int | None:
    """The value of a numeral in folded text: digits, digit by digit (二〇二六) or with tens (二十一, 廿八). None if it is none."""
    text = "".join(text.split())
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    return _tens(text)


def _tens(text: str) -> int | None:
    if "百" in text:
        head, _, rest = text.partition("百")
        hundreds, small = DIGITS.get(head), number(rest.lstrip("零")) if rest else 0
        return None if hundreds is None or small is None else hundreds * 100 + small
    for char, value in TENS.items():
        head, found, rest = text.partition(char)
        if not found:
            continue
        if (head and (char not in "十拾" or head not in DIGITS)) or (rest and rest not in DIGITS):
            return None
        return value * (DIGITS[head] if head else 1) + (DIGITS[rest] if rest else 0)
    return None


LARGE = (("亿", 10**8), ("万", 10**4), ("千", 10**3), ("百", 10**2))


def quantity(text: str) -> int | Decimal | None:
    """The value of a numeral in folded words of any size (五百万, 一亿二千万, 三万零五百, 零点五). None if it is none."""
    text = "".join(text.split()).replace("佰", "百").replace("仟", "千").replace("萬", "万").replace("億", "亿")
    for unit, value in LARGE:
        head, found, rest = text.rpartition(unit)
        if not found:
            continue
        many, small = quantity(head) if head else None, quantity(rest.lstrip("零〇")) if rest else 0
        # 三千五 and 两万五 leave out the unit of their last digit, so their value is not what stands there
        if many is None or small is None or small >= value or (0 < small < 10 and rest[0] not in "零〇"):
            return None
        return many * value + small
    before, point, behind = text.partition("点")
    if not point:
        return number(text)
    many, digits = number(before), [DIGITS.get(char) for char in behind]
    return None if many is None or None in digits else Decimal(f"{many}.{''.join(map(str, digits))}")


def chinese(value: int) -> str:
    """A number from 0 to 99 in words, the inverse of `number`."""
    units = "零一二三四五六七八九"
    tens, unit = divmod(value, 10)
    return units[unit] if not tens else ("" if tens == 1 else units[tens]) + "十" + (units[unit] if unit else "")
