"""The folder of a project: ``brinkline.toml`` and what lies beside it, found from the working folder upwards."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brinkline.errors import NotFound, ProjectError
from brinkline.exchange import write_whole
from brinkline.settings import SettingValue, resolve_settings

FILE = "brinkline.toml"
DATABASE = "project.db"
_KEYS = ("id", "title", "created", "db")


@dataclass(frozen=True, slots=True)
class ProjectFolder:
    """What ``brinkline.toml`` says of a project. ``db`` is a file name inside the folder or the address of a PostgreSQL
    database without its password; ``created`` is a UTC time in ISO 8601."""

    path: Path
    id: str
    title: str
    created: str
    db: str = DATABASE

    @property
    def file(self) -> Path:
        """The settings file of the project."""
        return self.path / FILE

    @property
    def backups(self) -> Path:
        """Where dated copies of the database go."""
        return self.path / "backups"

    @property
    def releases(self) -> Path:
        """Where releases go."""
        return self.path / "releases"

    def settings(
        self, arguments: Mapping[str, SettingValue | None] | None = None, environment: Mapping[str, str] | None = None
    ) -> dict[str, SettingValue]:
        """The settings in force: argument, environment, the table [settings] of the project, default."""
        return resolve_settings(arguments, environment, self.file)

    def database(self, override: str = "") -> str:
        """The address of the database as SQLAlchemy reads it; ``override`` is the setting ``db``, which may hold a password."""
        db = override or self.db
        if "://" in db:
            return db
        return f"sqlite:///{(self.path / db).resolve()}"


def create_folder(folder: ProjectFolder) -> None:
    """Write ``brinkline.toml`` into the folder, which is made when it is not there. ProjectError BL430 when it is a project."""
    if folder.file.exists():
        raise ProjectError(
            "BL430", "there is a project here already", place=str(folder.file), remedy="go on with it, or choose another folder"
        )
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            "BL431", f"cannot make the folder: {error.strerror}", place=str(folder.path), remedy="choose a place that is yours"
        ) from None
    values = {"id": folder.id, "title": folder.title, "created": folder.created, "db": folder.db}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    write_whole(folder.file, "[project]\n" + "\n".join(lines) + "\n\n[settings]\n")


def find_folder(start: Path) -> ProjectFolder:
    """The project whose folder is ``start`` or the nearest one above it. NotFound BL512 when there is none."""
    start = start.resolve()
    for path in (start, *start.parents):
        if (path / FILE).is_file():
            return read_folder(path)
    raise NotFound(
        "BL512",
        "there is no project here or above",
        place=str(start),
        remedy="make one with: brinkline init, or name its folder with --project",
    )


def read_folder(path: Path) -> ProjectFolder:
    """The project of this folder. ProjectError BL432 for a file that is not TOML or lacks a value."""
    file = path / FILE
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _broken(file, f"it cannot be read: {error}") from None
    missing = [key for key in _KEYS if not _is_text(table, key)]
    if missing:
        raise _broken(file, f"[project] lacks {', '.join(missing)}")
    return ProjectFolder(path, *(table[key] for key in _KEYS))


def _is_text(table: Any, key: str) -> bool:
    return isinstance(table, dict) and isinstance(table.get(key), str)


def _broken(file: Path, what: str) -> ProjectError:
    return ProjectError(
        "BL432", f"the project file has a fault: {what}", place=str(file), remedy="mend it, or restore a backup"
    )
