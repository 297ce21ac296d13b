"""``brinkline evaluate`` as a user meets it: formats, exit codes, faults told, and a page that holds nothing but data."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import build

Run = Callable[..., tuple[int, str, str]]
HEAD = "crisno,cracid,actor,triggr,yrtrig,motrig,datrig,trigent"
ATTACK = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> \"' onmouseover=alert(3)"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A coding, and a human coding that gives one trigger otherwise and knows a crisis without narrative."""
    coded, human = tmp_path / "coded.jsonl", tmp_path / "human.csv"
    coded.write_text(build.coding().to_json(indent=None) + "\n", encoding="utf-8")
    rows = ("950,991,EST,7,1931,3,3,992", "950,992,VES,2,1931,3,9,991", "951,2,USA,7,1932,1,1,200")
    human.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return coded, human


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_table_with_the_misses_and_what_was_wrong(run: Run, files: tuple[Path, Path]) -> None:
    code, out, err = run("evaluate", files[0], "--against", files[1])
    assert code == 0
    assert re.search(r"triggr +2 +1 +0\.000", out)
    assert re.search(r"crisis actors +2 +2 +2 +1\.000", out)
    assert "7 · non-violent military act" in out
    assert "Vesland's soldiers occupied Gull Island" in out
    assert "human.csv, row 4: crisis 951 has no narrative" in err


def test_json_has_every_part(run: Run, files: tuple[Path, Path]) -> None:
    code, out, _ = run("evaluate", files[0], "--against", files[1], "--as", "json", "--variables", "triggr,trigger_date")
    report = json.loads(out)
    assert code == 0
    assert report["mean"]["value"] == 0.5
    assert [item["name"] for item in report["variables"]] == ["triggr"]
    assert report["variables"][0]["alpha"]["value"] is not None
    assert report["misses"][0]["words"][0]["sentence"].startswith("On 3 March 1931")
    assert {"code": "BL243", "side": "human", "row": 4}.items() <= report["faults"][-1].items()


def test_csv_is_one_table_or_a_folder_of_tables(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    _, out, _ = run("evaluate", files[0], "--against", files[1], "--as", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {"trigger_date", "triggr", "crisis actors", "mean"} <= {row["name"] for row in rows}
    code, _, _ = run("evaluate", files[0], "--against", files[1], "--as", "csv", "--out", f"{tmp_path}/tables/")
    assert code == 0
    names = {"confusion.csv", "figures.csv", "misses.csv", "problems.csv", "reliability.csv"}
    assert {path.name for path in (tmp_path / "tables").iterdir()} == names
    misses = list(csv.DictReader((tmp_path / "tables" / "misses.csv").read_text(encoding="utf-8").splitlines()))
    assert misses[0]["words"] == "Vesland's soldiers occupied Gull Island and expelled its fishermen"


def test_the_page_has_charts_and_misses_and_no_script_or_address(run: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    code, _, err = run("evaluate", files[0], "--against", files[1], "--as", "html", "--out", tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    page = Page(text)
    assert code == 0
    assert "r.html" in err
    assert page.tags.count("svg") == 4  # shares, confidence, and a confusion for each of the two variables
    assert "script" not in page.tags
    assert not [value for name, value in page.attributes if name in ("src", "href") and value and value.startswith("http")]
    assert "Vesland's soldiers occupied Gull Island and expelled its fishermen" in page.text
    assert "row 4" in page.text or "BL243" in page.text


def test_nothing_that_comes_in_gets_out_of_being_data(run: Run, tmp_path: Path) -> None:
    coding = build.coding()
    first = coding.crisis_actors[0]
    claims = tuple(replace(claim, label=ATTACK, rule=ATTACK, note=ATTACK) for claim in first.claims)
    coding = replace(coding, crisis_actors=(replace(first, name=ATTACK, claims=claims),))
    coding = replace(coding, narrative=replace(coding.narrative, title=ATTACK))
    coded, human = tmp_path / "coded.jsonl", tmp_path / "human.csv"
    coded.write_text(coding.to_json(indent=None), encoding="utf-8")
    cell = '"' + ATTACK.replace('"', '""') + '"'
    human.write_text(f"{HEAD},{cell}\n950,991,{cell},{cell},1931,3,4,2,x\n", encoding="utf-8")
    code, out, _ = run("evaluate", coded, "--against", human, "--as", "html")
    page = Page(out)
    assert code == 0
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert ATTACK in page.text


def test_exit_code_6_when_the_mean_is_too_low_and_the_report_is_there_all_the_same(
    run: Run, files: tuple[Path, Path], tmp_path: Path
) -> None:
    arguments = ("evaluate", files[0], "--against", files[1], "--as", "json", "--out", tmp_path / "r.json")
    code, _, err = run(*arguments, "--fail-under", "0.99")
    assert code == 6
    assert "BL601" in err
    assert (tmp_path / "r.json").exists()
    assert run(*arguments, "--fail-under", "0.1")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["{coded}", "--against", "{folder}/nothing.csv"], 5, "BL501"),
        (["{folder}/nothing.jsonl", "--against", "{human}"], 5, "BL501"),
        (["{coded}", "--against", "{human}", "--as", "htlm"], 2, "did you mean html"),
        (["{coded}", "--against", "{human}", "--variables", "trigr"], 2, "did you mean triggr"),
        (["{coded}", "--against", "{human}", "--skip", "x"], 2, "BL131"),
        (["{coded}", "--against", "{human}", "--resamples", "0"], 2, "BL131"),
        (["{coded}", "--against", "{human}", "--fail-under", "60"], 2, "BL131"),
        (["{coded}", "--against", "{human}", "--narratives", "{folder}/none"], 5, "BL501"),
        (["{coded}", "--against", "{human}", "--mapping", "{folder}/none.toml"], 5, "BL501"),
        (["{coded}", "--against", "{coded}"], 3, "this is JSON"),
        (["{human}", "--against", "{human}", "--mapping", "{human}"], 3, "BL248"),
        (["{folder}", "--against", "{human}"], 3, "BL246"),
        (["{coded}"], 2, "--against"),
    ],
)
def test_wrong_calls(run: Run, files: tuple[Path, Path], tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    places = {"coded": files[0], "human": files[1], "folder": tmp_path}
    given, out, err = run("evaluate", *(argument.format(**places) for argument in arguments))
    assert (given, out) == (code, "")
    assert words in err
    assert "Traceback" not in err


BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "BL246"),
    "blank": (b" \n\n", "BL246"),
    "binary": (bytes(range(256)) * 8, "BL2"),
    "latin": (b"crisno,cracid\n950,\xe9\n", "BL204"),
    "twice": (b"crisno,cracid,cracid\n950,991,991\n", "BL246"),
    "other": (b"a,b\n1,2\n", "BL247"),
    "no_rows": (b"crisno,cracid,triggr\n", "BL250"),
    "quote": (b'crisno,cracid,triggr\n950,991,"9\n', "BL250"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_table_that_cannot_be_used_is_a_clear_error(run: Run, files: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes(BAD[name][0])
    code, out, err = run("evaluate", files[0], "--against", path, "--variables", "triggr", "--as", "json")
    if name == "quote":  # one unclosed quotation mark at the end of a file is read as spreadsheets read it
        assert code == 0
        return
    assert (code, out) == (3, "")
    assert BAD[name][1] in err


def test_codings_that_cannot_be_used_are_told_and_the_rest_is_evaluated(run: Run, files: tuple[Path, Path]) -> None:
    good = files[0].read_text(encoding="utf-8").strip()
    unnumbered = json.dumps({"narrative": {"number": None}, "crisis": {}, "crisis_actors": []})
    dates_only = json.dumps({"narrative": {"number": 7}})
    files[0].write_text("\n".join(("{broken", "[1]", unnumbered, dates_only, good, good)), encoding="utf-8")
    code, _, err = run("evaluate", *(files[0], "--against", files[1]))
    assert code == 0
    for row in (1, 2, 3, 4, 6):
        assert f"BL249  coded.jsonl, row {row}:" in err


def test_semicolons_a_mark_in_front_and_utf_16_are_read(run: Run, files: tuple[Path, Path]) -> None:
    wanted = run("evaluate", files[0], "--against", files[1], "--as", "csv")[1]
    text = files[1].read_text(encoding="utf-8").replace(",", ";").replace("\n", "\r\n")
    for encoding in ("utf-8-sig", "utf-16"):
        files[1].write_bytes(text.encode(encoding))
        assert run("evaluate", files[0], "--against", files[1], "--as", "csv")[1] == wanted


def test_a_thousand_rows_of_thirty_variables_are_measured_in_seconds(run: Run, tmp_path: Path) -> None:
    names = [f"v{number}" for number in range(30)]
    for side, step in (("human", 7), ("coded", 5)):
        rows = []
        for row in range(1000):
            values = [str((row * step + number) % 6) for number in range(30)]
            rows.append([str(row // 3), str(row % 3 + 1), *values])
        if side == "human":
            text = "\n".join(",".join(row) for row in [["crisno", "cracid", *names], *rows])
        else:
            text = "\n".join(
                json.dumps(
                    {
                        "narrative": {"number": int(crisis)},
                        "crisis": {},
                        "crisis_actors": [
                            {
                                "cow": row[1],
                                "name": "",
                                "claims": {n: {"value": v} for n, v in zip(names, row[2:], strict=True)},
                            }
                            for row in rows
                            if row[0] == crisis
                        ],
                    }
                )
                for crisis in dict.fromkeys(row[0] for row in rows)
            )
        (tmp_path / side).write_text(text + "\n", encoding="utf-8")
    mapping = tmp_path / "m.toml"
    scales = "".join(
        f'[variables.{name}]\nscale = "{"ordinal" if number % 2 else "nominal"}"\n' for number, name in enumerate(names)
    )
    mapping.write_text(f'crisis = "crisno"\nactor = "cracid"\n{scales}', encoding="utf-8")
    begun = time.process_time()
    code, out, _ = run("evaluate", tmp_path / "coded", "--against", tmp_path / "human", "--mapping", mapping, "--as", "json")
    assert code == 0
    assert len(json.loads(out)["variables"]) == 30
    assert time.process_time() - begun < 10
