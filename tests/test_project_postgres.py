"""A project on a PostgreSQL server: the same commands, and no password in the project file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from brinkline.samples import sample_text
from store_fixtures import Cluster

Run = Callable[..., tuple[int, str, str]]


def test_a_project_on_a_server_has_the_same_commands(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("corfu_1923", "amur_river_1937"):
        (tmp_path / f"{name}.txt").write_text(sample_text(name), encoding="utf-8")
    address = cluster.new().replace("brinkline@", "brinkline:secret@")
    assert run("init", "p", "--db", address)[0] == 0
    assert "secret" not in (tmp_path / "p" / "brinkline.toml").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path / "p")
    assert run("add", "../corfu_1923.txt", "../amur_river_1937.txt")[0] == 0
    assert "2 narratives coded" in run("code")[2]
    before = json.loads(run("list", "--as", "json")[1])
    assert "«" in run("search", "corfu actor:Italy")[1]
    assert run("backup")[0] == 0
    (tmp_path / "later.txt").write_text("On 4 May 1931 Italy protested to Greece.", encoding="utf-8")
    assert run("add", "../later.txt")[0] == 0
    assert len(json.loads(run("list", "--as", "json")[1])) == 3
    assert run("restore", "latest")[0] == 0
    assert json.loads(run("list", "--as", "json")[1]) == before
    assert run("doctor")[0] == 0
    assert run("export", "--as", "project", "--out", "all.jsonl")[0] == 0
    assert run("init", "../file")[0] == 0
    assert run("load", "all.jsonl", "--project", "../file")[0] == 0
    assert json.loads(run("list", "--as", "json", "--project", "../file")[1]) == before


def test_a_database_that_is_no_project_is_left_alone(cluster: Cluster, tmp_path: Path, run: Run) -> None:
    address = cluster.new()
    cluster.sql("CREATE TABLE mine (x int)", address.rpartition("?")[0].rpartition("/")[2])
    code, _, told = run("init", tmp_path / "p", "--db", address)
    assert (code, "BL401" in told) == (4, True)
    assert not (tmp_path / "p" / "brinkline.toml").exists()
