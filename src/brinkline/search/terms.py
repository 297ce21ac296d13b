"""Terms of a query: each field with what its values may be, and the values in canonical form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from brinkline.decision import State
from brinkline.model import Basis
from brinkline.reference.codebook import Variable
from brinkline.reference.event_scheme import PLOVER_ROOTS
from brinkline.search.actor_terms import actor_names, actors_named, name_key
from brinkline.search.day_terms import days_named, days_text
from brinkline.search.event_terms import LAYERS, MODES, STANCES, type_named, type_names
from brinkline.search.faults import fault, nearest
from brinkline.search.query import Query, Reach, Term, disjunction
from brinkline.search.scan import Piece
from brinkline.search.value_terms import ANY, OPEN, value_names, values_named, variables_named
from brinkline.search.vocabulary import Vocabulary

STATES: tuple[str, ...] = get_args(State)
BASES: tuple[str, ...] = get_args(Basis)
_DYAD = re.compile(r"(.+?)\s*(-|>|–)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that is no variable: what it speaks of, what it means, and an example of a value."""

    name: str
    reach: Reach
    help: str
    example: str


#: Every field but the variables of the codebook, in the order in which help lists them.
FIELDS: tuple[Field, ...] = (
    Field("stem", "sentence", "any form of a word", "stem:withdraw"),
    Field("actor", "sentence", "an actor named in the sentence: abbreviation, COW number or any name", 'actor:"Soviet Union"'),
    Field("who", "event", "who did it", "who:JPN"),
    Field("whom", "event", "to whom it was done", "whom:365"),
    Field("dyad", "event", "who and whom, JPN-RUS in either direction, JPN>RUS in one", "dyad:JPN-RUS"),
    Field("type", "event", "an event type, a node of the tree, or a PLOVER root in capitals", "type:attack"),
    Field("layer", "event", "think, say or do", "layer:say"),
    Field("mode", "event", "how real it is: done, ongoing, planned, threatened, demanded, ...", "mode:demanded"),
    Field("stance", "event", "cooperative, uncooperative, neutral, escalating or deescalating", "stance:escalating"),
    Field("plover", "event", "the PLOVER root, which depends on the mode", "plover:YIELD"),
    Field(
        "date", "date", "a day, month, year or span; beside a term of an event, the date of that event", "date:1937-06..1937-07"
    ),
    Field("case", "narrative", "number, key, or words of the title of a narrative; a range of numbers", "case:55"),
    Field("basis", "claim", "what a value rests on: quoted, inferred, absent, reference", "basis:absent"),
    Field("state", "claim", "what people decided: undecided, accepted, edited, rejected, ...", "state:undecided"),
    Field("coder", "claim", "who coded or decided: a person, or brinkline", "coder:brinkline"),
)
_BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "layer": LAYERS,
    "mode": MODES,
    "stance": STANCES,
    "basis": BASES,
    "state": STATES,
}


def term(text: str, name: Piece, values: Sequence[Piece], vocabulary: Vocabulary) -> Query:
    """The term of a field and its values. UsageError BL452 for an unknown field, BL454 to BL457 for an unknown value."""
    field = _BY_NAME.get(name.text.lower())
    if field is None:
        return _variable_term(text, name, values, vocabulary)
    found: dict[str, None] = {}
    for value in values:
        found.update(dict.fromkeys(_READERS.get(field.name, _choice)(text, field.name, value, vocabulary)))
    return Term(field.name, tuple(found), field.reach)


Reader = Callable[[str, str, Piece, Vocabulary], tuple[str, ...]]


def read_actor(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The canonical names of the actors a value means; UsageError BL454 when nobody bears the name."""
    found = actors_named(value.text) or vocabulary.names().get(name_key(value.text), ())
    if not found:
        known = (*actor_names(), *vocabulary.names())
        remedy = nearest(value.text, known) or "write a COW number, an abbreviation such as RUS, or a name"
        raise fault("BL454", f"no actor is named {value.text!r}", text, value.start, value.end, remedy)
    return found


def _dyad(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Both actors; a name may hold a hyphen itself, so every place for the sign is tried."""
    for match in re.finditer("[->–]", value.text):
        left, right = value.text[: match.start()].strip(), value.text[match.end() :].strip()
        known = [actors_named(side) or vocabulary.names().get(name_key(side), ()) for side in (left, right)]
        if all(known):
            sign = ">" if match[0] == ">" else "-"
            return tuple(f"{one}{sign}{other}" for one in known[0] for other in known[1])
    found = _DYAD.fullmatch(value.text)
    if found is None:
        raise fault("BL454", "a dyad has two actors", text, value.start, value.end, "write dyad:JPN-RUS, or dyad:JPN>RUS")
    for group in (1, 3):
        offset = value.start + found.start(group) + (value.end - value.start > len(value.text))
        read_actor(text, field, Piece("value", found[group], offset, offset + len(found[group])), vocabulary)
    raise fault("BL454", "not a dyad", text, value.start, value.end, "write dyad:JPN-RUS")


def read_type(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The canonical name of an event type or node; UsageError BL455 when there is none."""
    found = type_named(value.text)
    if found is None:
        remedy = nearest(value.text, type_names()) or "brinkline codebook and the page on events list the types"
        raise fault("BL455", f"no event type is named {value.text!r}", text, value.start, value.end, remedy)
    return (found[0],)


def _plover(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    if value.text.upper() not in PLOVER_ROOTS:
        remedy = nearest(value.text.upper(), PLOVER_ROOTS) or "one of: " + ", ".join(PLOVER_ROOTS)
        raise fault("BL455", f"PLOVER has no root {value.text!r}", text, value.start, value.end, remedy)
    return (value.text.upper(),)


def _choice(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    if value.text.lower() not in _CHOICES[field]:
        remedy = nearest(value.text, _CHOICES[field])
        raise fault("BL455", f"{field}: knows no {value.text!r}", text, value.start, value.end, remedy)
    return (value.text.lower(),)


def _date(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    days = days_named(value.text)
    if days is None:
        remedy = "write 1937, 1937-06, 1937-06-22, or a span: 1937-06..1937-07, ..1939, 1945.."
        raise fault("BL456", f"{value.text!r} is not a day or a span of days", text, value.start, value.end, remedy)
    return (days_text(days),)


def _coder(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    people = vocabulary.people()
    if people is None:
        return (value.text,)
    known = {name_key(name): name for name in ("brinkline", *people)}
    if name_key(value.text) not in known:
        remedy = nearest(value.text, known.values())
        raise fault("BL457", f"nobody named {value.text!r} codes here", text, value.start, value.end, remedy)
    return (known[name_key(value.text)],)


def _case(text: str, field: str, value: Piece, vocabulary: Vocabulary) -> tuple[str, ...]:
    if not value.text.strip():
        raise fault("BL453", "case: has no value here", text, value.start, value.end, "write case:55, or words of a title")
    return (" ".join(value.text.split()),)


_READERS: Mapping[str, Reader] = {
    "actor": read_actor,
    "who": read_actor,
    "whom": read_actor,
    "dyad": _dyad,
    "type": read_type,
    "plover": _plover,
    "date": _date,
    "coder": _coder,
    "case": _case,
}


def _variable_term(text: str, name: Piece, values: Sequence[Piece], vocabulary: Vocabulary) -> Query:
    """A term of a variable. Where the levels give a value different codes, each level gets a term of its own."""
    key = name.text.lower()
    variables = variables_named(vocabulary.book, key)
    if not variables:
        return _own_term(text, name, values, vocabulary)
    by_level = {item.level: _codes(text, item, values) for item in variables}
    for value in values:
        if not any(values_named(item, value.text) for item in variables):
            raise _unknown_value(text, key, variables, value)
    found = {level: codes for level, codes in by_level.items() if codes}
    if len(by_level) == 1 or (len(found) == len(by_level) and len(set(found.values())) == 1):
        return Term(key, next(iter(found.values())), "value")
    return disjunction([Term(f"{level}.{key}", codes, "value") for level, codes in found.items()])


def _codes(text: str, variable: Variable, values: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for value in values for code in values_named(variable, value.text)))


def _unknown_value(text: str, key: str, variables: Sequence[Variable], value: Piece) -> Exception:
    names = value_names(variables)
    remedy = nearest(value.text, names, all_up_to=20) or f"brinkline codebook {key.rpartition('.')[2]} lists its codes"
    return fault("BL457", f"{key} has no value {value.text!r}", text, value.start, value.end, remedy)


def _own_term(text: str, name: Piece, values: Sequence[Piece], vocabulary: Vocabulary) -> Query:
    """A term of a variable from a user's own codebook: its values are taken as written."""
    key = name.text.lower()
    own = vocabulary.fields()
    if key.rpartition(".")[2] not in own:
        known = (*_BY_NAME, *dict.fromkeys(item.name for item in vocabulary.book.variables), *own)
        remedy = nearest(key, known) or "fields: " + ", ".join(_BY_NAME) + ", and every variable of the codebook"
        raise fault("BL452", f"there is no field {name.text!r}", text, name.start, name.end, remedy)
    special = {ANY, OPEN}
    return Term(key, tuple(dict.fromkeys(v.text.lower() if v.text.lower() in special else v.text for v in values)), "value")
