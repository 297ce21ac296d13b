"""Works to cite as BibTeX, CSL-JSON, RIS or plain text; ``cite`` gives any of them.

BibTeX (with the types of biblatex) escapes what TeX would run; what stands in braces keeps its capitals. CSL-JSON follows the
schema 1.0.2 of the Citation Style Language, RIS the tags that reference managers agree on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from brinkline.errors import UsageError
from brinkline.exchange.release.works import Work
from brinkline.model import Day
from brinkline.plain import one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: "\\" + char for char in "&%$#_"},
}
_TEX_SPECIAL = re.compile("[" + re.escape("".join(_TEX)) + "]")
_YEARS = re.compile(r"(\d{4})(?:[-–/](\d{4}|\d{2}))?")
_BIBTEX_TYPE = {"dataset": "dataset", "software": "software", "narrative": "misc", "source": "misc"}
_CSL_TYPE = {"dataset": "dataset", "software": "software", "narrative": "document", "source": "document"}
_RIS_TYPE = {"dataset": "DATA", "software": "COMP", "narrative": "GEN", "source": "GEN"}
_GENRE = {"dataset": "Data set", "software": "Computer software", "narrative": "Crisis narrative", "source": ""}


def cite(works: Iterable[Work], form: str = "text") -> str:
    """Works in one of the forms "text", "bibtex", "csl" and "ris", with a line end behind; UsageError BL120 for another."""
    if form not in FORMS:
        raise UsageError("BL120", f"unknown form of citations {form!r}", remedy="forms: " + ", ".join(FORMS))
    return FORMS[form](list(works))


def bibtex(works: Iterable[Work]) -> str:
    """The works as BibTeX entries."""
    return "\n".join(_entry(work) for work in works)


def _entry(work: Work) -> str:
    day = work.day
    found = {
        "author": " and ".join(_tex_name(item.family, item.given, item.name) for item in work.creators),
        "title": _tex(work.title) and "{" + _tex(work.title) + "}",
        "year": ", ".join(_tex(year).replace("-", "--") for year in work.years),
        "publisher": _tex(work.publisher),
        "version": _tex(work.version),
        "howpublished": _GENRE[work.kind],
        "pages": re.sub(r"(?<=\d)\s*[-–]\s*(?=\d)", "--", _tex(work.pages)),
        "doi": work.doi,
        "url": work.url,
        "note": _tex(work.note),
        "keywords": ", ".join(_tex(item) for item in work.cited),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in found.items() if value]
    if day:
        lines.append(f"  month = {_MONTHS[day.month - 1]},")
        lines.append(f"  date = {{{day.iso()}}},")
    return "\n".join([f"@{_BIBTEX_TYPE[work.kind]}{{{work.key},", *lines, "}", ""])


def _tex(text: str) -> str:
    """The text on one line, with every character that TeX would run written out."""
    return _TEX_SPECIAL.sub(lambda match: _TEX[match[0]], one_line(text))


def _tex_name(family: str, given: str, name: str) -> str:
    """A person by parts; a body in braces, so that it is not taken apart at "and" or a comma."""
    if name:
        return "{" + _tex(name) + "}"
    parts = [f"{{{_tex(part)}}}" if re.search(r",| and ", part) else _tex(part) for part in (family, given) if part]
    return ", ".join(parts)


def csl(works: Iterable[Work]) -> str:
    """The works as a list of CSL-JSON items."""
    return json.dumps([csl_item(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def csl_item(work: Work) -> dict[str, Any]:
    """One work as a CSL-JSON item."""
    authors = [
        {"literal": one_line(item.name)} if item.name else _filled({"family": item.family, "given": item.given})
        for item in work.creators
    ]
    return _filled(
        {
            "id": work.key,
            "type": _CSL_TYPE[work.kind],
            "title": one_line(work.title),
            "author": authors,
            "issued": _issued(work.years, work.day),
            "version": one_line(work.version),
            "publisher": one_line(work.publisher),
            "genre": _GENRE[work.kind],
            "page": re.sub(r"^pp?\.?\s*", "", one_line(work.pages)),
            "DOI": work.doi,
            "URL": work.url,
            "note": one_line(work.note),
            "keyword": ", ".join(one_line(item) for item in work.cited),
        }
    )


def _issued(years: tuple[str, ...], day: Day | None) -> dict[str, Any]:
    """The date of issue: parts where it is a day, a year or a span of years; the words as printed otherwise."""
    if day:
        return {"date-parts": [list(day)]}
    found = _YEARS.fullmatch(years[0]) if len(years) == 1 else None
    if found is None:
        return {"literal": ", ".join(one_line(year) for year in years)} if years else {}
    first, last = found[1], found[2]
    parts = [[int(first)]]
    if last:
        parts.append([int(first[: 4 - len(last)] + last)])
    return {"date-parts": parts}


def ris(works: Iterable[Work]) -> str:
    """The works as RIS records."""
    return "\n".join(_record(work) for work in works)


def _record(work: Work) -> str:
    day = work.day
    span = _YEARS.fullmatch(work.years[0]) if work.years else None
    pairs = [
        ("TY", _RIS_TYPE[work.kind]),
        ("ID", work.key),
        *(("AU", item.inverted) for item in work.creators),
        ("TI", work.title),
        ("PY", span[1] if span else ""),
        ("DA", f"{day.year:04d}/{day.month:02d}/{day.day:02d}" if day else ""),
        ("ET", work.version),
        ("PB", work.publisher),
        ("M3", _GENRE[work.kind]),
        ("SP", work.pages),
        ("DO", work.doi),
        ("UR", work.url),
        (
            "N1",
            f"years as printed: {', '.join(work.years)}" if work.years and (len(work.years) > 1 or not span or span[2]) else "",
        ),
        ("N1", work.note),
        *(("KW", item) for item in work.cited),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in pairs if value]
    return "\n".join([*lines, "ER  - ", ""])


def text(works: Iterable[Work]) -> str:
    """The works as lines of plain text, one for each."""
    return "".join(plain(work) + "\n" for work in works)


def plain(work: Work) -> str:
    """One work as a line of plain text: creators (year). Title (version) [kind]. Publisher. Address. Note."""
    year = ", ".join(work.years) or "no date"
    names = _listed([one_line(item.inverted) for item in work.creators])
    version = f" (Version {one_line(work.version)})" if work.version else ""
    kind = f" [{_GENRE[work.kind]}]" if _GENRE[work.kind] else ""
    title = f"{one_line(work.title)}{version}{kind}"
    head = f"{names} ({year})" if names else ""
    parts = [head, title if head else f"{title} ({year})"] if title else [head or f"({year})"]
    parts += [work.publisher, work.pages, f"https://doi.org/{work.doi}" if work.doi else work.url, work.note]
    return " ".join(_stopped(one_line(part)) for part in parts if part)


def _listed(names: list[str]) -> str:
    return " & ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _stopped(part: str) -> str:
    """The part with a full stop behind, unless it ends in one or is an address."""
    return part if part.endswith((".", "!", "?")) or part.startswith(("http://", "https://")) else part + "."


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in record.items() if value}


FORMS: Mapping[str, Callable[[Iterable[Work]], str]] = {"text": text, "bibtex": bibtex, "csl": csl, "ris": ris}
