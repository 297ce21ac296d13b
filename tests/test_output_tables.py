"""CSV tables, the ICB2 table and the terminal table."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies
from rich.console import Console

import build
from brinkline.exchange import save, write
from brinkline.exchange.cells import guarded, unguarded
from brinkline.exchange.columns import fixed_table
from brinkline.exchange.filled import TABLES
from brinkline.exchange.tables import ROWS
from brinkline.exchange.terminal import renderable
from brinkline.model import Claim, CrisisActor
from brinkline.record import Coding
from brinkline.reference.codebook import codebook


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def written(name: str, *codings: Coding) -> str:
    stream = io.StringIO()
    write(codings, name, stream)
    return stream.getvalue()


def folder(path: Path, *codings: Coding) -> dict[str, list[dict[str, str]]]:
    return {file.stem: rows(file.read_text(encoding="utf-8")) for file in save(codings, "csv", path / "tables")}


def with_title(title: str) -> Coding:
    given = build.coding()
    return replace(given, narrative=replace(given.narrative, title=title))


# CSV


def test_a_single_file_holds_every_claim_with_its_words() -> None:
    given = build.coding()
    found = rows(written("csv", given, given))
    assert len(found) == 2 * (len(given.crisis) + sum(len(row.claims) for row in given.crisis_actors))
    trigger = next(row for row in found if row["subject"] == "actor:992" and row["field"] == "trigger_date")
    assert (trigger["value"], trigger["basis"]) == ("1931-03-09", "quoted")
    assert trigger["quotes"] == "A crisis for Vesland began on the 9th"
    assert found[1]["quotes"] == "from 3 March to 2 May 1931 … the crisis ended for both states"


def test_a_folder_holds_all_tables_and_they_join(tmp_path: Path) -> None:
    tables = folder(tmp_path, build.coding())
    assert tuple(tables) == TABLES
    claims = {row["claim"] for row in tables["claims"]}
    assert {row["claim"] for row in tables["evidence"]} <= claims
    dates = {row["date"] for row in tables["dates"]}
    assert {row["date"] for row in tables["events"] if row["date"]} <= dates
    keys = {row["narrative"] for name, rows in tables.items() if name != "codebook" for row in rows}
    assert keys == {build.coding().narrative.digest[:12]}


def test_quotes_of_a_folder_stand_where_they_say(tmp_path: Path) -> None:
    tables = folder(tmp_path, build.coding())
    checked = [row for name in ("dates", "mentions", "evidence", "references") for row in tables[name]]
    assert len(checked) > 30
    assert all(build.TEXT[int(row["start"]) : int(row["end"])] == row["text"] for row in checked)


@pytest.mark.parametrize("table", sorted(ROWS))
def test_rows_have_a_cell_for_each_described_column(table: str) -> None:
    names = fixed_table(table).names
    assert names[0] == "narrative"
    assert len(names) == len(set(names))
    found = list(ROWS[table](build.coding()))
    assert found
    assert {len(row) + 1 for row in found} == {len(names)}


def test_days_are_iso_and_nothing_is_written_as_none(tmp_path: Path) -> None:
    for table in folder(tmp_path, build.coding()).values():
        for row in table:
            for name in ("earliest", "latest", "last_updated"):
                assert re.fullmatch(r"-?\d{4}-\d\d-\d\d|", row.get(name, ""))
            assert "None" not in row.values()


def test_lines_end_the_same_on_every_system(tmp_path: Path) -> None:
    for path in save([build.coding()], "csv", tmp_path / "t"):
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "=cmd|' /C calc'!A0"])
def test_a_spreadsheet_does_not_run_a_title(title: str) -> None:
    for name in ("csv", "icb2"):
        cell = next(value for key, value in rows(written(name, with_title(title)))[0].items() if key in ("title", "crisname"))
        assert cell.startswith("'")
        assert unguarded(cell).casefold() == title.casefold()


@drawn(strategies.text(alphabet="'=+-@\t\r\n＝ ab1", max_size=6))
def test_guarding_a_cell_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r\n＝"))


@pytest.mark.parametrize("text", ["a\nb", 'say "x"', "a,b", "危机", "في", "\x00\x1b"])
def test_odd_text_comes_back_as_it_was(text: str) -> None:
    assert rows(written("csv", with_title(text)))[0]["title"] == text


def test_tables_are_written_as_codings_come(tmp_path: Path) -> None:
    asked: list[int] = []

    def codings() -> Iterator[Coding]:
        for number in range(3):
            asked.append(number)
            yield build.coding()

    stream = io.StringIO()

    class Watched(io.StringIO):
        def write(self, text: str) -> int:
            stream.write(f"{len(asked)}\n")
            return super().write(text)

    write(codings(), "icb2", Watched())
    assert stream.getvalue().splitlines() == ["0", "1", "1", "2", "2", "3", "3"]


# ICB2


def test_the_icb_table_has_exactly_the_columns_of_the_codebook() -> None:
    header = written("icb2", build.coding()).splitlines()[0].split(",")
    assert tuple(header) == codebook().columns("actor")
    assert (len(header), header[0], header[-1]) == (95, "icb2", "sourdt")


def test_the_icb_table_splits_dates_and_leaves_the_rest_empty() -> None:
    first, second = rows(written("icb2", build.coding()))
    assert [first[name] for name in ("icb2", "crisno", "cracno", "cracid", "actor", "crisname")] == [
        "ICB2", "950", "", "991", "EST", "LAKE SELMA",
    ]  # fmt: skip
    assert [first[name] for name in ("yrtrig", "motrig", "datrig")] == ["1931", "3", "3"]
    assert [second[name] for name in ("yrtrig", "motrig", "datrig")] == ["1931", "3", "9"]
    assert [second[name] for name in ("systrgyr", "systrgmo", "systrgda")] == ["1931", "3", "3"]
    assert [first[name] for name in ("triggr", "trigent", "majres", "usinv")] == ["9", "992", "6", "1"]
    assert [second[name] for name in ("yerres", "monres", "dayres", "triggr", "outesr")] == [""] * 5


def dated(row: CrisisActor, value: str | None) -> CrisisActor:
    def changed(claim: Claim) -> Claim:
        return replace(claim, value=value) if claim.field == "trigger_date" else claim

    return replace(row, claims=tuple(changed(claim) for claim in row.claims))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1931-03-66", ["1931", "3", "66"]),
        ("1931-03-88", ["1931", "3", "88"]),
        ("1931-03", ["1931", "3", ""]),
        ("1931", ["1931", "", ""]),
        (None, ["", "", ""]),
    ],
)
def test_parts_of_a_month_and_missing_parts_stay_as_they_are(value: str | None, expected: list[str]) -> None:
    given = build.coding()
    row = rows(written("icb2", replace(given, crisis_actors=(dated(given.crisis_actors[0], value),))))[0]
    assert [row[name] for name in ("yrtrig", "motrig", "datrig")] == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(("1931-04-66", "1931-04-20"), "66"), (("1931-04-88", "1931-04-20"), "20"), (("1931-04", "1931-04-20"), "20")],
)
def test_the_crisis_begins_with_the_earliest_trigger(days: tuple[str, str], expected: str) -> None:
    given = build.coding()
    actors = tuple(dated(row, day) for row, day in zip(given.crisis_actors, days, strict=True))
    found = rows(written("icb2", replace(given, crisis=(), crisis_actors=actors)))
    assert {row["systrgda"] for row in found} == {expected}


# Terminal


def terminal(coding: Coding, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(renderable(coding))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_terminal_table_fits_its_width(width: int) -> None:
    lines = terminal(build.coding(), width).splitlines()
    assert max(map(len, lines)) <= width


def test_the_terminal_table_tells_the_coding() -> None:
    text = terminal(build.coding(), 100)
    for words in ("LAKE SELMA", "case 950", "2 warnings", "Estmark", "EST 991", "9 · direct violence", "occupy territory"):
        assert words in text
    assert "1 event without a date" in text
    assert "BL351" in text
    assert "not told: regorg 1" in text
    assert "not told: what came after is not told" in text


def test_dates_alone_are_shown_as_a_table_of_dates() -> None:
    text = terminal(replace(build.coding(), actors=(), events=(), crisis=(), crisis_actors=()), 100)
    assert "the winter of 1930-31" in text
    assert "1930-24" in text


def test_a_narrative_cannot_steer_the_terminal_or_its_markup() -> None:
    text = terminal(with_title("A\x1b[31mred\x07 [bold]x[/bold] \u202eback\r\nnew"))
    assert not set(text) & set("\x1b\x07\u202e\r")
    assert "[bold]x[/bold]" in text


def test_no_colour_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in written("table", build.coding())
