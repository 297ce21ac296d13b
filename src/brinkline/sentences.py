"""``split_sentences``: the sentences of a narrative as exact ranges, without a language model.

A sentence never crosses the border of a paragraph or a section. Headings, number and title, references and the last-updated
line give no sentences. The abbreviations and the words that open a sentence are data (``sentences.toml``).
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from brinkline import data
from brinkline.model import Narrative, SectionKind, Sentence, Span
from brinkline.reading.paragraphs import paragraph_spans
from brinkline.rules import Example, Rule, examples_of

_SILENT: frozenset[SectionKind] = frozenset({"references", "updated"})
_CLOSERS = "\"'”’»)\\]」』"
_BREAK = re.compile(rf"(?P<stop>(?<![.!?…؟۔।])[.!?…؟۔।]+[{_CLOSERS}]*)\s+|[。！？]+[{_CLOSERS}]*\s*")
_NEXT = re.compile(r"[\"'“‘«(\[¿¡—–-]*(?P<word>[^\W_]+)?(?P<stop>\.)?")
_ROMAN_OR_NUMBER = re.compile(r"[IVXLC]+|\d.*|#")
_ROMAN = re.compile(r"[IVX]+")
_FINITE = re.compile(r"\w+\s+(?:was|were|had|has|have|is|are|did|would|could)\b")
_INITIALS = re.compile(r"(?:[A-Za-zÀ-Þ]\.-?)*[A-ZÀ-Þ]|(?:[A-Za-z]\.)+[A-Za-z]")
_HYPHEN = re.compile(r"\d+-(?=[A-Z])")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})")
_MONTHS = frozenset(calendar.month_name[1:])


# How far back a word or an opening bracket is looked for: no abbreviation is longer, and long input stays linear.
_LONGEST_WORD = 40
_LONGEST_ASIDE = 2000


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists, ready for look-up."""

    never: frozenset[str]
    number: frozenset[str]
    either: frozenset[str]
    states: frozenset[str]
    openers: frozenset[str]
    names: frozenset[str]
    bodies: frozenset[str]
    numbered: frozenset[str]


@functools.cache
def _words() -> _Words:
    content = data.toml("brinkline", "sentences.toml")
    rules: dict[str, set[str]] = {"never": set(), "number": set(), "either": set()}
    for row in content["abbreviation"]:
        rules[row["rule"]].update(row["words"])
    states = frozenset(word for row in content["abbreviation"] if row["id"] == "state" for word in row["words"])
    return _Words(
        frozenset(rules["never"]),
        frozenset(rules["number"]),
        frozenset(rules["either"]),
        states,
        *(frozenset(content[name]["words"].split()) for name in ("openers", "names", "bodies", "numbered")),
    )


def split_sentences(narrative: Narrative) -> tuple[Sentence, ...]:
    """The sentences in order, numbered from 0; each range is free of white space at its ends and inside one paragraph.

    >>> from brinkline.reading import read_text
    >>> text = "A Note went to the U.S. On 5 May the U.S. Navy sailed."
    >>> [text[s.start : s.end] for s in split_sentences(read_text(text))]
    ['A Note went to the U.S.', 'On 5 May the U.S. Navy sailed.']
    """
    text = narrative.text
    sentences: list[Sentence] = []
    for paragraph, span, section in _prose(narrative):
        for start, end in sentence_ranges(text, span.start, span.end):
            sentences.append(Sentence(len(sentences), start, end, section, paragraph))
    return tuple(sentences)


def _prose(narrative: Narrative) -> Iterator[tuple[int, Span, SectionKind]]:
    """Each paragraph of prose with its index and the kind of its section."""
    paragraphs = narrative.paragraphs or tuple(paragraph_spans(narrative.text))
    sections = narrative.sections
    at = 0
    for index, span in enumerate(paragraphs):
        while at < len(sections) and sections[at].end <= span.start:
            at += 1
        inside = at < len(sections) and sections[at].start <= span.start
        if not inside and sections:
            continue
        kind: SectionKind = sections[at].kind if inside else "other"
        if kind not in _SILENT:
            yield index, span, kind


def sentence_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences inside ``[start, end)``, which has no white space at its ends."""
    words = _words()
    left = start
    for match in _BREAK.finditer(text, start, end):
        if match.end() >= end:
            break
        if match["stop"] is None or _ends_sentence(text, left, match.start(), match["stop"], match.end(), words):
            yield left, match.end() - (len(match[0]) - len(match[0].rstrip()))
            left = match.end()
    if left < end:
        yield left, end


def _ends_sentence(text: str, left: int, stop: int, mark: str, after: int, words: _Words) -> bool:
    """Whether the stop at ``stop`` (with its closing marks) ends the sentence that began at ``left``."""
    following = _NEXT.match(text, after)
    if following is None or not following["word"]:
        return not (following and following[0])  # only marks follow, as in " - " or "..."
    word = following["word"]
    if word[0].islower():
        return False
    if len(word) == 1 and following["stop"]:
        word += "."  # an initial, not the word "A"
    if mark[-1] in ")]" and _opens_inside(text, left, stop, mark[-1]):
        return word in words.openers
    if mark[0] != ".":
        return True
    before = text[_word_start(text, left, stop) : stop]
    if mark.startswith(".."):
        return word in words.openers or word[0].isdigit()
    if mark != "." and mark[1:] not in (")", "]"):
        return True
    return _word_ends(text, left, stop, before, after, word, words)


def _opens_inside(text: str, left: int, stop: int, closer: str) -> bool:
    """Whether the bracket that closes behind ``stop`` opened in the middle of the sentence: "the (alleged?) Arden raid"."""
    return text.rfind("(" if closer == ")" else "[", max(left, stop - _LONGEST_ASIDE), stop) > left


def _word_start(text: str, left: int, stop: int) -> int:
    """Where the word that ends at ``stop`` starts, opening marks left aside; at most ``_LONGEST_WORD`` back.

    A dash between two dates parts words too: "Dec. 1990–Jan. 1991".
    """
    left = max(left, stop - _LONGEST_WORD)
    start = max(text.rfind(mark, left, stop) for mark in " \n\xa0–—/") + 1
    if hyphen := _HYPHEN.match(text, max(start, left), stop):
        start = hyphen.end()
    start = max(start, left)
    while start < stop and text[start] in "([\"'“‘«":
        start += 1
    return start


def _word_ends(text: str, left: int, stop: int, before: str, after: int, word: str, words: _Words) -> bool:
    """Whether a single stop after the word ``before`` ends a sentence when ``word`` comes next."""
    if before in words.never:
        return False
    if before in words.number:
        return not _ROMAN_OR_NUMBER.fullmatch(word)
    if before in words.either or _INITIALS.fullmatch(before):
        return stop - len(before) > left and (
            word in words.openers
            or (before in words.states and _after_state(text, after, word, words))
            or (_ROMAN.fullmatch(before) is not None and _word_before(text, left, stop) in words.numbered)
        )
    if stop - left <= 4 and _ENUMERATOR.fullmatch(text, left, stop):
        return False
    return not (before.isdigit() and len(before) <= 2 and word in _MONTHS)


def _after_state(text: str, after: int, word: str, words: _Words) -> bool:
    """Whether what follows "the U.S." opens a sentence: two blanks, another state, or a subject with its finite verb."""
    if word in words.names or text[after - 2 : after].isspace():
        return True
    return word not in words.bodies and _FINITE.match(text, after) is not None


def _word_before(text: str, left: int, stop: int) -> str:
    """The word before the one that ends at ``stop``, "" at the start of the sentence."""
    start = _word_start(text, left, stop)
    parts = text[max(left, start - 40) : start].split()
    return parts[-1] if parts else ""


def examples() -> Iterator[Example]:
    """The examples of ``sentences.toml``, in which sentences are parted by " | "."""
    yield from examples_of("sentences.toml", _is_split)


def _is_split(_: Rule, text: str) -> str | None:
    wanted = text.split(" | ")
    joined = " ".join(wanted)
    found = [joined[start:end] for start, end in sentence_ranges(joined, 0, len(joined))]
    return None if found == wanted else "found " + " | ".join(found)
