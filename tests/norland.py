"""Sentences about the invented states Norland, Sudland and Westland, as ``brinkline.events.examples`` codes them."""

from __future__ import annotations

from brinkline.actors.examples import parser
from brinkline.events.examples import code, dates, mentions, parse, sentences
from brinkline.model import Event, Mention

__all__ = ["code", "dates", "mentions", "names", "parse", "parser", "sentences", "show"]


def names(found: tuple[Mention, ...]) -> str:
    """The actors of mentions, joined by "+"."""
    return "+".join(mention.actor.name for mention in found if mention.actor is not None)


def show(event: Event) -> str:
    """An event as the case table writes it: "type mode who > whom"."""
    return f"{event.type} {event.mode} {names(event.who) or '-'} > {names(event.whom) or '-'}"
