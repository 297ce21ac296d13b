"""``mark_places``: drops the names of capitals where they mean the place ("ambassador in Moscow", "fled to Paris").

With a parse the grammar decides; without one, the words around the name. Rules and word lists: ``capitals.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE
from brinkline.actors.nouns import agent_kind, persons
from brinkline.data import toml
from brinkline.model import Token
from brinkline.reference.states import name_index

_NEUTRAL = frozenset({"to", "from", "on", "for", "against", "upon"})
_NEAR = 7
_DEPTH = 3


@functools.cache
def _list(name: str) -> frozenset[str]:
    row = toml(PACKAGE, "capitals.toml")[name]
    return frozenset(row.get("words", row.get("before", "")).split())


def mark_places(founds: Iterable[Found]) -> None:
    """Sets ``dropped`` for capitals that are places where they stand; their kind becomes "place"."""
    for found in founds:
        names = name_index().get(found.name, ())
        mostly_place = bool(names) and all(name.use == "place" for _, name in names)
        capital = all(name.kind == "capital" for _, name in names) if names else found.name in _list("seats")
        if (capital or mostly_place) and _is_place(found, mostly_place):
            found.kind, found.dropped = "place", True


def _is_place(found: Found, mostly_place: bool) -> bool:
    words, index = found.words, found.words.at(found.end - 1)
    following = words.lower(index + 1)
    before = words.tokens[words.at(found.start) - 1].text if words.at(found.start) else ""
    if before.lower() in persons() and before[:1].isupper():
        return True  # "General Washington"
    if words.possessive(index + 1) or _regime_follows(words, index):
        return False
    if following in ("-", "–"):
        joined = words.tokens[index + 2].text if index + 2 < len(words.tokens) else ""
        return not (joined[:1].isupper() or joined.lower() in _list("backed"))
    if words.parsed:
        return _place_by_grammar(words, index, mostly_place, 0)
    return _place_by_words(words, words.at(found.start), mostly_place)


def _regime_follows(words: Words, index: int) -> bool:
    """ "Moscow radio", "the Peking puppet regime", "the Peking (Beijing) regime"."""
    place = index + 1
    if words.lower(place) == "(":
        place += 3
    return words.lower(place) in _list("head") or (
        words.lower(place + 1) in _list("head") and place < len(words.tokens) and words.tokens[place].pos in ("ADJ", "NOUN")
    )


def _place_by_words(words: Words, first: int, mostly_place: bool) -> bool:
    before = words.lower(first - 1)
    if before in ("and", "or", ",") and first >= 3 and words.tokens[first - 2].text[:1].isupper():
        before, first = words.lower(first - 3), first - 2
    near = {words.lower(place) for place in range(max(0, first - _NEAR), first - 1)}
    if before in _list("place"):
        return not (before == "in" and near & _list("seen"))
    if before == "of":
        return words.lower(first - 2) in _list("of")
    if before in _NEUTRAL:
        return bool({_plain(word) for word in near} & _list("motion"))
    return mostly_place or _plain(before) in _list("object")


def _plain(word: str) -> str:
    """A verb form brought near its lemma without a parse ("entered" -> "enter", "seized" -> "seize")."""
    for ending in ("ing", "ed", "es", "s", "d"):
        stem = word.removesuffix(ending)
        if stem != word and (stem in _list("object") or stem in _list("motion")):
            return stem
        if stem != word and (stem + "e" in _list("object") or stem + "e" in _list("motion")):
            return stem + "e"
    return word


def _place_by_grammar(words: Words, index: int, mostly_place: bool, depth: int) -> bool:
    token = words.tokens[index]
    head = words.head(index)
    if token.dep in ("conj", "appos") and depth < _DEPTH and head.pos in ("PROPN", "NOUN", "ADP") and head.index != index:
        if token.dep == "appos" or head.pos != "PROPN":
            return True
        return _place_by_grammar(words, head.index, mostly_place, depth + 1)
    if token.dep in ("pobj", "pcomp"):
        return _after_preposition(words, head, mostly_place)
    if token.dep in ("dobj", "nsubjpass"):
        return mostly_place or head.lemma in _list("object")
    if token.dep in ("nsubj", "agent"):
        return head.lemma in ("fall", "surrender", "lie", "burn")
    if token.dep in ("compound", "nmod", "amod"):
        political = head.lemma.lower() in _list("acts") | _list("head")
        return mostly_place or not (political or _verb_follows(words, index))
    return mostly_place or (token.dep == "npadvmod" and not _verb_follows(words, index))


def _verb_follows(words: Words, index: int) -> bool:
    """Whether a word the parser took for part of a noun phrase may be the verb of the capital: "Sofia massed troops"."""
    after = words.tokens[index + 1] if index + 1 < len(words.tokens) else None
    return after is not None and after.tag in ("VBD", "VBZ", "VBN")


def _after_preposition(words: Words, preposition: Token, mostly_place: bool) -> bool:
    word = preposition.text.lower()
    governor = words.head(preposition.index)
    governors = {governor.lemma.lower(), governor.text.lower()}
    if word in _list("place"):
        return not (word == "in" and governors & _list("seen"))
    if word == "of":
        return bool(governors & _list("of"))
    if word == "between":
        return bool(governors & _list("motion"))
    if word not in _NEUTRAL:
        return mostly_place
    if word == "on":
        return mostly_place or bool(governors & _list("against"))
    before = words.tokens[max(0, preposition.index - _NEAR) : preposition.index]
    if word == "to" and governor.pos == "VERB" and _sends_people(words, governor, before):
        return True
    leaving = word == "from" and any(_plain(token.text.lower()) in _list("motion") for token in before)
    moving = bool(governors & _list("motion")) or _plain(words.lower(preposition.index - 1)) in _list("motion")
    return leaving or moving or (mostly_place and governor.pos != "NOUN")


def _sends_people(words: Words, verb: Token, before: tuple[Token, ...]) -> bool:
    """Whether people or goods, not words, are sent: "sent a mediator to Prague", not "sent a note to Prague"."""
    if verb.lemma.lower() not in _list("send"):
        return any(agent_kind(token.text) in ("diplomat", "leader") for token in before[-5:])
    sent = [token for token in words.tokens if token.head == verb.index and token.dep in ("dobj", "nsubjpass")]
    return bool(sent) and sent[0].lemma.lower() not in _list("message")
