"""The page about the store names every table, and its example runs."""

import re
from pathlib import Path

import pytest

from brinkline.store.codings import store_coding
from brinkline.store.database import open_database
from brinkline.store.narratives import add_narrative
from brinkline.store.schema import FIXED, metadata
from build import coding

PAGE = (Path(__file__).parent.parent / "docs" / "store.md").read_text(encoding="utf-8")


def test_every_table_is_on_the_page() -> None:
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert {name for name in metadata.tables if not name.startswith("found_")} <= named
    listed = PAGE.split("Rows of ")[1].split(" are only ever added")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == set(FIXED)


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given = coding()
    (tmp_path / "my-project").mkdir()
    database = open_database(str(tmp_path / "my-project" / "project.db"), create=True)
    with database.writing() as conn:
        revision = add_narrative(conn, given.narrative, given.sentences, "2026-11-24T10:00:00.000000Z").revision_id
        store_coding(conn, given, revision, "2026-11-24T10:00:00.000000Z")
    database.close()
    monkeypatch.chdir(tmp_path)
    example = re.search(r"```python\n(.*?)```", PAGE, re.S)
    assert example is not None
    exec(example[1], {})
    assert capsys.readouterr().out.startswith("950 LAKE SELMA ")
