"""``find_places``: the cities, rivers, islands, straits, regions, battlefields and bases that a narrative names, with
coordinates and the state in which each lay on the day of its mention.

The tables of places (``reference.places``) hold the names; the longest one wins. A name inside a person's name or an actor
mention is none of a place ("President Washington", "Moscow rejected"); countries count where the words show a place ("landed
in Honduras"). Of several places of one name the one in a state of the narrative is taken, else the first of the tables.
Word lists: ``places.toml``.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from brinkline.actors.lexicon import PACKAGE
from brinkline.actors.nouns import MONTHS, agent_kind, persons, word_list
from brinkline.actors.timeline import DayLine
from brinkline.data import toml
from brinkline.model import Day, Mention, Narrative, ParsedSentence, Place, Sentence, When
from brinkline.reference.places import PlaceRecord, place_names
from brinkline.reference.places import find_places as places_named
from brinkline.sentences import split_sentences

_SILENT = ("references", "updated")
_WORD = re.compile(r"[^\W\d_]+")
_LAST_WORDS = re.compile(r"[\w.'’-]+\Z")
_NEXT_WORD = re.compile(r" ([A-Za-zÀ-ÿ][\w'’-]*)")
#: The other half of a compound, after which the noun of both stands: "the Iran/Iraq War".
_OTHER_HALF = re.compile(r"[/–-][A-Z][\w'’]+")
#: Pointers to other cases: the places in them are parts of their titles.
_OTHER_CASE = re.compile(r"[Ss]ee (?:also )?Cases? #[^)\]]*")
#: Kinds of places that are also states: only grammar tells the place.
_ACTING = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    name: str


def find_places(
    narrative: Narrative,
    parsed: Sequence[ParsedSentence],
    mentions: Sequence[Mention],
    dates: Sequence[When],
) -> tuple[Place, ...]:
    """The places of a narrative in the order of the text; ranges do not overlap, ``state`` is a key of the table of states.

    ``mentions`` are those of ``find_actors`` or ``find_names``; an empty ``parsed`` is split into sentences here. Sections
    with references give no places.
    """
    sentences = [item.sentence for item in parsed] or list(split_sentences(narrative))
    line, text = DayLine(dates), narrative.text
    covered = _Covered(mentions)
    home = Counter(item.actor.id.removeprefix("state:") for item in mentions if item.actor and item.actor.kind == "state")
    skipped = [match.span() for match in _OTHER_CASE.finditer(text)]
    found: list[Place] = []
    for sentence in sentences:
        if sentence.section not in _SILENT:
            for hit in _scan(text, sentence.start, sentence.end):
                if any(start <= hit.start < end for start, end in skipped):
                    continue
                place = _place(text, sentence, hit, covered, home, line)
                if place is not None:
                    found.append(place)
    return tuple(found)


class _Covered:
    """The ranges of actor mentions, for asking what covers a position."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = sorted(mentions, key=lambda item: item.start)
        self._starts = [item.start for item in self._mentions]

    def over(self, start: int, end: int) -> Mention | None:
        """The mention that shares a character with a range, None when there is none."""
        place = bisect_right(self._starts, end - 1) - 1
        item = self._mentions[place] if place >= 0 else None
        return item if item is not None and item.end > start else None

    def begins(self, position: int) -> bool:
        """Whether a mention begins there."""
        place = bisect_right(self._starts, position) - 1
        return place >= 0 and self._starts[place] == position


@functools.cache
def _words(table: str) -> frozenset[str]:
    return frozenset(toml(PACKAGE, "places.toml")[table]["words"].split())


@functools.cache
def _names_by_first_word() -> Mapping[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name in place_names():
        first = _WORD.search(name)
        if first is not None and first.start() == 0:
            names[first[0]].append(name)
    return dict(names)


@functools.cache
def _pattern(word: str) -> re.Pattern[str]:
    """All names that begin with a word, the longest first; made when the word is first met, since most never are."""
    ordered = sorted(_names_by_first_word()[word], key=len, reverse=True)
    body = "|".join(re.escape(name).replace("'", "['’‘]").replace(r"\ ", r"[ \n]") for name in ordered)
    return re.compile(rf"(?:{body})(?![\w]|-[a-z])")


def _scan(text: str, start: int, end: int) -> Iterator[_Hit]:
    names = _names_by_first_word()
    position = start
    for word in _WORD.finditer(text, start, end):
        if word[0] not in names or word.start() < position:
            continue
        match = _pattern(word[0]).match(text, word.start(), end)
        if match is not None:
            position = match.end()
            name = match[0] if match[0].isalpha() else " ".join(match[0].replace("’", "'").replace("‘", "'").split())
            yield _Hit(match.start(), match.end(), name)


def _place(text: str, sentence: Sentence, hit: _Hit, covered: _Covered, home: Mapping[str, int], line: DayLine) -> Place | None:
    if hit.name in MONTHS or not hit.name[:1].isupper():
        return None
    records = places_named(hit.name)
    if not records:
        return None
    before, lead = _words_before(text, sentence, hit.start)
    mention = covered.over(hit.start, hit.end)
    country = any(record.kind in _ACTING for record in records)
    located = _located(before, country)
    if mention is not None and not (country and mention.text == text[hit.start : hit.end] and located):
        return None
    if (country and not located) or _part_of_another_name(text, sentence, hit, lead, covered):
        return None
    if all(record.common_word for record in records) and not (located and _proves(before, records[0].kind == "capital")):
        return None
    day = line.day(sentence, hit.start)
    record = _choose(records, country, day, home)
    end = _with_kind(text, hit, record)
    return Place(
        hit.start,
        end,
        text[hit.start : end],
        record.name,
        record.kind,
        record.latitude,
        record.longitude,
        record.state_on(day) if day is not None else record.state,
    )


def _words_before(text: str, sentence: Sentence, position: int) -> tuple[list[str], str]:
    """The last words before a position in its sentence, the nearest first, cut at a mark; and the word right before it."""
    window = text[max(sentence.start, position - 60) : position]
    found: list[str] = []
    rest = window
    while len(found) < 5:
        stripped = rest.rstrip(" \n")
        match = _LAST_WORDS.search(stripped)
        if match is None:
            break
        found.append(match[0])
        rest = stripped[: match.start()]
    lead = found[0] if found and window.endswith(" ") else ""
    return found, lead


def _located(before: Sequence[str], country: bool) -> bool:
    """Whether a preposition, a verb of moving or "the city of" stands before a name: the words show a place.

    Countries are actors after most prepositions ("a threat to Honduras"): they need one of place, or of moving.
    """
    words = _without_fillers(before)
    if not words:
        return False
    if words[0] == "of":
        noun = next((word for word in words[1:] if word not in _words("fillers") - _words("nouns")), "")
        return noun in _words("nouns")
    if not country:
        return words[0] in _words("in")
    return words[0] in _words("country") or _moved(words)


def _moved(words: Sequence[str]) -> bool:
    """ "flew to", "withdrew its forces from", "an attack on"."""
    return words[0] in ("to", "from", "on") and bool(_words("moved").intersection(words[1:5]))


def _without_fillers(before: Sequence[str]) -> list[str]:
    words = [word.lower() for word in before]
    while words and words[0] in _words("fillers"):
        words = words[1:]
    return words


def _proves(before: Sequence[str], capital: bool) -> bool:
    """Whether the words before show a place even for a name that is an ordinary word; any that locate do for a capital."""
    words = _without_fillers(before)
    if capital or before[0].lower() == "the":  # "from the Canal Zone"
        return True
    return words[0] in _words("strong") or words[0] == "of" or _moved(words)


def _part_of_another_name(text: str, sentence: Sentence, hit: _Hit, lead: str, covered: _Covered) -> bool:
    """Whether a name belongs to a person or a thing: "President Washington", "Victoria Nuland", "the Treaty of Riga"."""
    half = _OTHER_HALF.match(text, hit.end, sentence.end)
    following = _NEXT_WORD.match(text, half.end() if half else hit.end, sentence.end)
    after = following[1] if following else ""
    if after in _words("things") or (text[hit.end : hit.end + 1] == "." and len(hit.name) < 3):
        return True
    if lead.lower() == "of" or (lead == "the" and " of the " in text[hit.start - 8 : hit.start]):
        head = text[max(sentence.start, hit.start - 30) : hit.start].split()
        noun = next((word for word in reversed(head) if word.lower() not in ("of", "the")), "")
        if noun in _words("of_things"):
            return True
    if lead[:1].isupper() and lead not in _words("openers"):
        title = agent_kind(lead) in ("leader", "diplomat", "military", "government") and lead.lower() in persons()
        name = not covered.over(hit.start - len(lead) - 1, hit.start) and not lead.endswith((",", "."))
        if title or lead in word_list("titles") or (name and lead not in MONTHS):
            return True
    if half or not after[:1].isupper() or after in _words("kinds") or after in MONTHS:
        return False
    at = hit.end + 1
    return not covered.begins(at) and after not in place_names() and not _common_opener(after)


def _common_opener(word: str) -> bool:
    return word in _words("openers") or bool(agent_kind(word))


def _choose(records: Sequence[PlaceRecord], country: bool, day: Day | None, home: Mapping[str, int]) -> PlaceRecord:
    """The place meant: a country where there is one, else the one in a state of the narrative, else the first."""
    if country:
        return next(record for record in records if record.kind in _ACTING)
    if len(records) == 1:
        return records[0]
    at_home = [record for record in records if home.get(record.state_on(day) if day is not None else record.state, 0)]
    return at_home[0] if at_home else records[0]


def _with_kind(text: str, hit: _Hit, record: PlaceRecord) -> int:
    """The end of the mention with the word for its kind: "Amur River"."""
    following = _NEXT_WORD.match(text, hit.end)
    return following.end() if following and following[1] in _words("kinds") else hit.end
