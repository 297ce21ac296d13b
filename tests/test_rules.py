"""Rules and examples: every example of every data file is run, a failing one is told, the walk-through of the docs works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import brinkline.cli.rules
from brinkline import data
from brinkline.cli import main
from brinkline.errors import InputError, NotFound
from brinkline.reference.examples import examples as reference_examples
from brinkline.rulebook import STAGES, rule_files, rules, run, summaries
from brinkline.rules import FACTS, Example, Rule, examples_of, rules_of

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
#: The steps of the walk-through: file, the line to write below ("" = at the end), and the lines to write.
STEPS = [
    (match["file"], match["line"] or "", re.sub(r"^    ", "", match["text"], flags=re.M))
    for match in re.finditer(
        r"^    # in (?P<file>\S+), (?:below the line: (?P<line>.+)|at the end)\n(?P<text>(?:    .+\n)+)", PAGE, re.M
    )
]
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run the command line in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")

    def made(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return made


# ---- nothing is left out ----


def test_every_example_of_every_data_file_is_run() -> None:
    """By its file, id and text: a stage that forgets a file, a part or an entry fails here."""
    run_by_stages = {(item.file, item.rule, item.text, item.kind) for stage in STAGES for item in stage()}
    written = {(rule.file, rule.id, text, "positive") for rule in rules(data.coding_files()) for text in rule.examples}
    written |= {(rule.file, rule.id, text, "negative") for rule in rules(data.coding_files()) for text in rule.negatives}
    assert written - run_by_stages == set()


def test_only_tables_of_facts_stay_outside() -> None:
    assert set(data.coding_files()) >= FACTS
    assert [file for file in rule_files() if not rules_of(file)] == []


def test_no_table_of_facts_hides_an_example() -> None:
    for file in FACTS:
        text = (ROOT / "src" / "brinkline" / file).read_text(encoding="utf-8")
        assert not re.search(r"^(?:example|examples) =|^id,.*\bexample\b", text, re.M), file


def test_every_name_of_the_reference_tables_means_what_its_line_says() -> None:
    assert [(item.file, item.rule, reason) for item in reference_examples() if (reason := item.check())] == []


def test_every_rule_names_its_source() -> None:
    """In the entry or at the head of its file."""
    without = {rule.file for rule in rules(rule_files()) if not rule.source}
    assert without <= {
        "dates/patterns.toml",
        "reference/body_names.csv",
        "reference/places_cities.csv",
        "reference/scheme/events.csv",
    }


# ---- records ----


def test_an_id_of_two_parts_is_told_with_its_part() -> None:
    ids = {rule.id for rule in rules_of("variables/values.toml")}
    assert {"threat/territory", "subject/territory", "existence"} <= ids


def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, name: str = "own.toml") -> str:
    """A data file of our own that ``rules_of`` reads."""
    monkeypatch.setattr(data, "toml", lambda _, __: __import__("tomllib").loads(text))
    monkeypatch.setattr(data, "source_line", lambda _: "")
    return name


def test_an_entry_without_an_id_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, monkeypatch, '[[cue]]\nid = "a"\n[[cue]]\nexample = "b"')
    with pytest.raises(ValueError, match=r"\[\[cue\]\] has no id"):
        rules_of(file)


def test_an_id_that_stands_twice_in_a_part_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, monkeypatch, '[[cue]]\nid = "a"\n[[cue]]\nid = "a"')
    with pytest.raises(InputError, match="the id 'a' stands 2 times") as caught:
        rules([file])
    assert (caught.value.code, caught.value.place) == ("BL260", file)


def test_negative_examples_need_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, monkeypatch, '[[cue]]\nid = "a"\nnot = ["b"]')
    with pytest.raises(ValueError, match="which no check reads"):
        list(examples_of(file, lambda rule, text: None))


def failing(reason: str | None) -> Example:
    return Example("variables/cues.toml", "trigger-for", "the port fell silent", "positive", lambda: reason)


def broken() -> str | None:
    raise KeyError("NONE")


def test_a_rule_that_cannot_be_read_has_failed() -> None:
    (outcome,) = run([Example("a.toml", "b", "c", "positive", broken)])
    assert outcome.reason == "cannot be read: 'NONE'"


def test_figures_of_a_file() -> None:
    outcomes = list(run([failing(None), failing("nothing")]))
    (figures,) = summaries(["variables/cues.toml"], outcomes)
    assert (figures.examples, figures.failed, figures.names) == (2, 1, False)
    assert len(figures.bare) == figures.rules - 1


@pytest.mark.parametrize("name", ["cues.toml", "variables/cues.toml", "src/brinkline/variables/cues.toml"])
def test_a_file_by_its_name_or_path(name: str) -> None:
    assert rule_files(name) == ("variables/cues.toml",)


@pytest.mark.parametrize("name", ["cue.toml", "crisis.toml", "", "variables/cues", "../cues.toml"])
def test_no_such_file(name: str) -> None:
    with pytest.raises(NotFound) as caught:
        rule_files(name)
    assert caught.value.code == "BL540"


# ---- the command ----


def test_examples_that_hold(call: Call) -> None:
    code, out, err = call("rules", "test", "--file", "variables")
    assert code == 0
    assert "variables/cues.toml" in out
    assert "dates" not in out
    assert "all come out as their rules say" in err
    assert "without an example: variables/acts.toml" in err


def test_a_failure_is_told_with_file_id_text_and_reason(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brinkline.cli.rules, "examples", lambda files: (failing("found nothing"), failing(None)))
    code, out, err = call("rules", "test", "--file", "cues.toml")
    assert code == 6
    assert "variables/cues.toml  trigger-for\n    the port fell silent\n    found nothing\n" in out
    assert "error[BL603]: 1 example of 2 failed" in err
    code, out, _ = call("rules", "test", "--file", "cues.toml", "--as", "json")
    assert code == 6
    result = json.loads(out)
    assert result["files"][0]["failed"] == 1
    assert result["failures"] == [
        {
            "file": "variables/cues.toml",
            "rule": "trigger-for",
            "kind": "positive",
            "text": "the port fell silent",
            "reason": "found nothing",
        }
    ]


def test_the_list_of_a_file(call: Call) -> None:
    code, out, err = call("rules", "list", "--file", "acts.toml")
    assert code == 0
    assert "source: ICB coding guide" in out
    assert "attack\n    planes bombed the port\n" in out
    assert "answer\n    without example\n" in out
    assert "rules without an example: variables/acts.toml" in err


def test_the_list_of_all_files_counts_names(call: Call) -> None:
    code, out, _ = call("rules", "list")
    assert code == 0
    assert "each name is its own example; --file actors/groups.csv lists them" in out
    assert "White Russians" not in out
    code, out, _ = call("rules", "list", "--file", "groups.csv", "--as", "json")
    assert {"White Russians"} <= {text for rule in json.loads(out) for text in rule["examples"]}


def test_wrong_calls(call: Call) -> None:
    assert call("rules", "test", "--file", "cuse.toml")[0] == 5
    assert "did you mean cues.toml" in call("rules", "list", "--file", "cuse.toml")[2]
    assert call("rules", "test", "--as", "csv")[0] == 2
    assert call("rules", "tset")[0] == 2


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
def test_the_reader_of_the_list_may_go_away() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "brinkline", "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None
    program.stdout.read(10)
    program.stdout.close()
    assert program.stderr is not None
    assert b"Traceback" not in program.stderr.read()
    program.stderr.close()
    assert program.wait(timeout=60) == 0


# ---- the walk-through of docs/rules.md, on a copy of the package ----


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with every step of the walk-through done."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(ROOT / "src" / "brinkline", folder / "brinkline", ignore=shutil.ignore_patterns("__pycache__"))
    for file, line, text in STEPS:
        path = folder / "brinkline" / file
        before = path.read_text(encoding="utf-8")
        if line:
            assert before.count(f"{line}\n") == 1
            path.write_text(before.replace(f"{line}\n", f"{line}\n{text}"), encoding="utf-8")
        else:
            path.write_text(f"{before.rstrip()}\n{text}", encoding="utf-8")
    return folder


def in_copy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "brinkline", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, cwd=folder, check=False)


def test_the_walk_through_has_its_steps() -> None:
    assert [file for file, _, _ in STEPS] == [
        "dates/words.toml",
        "dates/patterns.toml",
        "events/lexicon.csv",
        "actors/groups.csv",
        "variables/cues.toml",
    ]


def test_the_walk_through_holds(copied: Path) -> None:
    result = in_copy(copied, "rules", "test", "--as", "json")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr
    listed = json.loads(in_copy(copied, "rules", "list", "--as", "json").stdout)
    ids = {rule["id"] for rule in listed}
    assert {"depths-of-season", "my001", "lantern-league:Lantern League", "my-tipped-into"} <= ids
    by_id: dict[str, Rule] = {rule.id: rule for rule in rules(rule_files())}
    assert not {"depths-of-season", "my001", "my-tipped-into"} & set(by_id), "the copy is not what ran"


def test_a_wrong_leaf_is_told_as_the_page_says(copied: Path, tmp_path: Path) -> None:
    folder = tmp_path / "wrong"
    shutil.copytree(copied, folder)
    path = folder / "brinkline" / "events" / "lexicon.csv"
    text = path.read_text(encoding="utf-8").replace(
        "my001,beleaguer,verb,obj,do.blockade", "my001,beleaguer,verb,-obj,do.blockade"
    )
    path.write_text(text, encoding="utf-8")
    result = in_copy(folder, "rules", "test", "--file", "lexicon.csv")
    assert result.returncode == 6
    assert (
        "events/lexicon.csv  my001\n    A fleet of Norland beleaguered the port of Sudland.\n    wanted an event"
        in result.stdout
    )


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("variables/cues.toml", '[[cue]]\nid = "x"\nrole = "trigger', "variables/cues.toml"),
        ("actors/groups.csv", "lantern-league,Lantern League,220", "actors/groups.csv"),
    ],
)
def test_a_broken_file_is_told_by_its_name(copied: Path, tmp_path: Path, file: str, text: str, told: str) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(copied, folder)
    path = folder / "brinkline" / file
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{text}\n", encoding="utf-8")
    result = in_copy(folder, "rules", "test")
    assert result.returncode == 3
    assert "BL260" in result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stderr
