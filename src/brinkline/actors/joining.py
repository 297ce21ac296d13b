"""Names that stand together are one mention: "Japan's Kwantung Army", "Iraqi President Saddam Hussein", "King Hussein"."""

from __future__ import annotations

from brinkline.actors.found import Found, Words
from brinkline.actors.nouns import MONTHS, agent_kind, offices, word_list
from brinkline.reference.states import name_index

#: The longest stretch of titles between a state and a person, in characters.
_WIDEST = 45


def absorbs(found: Found, following: Found, text: str) -> bool:
    """Whether a named agent or leader follows its state directly: "Japan's Kwantung Army", "Iraqi President Saddam Hussein"."""
    leader = following.basis.startswith("leader")
    if following.words is not found.words or not (leader or following.basis == "agent"):
        return False
    between = text[found.end : following.start]
    if leader and not found.basis.startswith("leader") and not _serves(found, following, between):
        return False
    if found.basis.startswith("leader"):
        same = found.actor is not None and following.actor is not None and found.actor.id == following.actor.id
        return leader and same and between == " "  # "Kemal Atatürk" by two of his names
    if len(between) > _WIDEST or any(mark in between for mark in ",;:()."):
        return False
    inner = [word for word in _without_field(between).replace("’", "'").split() if word not in ("'s", "'")]
    if any(word in word_list("stop") for word in inner):
        return False
    return len(inner) <= 1 if not leader else all(_title_like(word) for word in inner)


def _without_field(between: str) -> str:
    """Words between a state and a person without the field of an office: " Secretary of State " becomes " Secretary "."""
    titles, fields = offices()
    words = between.split(" ")
    for place, word in enumerate(words[:-2]):
        if word.lower() in titles and words[place + 1] == "of" and words[place + 2].lower() in fields:
            return " ".join([*words[: place + 1], *words[place + 3 :]])
    return between


def _serves(found: Found, following: Found, between: str) -> bool:
    """Whether a leader belongs to the name before: he serves that actor, or a title stands between ("OAU Chairman Moi";
    "Canadian Foreign Minister Clark" is Canada's even where the tables know another Clark)."""
    if found.actor is None or following.actor is None:
        return found.actor is not None and any(agent_kind(word) for word in between.split())
    return found.actor.id == following.actor.id or any(agent_kind(word) for word in between.split())


def _title_like(word: str) -> bool:
    return bool(agent_kind(word)) or word[:1].isupper() or word in word_list("force")


def represents(found: Found, following: Found, text: str) -> bool:
    """Whether a body's name only says where a state's diplomat is posted: "Turkey's UN representative"."""
    if following.words is not found.words or following.actor is None or following.actor.kind != "body":
        return False
    if text[found.end : following.start] not in ("'s ", "’s ", "' ", " "):
        return False
    words, place = following.words, following.words.at(following.end - 1) + 1
    owns = text[found.end : following.start] != " " or found.basis.startswith("adjective")
    return owns and agent_kind(words.lower(place)) == "diplomat"


def absorb(found: Found, following: Found, text: str) -> None:
    """Widens a name over the agent or person that follows it; that mention is dropped."""
    if found.basis.startswith("leader"):
        found.agent = text[found.start : following.end]
    else:
        found.agent = text[found.end : following.end].removeprefix("'s").removeprefix("’s").strip(" '’")
    found.agent_kind = following.agent_kind
    found.end = following.end
    following.dropped = True


def look_before(found: Found, floor: int = 0) -> None:
    """Notes what stands before a person's name: a title ("King Hussein"), given names ("Sekou Touré").

    Names that begin before ``floor``, the end of the name before, are given ones only when nothing stands between.
    """
    words = found.words
    place = words.at(found.start) - 1
    if place >= 0 and words.tokens[place].start < floor:
        floor = 0  # "Kemal Atatürk"
    given: list[str] = []
    while len(given) < 3 and place >= 0 and words.tokens[place].start >= floor:
        if not (_given_name(words, place) and _joined(words, place)):
            break
        given.insert(0, words.tokens[place].text)
        place -= 1
    found.given = tuple(given)
    found.titled = place >= 0 and (
        bool(agent_kind(words.tokens[place].text)) or words.tokens[place].text in word_list("titles")
    )


def _joined(words: Words, place: int) -> bool:
    """Whether only white space stands between a word and the next."""
    return words.tokens[place + 1].start - words.tokens[place].end <= 2


def _given_name(words: Words, place: int) -> bool:
    token = words.tokens[place]
    if (
        not token.text[:1].isupper()
        or not token.text[:1].isalpha()
        or agent_kind(token.text)
        or token.text in word_list("titles")
    ):
        return False
    if token.text in name_index() or token.text in MONTHS:
        return False
    return token.pos == "PROPN" if words.parsed else place > 0


def attach_title(found: Found, previous: Found | None, text: str) -> None:
    """ "President Nasser", "Foreign Minister Aziz": the titles before a person's name join the mention."""
    words = found.words
    floor = previous.end if previous is not None and previous.words is words else words.sentence.start
    first = words.at(found.start)
    begin = first - len(found.given)
    while begin < first and words.tokens[begin].start < floor:
        begin += 1
    while begin > 0 and first - begin < 5 and words.tokens[begin - 1].start >= floor and _title_word(words, begin - 1):
        begin -= 1
    if begin < first:
        found.start = words.tokens[begin].start
        found.agent = text[found.start : found.end]


def _title_word(words: Words, place: int) -> bool:
    token = words.tokens[place]
    if token.text in word_list("titles") or token.text in word_list("openers"):
        return True
    return token.text[:1].isupper() and agent_kind(token.text) not in ("", "people", "group") and place < len(words.tokens)
