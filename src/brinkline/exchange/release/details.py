"""``ReleaseDetails``: what people say of a release (who, what, under which licence), checked; all faults at once."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from brinkline import data
from brinkline.calendar import from_iso, is_day
from brinkline.errors import UsageError
from brinkline.model import Day
from brinkline.plain import one_line

_NAME = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._+-]{0,38}[0-9A-Za-z])?")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;.()\[\]\\-]+")  # as the schema of CITATION.cff has it
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_PLACE = "details of the release"


@dataclass(frozen=True, slots=True)
class Creator:
    """A person (``family`` and perhaps ``given``) or a body (``name``) that made the data."""

    family: str = ""
    given: str = ""
    name: str = ""
    orcid: str = ""

    @property
    def full(self) -> str:
        """The name in the order in which it is spoken."""
        return self.name or f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """The name with the family name first, as bibliographies sort it."""
        return self.name or ", ".join(part for part in (self.family, self.given) if part)


def read_creator(text: str) -> Creator:
    """The creator that a line of text names: "Family, Given" is a person, a line without comma a body; an ORCID may follow.

    UsageError BL491 for an empty line or an ORCID whose check digit is wrong.

    >>> read_creator("Lund, Ada (0000-0002-1825-0097)")
    Creator(family='Lund', given='Ada', name='', orcid='0000-0002-1825-0097')
    >>> read_creator("Crisis Data Group").full
    'Crisis Data Group'
    """
    orcid = _ORCID.search(text)
    name = one_line(text.replace(orcid[0], " ") if orcid else text).rstrip("()<>[]; ").strip()
    if not name:
        raise _faulty([f"no name of a creator in {one_line(text)!r}"])
    if orcid and not _orcid_fits(orcid[1]):
        raise _faulty([f"the check digit of ORCID {orcid[1]} is wrong"])
    number = orcid[1] if orcid else ""
    family, comma, given = (part.strip() for part in name.partition(","))
    return Creator(family, given, orcid=number) if comma and family else Creator(name=name.strip(", "), orcid=number)


@dataclass(frozen=True, slots=True)
class ReleaseDetails:
    """What people say of a release. ``day`` is the day it goes out; ``licence`` an SPDX id of ``licences.toml`` or "";
    ``collection`` names where the narratives come from; ``state`` is what the project needs to find the same codings again."""

    name: str
    title: str
    day: Day
    creators: tuple[Creator, ...]
    licence: str = ""
    licence_note: str = ""
    description: str = ""
    homepage: str = ""
    doi: str = ""
    publisher: str = ""
    contact: str = ""
    keywords: tuple[str, ...] = ()
    collection: str = ""
    state: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The details in plain JSON types, the form that ``details_from`` reads."""
        return asdict(self) | {
            "day": self.day.iso(),
            "creators": [{key: value for key, value in asdict(item).items() if value} for item in self.creators],
            "keywords": list(self.keywords),
            "state": dict(self.state),
        }


def details_from(record: Mapping[str, Any], *, place: str = _PLACE) -> ReleaseDetails:
    """The details that a record of JSON or TOML types holds; UsageError BL491 names all faults at once.

    ``creators`` may be records or lines of text (``read_creator``).
    """
    known = {item.name for item in fields(ReleaseDetails)}
    faults = [f"unknown entry {key}" for key in record if key not in known]
    texts = {key: record.get(key, "") for key in known - {"day", "creators", "keywords", "state"}}
    faults += [f"{key} is no text" for key, value in sorted(texts.items()) if not isinstance(value, str)]
    day = _day(record.get("day"))
    faults += [] if day else [f"day {record.get('day', '')!s} is no day such as 2026-11-24"]
    creators = tuple(_creators(record.get("creators", ()), faults))
    keywords, state = record.get("keywords", ()), record.get("state", {})
    if isinstance(keywords, str) or not all(isinstance(item, str) for item in keywords):
        faults.append("keywords is no list of texts")
    if not isinstance(state, Mapping):
        faults.append("state is no table")
    if faults:
        texts = {key: value if isinstance(value, str) else "" for key, value in texts.items()}
        keywords, state = (), {}
    pairs = tuple((str(key), str(value)) for key, value in state.items())
    details = ReleaseDetails(day=day or Day(1, 1, 1), creators=creators, keywords=tuple(keywords), state=pairs, **texts)
    faults += [fault for fault in _faults(details) if fault not in faults]
    if faults:
        raise _faulty(faults, place)
    return details


def checked(details: ReleaseDetails, *, place: str = _PLACE) -> ReleaseDetails:
    """The details as given; UsageError BL491 names everything that is wrong with them."""
    faults = list(_faults(details))
    if faults:
        raise _faulty(faults, place)
    return details


def _faults(details: ReleaseDetails) -> Iterator[str]:
    if not _NAME.fullmatch(details.name):
        yield f"name {one_line(details.name)!r} is not of letters, digits, dots and hyphens (1.0, 2026-11)"
    if not one_line(details.title):
        yield "the title is empty"
    if not details.creators:
        yield "no creator is named (Family, Given)"
    if any(not one_line(item.full) for item in details.creators):
        yield "a creator has no name"
    yield from (f"the check digit of ORCID {item.orcid} is wrong" for item in details.creators if not _orcid_ok(item.orcid))
    if not (1 <= details.day.year <= 9999 and is_day(*details.day)):
        yield f"{details.day.iso()} is no day of the calendar"
    if details.licence and details.licence not in licences():
        near = difflib.get_close_matches(details.licence.upper(), {key.upper(): key for key in licences()}, n=1, cutoff=0.5)
        hint = next((f"; did you mean {key}?" for key in licences() if near and key.upper() == near[0]), "")
        yield f"licence {one_line(details.licence)!r} is none of {', '.join(licences())}{hint} (licence_note takes any text)"
    if details.doi and not _DOI.fullmatch(details.doi):
        yield f"doi {one_line(details.doi)!r} does not look like 10.1234/abc"
    if details.homepage and not _URL.fullmatch(details.homepage):
        yield f"homepage {one_line(details.homepage)!r} is no address that begins with https://"


def _faulty(faults: Iterable[str], place: str = _PLACE) -> UsageError:
    return UsageError(
        "BL491", "the release cannot be described: " + "; ".join(faults), place=place, remedy="correct the entries named"
    )


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence that a release can name; ``gist`` says in one line what it asks."""

    id: str
    name: str
    url: str
    gist: str


@functools.cache
def licences() -> Mapping[str, Licence]:
    """The licences by SPDX id, as ``licences.toml`` lists them."""
    rows = data.toml("brinkline.exchange.release", "licences.toml")["licence"]
    return {row["id"]: Licence(**row) for row in rows}


def _creators(value: object, faults: list[str]) -> Iterator[Creator]:
    if not isinstance(value, list | tuple):
        faults.append("creators is no list")
        return
    for item in value:
        if isinstance(item, str):
            try:
                yield read_creator(item)
            except UsageError as error:
                faults.append(error.message.split(": ", 1)[-1])
        elif isinstance(item, Mapping) and {*item} <= {"family", "given", "name", "orcid"}:
            yield Creator(**{key: str(part) for key, part in item.items()})
        else:
            faults.append(f"creator {item!r} is neither a text nor a record of family, given, name and orcid")


def _day(value: object) -> Day | None:
    try:
        return from_iso(str(value))
    except ValueError:
        return None


def _orcid_ok(orcid: str) -> bool:
    return not orcid or bool((match := _ORCID.fullmatch(orcid)) and _orcid_fits(match[1]))


def _orcid_fits(orcid: str) -> bool:
    """Whether the last character is the check digit (ISO 7064 MOD 11-2) of the others."""
    total = 0
    for char in orcid[:-1].replace("-", ""):
        total = (total + int(char)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]
