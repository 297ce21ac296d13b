"""The details of a release: what is wrong is told at once, and what is right comes back from the manifest as it was."""

import json

import pytest

import release_case
from brinkline.errors import UsageError
from brinkline.exchange.release import Creator, checked, details_from, licences, read_creator
from brinkline.model import Day


@pytest.mark.parametrize(
    ("line", "creator"),
    [
        ("Lund, Ada", Creator("Lund", "Ada")),
        ("van der Berg, A. B.", Creator("van der Berg", "A. B.")),
        ("Crisis Data Group", Creator(name="Crisis Data Group")),
        ("Lund, Ada (0000-0002-1825-0097)", Creator("Lund", "Ada", orcid="0000-0002-1825-0097")),
        ("Lund, Ada https://orcid.org/0000-0002-1694-233X", Creator("Lund", "Ada", orcid="0000-0002-1694-233X")),
        ("  Lund ,\tAda ", Creator("Lund", "Ada")),
        ("Plato,", Creator("Plato")),
    ],
)
def test_a_line_names_a_creator(line: str, creator: Creator) -> None:
    assert read_creator(line) == creator


@pytest.mark.parametrize("line", ["", "  ", "0000-0002-1825-0097", "Lund, Ada (0000-0002-1825-0098)"])
def test_a_line_without_a_name_or_with_a_wrong_orcid_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match=r"ORCID|no name") as caught:
        read_creator(line)
    assert caught.value.code == "BL491"


def test_all_faults_are_told_at_once() -> None:
    faulty = release_case.details(
        name="../up", title=" \n", creators=(), day=Day(2026, 2, 30), licence="cc-by-4", doi="zenodo", homepage="example.org"
    )
    with pytest.raises(UsageError) as caught:
        checked(faulty)
    for part in ("../up", "title is empty", "no creator", "2026-02-30", "did you mean CC-BY-4.0?", "zenodo", "example.org"):
        assert part in caught.value.message


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "1.0 ", "1.0.", "-x", "x" * 50, "é"])
def test_a_name_must_be_one_of_a_folder(name: str) -> None:
    with pytest.raises(UsageError, match="letters, digits"):
        checked(release_case.details(name=name))


@pytest.mark.parametrize("name", ["1", "1.0", "2026-11", "v1.0-rc.1"])
def test_usual_names_are_taken(name: str) -> None:
    assert checked(release_case.details(name=name)).name == name


def test_details_survive_json() -> None:
    given = release_case.details(title=release_case.ODD, description="One.\n\nTwo.", state=(("last_decision", "17"),))
    assert details_from(json.loads(json.dumps(given.to_dict()))) == given


def test_details_of_a_file_may_name_creators_as_lines_and_its_faults_are_told_with_the_file() -> None:
    assert details_from({"name": "1", "title": "T", "day": "2026-11-24", "creators": ["Lund, Ada"]}).creators[0].given == "Ada"
    record = {"name": "1", "titel": "T", "day": "24.11.2026", "creators": [7], "keywords": "lakes", "licence": "MIT"}
    with pytest.raises(UsageError) as caught:
        details_from(record, place="release.toml")
    assert caught.value.place == "release.toml"
    for part in ("unknown entry titel", "24.11.2026", "creator 7", "keywords is no list", "title is empty"):
        assert part in caught.value.message


def test_every_licence_has_an_address_and_one_line_of_gist() -> None:
    assert {"CC-BY-4.0", "CC0-1.0", "ODbL-1.0"} <= licences().keys()
    for licence in licences().values():
        assert licence.url.startswith("https://")
        assert licence.gist.endswith(".")
        assert "\n" not in licence.gist
