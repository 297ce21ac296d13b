"""``carried_in``: names that the narrative itself explains: short forms in brackets ("Revolutionary Command Council (RCC)"),
surnames after a full title ("U.S. Ambassador Johnson ... Johnson"), people in apposition ("Cyrus Vance, a U.S. envoy") and
those whom an actor sends ("Paris instructed General Huntziger").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE, meanings
from brinkline.actors.nouns import MONTHS, agent_kind, persons, word_list
from brinkline.actors.timeline import DayLine
from brinkline.data import toml
from brinkline.model import Token
from brinkline.reference.states import name_index

_SHORT = re.compile(r" ?\((?:the )?[\"“]?([A-Z][A-Z&/-]{1,8})[\"”]?\)")
_NAME = r"[A-ZÀ-Þ][\w'’-]+"
_BEFORE = re.compile(
    rf"(?<![\w.])((?:(?:{_NAME}|[A-Z]\.) ){{0,3}}({_NAME})), (?:the |a |an |then |then-|former |acting |retired )*\Z"
)
_SUBJECTS = ("nsubj",)


def carried_in(text: str, sentences: Sequence[Words], founds: Sequence[Found], line: DayLine) -> list[Found]:
    """The names outside the ranges of ``founds`` that the narrative explains, in the order of the text."""
    found: list[Found] = []
    taken = {place for item in founds for place in (item.start, item.end - 1)}
    taken |= {token.start for item in founds for token in item.words.tokens if item.start <= token.start < item.end}
    known: dict[str, Found] = {}

    def take(item: Found) -> None:
        if not any(token.start in taken for token in item.words.tokens if item.start <= token.start < item.end):
            found.append(item)
            taken.update(token.start for token in item.words.tokens if item.start <= token.start < item.end)

    for source in founds:
        if source.actor is not None:
            for item in (*_short_form(text, source), *_apposition(text, source)):
                take(item)
                known.setdefault(item.name, item)
            surname = _surname(source)
            if surname:
                known.setdefault(surname, source)
    for words in sentences:
        for item in (*_again(text, words, known, line), *_sent(text, words, founds, line)):
            take(item)
    return sorted(found, key=lambda item: item.start)


def _new(words: Words, start: int, end: int, name: str, source: Found, basis: str) -> Found:
    item = Found(start, end, name, "carried", meanings(name), source.day, words, start, end)
    item.actor, item.basis = source.actor, basis
    item.agent, item.agent_kind = name, source.agent_kind
    return item


def _short_form(text: str, source: Found) -> Iterator[Found]:
    """The letters in brackets right after a name, when they are the first letters of its words."""
    match = _SHORT.match(text, source.end)
    if match is None or match.end() > source.words.sentence.end:
        return
    initials = "".join(word[0] for word in re.findall(r"\w+", text[source.start : source.end]) if word[0].isupper())
    if match[1].replace("&", "").replace("/", "") in initials and match[1] not in name_index():
        basis = f"apposition: {text[source.start : source.end]}, {source.start}-{source.end}"
        yield _new(source.words, match.start(1), match.end(1), match[1], source, basis)


def _apposition(text: str, source: Found) -> Iterator[Found]:
    """The person of whom a title in apposition speaks: "Cyrus Vance, former U.S. Secretary of the Army"."""
    if source.start != source.name_start or not _titled(source) or source.basis.startswith("leader"):
        return
    match = _BEFORE.search(text, max(source.words.sentence.start, source.start - 80), source.start)
    if match is None or any(word in name_index() or word in MONTHS for word in match[1].split()):
        return
    first = match.start(1) + len(match[1]) - len(match[1].lstrip())
    if first == source.words.sentence.start and " " not in match[1]:
        return  # "Nevertheless, the Greek minister ..."
    if text[max(0, first - 2) : first] == ", ":
        return  # "Korea's ruler, Kim Il-Sung, former U.S. President Jimmy Carter": the name belongs to what stands before
    basis = f"apposition: {text[source.start : source.end]}, {source.start}-{source.end}"
    item = _new(source.words, first, match.end(1), match[2], source, basis)
    item.agent, item.agent_kind = match[1], "leader" if source.agent_kind == "leader" else source.agent_kind
    yield item


def _titled(source: Found) -> bool:
    words = source.agent.lower().split()
    return any(word in persons() for word in words) and not words[-1].endswith("s")


def _surname(source: Found) -> str:
    """The last name in "U.S. Ambassador Johnson", "" when the words name no person or a person of the tables."""
    parts = source.agent.split()
    if len(parts) < 2 or source.basis.startswith("leader") or not any(word.lower() in persons() for word in parts[:-1]):
        return ""
    last = parts[-1]
    plain = last[:1].isupper() and len(last) > 3 and last.isalpha() and not last.isupper()
    return "" if not plain or agent_kind(last) or last in name_index() or last in MONTHS else last


def _again(text: str, words: Words, known: dict[str, Found], line: DayLine) -> Iterator[Found]:
    """The known names where they stand again, alone or after a title or a first letter."""
    for token in words.tokens:
        source = known.get(token.text)
        if source is None or token.start <= source.end:
            continue
        before = words.tokens[token.index - 1].text if token.index else ""
        if before[:1].isupper() and not (agent_kind(before) or before in word_list("titles") or words.tokens[0].text == before):
            continue
        basis = f"known name: {text[source.start : source.end]}, {source.start}-{source.end}"
        item = _new(words, token.start, token.end, token.text, source, basis)
        item.day = line.day(words.sentence, token.start)
        yield item


@functools.cache
def _sending() -> frozenset[str]:
    return frozenset(toml(PACKAGE, "refer.toml")["sent"]["verbs"].split())


def _sent(text: str, words: Words, founds: Iterable[Found], line: DayLine) -> Iterator[Found]:
    """ "The cabinet in Paris instructed General Huntziger": a titled person whom an actor sends or instructs."""
    if not words.parsed:
        return
    for token in words.tokens:
        verb = words.head(token.index)
        if token.dep != "dobj" or token.pos != "PROPN" or verb.lemma.lower() not in _sending():
            continue
        first = token.index
        while first and _part_of_name(words.tokens[first - 1]):
            first -= 1
        title = words.tokens[first]
        if title.index == token.index or agent_kind(title.text) not in ("military", "diplomat", "government"):
            continue
        sender = _subject(words, verb, founds)
        if sender is not None:
            basis = f"sent by: {text[sender.start : sender.end]}, {sender.start}-{sender.end}"
            item = _new(words, title.start, token.end, token.text, sender, basis)
            item.day = line.day(words.sentence, token.start)
            item.agent, item.agent_kind = text[title.start : token.end], agent_kind(title.text)
            yield item


def _part_of_name(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper() and token.text not in name_index()


def _subject(words: Words, verb: Token, founds: Iterable[Found]) -> Found | None:
    """The actor that is the subject of a verb, or of the verb it is joined to."""
    heads = [verb.index]
    while words.tokens[heads[-1]].dep in ("conj", "pcomp", "prep", "advcl", "xcomp") and len(heads) < 4:
        heads.append(words.tokens[heads[-1]].head)
    subject = next((item for item in words.tokens if item.head in heads and item.dep in _SUBJECTS), None)
    if subject is None:
        return None
    own = (item for item in founds if item.words is words and item.actor is not None)
    return next((item for item in own if item.start <= subject.start < item.end), None)
