"""Databases for tests: SQLite in a file and, when its server programs are installed, PostgreSQL in a throw-away cluster.

``database`` gives an empty project database, once on each of the two. Where the server programs are missing, the tests that
need them are skipped and say so; with REQUIRE_POSTGRES=1 in the environment they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from brinkline.store.database import Database, open_database

_NUMBERS = count(1)
_HBA = "local all strict scram-sha-256\nlocal all all trust\n"
_SETTINGS = "listen_addresses = ''\nfsync = off\nfull_page_writes = off\nsynchronous_commit = off\nmax_connections = 40\n"


class Cluster:
    """A running PostgreSQL server that only this test run can reach, through a socket in a folder of its own."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs
        self._as: tuple[str, ...] = ()
        if os.geteuid() == 0:
            self._as = ("runuser", "-u", "postgres", "--")
            shutil.chown(folder, "postgres")

    def start(self) -> None:
        data = self.folder / "data"
        self.call("initdb", "-D", data, "-U", "brinkline", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        (data / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as handle:
            handle.write(f"{_SETTINGS}unix_socket_directories = '{self.folder}'\n")
        self.call("pg_ctl", "start", "-w", "-D", data, "-l", self.folder / "log", "-o", "-p 5432")

    def stop(self) -> None:
        self.call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.folder / "data")

    def call(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as, str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}\n{done.stderr}")

    def url(self, name: str, user: str = "brinkline") -> str:
        """The address of a database of the cluster."""
        return f"postgresql://{user}@/{name}?host={quote(str(self.folder))}&port=5432"

    def sql(self, statement: str, name: str = "postgres") -> None:
        """Run a statement outside of any transaction."""
        address = {"host": str(self.folder), "port": 5432, "user": "brinkline", "dbname": name}
        with psycopg.connect(**address, autocommit=True) as conn:
            conn.execute(statement)

    def new(self, template: str = "template0") -> str:
        """The address of a new database, a copy of the template."""
        name = f"project_{next(_NUMBERS)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


def server_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, None where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for the tests of this process, with an empty project database "template_project"."""
    programs = server_programs()
    if programs is None:
        message = "PostgreSQL is not tested: its server programs are not installed (Debian: apt-get install postgresql)"
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="brinkline-pg-"))
    server = Cluster(folder, programs)
    try:
        server.start()
        try:
            server.sql("CREATE DATABASE template_project TEMPLATE template0")
            open_database(server.url("template_project"), create=True).close()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project database in a file, for copies."""
    path = tmp_path_factory.mktemp("template") / "project.db"
    open_database(str(path), create=True).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty project database, once in SQLite and once in PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "project.db"
        shutil.copyfile(request.getfixturevalue("empty_sqlite"), path)
        opened = open_database(str(path), patience=0.5)
    else:
        opened = open_database(request.getfixturevalue("cluster").new("template_project"), patience=0.5)
    try:
        yield opened
    finally:
        opened.close()
