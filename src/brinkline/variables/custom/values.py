"""Rules from other variables: tests of their values, and values worked out from them (days between dates, ...)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brinkline.calendar import days_between
from brinkline.model import Claim, Quote
from brinkline.reference.codebook_refs import is_date
from brinkline.reference.codebook_rules import Ref, Rule, Test, ValueTest
from brinkline.variables.custom.answer import MOST_QUOTES, Answer
from brinkline.variables.custom.scene import Subject
from brinkline.variables.days import is_exact, rough_day

#: The claims of one subject by field.
Claims = Mapping[str, Claim]


@dataclass(frozen=True, slots=True)
class Known:
    """What is coded so far: the claims of the codebook by subject, and the built-in ones."""

    own: Mapping[str, Claims]
    icb: Mapping[str, Claims]

    def claims(self, ref: Ref, subject: Subject) -> list[Claim]:
        """The claims a reference means: one, or one a row for ``actors.name``; claims without a value are left out."""
        tables = self.icb if ref.scope == "icb" else self.own
        keys = {"crisis": ["crisis"], "actors": [key for key in tables if key != "crisis"]}.get(ref.scope, [subject.key])
        found = [tables[key].get(ref.name) for key in keys if key in tables]
        return [claim for claim in found if claim is not None and claim.value is not None]


def answer_from_values(rule: Rule, test: ValueTest, subject: Subject, known: Known) -> Answer:
    """What the rule gives for the subject; without an answer when a test fails or a value it needs is not known."""
    used: list[Claim] = []
    for ref, one in test.tests:
        passed = _passing(one, known.claims(ref, subject))
        if passed is None:
            return Answer(why=f"{ref} is not as the rule asks")
        used += passed
    if rule.take == "value":
        return _inferred(rule.value, used)
    taken = [known.claims(ref, subject) for ref in test.of]
    missing = next((ref for ref, claims in zip(test.of, taken, strict=True) if not claims), None)
    if missing is not None and rule.take in ("copy", "days"):
        return Answer(why=f"{missing} is not known")
    claims = [claim for part in taken for claim in part]
    if not claims:
        return Answer(why=f"{test.of[0]} is not known")
    answer = _taken(rule, test, claims)
    return (
        answer
        if answer.value is None
        else _inferred(answer.value, [*used, *(claims if not answer.sources else _of(answer, claims))])
    )


def _of(answer: Answer, claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.id in answer.sources]


def _taken(rule: Rule, test: ValueTest, claims: Sequence[Claim]) -> Answer:
    """The value taken from the claims; ``sources`` tells which one it is when not all count."""
    match rule.take:
        case "copy":
            return _copied(test, claims)
        case "days":
            return _days(test, claims)
        case "count":
            return Answer(len(claims))
        case "sum":
            numbers = [claim.value for claim in claims if isinstance(claim.value, int)]
            return Answer(sum(numbers)) if len(numbers) == len(claims) else Answer(why="not all values are numbers")
    ordered = sorted(claims, key=lambda claim: _order(claim.value))
    if len({_order(claim.value)[0] for claim in claims}) > 1:
        return Answer(why="the values cannot be compared")
    best = ordered[-1] if rule.take == "max" else ordered[0]
    return Answer(best.value, sources=(best.id,))


def _copied(test: ValueTest, claims: Sequence[Claim]) -> Answer:
    values = dict.fromkeys(claim.value for claim in claims)
    if len(values) > 1:
        return Answer(why=f"the rows differ in {test.of[0]}")
    value = claims[0].value
    if not test.recode:
        return Answer(value)
    recoded = dict(test.recode)
    if str(value) not in recoded:
        return Answer(why=f"the map has no entry for {test.of[0]} = {value}")
    return Answer(recoded[str(value)])


def _days(test: ValueTest, claims: Sequence[Claim]) -> Answer:
    """The days from the first date to the second; only from dates that name a calendar day."""
    texts = [str(claim.value) for claim in claims]
    if len(texts) != 2 or not all(is_date(text) and is_exact(text) for text in texts):
        return Answer(why="the dates do not name calendar days")
    days = days_between(rough_day(texts[0]), rough_day(texts[1]))
    if days < 0:
        return Answer(why=f"{test.of[1]} comes before {test.of[0]}")
    return Answer(days + (1 if test.inclusive else 0))


def _inferred(value: int | str | None, claims: Sequence[Claim]) -> Answer:
    """A value drawn from claims: no surer than the least sure of them, with their words."""
    quotes: dict[Quote, None] = dict.fromkeys(item for claim in claims for item in claim.evidence)
    ranges = tuple((item.start, item.end) for item in quotes)[:MOST_QUOTES]
    sources = tuple(dict.fromkeys(claim.id for claim in claims))
    return Answer(value, "inferred", ranges, sources, min((claim.confidence for claim in claims), default=1.0))


def _passing(test: Test, claims: Sequence[Claim]) -> list[Claim] | None:
    """The claims that pass (for rows: some row's is enough), None when the test fails; "unknown" passes on none."""
    if test.op == "unknown":
        return None if claims else []
    passed = [claim for claim in claims if _passes(test, claim.value)]
    return passed or None


def _passes(test: Test, value: int | str | None) -> bool:
    text = str(value)
    match test.op:
        case "known":
            return True
        case "in":
            return text in test.operands
        case "not in":
            return text not in test.operands
    mine, other = _order(value), _order(test.operands[0])
    if mine[0] != other[0] or mine[0] == "text":
        return False
    return {"<": mine < other, "<=": mine <= other, ">": mine > other, ">=": mine >= other}[test.op]


def _order(value: int | str | None) -> tuple[str, tuple[float, ...], str]:
    """What a value is compared by: numbers as numbers, dates as days; anything else compares with nothing but itself."""
    text = str(value)
    if is_date(text):
        return "date", tuple(rough_day(text)), ""
    try:
        return "number", (float(text),), ""
    except ValueError:
        return "text", (), text
