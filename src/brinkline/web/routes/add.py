"""Adding narratives: text, files or a folder; a preview that stores nothing; then Add."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from brinkline.coding import existing, narratives_from, narratives_in
from brinkline.errors import InputError, UsageError
from brinkline.model import Narrative
from brinkline.plain import one_line
from brinkline.project import Project
from brinkline.project.batch import add_narratives
from brinkline.reading import find_inputs, read_text
from brinkline.samples import sample_text
from brinkline.store.narratives import Added
from brinkline.web.asking import Asked, Coder, Form, Refused
from brinkline.web.batch import TheBatch
from brinkline.web.pages.add import WHAT, looked_at
from brinkline.web.previews import Given, ThePreviews
from brinkline.web.rendering import page

router = APIRouter()

#: Narratives of one preview; more come in through ``brinkline add``.
MOST = 1000


@router.get("/add", include_in_schema=False)
def add_page(asking: Coder) -> Response:
    """The form."""
    return page("add.html.j2", asking, fault=None, text="")


@router.post("/add", include_in_schema=False)
def preview(asking: Coder, form: Form, previews: ThePreviews) -> Response:
    """What was found in the texts and files; nothing is stored."""
    text = str(form.get("text", ""))
    try:
        given = _given(asking, form, text)
    except (UsageError, InputError) as error:
        return page("add.html.j2", asking, status=422, fault=error, text=text)
    with asking.project.database.reading() as conn:
        rows = looked_at(conn, given)
    good = sum(row.fault is None and row.what != "unchanged" for row in rows)
    name = previews.keep(asking.session, given)
    return page("preview.html.j2", asking, rows=rows, name=name, good=good, what=WHAT)


@router.post("/add/store", include_in_schema=False)
def store(asking: Coder, form: Form, previews: ThePreviews, batch: TheBatch) -> Response:
    """Store the narratives of a preview that are marked, each whole or not at all."""
    name = str(form.get("preview", ""))
    given = previews.take(asking.session, name)
    marked = {str(value) for value in form.getlist("narrative")}
    chosen = [item for at, item in enumerate(given) if str(at) in marked and isinstance(item, Narrative)]
    if not chosen:
        raise Refused(400, "BL148", "no narrative is marked", "go back and mark those to add")
    as_new = form.get("as_new") == "yes"
    person = asking.person.id if asking.person else None
    done = list(add_narratives(asking.project.database, chosen, person, as_new=as_new))
    previews.drop(name)
    started = form.get("code") == "yes" and batch.start()
    return page("added.html.j2", asking, **_told(done), started=started)


@router.post("/add/sample", include_in_schema=False)
def sample(asking: Coder, form: Form, batch: TheBatch) -> Response:
    """Load a bundled narrative and code it."""
    name = str(form.get("sample", ""))
    person = asking.person.id if asking.person else None
    added = list(add_narratives(asking.project.database, [read_text(sample_text(name), f"{name}.txt")], person))
    batch.start([item[1].revision_id for item in added if isinstance(item, tuple)])
    return RedirectResponse("/", 303)


def _given(asking: Asked, form: FormData, text: str) -> tuple[Given, ...]:
    """The narratives of a form. UsageError BL150 when it is empty, BL151 for a folder in team mode, BL152 for too many."""
    files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    folder = str(form.get("folder", "")).strip()
    if not (text.strip() or files or folder):
        raise UsageError("BL150", "there is nothing to add", remedy="paste a text, choose files, or name a folder")
    if folder and asking.site.mode != "local":
        raise UsageError("BL151", "folders of the server cannot be named", remedy="choose the files in your browser")
    found: list[Given] = []
    for item in _read(asking.project, text, str(form.get("title", "")), files, folder):
        found.append(item)
        if len(found) > MOST:
            raise UsageError(
                "BL152", f"more than {MOST} narratives at a time", remedy="add them on the command line: brinkline add FOLDER"
            )
    return tuple(found)


def _read(project: Project, text: str, title: str, files: list[UploadFile], folder: str) -> Iterator[Given]:
    engine = project.engine()
    if text.strip():
        try:
            yield read_text(text.replace("\r\n", "\n"), _name(title or _first_words(text)))
        except InputError as error:
            yield error
    for item in files:
        yield from narratives_from(item.file, _name(item.filename or ""), engine)
    if folder:
        yield from narratives_in(find_inputs([existing(folder)]), engine)


def _first_words(text: str) -> str:
    """A name for a text without one, so that two pasted texts are not taken for two versions of one."""
    words = "".join(char if char.isalnum() else " " for char in text[:400]).split()
    return " ".join(words[:8]) or "pasted text"


def _name(given: str) -> str:
    """The name of a file that a browser sends, without folders."""
    return one_line(PurePosixPath(given.replace("\\", "/")).name)[:200] or "file"


def _told(done: list[tuple[Narrative, Added] | InputError]) -> dict[str, Any]:
    stored = [(narrative, added) for narrative, added in (item for item in done if isinstance(item, tuple))]
    return {"stored": stored, "faults": [item for item in done if isinstance(item, InputError)]}
