"""What coders left different, and settling it: one row per difference, names hidden until it is settled.

A settled difference is a decision "adjudicate" on a claim of the unit. It stays settled whatever coders decide later, so that
looking again shows only what is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from brinkline.decision import Decision, StoredClaim
from brinkline.errors import NotFound, UsageError
from brinkline.model import content_id
from brinkline.review.agreement import label_of
from brinkline.review.answers import Answer, CodedUnit, Place, work_of
from brinkline.review.work import check_id, scheme
from brinkline.store.claims import add_claim, claims_by_id
from brinkline.store.decisions import decide, decisions_of
from brinkline.store.people import list_people

#: How the note of an adjudication begins that takes a value out (see ``store.settled``).
OUT = "reject"


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder says in a difference. ``name`` is "coder 1" until it is settled; ``claim`` says the value, None when the
    coder takes it out; ``number`` is the choice that stands for it (1 to 9)."""

    person: str
    name: str
    answer: Answer
    claim: StoredClaim | None
    number: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that coders answered differently. ``id`` is made from the unit; ``columns`` has a place for every coder of the
    narrative, None for one who decided nothing here. ``settled`` is the decision that settled it, ``outcome`` the value that
    stands since ("" when none does)."""

    id: str
    unit: CodedUnit
    place: Place
    label: str
    columns: tuple[Side | None, ...]
    settled: Decision | None
    outcome: str
    by: str

    @property
    def choices(self) -> tuple[Side, ...]:
        """Each different answer once, by its number."""
        first: dict[int, Side] = {}
        for side in self.columns:
            if side is not None:
                first.setdefault(side.number, side)
        return tuple(first[number] for number in sorted(first))


def differences(conn: Connection, narrative_id: str | None = None, *, settled: bool = False) -> tuple[Difference, ...]:
    """What coders left different in the present texts, in the order of narratives; with ``settled`` what was settled instead.

    Narratives that are coded blind come in when all of their coders have finished.
    """
    work = work_of(conn, narrative_id)
    places = {place.id: place for place in work.places}
    chosen = [item for item in work.units if item.differs and (item.settled is not None) == settled]
    names = {person.id: person.name for person in list_people(conn, all_of_them=True)}
    coders = _coders(work.units)
    wanted = [answer.stands for item in chosen for answer in item.answers.values() if answer.stands]
    wanted += [item.settled.replacement or item.settled.claim for item in chosen if item.settled is not None]
    claims = claims_by_id(conn, wanted)
    return tuple(_difference(item, places, coders[item.unit.narrative], claims, names) for item in chosen)


def _coders(units: Iterable[CodedUnit]) -> dict[str, list[str]]:
    """The coders of each narrative, in an order that tells nothing of who they are."""
    people: dict[str, set[str]] = {}
    for item in units:
        people.setdefault(item.unit.narrative, set()).update(item.answers)
    return {name: sorted(found, key=lambda person: content_id("side", (name, person))) for name, found in people.items()}


def _difference(
    item: CodedUnit,
    places: Mapping[str, Place],
    coders: Sequence[str],
    claims: Mapping[str, StoredClaim],
    names: Mapping[str, str],
) -> Difference:
    numbers: dict[str, int] = {}
    columns: list[Side | None] = []
    for number, person in enumerate(coders, 1):
        answer = item.answers.get(person)
        if answer is None:
            columns.append(None)
            continue
        choice = numbers.setdefault(answer.value, len(numbers) + 1)
        name = names.get(person, person) if item.settled is not None else f"coder {number}"
        columns.append(Side(person, name, answer, claims[answer.stands] if answer.stands else None, choice))
    row = item.settled
    stands = None if row is None or _takes_out(row) else claims[row.replacement or row.claim]
    outcome = stands.label or str(stands.value if stands.value is not None else "") if stands is not None else ""
    by = names.get(row.person, row.person) if row is not None else ""
    return Difference(unit_id(item), item, places[item.unit.narrative], label_of(item), tuple(columns), row, outcome, by)


def _takes_out(row: Decision) -> bool:
    return row.replacement is None and row.note.startswith(OUT)


def unit_id(item: CodedUnit) -> str:
    """A name of a unit for forms and files: the same as long as its text stands."""
    unit = item.unit
    return content_id("unit", (unit.revision, unit.kind, unit.subject, unit.field, unit.base))


def find_difference(conn: Connection, narrative_id: str, ref: str) -> Difference:
    """The difference of an id, settled or not; NotFound BL559 when there is none."""
    for settled in (False, True):
        for item in differences(conn, narrative_id, settled=settled):
            if item.id == ref:
                return item
    raise NotFound("BL559", "there is no such difference", remedy="load the page again; the coders may agree by now")


def settle(
    conn: Connection,
    row_id: str,
    difference: Difference,
    person: str,
    at: str,
    *,
    choice: int | None = None,
    made: StoredClaim | None = None,
    note: str = "",
) -> bool:
    """Settle a difference by the number of a choice, or by a claim ``made`` for it; False when the id is stored already.

    UsageError BL165 for an id that is none, BL166 for a choice that is not there.
    """
    check_id(row_id)
    side = next((item for item in difference.choices if item.number == choice), None)
    if side is None and made is None:
        raise UsageError("BL166", f"there is no answer {choice} here", remedy="choose one of the answers, or give a value")
    if made is not None:
        add_claim(conn, made)
    base = _base(difference)
    stands = made or (side.claim if side is not None else None)
    replacement = stands.id if stands is not None and stands.id != base else None
    return decide(conn, Decision(row_id, base, person, at, "adjudicate", scheme(), replacement, None, _note(note, stands)))


def _base(difference: Difference) -> str:
    """The claim that the adjudication is on: one that coders decided on, the same whoever settles."""
    unit = difference.unit
    return unit.unit.base or min((answer.own, answer.claim) for answer in unit.answers.values())[1]


def _note(note: str, stands: StoredClaim | None) -> str:
    """The note, which begins with "reject" only when no value stands."""
    words = " ".join(note.split())
    if stands is None:
        return f"{OUT}: {words}" if words else OUT
    return f"settled: {words}" if words.startswith(OUT) else words


def reopen(conn: Connection, row_id: str, difference: Difference, person: str, at: str) -> bool:
    """Take the adjudication of a difference back; False when it is not settled, or the id is stored already."""
    check_id(row_id)
    if difference.settled is None:
        return False
    row = difference.settled
    return decide(conn, Decision(row_id, row.claim, person, at, "withdraw", scheme(), None, row.id))


def settled_rows(conn: Connection, difference: Difference) -> tuple[Decision, ...]:
    """The adjudications of a difference in the order they came, those taken back too."""
    claims = {answer.claim for answer in difference.unit.answers.values()}
    return tuple(row for row in decisions_of(conn, claims=sorted(claims)) if row.verdict == "adjudicate")
