"""What every drawing is built from: numbers, text and frames of SVG, the same bytes on every machine.

Widths of words are estimated from a table of letter widths, a little on the wide side, since the reader's font is not known.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from brinkline.charts.style import own_style
from brinkline.plain import one_line

WIDTH = 1080
SIZE = 13
#: Draws a sample of a legend about a point.
Sample = Callable[[float, float], str]
#: Widths of letters as parts of the size, between those of Noto Sans and DejaVu Sans; any other letter is 0.59 wide.
_GROUPS = (
    (0.29, "ijlI.,:;|!' "),
    (0.4, "ftr()[]-/"),
    (0.52, "scz"),
    (0.68, "ABCDGHKNOPQRUVXY&"),
    (0.95, "mMwW%@—…→"),
)
_WIDTHS = {char: part for part, chars in _GROUPS for char in chars}
_FOREIGN = re.compile(r"[^\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_ATTRIBUTE = {'"': "&quot;", "'": "&#39;"}


def escaped(words: str) -> str:
    """Words as XML text or attribute value: on one line, without the characters that XML cannot hold."""
    return escape(_FOREIGN.sub("", one_line(words)), _ATTRIBUTE)


def num(value: float) -> str:
    """A coordinate with one digit after the point, and none where it is whole.

    >>> num(3.0), num(2.25), num(-0.04)
    ('3', '2.2', '0')
    """
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def width(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """An estimate of the width of words in pixels; letters of scripts without narrow letters count as wide."""
    total = sum(_WIDTHS.get(char, 1.05 if ord(char) > 0x2E7F else 0.59) for char in words)
    return total * size * (1.05 if bold else 1.0)


def fit(words: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """The words, cut with "…" where they are wider than ``room`` pixels."""
    words = one_line(words)
    if width(words, size, bold=bold) <= room:
        return words
    while words and width(words + "…", size, bold=bold) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, room: float, lines: int, size: float = SIZE, *, bold: bool = False) -> list[str]:
    """The words on at most ``lines`` lines of ``room`` pixels; what does not fit is cut with "…"."""
    rest = one_line(words).replace("-", "-\u200b ").split(" ")
    made: list[str] = []
    while rest and len(made) < lines:
        line = rest.pop(0)
        while rest and width(_joined(line, rest[0]), size, bold=bold) <= room:
            line = _joined(line, rest.pop(0))
        if rest and len(made) == lines - 1:
            line = functools.reduce(_joined, rest, line)
        line = line.removesuffix("\u200b")
        made.append(fit(line, room, size, bold=bold))
    return made


def _joined(line: str, word: str) -> str:
    """Two parts of a name side by side: without a blank where a hyphen was (marked by a zero-width space)."""
    return line[:-1] + word if line.endswith("\u200b") else f"{line} {word}"


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    """A line of text whose baseline begins at (x, y); ``anchor`` "middle" or "end" sets it about or before the point."""
    cls = f' class="{kind}"' if kind else ""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{cls} x="{num(x)}" y="{num(y)}"{at}>{escaped(words)}</text>'


def mark(kind: str, told: str, body: str, ref: str = "", link: str | None = None) -> str:
    """A group with a title to hover; ``ref`` names the record behind it, ``link`` makes it a link to "link + ref"."""
    data = f' data-ref="{escaped(ref)}"' if ref else ""
    inner = f'<g class="{kind}"{data}><title>{escaped(told)}</title>{body}</g>'
    return f'<a href="{escaped(link + ref)}" aria-label="{escaped(told)}">{inner}</a>' if link is not None and ref else inner


def shape(layer: str, x: float, y: float, kind: str) -> str:
    """The mark of an event: a square for a deed, a circle for a word, a triangle for a thought; ``kind`` as of ``manner``."""
    match layer:
        case "say":
            return f'<circle class="shape {kind}" cx="{x:.1f}" cy="{y:g}" r="5.5"/>'
        case "think":
            return f'<path class="shape {kind}" d="M{x:.1f} {y - 6:g}l6 11h-12z"/>'
        case _:
            return f'<rect class="shape {kind}" x="{x - 5:.1f}" y="{y - 5:g}" width="10" height="10"/>'


def sample_shape(layer: str, kind: str) -> Sample:
    """A sample of a legend that shows a shape."""
    return lambda x, y: shape(layer, x, y, kind)


def sample_line(kind: str) -> Sample:
    """A sample of a legend that shows a line."""
    return lambda x, y: f'<path class="{kind}" d="M{num(x - 11)} {num(y)}h22"/>'


def sample_block(kind: str, side: float = 12) -> Sample:
    """A sample of a legend that shows a filled square."""
    return lambda x, y: f'<rect class="{kind}" x="{num(x - side / 2)}" y="{num(y - side / 2)}" width="{side}" height="{side}"/>'


def manner(tone: str, *, armed: bool, done: bool) -> str:
    """The classes of a shape: its tone, filled for armed force, dashed for what was not done."""
    return f"{tone} undone" if not done else f"{tone} armed" if armed else tone


def entries(x: float, y: float, items: Sequence[tuple[Sample, str]], right: float = WIDTH - 8) -> tuple[list[str], float]:
    """A legend in lines from (x, y): samples drawn about a point, 22 wide, with words; and the y of the last line."""
    at, made = x, []
    for sample, words in items:
        wide = 30 + width(words)
        if at > x and at + wide > right:
            at, y = x, y + 22
        made.append(sample(at + 11, y - 5) + text(at + 28, y, words, "soft"))
        at += wide + 14
    return made, y


def drawing(
    ident: str,
    title: str,
    told: str,
    size: tuple[float, float],
    body: Iterable[str],
    *,
    standalone: bool,
    linked: bool = False,
) -> str:
    """The SVG element with title, description and body; ``standalone`` adds name space, paper and style."""
    return "\n".join(_pieces(ident, title, told, size, "\n".join(body), standalone, linked))


def _pieces(
    ident: str, title: str, told: str, size: tuple[float, float], body: str, standalone: bool, linked: bool
) -> Iterator[str]:
    wide, high = num(size[0]), num(size[1])
    space = f' xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"' if standalone else ""
    role = "group" if linked else "img"
    yield (
        f'<svg class="bl-chart" role="{role}" aria-labelledby="{ident}-title {ident}-desc" viewBox="0 0 {wide} {high}"{space}>'
        f'<title id="{ident}-title">{escaped(title)}</title><desc id="{ident}-desc">{escaped(told)}</desc>'
    )
    if standalone:
        paper = f'<rect class="paper" width="{wide}" height="{high}"/>'
        yield f"<style>{own_style(paper + body)}</style>{paper}"
    if body:
        yield body
    yield "</svg>"
