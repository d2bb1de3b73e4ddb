"""Chinese patterns that read spaced-out text.

Text from pages breaks anywhere (`上\\n午9時`), and extractors set characters apart (`結 算 參 與 者`). `loosen` lets a pattern
read one white space between any two neighbouring Han characters, so that no rule has to say so itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GAP = r"\s?"
LONGEST = 6  # a class repeated more often than this is a stretch of text, not a word
_HAN = re.compile(r"[一-鿿〇]")
_TOKEN = re.compile(
    r"(?P<behind>\(\?<[=!](?:\[(?:\\.|[^\]])*\]|\\.|[^()\[\]])*\))"
    r"|(?P<open>\((?:\?(?:P<\w+>|[a-zA-Z-]*:|[=!]))?)"
    r"|(?P<close>\))"
    r"|(?P<or>\|)"
    r"|(?P<atom>\[(?:\\.|[^\]\\])*\]|\\.|[^()\[\]|\\?*+{])"
    r"|(?P<count>\{\d+(?:,\d*)?\}\??|[?*+]\??)"
    r"|(?P<rest>.)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Group:
    """An open bracket: whether Han may stand right before it, whether it only looks ahead, how its alternatives end."""

    after: bool
    looks: bool
    ends: bool = False


def loosen(pattern: str) -> str:
    """The pattern with room for one white space between neighbouring Han characters."""
    if not _HAN.search(pattern):
        return pattern
    out: list[str] = []
    groups = [_Group(after=False, looks=False)]
    joins = False  # may what was read last end with a Han character?
    tokens = list(_TOKEN.finditer(pattern))
    for index, token in enumerate(tokens):
        said = token[0]
        match token.lastgroup:
            case "behind":
                out.append(_looks_behind(said))
                joins = False
            case "open":
                groups.append(_Group(after=joins, looks=said in ("(?=", "(?!")))
                out.append(said)
            case "or":
                groups[-1].ends |= joins
                joins = groups[-1].after
                out.append(said)
            case "close" if len(groups) > 1:
                group = groups.pop()
                joins = group.after if group.looks else group.ends or joins
                out.append(said)
            case "atom":
                han = _is_han(said)
                count = tokens[index + 1][0] if index + 1 < len(tokens) and tokens[index + 1].lastgroup == "count" else ""
                out.append((GAP if han and joins else "") + (_repeated(said, count) if han else said))
                joins = han
            case "count" if index and tokens[index - 1].lastgroup == "atom" and _is_repeated(tokens[index - 1][0], said):
                pass
            case _:
                out.append(said)
    return "".join(out)


def set_apart(word: str) -> tuple[str, ...]:
    """The forms in which a Chinese word may stand: close, with spaces, broken at a line's end; any other word is itself."""
    if len(word) == 1 or not all(_HAN.match(char) for char in word):
        return (word,)
    broken = (f"{word[:at]}\n{word[at:]}" for at in range(1, len(word)))
    return (word, " ".join(word), *broken)


def _is_han(atom: str) -> bool:
    return bool(_HAN.search(atom)) and not atom.startswith("[^")


def _looks_behind(said: str) -> str:
    """A look-behind has a fixed width: once for text that is close, once for text set apart."""
    if not _is_han(said[4:-1]):
        return said
    apart = f"{said[:4]}(?:{said[4:-1]}){GAP[:-1]})"
    return said + apart if said[3] == "!" else f"(?:{said}|{apart})"


_COUNT = re.compile(r"\{(\d+)(?:,(\d+))?\}(\??)")


def _is_repeated(atom: str, count: str) -> bool:
    match = _COUNT.fullmatch(count)
    return match is not None and _is_han(atom) and 1 < int(match[2] or match[1]) <= LONGEST


def _repeated(atom: str, count: str) -> str:
    """`[一二三]{1,3}` as one character and more behind it, each with its gap."""
    if not _is_repeated(atom, count):
        return atom
    match = _COUNT.fullmatch(count)
    assert match is not None
    least, most, lazy = int(match[1]), int(match[2] or match[1]), match[3]
    more = f"{atom}(?:{GAP}{atom}){{{max(least - 1, 0)},{most - 1}}}{lazy}"
    return more if least else f"(?:{more})?{lazy}"
