"""Batches in a project: killed, stopped, run twice at once. Nothing is lost, nothing is half stored."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from brinkline.coding import Engine
from brinkline.errors import ProjectError
from brinkline.project import Project
from brinkline.project.batch import code_batch
from brinkline.reading import read_text
from brinkline.store.database import open_database
from brinkline.store.integrity import check
from brinkline.store.schema import coding

NARRATIVES = 30
TEXT = (
    "CRISNO {number}\n\nTHE PIER {number}\n\nSummary:\n\n"
    "On 4 May 1931 Italy occupied the pier of Corfu, and a crisis for Greece began. "
    "Greece protested on the 6th and appealed to the League of Nations. "
    "On 9 May 1931 {number}0 Italian soldiers withdrew.\n"
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine whose parser is loaded already."""
    loaded = Engine()
    loaded.code(read_text("Italy withdrew on 4 May 1931."))
    return loaded


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with narratives that are not coded yet."""
    folder = tmp_path_factory.mktemp("filled") / "p"
    with Project.init(folder) as made:
        for number in range(1, NARRATIVES + 1):
            assert list(made.add_text(TEXT.format(number=number)))
    return folder


@pytest.fixture
def project(filled: Path, tmp_path: Path) -> Iterator[Project]:
    copy = shutil.copytree(filled, tmp_path / "p")
    with Project.open(copy) as opened:
        yield opened


def coded(project: Project) -> int:
    with project.database.reading() as conn:
        return conn.execute(select(func.count()).select_from(coding)).scalar_one()


def in_a_process_that_is_killed(project: Project, engine: Engine, after: float) -> None:
    """Run a batch in a process of its own and kill it (SIGKILL) so many seconds after it began to work."""
    ready, begin = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            database = open_database(str(project.database.path))
            batch = code_batch(database, engine)
            next(batch, None)
            os.write(begin, b"x")
            for _ in batch:
                pass
        finally:
            os._exit(0)
    os.close(begin)
    os.read(ready, 1)
    os.close(ready)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_killed_twenty_times_it_keeps_what_was_done_and_finishes(project: Project, engine: Engine) -> None:
    done = 0
    for number in range(20):
        in_a_process_that_is_killed(project, engine, 0.003 * number)
        with project.database.reading() as conn:
            assert check(conn) == ()
        assert coded(project) >= done
        done = coded(project)
    assert done > 0
    rest = list(code_batch(project.database, engine))
    assert coded(project) == NARRATIVES
    assert len(rest) == NARRATIVES - done
    with project.database.reading() as conn:
        assert check(conn) == ()
    texts = {row.key: project.coding(row.key).to_json() for row in project.narratives()}
    fresh = engine.code(read_text(TEXT.format(number=7), source=""))
    assert texts["7"] == fresh.to_json()


def test_a_second_batch_at_the_same_time_is_told_to_wait(project: Project, engine: Engine) -> None:
    hasty = open_database(str(project.database.path), patience=0.1)
    first = code_batch(project.database, engine)
    next(first)
    with pytest.raises(ProjectError) as caught:
        list(code_batch(hasty, engine))
    assert caught.value.code == "BL406"
    first.close()
    assert len(list(code_batch(hasty, engine))) == NARRATIVES - 1
    hasty.close()


def test_reading_goes_on_while_a_batch_writes(project: Project, engine: Engine) -> None:
    batch = code_batch(project.database, engine)
    counts = [sum(row.claims > 0 for row in project.narratives()) for _ in batch]
    assert counts == sorted(counts)
    assert counts[-1] == NARRATIVES


def test_two_workers_store_the_same_codings(project: Project, engine: Engine, tmp_path: Path) -> None:
    with Project.init(tmp_path / "q") as other:
        for number in range(1, 5):
            list(other.add_text(TEXT.format(number=number)))
        other.settings["workers"] = 2
        assert len(list(other.code())) == 4
        pairs = [(row.key, other.coding(row.key).to_json()) for row in other.narratives()]
    list(code_batch(project.database, engine))
    assert [(key, project.coding(key).to_json()) for key, _ in pairs] == pairs


def test_coding_again_adds_nothing(project: Project, engine: Engine) -> None:
    list(code_batch(project.database, engine))
    before = project.narratives()
    assert list(code_batch(project.database, engine)) == []
    some = [row.revision for row in before[:3]]
    assert len(list(code_batch(project.database, engine, some))) == 3
    assert project.narratives() == before
    assert coded(project) == NARRATIVES
