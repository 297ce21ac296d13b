"""A coding against a human coding: what counts as right, what is left out and told, and the words beside each miss."""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from pathlib import Path

import pytest

import build
from brinkline.errors import InputError, UsageError
from brinkline.evaluate.layers import actor_key
from brinkline.evaluate.records import Report
from brinkline.evaluate.run import check, crises_in, evaluate_files
from brinkline.exchange.imports.cells import days, joint_date, plain_number
from brinkline.exchange.imports.layout import icb_layout, read_layout

ICB2 = (
    "icb2,crisno,cracno,cracid,actor,crisname,triggr,yrtrig,motrig,datrig,trigent,majres,yerres,monres,dayres,"
    "yrterm,moterm,daterm,usinv"
)


def table(path: Path, *rows: str, head: str = ICB2) -> Path:
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def line(crisis: int, actor: int, number: int = 1, **cells: str) -> str:
    """One row of the actor table; what is not given is as in the coding of ``build``."""
    usual = "ICB2,950,1,991,XXX,LAKE SELMA,9,1931,3,3,992,6,1931,3,4,1931,5,2,1"
    given = dict(zip(ICB2.split(","), usual.split(","), strict=True))
    given |= {"crisno": str(crisis), "cracid": str(actor), "cracno": str(number), **cells}
    return ",".join(given[name] for name in ICB2.split(","))


VESLAND = {"datrig": "9", "trigent": "991", "triggr": "7", "majres": "", "yerres": "", "monres": "", "dayres": "", "usinv": ""}


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    path = tmp_path / "coded.jsonl"
    path.write_text(build.coding().to_json(indent=None) + "\n", encoding="utf-8")
    return path


def scores(report: Report) -> dict[str, float | None]:
    found = {item.name: item.exact.value for item in report.dates}
    return found | {item.name: item.agreement.value for item in report.variables}


def test_a_coding_that_says_the_same_is_right_everywhere(coded: Path, tmp_path: Path) -> None:
    human = table(tmp_path / "human.csv", line(950, 991), line(950, 992, 2, **{**VESLAND, "triggr": ""}))
    report = evaluate_files(coded, human, variables=["trigger_date", "termination_date", "triggr", "trigent", "usinv"])
    assert set(scores(report).values()) == {1.0}
    assert report.mean.value == 1.0
    assert report.misses == ()
    assert report.sets[0].f1.value == 1.0


def test_an_empty_answer_counts_as_wrong_and_a_miss_shows_the_words(coded: Path, tmp_path: Path) -> None:
    human = table(tmp_path / "human.csv", line(950, 991, triggr="7"), line(950, 992, 2, **VESLAND))
    report = evaluate_files(coded, human)
    trigger = next(item for item in report.variables if item.name == "triggr")
    assert (trigger.n, trigger.coded, trigger.agreement.value) == (2, 1, 0.0)
    assert (trigger.majority, trigger.majority_value) == (1.0, "7")
    wrong, empty = (miss for miss in report.misses if miss.variable == "triggr")
    assert (wrong.kind, wrong.human, wrong.human_label, wrong.coded) == ("value", "7", "non-violent military act", "9")
    assert (wrong.actor_name, wrong.human_row, wrong.confidence, wrong.basis) == ("Estmark", 2, 0.7, "quoted")
    passage = wrong.words[0]
    assert passage.sentence.startswith("On 3 March 1931 Vesland's soldiers occupied")
    assert passage.sentence[passage.start : passage.end] == "Vesland's soldiers occupied Gull Island and expelled its fishermen"
    assert (empty.kind, empty.coded, empty.words) == ("not coded", "", ())


def test_an_actor_that_one_side_lacks_is_told_once(coded: Path, tmp_path: Path) -> None:
    human = table(tmp_path / "human.csv", line(950, 991), line(950, 993, 2))
    report = evaluate_files(coded, human)
    actors = report.sets[0]
    assert (actors.wanted, actors.found, actors.both) == (2, 2, 1)
    assert [(miss.kind, miss.actor) for miss in report.misses if miss.variable == "crisis actor"] == [
        ("missed", "993"),
        ("extra", "992"),
    ]
    assert not [miss for miss in report.misses if miss.actor == "993" and miss.variable != "crisis actor"]
    assert report.misses[0].words[0].sentence == "In early April Halvia offered to mediate."
    assert scores(report)["triggr"] == 0.5


def test_two_rows_of_one_actor_are_matched_in_order_of_time(tmp_path: Path) -> None:
    late, early = {"yrtrig": "1932", "triggr": "2"}, {"yrtrig": "1931", "triggr": "7"}
    human = table(tmp_path / "human.csv", line(950, 991, 1, **late), line(950, 991, 2, **early))
    coding = table(tmp_path / "coded.csv", line(950, 991, 0, **early), line(950, 991, 0, **late))
    assert scores(evaluate_files(coding, human, variables=["triggr", "trigger_date"])) == {"triggr": 1.0, "trigger_date": 1.0}


@pytest.mark.parametrize(
    ("human", "answer", "expected"),
    [
        (("1931", "3", "3"), ("1931", "3", "3"), (1, 1.0, 1.0, 1.0)),
        (("1931", "3", "3"), ("1931", "2", "28"), (1, 0.0, 1.0, 1.0)),
        (("1931", "3", "3"), ("1931", "4", "3"), (1, 0.0, 0.0, 1.0)),
        (("1931", "3", "3"), ("1931", "4", "4"), (1, 0.0, 0.0, 0.0)),
        (("1931", "3", "3"), ("1931", "3", "66"), (1, 0.0, 0.0, 0.0)),
        (("1931", "3", "3"), ("", "", ""), (1, 0.0, 0.0, 0.0)),
    ],
)
def test_dates(tmp_path: Path, human: tuple[str, ...], answer: tuple[str, ...], expected: tuple[float, ...]) -> None:
    parts = ("yrterm", "moterm", "daterm")
    wanted = table(tmp_path / "human.csv", line(950, 991, **dict(zip(parts, human, strict=True))))
    coding = table(tmp_path / "coded.csv", line(950, 991, **dict(zip(parts, answer, strict=True))))
    (date,) = evaluate_files(coding, wanted, variables=["termination_date"]).dates
    assert (date.n, date.exact.value, date.within_3.value, date.within_31.value) == expected


@pytest.mark.parametrize(
    ("day", "answer", "right"),
    [
        ("66", "5", 1.0),
        ("66", "66", 1.0),
        ("66", "11", 0.0),
        ("77", "15", 1.0),
        ("88", "31", 1.0),
        ("", "12", 1.0),
        ("88", "", 0.0),
    ],
)
def test_a_part_of_a_month_is_matched_by_a_date_inside_it(tmp_path: Path, day: str, answer: str, right: float) -> None:
    wanted = table(tmp_path / "human.csv", line(950, 991, daterm=day))
    coding = table(tmp_path / "coded.csv", line(950, 991, daterm=answer))
    (date,) = evaluate_files(coding, wanted, variables=["termination_date"]).dates
    assert (date.n, date.partial, date.partial_right) == (0, 1, right)


def test_what_is_wrong_with_the_human_table_is_told_with_row_and_column(coded: Path, tmp_path: Path) -> None:
    human = table(
        tmp_path / "human.csv",
        line(950, 991, triggr="11") + ",x",
        line(950, 991, triggr="9") + ",x",
        line(950, 992, 2, **{**VESLAND, "datrig": "45"}) + ",x",
        line(951, 2) + ",x",
        line(950, 0, 7, cracid="Nowhereland") + ",x",
        head=ICB2 + ",trigr",
    )
    report = evaluate_files(coded, human)
    told = [(fault.code, fault.row, fault.column) for fault in report.faults if fault.code != "BL245"]
    assert told == [
        ("BL240", 1, "trigr"),
        ("BL241", 2, "triggr"),
        ("BL242", 3, "cracid"),
        ("BL241", 4, "datrig"),
        ("BL244", 6, "cracid"),
        ("BL243", 5, ""),
    ]
    assert "did you mean triggr?" in report.faults[0].message
    assert report.crises == ("950",)
    assert next(item.n for item in report.variables if item.name == "triggr") == 1


def test_a_headline_variable_without_a_column_is_told(coded: Path, tmp_path: Path) -> None:
    report = evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991)))
    assert "viol" in {fault.column for fault in report.faults if fault.code == "BL245"}
    assert "viol" not in scores(report)


def test_a_code_outside_the_codebook_in_the_coding_counts_as_wrong(tmp_path: Path) -> None:
    coding = table(tmp_path / "coded.csv", line(950, 991, triggr="99"))
    report = evaluate_files(coding, table(tmp_path / "human.csv", line(950, 991)), variables=["triggr"])
    assert scores(report) == {"triggr": 0.0}
    assert [(fault.code, fault.side) for fault in report.faults if fault.code == "BL241"] == [("BL241", "coded")]


def test_a_mapping_reads_any_table(coded: Path, tmp_path: Path) -> None:
    human = table(
        tmp_path / "mine.csv",
        "950;Estland;31-03;1931-03-03;violent;high",
        "950;992;31-03;1931-03-10;military;low",
        head="case;state;month;start;kind;risk",
    )
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        """
        name = "mine"
        crisis = "case"
        actor = "state"
        ignore = ["month"]
        actor_codes = { Estland = 991 }
        [variables.trigger_date]
        column = "start"
        [variables.triggr]
        column = "kind"
        codes = { violent = 9, military = 7 }
        [variables.risk]
        scale = "ordinal"
        order = ["low", "high"]
        """,
        encoding="utf-8",
    )
    report = evaluate_files(coded, human, mapping=mapping)
    assert report.faults == ()
    assert scores(report) == {"trigger_date": 0.5, "triggr": 0.5, "risk": 0.0}


def test_the_order_of_a_users_own_codes_is_their_scale(tmp_path: Path) -> None:
    mapping = tmp_path / "mine.toml"
    mapping.write_text(
        'crisis="c"\nactor="a"\n[variables.triggr]\n[variables.risk]\nscale="ordinal"\norder=["low","some","high"]\n',
        encoding="utf-8",
    )
    human = table(tmp_path / "h.csv", "1,2,9,low", "2,2,9,some", "3,2,9,high", "4,2,9,low", head="c,a,triggr,risk")
    rows = [
        {"narrative": {"number": n}, "crisis": {}, "crisis_actors": [actor(risk)]}
        for n, risk in enumerate(("low", "high", "high", "low"), 1)
    ]
    coding = tmp_path / "c.json"
    coding.write_text(json.dumps(rows), encoding="utf-8")
    risk = next(item for item in evaluate_files(coding, human, mapping=mapping).variables if item.name == "risk")
    # Mid-ranks: low 2, some 4.5, high 6.5 among 4 low, 1 some, 3 high; one disagreement of (6.5 - 4.5) squared.
    mean = (4 * 2 + 4.5 + 3 * 6.5) / 8
    expected = 2 * 8 * (4 * (2 - mean) ** 2 + (4.5 - mean) ** 2 + 3 * (6.5 - mean) ** 2)
    assert risk.metric == "ordinal"
    assert risk.alpha.value == pytest.approx(1 - 7 * 2 * 4 / expected)


def actor(risk: str) -> dict[str, object]:
    return {"cow": 2, "name": "USA", "claims": {"risk": {"value": risk, "confidence": 0.9}}}


def test_a_wrong_mapping_names_every_fault_at_once(coded: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mine.toml"
    mapping.write_text('level = "aktor"\ncases = "c"\n[variables.crisname]\n[variables.x]\nscale = "odd"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991)), mapping=mapping)
    message = str(caught.value)
    assert caught.value.code == "BL248"
    for words in ("aktor", "cases", "crisis must name", "crisname", "odd"):
        assert words in message


def test_the_mapping_in_the_documentation_is_right(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "evaluate.md").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    layout = read_layout(tmp_path / "mine.toml")
    assert list(layout.fields) == ["trigger_date", "triggr", "risk"]
    assert layout.fields["triggr"].variable.label == "Trigger"
    assert layout.fields["risk"].variable.scale == "ordinal"
    assert "coder" in layout.known


def test_the_headline_in_the_documentation_is_that_of_the_program() -> None:
    page = (Path(__file__).parent.parent / "docs" / "evaluate.md").read_text(encoding="utf-8")
    told = page.split("**Mean.**")[1].split("**Intervals**")[0]
    assert [name for name in icb_layout("icb2").headline if not name.endswith("_date") and name not in told] == []
    assert len(icb_layout("icb2").headline) == 19


def test_codes_off_the_scale_are_values_for_the_share_and_missing_for_ordinal_alpha(tmp_path: Path) -> None:
    head = "crisno,cracid,gbinv"
    human = table(tmp_path / "human.csv", "1,2,0", "2,2,0", "3,2,1", "4,2,8", head=head)
    coding = table(tmp_path / "coded.csv", "1,2,0", "2,2,0", "3,2,1", "4,2,1", head=head)
    (item,) = evaluate_files(coding, human, variables=["gbinv"]).variables
    assert (item.n, item.agreement.value) == (4, 0.75)
    # Of 1-1 and 8-1 alone: mid-ranks 2 and 4, one difference of 2 squared: 1 - 3 * 8 / (2 * 4 * (3 * 0.25 + 2.25)) = 0.
    assert item.alpha.value == pytest.approx(0.0)


def test_the_crisis_table_is_compared_with_the_crisis_claims(coded: Path, tmp_path: Path) -> None:
    human = table(
        tmp_path / "icb1.csv",
        "ICB1,950,X,1931,3,3,1931,5,9,2",
        head="icb1,crisno,crisname,yrtrig,motrig,datrig,yrterm,moterm,daterm,viol",
    )
    assert scores(evaluate_files(coded, human)) == {"trigger_date": 1.0, "termination_date": 0.0, "viol": 1.0}


def test_events_against_icbe(coded: Path, tmp_path: Path) -> None:
    human = table(
        tmp_path / "icbe.csv",
        "950,Estmark,Action,0,0,1,0,0,0",
        "950,Japan,Action,1,0,0,0,0,0",
        "950,League_of_Nations#Council,Speech,0,0,0,0,0,0",
        "950,,Speech,0,0,0,0,0,0",
        "951,Japan,Speech,0,0,0,0,0,0",
        head="crisno,actor,event_type,land,air,sea,wmd,space,cyber",
    )
    report = evaluate_files(coded, human)
    by_name = {item.name: item for item in report.sets}
    assert by_name["Speech"].both == 1
    assert by_name["Action"].wanted == 2
    assert {(miss.kind, miss.actor_name) for miss in report.misses if miss.variable == "Action"} >= {("missed", "Japan")}
    assert [(fault.code, fault.row) for fault in report.faults] == [("BL244", 5), ("BL243", 6)]
    extra = next(miss for miss in report.misses if miss.kind == "extra" and miss.variable == "Action")
    assert extra.words


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Soviet_Union", "state:365"),
        ("Georgia_(country)", "state:372"),
        ("The_Gambia", "state:420"),
        ("League_of_Nations", "body:league"),
        ("C%C3%B4te", "name:côte"),
        ("Polisario_Front", "group:polisario"),
    ],
)
def test_names_of_icbe(written: str, key: str) -> None:
    assert actor_key(written)[0] == key


def test_narratives_bound_what_is_compared(coded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "n"
    folder.mkdir()
    (folder / "a.txt").write_text("CRISNO 0950\n\nX\n", encoding="utf-8")
    (folder / "951.txt").write_text("A text without header.", encoding="utf-8")
    (folder / "notes.txt").write_text("none", encoding="utf-8")
    assert crises_in(folder) == {"950", "951"}
    human = table(tmp_path / "human.csv", line(950, 991), line(951, 2), line(952, 2))
    report = evaluate_files(coded, human, narratives=folder)
    assert report.crises == ("950", "951")
    assert report.sets[0].wanted == 2
    assert evaluate_files(coded, human, narratives=folder, skip=[951]).crises == ("950",)


def test_same_seed_same_report_and_intervals_hold_the_value(tmp_path: Path) -> None:
    human, coding = noisy(tmp_path, 60)
    first = evaluate_files(coding, human, seed=5, resamples=200)
    assert first == evaluate_files(coding, human, seed=5, resamples=200)
    assert first != evaluate_files(coding, human, seed=6, resamples=200)
    for item in first.variables:
        assert item.agreement.low is not None
        assert item.agreement.high is not None
        assert item.agreement.low <= (item.agreement.value or 0) <= item.agreement.high


def noisy(folder: Path, crises: int) -> tuple[Path, Path]:
    """A human table and a coding of it with errors, gaps, missing and extra rows."""
    generator = random.Random(11)
    human, coding = [], []
    for crisis in range(1, crises + 1):
        for number, actor in enumerate(generator.sample([2, 200, 365, 740, 365], generator.randint(1, 3)), 1):
            cells = {name: str(generator.randint(1, 4)) for name in ("triggr", "majres", "usinv")}
            cells |= {"datrig": str(generator.randint(1, 28)), "daterm": str(generator.choice([3, 9, 66, 88]))}
            human.append(line(crisis, actor, number, **cells))
            if generator.random() < 0.1:
                continue
            changed = {
                name: "" if generator.random() < 0.1 else value for name, value in cells.items() if generator.random() < 0.7
            }
            coding.append(line(crisis, generator.choice([actor] * 9 + [20]), 0, **changed))
    return table(folder / "human.csv", *dict.fromkeys(human)), table(folder / "coded.csv", *dict.fromkeys(coding))


def test_figures_are_those_of_a_plain_loop_over_the_rows(tmp_path: Path) -> None:
    """The definitions, written out without arrays: rows by crisis and actor, in order of the trigger date, and counted."""
    human, coding = noisy(tmp_path, 80)
    report = evaluate_files(coding, human, resamples=10)
    sides = []
    for path in (human, coding):
        groups = defaultdict(list)
        taken = set()
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            key = (row["crisno"], row["cracid"])
            if (*key, row["datrig"]) not in taken and row["crisno"] in report.crises:
                groups[key].append(row)
            taken.add((*key, row["datrig"]))
        for rows in groups.values():
            rows.sort(key=lambda row: int(row["datrig"] or 99))
        sides.append(groups)
    wanted, found = sides
    pairs = [
        (row, found[key][index] if index < len(found.get(key, [])) else None)
        for key, rows in wanted.items()
        for index, row in enumerate(rows)
    ]
    for item in report.variables:
        values = [(row[item.name], answer[item.name] if answer else "") for row, answer in pairs if row[item.name]]
        if item.name in ("triggr", "majres", "usinv"):
            assert item.n == len(values)
            assert item.agreement.value == pytest.approx(sum(one == other for one, other in values) / len(values))
    (actors,) = report.sets
    assert (actors.wanted, actors.found, actors.both) == (len(wanted), len(found), len(wanted.keys() & found.keys()))


def test_nothing_in_common_is_an_error(coded: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        evaluate_files(coded, table(tmp_path / "human.csv", line(1, 2)))
    assert caught.value.code == "BL250"


def test_an_unknown_variable_names_the_nearest(coded: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991)), variables=["trigr"])
    assert "triggr" in caught.value.remedy


def test_a_variable_that_the_human_table_lacks_cannot_be_chosen(coded: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no viol"):
        evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991)), variables=["triggr", "viol"])


def test_the_check_fails_below_and_holds_at_the_bound(coded: Path, tmp_path: Path) -> None:
    report = evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991)), variables=["triggr"])
    check(report, 1.0)
    wrong = evaluate_files(coded, table(tmp_path / "human.csv", line(950, 991, triggr="2")), variables=["triggr"])
    with pytest.raises(Exception, match="less than") as caught:
        check(wrong, 0.01)
    assert getattr(caught.value, "exit_code", None) == 6


def test_confidence_is_set_against_truth(coded: Path, tmp_path: Path) -> None:
    human = table(tmp_path / "human.csv", line(950, 991, triggr="2"))
    report = evaluate_files(coded, human, variables=["triggr", "trigent"])
    (band,) = report.reliability
    assert (band.low, band.n, band.right) == (0.7, 2, 1)
    assert report.brier == pytest.approx((0.7**2 + 0.3**2) / 2)


@pytest.mark.parametrize(
    ("value", "length"),
    [("1931-02-88", 8), ("1931-02", 28), ("1931", 365), ("1931-02-30", None), ("soon", None), ("1931-02-28", 1)],
)
def test_days_of_a_date(value: str, length: int | None) -> None:
    found = days(value)
    assert (found and found[1] - found[0] + 1) == length


def test_cells() -> None:
    assert joint_date("1931.0", "03", "3") == "1931-03-03"
    assert joint_date("1931", "13", "3") == "1931"
    assert plain_number("000") == "0"
