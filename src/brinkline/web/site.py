"""``write_site``: the read-only pages of a project as files, to put on any web server or to open from a disk.

The pages are those of the app without people and forms: all links are relative, nothing needs a script. The folder appears
whole or not at all; the same project gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from brinkline.charts import chart
from brinkline.errors import NotFound, UsageError
from brinkline.exchange.release.citations import plain
from brinkline.exchange.release.works import called, source_works
from brinkline.model import Reference
from brinkline.plain import one_line
from brinkline.project import Project
from brinkline.reference.codebook import Variable
from brinkline.reference.codebook_describe import variable_record
from brinkline.store.narratives import NarrativeRow, list_narratives
from brinkline.version import __version__
from brinkline.web.pages import actors as of_actors
from brinkline.web.pages import codebook as of_codebook
from brinkline.web.pages.crisis import TABS, Case, Neighbour, content, open_case, pairs, span_of
from brinkline.web.rendering import STATIC, at_place, rendered, static_file, twin
from brinkline.web.ways import SiteWays, actor_file, crisis_file, dyad_file, file_stem

#: The file that tells that a folder is a site of ours, which may be made anew.
MARK = "brinkline-site.txt"


@dataclass(frozen=True, slots=True)
class Line:
    """A narrative of the first page."""

    key: str
    number: int | None
    title: str
    span: str
    actors: tuple[str, ...]
    events: int
    decided: int
    total: int


@dataclass(slots=True)
class _Site:
    """A site that is being written: where, its title, and what pages of all narratives gather."""

    root: Path
    title: str
    lines: list[Line] = field(default_factory=list)
    dyads: set[tuple[str, str]] = field(default_factory=set)
    cited: list[tuple[str, tuple[Reference, ...]]] = field(default_factory=list)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: int = 0

    def put(self, path: str, data: str | bytes) -> None:
        """Write a file of the site."""
        goal = self.root / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_bytes(data.encode("utf-8", "backslashreplace") if isinstance(data, str) else data)
        self.files += 1

    def page(self, path: str, template: str, /, **shown: Any) -> None:
        """Write a page from its template."""
        ways = SiteWays(path)

        def static(name: str) -> str:
            return ways.to(f"static/{name}")

        about = {"site_title": self.title, "program": f"brinkline {__version__}", "layout": "site_base.html.j2"}
        self.put(path, rendered(template, ways=ways, static=static, **about, **shown) + "\n")


def write_site(project: Project, folder: str | Path, *, tell: Callable[[str], None] | None = None) -> int:
    """The number of files written to a folder that is new, empty, or a site that was made before.

    ``tell`` hears the name of each narrative. UsageError BL154 for a folder with anything else in it, BL121 when it cannot be
    written; NotFound BL514 when no narrative is coded.
    """
    with _whole_folder(Path(folder)) as part:
        site = _Site(part, project.folder.title)
        with project.database.reading() as conn:
            coded = [row for row in list_narratives(conn) if row.coded is not None]
            if not coded:
                raise NotFound("BL514", "no narrative is coded yet", remedy="code them with: brinkline code")
            known = of_actors.actors_by_id(conn)
            for place, row in enumerate(coded):
                if tell is not None:
                    tell(row.title or row.key)
                near = (coded[place - 1] if place else None, coded[place + 1] if place + 1 < len(coded) else None)
                _narrative(site, open_case(conn, row.key, None), near, known)
            _actors(site, conn)
        _lists(site, str(project.settings["codebook"]))
    return site.files


def _narrative(
    site: _Site, case: Case, near: tuple[NarrativeRow | None, NarrativeRow | None], known: Mapping[str, object]
) -> None:
    key, coding = case.row.key, case.coding
    title = case.row.title or key
    before, after = (None if row is None else Neighbour(row.key, row.title or row.key) for row in near)
    for tab, _, kind in TABS:
        path = crisis_file(key, tab)
        shown = content(case, tab, SiteWays(path), site.title, known)
        site.page(path, "crisis.html.j2", before=before, after=after, **shown)
        if kind:
            made = chart(kind, coding)
            columns = [at_place(name, place) for place, name in enumerate(made.rows.columns)]
            site.put(f"narratives/{file_stem(key)}/{kind}.svg", made.svg + "\n")
            site.put(f"narratives/{file_stem(key)}/{kind}.csv", bytes(twin("csv", columns, made.rows.rows).body))
    site.put(f"narratives/{file_stem(key)}/coding.json", coding.to_json() + "\n")
    actors = tuple(dict.fromkeys(row.name for row in coding.crisis_actors))
    about = (key, case.row.number, title, span_of(coding), actors, len(coding.events), case.decided, case.total)
    site.lines.append(Line(*about))
    site.cited.append((called(coding.narrative), coding.narrative.references))
    site.names[called(coding.narrative)] = (key, title)
    for pair in pairs(coding, known):
        if pair.one and pair.other:
            site.dyads.add((min(pair.one, pair.other), max(pair.one, pair.other)))


def _actors(site: _Site, conn: Connection) -> None:
    rows = of_actors.actor_list(conn)
    site.page("actors/index.html", "actors.html.j2", rows=rows, total=len(rows), words="")
    for row in rows:
        found = of_actors.actor_page(conn, row.id)
        site.page(actor_file(row.id), "actor.html.j2", found=found, shown=of_actors.SHOWN)
        site.dyads |= {(min(row.id, item.id), max(row.id, item.id)) for item in found.partners}
    for one, other in sorted(site.dyads):
        pair = of_actors.dyad_page(conn, one, other)
        drawn = Markup(of_actors.dyad_chart(pair, standalone=False))
        site.page(dyad_file(one, other), "dyad.html.j2", found=pair, acts=pair.acts, at=1, pages=1, drawn=drawn, path="")


def _lists(site: _Site, own_codebook: str) -> None:
    site.page("index.html", "site_index.html.j2", rows=site.lines)
    books = [
        (book.codebook, [(item, _definition(item, icb=not book.digest)) for item in book.codebook.variables])
        for book in of_codebook.books(own_codebook)
    ]
    site.page("codebook.html", "site_codebook.html.j2", books=books, stem=file_stem)
    works = [(one_line(plain(work)), [site.names[name] for name in work.cited]) for work in source_works(site.cited)]
    site.page("sources.html", "site_sources.html.j2", sources=works)
    for name in STATIC:
        if name.endswith(".css"):
            site.put(f"static/{name}", static_file(name))
    site.put(MARK, f"A site of brinkline {__version__}; brinkline site makes this folder anew.\n")


def _definition(variable: Variable, *, icb: bool) -> str:
    return str(variable_record(variable, [], icb=icb).get("definition") or "")


@contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the place, which takes its place when the block ends and is gone after an error."""
    try:
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / MARK).is_file())):
            raise UsageError(
                "BL154", "something else is there already", place=str(folder), remedy="name a new folder for the site"
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent) as place:
            part = Path(place) / "new"
            part.mkdir()
            yield part
            if folder.exists():
                folder.rename(Path(place) / "old")
            part.rename(folder)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(
            "BL121", f"cannot write: {why}", place=str(folder), remedy="free space, or choose another place"
        ) from error
