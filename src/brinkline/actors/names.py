"""``find_names``: states named by name, adjective, demonym, capital or seat of government, each with its state on that day."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.lexicon import false_friends, scan
from brinkline.actors.timeline import DayLine
from brinkline.model import Mention, Narrative, Sentence, When
from brinkline.reference.states import readings


def find_names(narrative: Narrative, sentences: Sequence[Sentence], dates: Sequence[When]) -> tuple[Mention, ...]:
    """The mentions of states by the names of the tables, in the order of the text, from the text alone (no parse)."""
    line = DayLine(dates)
    mentions = []
    for sentence in sentences:
        if sentence.section in ("references", "updated"):
            continue
        for start, end, name in scan(narrative.text, sentence.start, sentence.end):
            if name in false_friends():
                continue
            day = line.day(sentence, start)
            found = readings(name, day)
            best = found[0]
            basis = best.name.kind if best.valid else f"{best.name.kind} (not in use on {day.iso() if day else ''})"
            mentions.append(Mention(start, end, narrative.text[start:end], best.state.actor(day), basis))
    return tuple(mentions)
