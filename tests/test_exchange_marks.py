"""PLOVER, GeoJSON, Web Annotations, brat and ICB1, parsed back: every quote is compared with the text."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies

import build
import odd
from brinkline.exchange import save, write
from brinkline.exchange.brat import brat_text, fragments, lines
from brinkline.record import Coding
from brinkline.reference.codebook import codebook
from brinkline.reference.event_scheme import event_types


def written(name: str, *codings: Coding) -> str:
    stream = io.StringIO()
    write(codings, name, stream)
    return stream.getvalue()


# Web Annotations


@pytest.fixture(scope="module")
def collection() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("jsonld", *odd.both()))
    return found


def texts() -> dict[str, str]:
    """The texts by the names that annotations give them, made here from the text alone."""
    made = {}
    for item in odd.both():
        digest = hashlib.sha256(item.narrative.text.encode("utf-8", "surrogatepass")).digest()
        made["ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")] = item.narrative.text
    return made


def test_annotations_are_one_collection_in_the_shape_of_the_recommendation(collection: dict[str, Any]) -> None:
    assert (collection["@context"], collection["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    page = collection["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert collection["total"] == len(page["items"])
    ids = [item["id"] for item in page["items"]]
    assert len(ids) == len(set(ids))
    assert {item["type"] for item in page["items"]} == {"Annotation"}
    assert {item["motivation"] for item in page["items"]} <= {"identifying", "describing", "classifying"}


def test_every_part_of_a_coding_is_an_annotation(collection: dict[str, Any]) -> None:
    kinds = [item["body"][0]["value"] for item in collection["first"]["items"]]
    for kind, part in (("date", "dates"), ("mention", "actors"), ("event", "events")):
        assert kinds.count(kind) == sum(len(getattr(item, part)) for item in odd.both())
    assert kinds.count("claim") == sum(len(c.crisis) + sum(len(row.claims) for row in c.crisis_actors) for c in odd.both())


def test_both_selectors_find_the_same_words(collection: dict[str, Any]) -> None:
    checked = 0
    for item in collection["first"]["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            if isinstance(target, str):
                assert target in texts()
                continue
            text = texts()[target["source"]]
            place, words = target["selector"]
            assert (place["type"], words["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert text[place["start"] : place["end"]] == words["exact"]
            assert words["prefix"] + words["exact"] + words["suffix"] in text
            assert text[: place["start"]].endswith(words["prefix"])
            checked += 1
    assert checked > 50


def test_a_claim_with_several_quotes_has_a_target_for_each_and_one_without_the_whole_text(collection: dict[str, Any]) -> None:
    by_text = {item["body"][1]["value"]: item["target"] for item in collection["first"]["items"]}
    assert len(by_text["crisis termination_date: 1931-05-02"]) == 2
    assert isinstance(by_text["crisis viol: 2 · minor clashes"], str)


def test_the_body_holds_the_whole_record(collection: dict[str, Any]) -> None:
    records = [json.loads(item["body"][2]["value"]) for item in collection["first"]["items"]]
    plain = odd.coding().to_dict()
    for record in (*plain["dates"], *plain["actors"], *plain["events"], *plain["crisis"].values()):
        assert record in records


# brat


class Brat:
    """The lines of an annotation file, read as brat reads them."""

    def __init__(self, text: str, annotations: str) -> None:
        self.text = text
        self.bound: dict[str, tuple[str, list[tuple[int, int]], str]] = {}
        self.events: dict[str, list[tuple[str, str]]] = {}
        self.attributes: dict[str, dict[str, str]] = {}
        self.notes: dict[str, list[str]] = {}
        self.normal: dict[str, str] = {}
        for line in annotations.splitlines():  # every sign that ends a line for some reader
            name, rest = line.split("\t", 1)
            self._take(name, rest)

    def _take(self, name: str, rest: str) -> None:
        if name.startswith("T"):
            head, words = rest.split("\t")
            kind, ranges = head.split(" ", 1)
            self.bound[name] = (kind, [tuple(map(int, part.split())) for part in ranges.split(";")], words)  # type: ignore[misc]
        elif name.startswith("E"):
            self.events[name] = [tuple(part.split(":")) for part in rest.split(" ")]  # type: ignore[misc]
        elif name.startswith("A"):
            kind, of, *value = rest.split(" ")
            self.attributes.setdefault(of, {})[kind] = value[0] if value else ""
        elif name.startswith("N"):
            _, of, code = rest.split("\t")[0].split(" ")
            self.normal[of] = code
        else:
            head, note = rest.split("\t")
            self.notes.setdefault(head.split(" ")[1], []).append(note)


@pytest.fixture(scope="module")
def brat(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brat]:
    folder = tmp_path_factory.mktemp("brat")
    paths = save(odd.both(), "brat", folder)
    assert [path.name for path in paths] == ["lake_selma.txt", "lake_selma.ann", "odd.txt", "odd.ann", "annotation.conf"]
    return {
        path.stem: Brat(path.read_bytes().decode("utf-8"), path.with_suffix(".ann").read_bytes().decode("utf-8"))
        for path in paths
        if path.suffix == ".txt"
    }


def test_brat_texts_have_every_sign_in_its_place(brat: dict[str, Brat]) -> None:
    assert brat["lake_selma"].text == build.TEXT
    assert brat["odd"].text == odd.TEXT.replace("\ud83d", "\ufffd")
    assert len(brat["odd"].text) == len(odd.TEXT)


def test_the_words_of_brat_annotations_stand_where_they_say(brat: dict[str, Brat]) -> None:
    for file in brat.values():
        assert file.bound
        for name, (_, ranges, words) in file.bound.items():
            parts = [file.text[start:end] for start, end in ranges]
            assert " ".join(parts) == words, name
            assert not any(len(part.splitlines()) > 1 or "\t" in part for part in parts)


def test_words_over_a_line_end_are_one_annotation_in_parts(brat: dict[str, Brat]) -> None:
    date = next(item for item in brat["odd"].bound.values() if item[0] == "Date")
    assert date[2] == "480 BC"
    assert date[1] == [(3, 6), (7, 9)]


def test_brat_events_point_to_their_triggers_and_roles(brat: dict[str, Brat]) -> None:
    file = brat["odd"]
    ((kind, trigger), *roles) = file.events["E1"]
    assert (kind, file.bound[trigger][0], file.bound[trigger][2]) == ("do_attack", "do_attack", "sank")
    told = {role: (file.bound[name][0], file.bound[name][2]) for role, name in roles}
    assert told == {
        "Who": ("Group", "the \U0001f6a2 fleet of \U0001d4d0thens"),
        "Whom": ("Open", "危机"),
        "When": ("Date", "480 BC"),
        "Where": ("Place", "a bay"),
    }
    assert file.attributes["E1"] == {"Mode": "done", "Layer": "do", "Armed": ""}
    selma = brat["lake_selma"]
    assert len(selma.events) == len(build.coding().events)
    demanded = next(roles for roles in selma.events.values() if roles[0][0] == "demand")
    assert dict(demanded)["Content"] in selma.events
    assert next(code for name, code in selma.normal.items() if selma.bound[name][2] == "Vesland's soldiers") == "COW:992"


def test_brat_notes_tell_the_values_that_rest_on_the_words(brat: dict[str, Brat]) -> None:
    file = brat["lake_selma"]
    notes = {(file.bound[name][0], file.bound[name][2]): told for name, told in file.notes.items()}
    assert notes["Value", "Estmark mobilized two regiments"] == ["actor:991 majres = 6 · military move without violence"]
    assert notes["Date", "from 3 March to 2 May 1931"] == ["1931-03-03/1931-05-02"]


def test_the_configuration_of_brat_names_every_type(brat: dict[str, Brat], tmp_path: Path) -> None:
    conf = save(odd.both(), "brat", tmp_path)[-1].read_text(encoding="utf-8")
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", conf, re.DOTALL))
    entities = set(sections["entities"].split())
    events = {line.split(" ")[0] for line in sections["events"].splitlines() if line}
    for file in brat.values():
        assert {kind for kind, _, _ in file.bound.values()} <= entities | events
    assert {kind.replace(".", "_") for kind in event_types()} <= events
    assert not any(re.search(r"[^A-Za-z0-9_-]", name) for name in events)


@drawn(strategies.text(alphabet="ab \n\r\t\u2028\x85\U0001d4d0", min_size=1, max_size=20), strategies.data())
def test_parts_of_words_never_hold_a_line_end_and_lose_no_word(text: str, data: strategies.DataObject) -> None:
    start = data.draw(strategies.integers(0, len(text) - 1))
    end = data.draw(strategies.integers(start + 1, len(text)))
    parts = fragments(text, start, end)
    assert all(start <= first < last <= end for first, last in parts)
    assert "".join("".join(text[first:last].split()) for first, last in parts) == "".join(text[start:end].split())
    if text[start:end].strip():
        assert all(len(text[first:last].splitlines()) == 1 for first, last in parts)


def test_the_lines_of_brat_are_the_same_twice() -> None:
    assert lines(odd.coding()) == lines(odd.coding())
    assert brat_text("a\ud800b") == "a\ufffdb"


# GeoJSON


def test_geojson_has_a_point_for_each_known_place_of_an_event() -> None:
    found = json.loads(written("geojson", *odd.both()))
    assert found["type"] == "FeatureCollection"
    wanted = [place for item in odd.both() for event in item.events for place in event.where if place.latitude is not None]
    assert [item["geometry"] for item in found["features"]] == [
        {"type": "Point", "coordinates": [place.longitude, place.latitude]} for place in wanted
    ]
    ids = [item["id"] for item in found["features"]]
    assert len(ids) == len(set(ids)) == 3


def test_geojson_words_stand_where_they_say_and_days_are_iso() -> None:
    by_key = {item.narrative.digest[:12]: item.narrative.text for item in odd.both()}
    for item in json.loads(written("geojson", *odd.both()))["features"]:
        told = item["properties"]
        text = by_key[told["narrative"]]
        assert text[told["place_start"] : told["place_end"]] == told["place_words"]
        assert text[told["start"] : told["end"]] == told["words"]
        assert re.fullmatch(r"-?\d{4}-\d\d-\d\d", told["earliest"])


def test_geojson_of_nothing_is_an_empty_collection() -> None:
    assert json.loads(written("geojson")) == {"type": "FeatureCollection", "features": []}


# PLOVER


def test_plover_has_a_record_for_each_event_with_a_root() -> None:
    found = json.loads(written("plover", *odd.both()))
    wanted = [event for item in odd.both() for event in item.events if event.plover]
    assert [(item["event"], item["eventText"], item["text"]) for item in found] == [
        (event.plover, event.verb.text, event.evidence.text) for event in wanted
    ]
    by_digest = {item.narrative.digest: item.narrative.text for item in odd.both()}
    for item in found:
        told = item["textInfo"]
        assert by_digest[told["sha256"]][told["start"] : told["end"]] == item["text"]


def test_plover_names_actors_by_code_words_and_sector() -> None:
    found = json.loads(written("plover", build.coding()))
    first = found[0]
    assert first["source"] == [{"actorText": "Vesland's soldiers", "code": "VES", "sector": "MIL"}]
    assert (first["date"], first["dateEnd"], first["context"]) == ("1931-03-03", "1931-03-03", "land")
    league = next(item for item in found if item["source"] and item["source"][0]["actorText"] == "the League of Nations")
    assert league["source"][0]["sector"] == "IGO"
    assert [item["code"] for item in json.loads(written("plover", odd.coding()))[0]["target"]] == [""]
    assert json.loads(written("plover")) == []


# ICB1


def test_the_crisis_table_has_exactly_the_columns_of_the_codebook() -> None:
    lines = written("icb1", build.coding()).splitlines()
    header, row = lines[0].split(","), dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert tuple(header) == codebook().columns("crisis")
    known = {name: cell for name, cell in row.items() if cell}
    assert known == {
        "icb1": "ICB1", "crisno": "950", "crisname": "LAKE SELMA", "yrtrig": "1931", "motrig": "3", "datrig": "3",
        "yrterm": "1931", "moterm": "5", "daterm": "2", "viol": "2", "regorg": "1",
    }  # fmt: skip
