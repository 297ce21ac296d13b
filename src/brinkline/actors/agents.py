"""``attach_agents``: joins to a name the words for those who act for it: "Japan's General Staff", "forces of Chad".

The mention then covers name and agent, ``agent`` keeps the acting part and ``agent_kind`` its kind (``agents.toml``). People
of a state who do not act for it ("Cuban exiles") become a group from that state. Event nouns ("Soviet evacuation") are no
agents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from brinkline.actors.found import Found, Words
from brinkline.actors.joining import absorb, absorbs, attach_title, represents
from brinkline.actors.nouns import MONTHS, agent_kind, leaving, offices, persons, word_list
from brinkline.model import Actor

#: Words after a name in which its agent must stand, and words before it.
_REACH = 7
_BACK = 4
#: The longest personal name, in words.
_NAME = 6
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘"})
#: What stands before a name that only tells a side: "pro-Soviet", "anti-Japanese".
_SIDE = re.compile(r"(?:pro|anti|non|ex)[-‐‑–]\Z", re.IGNORECASE)
_TITLED = frozenset({"leader", "diplomat", "military", "government"})


def attach_agents(founds: Sequence[Found], text: str) -> None:
    """Widens names by their agents, joins names that stand together ("Japan's Kwantung Army") and marks groups."""
    for place, found in enumerate(founds):
        following = founds[place + 1] if place + 1 < len(founds) else None
        if found.dropped or _SIDE.search(text, max(0, found.start - 6), found.start):
            continue  # a "pro-Soviet regime" is not the Soviet regime
        if following is not None and represents(found, following, text):
            following.dropped = True
            following = None
        if following is not None and absorbs(found, following, text):
            absorb(found, following, text)
            following = founds[place + 2] if place + 2 < len(founds) else None
        owner = found.words.possessive(found.words.at(found.end - 1) + 1)
        if not found.basis.startswith("leader") or owner:  # "Nasser's troops" are more than he
            _attach_right(found, following, text)
        if found.basis.startswith("leader"):
            attach_title(found, founds[place - 1] if place else None, text)
    kept = [found for found in founds if not found.dropped]
    for place, found in enumerate(kept):
        _attach_left(found, kept[place - 1] if place else None, text)
    for place in range(len(kept) - 1, 0, -1):
        _share(kept[place - 1], kept[place], text)


def _attach_right(found: Found, following: Found | None, text: str) -> None:
    words = found.words
    index = words.at(found.end - 1)
    first = index + 1
    possessive = words.possessive(first)
    if possessive:
        first += 1
    limit = words.sentence.end
    if following is not None and following.words is words:
        limit = words.tokens[words.at(following.start) - len(following.given)].start
    last = _agent_end(words, found, first, possessive, limit)
    if last is None:
        return
    begin = first + (words.tokens[first].text in _QUOTES)
    start = words.tokens[begin].start
    if found.agent and found.agent in text[found.start : found.end]:
        start = text.index(found.agent, found.start)  # the name is itself an agent: "Red Army units"
    found.agent = text[start : words.tokens[last].end]
    found.agent_kind = agent_kind(_title(words, begin, last))
    found.end = words.tokens[last].end
    _as_group(found, words, begin, last)


def _title(words: Words, first: int, last: int) -> str:
    """The word that tells the kind of agent: "minister" in "Foreign Minister Molotov", "consul-general" kept whole."""
    titles, _ = offices()
    nouns = [place for place in range(first, last + 1) if agent_kind(words.lower(place))]
    office = next((place for place in nouns if words.lower(place) in titles and words.lower(place + 1) == "of"), None)
    place = nouns[-1] if office is None else office
    joined = f"{words.lower(place - 2)}-{words.lower(place)}"
    return joined if words.lower(place - 1) == "-" and agent_kind(joined) else words.lower(place)


def _agent_end(words: Words, found: Found, first: int, possessive: bool, limit: int) -> int | None:
    """The index of the last word of the agent phrase that begins at ``first``, None when no agent noun heads it."""
    best: int | None = None
    tokens = words.tokens
    place = first
    bare_name = not possessive and found.basis.startswith(("name", "capital", "government"))
    while place < len(tokens) and place - first < _REACH and tokens[place].end <= limit:
        token = tokens[place]
        if not _in_phrase(words, place, first):
            break
        if agent_kind(token.text) and (
            token.pos in ("", "NOUN", "PROPN") or (token.pos == "ADJ" and _ends_phrase(words, place))
        ):
            best = place
        elif bare_name and best is None and words.lower(place) not in word_list("force") and token.pos not in ("NOUN", "PROPN"):
            break
        place += 1
    if best is None:
        return None
    return _whole_phrase(words, best, limit)


def _in_phrase(words: Words, place: int, first: int) -> bool:
    token = words.tokens[place]
    lower = token.text.lower()
    if token.text in _QUOTES:
        return True
    if "--" in token.text:
        return False
    if lower in word_list("stop") or not token.text[:1].isalnum():
        return token.text == "-" and place > first
    if not words.parsed or token.pos in _MODIFIERS:
        return True
    return token.pos == "VERB" and (token.dep in ("amod", "compound") or agent_kind(lower) != "")


def _ends_phrase(words: Words, place: int) -> bool:
    following = place + 1
    if following >= len(words.tokens):
        return True
    token = words.tokens[following]
    return token.pos not in _MODIFIERS or token.pos == "ADV"


def _whole_phrase(words: Words, best: int, limit: int) -> int | None:
    """``best``, moved on over a personal name after a title; None when the agent noun only modifies what follows."""
    tokens = words.tokens
    title = words.lower(best)
    best = _whole_office(words, best)
    after = best + 1
    while title in persons() and after < len(tokens) and tokens[after].end <= limit and _upright(words, after):
        after += 1
    if after > best + 1 or not words.parsed:
        return after - 1
    modifies = tokens[best].head > best and tokens[best].dep in ("compound", "amod", "nmod")
    followed = after < len(tokens) and tokens[after].pos in ("NOUN", "PROPN")
    return None if modifies and (followed or tokens[best].pos == "ADJ") else best


def _upright(words: Words, place: int) -> bool:
    """Whether a word can be part of a personal name."""
    token = words.tokens[place]
    return token.text[:1].isupper() and token.text[:1].isalpha() and token.pos in ("PROPN", "")


def _whole_office(words: Words, best: int) -> int:
    """``best``, moved on over "of State", "of the Interior", "of Foreign Affairs" after a title."""
    titles, fields = offices()
    place = best + 2
    if words.lower(best) not in titles or words.lower(best + 1) != "of" or words.lower(place) not in fields:
        return best
    while words.lower(place + 1) in fields or (words.lower(place + 1) == "and" and words.lower(place + 2) in fields):
        place += 1
    while words.lower(place) in ("the", "and"):  # "the Minister of State and the chief of staff" are two
        place -= 1
    return place if place > best + 1 else best


def _as_group(found: Found, words: Words, first: int, last: int) -> None:
    if found.agent_kind == "military" and word_list("against") & {words.lower(place) for place in range(first, last)}:
        found.agent_kind = "group"
    if found.agent_kind != "group" or found.actor is None or found.actor.kind != "state":
        return
    noun = _title(words, first, last)
    state = found.actor
    name = f"{found.agent} of {state.name}"
    found.actor = Actor("group", f"group:{noun}:{state.id.removeprefix('state:')}", name, members=(state.id,))


def _attach_left(found: Found, previous: Found | None, text: str) -> None:
    """ "forces of Chad", "the government of the Sudan", "troops from Zaire": the words before the name join it."""
    words = found.words
    noun = _noun_before(found)
    if noun is None:
        return
    floor = previous.end if previous is not None and previous.words is words else words.sentence.start
    begin = noun
    while begin > 0 and noun - begin < _BACK and words.tokens[begin - 1].start >= floor and _modifies(words, begin - 1):
        begin -= 1
    if words.tokens[begin].start < floor or (floor > words.sentence.start and words.tokens[begin].start <= floor + 1):
        return  # the words belong to the name before: "the Soviet ambassador of ..."
    found.start = words.tokens[begin].start
    if not found.agent:
        found.agent = text[found.start : _end_of_name(words, noun)]
        found.agent_kind = agent_kind(words.lower(noun))
        _as_group(found, words, begin, noun)


def _end_of_name(words: Words, noun: int) -> int:
    """Where a title and the personal name after it end."""
    while words.lower(noun + 1) not in ("of", "from", ""):
        noun += 1
    return words.tokens[noun].end


def _noun_before(found: Found) -> int | None:
    """The index of an agent noun that "of" or "from" joins to the name, None when there is none."""
    words = found.words
    place = words.at(found.start) - 1
    if words.lower(place) == "the":
        place -= 1
    joint, noun = words.lower(place), _over_name(words, place - 1)
    kind = "" if noun < 0 else agent_kind(words.lower(noun)) or ("leader" if noun < place - 1 else "")
    if joint not in ("of", "from") or not kind or found.basis.startswith("adjective"):
        return None
    if words.parsed and words.tokens[noun].pos not in ("NOUN", "PROPN"):
        return None
    if joint == "from" and noun < place - 1:
        return noun  # "Colonel Rojas from Peru"
    if joint == "from" and not (kind in ("military", "people", "group", "diplomat") and _comes_from(words, noun, place)):
        return None
    return noun


def _over_name(words: Words, place: int) -> int:
    """Back over a personal name to its title: "King" in "King Hassan II of Morocco"; ``place`` when there is no title."""
    start = place
    while start > 0 and place - start < _NAME and words.tokens[start].text[:1].isupper() and not _is_title(words, start):
        start -= 1
    return start if start < place and _is_title(words, start) else place


def _is_title(words: Words, place: int) -> bool:
    return agent_kind(words.lower(place)) in _TITLED or words.tokens[place].text in word_list("titles")


def _comes_from(words: Words, noun: int, joint: int) -> bool:
    """Whether "from" tells where people come from, not where they leave: "withdrew its forces from Tunisia" does not."""
    if not words.parsed or any(words.lower(place) in word_list("owned") for place in range(max(0, noun - 3), noun)):
        return False
    verb = words.tokens[noun].head
    while verb != words.tokens[verb].head and words.tokens[verb].pos in ("NOUN", "PROPN"):
        verb = words.tokens[verb].head
    return words.tokens[joint].head == noun and words.tokens[verb].lemma.lower() not in leaving()


def _modifies(words: Words, place: int) -> bool:
    token = words.tokens[place]
    if not token.text[:1].isalpha() or token.text.lower() in word_list("stop") or token.text in MONTHS:
        return False
    return token.pos in ("ADJ", "NOUN", "PROPN") if words.parsed else False


def _share(found: Found, following: Found, text: str) -> None:
    """ "British and French forces": the agent of the second belongs to the first as well."""
    if found.agent or found.words is not following.words or not following.agent:
        return
    between = text[found.end : following.start].strip()
    if between not in ("and", "or", ",", "-", "/", "–", ", and", "as well as", "and the"):
        return
    both_adjectives = all(item.basis.startswith(("adjective", "capital")) for item in (found, following))
    compound = between in ("-", "/", "–")
    if (both_adjectives or compound) and following.start == following.name_start:
        found.agent, found.agent_kind = following.agent, following.agent_kind
