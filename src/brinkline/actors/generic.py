"""``generic_groups_in``: groups named by a plain noun ("the rebels", "mutinous soldiers"), where no name claims the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import meanings, scan
from brinkline.actors.nouns import agent_kind
from brinkline.actors.timeline import DayLine
from brinkline.model import Actor

#: Words that name a group only together with a noun for people: "rebel forces", "mutinous soldiers".
_ADJECTIVES = frozenset({"rebel", "insurgent", "guerrilla", "guerilla", "mutinous", "secessionist", "militia"})
_TAKEN = ("NOUN", "PROPN", "ADJ", "")


def generic_groups_in(text: str, sentences: Iterable[Words], founds: Sequence[Found], line: DayLine) -> Iterator[Found]:
    """The groups named by plain nouns outside the ranges of ``founds``, in the order of the text."""
    taken = sorted((found.start, found.end) for found in founds)
    last = 0
    for words in sentences:
        for hit in scan(text, words.sentence.start, words.sentence.end):
            if hit.kind != "generic" or hit.start < last or any(start <= hit.start < end for start, end in taken):
                continue
            index = words.at(hit.start)
            end, noun = hit.end, hit.name.lower()
            if noun in _ADJECTIVES:
                following = index + 1
                if not agent_kind(words.lower(following)) or words.tokens[following].pos not in _TAKEN:
                    continue
                end, noun = words.tokens[following].end, f"{noun} {words.lower(following)}"
            elif words.parsed and words.tokens[index].pos not in ("NOUN", "PROPN") and not _subject_by_form(words, index):
                continue
            day = line.day(words.sentence, hit.start)
            found = Found(hit.start, end, hit.name, "generic", meanings(hit.name), day, words, hit.start, end)
            found.actor, found.basis = Actor("group", f"group:{noun.replace(' ', '-')}", noun), "noun"
            found.agent, found.agent_kind = text[hit.start : end], "group"
            last = end
            yield found


def _subject_by_form(words: Words, index: int) -> bool:
    """Whether a plural that the parser took for a verb stands before a verb: "Shan rebels captured the post"."""
    following = words.tokens[index + 1] if index + 1 < len(words.tokens) else None
    return words.tokens[index].text.endswith("s") and following is not None and following.tag in ("VBD", "VBP")
