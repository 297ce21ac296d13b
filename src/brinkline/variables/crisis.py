"""The crisis as a whole: ICB1 variables drawn from the rows of the actors (ICB codebooks, version 13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from brinkline import data
from brinkline.variables.days import days_counted, rough_day
from brinkline.variables.finding import Finding

Row = Mapping[str, Finding]

#: Gravest first when actors differ; "other" last (the numbers of gravty are no scale).
_GRAVITY = (6, 5, 4, 3, 2, 1, 0, 7)


def crisis_findings(rows: Sequence[Row]) -> Mapping[str, Finding]:
    """The findings of the crisis by ICB1 name; empty without an actor row."""
    if not rows:
        return {}
    first = min(rows, key=lambda row: _point(row["trigger_date"], late=True))
    last = max(rows, key=lambda row: _point(row["termination_date"], late=False))
    found = {
        "trigger_date": _as(first["trigger_date"], "earliest"),
        "break": _as(first["triggr"], "earliest"),
        "trigent": _as(first["trigent"], "earliest"),
        "termination_date": _as(last["termination_date"], "latest"),
        "brexit": days_counted(first["trigger_date"], last["termination_date"], "trigger_date", "termination_date"),
        "gravcr": _pick(rows, "gravty", lambda codes: min(codes, key=_GRAVITY.index)),
        "crismg": _pick(rows, "crismg", max),
        "cenviosy": _pick(rows, "cenvio", max),
        "sevviosy": _pick(rows, "sevvio", max),
        "viol": _pick(rows, "viol", max),
        "usinv": _power(rows, "usinv", 2),
        "suinv": _power(rows, "suinv", 365),
        "globorg": _mapped(rows[0]["globorg"], "globorg", "globorg"),
        "globactm": _mapped(rows[0]["globact"], "globactm", "globact"),
        "regorg": _mapped(rows[0]["regorg"], "regorg", "regorg"),
        "regactmb": _mapped(rows[0]["regact"], "regactmb", "regact"),
        "subout": _substance(rows),
        "forout": _form(rows),
        "cractr": _actors(rows),
        "noactr": rows[0]["noactr"],
        "geog": rows[0]["geog"],
        "period": _as(first["period"], "earliest"),
    }
    return {field: finding for field, finding in found.items() if finding is not None}


def _point(finding: Finding, *, late: bool) -> tuple[int, ...]:
    """The date as a tuple that orders; an unknown date comes after all others (``late``) or before them."""
    if isinstance(finding.value, str):
        return tuple(rough_day(finding.value))
    return (9999, 0, 0) if late else (0, 0, 0)


def _as(finding: Finding, rule: str) -> Finding:
    """The same value for the crisis, on the words that support it for the actor."""
    basis = finding.basis if finding.basis == "absent" else "inferred"
    return Finding(finding.value, basis, rule, finding.evidence, ("actor rows",), finding.note)


def _codes(rows: Iterable[Row], field: str) -> list[int]:
    return [row[field].value for row in rows if isinstance(row[field].value, int)]  # type: ignore[misc]


def _pick(rows: Sequence[Row], field: str, choose: Callable[[list[int]], int]) -> Finding:
    codes = _codes(rows, field)
    if not codes:
        return Finding(None, "absent", "none", note="no actor row has a value")
    code = choose(codes)
    evidence = next(row[field].evidence for row in rows if row[field].value == code)
    return Finding(code, "inferred", "actors", evidence, (field,))


def _mapped(finding: Finding, table: str, source: str) -> Finding:
    """The code of the crisis table for a code of the actor table."""
    codes = data.toml("brinkline.variables", "crisis.toml")[table]
    value = codes.get(str(finding.value))
    basis = "inferred" if finding.basis == "quoted" and not finding.evidence else finding.basis
    return Finding(value, basis, f"{source}-{finding.rule}", finding.evidence, (source,), finding.note)


def _power(rows: Sequence[Row], field: str, number: int) -> Finding:
    """The activity of a power: from the rows of the others; of a power alone in crisis, by whether it used force."""
    others = [row for row in rows if row["cracid"].value != number]
    if others:
        return _mapped(others[0][field], "power", field)
    return Finding(4 if rows[0]["cenvio"].value != 1 else 2, "inferred", "alone", (), ("cenvio",))


def _substance(rows: Sequence[Row]) -> Finding:
    outcomes = _codes(rows, "outcom")
    if not outcomes:
        return Finding(None, "absent", "none", note="no actor row has an outcome")
    definitive = all(outcome in (1, 4) for outcome in outcomes)
    return Finding(2 if definitive else 1, "inferred", "actors", (), ("outcom",))


def _form(rows: Sequence[Row]) -> Finding:
    """The form closest to common ground: the lowest code among the actors'."""
    codes = data.toml("brinkline.variables", "crisis.toml")["forout"]
    forms = [codes[str(code)] for code in _codes(rows, "outfor") if str(code) in codes]
    if not forms:
        return Finding(None, "absent", "none", note="no actor row has a form of outcome")
    return Finding(min(forms), "inferred", "actors", (), ("outfor",))


def _actors(rows: Sequence[Row]) -> Finding:
    number = len({row["cracid"].value for row in rows})
    return Finding(min(number, 7), "inferred", "count", (), ("cracid",))
