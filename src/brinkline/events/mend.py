"""Parses put right: the main act behind an aside with a participle ("Norland, fearing Sudland, yielded").

Parsers often take the participle for the main verb and hang the act behind it on the one who is feared, who would then
be the one who yields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brinkline.model import ParsedSentence, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})
#: Steps up from an act to the participle it was hung under.
_STEPS = 3


def mended(parsed: ParsedSentence) -> ParsedSentence:
    """The sentence as parsed, but for acts behind an aside with a participle, which become what is told of its subject."""
    if not any(token.tag == "VBG" for token in parsed.tokens):
        return parsed
    tokens = list(parsed.tokens)
    for index in range(len(tokens)):
        if tokens[index].tag in ("VBD", "VBN") and _after_comma(tokens, index) and not _kids(tokens, index, "aux", "auxpass"):
            _mend(tokens, index)
    return parsed if tokens == list(parsed.tokens) else replace(parsed, tokens=tuple(tokens))


def _mend(tokens: list[Token], act: int) -> None:
    subjects = [kid for kid in _kids(tokens, act, *_SUBJECTS) if kid < act]
    aside = next((kid for kid in _kids(tokens, act, "advcl") if kid < act and _is_aside(tokens, kid)), None)
    if aside is not None and len(subjects) > 1 and subjects[-2] < aside < subjects[-1] and not _kids(tokens, aside, "dobj"):
        tokens[subjects[-1]] = replace(tokens[subjects[-1]], dep="dobj", head=aside)
        return
    participle = _above(tokens, act)
    if participle is None or any(not participle < kid < act for kid in subjects):
        return
    holder = next((kid for kid in _kids(tokens, participle, *_SUBJECTS) if kid < participle), None)
    noun = tokens[participle].head
    if holder is None and (noun >= participle or tokens[noun].pos not in _NAMES):
        return
    for kid in subjects:
        tokens[kid] = replace(tokens[kid], dep="dobj", head=participle)
    _promote(tokens, act, participle, participle if holder is not None else noun)


def _promote(tokens: list[Token], act: int, participle: int, top: int) -> None:
    """Put the act in the place of ``top``, the participle or the noun that heads the sentence; all else hangs on it."""
    above = tokens[top]
    head = act if above.head == top else above.head
    for token in tokens:
        if token.head == participle and token.index not in (participle, act):
            left = token.index < participle and top == participle and token.dep != "punct"
            if left or token.index > act:
                tokens[token.index] = replace(token, head=act)
    if top != participle:
        tokens[top] = replace(above, dep="nsubj", head=act)
    tokens[act] = replace(tokens[act], tag="VBD", dep=above.dep, head=head)
    tokens[participle] = replace(tokens[participle], dep="advcl", head=act)


def _above(tokens: Sequence[Token], act: int) -> int | None:
    """The participle of an aside that an act was hung under."""
    if tokens[act].dep not in ("ccomp", "advcl"):
        return None
    here = act
    for _ in range(_STEPS):
        here = tokens[here].head
        if here < act and _is_aside(tokens, here):
            return here
    return None


def _is_aside(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].tag == "VBG" and _after_comma(tokens, index) and not _kids(tokens, index, "aux", "mark")


def _after_comma(tokens: Sequence[Token], index: int) -> bool:
    before = index - 1
    while before > 0 and tokens[before].pos == "ADV":
        before -= 1
    return before >= 0 and tokens[before].text == ","


def _kids(tokens: Sequence[Token], index: int, *deps: str) -> list[int]:
    return [token.index for token in tokens if token.head == index and token.dep in deps and token.index != index]
