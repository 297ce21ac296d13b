"""``Case``: everything the variable families read, made once per narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from brinkline.model import Actor, Day, Event, Mention, Narrative, Sentence, When
from brinkline.reference.bodies import body
from brinkline.reference.states import state_by_key
from brinkline.variables.cues import ROLES, Hit, Role, find_hits
from brinkline.variables.view import TOKEN, Line, make_lines

_NAMED = re.compile(r"«([ABC])(\d+)»( (?:member|allies|countries|powers))?")
_CRISIS_SECTIONS = frozenset({"summary", "other", "pre-crisis", "header", "background"})


@dataclass(frozen=True)
class Case:
    """A narrative, what the earlier stages found in it, and its lines. ``story`` are the lines that tell the crisis itself."""

    narrative: Narrative
    lines: tuple[Line, ...]
    dates: tuple[When, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    spelled: tuple[Line, ...] = ()

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """The opening lines, which name the actors and the span; when no section is marked as such the first two lines before
        the summary, or of a narrative that is all summary."""
        marked = tuple(line for line in self.lines if line.section == "header")
        before = tuple(line for line in self.lines if line.section != "summary")
        return marked or (before or self.lines)[:2]

    @cached_property
    def story(self) -> tuple[Line, ...]:
        """The lines of the summary without asides; every line after the head when the narrative has no summary."""
        told = tuple(line for line in self.lines if line.section == "summary" and not line.aside)
        if told:
            return told
        head = {line.index for line in self.head}
        return tuple(line for line in self.lines if line.index not in head and not line.aside)

    def states(self, text: str) -> tuple[Actor, ...]:
        """The states whose tokens stand in a piece of line text, in order, each once; for "the superpowers" or "the members
        of NATO" their members."""
        found: dict[str, Actor] = {}
        for match in _NAMED.finditer(text):
            actor = self.mentions[int(match[2])].actor
            if actor is None:
                continue
            if match[1] == "A":
                found.setdefault(actor.id, actor)
            elif match[1] == "C" or match[3]:
                for member in _members(actor, self.day):
                    found.setdefault(member.id, member)
        return tuple(found.values())

    @cached_property
    def hits(self) -> Mapping[Role, Mapping[int, tuple[Hit, ...]]]:
        """The cue phrases of each role in the story by line, found once."""
        return {role: {line.index: tuple(find_hits((line,), role)) for line in self.story} for role in ROLES}

    def hits_of(self, role: Role) -> Iterator[Hit]:
        """The uses of one role's cue phrases in the story, in order."""
        return (hit for found in self.hits[role].values() for hit in found)

    @cached_property
    def roles(self) -> tuple[Line, ...]:
        """The lines that can tell of outside powers and bodies: those of the story, with pronouns read as names."""
        told = {line.index for line in self.story}
        return tuple(line for line in self.spelled if line.index in told) or self.story

    @cached_property
    def day(self) -> Day | None:
        """The first day that the opening names, for tables that change with time."""
        days = [when.earliest for line in self.head for when in self.whens(line.text) if when.earliest is not None]
        return days[0] if days else None

    def acts_of(self, party_id: str, first: int) -> tuple[Event, ...]:
        """The events that one state did, said or decided, from a line (by sentence number) on, in the order of the text."""
        return tuple(
            event
            for event in self.events
            if event.sentence >= first
            and event.mode in ("done", "ongoing")
            and (event.layer != "think" or event.type == "think.decide")
            and any(mention.actor is not None and mention.actor.id == party_id for mention in event.who)
        )

    def whens(self, text: str) -> tuple[When, ...]:
        """The dates whose tokens stand in a piece of line text, in order."""
        return tuple(self.dates[int(number)] for letter, number in TOKEN.findall(text) if letter == "D")


def _members(actor: Actor, day: Day | None) -> tuple[Actor, ...]:
    """The member states of a collective or a body on a day."""
    if actor.members:
        return tuple(state_by_key(member).actor(day) for member in actor.members if member.startswith("state:"))
    if actor.kind == "body" and day is not None:
        return tuple(state_by_key(str(number)).actor(day) for number in body(actor.id).members_on(day))
    return ()


def make_case(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
) -> Case:
    """The case of a narrative, with sentences of references and last-updated lines left out."""
    told = [sentence for sentence in sentences if sentence.section in _CRISIS_SECTIONS]
    lines = make_lines(narrative, told, dates, mentions)
    spelled = make_lines(narrative, told, dates, mentions, pronouns=True)
    return Case(narrative, lines, tuple(dates), tuple(mentions), tuple(events), spelled)
