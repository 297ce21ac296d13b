"""``read_coding``: the published layout read back, and documents that are no coding."""

import copy
import json
from typing import Any

import pytest

import brinkline
import build
from brinkline.calendar import from_iso
from brinkline.errors import InputError
from brinkline.model import Day
from brinkline.samples import sample_text


def test_a_coding_by_hand_comes_back_equal() -> None:
    coding = build.coding()
    assert brinkline.read_coding(coding.to_dict()) == coding


@pytest.mark.parametrize("name", ["amur_river_1937", "football_war_1969"])
def test_a_coding_of_the_program_comes_back_with_the_same_bytes(name: str) -> None:

    coding = brinkline.code(sample_text(name))
    assert brinkline.read_coding(json.loads(coding.to_json())).to_json() == coding.to_json()


def changed(path: list[Any], value: Any) -> dict[str, Any]:
    data = copy.deepcopy(build.coding().to_dict())
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["events", 0, "who", 0, "start"], "3", "$.events[0].who[0].start"),
        (["events", 0, "mode"], "perhaps", "$.events[0].mode"),
        (["dates", 0, "earliest"], "1931-02-30", "$.dates[0].earliest"),
        (["narrative", "sha256"], "0" * 64, "$.narrative.sha256"),
        (["narrative", "number"], True, "$.narrative.number"),
        (["dates", 0, "text"], "4 March", "$.dates"),
        (["actors"], {}, "$.actors"),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_its_path(path: list[Any], value: Any, place: str) -> None:
    with pytest.raises(InputError) as caught:
        brinkline.read_coding(changed(path, value))
    assert (caught.value.code, caught.value.place) == ("BL262", place)


def test_a_missing_key_is_named() -> None:
    data = build.coding().to_dict()
    del data["sentences"]
    with pytest.raises(InputError, match="'sentences' is missing"):
        brinkline.read_coding(data)


def test_days_before_year_one_come_back() -> None:
    assert from_iso(Day(-479, 8, 11).iso()) == Day(-479, 8, 11)
    with pytest.raises(ValueError, match="not a day"):
        from_iso("1931-2-3")
