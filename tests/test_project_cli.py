"""A project from the command line: made, filled, coded, looked at."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from brinkline.samples import sample_text

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two narratives."""
    monkeypatch.chdir(tmp_path)
    for name in ("corfu_1923", "amur_river_1937"):
        (tmp_path / f"{name}.txt").write_text(sample_text(name), encoding="utf-8")
    return tmp_path


def test_a_project_is_made_filled_coded_and_listed(folder: Path, run: Run) -> None:
    assert run("init", "--title", "Islands")[0] == 0
    code, _, told = run("add", "corfu_1923.txt", "amur_river_1937.txt")
    assert (code, told.strip()) == (0, "2 narratives: 2 new")
    assert "2 narratives coded" in run("code")[2]
    assert "all are coded by this version" in run("code")[2]
    rows = json.loads(run("list", "--as", "json")[1])
    assert all(row["claims"] > 50 and row["revision"] == 1 and row["decided"] == 0 for row in rows)
    assert len(rows) == 2


def test_the_same_file_again_adds_nothing_and_a_changed_one_is_a_revision(folder: Path, run: Run) -> None:
    run("init")
    run("add", "corfu_1923.txt")
    assert run("add", "corfu_1923.txt")[2].strip() == "1 narrative: 1 unchanged"
    file = folder / "corfu_1923.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\nA later line.\n", encoding="utf-8")
    assert run("add", "corfu_1923.txt")[2].strip() == "1 narrative: 1 with a new revision"
    assert json.loads(run("list", "--as", "json")[1])[0]["revision"] == 2


def test_a_bad_file_does_not_stop_the_others(folder: Path, run: Run) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    run("init")
    code, _, told = run("add", "empty.txt", "corfu_1923.txt")
    assert code == 1
    assert "BL203" in told
    assert "1 narrative: 1 new" in told


def test_show_gives_the_same_coding_as_coding_the_file(folder: Path, run: Run) -> None:
    run("init")
    run("add", "amur_river_1937.txt")
    run("code")
    key = json.loads(run("list", "--as", "json")[1])[0]["narrative"]
    assert run("show", key, "--as", "json")[1] == run("code", "amur_river_1937.txt", "--as", "json")[1]


def test_why_shows_the_words_in_their_sentence(folder: Path, run: Run) -> None:
    run("init")
    run("add", "amur_river_1937.txt")
    run("code")
    key = json.loads(run("list", "--as", "json")[1])[0]["narrative"]
    code, out, _ = run("why", key, "triggr", "--actor", "Japan")
    assert code == 0
    assert "actor:740" in out
    assert "actor:365" not in out
    assert "«" in out
    found = json.loads(run("why", key, "triggr", "--as", "json")[1])
    text = (folder / "amur_river_1937.txt").read_text(encoding="utf-8")
    for item in found:
        assert item["state"] == "undecided"
        for words in item["claim"]["evidence"]:
            assert any(words["quote"] in sentence["text"] for sentence in item["sentences"])
            assert words["quote"] in text


def test_unknown_names_get_the_nearest(folder: Path, run: Run) -> None:
    run("init")
    run("add", "amur_river_1937.txt")
    run("code")
    key = json.loads(run("list", "--as", "json")[1])[0]["narrative"]
    code, _, told = run("why", key, "trigr")
    assert (code, "triggr" in told) == (5, True)
    assert run("why", key)[0] == 2
    assert run("show", "nowhere")[0] == 5


def test_without_a_project_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, told = run("list")
    assert code == 5
    assert "BL512" in told
    assert "brinkline init" in told


def test_a_second_project_in_a_folder_is_refused(folder: Path, run: Run) -> None:
    run("init")
    before = (folder / "brinkline.toml").read_bytes()
    code, _, told = run("init")
    assert (code, "BL430" in told) == (4, True)
    assert (folder / "brinkline.toml").read_bytes() == before


def test_a_broken_project_file_is_told(folder: Path, run: Run) -> None:
    run("init")
    (folder / "brinkline.toml").write_text('[project]\ntitle = "x"\n', encoding="utf-8")
    code, _, told = run("list")
    assert (code, "BL432" in told, "id" in told) == (4, True, True)


def test_options_of_files_are_refused_in_a_project(folder: Path, run: Run) -> None:
    run("init")
    assert run("code", "--as", "csv")[0] == 2
