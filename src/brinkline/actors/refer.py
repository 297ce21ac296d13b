"""``resolve_references``: pronouns, "both actors", "the latter" and definite phrases with who they mean, from the parse.

Each resolution says in its basis what it was drawn from ("pronoun: Japan, 41-46"); what stays open keeps its candidates.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE, Meanings
from brinkline.actors.nouns import agent_kind
from brinkline.actors.salience import Antecedent, Discourse, antecedent, weight
from brinkline.data import toml
from brinkline.model import Actor, Token

_NO_MEANINGS = Meanings(False, "", (), (), ())
_MARGIN = 0.35
_SUBJECTS = ("nsubj", "nsubjpass")
_LATTER = re.compile(r"\b[Tt]he (latter|former)\b(?! (?:Soviet|Yugoslav|[A-Z]))")


@functools.cache
def _words_of(table: str, key: str) -> frozenset[str]:
    return frozenset(toml(PACKAGE, "refer.toml")[table][key].split())


@functools.cache
def _both_pattern() -> re.Pattern[str]:
    row = toml(PACKAGE, "refer.toml")["both"]
    numbers = "|".join(row["numbers"])
    nouns, fillers = ("|".join(row[key].split()) for key in ("nouns", "fillers"))
    start = rf"\b(?:the |these |those |all )?({numbers})(?: of (?:the|these) )? ?"
    return re.compile(rf"{start}(?:(?:{fillers}) )*({nouns})\b", re.IGNORECASE)


def resolve_references(text: str, sentences: Sequence[Words], founds: Sequence[Found]) -> list[Found]:
    """The mentions of ``founds`` and those that point back to them, in the order of the text; needs a parse."""
    discourse = Discourse()
    leading = _leading_pair(founds)
    result: list[Found] = []
    queue = sorted(founds, key=lambda found: found.start)
    place = 0
    for words in sentences:
        own: list[Found] = []
        while place < len(queue) and queue[place].start < words.sentence.end:
            own.append(queue[place])
            place += 1
        pointers = _pointers(text, words, own) if words.parsed else []
        for found in sorted([*own, *pointers], key=lambda item: (item.start, item.end)):
            if found.kind in ("pronoun", "both", "latter", "definite") and not _resolve(found, discourse, leading, own, text):
                continue
            result.append(found)
            discourse.add(found)
    return result


def _pointers(text: str, words: Words, own: Sequence[Found]) -> list[Found]:
    """The words of a sentence that point to actors named before, not yet resolved."""
    found: list[Found] = []
    taken = [(item.start, item.end) for item in own]

    def free(start: int, end: int) -> bool:
        return not any(start < other_end and other_start < end for other_start, other_end in taken)

    for match in _both_pattern().finditer(text, words.sentence.start, words.sentence.end):
        if free(*match.span()):
            found.append(_pointer(match.start(), match.end(), match[1].lower(), "both", words))
            taken.append(match.span())
    for match in _LATTER.finditer(text, words.sentence.start, words.sentence.end):
        token = words.tokens[words.at(match.end() - 1)]
        if free(*match.span()) and not (token.dep == "amod" and match[1] == "former"):
            found.append(_pointer(match.start(), match.end(), match[1], "latter", words))
            taken.append(match.span())
    for token in words.tokens:
        pointer = _pronoun(words, token) or _definite(words, token)
        if pointer is not None and free(pointer.start, pointer.end):
            found.append(pointer)
            taken.append((pointer.start, pointer.end))
    return found


def _pointer(start: int, end: int, name: str, kind: str, words: Words) -> Found:
    return Found(start, end, name, kind, _NO_MEANINGS, None, words, start, end)


def _pronoun(words: Words, token: Token) -> Found | None:
    lower = token.text.lower()
    if lower not in _words_of("pronouns", "singular") and lower not in _words_of("pronouns", "plural"):
        return None
    head = words.head(token.index)
    lemma = head.lemma.lower()
    pointer = _pointer(token.start, token.end, lower, "pronoun", words)
    if token.dep == "poss":
        if lower == "its" and {lemma, head.text.lower()} & _words_of("things", "nouns"):
            return None
        _take_agent(pointer, words, token, head)
        return pointer
    if lower == "it" and _empty_it(words, token, lemma):
        return None
    return None if lower == "them" and head.text.lower() == "among" else pointer


def _empty_it(words: Words, token: Token, lemma: str) -> bool:
    """Whether "it" is a thing or nothing: "it ended", "made it clear that", "it was then that"."""
    following = words.tokens[token.index + 1] if token.index + 1 < len(words.tokens) else token
    subject = token.dep.startswith("nsubj")
    if token.dep == "dobj" and lemma not in _words_of("things", "object_first") | _words_of("things", "whom"):
        return True
    return token.dep in ("expl", "") or following.pos == "ADJ" or (subject and lemma in _words_of("things", "verbs"))


def _take_agent(pointer: Found, words: Words, token: Token, head: Token) -> None:
    """ "its forces", "their foreign ministers": the agent joins the pronoun."""
    if not agent_kind(head.text) or head.pos not in ("NOUN", "PROPN") or not 0 < head.index - token.index <= 5:
        return
    inner = words.tokens[token.index + 1 : head.index + 1]
    if all(item.text[:1].isalpha() or item.text == "-" for item in inner):
        pointer.end = head.end
        pointer.agent = " ".join(item.text for item in inner).replace(" - ", "-")
        pointer.agent_kind = agent_kind(head.text)


def _definite(words: Words, token: Token) -> Found | None:
    """ "the government", "the Japanese commander" without a name: an agent noun with a definite article and no owner."""
    kind = agent_kind(token.text)
    if kind not in _words_of("definite", "kinds") or token.pos != "NOUN" or token.dep in ("compound", "amod", "nmod"):
        return None
    if token.lemma.lower() in _words_of("definite", "skip"):
        return None
    children = [item for item in words.tokens if item.head == token.index and item.index != token.index]
    articles = _words_of("definite", "determiners")
    article = next((item for item in children if item.dep == "det" and item.text.lower() in articles), None)
    if article is None or article.index > token.index or any(item.dep in ("poss", "nummod") for item in children):
        return None
    if any(item.dep == "prep" and item.text in ("of", "from") for item in children):
        return None
    inner = words.tokens[article.index + 1 : token.index]
    if any(not item.text[:1].islower() for item in inner) or len(inner) > 3:
        return None
    pointer = _pointer(article.start, token.end, token.lemma.lower(), "definite", words)
    pointer.start = words.tokens[article.index + 1].start
    pointer.agent = " ".join(item.text for item in (*inner, token))
    pointer.agent_kind = kind
    return pointer


def _resolve(found: Found, discourse: Discourse, leading: tuple[Antecedent, ...], own: Sequence[Found], text: str) -> bool:
    """Sets who is meant; False when the words turn out to mean no actor."""
    if found.kind == "pronoun":
        ahead = _subject_ahead(found, discourse, own)
        if ahead is not None:
            return _settle(found, ahead, "pronoun", text)
        return _resolve_pronoun(found, discourse, text)
    if found.kind == "both":
        return _resolve_both(found, discourse, leading, text)
    if found.kind == "latter":
        return _resolve_latter(found, discourse, text)
    return _resolve_definite(found, discourse, text)


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
    subject = next((item for item in words.tokens if item.head == root and item.dep in _SUBJECTS), None)
    if subject is None or subject.start < found.end:
        return None
    named = next((item for item in own if item.actor is not None and item.start <= subject.start < item.end), None)
    return antecedent(named, named.actor) if named is not None and named.actor is not None else None


def _clause_verb(words: Words, token: Token) -> int:
    place = token.index
    while words.tokens[place].pos not in ("VERB", "AUX") and words.tokens[place].head != place:
        place = words.tokens[place].head
    return place


def _resolve_pronoun(found: Found, discourse: Discourse, text: str) -> bool:
    words = found.words
    token = words.tokens[words.at(found.start)]
    plural = found.name in _words_of("pronouns", "plural")
    verb = _clause_verb(words, token)
    options = [item for item in discourse.near(words, found.start) if _agrees(item, plural)]
    if token.dep in ("dobj", "pobj", "dative"):  # "Japan attacked it" cannot mean Japan
        here = words.sentence.index
        options = [item for item in options if not (item.subject and item.head == verb and item.sentence == here)]
    if plural:
        pair = _pair(options)
        if pair:
            _set_many(found, pair, "pronoun", text)
            return True
        many = [item for item in options if item.plural]
        if not many:
            return _leave_open(found, options, "pronoun")
        options = many
    if _thing_before(words, token, options):
        return False
    return _set_best(found, options, verb, "pronoun", text)


def _agrees(item: Antecedent, plural: bool) -> bool:
    if plural:
        return True
    return item.actor.kind in ("state", "body", "group") and not (item.plural and item.actor.kind == "group")


def _thing_before(words: Words, token: Token, options: Sequence[Antecedent]) -> bool:
    """Whether a thing that heads the same sentence before the pronoun is the likelier meaning of "it"."""
    if token.text.lower() not in ("it", "its"):
        return False
    for item in words.tokens[: token.index]:
        if item.dep in ("nsubj", "nsubjpass") and item.lemma.lower() in _words_of("things", "subjects"):
            return not any(option.subject and option.start > item.start for option in options)
    return False


def _set_best(found: Found, options: Sequence[Antecedent], verb: int | None, kind: str, text: str) -> bool:
    if not options:
        return False
    words = found.words
    ranked = sorted(options, key=lambda item: (-weight(item, words, found.start, verb), -item.start))
    best = ranked[0]
    score = weight(best, words, found.start, verb)
    rivals = [item for item in ranked[1:] if item.actor.id != best.actor.id]
    if rivals and score - weight(rivals[0], words, found.start, verb) < _MARGIN:
        return _leave_open(found, (best, *rivals[:2]), kind)
    return _settle(found, best, kind, text)


def _settle(found: Found, best: Antecedent, kind: str, text: str) -> bool:
    """Takes an antecedent and says so in the basis."""
    found.actor = best.actor
    found.basis = f"{kind}: {text[best.start : best.end]}, {best.start}-{best.end}"
    return True


def _leave_open(found: Found, options: Sequence[Antecedent], kind: str) -> bool:
    """Keeps the nearest options as candidates, the nearest last; False when there are none."""
    found.candidates = tuple(dict.fromkeys(item.actor.id for item in options))[-4:]
    found.basis = f"{kind}: open"
    return bool(options)


def _pair(options: Sequence[Antecedent]) -> tuple[Antecedent, ...]:
    """Two or more joined by "and", or subjects of one verb, the nearest, that a plural pronoun takes together."""
    groups: dict[tuple[int, int, bool], list[Antecedent]] = {}
    for item in options:
        if not item.plural:
            key = (item.sentence, item.head, True) if item.subject else (item.sentence, item.top, False)
            groups.setdefault(key, []).append(item)
    joined = [items for items in groups.values() if len({item.actor.id for item in items}) > 1]
    if not joined:
        return ()
    nearest = max(joined, key=lambda items: (items[-1].sentence, items[-1].subject, items[-1].end))
    plural = [item for item in options if item.plural and item.subject and item.start > nearest[-1].end]
    return () if plural else tuple(nearest)


def _set_many(found: Found, items: Sequence[Antecedent], kind: str, text: str) -> None:
    unique = {item.actor.id: item for item in items}
    members = tuple(unique)
    name = " and ".join(item.actor.name for item in unique.values())
    found.actor = Actor("collective", "collective:" + "+".join(members), name, members=members)
    shown = "; ".join(f"{text[item.start : item.end]}, {item.start}-{item.end}" for item in unique.values())
    found.basis = f"{kind}: {shown}"


def _resolve_both(found: Found, discourse: Discourse, leading: tuple[Antecedent, ...], text: str) -> bool:
    """The actors of the crisis when they are as many, else the states named last when they are as many."""
    row = toml(PACKAGE, "refer.toml")["both"]
    count = row["numbers"][found.name]
    near = [item for item in discourse.near(found.words, found.start, 3) if item.actor.kind == "state"]
    here = {item.actor.id: item for item in near if item.sentence == found.words.sentence.index}
    unique = {item.actor.id: item for item in near}
    party = text[found.start : found.end].split()[-1].lower() in row["own"].split()
    if len(leading) == count and (party or len(here) != count):
        _set_many(found, leading, "both", text)
    elif len(here) == count:
        _set_many(found, tuple(here.values()), "both", text)
    elif len(unique) == count:
        _set_many(found, tuple(unique.values()), "both", text)
    else:
        return _leave_open(found, list(unique.values()), "both")
    return True


def _resolve_latter(found: Found, discourse: Discourse, text: str) -> bool:
    near = [item for item in discourse.near(found.words, found.start, 1) if not item.attribute]
    distinct: list[Antecedent] = []
    for item in reversed(near):
        if all(item.actor.id != other.actor.id for other in distinct):
            distinct.append(item)
    if len(distinct) < 2:
        return False
    best = distinct[0] if found.name == "latter" else distinct[1]
    return _settle(found, best, found.name, text)


def _resolve_definite(found: Found, discourse: Discourse, text: str) -> bool:
    near = discourse.near(found.words, found.start, 3)
    same = [item for item in near if found.name in item.agent.lower().split() or found.name + "s" in item.agent.lower().split()]
    if same:
        return _settle(found, same[-1], "definite", text)
    states = [item for item in near if item.actor.kind == "state" and (not item.attribute or item.agent)]
    kindred = [item for item in states if item.agent_kind == found.agent_kind] or states
    if len({item.actor.id for item in kindred}) == 1:
        return _set_best(found, kindred, None, "definite", text)
    here = [item for item in kindred if item.subject and item.sentence == found.words.sentence.index]
    if len({item.actor.id for item in here}) == 1 and here[0].agent_kind == found.agent_kind:
        return _settle(found, here[0], "definite", text)  # the army that attacks is the one whose commander is meant
    return found.agent_kind != "group" and _leave_open(found, states, "definite")


def _leading_pair(founds: Sequence[Found]) -> tuple[Antecedent, ...]:
    """The states of the first sentence that names any: in this prose the actors of the crisis."""
    first = next((found for found in founds if found.actor is not None and found.actor.kind == "state"), None)
    if first is None:
        return ()
    unique: dict[str, Antecedent] = {}
    for found in founds:
        if found.words is first.words and found.actor is not None and found.actor.kind == "state":
            unique.setdefault(found.actor.id, antecedent(found, found.actor))
    return tuple(unique.values())
