"""Tables of codings by people into a project: every value, under the coder's name; all faults of a file at once."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

import build
from brinkline.errors import InputError
from brinkline.exchange import save, write
from brinkline.exchange.imports.codings import CodedTable, load_codings, read_codings
from brinkline.store import schema
from brinkline.store.claims import claims_of
from brinkline.store.database import Database
from brinkline.store.narratives import add_narrative, find_narrative
from brinkline.store.people import add_person

AT = "2026-05-04T09:30:00.000000Z"
MAPPING = """
level = "actor"
crisis = "case"
actor = "who"
ignore = ["remarks"]
actor_codes = { "the isles" = "990" }

[variables.triggr]
column = "trigger"
codes = { "force" = "9", "words" = "1" }

[variables.trigger_date]
column = "began"

[variables.mood]
scale = "ordinal"
order = ["1", "2", "3"]
"""


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def project(database: Database) -> str:
    """A project with the invented narrative; the id of its coder."""
    given = build.coding()
    with database.writing() as conn:
        add_narrative(conn, given.narrative, given.sentences, AT)
        return add_person(conn, "Ann", "coder", AT).id


def values(read: CodedTable) -> dict[tuple[str, str, str], tuple[object, str]]:
    return {(item.crisis, item.subject, item.field): (item.value, item.label) for item in read.values}


def test_an_actor_table_gives_the_values_that_were_written(tmp_path: Path) -> None:
    given = build.coding()
    read = read_codings(save([given], "icb2", tmp_path / "out.csv")[0])
    wanted = {
        ("950", claim.subject, claim.field): claim.value
        for row in given.crisis_actors
        for claim in row.claims
        if claim.value is not None
    }
    found = {key: value for key, (value, _) in values(read).items() if key[2] != "crisis_trigger_date"}
    assert found == wanted
    assert {value for key, (value, _) in values(read).items() if key[2] == "crisis_trigger_date"} == {"1931-03-03"}


def test_a_crisis_table_gives_the_values_that_were_written(tmp_path: Path) -> None:
    given = build.coding()
    read = read_codings(save([given], "icb1", tmp_path / "out.csv")[0])
    assert {key[2]: value for key, (value, _) in values(read).items()} == {item.field: item.value for item in given.crisis}
    assert {key[1] for key in values(read)} == {"crisis"}


def test_values_become_claims_of_the_coder_without_words(database: Database, tmp_path: Path) -> None:
    ann = project(database)
    read = read_codings(save([build.coding()], "icb2", tmp_path / "mine.csv")[0])
    with database.writing() as conn:
        done = load_codings(conn, read, ann, AT)
    assert (done.added, done.known, done.cases, done.left_out) == (len(read.values), 0, ("950",), ())
    with database.reading() as conn:
        claims = {(item.subject, item.field): item for item in claims_of(conn, find_narrative(conn, 950).revision)}
    made = claims["actor:991", "triggr"]
    assert (made.value, made.label, made.basis, made.author) == (9, "violent act", "reference", ann)
    assert (made.evidence, made.note, made.kind) == ((), "imported from mine.csv, row 2", "variable")
    assert len(claims) == len(read.values)


def test_loading_a_table_twice_adds_nothing_and_a_second_coder_adds_their_own(database: Database, tmp_path: Path) -> None:
    ann = project(database)
    read = read_codings(save([build.coding()], "icb1", tmp_path / "out.csv")[0])
    with database.writing() as conn:
        load_codings(conn, read, ann, AT)
        again = load_codings(conn, read, ann, AT)
        other = load_codings(conn, read, add_person(conn, "Bo", "coder", AT).id, AT)
    assert (again.added, again.known) == (0, len(read.values))
    assert (other.added, other.known) == (len(read.values), 0)


def test_cases_that_the_project_does_not_have_are_left_out_and_told(database: Database, tmp_path: Path) -> None:
    ann = project(database)
    elsewhere = replace(build.coding(), narrative=replace(build.narrative(), number=7))
    path = save([build.coding(), elsewhere], "icb1", tmp_path / "out.csv")[0]
    with database.writing() as conn:
        done = load_codings(conn, read_codings(path), ann, AT)
    assert (done.cases, done.left_out) == (("950",), ("7",))


def test_a_table_of_other_cases_is_an_error(database: Database, tmp_path: Path) -> None:
    ann = project(database)
    elsewhere = replace(build.coding(), narrative=replace(build.narrative(), number=7))
    read = read_codings(save([elsewhere], "icb1", tmp_path / "out.csv")[0])
    with pytest.raises(InputError) as caught, database.writing() as conn:
        load_codings(conn, read, ann, AT)
    assert caught.value.code == "BL286"


def test_two_narratives_of_one_number_are_an_error(database: Database, tmp_path: Path) -> None:
    ann = project(database)
    with database.writing() as conn:
        add_narrative(conn, replace(build.narrative(), text="Other words."), (), AT, as_new=True)
    read = read_codings(save([build.coding()], "icb1", tmp_path / "out.csv")[0])
    with pytest.raises(InputError) as caught, database.writing() as conn:
        load_codings(conn, read, ann, AT)
    assert caught.value.code == "BL287"
    with database.reading() as conn:
        assert conn.execute(select(func.count()).select_from(schema.claim)).scalar() == 0


def test_a_second_crisis_of_the_same_state_is_a_second_row_whatever_their_order(tmp_path: Path) -> None:
    text = "crisno,cracid,yrtrig,motrig,datrig,triggr\n5,740,1931,9,18,9\n5,740,1931,6,2,4\n5,710,1931,9,18,9\n"
    found = values(read_codings(table(tmp_path / "t.csv", text)))
    assert found["5", "actor:740", "triggr"][0] == 4
    assert found["5", "actor:740:2", "triggr"][0] == 9
    assert found["5", "actor:740:2", "trigger_date"][0] == "1931-09-18"


def test_a_table_of_ones_own_comes_in_through_a_mapping(tmp_path: Path) -> None:
    mapping = table(tmp_path / "map.toml", MAPPING)
    text = "case;who;trigger;began;mood;remarks\n950;Japan;force;1931-03;2;x\n950;the isles;words;;;\n951;740;;1932;1;\n"
    found = values(read_codings(table(tmp_path / "own.csv", text), mapping))
    assert found == {
        ("950", "actor:740", "triggr"): (9, "violent act"),
        ("950", "actor:740", "trigger_date"): ("1931-03", ""),
        ("950", "actor:740", "mood"): (2, "2"),
        ("950", "actor:990", "triggr"): (1, "verbal act"),
        ("951", "actor:740", "trigger_date"): ("1932", ""),
        ("951", "actor:740", "mood"): (1, "1"),
    }


def test_codes_for_not_known_are_kept_with_their_label(tmp_path: Path) -> None:
    text = "crisno,cracid,yrtrig,motrig,datrig,outcom,trigent\n5,740,1931,6,66,9,710\n"
    found = values(read_codings(table(tmp_path / "t.csv", text)))
    assert found["5", "actor:740", "outcom"] == (9, "not known")
    assert found["5", "actor:740", "trigent"] == (710, "China")
    assert found["5", "actor:740", "trigger_date"] == ("1931-06-66", "")


def test_a_day_that_its_month_does_not_have_is_told_and_the_month_kept(tmp_path: Path) -> None:
    text = "crisno,cracid,yrtrig,motrig,datrig,triggr\n5,740,1931,6,31,9\n"
    read = read_codings(table(tmp_path / "t.csv", text))
    assert values(read)["5", "actor:740", "trigger_date"][0] == "1931-06"
    assert [(item.row, item.column) for item in read.remarks] == [(2, "datrig")]


def test_all_faults_are_told_at_once_with_row_column_and_remedy(tmp_path: Path) -> None:
    text = (
        "crisno,cracid,yrtrig,motrig,datrig,triggr,usinvv,outcom\n"
        "5,740,1931,6,2,99,1,\n"
        ",740,1931,6,3,9,,\n"
        "5,Atlantis,1931,6,3,9,,\n"
        "5,740,1931,6,2,9,,\n"
        "5,710,1931,13,2,9,,\n"
        "6,740,1931,6,2,9,,,,7\n"
    )
    with pytest.raises(InputError) as caught:
        read_codings(table(tmp_path / "t.csv", text))
    told = str(caught.value)
    assert "7 faults in t.csv; nothing was imported" in told
    for words in (
        "row 1, column usinvv: unknown column 'usinvv' [BL281]; did you mean usinv?",
        "row 2, column triggr: '99' is no code of triggr [BL283]; codes: 1, 2, 3",
        "row 3, column crisno: the case is not told [BL282]",
        "row 4, column cracid: 'Atlantis' names no state [BL282]",
        "row 5: actor 740 in case 5 stands in row 2 too [BL284]",
        "row 6, column motrig: '13' is no code of trigger_date [BL283]; write it as 1937-06-22",
        "row 7: 10 cells for 8 columns",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "BL247"),
        ("crisno,actor,event_type\n1,JPN,x\n", "BL247"),
        ('{"a": 1}\n', "BL246"),
        ("", "BL246"),
    ],
)
def test_what_is_no_table_of_codings_is_told(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_codings(table(tmp_path / "t.csv", text))
    assert caught.value.code == code


def test_a_mapping_whose_columns_are_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_codings(table(tmp_path / "own.csv", "Case,who\n1,2\n"), table(tmp_path / "map.toml", MAPPING))
    assert (caught.value.code, caught.value.remedy) == ("BL280", "did you mean Case?")


def test_a_cell_that_was_guarded_against_spreadsheets_is_no_code(tmp_path: Path) -> None:
    stream = io.StringIO()
    write([build.coding()], "icb1", stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue())))
    rows[1][rows[0].index("viol")] = "=1+1"
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(InputError, match=r"'=1\+1' is no code of viol"):
        read_codings(path)
