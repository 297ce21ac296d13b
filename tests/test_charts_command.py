"""``brinkline chart``: from a narrative or a coding to SVG, PNG, CSV and JSON, with faults told."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import build
import charted
from brinkline.charts import KINDS, chart, png
from brinkline.cli.chart import rows_csv
from brinkline.errors import MissingExtra, UsageError

Run = Callable[..., tuple[int, str, str]]
TEXT = "A crisis began for Estland. On 3 May 1931 Poland attacked Lithuania. On 5 May 1931 Lithuania protested to Poland."


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    path = tmp_path / "coded.json"
    path.write_text(build.coding().to_json(), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_a_coding_gives_the_same_drawing_as_the_library(kind: str, coded: Path, run: Run) -> None:
    code, out, err = run("chart", kind, coded)
    assert (code, err) == (0, "")
    assert out == chart(kind, build.coding()).svg + "\n"


def test_a_narrative_is_coded_first(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "crisis.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, out, _ = run("chart", "map", path, "--as", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert ("Poland", "attack", "Lithuania") in [(row["who"], row["type"], row["whom"]) for row in rows]


def test_the_suffix_names_the_form(coded: Path, tmp_path: Path, run: Run) -> None:
    for name, begin in (("a.svg", "<svg"), ("a.csv", "event,date,"), ("a.json", "{")):
        code, out, err = run("chart", "map", coded, "--out", tmp_path / name)
        assert (code, out) == (0, "")
        assert err == f"written: {tmp_path / name}\n"
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    rows = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["rows"]
    assert rows[0]["who"] == "Vesland"


def test_one_of_several_codings_is_chosen_by_its_number(tmp_path: Path, run: Run) -> None:
    other = build.coding()
    other = charted.replace(other, narrative=charted.replace(other.narrative, number=951))
    path = tmp_path / "coded.jsonl"
    lines = [build.coding().to_json(indent=None), other.to_json(indent=None)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = run("chart", "map", path)
    assert code == 2
    assert "error[BL105]" in err
    assert "--number: 950, 951" in err
    assert run("chart", "map", path, "--number", "951")[0] == 0
    code, _, err = run("chart", "map", path, "--number", "7")
    assert code == 5
    assert "error[BL503]" in err


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("pie", "CODED"), 2, "BL170"),
        (("map", "CODED", "--as", "gif"), 2, "BL120"),
        (("map", "CODED", "--out", "x.doc"), 2, "BL120"),
        (("map", "nowhere.txt"), 5, "BL501"),
        (("map", "CODED", "--out", "CODED"), 2, "BL123"),
        (("map", "BROKEN"), 3, "BL262"),
    ],
)
def test_faults_are_told_with_their_code(
    arguments: tuple[str, ...], code: int, error: str, coded: Path, tmp_path: Path, run: Run
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema_version": "1.0"}', encoding="utf-8")
    given = [{"CODED": str(coded), "BROKEN": str(broken)}.get(item, item) for item in arguments]
    before = coded.read_bytes()
    found, out, err = run("chart", *given)
    assert (found, out) == (code, "")
    assert f"error[{error}]" in err
    assert coded.read_bytes() == before


def test_cells_are_no_formulas() -> None:
    label = "=HYPERLINK(1)"
    events = [charted.replace(build.coding().events[0], label=label)]
    text = rows_csv(chart("map", charted.coding(events)))
    assert f",'{label}," in text


def test_without_the_optional_part_a_picture_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra) as caught:
        png(chart("map", build.coding()).svg)
    assert "brinkline[png]" in caught.value.remedy


def test_a_picture_is_drawn_in_light_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    fake = SimpleNamespace(svg_to_bytes=lambda **options: given.update(options) or b"\x89PNG")
    monkeypatch.setitem(sys.modules, "resvg_py", fake)
    assert png(chart("map", build.coding()).svg, scale=3) == b"\x89PNG"
    assert given["zoom"] == 3
    assert "@media" not in str(given["svg_string"])
    assert ".line.t0{stroke:#0072b2" in str(given["svg_string"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_a_picture(kind: str) -> None:
    pytest.importorskip("resvg_py")
    svg = chart(kind, build.coding()).svg
    data = png(svg, scale=1)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20], "big") == 1080


@pytest.mark.parametrize("scale", [0.0, -1.0, 11.0, float("nan")])
def test_a_scale_that_makes_no_picture_is_told(scale: float) -> None:
    with pytest.raises(UsageError) as caught:
        png(chart("map", build.coding()).svg, scale=scale)
    assert caught.value.code == "BL171"
