"""Looking after a project from the command line: backup, restore, doctor, migrate, export, load, search."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from brinkline.project import Project
from brinkline.samples import sample_text

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two coded narratives."""
    folder = tmp_path_factory.mktemp("coded") / "p"
    with Project.init(folder) as project:
        for name in ("corfu_1923", "amur_river_1937"):
            list(project.add_text(sample_text(name), source=f"{name}.txt"))
        assert len(list(project.code())) == 2
    return folder


@pytest.fixture
def folder(coded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(coded, tmp_path / "p")
    monkeypatch.chdir(copy)
    return copy


def listed(run: Run) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(run("list", "--as", "json")[1])
    return rows


def test_a_backup_brings_a_lost_database_back(folder: Path, run: Run) -> None:
    before = listed(run)
    assert run("backup")[0] == 0
    for path in folder.glob("project.db*"):
        path.unlink()
    assert run("list")[0] == 4
    assert run("restore", "latest")[0] == 0
    assert listed(run) == before
    assert run("doctor")[0] == 0


def test_restoring_keeps_what_was_there(folder: Path, run: Run) -> None:
    run("backup")
    (folder / "later.txt").write_text("On 4 May 1931 Italy protested to Greece.", encoding="utf-8")
    run("add", "later.txt")
    assert len(listed(run)) == 3
    told = run("restore", "latest")[2]
    assert len(listed(run)) == 2
    kept = Path(told.rpartition("what was there before: ")[2].strip())
    with sqlite3.connect(kept) as conn:
        assert conn.execute("SELECT count(*) FROM narrative").fetchone() == (3,)


def test_without_backups_restore_says_so(folder: Path, run: Run) -> None:
    code, _, told = run("restore", "latest")
    assert (code, "BL516" in told) == (5, True)


def test_the_doctor_finds_a_changed_text(folder: Path, run: Run) -> None:
    with sqlite3.connect(folder / "project.db") as conn:
        conn.execute("DROP TRIGGER revision_fixed_update")
        conn.execute("UPDATE revision SET text = replace(text, 'Corfu', 'Korfu')")
    code, out, told = run("doctor")
    assert code == 6
    assert "BL604" in told
    assert "revision" in out


def test_the_doctor_mends_the_index(folder: Path, run: Run) -> None:
    with sqlite3.connect(folder / "project.db") as conn:
        conn.execute("DELETE FROM found_sentence")
    assert run("doctor")[0] == 6
    assert run("doctor", "--mend")[0] == 0
    assert "Corfu" in run("search", "corfu")[1]


def test_migrate_has_nothing_to_do(folder: Path, run: Run) -> None:
    assert "already" in run("migrate")[2]
    assert not (folder / "backups").exists()


def test_a_project_file_fills_another_project_byte_by_byte(folder: Path, run: Run, tmp_path: Path) -> None:
    assert run("export", "--as", "project", "--out", "one.jsonl")[0] == 0
    assert run("init", tmp_path / "q")[0] == 0
    assert run("load", "one.jsonl", "--project", tmp_path / "q")[0] == 0
    assert run("export", "--as", "project", "--out", "two.jsonl", "--project", tmp_path / "q")[0] == 0
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()


def test_a_file_with_faults_changes_nothing(folder: Path, run: Run) -> None:
    run("export", "--as", "project", "--out", "one.jsonl")
    lines = (folder / "one.jsonl").read_text(encoding="utf-8").splitlines()
    lines[2], lines[4] = "{broken", '{"type": "nonsense"}'
    (folder / "bad.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    before = listed(run)
    code, _, told = run("load", "bad.jsonl")
    assert code == 3
    assert "3" in told
    assert "5" in told
    assert listed(run) == before


def test_a_table_needs_the_name_of_its_coder(folder: Path, run: Run) -> None:
    (folder / "icb2.csv").write_text("crisno,cracid,triggr\n901,740,7\n", encoding="utf-8")
    code, _, told = run("load", "icb2.csv")
    assert (code, "BL470" in told) == (2, True)
    code, _, told = run("load", "icb2.csv", "--person", "Ann")
    assert code == 0
    assert "values: 1 new, 0 here already; cases: 1" in told


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "icb1", "icb2", "plover", "geojson", "jsonld"])
def test_exports_are_what_coding_the_files_gives(folder: Path, run: Run, form: str) -> None:
    code, out, _ = run("export", "--as", form)
    assert code == 0
    assert "901" in out or "Corfu" in out


def test_search_sequence_and_similar_answer(folder: Path, run: Run) -> None:
    code, out, told = run("search", "corfu actor:Italy")
    assert code == 0
    assert "«" in out
    assert "sentence" in told
    found = json.loads(run("search", "corfu", "--as", "json")[1])
    assert found["total"] == len(found["hits"]) or found["total"] > 20
    code, _, told = run("search", "actr:ITA")
    assert code == 2
    assert "actor" in told
    assert run("sequence", "A demand B then A attack B")[0] == 0
    assert run("similar", listed(run)[0]["narrative"])[0] == 0


def test_a_release_is_made_cited_and_made_again_after_later_work(folder: Path, run: Run) -> None:
    made = ("--creator", "Lund, Ada", "--licence", "CC-BY-4.0", "--day", "2026-11-24")
    assert run("release", "1.0", *made)[0] == 0
    assert "Lund, Ada (2026)" in run("cite")[1]
    assert run("cite", "--software", "--as", "bibtex")[1].startswith("@software")
    assert run("release", "1.0", *made)[0] == 2
    assert run("release", "1.0", "--check")[0] == 0
    first = folder / "releases" / "1.0"
    (folder / "later.txt").write_text("On 4 May 1931 Italy protested to Greece.", encoding="utf-8")
    run("add", "later.txt")
    run("code")
    assert run("release", "1.0", "--like", first, "--out", folder / "again")[0] == 0
    assert (folder / "again" / "SHA256SUMS").read_bytes() == (first / "SHA256SUMS").read_bytes()
    assert run("release", "1.1", *made)[0] == 0
    changes = (folder / "releases" / "1.1" / "CHANGES.md").read_text(encoding="utf-8")
    assert "1.0" in changes
    (first / "README.md").write_text("other", encoding="utf-8")
    code, out, _ = run("release", "1.0", "--check")
    assert (code, out.strip()) == (6, "changed: README.md")


def test_nothing_released_is_nothing_to_cite(folder: Path, run: Run) -> None:
    code, _, told = run("cite")
    assert (code, "BL497" in told) == (5, True)
