"""``brinkline codebook``: what a user sees of variables, faults and changes, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from brinkline.reference.codebook import codebook
from brinkline.reference.codebook_describe import compare, definition
from brinkline.reference.codebook_file import load_codebook, parse_codebook
from brinkline.reference.fields import Fault

EXAMPLE = Path(__file__).parent.parent / "docs" / "examples" / "cease_fire.toml"
Run = Callable[..., tuple[int, str, str]]


# ---- list and show ----


def test_the_list_has_every_variable_of_both_tables(run: Run) -> None:
    code, out, _ = run("codebook", "--as", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(row["level"], row["name"]) for row in rows] == [(item.level, item.name) for item in codebook().variables]
    trigger = next(row for row in rows if row["name"] == "triggr")
    assert trigger["codes"].startswith("1=verbal act; 2=political act")


def test_the_list_on_the_terminal_and_one_level(run: Run) -> None:
    code, out, _ = run("codebook", "--level", "crisis")
    assert code == 0
    assert "break" in out
    assert "triggr" not in out
    assert "version 14" in out


def test_one_variable(run: Run) -> None:
    code, out, _ = run("codebook", "triggr")
    assert code == 0
    for words in ("triggr  Trigger", "set off the crisis", "actor level · scale nominal", "9      violent act"):
        assert words in out


def test_a_variable_of_both_levels_is_shown_on_both(run: Run) -> None:
    code, out, _ = run("codebook", "globorg", "--as", "json")
    records = json.loads(out)["variables"]
    assert code == 0
    assert [record["level"] for record in records] == ["actor", "crisis"]
    _, out, _ = run("codebook", "show", "globorg", "--level", "crisis", "--as", "json")
    assert [record["level"] for record in json.loads(out)["variables"]] == ["crisis"]


def test_missing_codes_states_and_parts_are_told(run: Run) -> None:
    assert "missing: 9, -99" in run("codebook", "sizedu")[1]
    assert "the numbers of states are values too" in run("codebook", "trigent")[1]
    assert "columns: yrtrig, motrig, datrig" in run("codebook", "trigger_date")[1]


def test_a_variable_of_a_codebook_of_ones_own_with_its_rules(run: Run) -> None:
    code, out, _ = run("codebook", "fate", "--codebook", EXAMPLE, "--as", "json")
    record = json.loads(out)["variables"][0]
    assert code == 0
    assert json.loads(out)["codebook"] == {"name": "cease-fire", "title": "Cease-fire agreements", "version": "1.0"}
    assert [rule["id"] for rule in record["rules"]] == ["collapsed", "violated", "held"]
    assert record["rules"][1]["looks_at"] == "truce violations"
    assert [code["label"] for code in record["codes"]] == ["held", "violated, but not given up", "collapsed"]


def test_measured_rules_of_a_built_in_variable_are_shares(run: Run) -> None:
    rules = json.loads(run("codebook", "triggr", "--as", "json")[1])["variables"][0]["rules"]
    assert all(0 <= rule["share"] <= 1 and rule["cases"] > 0 for rule in rules)


def test_every_definition_is_of_a_variable() -> None:
    from brinkline import data

    for level, entries in data.toml("brinkline.reference", "codebook_definitions.toml").items():
        names = {item.name for item in codebook().variables if item.level == level}
        assert set(entries) <= names
    assert definition("actor", "triggr") != definition("crisis", "break")
    assert definition("actor", "sizedu") == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["codebook", "trigger"], 5, "did you mean triggr"),
        (["codebook", "brexit", "--level", "actor"], 5, "on the actor level"),
        (["codebook", "--as", "xml"], 2, "BL120"),
        (["codebook", "--level", "war"], 2, "BL100"),
        (["codebook", "check", "no/such.toml"], 5, "BL501"),
        (["codebook", "check"], 2, "brinkline codebook --help"),
        (["codebook", "diff", "icb"], 2, "BL100"),
        (["codebook", "diff", "icb", "no/such.toml"], 5, "BL501"),
        (["codebook", "--codebook", "no/such.toml"], 5, "BL501"),
    ],
)
def test_wrong_calls(run: Run, arguments: list[str], code: int, words: str) -> None:
    given, out, err = run(*arguments)
    assert given == code
    assert words in err
    assert out == ""


# ---- check ----


def test_the_example_has_no_faults(run: Run) -> None:
    code, out, err = run("codebook", "check", EXAMPLE)
    assert (code, out) == (0, "")
    assert "no faults" in err


BAD = r"""
name = "Cease Fire"
extends = "icbe"
rows = "all"
titel = "slip"

[[variable]]
name = "a"
label = "A"
level = "crisis"
scale = "nominal"
[variable.codes]
1 = "yes"
2 = "yes"
[[variable.rule]]
id = "r"
from = "words"
words = ["... truce"]
value = 3
[[variable.rule]]
id = "r"
from = "words"
pattern = "(a+)+b"
take = "days"
[[variable.rule]]
from = "event"

[[variable]]
name = "a"
label = "A again"
level = "crisis"
scale = "count"
missing = [true]
[[variable.rule]]
id = "s"
from = "events"
who = "row"
type = ["do.atack"]
take = "count"
confidence = 80
[[variable.rule]]
id = "t"
from = "variables"
when = { gone = 1, "actors.triggr" = 1, b = ">= x" }
value = -1

[[variable]]
name = "b"
label = "B"
level = "actor"
scale = "date"
[[variable.rule]]
id = "u"
from = "variables"
take = "copy"
of = ["b"]
"""
FAULTS = [
    ("$", "version is missing"),
    ("$.extends", "'icbe' is not known here"),
    ("$.name", "'Cease Fire' is not a name"),
    ("$.rows", "'all' is not known here"),
    ("$.titel", "there is no key 'titel' here"),
    ("$.variable[0].codes.2", "the label 'yes' stands twice"),
    ("$.variable[0].rule[0].value", "a has no value 3"),
    ("$.variable[0].rule[0].words", "'... truce' is not a phrase"),
    ("$.variable[0].rule[1].id", "the id r stands twice"),
    ("$.variable[0].rule[1].pattern", "too many ways"),
    ("$.variable[0].rule[1].take", "cannot take 'days'"),
    ("$.variable[0].rule[2]", "id is missing"),
    ("$.variable[0].rule[2].from", "'event' is not known here"),
    ("$.variable[1].missing", "True is neither a whole number nor a text"),
    ("$.variable[1].name", "there are two variables a"),
    ("$.variable[1].rule[0].confidence", "80 is not a share"),
    ("$.variable[1].rule[0].type", "there is no event type 'do.atack'"),
    ("$.variable[1].rule[0].who", "'row' needs a row"),
    ("$.variable[1].rule[1].value", "a has no value -1"),
    ("$.variable[1].rule[1].when.b", "there is no variable 'b' on the crisis level"),
    ("$.variable[1].rule[1].when.gone", "there is no variable 'gone'"),
    ('$.variable[1].rule[1].when["actors.triggr"]', "there is no variable 'triggr' on the actor level"),
    ("$.variable[2].rule", "worked out from one another: b <- b"),
]


def faults_of(text: str) -> list[Fault]:
    return parse_codebook(text.encode(), "own.toml")[1]


def test_all_faults_are_told_at_once_with_place_and_remedy(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    code, out, err = run("codebook", "check", path, "--as", "json")
    told = {(fault["place"], fault["message"]) for fault in json.loads(out)}
    assert code == 6
    assert "BL602" in err
    for place, words in FAULTS:
        assert any(place == other and words in message for other, message in told), (place, words)
    assert len(told) == len(FAULTS) + 1  # ">= x" is told beside the unknown b
    assert all(fault["remedy"] for fault in json.loads(out))


def test_faults_on_the_terminal_and_remedies_that_name_the_nearest(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = run("codebook", "check", path)
    assert code == 6
    for remedy in ("did you mean title?", "did you mean icb?", "did you mean do.attack?", "did you mean events?", "icb.triggr"):
        assert remedy in out


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"name = ", "not valid TOML"),
        (b"name = 'a'\nname = 'b'", "not valid TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x = " + b"[" * 5000, "TOML|lists within lists"),
        (b"x = " + b"9" * 5000, "not valid TOML"),
        (b"#" * 1_000_001, "at most 1,000,000 bytes"),
    ],
    ids=["broken", "twice", "encoding", "deep", "digits", "long"],
)
def test_what_is_no_toml_is_unreadable(run: Run, tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(raw)
    code, out, err = run("codebook", "check", path)
    assert (code, out) == (3, "")
    assert "BL231" in err
    assert any(part in err for part in words.split("|"))


def test_an_empty_file_lacks_everything() -> None:
    assert [(fault.place, fault.message.split()[0]) for fault in faults_of("")] == [
        ("$", "name"),
        ("$", "version"),
        ("$", "variable"),
        ("$.variable", "the"),
    ]


VARIABLE = 'name = "x"\nversion = "1"\n[[variable]]\nname = "x"\nlabel = "X"\nlevel = "LEVEL"\nscale = "SCALE"\n'


@pytest.mark.parametrize(
    ("scale", "more", "place", "words"),
    [
        ("nominal", "", "$.variable[0]", "needs codes"),
        ("count", '[variable.codes]\n1 = "one"', "$.variable[0].codes", "has no codes"),
        ("ordinal", 'states = true\n[variable.codes]\n1 = "one"', "$.variable[0].states", "only a nominal variable"),
        ("nominal", 'missing = [1]\n[variable.codes]\n1 = "one"', "$.variable[0].missing", "code and a missing code"),
        ("nominal", '[variable.codes]\n1 = ""', "$.variable[0].codes.1", "not a label"),
        (
            "count",
            '[[variable.rule]]\nid = "a"\nfrom = "nothing"\nvalue = 1\n'
            '[[variable.rule]]\nid = "b"\nfrom = "nothing"\nvalue = 2',
            "$.variable[0].rule[1]",
            "is never tried: a",
        ),
        (
            "date",
            '[[variable.rule]]\nid = "a"\nfrom = "nothing"\nvalue = 1937-06-22T10:00:00',
            "$.variable[0].rule[0].value",
            "22",
        ),
        ("text", "rule = 4", "$.variable[0].rule", "not a list of tables"),
        (
            "count",
            '[[variable.rule]]\nid = "a"\nfrom = "words"\nvalue = 1',
            "$.variable[0].rule[0]",
            "either words or a pattern",
        ),
        ("count", '[[variable.rule]]\nid = "a"\nfrom = "events"\nvalue = 1', "$.variable[0].rule[0]", "takes any event"),
        ("count", '[[variable.rule]]\nid = "a"\nfrom = "nothing"', "$.variable[0].rule[0]", "value is missing"),
        (
            "date",
            '[[variable.rule]]\nid = "a"\nfrom = "words"\nwords = "x"\ntake = "number"',
            "$.variable[0].rule[0].take",
            "cannot be the value of x, whose scale is date",
        ),
        (
            "count",
            '[[variable.rule]]\nid = "a"\nfrom = "words"\nwords = "x"\ntake = "count"\nvalue = 1',
            "$.variable[0].rule[0].value",
            "has no value of its own",
        ),
        (
            "count",
            '[[variable.rule]]\nid = "a"\nfrom = "variables"\ntake = "days"\nof = ["icb.noactr"]',
            "$.variable[0].rule[0].of",
            "needs two variables",
        ),
        (
            "count",
            '[[variable.rule]]\nid = "a"\nfrom = "words"\nwords = "x"\ntake = "count"\nactor = "rwo"',
            "$.variable[0].rule[0].actor",
            "neither a relation nor a name",
        ),
    ],
)
def test_single_faults(scale: str, more: str, place: str, words: str) -> None:
    faults = faults_of(VARIABLE.replace("SCALE", scale).replace("LEVEL", "crisis") + more)
    assert [(fault.place, words in fault.message) for fault in faults] == [(place, True)], faults


def test_a_date_of_icb_stays_a_date() -> None:
    text = (
        VARIABLE.replace("SCALE", "text").replace("LEVEL", "actor").replace('name = "x"\nlabel', 'name = "trigger_date"\nlabel')
    )
    assert [fault.place for fault in faults_of(text)] == ["$.variable[0].scale"]


def test_a_day_may_stand_without_quotation_marks() -> None:
    rule = '[[variable.rule]]\nid = "a"\nfrom = "nothing"\nvalue = 1937-06-22'
    book, faults = parse_codebook((VARIABLE.replace("SCALE", "date").replace("LEVEL", "crisis") + rule).encode(), "own.toml")
    assert book is not None, faults
    assert book.rules_for("crisis", "x")[0].value == "1937-06-22"


# ---- diff ----


def changed(tmp_path: Path, *edits: tuple[str, str]) -> Path:
    """A copy of the example with some words replaced."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "new.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_changes_are_told_one_by_one(run: Run, tmp_path: Path) -> None:
    new = changed(
        tmp_path,
        ('version = "1.0"', 'version = "1.1"'),
        ('2 = "called for"', '2 = "asked for"'),
        ('4 = "signed"', '4 = "signed"\n5 = "in force"'),
        ('scale = "ordinal"', 'scale = "nominal"'),
        ('name = "term"', 'name = "length"'),
        ("confidence = 0.9", "confidence = 0.95"),
        ("priority = 1\n", ""),
    )
    code, out, err = run("codebook", "diff", EXAMPLE, new, "--as", "json")
    changes = [tuple(change.values()) for change in json.loads(out)["changes"]]
    assert code == 0
    assert changes == [
        ("changed", "", "version", "1.0", "1.1"),
        ("removed", "crisis.term", "variable", "Agreed length in days", ""),
        ("changed", "crisis.truce", "scale", "ordinal", "nominal"),
        ("changed", "crisis.truce", "code 2", "called for", "asked for"),
        ("added", "crisis.truce", "code 5", "", "in force"),
        ("changed", "crisis.truce", "rule signed", "confidence 0.9", "confidence 0.95"),
        ("added", "crisis.length", "variable", "", "Agreed length in days"),
        ("changed", "actor.answer", "rule rejected", "priority 1", "priority 0"),
    ]
    assert err == ""


def test_rules_in_another_order_are_a_change(tmp_path: Path) -> None:
    new = changed(tmp_path, ('id = "accepted"\n', 'id = "accepted"\npriority = 2\n'))
    changes = compare(load_codebook(EXAMPLE), load_codebook(new))
    assert [(change.what, change.old, change.new) for change in changes] == [
        ("rule accepted", "priority 0", "priority 2"),
        ("order of rules", "rejected accepted", "accepted rejected"),
    ]


def test_changed_words_of_a_rule_are_told_by_their_key(tmp_path: Path) -> None:
    new = changed(tmp_path, ('"monitors", ', ""), ('type = ["say.reject"]', 'type = ["say.reject", "say.deny"]'))
    changes = compare(load_codebook(EXAMPLE), load_codebook(new))
    assert [(change.variable, change.old, change.new) for change in changes] == [
        ("crisis.observers", "words", "words"),
        ("actor.answer", "types say.reject", "types say.reject say.deny"),
    ]


def test_no_changes_and_the_same_version(run: Run, tmp_path: Path) -> None:
    code, out, err = run("codebook", "diff", EXAMPLE, EXAMPLE)
    assert (code, err) == (0, "")
    assert "cease-fire 1.0 -> cease-fire 1.0: 0 changes" in out
    code, out, err = run("codebook", "diff", EXAMPLE, changed(tmp_path, ('"held"', '"kept"')))
    assert code == 0
    assert "1 change" in out
    assert "the version is the same" in err


def test_against_the_built_in_codebook(run: Run) -> None:
    code, out, _ = run("codebook", "diff", "icb", EXAMPLE, "--as", "csv")
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert {"kind": "removed", "variable": "actor.triggr", "what": "variable", "old": "Trigger", "new": ""} in rows
    assert {"kind": "added", "variable": "crisis.truce", "what": "variable", "old": "", "new": "Cease-fire reached"} in rows
