"""The texts of a release for people: README.md, LICENCE.md and CHANGES.md, each after a template of the same name."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from jinja2 import Environment, FunctionLoader, StrictUndefined

from brinkline.exchange.formats import find_format
from brinkline.exchange.page import page_file
from brinkline.exchange.release.changes import Changes
from brinkline.exchange.release.codebooks import heading, markdown
from brinkline.exchange.release.described import DescribedTable
from brinkline.exchange.release.details import ReleaseDetails, licences
from brinkline.model import Run
from brinkline.plain import day_text


def readme(
    details: ReleaseDetails,
    abstract: str,
    citation: str,
    tables: Iterable[DescribedTable],
    formats: Iterable[str],
    runs: Mapping[Run, int],
) -> str:
    """README.md: what this is, how to cite it, what each file is, how to load and check it, and how it was made."""
    listed = list(tables)
    return _render(
        "release_readme.md.j2",
        details,
        abstract=abstract,
        citation=citation,
        tables=listed,
        formats=[find_format(name) for name in formats],
        runs=list(runs.items()),
        decisions=sum(table.rows for table in listed if table.name == "decisions"),
    )


def licence_note(details: ReleaseDetails) -> str:
    """LICENCE.md: the licence of the data, the words of the creators about it, and whose the narratives are."""
    return _render("release_licence.md.j2", details, licence=licences().get(details.licence))


def changes_text(details: ReleaseDetails, changes: Changes | None, tables: Iterable[DescribedTable]) -> str:
    """CHANGES.md: what differs from the previous release; for the first one, how much there is."""
    return _render("release_changes.md.j2", details, changes=changes, tables=list(tables))


def _render(name: str, details: ReleaseDetails, **content: object) -> str:
    """A Markdown template with its content; every text from outside goes through the filter ``md``."""
    return _environment().get_template(name).render(details=details, day=day_text(details.day), **content).rstrip("\n") + "\n"


@functools.cache
def _environment() -> Environment:
    environment = Environment(  # no HTML: the filter `md` escapes what Markdown would take for markup
        loader=FunctionLoader(page_file), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"md": markdown, "heading": heading, "number": "{:,}".format}
    return environment
