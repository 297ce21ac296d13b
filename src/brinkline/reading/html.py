"""``html_to_text``: the words of an HTML page without its tags, and its title.

A tokenizer of our own instead of ``html.parser``: it reads each character once whatever the input (the standard parser of
some Python releases is quadratic on unclosed marks), and tells whether the page was broken. White space folds as in a browser;
blocks become paragraphs, ``<br>`` a line end; ``script``, ``style``, ``head`` and comments go. A link keeps its words.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from brinkline import data
from brinkline.model import Notice

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_LOOSE_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)[^<>]*>")
_DECLARATION = re.compile(r"<[!?][^<>]*>")
_SPACE = re.compile(r"\s+")
_BLANKS = re.compile(r"[^\S\n]+")
_TAG_LIMIT = 10_000


@dataclass(slots=True)
class _Page:
    """The text so far and what is open; state of one call, never kept."""

    pieces: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=dict)
    broken: int | None = None


def html_to_text(source: str) -> tuple[str, str, tuple[Notice, ...]]:
    """The text, the title of the page and a warning BL304 when tags do not pair up or never end.

    >>> html_to_text("<p>A <b>Note</b> &amp; a reply</p><p>Peace</p>")[0]
    'A Note & a reply\\n\\nPeace'
    """
    names = data.toml("brinkline.reading", "html.toml")
    kinds = {name: kind for kind in ("block", "line", "cell", "skip") for name in names[kind]}
    page = _Page()
    at = 0
    while at < len(source):
        mark = source.find("<", at)
        if mark < 0:
            _words(page, source[at:])
            break
        _words(page, source[at:mark])
        at = _step(page, source, mark, kinds)
    if page.broken is None and any(count > 0 and name not in names["may_stay_open"] for name, count in page.open.items()):
        page.broken = len(source)
    notices = (
        (Notice("BL304", "broken HTML: a tag is not closed or not opened; the words were kept"),)
        if page.broken is not None
        else ()
    )
    return _join(page.pieces), _SPACE.sub(" ", "".join(page.title)).strip(), notices


def _step(page: _Page, source: str, mark: int, kinds: dict[str, str]) -> int:
    """Reads what starts with the "<" at ``mark``; where to go on."""
    if source.startswith("<!--", mark):
        end = source.find("-->", mark + 4)
        if end < 0:
            page.broken = mark
            return len(source)
        return end + 3
    end = min(len(source), mark + _TAG_LIMIT)
    tag = _TAG.match(source, mark, end)
    if tag is None:
        tag = _LOOSE_TAG.match(source, mark, end)  # a quotation mark that does not close
        page.broken = mark if tag else page.broken
    if tag is None:
        declaration = _DECLARATION.match(source, mark, end)
        if declaration:
            return declaration.end()
        if source[mark + 1 : mark + 2].isalpha() or source[mark + 1 : mark + 2] == "/":
            page.broken = mark
        _words(page, "<")
        return mark + 1
    name = tag[1].lower()
    closes = tag[0][1] == "/"
    if kinds.get(name) == "skip" and not closes and not tag[0].endswith("/>"):
        return _skip(page, source, tag.end(), name)
    _count(page, name, closes, tag)
    page.pieces.append({"block": "\n\n", "line": "\n", "cell": "\t"}.get(kinds.get(name, ""), ""))
    return tag.end()


def _count(page: _Page, name: str, closes: bool, tag: re.Match[str]) -> None:
    if closes:
        if page.open.get(name, 0) <= 0 and name not in ("p", "br"):
            page.broken = tag.start()
        page.open[name] = max(0, page.open.get(name, 0) - 1)
    elif not tag[0].endswith("/>"):
        page.open[name] = page.open.get(name, 0) + 1


def _skip(page: _Page, source: str, at: int, name: str) -> int:
    """The end of an element whose words are no text; the title is kept apart."""
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(source, at)
    inside = source[at : closing.start() if closing else len(source)]
    if name == "title":
        page.title.append(html.unescape(inside))
    if closing is None:
        page.broken = at
        return len(source)
    return closing.end()


def _words(page: _Page, words: str) -> None:
    if words:
        page.pieces.append((_BLANKS if page.open.get("pre") else _SPACE).sub(" ", html.unescape(words)))


def _join(pieces: list[str]) -> str:
    """The pieces as one text: no blanks around line ends, at most one empty line, no blanks at the ends."""
    text = "".join(pieces)
    text = re.sub(r" *([\n\t]) *", r"\1", text)
    text = re.sub(r"\t*\n[\n\t]*\n[\n\t]*", "\n\n", text)
    text = re.sub(r"[^\S\n]{2,}", " ", text)
    return text.strip()
