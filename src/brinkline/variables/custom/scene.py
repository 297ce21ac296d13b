"""``Scene``: what the rules of a codebook look at, made once per narrative, and the ``Subject`` that they speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from brinkline.errors import NotFound
from brinkline.model import Actor, CrisisActor, Day, Event, Mention, Narrative, SectionKind, Sentence, When
from brinkline.reference.codebook import Level
from brinkline.reference.states import state_by_key

#: How much of one sentence the rules from words read, in characters; with bounded patterns this bounds their time.
WINDOW = 2_000
_SHORT = 400  # a longer sentence is not quoted whole
_AROUND = 150


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence with the mentions and dates in it. ``text`` has plain blanks and at most ``WINDOW`` characters."""

    start: int
    end: int
    text: str
    section: SectionKind
    aside: bool
    mentions: tuple[Mention, ...]
    dates: tuple[When, ...]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The range of the narrative to quote for ``text[start:end]``: the sentence, or the surroundings in a long one."""
        if self.end - self.start <= _SHORT:
            return self.start, self.end
        first, last = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        while first and not self.text[first - 1].isspace() and start - first < 2 * _AROUND:
            first -= 1
        while last < len(self.text) and not self.text[last].isspace() and last - end < 2 * _AROUND:
            last += 1
        return self.start + first, self.start + last


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a value is coded for: the crisis (``row`` None) or a row; ``ids`` are the actors that are the row's state."""

    level: Level
    key: str
    row: CrisisActor | None = None
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """A narrative and what the earlier stages found in it; ``parties`` are the actor ids of all rows."""

    narrative: Narrative
    sights: tuple[Sight, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    sections: tuple[tuple[int, SectionKind], ...]
    day: Day | None
    parties: frozenset[str] = frozenset()

    @cached_property
    def _section_of(self) -> dict[int, SectionKind]:
        return dict(self.sections)

    def section(self, event: Event) -> SectionKind:
        """The kind of section in which an event stands."""
        return self._section_of.get(event.sentence, "other")

    def number(self, actor: Actor) -> int | None:
        """ICB's number of a state at the time of the narrative; None for others and for states without one."""
        if actor.kind != "state":
            return None
        try:
            return state_by_key(actor.id).number("icb", self.day)
        except NotFound:
            return actor.cow


def make_scene(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
) -> Scene:
    """The scene of a narrative, with all its sentences; rules leave out the sections that they do not name."""
    dates, mentions = sorted(dates, key=lambda when: when.start), sorted(mentions, key=lambda mention: mention.start)
    date_starts, mention_starts = [when.start for when in dates], [mention.start for mention in mentions]
    sights = []
    for sentence in sentences:
        end = min(sentence.end, sentence.start + WINDOW)
        first, last = bisect_left(mention_starts, sentence.start), bisect_left(mention_starts, end)
        begin, stop = bisect_left(date_starts, sentence.start), bisect_left(date_starts, end)
        aside = any(span.start <= sentence.start and sentence.end <= span.end for span in narrative.asides)
        text = narrative.text[sentence.start : end].translate(_BLANKS)
        inside = tuple(mentions[first:last])
        sights.append(Sight(sentence.start, sentence.end, text, sentence.section, aside, inside, tuple(dates[begin:stop])))
    day = next((when.earliest for when in dates if when.earliest is not None and not when.off_line), None)
    kinds = tuple((sentence.index, sentence.section) for sentence in sentences)
    return Scene(narrative, tuple(sights), tuple(mentions), tuple(events), kinds, day)


_BLANKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\xa0": " "})


def relates(mention: Mention, relation: str, subject: Subject, scene: Scene) -> bool:
    """Whether a mention stands in a relation to the subject ("row", "another", ...) or has the name that is given.

    States named together ("both states") are meant one by one.
    """
    actor = mention.actor
    if actor is None:
        return False
    meant = {actor.id, *actor.members}
    match relation:
        case "any":
            return True
        case "row":
            return bool(meant & subject.ids)
        case "another":
            return any(one.startswith("state:") and one not in subject.ids for one in meant)
        case "party":
            return bool(meant & scene.parties)
        case "outsider":
            return not meant & scene.parties
        case "state" | "body" | "group":
            return actor.kind == relation
    return relation.casefold() in (actor.id.casefold(), actor.name.casefold(), actor.abbrev.casefold())


def any_relates(mentions: Iterable[Mention], relations: Sequence[str], subject: Subject, scene: Scene) -> bool:
    """True when no relation is asked for, or some mention stands in one of them."""
    return not relations or any(relates(mention, one, subject, scene) for mention in mentions for one in relations)
