"""The package of a release: whole or not at all, the same bytes again, valid for those who load, cite, check and rebuild it."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from frictionless import Package, validate

import build
import release_case
from brinkline.decision import Decision, StoredClaim
from brinkline.errors import InputError, NotFound, ProjectError, UsageError
from brinkline.exchange.decided import Decided
from brinkline.exchange.release import Creator, check_release, make_release, read_recipe
from brinkline.model import Day, Section
from brinkline.record import Coding

FORMATS = ["jsonl", "sqlite", "stata", "parquet", "icb2", "timeml"]
FIXTURES = Path(__file__).parent / "fixtures" / "release"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two codings in several formats."""
    place = tmp_path_factory.mktemp("project") / "releases" / "1.0"
    make_release(place, release_case.codings(), release_case.details(title=release_case.ODD), FORMATS)
    return place


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_is_promised_is_there(folder: Path) -> None:
    files = set(tree(folder))
    assert {"README.md", "LICENCE.md", "CHANGES.md", "CITATION.cff", "SHA256SUMS", "manifest.json", "rebuild.py"} <= files
    assert {f"codebook/codebook.{suffix}" for suffix in ("html", "md", "csv", "xml")} <= files
    assert {
        f"citations/{name}.{suffix}" for name in ("data", "software", "sources") for suffix in ("bib", "json", "ris")
    } <= files
    assert {"data/csv/claims.csv", "data/jsonl/codings.jsonl", "data/sqlite/codings.sqlite", "data/icb2/codings.csv"} <= files
    assert len([path for path in files if path.startswith("data/timeml/")]) == 2


def test_csv_is_there_without_being_asked_for(tmp_path: Path) -> None:
    make_release(tmp_path / "r", release_case.codings(), release_case.details())
    assert (tmp_path / "r" / "data" / "csv" / "claims.csv").is_file()


@pytest.mark.parametrize("title", [release_case.ODD, "Crises of the Northern Lakes"])
def test_frictionless_finds_no_fault(tmp_path: Path, title: str) -> None:
    make_release(tmp_path / "r", release_case.codings(), release_case.details(title=title), ["jsonl"])
    report = validate(str(tmp_path / "r" / "datapackage.json"))
    assert report.flatten(["name", "fieldName", "type", "note"]) == []
    assert report.valid
    package = Package(str(tmp_path / "r" / "datapackage.json"))
    assert package.title == " ".join(title.replace("\x07", "").split())
    assert package.get_resource("evidence").schema.primary_key == ["narrative", "claim", "quote"]
    assert [key["reference"]["resource"] for key in package.get_resource("evidence").schema.foreign_keys] == [
        "narratives",
        "claims",
    ]


def test_frictionless_finds_a_changed_file(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    notes = copy / "data" / "csv" / "warnings.csv"
    notes.write_text(notes.read_text(encoding="utf-8").replace("BL310", "BL311", 1), encoding="utf-8")
    assert [kind for (kind,) in validate(str(copy / "datapackage.json")).flatten(["type"])] == ["hash-count"]


def test_values_outside_the_codebook_are_faults_for_frictionless(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    record = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    for resource in record["resources"]:
        resource.pop("hash"), resource.pop("bytes")
    (copy / "datapackage.json").write_text(json.dumps(record), encoding="utf-8")
    claims = copy / "data" / "csv" / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(",0.9,", ",1.9,", 1), encoding="utf-8")
    actors = copy / "data" / "csv" / "crisis_actors.csv"
    names, first, *rest = actors.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    cells[names.split(",").index("triggr")] = "42"
    actors.write_text("\n".join([names, ",".join(cells), *rest, ""]), encoding="utf-8")
    evidence = copy / "data" / "csv" / "evidence.csv"
    evidence.write_text(evidence.read_text(encoding="utf-8") + "ffffffffffff,claim:none,1,0,5,words\n", encoding="utf-8")
    report = validate(str(copy / "datapackage.json"))
    found = {(task.name, error.type) for task in report.tasks for error in task.errors}
    assert found == {("claims", "constraint-error"), ("crisis_actors", "constraint-error"), ("evidence", "foreign-key")}


def test_days_before_year_one_are_days_for_frictionless_too(tmp_path: Path) -> None:
    """No reader of tables knows such a day: its column is text in the form of a day, an ordinary column stays one of dates."""
    first = build.coding()
    old = replace(first.dates[0], earliest=Day(-479, 8, 11), latest=Day(-479, 8, 11))
    events = tuple(replace(event, when=None) for event in first.events)
    make_release(tmp_path / "r", [replace(first, dates=(old, *first.dates[1:]), events=events)], release_case.details())
    path = str(tmp_path / "r" / "datapackage.json")
    assert validate(path).flatten(["type", "note"]) == []
    package = Package(path)
    assert package.get_resource("dates").schema.get_field("earliest").type == "string"
    assert package.get_resource("crises").schema.get_field("trigger_date_first").type == "date"


def test_decisions_of_people_are_part_of_a_release(tmp_path: Path) -> None:
    first = build.coding()
    claim = first.crisis_actors[0].claims[1]
    stored = StoredClaim(
        "claim:1",
        "revision:1",
        "variable",
        claim.subject,
        claim.field,
        claim.value,
        claim.label,
        "quoted",
        (),
        "brinkline",
        0.7,
        "",
    )
    made = Decision("decision:1", "claim:1", "person:ada", "2026-11-24T10:00:00.000000Z", "reject", "14", note='=no, "never"')
    decided = (Decided(first.narrative.digest, made, stored) for _ in range(1))
    release = make_release(tmp_path / "r", [first], release_case.details(), ["sqlite"], decisions=decided)
    assert release.manifest["tables"]["decisions"]["rows"] == 1
    assert validate(str(tmp_path / "r" / "datapackage.json")).flatten(["type", "note"]) == []
    assert "(nothing in this release)" not in (tmp_path / "r" / "README.md").read_text(encoding="utf-8")
    with sqlite3.connect(tmp_path / "r" / "data" / "sqlite" / "codings.sqlite") as base:
        assert base.execute("SELECT verdict, note FROM decisions").fetchall() == [("reject", '=no, "never"')]
    base.close()


def test_sums_hold_for_the_program_that_everybody_has(folder: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum on this system")
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert listed == set(tree(folder)) - {"SHA256SUMS"}


def test_the_same_codings_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    make_release(
        tmp_path / "again",
        iter(release_case.codings()),  # goes by only once: put aside for the other formats
        release_case.details(title=release_case.ODD),
        [*FORMATS, "csv"],
    )
    assert tree(tmp_path / "again") == tree(folder)


def test_citation_file_fits_its_schema(folder: Path) -> None:
    record = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    schema = json.loads((FIXTURES / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(record)
    assert record["title"] == release_case.ODD_LINE
    assert record["authors"][0] == {
        "family-names": "Lund",
        "given-names": "Ada",
        "orcid": "https://orcid.org/0000-0002-1825-0097",
    }
    assert record["references"][0]["version"] == "test"


def test_a_citation_file_of_the_least_details_fits_too(tmp_path: Path) -> None:
    least = release_case.details(creators=(Creator("Lund"),), licence="", doi="", homepage="", keywords=())
    make_release(tmp_path / "r", release_case.codings(), least)
    schema = json.loads((FIXTURES / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load((tmp_path / "r" / "CITATION.cff").read_text(encoding="utf-8")))
    assert "No licence is stated" in (tmp_path / "r" / "LICENCE.md").read_text(encoding="utf-8")


def test_croissant_names_only_files_columns_and_terms_that_are_there(folder: Path) -> None:
    record = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert record["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {item["@id"]: item for item in record["distribution"]}
    for item in files.values():
        assert (folder / item["contentUrl"]).is_file()
        assert len(item["sha256"]) == 64
    fields = {field["@id"] for part in record["recordSet"] for field in part["field"]}
    known = set(record["@context"]) | {
        "name",
        "description",
        "distribution",
        "creator",
        "version",
        "license",
        "url",
        "keywords",
    }
    known |= {"@context", "@type", "@id", "alternateName", "datePublished", "identifier", "contentUrl", "contentSize", "sha256"}
    known |= {"encodingFormat", "givenName", "familyName", "keywords"}
    for part in record["recordSet"]:
        for key in part.get("key", []):
            assert key["@id"] in fields
        for field in part["field"]:
            source = field["source"]
            path = folder / files[source["fileObject"]["@id"]]["contentUrl"]
            header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
            assert source["extract"]["column"] in header
            if "references" in field:
                assert field["references"]["field"]["@id"] in fields
    assert terms(record, skip="@context") <= known


def terms(value: Any, *, skip: str = "") -> set[str]:
    """Every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        own = set(value) | {"@context"} if skip else set(value)
        return own.union(*(terms(part) for key, part in value.items() if key != skip))
    return set().union(*map(terms, value)) if isinstance(value, list) else set()


def test_markdown_shows_odd_titles_as_they_are(folder: Path) -> None:
    head = (folder / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert head == '# Lakes \\& "Rivers" \\<b\\>of\\</b\\> {100%} second \\\\ line\\_é\\~^\\#\\$ — 末'


def test_the_readme_names_only_files_that_are_there(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\((data/[^)]+)\)|`((?:data|codebook|citations)/[\w/]*)`", text):
        assert (folder / "".join(path)).exists(), path


# --- whole or not at all ----------------------------------------------------------------------------------------------


def test_no_codings_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        make_release(tmp_path / "1.0", [], release_case.details(), ["jsonl"])
    assert caught.value.code == "BL490"
    assert list(tmp_path.iterdir()) == []


def test_an_error_half_way_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Coding]:
        yield build.coding()
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        make_release(tmp_path / "1.0", broken(), release_case.details())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("taken", ["file", "folder"])
def test_a_release_is_never_written_over(tmp_path: Path, taken: str) -> None:
    place = tmp_path / "1.0"
    if taken == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        make_release(place, release_case.codings(), release_case.details())
    before = tree(tmp_path)
    with pytest.raises(UsageError) as caught:
        make_release(place, release_case.codings(), release_case.details())
    assert caught.value.code == "BL493"
    assert tree(tmp_path) == before


def test_an_empty_folder_is_no_hindrance_and_missing_ones_are_made(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    make_release(tmp_path / "a", release_case.codings(), release_case.details())
    make_release(tmp_path / "b" / "c", release_case.codings(), release_case.details())
    assert check_release(tmp_path / "a") == check_release(tmp_path / "b" / "c") == ()


@pytest.mark.skipif(os.name == "nt", reason="needs a place that cannot be written to")
def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        make_release(tmp_path / "file" / "1.0", release_case.codings(), release_case.details())
    assert caught.value.code == "BL121"


def test_two_narratives_of_one_text_are_told(tmp_path: Path) -> None:
    first = build.coding()
    twin = replace(first, narrative=replace(first.narrative, number=951, title="TWIN"))
    with pytest.raises(ProjectError) as caught:
        make_release(tmp_path / "1.0", [first, twin], release_case.details())
    assert caught.value.code == "BL492"
    assert "same text" in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_bad_details_and_formats_are_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean jsonl"):
        make_release(tmp_path / "1.0", release_case.codings(), release_case.details(), ["jsnl"])
    with pytest.raises(UsageError, match="title is empty"):
        make_release(tmp_path / "1.0", release_case.codings(), release_case.details(title=""))
    assert list(tmp_path.iterdir()) == []


# --- what a release says of itself ------------------------------------------------------------------------------------


def test_the_manifest_gives_back_how_it_was_made(folder: Path) -> None:
    recipe = read_recipe(folder)
    assert recipe.details == release_case.details(title=release_case.ODD)
    assert recipe.formats == ("csv", *FORMATS)
    assert recipe.previous == ""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["runs"][0]["narratives"] == 2
    assert manifest["tables"]["claims"]["rows"] == 30


@pytest.mark.parametrize("text", ["", "{", "[]", '{"brinkline_release": 99}', '{"brinkline_release": 1, "details": {}}'])
def test_a_broken_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises((InputError, UsageError)) as caught:
        read_recipe(tmp_path)
    assert caught.value.code in ("BL495", "BL491")
    assert str(tmp_path) in caught.value.place


def test_a_folder_without_a_release_is_told(tmp_path: Path) -> None:
    for ask in (read_recipe, check_release):
        with pytest.raises(NotFound) as caught:
            ask(tmp_path)
        assert caught.value.code == "BL494"
    with pytest.raises(NotFound):
        make_release(tmp_path / "2", release_case.codings(), release_case.details(), previous=tmp_path / "none")


def changed(folder: Path, tmp_path: Path) -> Path:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "README.md").write_text("other", encoding="utf-8")
    (copy / "LICENCE.md").unlink()
    (copy / "data" / "notes.txt").write_text("mine", encoding="utf-8")
    return copy


FAULTS = {"changed: README.md", "missing: LICENCE.md", "not of this release: data/notes.txt"}


def test_a_changed_release_is_told_file_by_file(folder: Path, tmp_path: Path) -> None:
    assert check_release(folder) == ()
    assert set(check_release(changed(folder, tmp_path))) == FAULTS


def rebuild(folder: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path + os.pathsep + os.environ["PATH"]}
    command = [sys.executable, "rebuild.py", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_script_checks_without_the_program(folder: Path, tmp_path: Path) -> None:
    done = rebuild(folder, "--check")
    assert (done.returncode, done.stdout) == (0, "")
    done = rebuild(changed(folder, tmp_path), "--check")
    assert done.returncode == 6
    assert set(done.stdout.splitlines()) == FAULTS


STAND_IN = """#!{python}
import os, shutil, sys
options = dict(zip(sys.argv[3::2], sys.argv[4::2]))
assert sys.argv[1:3] == ["release", "1.0"] and set(options) == {{"--project", "--like", "--out"}}, sys.argv
shutil.copytree(options["--like"], options["--out"])
{more}
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a script that stands in for the program")
@pytest.mark.parametrize(("more", "code"), [("", 0), ("sys.exit(4)", 1)])
def test_the_script_makes_the_release_again(folder: Path, tmp_path: Path, more: str, code: int) -> None:
    program = tmp_path / "bin" / "brinkline"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable, more=more), encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "project").mkdir()
    done = rebuild(folder, str(tmp_path / "project"), "--out", str(tmp_path / "again"), path=str(program.parent))
    assert done.returncode == code, done.stderr
    assert ("nothing differs" in done.stderr) == (code == 0)


@pytest.mark.skipif(os.name == "nt", reason="needs a script that stands in for the program")
def test_the_script_tells_which_files_came_out_otherwise(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    make_release(other, release_case.codings()[:1], release_case.details(title=release_case.ODD), FORMATS)
    program = tmp_path / "bin" / "brinkline"
    program.parent.mkdir()
    more = f"shutil.rmtree(options['--out']); shutil.copytree({str(other)!r}, options['--out'])"
    program.write_text(STAND_IN.format(python=sys.executable, more=more), encoding="utf-8")
    program.chmod(0o755)
    done = rebuild(folder, str(tmp_path), path=str(program.parent))
    assert done.returncode == 6
    assert "differs: data/csv/claims.csv" in done.stdout
    assert "rebuild.py" not in done.stdout


# --- changes since the last release -----------------------------------------------------------------------------------


def test_changes_are_counted_by_table_and_variable(tmp_path: Path) -> None:
    first, second = release_case.codings()
    make_release(tmp_path / "1.0", [first, second], release_case.details())
    later = release_case.details(name="1.1", day=Day(2027, 1, 2))
    third = replace(second, narrative=replace(second.narrative, title="A new case", text=second.narrative.text + "More.\n"))
    release = make_release(
        tmp_path / "1.1", [release_case.recoded(first, "triggr", 7), third], later, previous=tmp_path / "1.0"
    )
    assert release.manifest["previous"] == {"name": "1.0"}
    assert read_recipe(tmp_path / "1.1").previous == "1.0"
    text = (tmp_path / "1.1" / "CHANGES.md").read_text(encoding="utf-8")
    assert "Compared with release 1.0." in text
    assert "## New narratives (1)\n\n- A new case\n" in text
    assert "## Narratives that are gone (1)" in text
    assert "| crises | 2 | 2 | 1 | 1 | 0 |" in text
    assert "| crisis_actors | 4 | 4 | 2 | 2 | 1 |" in text
    assert "| actor | `triggr` | 1 | 0 | 0 | 0 | 9 → 7 (1) |" in text
    assert "`majres`" not in text


def test_a_corrected_text_is_a_change_and_not_two_cases(tmp_path: Path) -> None:
    first = build.coding()
    make_release(tmp_path / "1.0", [first], release_case.details())
    given = first.narrative
    sections = (*given.sections[:-1], Section("updated", "", len(given.text) - 10, len(given.text)))
    mended = replace(
        first, narrative=replace(given, text=given.text.replace("Last Updated", "last updated"), sections=sections)
    )
    make_release(tmp_path / "1.1", [mended], release_case.details(name="1.1"), previous=tmp_path / "1.0")
    text = (tmp_path / "1.1" / "CHANGES.md").read_text(encoding="utf-8")
    assert "## Narratives with another text (1)\n\n- 950 LAKE SELMA\n" in text
    assert "| claims | 15 | 15 | 0 | 0 | 0 |" in text
    assert "| narratives | 1 | 1 | 0 | 0 | 1 |" in text


def test_a_value_that_is_known_otherwise_is_no_changed_value(tmp_path: Path) -> None:
    first = build.coding()
    make_release(tmp_path / "1.0", [first], release_case.details())
    crisis = tuple(replace(claim, basis="reference") if claim.field == "viol" else claim for claim in first.crisis)
    make_release(tmp_path / "1.1", [replace(first, crisis=crisis)], release_case.details(name="1.1"), previous=tmp_path / "1.0")
    assert "| crisis | `viol` | 0 | 0 | 0 | 1 |  |" in (tmp_path / "1.1" / "CHANGES.md").read_text(encoding="utf-8")


def test_a_release_of_the_same_codings_says_that_nothing_differs(tmp_path: Path) -> None:
    make_release(tmp_path / "1.0", release_case.codings(), release_case.details())
    make_release(tmp_path / "1.1", release_case.codings(), release_case.details(name="1.1"), previous=tmp_path / "1.0")
    assert "No row differs." in (tmp_path / "1.1" / "CHANGES.md").read_text(encoding="utf-8")
