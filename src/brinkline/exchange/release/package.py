"""``make_release``: a frozen, numbered folder of everything that is needed to use, cite, check and rebuild a data set.

The folder appears whole or not at all, and is never written to again. Same codings, details and versions: same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brinkline.errors import ProjectError
from brinkline.exchange.decided import Decided
from brinkline.exchange.formats import Format, find_format
from brinkline.exchange.output import write_whole
from brinkline.exchange.page import page_file
from brinkline.exchange.release.cff import citation_file
from brinkline.exchange.release.changes import Changes, compare_releases
from brinkline.exchange.release.citations import cite, plain
from brinkline.exchange.release.codebooks import codebook_csv, codebook_html, codebook_markdown
from brinkline.exchange.release.croissant import croissant
from brinkline.exchange.release.datapackage import data_package
from brinkline.exchange.release.ddi import ddi
from brinkline.exchange.release.described import DescribedTable, describe
from brinkline.exchange.release.details import ReleaseDetails, checked
from brinkline.exchange.release.files import list_files, new_folder
from brinkline.exchange.release.readme import changes_text, licence_note, readme
from brinkline.exchange.release.recipe import LAYOUT, MANIFEST, SUMS, Recipe, read_recipe
from brinkline.exchange.release.works import Work, data_work, software_work, source_works
from brinkline.exchange.release.written import Facts, write_data
from brinkline.plain import one_line
from brinkline.record import Coding
from brinkline.reference.codebook import codebook


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was made: its name, its folder and its manifest in plain JSON types."""

    name: str
    folder: Path
    manifest: Mapping[str, Any]


def make_release(
    folder: str | Path,
    codings: Iterable[Coding],
    details: ReleaseDetails,
    formats: Iterable[str] = (),
    previous: str | Path | None = None,
    *,
    decisions: Iterable[Decided] = (),
) -> Release:
    """The release in ``folder``, which must not exist or be empty.

    ``formats`` are names of output formats; CSV is always there. ``previous`` is the folder of the release before.
    Errors: BL490 no codings, BL491 details, BL492 two rows with one key, BL493 the folder is taken, BL494 no earlier
    release there, BL120 and BL110 formats, BL121 no space or no right to write.
    """
    checked(details)
    forms = _forms(formats)
    before = read_recipe(previous) if previous is not None else None
    with new_folder(Path(folder)) as part:
        facts = write_data(part, codings, forms, tuple(decisions))
        if not facts.runs:
            raise ProjectError("BL490", "there is nothing to release: no narrative is coded", remedy="run: brinkline code")
        tables = describe(part)
        changes = compare_releases(Path(previous), part, before.details.name) if previous is not None and before else None
        _write_texts(part, details, tables, forms, facts, changes)
        manifest = _write_manifest(part, details, tables, forms, facts, before)
    return Release(details.name, Path(folder), manifest)


def _forms(names: Iterable[str]) -> tuple[Format, ...]:
    """CSV, then the other formats asked for, each once."""
    return tuple(find_format(name) for name in dict.fromkeys(("csv", *names)))


def _abstract(details: ReleaseDetails, tables: Iterable[DescribedTable]) -> str:
    """The description, or one sentence with the counts when the creators gave none. Paragraphs are kept."""
    parts = [one_line(part) for part in details.description.split("\n\n")]
    if any(parts):
        return "\n\n".join(part for part in parts if part)
    rows = {table.name: table.rows for table in tables}
    count = [(rows["narratives"], "narrative"), (rows["crisis_actors"], "crisis actor"), (rows["events"], "event")]
    words = [f"{number:,} {name}{'' if number == 1 else 's'}" for number, name in (*count, (rows["claims"], "coded value"))]
    counts = ", ".join(words)
    return f"Narratives of international crises as structured data: {counts}. Every value shows the words that support it."


def _write_texts(
    part: Path,
    details: ReleaseDetails,
    tables: tuple[DescribedTable, ...],
    forms: tuple[Format, ...],
    facts: Facts,
    changes: Changes | None,
) -> None:
    """Everything beside the data: codebook, citations, descriptions for machines and texts for people."""
    abstract = _abstract(details, tables)
    work, programs = data_work(details), [software_work(name) for name in dict.fromkeys(run.program for run in facts.runs)]
    files = {file.path: file for file in list_files(part)}
    texts = {
        "codebook/codebook.html": codebook_html(details, abstract, tables),
        "codebook/codebook.md": codebook_markdown(details, abstract, tables),
        "codebook/codebook.csv": codebook_csv(tables),
        "codebook/codebook.xml": ddi(details, abstract, tables, files, programs, _span(tables)),
        "CITATION.cff": citation_file(details, programs, abstract),
        "datapackage.json": _json(data_package(details, abstract, tables, files.values())),
        "croissant.json": _json(croissant(details, abstract, cite([work], "bibtex"), tables, files.values())),
        "README.md": readme(details, abstract, plain(work), tables, [form.name for form in forms], facts.runs),
        "LICENCE.md": licence_note(details),
        "CHANGES.md": changes_text(details, changes, tables),
        "rebuild.py": page_file("release_rebuild.py.txt"),
        **_citations({"data": [work], "software": programs, "sources": source_works(facts.cited)}),
    }
    for path, text in texts.items():
        (part / path).parent.mkdir(exist_ok=True)
        write_whole(part / path, text.encode("utf-8", "replace"))


def _citations(works: Mapping[str, Iterable[Work]]) -> dict[str, str]:
    forms = (("bibtex", ".bib"), ("csl", ".json"), ("ris", ".ris"))
    return {f"citations/{name}{suffix}": cite(found, form) for name, found in works.items() for form, suffix in forms}


def _span(tables: Iterable[DescribedTable]) -> tuple[str, str] | None:
    """The first and the last day of the crises, None when no crisis is dated."""
    figures = {
        f"{table.name}.{column.name}": column.figures
        for table in tables
        for column in table.columns
        if table.name in ("crises", "crisis_actors") and column.name.endswith(("date_first", "date_last"))
    }
    least = [item.least for name, item in figures.items() if name.endswith("trigger_date_first") and item.least]
    greatest = [item.greatest for name, item in figures.items() if name.endswith("termination_date_last") and item.greatest]
    return (min(least), max(greatest)) if least and greatest else None


def _write_manifest(
    part: Path,
    details: ReleaseDetails,
    tables: tuple[DescribedTable, ...],
    forms: tuple[Format, ...],
    facts: Facts,
    before: Recipe | None,
) -> dict[str, Any]:
    files = list_files(part)
    manifest = {
        "brinkline_release": LAYOUT,
        "details": details.to_dict(),
        "formats": [form.name for form in forms],
        "previous": {"name": before.details.name} if before else None,
        "codebook": {"name": codebook().id, "version": codebook().version},
        "runs": [
            {
                "program": run.program,
                "schema_version": run.schema_version,
                "narratives": count,
                "versions": dict(run.versions),
                "settings": dict(run.settings),
            }
            for run, count in facts.runs.items()
        ],
        "tables": {table.name: {"file": table.file, "rows": table.rows} for table in tables},
        "files": [{"path": file.path, "bytes": file.bytes, "sha256": file.sha256, "about": file.about} for file in files],
    }
    write_whole(part / MANIFEST, _json(manifest))
    sums = {file.path: file.sha256 for file in list_files(part)}
    write_whole(part / SUMS, "".join(f"{digest}  {path}\n" for path, digest in sums.items()))
    return manifest


def _json(record: Mapping[str, Any]) -> str:
    """The record as JSON to read; what UTF-8 cannot hold is escaped."""
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    return "".join(char if not "\ud800" <= char <= "\udfff" else json.dumps(char)[1:-1] for char in text)
