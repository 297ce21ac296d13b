"""The OpenAPI document of what programs can ask for: lists and records as JSON or CSV, decisions and comments.

Pages for people are not in it. Every route that FastAPI describes gets its answers here: what comes back, and each status
that a fault can have, with the one shape that all faults share.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from brinkline.decision import VERDICTS
from brinkline.web.security import COOKIE

_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 2000}]}
_FAULTS = {
    "400": "The request makes no sense; the code says why.",
    "401": "Nobody has signed in or given a name.",
    "403": "The role does not allow it, the site is for reading only, or the form token is missing.",
    "404": "There is no such record.",
    "405": "This address does not take that method.",
    "409": "Something else stands against it now.",
    "413": "The request is too long.",
    "422": "A part of the request has a wrong form.",
    "503": "The database cannot be used now.",
}
_SCHEMAS: dict[str, Any] = {
    "Fault": {
        "type": "object",
        "description": "A fault: its stable code, what happened, where, and what to do.",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["code", "message", "place", "remedy"],
                "properties": {
                    "code": {"type": "string", "pattern": "^BL[0-9]{3}$"},
                    "message": _TEXT,
                    "place": _TEXT,
                    "remedy": _TEXT,
                },
            }
        },
    },
    "List": {"type": "array", "description": "One object for each row.", "items": {"type": "object"}},
    "Decision": {
        "type": "object",
        "description": (
            "A decision, with an id made where it was made: sent twice, it is stored once. `claim` holds what it is "
            "about; an edit names the fields of the new value or a `replacement`; verdict `new` makes a claim of one's own."
        ),
        "required": ["id", "narrative", "verdict"],
        "properties": {
            "id": {"type": "string", "pattern": "^decision:[0-9A-Za-z-]{8,64}$"},
            "narrative": {"type": "string", "description": "Number, key or title of the narrative."},
            "claim": _TEXTS,
            "verdict": {"type": "string", "enum": [*VERDICTS[:5], "new", "undo", "redo"]},
            "replacement": _TEXT,
            "why": {"type": "string", "description": "A note that stays with the decision."},
            "seen": {"type": "string", "description": "How many decisions the sender had seen; others are told in the answer."},
        },
        "additionalProperties": _TEXTS,
    },
    "Comment": {
        "type": "object",
        "required": ["id", "narrative", "text"],
        "properties": {
            "id": {"type": "string", "pattern": "^(decision|comment):[0-9A-Za-z-]{8,64}$"},
            "narrative": _TEXT,
            "claim": {"type": "string", "description": "The claim it is about; without one the narrative."},
            "text": {"type": "string", "minLength": 1, "maxLength": 5000},
        },
    },
    "Decided": {
        "type": "object",
        "required": ["stored", "rows", "meanwhile"],
        "properties": {
            "stored": {"type": "boolean", "description": "False when it was stored before."},
            "rows": {
                "type": "array",
                "description": "The claims as they stand now.",
                "items": {"type": "object", "required": ["id", "state"], "properties": {"id": _TEXT, "state": _TEXT}},
            },
            "meanwhile": {
                "type": "array",
                "description": "What others decided that the sender had not seen.",
                "items": {
                    "type": "object",
                    "required": ["person", "verdict", "at"],
                    "properties": {"person": _TEXT, "verdict": _TEXT, "at": _TEXT},
                },
            },
        },
    },
}
_BODIES = {"/decisions": "Decision", "/comments": "Comment"}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an app; it is made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="brinkline",
            version=app.version,
            routes=app.routes,
            description="The lists, records and decisions of a project. Pages for people are not described here.",
        )
        for path, method, operation in _operations(made):
            _describe(path, method, operation)
        parts = made.setdefault("components", {})
        parts["schemas"] = _SCHEMAS
        parts["securitySchemes"] = {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}}
        app.openapi_schema = made
    return app.openapi_schema


def _operations(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    operation["responses"] = {"200": {"description": "Done.", "content": _content(path)}, **_faults()}
    if path not in _BODIES:
        return
    operation["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{_BODIES[path]}"}}},
    }
    token = {"name": "X-Form-Token", "in": "header", "required": True, "schema": _TEXT, "description": "From a page."}
    operation["parameters"] = [*operation.get("parameters", []), token]
    operation["security"] = [{"session": []}]


def _content(path: str) -> dict[str, Any]:
    if path in _BODIES:
        return {"application/json": {"schema": {"$ref": "#/components/schemas/Decided"}}}
    as_list = {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}
    if path.endswith(".{form}"):
        kinds = {"image/svg+xml": {"schema": _TEXT}, "image/png": {"schema": _TEXT}} if "/charts/" in path else {}
        return {**as_list, "text/csv": {"schema": _TEXT}, **kinds}
    return {"application/json": {"schema": {"type": "object"}}}


def _faults() -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}, "text/html": {"schema": _TEXT}}
    return {status: {"description": told, "content": content} for status, told in _FAULTS.items()}
