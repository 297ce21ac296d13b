"""Checks that a coding should pass (ICB coding guide, section 4). Each break of a rule is a warning, never an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brinkline.model import Claim, CrisisActor, Notice, Value
from brinkline.variables.days import rough_day

_POWERS = {"usinv": 2, "suinv": 365}


def check_rows(rows: Sequence[CrisisActor], crisis: Sequence[Claim]) -> tuple[Notice, ...]:
    """The warnings about actor rows and the crisis:

    BL351 cenvio and sevvio disagree on whether violence was used; BL352 crismg disagrees with cenvio; BL353 a power is coded
    as itself on another state's row, or not on its own; BL354 organ and action of a body disagree; BL355 trigger, response
    and termination are out of order; BL356 viol is below sevvio; BL357 an actor is its own triggering entity; BL358 the
    crisis does not begin with the earliest trigger or end with the latest termination.
    """
    found = [notice for row in rows for notice in _check_row(row)]
    return (*found, *_check_crisis(rows, {claim.field: claim.value for claim in crisis}))


def _check_row(row: CrisisActor) -> Iterator[Notice]:
    values = {claim.field: claim.value for claim in row.claims}

    def wrong(code: str, message: str) -> Notice:
        return Notice(code, f"{row.name}: {message}")

    if _both(values, "cenvio", "sevvio") and (values["cenvio"] == 1) != (values["sevvio"] == 1):
        yield wrong("BL351", "cenvio and sevvio disagree on whether violence was used")
    if _both(values, "cenvio", "crismg") and (values["cenvio"] == 1) == (values["crismg"] in (7, 8)):
        yield wrong("BL352", "crismg does not go with cenvio")
    for field, number in _POWERS.items():
        if values.get(field) is not None and (values[field] == 9) != (row.cow == number):
            yield wrong("BL353", f"{field} is 9 on the row of that power and nowhere else")
    for organ, action, none in (("globorg", "globact", (1, 2)), ("regorg", "regact", (0, 1))):
        one, other = values.get(organ), values.get(action)
        if (one in none or other in none) and one != other:
            yield wrong("BL354", f"{organ} and {action} disagree on whether the body was active")
    if _out_of_order(values):
        yield wrong("BL355", "trigger, response and termination are not in this order")
    if _below(values.get("viol"), values.get("sevvio")):
        yield wrong("BL356", "viol is below sevvio")
    if values.get("trigent") == row.cow:
        yield wrong("BL357", "the state is its own triggering entity")


def _check_crisis(rows: Sequence[CrisisActor], crisis: Mapping[str, Value]) -> Iterator[Notice]:
    for field, choose, message in (
        ("trigger_date", min, "the crisis does not begin with the earliest trigger of an actor"),
        ("termination_date", max, "the crisis does not end with the latest termination of an actor"),
    ):
        days = [rough_day(claim.value) for row in rows if (claim := row.claim(field)) and isinstance(claim.value, str)]
        value = crisis.get(field)
        if days and isinstance(value, str) and rough_day(value) != choose(days):
            yield Notice("BL358", message)


def _both(values: Mapping[str, Value], one: str, other: str) -> bool:
    return values.get(one) is not None and values.get(other) is not None


def _out_of_order(values: Mapping[str, Value]) -> bool:
    dates = [values.get(field) for field in ("trigger_date", "response_date", "termination_date")]
    days = [rough_day(date) for date in dates if isinstance(date, str)]
    return days != sorted(days)


def _below(one: Value, other: Value) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one < other
