"""``resolve_references``: pronouns, "both actors", "the latter" and definite phrases with who they mean, from the parse.

Each resolution says in its basis what it was drawn from ("pronoun: Japan, 41-46"); what stays open keeps its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.actors.counted import narrow
from brinkline.actors.definite import resolve_country, resolve_definite, resolve_reported
from brinkline.actors.found import Found, Words
from brinkline.actors.pointers import POINTING, SUBJECTS, clause_verb, governing_verb, pointers_in, words_of
from brinkline.actors.salience import Antecedent, Discourse, antecedent, best_of
from brinkline.actors.together import leading_pair, leave_open, pair_of, resolve_both, resolve_latter, set_many, settle
from brinkline.model import Token

#: How far "and its" may stand from the name it is joined to, in characters.
_JOINED = 12


def resolve_references(text: str, sentences: Sequence[Words], founds: Sequence[Found]) -> list[Found]:
    """The mentions of ``founds`` and those that point back to them, in the order of the text; needs a parse."""
    discourse = Discourse()
    leading = leading_pair(founds)
    result: list[Found] = []
    queue = sorted(founds, key=lambda found: found.start)
    place = 0
    for words in sentences:
        own: list[Found] = []
        while place < len(queue) and queue[place].start < words.sentence.end:
            own.append(queue[place])
            place += 1
        pointers = pointers_in(text, words, own) if words.parsed else []
        for found in sorted([*own, *pointers], key=lambda item: (item.start, item.end)):
            if found.kind in POINTING and not _resolve(found, discourse, leading, own, text):
                continue
            if found.kind not in POINTING:
                narrow(found, discourse, own, text)
            result.append(found)
            discourse.add(found)
    return result


def _resolve(found: Found, discourse: Discourse, leading: tuple[Antecedent, ...], own: Sequence[Found], text: str) -> bool:
    """Sets who is meant; False when the words turn out to mean no actor."""
    match found.kind:
        case "pronoun":
            ahead = _subject_ahead(found, discourse, own) or _joined_owner(found, discourse) or _owner_above(found, discourse)
            return settle(found, ahead, "pronoun", text) if ahead else _resolve_pronoun(found, discourse, text)
        case "person":
            return _resolve_person(found, discourse, own, text)
        case "relative":
            return _resolve_relative(found, discourse, text)
        case "both" | "sides":
            return resolve_both(found, discourse, leading, text)
        case "latter":
            return resolve_latter(found, discourse, text)
        case "country":
            return resolve_country(found, discourse, text)
        case "reported":
            return resolve_reported(found, discourse, text)
        case _:
            return resolve_definite(found, discourse, text)


def _subject_ahead(found: Found, discourse: Discourse, own: Sequence[Found]) -> Antecedent | None:
    """The subject that follows a pronoun in an opening phrase: "In its reply, Peru offered talks"; None elsewhere."""
    words = found.words
    token = words.tokens[words.at(found.start)]
    if token.dep != "poss" or any(item.sentence == words.sentence.index for item in discourse.near(words, found.start, 0)):
        return None
    root = token.index
    for _ in words.tokens:
        if words.tokens[root].head == root:
            break
        root = words.tokens[root].head
    subject = next((item for item in words.tokens if item.head == root and item.dep in SUBJECTS), None)
    if subject is None or subject.start < found.end:
        return None
    named = next((item for item in own if item.actor is not None and item.start <= subject.start < item.end), None)
    return antecedent(named, named.actor) if named is not None and named.actor is not None else None


def _joined_owner(found: Found, discourse: Discourse) -> Antecedent | None:
    """ "Britain's abandonment of the line and its support for ...": "its" has the owner of the noun it is joined to."""
    words = found.words
    token = words.tokens[words.at(found.start)]
    noun = words.head(token.index)
    if token.dep != "poss" or noun.dep != "conj":
        return None
    first = words.head(noun.index)
    plural = found.name in words_of("pronouns", "plural")
    near = [item for item in discourse.near(words, found.start, 0) if item.plural or not plural]
    partner = next((item for item in near if item.start <= first.start < item.end), None)
    if partner is not None and found.start - partner.end < _JOINED:
        return partner  # "the United States and its allies"
    owner = next((item for item in words.tokens if item.head == first.index and item.dep == "poss"), None)
    if owner is None or owner.start > found.start:
        return None
    return next((item for item in near if item.start <= owner.start < item.end), None)


def _owner_above(found: Found, discourse: Discourse) -> Antecedent | None:
    """ "Peru's fear of a threat to its ports": the owner of the noun the phrase hangs on, unless that is asked of others."""
    words = found.words
    place = words.tokens[words.at(found.start)]
    if place.dep != "poss" or found.name != "its":
        return None
    for _ in range(6):
        above = words.head(place.index)
        if above.index == place.index or above.pos not in ("NOUN", "ADP", "PROPN"):
            return None
        owner = next((item for item in words.tokens if item.head == above.index and item.dep == "poss"), None)
        if owner is not None and owner.start < found.start and above.lemma.lower() not in words_of("things", "asking"):
            near = discourse.near(words, found.start, 0)
            return next((item for item in near if item.start <= owner.start < item.end and not item.plural), None)
        place = above
    return None


def _resolve_pronoun(found: Found, discourse: Discourse, text: str) -> bool:
    words = found.words
    token = words.tokens[words.at(found.start)]
    plural = found.name in words_of("pronouns", "plural")
    verb = clause_verb(words, token)
    options = [item for item in discourse.near(words, found.start) if _agrees(item, plural, token.dep == "poss")]
    options = _not_own_subject(options, words, token, verb)
    if _suffered(found, words, token):
        verb_above = governing_verb(words, verb)
        own = {item.actor.id for item in options if item.subject and item.head == verb_above}
        others = [item for item in options if item.actor.id not in own]
        options = [item for item in others if item.sentence == words.sentence.index] or others or options
    if plural:
        pair = pair_of(options) or _facing(token, words, options)
        if pair:
            return set_many(found, pair, "pronoun", text)
        many = [item for item in options if item.plural]
        if not many:
            return leave_open(found, options, "pronoun")
        options = many
    if not found.agent and _thing_before(words, token, options):
        return False
    verb = verb if token.dep in SUBJECTS else governing_verb(words, verb)
    return _set_best(found, options, verb, "pronoun", text)


def _not_own_subject(options: Sequence[Antecedent], words: Words, token: Token, verb: int) -> list[Antecedent]:
    """The options without the subject of a verb whose object is the pronoun: "Japan attacked it" cannot mean Japan."""
    if token.dep not in ("dobj", "pobj", "dative"):
        return list(options)
    here, verbs = words.sentence.index, {verb}
    links = ("conj", "xcomp") if token.dep == "dobj" else ("conj",)
    while words.tokens[verb].dep in links and len(verbs) < 4:
        verb = words.tokens[verb].head
        verbs.add(verb)
    return [item for item in options if not (item.subject and item.head in verbs and item.sentence == here)]


def _suffered(found: Found, words: Words, token: Token) -> bool:
    """Whether what a pronoun owns suffers the act of another: "arresting its officers", "would respect its neutrality"."""
    noun = words.head(token.index)
    if token.dep == "poss" and noun.dep == "dobj" and noun.lemma.lower() in words_of("things", "rights"):
        return words.head(noun.index).lemma.lower() in words_of("things", "heeding")
    while noun.dep == "pobj" and words.head(noun.index).text.lower() == "of":
        noun = words.head(words.head(noun.index).index)
    return bool(found.agent) and noun.dep == "dobj" and words.head(noun.index).lemma.lower() in words_of("things", "hostile")


def _facing(token: Token, words: Words, options: Sequence[Antecedent]) -> tuple[Antecedent, ...]:
    """ "between them": the two actors named last."""
    if words.head(token.index).text.lower() != "between":
        return ()
    unique = {item.actor.id: item for item in options if not item.attribute and item.actor.kind != "collective"}
    return tuple(unique.values())[-2:] if len(unique) > 1 else ()


def _agrees(item: Antecedent, plural: bool, owner: bool) -> bool:
    if plural or (item.each and owner):  # "each side ... its troops"
        return True
    return item.actor.kind in ("state", "body", "group") and not (item.plural and item.actor.kind == "group")


def _thing_before(words: Words, token: Token, options: Sequence[Antecedent]) -> bool:
    """Whether a thing that heads the same sentence before the pronoun is the likelier meaning of "it"."""
    if token.text.lower() not in ("it", "its"):
        return False
    for item in words.tokens[: token.index]:
        if item.dep in SUBJECTS and item.lemma.lower() in words_of("things", "subjects"):
            return not any(option.subject and option.start > item.start for option in options)
    return False


def _set_best(found: Found, options: Sequence[Antecedent], verb: int | None, kind: str, text: str) -> bool:
    if not options:
        return False
    best, rivals = best_of(options, found.words, found.start, verb)
    return leave_open(found, (best, *rivals[:2]), kind) if rivals else settle(found, best, kind, text)


def _resolve_person(found: Found, discourse: Discourse, own: Sequence[Found], text: str) -> bool:
    """ "he", "his": a person who acts for an actor; False when no such person is near."""
    words = found.words
    token = words.tokens[words.at(found.start)]
    options = [item for item in discourse.near(words, found.start, 3) if item.person]
    verb = clause_verb(words, token)
    options = _not_own_subject(options, words, token, verb)
    ahead = _subject_ahead(found, discourse, own)
    if ahead is not None and ahead.person:
        return settle(found, ahead, "pronoun", text)
    return _set_best(found, options, verb, "pronoun", text)


def _resolve_relative(found: Found, discourse: Discourse, text: str) -> bool:
    """The mention that ends right before the relative pronoun, or holds the noun its clause hangs on."""
    words = found.words
    place = words.at(found.start)
    verb = words.tokens[clause_verb(words, words.tokens[place])]
    noun = words.head(verb.index) if verb.dep == "relcl" else words.tokens[max(place - 2, 0)]
    for item in reversed(discourse.near(words, found.start, 0)):
        fits = not item.person if found.name == "which" else not item.attribute
        if fits and item.start <= noun.start < item.end:
            return settle(found, item, "pronoun", text)
    return False
