"""``Work``: one thing to cite (a release, the program, a narrative, a source of a narrative), whatever it is written as.

Nothing is invented: what a narrative does not say of its sources (most give no title) stays empty, and ``note`` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from brinkline import data
from brinkline.exchange.release.details import Creator, ReleaseDetails
from brinkline.model import Day, Narrative, Reference
from brinkline.plain import day_text, one_line
from brinkline.version import __version__

Kind = Literal["dataset", "software", "narrative", "source"]
_LONGEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Work:
    """One thing to cite. ``years`` are as printed ("1972", "1955-57"); ``note`` says what is not known; ``cited`` names the
    narratives that cite a source."""

    key: str
    kind: Kind
    title: str
    creators: tuple[Creator, ...]
    years: tuple[str, ...] = ()
    day: Day | None = None
    version: str = ""
    publisher: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""
    cited: tuple[str, ...] = ()


def data_work(details: ReleaseDetails) -> Work:
    """The release as a data set."""
    return Work(
        key=_key(details.creators[0].family or details.creators[0].name, (str(details.day.year),), "data"),
        kind="dataset",
        title=one_line(details.title),
        creators=details.creators,
        years=(str(details.day.year),),
        day=details.day,
        version=details.name,
        publisher=one_line(details.publisher),
        doi=details.doi,
        url=details.homepage,
    )


def software_work(program: str = "") -> Work:
    """The program; ``program`` as a run names it ("brinkline 0.1.0"), the present one when it is left out."""
    known = data.toml("brinkline.exchange.release", "software.toml")
    version = one_line(program).rpartition(" ")[2] or __version__
    return Work(
        key=_slug(f"{known['name']}-{version}"),
        kind="software",
        title=known["title"],
        creators=(Creator(name=known["authors"]),),
        years=(str(known["year"]),),
        version=version,
    )


def narrative_work(narrative: Narrative, collection: str = "") -> Work:
    """One narrative, in exactly the wording of its hash. Author and year of a narrative are not given in its text."""
    updated = narrative.last_updated
    number = "" if narrative.number is None else f"Case {narrative.number}"
    parts = [
        number,
        f"last updated {day_text(updated)}" if updated else "",
        f"SHA-256 {narrative.digest}",
        "author and year are not given in the text",
    ]
    return Work(
        key=f"narrative-{narrative.digest[:12]}" if narrative.number is None else f"narrative-{narrative.number}",
        kind="narrative",
        title=one_line(narrative.title) or one_line(narrative.source) or "Untitled narrative",
        creators=(),
        publisher=one_line(collection),
        note=_sentence(parts),
    )


def source_works(cited: Iterable[tuple[str, Iterable[Reference]]]) -> tuple[Work, ...]:
    """The works that narratives cite, each once, sorted by key; each pair is what a narrative is ``called`` and its references.

    ``cited`` of a work has the narratives that cite it.
    """
    found: dict[tuple[object, ...], Work] = {}
    for name, references in cited:
        for item in references:
            same = _same(item)
            work = found.get(same) or _source(item)
            found[same] = replace(work, cited=tuple(dict.fromkeys((*work.cited, name))))
    return tuple(_with_own_keys(sorted(found.values(), key=lambda work: (work.key, work.note))))


def _source(item: Reference) -> Work:
    author, words = one_line(item.author), one_line(item.text)
    unknown = [name for name, part in (("author", author), ("year", item.years)) if not part]
    told = f"not given there: {', '.join([*unknown, 'title'])}"
    more = one_line(item.note)
    return Work(
        key=_key(author, tuple(item.years), "source"),
        kind="source",
        title="",
        creators=(Creator(name=author),) if author else (),
        years=tuple(one_line(year) for year in item.years),
        pages=one_line(item.pages),
        note=_sentence([f"cited in the narrative as “{words}”", more if more not in words else "", told]),
    )


def _same(item: Reference) -> tuple[object, ...]:
    """What makes two citations one: author, years, pages and note; the words when none of these was read from them."""
    parts = (one_line(item.author).casefold(), item.years, one_line(item.pages), one_line(item.note).casefold())
    return parts if parts[0] else (*parts, one_line(item.text))


def called(narrative: Narrative) -> str:
    """What a narrative is called among the citations: "case 55", or "narrative" and the start of its hash."""
    return f"narrative {narrative.digest[:12]}" if narrative.number is None else f"case {narrative.number}"


def _with_own_keys(works: Iterable[Work]) -> Iterator[Work]:
    """The works, with -2, -3, ... behind a key that an earlier one has."""
    used: set[str] = set()
    for work in works:
        key, number = work.key, 1
        while key in used:
            number += 1
            key = f"{work.key}-{number}"
        used.add(key)
        yield replace(work, key=key)


def _key(author: str, years: tuple[str, ...], kind: str) -> str:
    """A citation key of ASCII letters, digits and hyphens: the author and the first year; "nd" when there is none."""
    year = _slug(years[0]) if years else ""
    name = _slug(author)[:_LONGEST_KEY].strip("-")
    return "-".join(part for part in (name or kind, year or "nd") if part)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


def _sentence(parts: Iterable[str]) -> str:
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
