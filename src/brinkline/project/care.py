"""Looking after a project: integrity, backups, migrations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from brinkline.project.clock import now
from brinkline.project.folder import ProjectFolder
from brinkline.project.project import Project
from brinkline.store import backup as backups_of
from brinkline.store import migrate as migration
from brinkline.store.backup import Restored, list_backups
from brinkline.store.database import version
from brinkline.store.found import rebuild_index
from brinkline.store.integrity import Fault, check
from brinkline.store.schema import TABLES_VERSION

__all__ = ["Restored", "backup", "backups", "doctor", "list_backups", "migrate", "restore"]


def doctor(project: Project, *, mend: bool = False) -> tuple[Fault, ...]:
    """What does not hold in a project, nothing when all is well. ``mend`` builds the index for search anew before."""
    if mend:
        with project.database.writing() as conn:
            rebuild_index(conn)
    with project.database.reading() as conn:
        return check(conn)


def backup(project: Project, *, dump: bool = False) -> Path:
    """A dated and checked copy of the database in the folder of backups."""
    return backups_of.backup(project.database, project.folder.backups, now(), dump=dump)


def backups(project: Project) -> tuple[Path, ...]:
    """The backups of a project, the oldest first."""
    return list_backups(project.folder.backups)


def restore(folder: ProjectFolder, source: Path, environment: Mapping[str, str] | None = None) -> Restored:
    """Bring a backup back as the database of a project; what is there is kept. ProjectError BL412 when it cannot be used."""
    db = str(folder.settings(None, environment)["db"])
    return backups_of.restore(folder.database(db), source, now())


def migrate(project: Project) -> tuple[str, str, Path | None]:
    """The versions of the tables before and after, and the backup that was made first (None when nothing was to be done)."""
    before = version(project.database)
    if before == TABLES_VERSION:
        return before, before, None
    copy = backup(project)
    migration.migrate(project.database)
    return before, version(project.database), copy
