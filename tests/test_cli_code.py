"""``brinkline code`` as a user meets it: formats, files, folders, standard input, exit codes, and nothing half written."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from brinkline.cli import terminal

SAMPLES = Path(__file__).parent.parent / "src" / "brinkline" / "samples"
SAMPLE = SAMPLES / "amur_river_1937.txt"
Run = Callable[..., tuple[int, str, str]]


def test_a_table_on_the_terminal(run: Run) -> None:
    code, out, _ = run("code", SAMPLE)
    assert code == 0
    assert "AMUR RIVER ISLANDS" in out
    assert "1937-06-22" in out
    assert "Japan" in out
    assert "Traceback" not in out


def test_json_from_standard_input_equals_json_from_the_file() -> None:
    command = [sys.executable, "-m", "brinkline", "code", "--as", "json"]
    piped = subprocess.run([*command, "-"], input=SAMPLE.read_bytes(), capture_output=True, check=True)
    filed = subprocess.run([*command, str(SAMPLE)], capture_output=True, check=True)
    first, second = json.loads(piped.stdout), json.loads(filed.stdout)
    assert first["narrative"].pop("source") != second["narrative"].pop("source")
    assert first == second


def test_a_folder_to_json_lines(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code, _, err = run("code", SAMPLES, "--as", "jsonl", "--out", out)
    assert code == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["narrative"]["number"] for row in rows] == [905, 901, 902, 904, 903]
    assert "out.jsonl" in err


def test_the_icb_table_has_a_row_for_each_crisis_actor(run: Run) -> None:
    code, out, _ = run("code", SAMPLE, "--as", "icb2")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert len(rows[0]) == 95
    assert {(row["cracid"], row["yrtrig"], row["motrig"], row["datrig"]) for row in rows} == {
        ("740", "1937", "6", "22"),
        ("365", "1937", "6", "28"),
    }


def test_dates_alone_as_timeml_files(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("code", SAMPLES, "--only", "dates", "--as", "timeml", "--out", f"{tmp_path}/tml/")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "tml").iterdir()) == [
        f"{path.stem}.tml" for path in sorted(SAMPLES.glob("*.txt"))
    ]
    assert 'value="1937-06-22"' in (tmp_path / "tml" / "amur_river_1937.tml").read_text(encoding="utf-8")


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A crisis began on 4 May 1931.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    (tmp_path / "c.txt").write_text("It ended on 9 May 1931.", encoding="utf-8")
    out = tmp_path / "result" / "out.jsonl"
    out.parent.mkdir()
    code, _, err = run("code", tmp_path, "--only", "dates", "--as", "jsonl", "--out", out)
    assert code == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert "b.txt" in err
    assert "1 input failed" in err


def test_when_every_input_fails_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    code, out, err = run("code", tmp_path / "b.txt", "--as", "jsonl", "--out", tmp_path / "out.jsonl")
    assert code == 3
    assert out == ""
    assert "BL" in err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["code", "no/such/file.txt"], 5, "BL501"),
        (["code", str(SAMPLE), "--as", "jsno"], 2, "did you mean json"),
        (["code", str(SAMPLE), "--only", "date"], 2, "BL103"),
        (["code", str(SAMPLE), "--only", "dates", "--as", "icb2"], 2, "BL106"),
        (["code", str(SAMPLE), "--workers", "0"], 2, "BL102"),
        (["code", str(SAMPLE), "--pipeline", "no_such_pipeline"], 2, "no_such_pipeline"),
        (["code", str(SAMPLE), "--out", "/no/such/folder/out.json", "--as", "json"], 2, "BL121"),
        (["code", "--nonsense"], 2, "nonsense"),
        (["sample", "nobody"], 5, "amur_river_1937"),
    ],
)
def test_wrong_calls_say_what_is_wrong_and_what_to_do(run: Run, arguments: list[str], code: int, words: str) -> None:
    given, out, err = run(*arguments)
    assert given == code
    assert words in err
    assert out == ""
    assert "Traceback" not in err


BAD = {
    "binary.txt": (bytes(range(256)) * 40, 3),
    "empty.txt": (b"", 3),
    "blank.txt": (b"  \n\t\n", 3),
    "no_date.txt": (b"The two states quarrelled for a while and then made peace.", 0),
    "control.txt": (b"On 4 May 1931\x01 Japan\x07 attacked\x1b[31m China.", 0),
    "rtl.txt": ("في 4 مايو 1931 بدأت الأزمة. The crisis began on 4 May 1931.".encode(), 0),
    "cjk.txt": ("危机开始。 Japan attacked China on 4 May 1931. 停戦。".encode(), 0),
    "columns.csv": (b"crisno,title,narative\n1,A,text\n", 3),
    "broken.html": (b"<p>On 4 May 1931 <b>Japan <i>attacked China.</p><div", 0),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_and_odd_input_gives_a_clear_error_or_a_coding(run: Run, tmp_path: Path, name: str) -> None:
    data, expected = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    code, _, err = run("code", path, "--as", "json", "--out", tmp_path / "out.json")
    assert code == expected, err
    assert (tmp_path / "out.json").exists() == (code == 0)
    if code:
        assert name in err
        assert "BL2" in err
    else:
        coding = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
        text = coding["narrative"]["text"]
        assert all(text[item["start"] : item["end"]] == item["text"] for item in coding["dates"] + coding["actors"])


def test_a_narrative_without_a_date_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "no_date.txt"
    path.write_text("The two states quarrelled for a while and then made peace.", encoding="utf-8")
    _, out, _ = run("code", path, "--as", "json")
    assert "BL340" in [warning["code"] for warning in json.loads(out)["narrative"]["warnings"]]


def test_a_sentence_of_fifty_thousand_characters(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(
        "On 4 May 1931 Japan attacked China and " + "the troops of Japan marched on and " * 1430 + "stopped.", encoding="utf-8"
    )
    assert run("code", path, "--as", "json", "--out", tmp_path / "out.json")[0] == 0


def test_ten_megabytes_of_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_text("On 4 May 1931 Japan attacked China. The next day a truce was signed.\n\n" * 150_000, encoding="utf-8")
    assert path.stat().st_size > 9_900_000
    assert run("code", path, "--only", "dates", "--as", "jsonl", "--out", tmp_path / "out.jsonl")[0] == 0


def test_a_folder_without_narratives(run: Run, tmp_path: Path) -> None:
    code, _, err = run("code", tmp_path)
    assert code == 3
    assert str(tmp_path) in err


def test_two_workers_give_the_same_bytes_as_one(run: Run, tmp_path: Path) -> None:
    for workers in ("1", "2"):
        assert run("code", SAMPLES, "--as", "jsonl", "--workers", workers, "--out", tmp_path / f"{workers}.jsonl")[0] == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
def test_the_reader_of_a_pipe_may_go_away() -> None:
    command = f"{sys.executable} -m brinkline code {SAMPLES} --only dates --as jsonl | head -c 10"
    result = subprocess.run(command, shell=True, capture_output=True, check=True)
    assert result.stdout
    assert b"Traceback" not in result.stderr
    assert b"error" not in result.stderr


def test_the_output_never_overwrites_an_input(run: Run, tmp_path: Path) -> None:
    text = "On 4 May 1931 Japan attacked China."
    path = tmp_path / "crisis.txt"
    path.write_text(text, encoding="utf-8")
    code, _, err = run("code", path, "--only", "dates", "--as", "json", "--out", tmp_path / "." / "crisis.txt")
    assert code == 2
    assert "BL123" in err
    assert path.read_text(encoding="utf-8") == text


def test_timeml_files_are_not_written_over_the_ones_that_were_read(run: Run, tmp_path: Path) -> None:
    content = "<TimeML><TEXT>On 4 May 1931 Japan attacked China.</TEXT></TimeML>"
    (tmp_path / "crisis.tml").write_text(content, encoding="utf-8")
    code, _, err = run("code", tmp_path, "--only", "dates", "--as", "timeml", "--out", tmp_path)
    assert (code, "BL123" in err) == (2, True)
    assert (tmp_path / "crisis.tml").read_text(encoding="utf-8") == content


def test_a_table_without_rows_says_so(run: Run, tmp_path: Path) -> None:
    for name, content in (("crises.csv", "crisno,name,text\n"), ("crises.json", "[]")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        code, _, err = run("code", tmp_path / name, "--only", "dates")
        assert (code, "BL203" in err, name in err) == (3, True, True)


def test_a_file_named_twice_is_coded_once(run: Run) -> None:
    code, out, _ = run("code", SAMPLE, SAMPLES, SAMPLE, "--only", "dates", "--as", "jsonl")
    assert code == 0
    assert len(out.splitlines()) == len(list(SAMPLES.glob("*.txt")))


def test_several_narratives_for_one_page_give_no_page_at_all(run: Run) -> None:
    code, out, err = run("code", SAMPLES, "--only", "dates", "--as", "html")
    assert (code, out, "BL122" in err) == (2, "", True)


def test_thousands_of_open_brackets_give_a_handful_of_warnings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "brackets.txt"
    path.write_text("On 4 May 1931 Japan " + "(" * 5000 + " attacked China.", encoding="utf-8")
    _, out, _ = run("code", path, "--only", "dates", "--as", "json")
    warnings = [item["message"] for item in json.loads(out)["narrative"]["warnings"] if item["code"] == "BL311"]
    assert len(warnings) == 21
    assert warnings[-1] == "4,980 more brackets are never closed"


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_at_once_and_leaves_nothing_unfinished(tmp_path: Path, workers: str) -> None:
    story = "On 4 May 1931 Japan attacked China. The next day a truce was signed.\n\n" * 200
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(story, encoding="utf-8")
    out = tmp_path / "out"
    arguments = [
        sys.executable,
        "-m",
        "brinkline",
        "code",
        tmp_path,
        "--workers",
        workers,
        "--as",
        "timeml",
        "--out",
        f"{out}/",
    ]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, start_new_session=True) as process:
        while not any(out.glob("*.tml")):
            assert process.poll() is None
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.decode() == "stopped\n"
    assert 0 < len(list(out.iterdir())) < 40
    assert all(path.read_text(encoding="utf-8").rstrip().endswith("</TimeML>") for path in out.iterdir())


def test_a_terminal_that_knows_ascii_alone(tmp_path: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for arguments in (["settings"], ["sample", "corfu_1923"], ["code", "--help"]):
        result = subprocess.run([sys.executable, "-m", "brinkline", *arguments], capture_output=True, env=plain, check=False)
        assert (result.returncode, result.stderr) == (0, b"")


def test_progress_is_told_while_the_first_narrative_is_still_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(terminal, "stderr", lambda: Console(file=screen, force_terminal=True, width=80))
    monkeypatch.setattr(terminal, "_PATIENCE", 0.01)
    watched = terminal.Watched()

    def slow() -> Iterator[str]:
        watched.say("crisis.txt: parse")
        time.sleep(0.5)
        yield "coding"

    assert list(terminal.progress(slow(), "narratives coded", watched=watched)) == ["coding"]
    assert "crisis.txt: parse" in screen.getvalue()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_behind_standard_output_is_no_bug() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "brinkline", "code", str(SAMPLE), "--only", "dates", "--as", "json"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(b"error[BL121]")
