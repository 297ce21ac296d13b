"""SQLite, Parquet, Stata and CSV as pandas, pyreadstat and DuckDB read them: types, labels, counts, missing values."""

from __future__ import annotations

import csv
import datetime
import os
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyreadstat
import pytest

import build
import odd
from brinkline.errors import UsageError
from brinkline.exchange import save
from brinkline.exchange.cells import unguarded
from brinkline.exchange.columns import fixed_table
from brinkline.exchange.filled import TABLES
from brinkline.record import OwnVariable

COUNTS = {
    "narratives": 2,
    "crises": 2,
    "crisis_actors": 3,
    "events": len(build.coding().events) + 1,
    "dates": len(build.coding().dates) + 1,
    "mentions": len(build.coding().actors) + 2,
    "claims": 4 + 11 + 4 + 2,
    "decisions": 2,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both codings with decisions, in all formats of tables."""
    path = tmp_path_factory.mktemp("tables")
    for name in ("csv", "parquet", "stata"):
        save(odd.both(), name, f"{path}/{name}/", decisions=odd.decisions())
    save(odd.both(), "sqlite", path / "all.sqlite", decisions=odd.decisions())
    return path


def rows_of(folder: Path, kind: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table as some reader sees them, what is not known as None."""
    if kind == "csv":
        with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return [{key: unguarded(cell) if cell else None for key, cell in row.items()} for row in csv.DictReader(file)]
    if kind == "sqlite":
        with closing(sqlite3.connect(folder / "all.sqlite")) as conn:
            conn.row_factory = sqlite3.Row
            return [dict(row) for row in conn.execute(f'SELECT * FROM "{table}"')]
    if kind == "parquet":
        found = duckdb.sql(f"SELECT * FROM '{folder}/parquet/{table}.parquet'")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    frame, _ = pyreadstat.read_dta(folder / "stata" / f"{table}.dta", user_missing=True)
    return [dict(row) for row in frame.astype(object).where(frame.notna(), None).to_dict("records")]


@pytest.mark.parametrize("kind", ["csv", "sqlite", "parquet", "stata"])
def test_every_table_is_there_with_all_its_rows(folder: Path, kind: str) -> None:
    for table in TABLES:
        rows = rows_of(folder, kind, table)
        assert len(rows) == COUNTS.get(table, len(rows)), table
        assert rows or table == "warnings"


@pytest.mark.parametrize("kind", ["csv", "sqlite", "parquet", "stata"])
def test_quotes_are_the_words_of_the_text_in_every_format(folder: Path, kind: str) -> None:
    texts = {item.narrative.digest[:12]: item.narrative.text.replace("\ud83d", "\\ud83d") for item in odd.both()}
    checked = 0
    for table in ("evidence", "dates", "mentions"):
        for row in rows_of(folder, kind, table):
            text = next(item.narrative.text for item in odd.both() if item.narrative.digest[:12] == row["narrative"])
            words = text[int(row["start"]) : int(row["end"])].replace("\ud83d", "\\ud83d")
            assert row["text"] == words, (table, row)
            checked += 1
    assert checked > 40
    assert texts


@pytest.mark.parametrize("kind", ["csv", "sqlite", "parquet", "stata"])
def test_formats_say_the_same(folder: Path, kind: str) -> None:
    def plain(row: dict[str, Any]) -> dict[str, str]:
        cells = {key: "" if cell is None or cell in ("n", "o", "a", "b") else cell for key, cell in row.items()}
        return {key: str(int(cell)) if isinstance(cell, float | bool) else str(cell) for key, cell in cells.items()}

    for table in ("events", "dates", "claims", "crises", "crisis_actors", "decisions", "codebook"):
        skipped = {"intensity", "confidence", "earliest", "latest", "mediate", "sizedu"}
        wanted = [{key: cell or "" for key, cell in row.items() if key not in skipped} for row in rows_of(folder, "csv", table)]
        found = [{key: cell for key, cell in plain(row).items() if key not in skipped} for row in rows_of(folder, kind, table)]
        assert found == wanted, table


def test_duckdb_sees_the_types_of_parquet(folder: Path) -> None:
    def types(table: str) -> dict[str, str]:
        return dict(
            duckdb.sql(
                f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{folder}/parquet/{table}.parquet')"
            ).fetchall()
        )

    events, actors = types("events"), types("crisis_actors")
    assert [events[name] for name in ("narrative", "start", "confidence", "armed", "earliest", "evidence")] == [
        "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "VARCHAR",
    ]  # fmt: skip
    assert {actors[name] for name in ("triggr", "yrtrig", "outcom", "row")} == {"BIGINT"}
    assert actors["trigger_date_first"] == "DATE"
    assert (types("crises")["mood"], types("crises")["weather"]) == ("BIGINT", "VARCHAR")


def test_duckdb_counts_by_day_over_joined_tables(folder: Path) -> None:
    found = duckdb.sql(
        f"""SELECT a.actor, count(*), min(a.trigger_date_first) FROM '{folder}/parquet/crisis_actors.parquet' a
        JOIN '{folder}/parquet/narratives.parquet' n USING (narrative) WHERE n.number = 950 GROUP BY a.actor ORDER BY 1"""
    ).fetchall()
    assert found == [("EST", 1, datetime.date(1931, 3, 3)), ("VES", 1, datetime.date(1931, 3, 9))]


def test_parquet_fields_bring_their_meaning(folder: Path) -> None:
    import pyarrow.parquet

    field = pyarrow.parquet.read_schema(folder / "parquet" / "crisis_actors.parquet").field("triggr")
    assert field.metadata[b"label"] == b"Trigger"
    assert b'"9": "violent act"' in field.metadata[b"codes"]


@pytest.mark.parametrize("kind", ["parquet", "stata"])
def test_a_day_that_readers_cannot_show_is_empty_and_its_edtf_kept(folder: Path, kind: str) -> None:
    row = rows_of(folder, kind, "dates")[-1]
    assert (row["earliest"], row["latest"], row["edtf"]) == (None, None, "-0479")
    assert rows_of(folder, kind, "dates")[3]["earliest"] == datetime.date(1931, 3, 3)


def test_csv_and_sqlite_keep_days_before_year_1(folder: Path) -> None:
    for kind in ("csv", "sqlite"):
        assert rows_of(folder, kind, "dates")[-1]["earliest"] == "-0479-01-01"


def test_sqlite_has_types_and_indexes(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "all.sqlite")) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = conn.execute("SELECT DISTINCT typeof(start), typeof(confidence), typeof(earliest) FROM events").fetchall()
        assert set(kinds) == {("integer", "real", "text"), ("integer", "real", "null")}
        plan = conn.execute("EXPLAIN QUERY PLAN SELECT * FROM evidence WHERE claim = 'x'").fetchone()
        assert "USING INDEX" in plan[-1]
    frame = pandas.read_sql("SELECT crisno, viol FROM crises", f"sqlite:///{folder}/all.sqlite")
    assert frame["viol"].tolist()[0] == 2
    assert frame["viol"].isna().tolist() == [False, True]


# Stata


def read(folder: Path, table: str, **options: bool) -> tuple[pandas.DataFrame, Any]:
    frame, told = pyreadstat.read_dta(folder / "stata" / f"{table}.dta", **options)
    return frame, told


def test_stata_files_are_of_version_118_and_bear_no_time(folder: Path) -> None:
    for table in TABLES:
        head = (folder / "stata" / f"{table}.dta").read_bytes()[:400]
        assert head.startswith(b"<stata_dta><header><release>118</release>")
        assert b"01 Jan 1960 00:00</timestamp>" in head


def test_stata_has_labels_of_variables_and_values(folder: Path) -> None:
    _, told = read(folder, "crisis_actors", user_missing=True)
    assert told.column_names_to_labels["triggr"] == "Trigger"
    labels = told.variable_value_labels["triggr"]
    assert (labels[9], labels["n"], labels["o"]) == ("violent act", "not coded", "open")
    _, own = read(folder, "crises", user_missing=True)
    assert own.column_names_to_labels["mood"] == "The mood"
    assert own.variable_value_labels["mood"][2] == "grim"
    _, events = read(folder, "events")
    assert events.variable_value_labels["armed"] == {0: "no", 1: "yes"}


def test_stata_tells_not_coded_open_and_the_codes_for_not_known_apart(folder: Path) -> None:
    crises, told = read(folder, "crises", user_missing=True)
    assert crises["viol"].tolist() == [2, "o"]
    assert crises["mediate"].tolist() == ["n", "a"]
    assert told.variable_value_labels["mediate"]["a"].startswith("code 9: ")
    actors, told = read(folder, "crisis_actors", user_missing=True)
    assert actors["sizedu"].tolist() == ["n", "n", "b"]  # 9 is .a, -99 is .b
    assert told.variable_value_labels["sizedu"]["b"].startswith("code -99: ")
    assert actors["outesr"].tolist() == ["o", "n", "n"]
    plain = pandas.read_stata(folder / "stata" / "crises.dta", convert_categoricals=False)
    assert plain["mediate"].isna().all()
    assert plain["viol"].tolist()[0] == 2


def test_stata_takes_a_first_number_after_many_open_values(tmp_path: Path) -> None:
    given = odd.coding()
    save([*[given] * 150, build.coding()], "stata", tmp_path)
    frame, _ = pyreadstat.read_dta(tmp_path / "crises.dta", user_missing=True)
    assert frame["viol"].tolist() == ["o"] * 150 + [2]


def test_stata_days_are_days_and_long_words_are_whole(folder: Path) -> None:
    frame, told = read(folder, "events")
    assert frame["earliest"][0] == datetime.date(1931, 3, 3)
    assert told.original_variable_types["earliest"] == "%td"
    long, _ = read(folder, "evidence")
    assert odd.LONG in long["text"].tolist()
    assert pandas.read_stata(folder / "stata" / "evidence.dta")["text"].str.len().max() == len(odd.LONG)


def test_a_stata_file_that_the_library_left_half_is_never_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pyreadstat.write_dta

    def half(frame: pandas.DataFrame, path: Path, **options: Any) -> None:
        whole(frame, path, **options)
        os.truncate(path, path.stat().st_size // 2)

    monkeypatch.setattr(pyreadstat, "write_dta", half)
    with pytest.raises(UsageError, match="no space left") as caught:
        save([build.coding()], "stata", tmp_path)
    assert caught.value.code == "BL121"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of file sizes")
@pytest.mark.parametrize("name", ["sqlite", "parquet", "stata"])
def test_no_space_for_a_file_is_told_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(UsageError) as caught:
            save(odd.both(), name, tmp_path / "x.sqlite" if name == "sqlite" else tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.code == "BL121"
    assert list(tmp_path.iterdir()) == []


def test_stata_takes_any_name_of_a_variable(tmp_path: Path) -> None:
    names = ["if", "2nd", "änder ung", "a" * 40, "a" * 41, "strL"]
    given = odd.coding()
    own = tuple(OwnVariable("crisis", name, f"About {name}", "ordinal") for name in names)
    claims = tuple(replace(given.crisis[3], field=name, id=f"claim:{name}") for name in names)
    save([replace(given, own_variables=own, crisis=claims)], "stata", tmp_path)
    frame, told = pyreadstat.read_dta(tmp_path / "crises.dta")
    assert frame.columns[-6:].tolist() == ["v_if", "v_2nd", "_nder_ung", "a" * 29, "a" * 25 + "_2", "v_strL"]
    assert told.column_labels[-6:] == [f"About {name}" for name in names]
    assert frame.iloc[0, -6:].tolist() == [2] * 6


def test_tables_without_any_row_are_still_tables(tmp_path: Path) -> None:
    for name in ("csv", "parquet", "stata"):
        save([], name, f"{tmp_path}/{name}/")
    save([], "sqlite", tmp_path / "all.sqlite")
    for kind in ("csv", "sqlite", "parquet", "stata"):
        assert rows_of(tmp_path, kind, "events") == []
    frame, _ = pyreadstat.read_dta(tmp_path / "stata" / "events.dta")
    assert tuple(frame.columns) == fixed_table("events").names


# CSV and its codebook


def test_pandas_reads_csv_with_the_types_of_the_codebook(folder: Path) -> None:
    codebook = pandas.read_csv(folder / "csv" / "codebook.csv", keep_default_na=False)
    columns = codebook[codebook["code"] == ""]
    for table in TABLES:
        kinds = dict(columns[columns["table"] == table][["column", "type"]].itertuples(index=False))
        types = {"integer": "Int64", "flag": "Int64", "number": "float64"}
        frame = pandas.read_csv(
            folder / "csv" / f"{table}.csv", dtype={name: types.get(kind, "string") for name, kind in kinds.items()}
        )
        if table != "codebook":
            assert list(frame.columns) == list(kinds)
    actors = pandas.read_csv(folder / "csv" / "crisis_actors.csv")
    labels = codebook[(codebook["table"] == "crisis_actors") & (codebook["column"] == "triggr") & (codebook["code"] != "")]
    assert dict(labels[["code", "code_label"]].itertuples(index=False))[str(int(actors["triggr"][0]))] == "violent act"
    missing = codebook[(codebook["column"] == "sizedu") & (codebook["missing"] == "1")]
    assert missing["code"].tolist() == ["9", "-99"]


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_reads_every_row_of_csv_as_it_was_written(folder: Path, table: str) -> None:
    path = folder / "csv" / f"{table}.csv"
    found = duckdb.sql(f"SELECT * FROM read_csv('{path}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert found.columns == header
    assert [["" if cell is None else cell for cell in row] for row in found.fetchall()] == rows


def test_the_codebook_describes_every_column_once(folder: Path) -> None:
    rows = rows_of(folder, "csv", "codebook")
    for table in TABLES[:-1]:
        with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        described = [row["column"] for row in rows if row["table"] == table and row["code"] is None]
        assert described == header
        assert all(row["label"] for row in rows if row["table"] == table)


def test_decisions_stand_beside_the_value_they_are_about(folder: Path) -> None:
    edit, reject = rows_of(folder, "csv", "decisions")
    told = [edit[name] for name in ("subject", "field", "value", "author", "person", "verdict", "new_value")]
    assert told == ["crisis", "viol", "2", "brinkline", "person:ann", "edit", "3"]
    assert [reject[name] for name in ("value", "verdict", "note")] == ["Estmark mobilized two regiments", "reject", "=no"]
    claims = {(row["narrative"], row["subject"], row["field"]) for row in rows_of(folder, "csv", "claims")}
    assert (edit["narrative"], edit["subject"], edit["field"]) in claims


def test_a_spreadsheet_runs_nothing_of_any_table(folder: Path) -> None:
    for path in (folder / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")) or cell == "-3+1"], path
