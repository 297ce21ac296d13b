"""``brinkline evaluate events``: gold sentences are coded and compared, narratives are compared with a table of ICBe."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from brinkline.evaluate.layers import rows_of

Run = Callable[..., tuple[int, str, str]]

RECORDS = [
    {
        "id": "a",
        "event": "ASSAULT",
        "text": "France attacked Greece.",
        "source": [{"actorText": "France"}],
        "target": [{"actorText": "Greece"}],
    },
    {
        "id": "b",
        "event": "AID",
        "text": "Italy threatened to attack Greece.",
        "source": [{"actorText": "Italy"}],
        "target": [{"actorText": "Greece"}],
    },
    {"id": "c", "event": "CONSULT", "text": "Nothing of note took place.", "source": "", "target": ""},
]
MARKED = "sentence_id\tmarked_sentence\tgold_root\n1\t<s>France</s> praised <t>Italy</t>.\tSUPPORT\n2\t\tAID\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(RECORDS), encoding="utf-8")
    return path


def test_gold_records_are_coded_and_compared(run: Run, gold: Path) -> None:
    code, out, _ = run("evaluate", "events", "--against", gold, "--as", "json")
    report = json.loads(out)
    assert code == 0
    assert [each["name"] for each in report["runs"]] == ["marks given", "text alone"]
    alone = report["runs"][1]
    assert (alone["rows"], alone["found"], alone["pairs"], alone["right"], alone["all_right"]) == (3, 2, 2, 1, 1)
    assert (alone["precision"], alone["recall"]) == (0.5, 0.333333)
    assert ["AID", "THREATEN", 1] in alone["confusion"]
    assert [miss["id"] for miss in alone["misses"]] == ["b", "c"]


def test_table_shows_each_root_and_what_it_was_taken_for(run: Run, gold: Path) -> None:
    code, out, _ = run("evaluate", "events", "--against", gold)
    assert code == 0
    assert "THREATEN 1" in next(line for line in out.splitlines() if line.split()[:1] == ["AID"])
    assert "no event" in out


def test_csv_has_a_line_for_each_root(run: Run, gold: Path, tmp_path: Path) -> None:
    code, _, _ = run("evaluate", "events", "--against", gold, "--as", "csv", "--out", tmp_path / "roots.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "roots.csv").read_text(encoding="utf-8"))))
    assert code == 0
    assert ("text alone", "ASSAULT", "1.0") in {(row["run"], row["root"], row["f1"]) for row in rows}


def test_marked_sentences_and_a_row_without_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "marked.tsv"
    path.write_text(MARKED, encoding="utf-8")
    code, out, err = run("evaluate", "events", "--against", path, "--as", "json")
    assert code == 0
    assert json.loads(out)["runs"][0]["rows"] == 1
    assert "row 3" in err
    assert "BL244" in err


def test_fail_under_looks_at_the_text_alone(run: Run, gold: Path) -> None:
    assert run("evaluate", "events", "--against", gold, "--fail-under", "0.3")[0] == 0
    assert run("evaluate", "events", "--against", gold, "--fail-under", "0.9")[0] == 6


@pytest.mark.parametrize(
    ("text", "code"),
    [("[]", "BL253"), ("[{]", "BL253"), ('[{"text": 1}]', "BL253"), ("marked_sentence\tgold_root\n", "BL253")],
)
def test_files_without_gold_sentences(run: Run, tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "gold"
    path.write_text(text, encoding="utf-8")
    exit_code, _, err = run("evaluate", "events", "--against", path)
    assert (exit_code, code in err) == (3, True)


def test_gold_sentences_need_no_narratives(run: Run, gold: Path) -> None:
    exit_code, _, err = run("evaluate", "events", gold, "--against", gold)
    assert (exit_code, "BL130" in err) == (2, True)


def test_narratives_against_icbe(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "narratives"
    folder.mkdir()
    (folder / "901.txt").write_text("CRISNO 901\n\nFrance attacked Greece. Greece protested to Italy.\n", encoding="utf-8")
    table = tmp_path / "icbe.csv"
    rows = (
        "crisno,actor,event_type,land,air,sea,wmd,space,cyber",
        "901,France,Action,1,0,0,0,0,0",
        "901,Italy,Speech,0,0,0,0,0,0",
    )
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    code, out, _ = run("evaluate", "events", folder, "--against", table, "--as", "json")
    sets = {item["name"]: (item["wanted"], item["found"], item["both"]) for item in json.loads(out)["sets"]}
    assert code == 0
    assert sets["Action"] == (1, 1, 1)
    assert sets["Speech"] == (1, 2, 1)
    exit_code, _, err = run("evaluate", "events", "--against", table)
    assert (exit_code, "BL130" in err) == (2, True)


@pytest.mark.parametrize(
    ("layer", "mode", "parties", "names"),
    [
        ("do", "done", "", ["A"]),
        ("do", "done", "mutual", ["A", "B"]),
        ("say", "done", "", ["A", "B"]),
        ("do", "demanded", "", []),
        ("do", "promised", "", []),
        ("say", "denied", "", []),
        ("think", "done", "", ["A"]),
    ],
)
def test_who_takes_part(layer: str, mode: str, parties: str, names: list[str]) -> None:
    who, whom = ([{"actor": {"kind": "state", "id": f"state:{name}", "name": name}}] for name in "AB")
    event = {"layer": layer, "type": "x", "mode": mode, "attributes": {"parties": parties}, "who": who, "whom": whom}
    assert [name for _, name, _ in rows_of(event)] == names


def test_backing_counts_as_deed_and_word() -> None:
    who = [{"actor": {"kind": "state", "id": "state:A", "name": "A"}}]
    event = {"layer": "do", "type": "do.support", "mode": "done", "attributes": {}, "who": who, "whom": []}
    assert [layer for _, _, layer in rows_of(event)] == ["Action", "Speech"]


def test_groups_without_a_name_and_members_of_collectives() -> None:
    rebels = {"actor": {"kind": "group", "id": "group:rebels", "name": "rebels"}}
    both = {
        "actor": {
            "kind": "collective",
            "id": "collective:state:1+state:2",
            "name": "A and B",
            "members": ["state:1", "state:2"],
        }
    }
    event = {"layer": "do", "type": "x", "mode": "done", "attributes": {}, "who": [rebels, both], "whom": []}
    assert [(actor, name) for actor, name, _ in rows_of(event)] == [("state:1", "A"), ("state:2", "B")]
