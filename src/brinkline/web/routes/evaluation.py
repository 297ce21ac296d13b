"""Evaluation: the program's codings against human ones, brought as a table or held by the project. Nothing is stored."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from starlette.datastructures import FormData, UploadFile

from brinkline.errors import InputError, NotFound, UsageError
from brinkline.evaluate.files import to_dict
from brinkline.evaluate.text import interval, number, value_words
from brinkline.plain import one_line
from brinkline.web.asking import Asked, Form, Reader
from brinkline.web.pages.evaluation import Level, against_coder, against_table, coders, content
from brinkline.web.rendering import page
from brinkline.web.ways import AppWays

router = APIRouter()

_Coder = Annotated[str, Query(max_length=200)]
_WORDS = {"number": number, "interval": interval, "value_words": value_words, "flat": one_line}


@router.get("/evaluation", include_in_schema=False)
def evaluation(asking: Reader, coder: _Coder = "", level: Annotated[Level, Query()] = "actor") -> Response:
    """The form, and with ``coder`` the evaluation against the values of a person of the project."""
    with asking.project.database.reading() as conn:
        people = coders(conn)
        found = {}
        if coder:
            found = content(conn, against_coder(conn, coder, level, asking.person.id if asking.person else None))
    return _page(asking, people=people, coder=coder, level=level, fault=None, **found)


@router.get("/evaluation.json")
def evaluation_json(asking: Reader, coder: _Coder, level: Annotated[Level, Query()] = "actor") -> dict[str, object]:
    """The evaluation against the values of a person of the project, as the command line gives it."""
    with asking.project.database.reading() as conn:
        return to_dict(against_coder(conn, coder, level, asking.person.id if asking.person else None))


@router.post("/evaluation", include_in_schema=False)
def evaluate(asking: Reader, form: Form) -> Response:
    """The evaluation against a table that comes with the form. What is wrong with the table is told beside the form."""
    with tempfile.TemporaryDirectory(prefix="brinkline-evaluation-") as folder, asking.project.database.reading() as conn:
        people = coders(conn)
        try:
            table, name = _kept(form, "table", Path(folder))
            if table is None:
                raise UsageError("BL153", "no table was chosen", remedy="choose the file of a human coding")
            mapping, _ = _kept(form, "mapping", Path(folder))
            found = content(conn, against_table(conn, table, name, mapping))
        except (InputError, NotFound, UsageError) as error:
            return _page(asking, people=people, coder="", level="actor", fault=error, status=422)
    return _page(asking, people=people, coder="", level="actor", fault=None, **found)


def _kept(form: FormData, field: Literal["table", "mapping"], folder: Path) -> tuple[Path | None, str]:
    """The file of a field in a folder that goes away, under its own name without any folders; None when none was chosen."""
    given = form.get(field)
    if not isinstance(given, UploadFile) or not given.filename:
        return None, ""
    name = one_line(given.filename.replace("\\", "/").rpartition("/")[2])[:80].strip(". ") or field
    place = folder / field
    place.mkdir()
    path = place / "".join(char if char.isalnum() or char in " ._-" else "_" for char in name)
    path.write_bytes(given.file.read())
    return path, name


def _page(asking: Asked, *, status: int = 200, **found: Any) -> Response:
    empty: dict[str, Any] = {"report": None, "groups": (), "shares": "", "trust": "", "claims": {}}
    return page("evaluation.html.j2", asking, status=status, ways=AppWays(), words=_WORDS, **{**empty, **found})
