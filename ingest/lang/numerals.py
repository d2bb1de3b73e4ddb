"""Numbers as they are written in circulars: 12, 十二, 廿八, 二○二六, 二〇二五."""

from __future__ import annotations

DIGITS = {
    char: value
    for value, chars in enumerate(("〇零○Ｏ0", "一壹1元", "二贰两2", "三叁3", "四肆4", "五伍5", "六陆6", "七柒7", "八捌8", "九玖9"))
    for char in chars
}
TENS = {"十": 10, "拾": 10, "廿": 20, "卄": 20, "卅": 30}


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


def chinese(value: int) -> str:
    """A number from 0 to 99 in words, the inverse of `number`."""
    units = "零一二三四五六七八九"
    tens, unit = divmod(value, 10)
    return units[unit] if not tens else ("" if tens == 1 else units[tens]) + "十" + (units[unit] if unit else "")
