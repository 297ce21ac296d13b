"""``pointers_in``: the words of a sentence that point to actors named elsewhere: pronouns, "both actors", "the latter",
"the government", "troops" in what a commander says. Who they mean is found in ``refer``. Word lists: ``refer.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.lexicon import PACKAGE, Meanings
from brinkline.actors.nouns import agent_kind, offices
from brinkline.data import toml
from brinkline.model import Actor, Token
from brinkline.reference.states import state_by_key

_NO_MEANINGS = Meanings(False, "", (), (), ())
_LATTER = re.compile(r"\b[Tt]he (latter|former)\b(?! (?:Soviet|Yugoslav|[A-Z]))")
SUBJECTS = ("nsubj", "nsubjpass")
#: Links to a verb that shares its subject.
_SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "acl"})
#: The kinds of ``Found`` that point elsewhere.
POINTING = frozenset({"pronoun", "person", "relative", "both", "sides", "latter", "definite", "country", "reported"})


@functools.cache
def words_of(table: str, key: str) -> frozenset[str]:
    """A word list of ``refer.toml``."""
    return frozenset(toml(PACKAGE, "refer.toml")[table][key].split())


@functools.cache
def _both_pattern() -> re.Pattern[str]:
    row = toml(PACKAGE, "refer.toml")["both"]
    numbers = "|".join(row["numbers"])
    nouns, fillers = ("|".join(row[key].split()) for key in ("nouns", "fillers"))
    start = rf"\b(?:the |these |those |all )?({numbers})(?: of (?:the|these) )? ?"
    return re.compile(rf"{start}(?:(?:{fillers}) )*({nouns})\b(?! of the (?!crisis|dispute|conflict))", re.IGNORECASE)


@functools.cache
def _sides_pattern() -> re.Pattern[str]:
    """ "each side", "the adversaries", "the two": those who face each other, without a number or without a noun."""
    row = toml(PACKAGE, "refer.toml")["sides"]
    each, nouns, fillers = ("|".join(row[key].split()) for key in ("each", "nouns", "fillers"))
    singular, alone = ("|".join(row[key].split()) for key in ("singular", "alone"))
    return re.compile(
        rf"\b(?:(?:{each}) (?:{singular})|the (?:(?:{fillers}) )*(?:{nouns})|(?:the|these) two(?=\s*(?:[.,;:)]|{alone})))\b"
        r"(?! of (?:the|a|an)\b(?! (?:crisis|dispute|conflict)))(?!-)",
        re.IGNORECASE,
    )


@functools.cache
def _plurals() -> dict[str, str]:
    names: dict[str, str] = toml(PACKAGE, "refer.toml")["plurals"]["names"]
    return names


@functools.cache
def _plurals_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?:[Bb]oth|[Tt]he|[Tt]wo|[Tt]hese) )+({'|'.join(_plurals())})\b")


def _plural_name(pointer: Found) -> Found:
    """ "the two Yemens": the states that share a name."""
    states = [state_by_key(key).actor(pointer.day) for key in _plurals()[pointer.name].split()]
    members = tuple(state.id for state in states)
    name = " and ".join(state.name for state in states)
    pointer.actor = Actor("collective", "collective:" + "+".join(members), name, members=members)
    pointer.basis = "name"
    return pointer


def pointers_in(text: str, words: Words, own: Sequence[Found]) -> list[Found]:
    """The words of a parsed sentence that point elsewhere, outside the ranges of ``own``, not yet resolved."""
    found: list[Found] = []
    taken = [(item.start, item.end) for item in own]

    def take(pointer: Found | None) -> None:
        if pointer is not None and not any(pointer.start < end and start < pointer.end for start, end in taken):
            found.append(pointer)
            taken.append((pointer.start, pointer.end))

    start, end = words.sentence.start, words.sentence.end
    for match in _both_pattern().finditer(text, start, end):
        take(_pointer(match.start(), match.end(), match[1].lower(), "both", words))
    for match in _sides_pattern().finditer(text, start, end):
        pointer = _pointer(match.start(), match.end(), "two", "sides", words)
        pointer.role = "each" if match[0].split()[-1].lower() in words_of("sides", "singular") else ""
        take(pointer)
    for match in _plurals_pattern().finditer(text, start, end):
        take(_plural_name(_pointer(match.start(), match.end(), match[1], "plural", words)))
    for match in _LATTER.finditer(text, start, end):
        token = words.tokens[words.at(match.end() - 1)]
        if not (token.dep == "amod" and match[1] == "former"):
            take(_pointer(match.start(), match.end(), match[1], "latter", words))
    for token in words.tokens:
        take(_by_token(words, token))
    return found


@functools.lru_cache(65536)
def _may_point(word: str) -> bool:
    """Whether a word can point elsewhere at all; most words of a text cannot, and are asked only this."""
    lower = word.lower()
    plain = lower.replace("]", "").replace("[", "")
    pronoun = any(plain in words_of("pronouns", name) for name in ("person", "singular", "plural", "relative"))
    return pronoun or bool(agent_kind(lower)) or lower in words_of("definite", "countries")


def _by_token(words: Words, token: Token) -> Found | None:
    if not _may_point(token.text):
        return None
    return _pronoun(words, token) or _relative(words, token) or _definite(words, token) or _reported(words, token)


def _pointer(start: int, end: int, name: str, kind: str, words: Words) -> Found:
    return Found(start, end, name, kind, _NO_MEANINGS, None, words, start, end)


def _pronoun(words: Words, token: Token) -> Found | None:
    lower = token.text.lower().replace("]", "").replace("[", "")
    person = lower in words_of("pronouns", "person")
    if not person and lower not in words_of("pronouns", "singular") | words_of("pronouns", "plural"):
        return None
    if lower.endswith("self") and token.dep in ("npadvmod", "appos"):
        return None  # "the town itself"
    head = words.head(token.index)
    lemma = head.lemma.lower()
    pointer = _pointer(token.start, token.end, lower, "person" if person else "pronoun", words)
    if token.dep == "poss":
        if lower == "its" and {lemma, head.text.lower()} & words_of("things", "nouns"):
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
    if token.dep == "dobj" and lemma not in words_of("things", "object_first") | words_of("things", "whom"):
        return True
    if token.dep == "nsubjpass" and any(item.head == token.head and item.dep == "ccomp" for item in words.tokens):
        return True  # "it was agreed that ..."
    return token.dep in ("expl", "") or following.pos == "ADJ" or (subject and lemma in words_of("things", "verbs"))


def _take_agent(pointer: Found, words: Words, token: Token, head: Token) -> None:
    """ "its forces", "their foreign ministers": the agent joins the pronoun."""
    if not agent_kind(head.text) or head.pos not in ("NOUN", "PROPN") or not 0 < head.index - token.index <= 5:
        return
    inner = words.tokens[token.index + 1 : head.index + 1]
    if all(item.text[:1].isalpha() or item.text == "-" for item in inner):
        pointer.end = head.end
        pointer.agent = " ".join(item.text for item in inner).replace(" - ", "-")
        pointer.agent_kind = agent_kind(head.text)


def _relative(words: Words, token: Token) -> Found | None:
    """ "Peru, which refused": a relative pronoun whose clause hangs on a noun; things do not act ("which lasted")."""
    lower = token.text.lower()
    if lower not in words_of("pronouns", "relative") or not token.index:
        return None
    verb = clause_verb(words, token)
    hangs = words.tokens[verb].dep == "relcl" and words.tokens[verb].head < token.index
    if not hangs and words.lower(token.index - 1) != ",":
        return None
    if lower == "which" and token.dep in SUBJECTS and words.tokens[verb].lemma.lower() in words_of("things", "verbs"):
        return None
    pointer = _pointer(token.start, token.end, lower, "relative", words)
    if token.dep == "poss":
        _take_agent(pointer, words, token, words.head(token.index))
    return pointer


def clause_verb(words: Words, token: Token) -> int:
    """The index of the verb of the clause that a word stands in."""
    place = token.index
    while words.tokens[place].pos not in ("VERB", "AUX") and words.tokens[place].head != place:
        place = words.tokens[place].head
    return place


def governing_verb(words: Words, verb: int) -> int:
    """The verb whose subject a verb shares: "Sudan complained and placed its forces on alert", "decided to keep its post"."""
    for _ in range(4):
        token = words.tokens[verb]
        if token.dep not in _SHARING or any(item.head == verb and item.dep in SUBJECTS for item in words.tokens):
            break
        above = clause_verb(words, words.tokens[token.head])
        if above == verb:
            break
        verb = above
    return verb


def _definite(words: Words, token: Token) -> Found | None:
    """ "the government", "the Japanese commander" without a name, "government troops", "the country"."""
    country = token.text.lower() in words_of("definite", "countries")
    kind = agent_kind(token.text)
    if not country and kind not in words_of("definite", "kinds"):
        return None
    if token.pos != "NOUN" or token.dep in ("compound", "amod", "nmod"):
        return None
    if token.lemma.lower() in words_of("definite", "skip"):
        return None
    children = [item for item in words.tokens if item.head == token.index and item.index != token.index]
    if any(item.dep in ("poss", "nummod", "relcl") for item in children) or _owned(words, token, children):
        return None
    articles = words_of("definite", "determiners")
    article = next((item for item in children if item.dep == "det" and item.text.lower() in articles), None)
    if article is None:
        return None if country else _government_troops(words, token, children, kind)
    inner = words.tokens[article.index + 1 : token.index]
    if article.index > token.index or any(not item.text[:1].islower() for item in inner) or len(inner) > 3:
        return None
    if country:
        return _pointer(article.start, token.end, token.text.lower(), "country", words) if not inner else None
    return _agent_pointer(words, token, words.tokens[article.index + 1], kind)


def _owned(words: Words, token: Token, children: Sequence[Token]) -> bool:
    """Whether "of" or "from" names an owner; "minister of information" does not."""
    titles, fields = offices()
    for item in children:
        if item.dep == "prep" and item.text in ("of", "from"):
            field = words.lower(item.index + 1)
            if not (token.text.lower() in titles and field in fields and item.index == token.index + 1):
                return True
    return False


def _government_troops(words: Words, token: Token, children: Sequence[Token], kind: str) -> Found | None:
    """ "government troops" need no article."""
    first = next((item for item in children if item.dep == "compound"), None)
    owner = first is not None and first.text.lower() in words_of("definite", "owners") and first.index == token.index - 1
    if first is None or not owner or kind != "military" or any(item.dep in ("det", "amod") for item in children):
        return None
    return _agent_pointer(words, token, first, kind)


def _agent_pointer(words: Words, token: Token, first: Token, kind: str) -> Found:
    pointer = _pointer(first.start, token.end, token.lemma.lower(), "definite", words)
    pointer.agent = " ".join(item.text for item in words.tokens[first.index : token.index + 1])
    pointer.agent_kind = kind
    return pointer


def _reported(words: Words, token: Token) -> Found | None:
    """ "The commander announced that troops had occupied the town": forces without an article in what someone says."""
    if token.dep not in SUBJECTS or token.tag != "NNS" or agent_kind(token.text) != "military":
        return None
    if words.tokens[words.head(token.index).index].dep != "ccomp" or any(item.head == token.index for item in words.tokens):
        return None
    pointer = _pointer(token.start, token.end, token.lemma.lower(), "reported", words)
    pointer.agent, pointer.agent_kind = token.text, "military"
    return pointer
