"""JSON and JSON Lines: the published layout, whole and loss-free."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

import build
from brinkline.exchange import write
from brinkline.model import Narrative
from brinkline.record import Coding, json_schema


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def written(name: str, *codings: Coding) -> str:
    stream = io.StringIO()
    write(codings, name, stream)
    return stream.getvalue()


def test_the_layout_follows_its_schema(validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(build.coding().to_json()))


def test_a_coding_of_dates_alone_follows_the_schema(validator: jsonschema.Draft202012Validator) -> None:
    only = replace(build.coding(), actors=(), events=(), crisis=(), crisis_actors=())
    validator.validate(only.to_dict())


def objects(schema: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield path, schema
        for key, part in schema.items():
            yield from objects(part, f"{path}.{key}")
    elif isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from objects(part, f"{path}[{number}]")


def test_the_schema_is_strict_everywhere() -> None:
    """Each object either lists all its keys and allows no other, or is a table whose values have a type."""
    for path, schema in objects(json_schema()):
        if "properties" in schema:
            assert schema["additionalProperties"] is False, path
            assert sorted(schema["required"]) == sorted(schema["properties"]), path
        else:
            assert isinstance(schema["additionalProperties"], dict), path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("narrative", "sha256"), "abc"),
        (("dates", 0, "precision"), "fortnight"),
        (("dates", 0, "earliest"), "3 March 1931"),
        (("events", 0, "mode"), "wished"),
        (("events", 0, "intensity"), 11),
        (("crisis", "viol", "basis"), "guessed"),
        (("crisis", "trigger_date", "evidence"), []),
        (("crisis_actors", 0, "row"), 0),
        (("surprise",), 1),
    ],
)
def test_a_wrong_value_does_not_pass_the_schema(
    validator: jsonschema.Draft202012Validator, path: tuple[str | int, ...], value: object
) -> None:
    given = build.coding().to_dict()
    place: Any = given
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(validator.iter_errors(given))


def test_every_quote_is_where_it_says() -> None:
    given = json.loads(build.coding().to_json())
    text = given["narrative"]["text"]

    def check(item: Any) -> int:
        if isinstance(item, list):
            return sum(check(part) for part in item)
        if not isinstance(item, dict):
            return 0
        words = item.get("quote", item.get("text") if "start" in item else None)
        if words is not None:
            assert text[item["start"] : item["end"]] == words
        return (words is not None) + sum(check(part) for part in item.values())

    assert check(given) > 60


def test_one_coding_is_an_object_and_several_are_a_list() -> None:
    one, two = build.coding(), replace(build.coding(), warnings=())
    assert json.loads(written("json", one)) == one.to_dict()
    assert json.loads(written("json", one, two, one)) == [one.to_dict(), two.to_dict(), one.to_dict()]
    assert json.loads(written("json")) == []


def test_json_lines_hold_one_coding_on_each_line_whatever_the_text() -> None:
    odd = "First.\u2028Second.\u2029Third.\x85Fourth.\r\nفي 危机 \U0001f30d \ud800 \x00"
    given = replace(
        build.coding(), narrative=Narrative(odd), sentences=(), dates=(), actors=(), events=(), crisis=(), crisis_actors=()
    )
    text = written("jsonl", given, given)
    assert len(text.splitlines()) == 2
    assert json.loads(text.splitlines()[1])["narrative"]["text"] == odd
    through_a_file = text.encode("utf-8", "backslashreplace").decode("utf-8")
    assert json.loads(through_a_file.splitlines()[0])["narrative"]["text"] == odd


def test_codings_are_written_as_they_come() -> None:
    """Thousands of narratives need not fit into memory: a line is out before the next coding is asked for."""
    stream = io.StringIO()
    lines: list[int] = []

    def codings() -> Iterator[Coding]:
        for _ in range(4):
            lines.append(stream.getvalue().count("\n"))
            yield build.coding()

    write(codings(), "jsonl", stream)
    assert lines == [0, 1, 2, 3]


def test_two_claims_for_one_variable_are_an_error_and_not_a_loss() -> None:
    given = build.coding()
    with pytest.raises(ValueError, match="viol"):
        replace(given, crisis=(*given.crisis, given.crisis[2])).to_dict()


def test_the_notebook_table_escapes_what_a_narrative_says() -> None:
    given = build.coding()
    attacked = replace(given, narrative=replace(given.narrative, title="<script>alert(1)</script>"))
    shown = attacked._repr_html_()
    assert "<script" not in shown
    assert "Estmark mobilized two regiments" in shown
