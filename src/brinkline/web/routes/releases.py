"""Exports and releases: what can be downloaded, and making a release."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.background import BackgroundTask

from brinkline.errors import NotFound, UsageError
from brinkline.exchange import find_format
from brinkline.exchange.formats import FORMATS
from brinkline.exchange.release import cite, data_work, details_from, licences
from brinkline.exchange.release.recipe import MANIFEST, SUMS
from brinkline.plain import one_line
from brinkline.project import Project, moving, releasing
from brinkline.review.sight import codes_blind
from brinkline.store.releases import ReleaseRow
from brinkline.web.asking import Asked, Form, Owner, Reader, Refused
from brinkline.web.pages.exports import COLUMNS, exports
from brinkline.web.rendering import Column, page, twin

router = APIRouter()

FORMS = ("text", "bibtex", "ris", "csl")
_FIELDS = ("title", "licence", "licence_note", "description", "homepage", "doi", "publisher", "contact", "collection")
_RELEASE_COLUMNS = (
    Column("name", lambda row: row.name),
    Column("at", lambda row: row.at),
    Column("title", lambda row: row.document["details"]["title"]),
    Column("licence", lambda row: row.document["details"]["licence"]),
    Column("narratives", lambda row: row.document["tables"]["narratives"]["rows"]),
    Column("files", lambda row: len(row.document["files"])),
)


@router.get("/export", include_in_schema=False)
def export_page(asking: Reader) -> Response:
    """Formats with row counts, and the releases."""
    with asking.project.database.reading() as conn:
        rows = exports(conn)
    return page("export.html.j2", asking, rows=rows, releases=releasing.releases(asking.project)[::-1])


@router.get("/export.{form}")
def export_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """The formats as a table."""
    with asking.project.database.reading() as conn:
        rows = exports(conn)
    return twin(form, COLUMNS, rows)


@router.get("/export/{name}", include_in_schema=False)
def download(asking: Reader, name: str, narrative: Annotated[list[str] | None, Query(max_length=1000)] = None) -> Response:
    """The codings as people left them, in a format: a file, or a zip of several."""
    if name != "project":
        find_format(name)
    _check_sight(asking)
    folder = tempfile.TemporaryDirectory(prefix="brinkline-export-")
    try:
        made = _made(asking.project, name, Path(folder.name), narrative)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(made, filename=made.name, background=BackgroundTask(folder.cleanup))


def _check_sight(asking: Asked) -> None:
    """Refused 403 for somebody who codes blind: an export shows what the other coder decided."""
    with asking.project.database.reading() as conn:
        if codes_blind(conn, asking.person.id if asking.person else None):
            raise Refused(
                403, "BL155", "you code blind: exports wait", "finish your narratives first; an export shows all decisions"
            )


def _made(project: Project, name: str, folder: Path, refs: list[str] | None) -> Path:
    stem = _stem(project.folder.title)
    if name == "project":
        return moving.export(project, "project", folder / f"{stem}.project.jsonl")[0]
    form = find_format(name)
    single = form.layout in ("one", "file")
    out = folder / f"{stem}.{name}{form.suffix}" if single else folder / name
    if not single:
        out.mkdir()
    files = moving.export(project, name, out, refs)
    return files[0] if single else _zipped(files, out, folder / f"{stem}.{name}.zip")


def _zipped(files: tuple[Path, ...], root: Path, out: Path) -> Path:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, str(file.relative_to(root)))
    return out


def _stem(title: str) -> str:
    """A file name made of a title: letters and digits of the first 40."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in one_line(title).casefold()[:40])
    return "-".join(part for part in plain.split("-") if part) or "project"


@router.get("/releases", include_in_schema=False)
def releases_page(asking: Reader) -> Response:
    """The releases, and for owners the form that makes one."""
    return _releases(asking)


def _releases(asking: Asked, given: dict[str, Any] | None = None, fault: UsageError | None = None) -> Response:
    rows = releasing.releases(asking.project)[::-1]
    filled = {"title": asking.project.folder.title, **(given or {})}
    forms = [form for form in FORMATS if form.name not in ("table", "csv", "html")]
    content = {"rows": rows, "given": filled, "fault": fault, "licences": licences().values(), "forms": forms}
    return page("releases.html.j2", asking, status=422 if fault else 200, **content)


@router.get("/releases.{form}")
def releases_twin(asking: Reader, form: Literal["csv", "json"]) -> Response:
    """The releases as a table."""
    return twin(form, _RELEASE_COLUMNS, releasing.releases(asking.project))


@router.post("/releases", include_in_schema=False)
def make(asking: Owner, form: Form) -> Response:
    """Make a release. What is wrong with its details is told beside the form."""
    name = one_line(str(form.get("name", "")))
    given: dict[str, Any] = {field: str(form.get(field, "")).strip().replace("\r\n", "\n") for field in _FIELDS}
    given = {field: value for field, value in given.items() if value}
    lines = str(form.get("creators", "")).splitlines()
    given |= {"creators": [line for line in lines if line.strip()]} if any(line.strip() for line in lines) else {}
    words = [word.strip() for word in str(form.get("keywords", "")).split(",")]
    given |= {"keywords": [word for word in words if word]} if any(words) else {}
    formats = [str(item) for item in form.getlist("format")]
    try:
        if "/" in name or "\\" in name or name.startswith("."):
            raise UsageError("BL491", "name is made of letters, digits, dots and hyphens", place="details of the release")
        made = releasing.release(asking.project, name, given, formats=formats)
    except UsageError as error:
        return _releases(asking, {**given, "name": name, "creators": lines, "formats": formats}, error)
    return RedirectResponse(f"/releases/{made.name}", 303)


@router.get("/releases/{name}", include_in_schema=False)
def release_page(asking: Reader, name: str) -> Response:
    """One release: its files, how to cite it."""
    row = _release(asking.project, name)
    details = details_from(dict(row.document["details"]))
    citations = [(form, cite([data_work(details)], form)) for form in FORMS]
    there = _folder(asking.project, row).is_dir()
    return page("release.html.j2", asking, row=row, details=details, citations=citations, there=there)


@router.get("/releases/{name}/files.zip", include_in_schema=False)
def release_zip(asking: Reader, name: str) -> Response:
    """The whole release as a zip."""
    row = _release(asking.project, name)
    root = _folder(asking.project, row)
    files = tuple(path for path in (root / item for item in _paths(row)) if path.is_file())
    if not files:
        raise _gone(name)
    folder = tempfile.TemporaryDirectory(prefix="brinkline-release-")
    made = _zipped(files, root, Path(folder.name) / f"{_stem(asking.project.folder.title)}-{row.name}.zip")
    return FileResponse(made, filename=made.name, background=BackgroundTask(folder.cleanup))


@router.get("/releases/{name}/files/{path:path}", include_in_schema=False)
def release_file(asking: Reader, name: str, path: str) -> Response:
    """One file of a release: only those that its manifest names."""
    row = _release(asking.project, name)
    file = _folder(asking.project, row) / path
    if path not in _paths(row):
        raise NotFound("BL515", "the release has no such file", remedy="its page lists them")
    if not file.is_file():
        raise _gone(name)
    return FileResponse(file, filename=file.name, media_type="application/octet-stream")


def _release(project: Project, name: str) -> ReleaseRow:
    for row in releasing.releases(project):
        if row.name == name:
            return row
    raise NotFound("BL494", "there is no such release", place=name, remedy="the page of releases lists them")


def _folder(project: Project, row: ReleaseRow) -> Path:
    return project.folder.releases / row.name


def _paths(row: ReleaseRow) -> tuple[str, ...]:
    return (*(str(item["path"]) for item in row.document["files"]), MANIFEST, SUMS)


def _gone(name: str) -> NotFound:
    return NotFound(
        "BL494", "the files of the release are not here", place=name, remedy=f"make them again: brinkline release --like {name}"
    )
