"""Who did it and to whom: the mentions of actors in the phrases of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brinkline.events.classify import Reading
from brinkline.events.clauses import Clause
from brinkline.events.members import listed_members
from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import Mention
from brinkline.reference.event_scheme import EventType

Clauses = dict[int, Clause]

#: Prepositions whose phrases name the receiver, the likeliest first.
_RECEIVER = (
    *(
        "against",
        "on",
        "upon",
        "with",
        "to",
        "at",
        "toward",
        "towards",
        "between",
        "among",
        "from",
        "over",
        "for",
        "into",
        "of",
    ),
    *("before", "about", "by", "in", "across", "near", "inside", "around", "along"),
)
#: What both sides do together has these phrases for its topic: "talks on Norland".
_TOPICS = frozenset({"on", "upon", "over", "about", "for", "of"})
_PLACES = frozenset({"in", "at", "near", "across", "along", "inside", "around"})
_INSIDE = ("poss", "compound", "amod", "nmod", "nn", "det", "appos", "nummod")


def roles(
    tree: Tree, reading: Reading, clauses: Clauses, readings: dict[int, Reading]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The initiators and the receivers of an event; either may be empty."""
    clause, leaf = reading.clause, reading.leaf
    if leaf is not None and leaf.id.startswith("think.crisis"):
        return tuple(_experiencers(tree, clause)), ()
    if leaf is not None and leaf.parties == "all":
        parts = clause.obliques.get("of", []) if clause.key in word_classes()["containing"] else []
        held = [head for name in ("of", "between") for head in clause.obliques.get(name, ())] if clause.kind == "noun" else []
        named = _mentions(tree, [*clause.subjects, *clause.objects, *parts, *held])
        after = (row for first, row in tree.lists.items() if first.start > tree.tokens[clause.head].end)
        return tuple(named or next(after, ())), ()
    noun = clauses[reading.absorbed] if reading.absorbed is not None else None
    who = _initiators(tree, clause, clauses, readings)
    if noun is not None and (not who or noun.head in clause.subjects):
        who = _mentions(tree, noun.subjects) or who
    if leaf is not None and not reading.reversed and not (who and leaf.layer == "do"):
        senders = _senders(tree, leaf, clause, noun)
        who = [*who, *(mention for mention in senders if not same_actor(mention, who))]
    if reading.reversed:
        both = [clause] if noun is None else [clause, noun]
        giver = _mentions(tree, [head for each in both for name in reading.giver for head in each.obliques.get(name, ())])
        return tuple(giver or (_mentions(tree, noun.subjects) if noun is not None else ())), tuple(who)
    parties = leaf.parties if leaf is not None else ""
    left_out: frozenset[str] = frozenset()
    if parties == "mutual":
        left_out = _TOPICS if _is_talk(leaf, who) else frozenset()
        left_out |= _PLACES if len(who) > 1 else frozenset()  # "the two presidents met in Westland": only a place
    whom = _receivers(tree, clause, noun, who, readings, left_out=left_out)
    if parties == "mutual" and not whom and clause.governor is not None and _is_silent(readings.get(clause.governor)):
        whom = _others(_mentions(tree, clauses[clause.governor].obliques.get("with", ())), who)
    if parties == "own" and not who:
        who = _mentions(tree, clause.objects)
        whom = [mention for mention in whom if mention not in who]
    if parties == "mutual" and not whom and len(who) > 1:
        whom = who
    elif parties == "mutual" and not who and len(whom) > 1:
        who = whom
    if parties == "authority" and not who:
        who = _mentions(tree, clause.obliques.get("in", ()))
        whom = [mention for mention in whom if mention not in who]
    if leaf is not None and leaf.layer == "say" and (not whom or _only_by_content(tree, reading, clauses, whom)):
        whom = _from_contents(tree, reading, clauses, readings, who) or whom
    if leaf is not None and leaf.layer == "say" and not whom:
        whom = _met(tree, clause, clauses, readings, who)
    return tuple(who), tuple(whom)


def phrase_mentions(tree: Tree, head: int, without: int = -1) -> list[Mention]:
    """The actors a noun phrase names: those it lists ("six states: ..."), else its head, else what stands before it, else
    its prepositional phrases and clauses (but for the one headed by ``without``)."""
    found = listed_members(tree, head)
    if found:
        return found
    found = tree.mentions_at([head])
    if found:
        joined = [child for child in tree.kids(head, "amod", "compound", "nmod") if tree.kids(child, "cc", "conj")]
        found = tree.mentions_at([head, *(inner for child in joined for inner in tree.subtree(child))])
    if not found:
        found = tree.mentions_at(inner for child in tree.kids(head, *_INSIDE) for inner in tree.subtree(child))
    if not found:
        heads = [pobj for child in tree.kids(head, "prep") for pobj in tree.kids(child, "pobj")]
        found = _mentions(tree, [joined for pobj in heads for joined in tree.conjuncts(pobj)])
    if not found and tree.mentions:
        clauses = [child for child in tree.kids(head, "relcl", "acl") if child != without]
        found = tree.mentions_at(inner for child in clauses for inner in tree.subtree(child))
    return found


def _mentions(tree: Tree, heads: Iterable[int], without: int = -1) -> list[Mention]:
    found: list[Mention] = []
    for head in heads:
        for mention in phrase_mentions(tree, head, without):
            found += [member for member in tree.lists.get(mention, (mention,)) if member not in found]
    return found


def _experiencers(tree: Tree, clause: Clause) -> list[Mention]:
    """For whom a crisis began or ended: the phrases with "for", else the parties it is "between", else its holder."""
    heads = [clause.head, *clause.subjects, *clause.objects, *(head for heads in clause.obliques.values() for head in heads)]
    inside = sorted({index for head in heads for index in tree.subtree(head)})
    for preposition in ("for", "between"):
        found: list[Mention] = []
        for index in inside:
            if tree.tokens[index].lemma == preposition and tree.tokens[index].dep == "prep":
                joined = [head for pobj in tree.kids(index, "pobj") for head in tree.conjuncts(pobj)]
                found += [mention for mention in _mentions(tree, joined) if mention not in found]
        if found:
            return found
    crisis = [head for head in (*clause.subjects, *clause.objects) if tree.tokens[head].lemma == "crisis"]
    holders = tree.mentions_at(child for head in crisis for child in tree.kids(head, "poss"))
    if not holders and clause.key in word_classes()["undergoing"]:
        return _mentions(tree, clause.subjects) or _mentions(tree, clause.objects)
    return holders


def _initiators(tree: Tree, clause: Clause, clauses: Clauses, readings: dict[int, Reading]) -> list[Mention]:
    who = _mentions(tree, clause.subjects, clause.head)
    if not who and clause.kind == "noun":
        who = _mentions(tree, clause.obliques.get("between", ()))
        reading = readings.get(clause.head)
        if not who and not (reading is not None and reading.of == "object"):
            who = _mentions(tree, clause.obliques.get("of", ()))
    steps = 0
    while (
        not who
        and clause.governor is not None
        and steps < 4
        and _lends_subject(tree, clause, clauses[clause.governor], readings)
    ):
        clause, steps = clauses[clause.governor], steps + 1
        who = _mentions(tree, clause.subjects)
    return who


def _senders(tree: Tree, leaf: EventType, clause: Clause, noun: Clause | None) -> list[Mention]:
    """Who speaks through a message: those it is from ("a note from Norland", "an ultimatum from Norland and Westland"), else
    for what is said the last actor named before it ("Norland's answer came late: a note demanded ...")."""
    messages = [head for head in clause.subjects if tree.tokens[head].lemma.lower() in word_classes()["messages"]]
    sent = [noun] if noun is not None else [clause] if clause.kind == "noun" else []
    given = leaf.layer == "say" or leaf.plover in ("AID", "SUPPORT")
    heads = [head for each in sent if given for head in each.obliques.get("from", ())]
    if messages and not _mentions(tree, clause.subjects):
        heads += clause.obliques.get("from", ())
        heads += [pobj for head in messages for prep in _from(tree, head) for pobj in tree.kids(prep, "pobj")]
    if heads or not messages or leaf.layer != "say":
        return _mentions(tree, [joined for head in heads for joined in tree.conjuncts(head)])
    if _mentions(tree, clause.subjects):
        return []
    return [mention for mention in tree.mentions if mention.end <= tree.tokens[messages[0]].start][-1:]


def _from(tree: Tree, head: int) -> list[int]:
    return [prep for prep in tree.kids(head, "prep") if tree.tokens[prep].lemma.lower() == "from"]


def _lends_subject(tree: Tree, clause: Clause, governor: Clause, readings: dict[int, Reading]) -> bool:
    """True when the subject of the clause above does this too.

    So it is for a pronoun that names no actor ("Norland said it had ..."), a tool that is sent to do it ("sent planes to
    bomb"), what an order or attempt is about, the event noun of a light verb ("issued an order"), and an act that answers
    ("its response was an order"; "responded with an order and a protest").
    """
    if clause.kind == "noun":
        if governor.kind == "noun":
            return clause.link == "conj"
        above = readings.get(governor.head)
        answers = word_classes()["responses"]
        if above is not None and above.absorbed == clause.head:
            return True
        return governor.key in answers | word_classes()["abstaining"] or (governor.answers and clause.link == "attr")
    if clause.passive:
        return False
    if clause.link == "acl" and tree.tokens[clause.head].tag == "VBG":  # "passed a resolution calling for"
        return tree.tokens[tree.tokens[clause.head].head].lemma.lower() in word_classes()["documents"]
    if clause.link == "acl":
        return governor.kind == "noun" and tree.tokens[clause.head].tag == "VB"
    if clause.link in ("xcomp", "advcl") and clause.subjects:
        return True
    return clause.link == "ccomp" and any(tree.tokens[head].pos == "PRON" for head in clause.subjects)


def _receivers(
    tree: Tree,
    clause: Clause,
    noun: Clause | None,
    who: Sequence[Mention],
    readings: dict[int, Reading],
    *,
    left_out: frozenset[str] = frozenset(),
) -> list[Mention]:
    """Who is named as the receiver; phrases with the prepositions ``left_out`` name no one."""
    inner = noun if noun is not None and noun.kind == "verb" else clause
    groups: list[Sequence[int]] = [inner.objects, clause.receivers] if noun is None or inner is noun else [clause.receivers]
    obliques = [clause.obliques] if noun is None else [noun.obliques, clause.obliques]
    names = [name for name in _RECEIVER if name not in left_out]
    groups += [phrases[name] for name in names for phrases in obliques if name in phrases]
    if noun is not None:
        events = {index for index, reading in readings.items() if reading.clause.kind == "noun"}
        groups = [[head for head in heads if head not in events] for heads in groups]
        if not left_out >= _TOPICS:
            groups.append(clause.objects)
    for heads in groups:
        found = _others(_mentions(tree, heads), who)
        if found:
            return found
    return []


def _others(found: Iterable[Mention], who: Sequence[Mention]) -> list[Mention]:
    """Those among ``found`` who do not act themselves: "Norland and Sudland withdrew their offer" is done to neither."""
    acting = {name for mention in who for name in _ids(mention)}
    return [mention for mention in found if not same_actor(mention, who) and not (_ids(mention) and _ids(mention) <= acting)]


def _ids(mention: Mention) -> frozenset[str]:
    """The actors a mention stands for: the members of a collective, else the actor itself; none where it is open."""
    if mention.actor is None:
        return frozenset()
    return frozenset(mention.actor.members if mention.actor.kind == "collective" else ()) or frozenset({mention.actor.id})


def _is_talk(leaf: EventType | None, who: Sequence[Mention]) -> bool:
    """True for what is talked over by those who are known already."""
    return leaf is not None and leaf.plover == "CONSULT" and bool(who)


def _is_silent(reading: Reading | None) -> bool:
    return reading is not None and reading.leaf is None


def _only_by_content(tree: Tree, reading: Reading, clauses: Clauses, whom: Sequence[Mention]) -> bool:
    """True when the receivers are those whom an event noun names that is what is said ("demanded the withdrawal of ...")."""
    nouns = [index for index in reading.contents if clauses[index].kind == "noun"]
    named = _mentions(tree, nouns)
    return bool(named) and all(mention in named for mention in whom)


def _from_contents(
    tree: Tree, reading: Reading, clauses: Clauses, readings: dict[int, Reading], who: Sequence[Mention]
) -> list[Mention]:
    """Whom a speech is about: who shall do what is said ("demanded that *Sudland* withdraw"), else to whom it is done."""
    for index in reading.contents:
        inner = clauses[index]
        found = _others(
            _initiators(tree, inner, clauses, readings) if inner.kind == "noun" else _mentions(tree, inner.subjects), who
        )
        known = readings.get(index)
        noun = clauses[known.absorbed] if known is not None and known.absorbed is not None else None
        found = found or _receivers(tree, inner, noun, who, readings)
        if found:
            return found
    return []


def _met(tree: Tree, clause: Clause, clauses: Clauses, readings: dict[int, Reading], who: Sequence[Mention]) -> list[Mention]:
    """Whom one comes to, where nobody else is spoken to: "visited Sudland to ask for arms", "met Sudland, demanding ..."."""
    above = readings.get(clause.governor) if clause.governor is not None else None
    if above is None or above.leaf is None or above.leaf.plover != "CONSULT" or above.leaf.layer != "do":
        return []
    if clause.kind != "verb" or clause.link not in ("advcl", "xcomp"):
        return []
    noun = clauses[above.absorbed] if above.absorbed is not None else None
    return _receivers(tree, above.clause, noun, who, readings, left_out=_TOPICS | _PLACES)


def same_actor(mention: Mention, others: Iterable[Mention]) -> bool:
    """True when one of the others means the same actor."""
    return any(
        mention == other or (mention.actor is not None and other.actor is not None and mention.actor.id == other.actor.id)
        for other in others
    )
