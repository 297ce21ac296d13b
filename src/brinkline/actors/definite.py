"""Definite phrases: "the government", "the commander", "the country", "government troops", and who is meant by them."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.found import Found
from brinkline.actors.pointers import SUBJECTS
from brinkline.actors.salience import Antecedent, Discourse, best_of
from brinkline.actors.together import leave_open, settle


def resolve_definite(found: Found, discourse: Discourse, text: str) -> bool:
    """The actor of the same noun before; else the only state near, the subject, or the state whose rebels are near."""
    near = discourse.near(found.words, found.start, 3)
    same = _of_noun(found, near)
    if same:
        return settle(found, same[-1], "definite", text)
    if found.agent_kind in ("leader", "diplomat") and (holders := _everywhere(found, discourse)):
        return settle(found, holders[-1], "definite", text)
    states = [item for item in near if item.actor.kind == "state" and (not item.attribute or item.agent)]
    kindred = [item for item in states if item.agent_kind == found.agent_kind] or states
    if len({item.actor.id for item in kindred}) == 1:
        return settle(found, best_of(kindred, found.words, found.start, None)[0], "definite", text)
    here = [item for item in kindred if item.subject and item.sentence == found.words.sentence.index]
    if len({item.actor.id for item in here}) == 1 and here[0].agent_kind == found.agent_kind:
        return settle(found, here[0], "definite", text)  # the army that attacks is the one whose commander is meant
    for items in (_deed_owner(found, near), _home_of_rebels(states, near), _everywhere(found, discourse)):
        if items:
            return settle(found, items[-1], "definite", text)
    return found.agent_kind != "group" and leave_open(found, states, "definite")


def _of_noun(found: Found, items: Sequence[Antecedent]) -> list[Antecedent]:
    forms = (found.name, found.name + "s")
    return [item for item in items if any(word in forms for word in item.agent.lower().split())]


def _deed_owner(found: Found, near: Sequence[Antecedent]) -> list[Antecedent]:
    """ "The Tanzanian response was a statement by the minister": the owner of the subject of the sentence."""
    here = found.words.sentence.index
    return [item for item in near if item.sentence == here and item.deed and item.actor.kind == "state"]


def _home_of_rebels(states: Sequence[Antecedent], near: Sequence[Antecedent]) -> list[Antecedent]:
    """Where a movement is near, "the governor" and "government troops" are those of the state it fights in."""
    homes = {member for item in near if item.actor.kind == "group" for member in item.actor.members}
    fits = [item for item in states if item.actor.id in homes]
    return fits if len({item.actor.id for item in fits}) == 1 else []


def _everywhere(found: Found, discourse: Discourse) -> list[Antecedent]:
    """Those whose agent bears the noun anywhere before, when it is one actor: "the viceroy"."""
    same = [item for item in _of_noun(found, discourse.before) if item.actor.kind == "state"]
    return same if len({item.actor.id for item in same}) == 1 else []


def resolve_country(found: Found, discourse: Discourse, text: str) -> bool:
    """ "the country": the state in mind, when one is; False when two are as near."""
    near = discourse.near(found.words, found.start, 1)
    states = [item for item in near if item.actor.kind == "state" and not item.attribute]
    if not states:
        return False
    if text[found.start : found.end].lower().startswith(("that", "this")):
        return settle(found, states[-1], "definite", text)  # "that country": the one named last
    best, rivals = best_of(states, found.words, found.start, None)
    return leave_open(found, (best, *rivals[:2]), "definite") if rivals else settle(found, best, "definite", text)


def resolve_reported(found: Found, discourse: Discourse, text: str) -> bool:
    """Forces in what someone says are those of the speaker; False when the speaker is no actor."""
    words = found.words
    verb = words.head(words.head(words.at(found.start)).index)
    speaker = next((item for item in words.tokens if item.head == verb.index and item.dep in SUBJECTS), None)
    near = discourse.near(words, found.start, 0)
    told = [item for item in near if speaker is not None and item.start <= speaker.start < item.end]
    return settle(found, told[0], "definite", text) if told else False
