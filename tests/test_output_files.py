"""Output files appear whole or not at all, whatever stops the writing."""

import io
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import build
from brinkline.errors import MissingExtra, UsageError
from brinkline.exchange import FORMATS, Format, find_format, save, whole_file, write, write_whole
from brinkline.exchange.names import file_name
from brinkline.record import Coding

MANY = [form.name for form in FORMATS]


def failing(after: int, error: BaseException) -> Iterator[Coding]:
    """Some codings, then the error."""
    for _ in range(after):
        yield build.coding()
    raise error


def left(folder: Path) -> list[str]:
    """Names of everything in a folder, hidden parts included."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("x")])
@pytest.mark.parametrize("name", ["json", "jsonl", "icb1", "icb2", "table", "csv", "sqlite", "plover", "geojson", "jsonld"])
def test_a_stopped_run_leaves_the_old_file_and_no_part(tmp_path: Path, name: str, error: BaseException) -> None:
    path = tmp_path / "out.dat"
    path.write_text("the old content", encoding="utf-8")
    with pytest.raises(type(error)):
        save(failing(3, error), name, path)
    assert path.read_text(encoding="utf-8") == "the old content"
    assert left(tmp_path) == ["out.dat"]


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("the old content", encoding="utf-8")
    with pytest.raises(UsageError, match="no space left") as caught:
        save(failing(3, OSError(28, "No space left on device")), "jsonl", path)
    assert str(path) in str(caught.value)
    assert path.read_text(encoding="utf-8") == "the old content"
    assert left(tmp_path) == ["out.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_without_space_is_told() -> None:
    with pytest.raises(UsageError, match="no space left"):
        save([build.coding()], "jsonl", "/dev/full")


def test_a_stopped_run_leaves_no_new_file(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        save(failing(1, KeyboardInterrupt()), "jsonl", tmp_path / "out.jsonl")
    assert left(tmp_path) == []


def test_a_stopped_run_keeps_the_finished_pages_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        save(failing(2, KeyboardInterrupt()), "html", tmp_path)
    assert left(tmp_path) == ["lake_selma-2.html", "lake_selma.html"]
    assert all(path.read_text(encoding="utf-8").rstrip().endswith("</html>") for path in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["csv", "parquet", "stata"])
def test_a_stopped_run_leaves_no_table_of_a_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        save(failing(2, KeyboardInterrupt()), name, tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["csv", "parquet", "stata", "sqlite", "brat"])
def test_an_input_is_never_written_over(tmp_path: Path, name: str) -> None:
    form = find_format(name)
    names = {"sqlite": "x.sqlite", "brat": "lake_selma.txt"}
    path = tmp_path / names.get(name, f"claims{form.suffix}")
    path.write_text("the narrative", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        save([build.coding()], form, path if form.layout == "file" else tmp_path, keep=[path])
    assert caught.value.code == "BL123"
    assert path.read_text(encoding="utf-8") == "the narrative"


@pytest.mark.parametrize("form", [form for form in FORMATS if not form.is_text], ids=lambda form: form.name)
def test_what_is_no_text_does_not_go_to_the_terminal(form: Format) -> None:
    with pytest.raises(UsageError) as caught:
        write([build.coding()], form, io.StringIO())
    assert caught.value.code == "BL124"
    assert "--out" in str(caught.value)


@pytest.mark.parametrize("name", ["parquet", "stata", "brat"])
def test_a_folder_of_files_does_not_go_into_one_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        save([build.coding()], name, tmp_path / "out.dat")
    assert caught.value.code == "BL124"
    assert left(tmp_path) == []


@pytest.mark.parametrize(("name", "module"), [("parquet", "pyarrow.parquet"), ("stata", "pyreadstat")])
def test_a_missing_extra_gives_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        save(failing(0, AssertionError("coded before the library was looked for")), name, tmp_path)
    assert f"pip install 'brinkline[{name}]'" in str(caught.value)
    assert left(tmp_path) == []


def test_nobody_sees_a_half_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    seen: list[bool] = []

    def codings() -> Iterator[Coding]:
        for _ in range(5):
            seen.append(path.exists())
            yield build.coding()

    save(codings(), "jsonl", path)
    assert seen == [False] * 5
    assert len(path.read_bytes().splitlines()) == 5


def test_two_writers_of_one_file_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    texts = [letter * 200_000 for letter in "ab"]
    threads = [threading.Thread(target=write_whole, args=(path, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text(encoding="utf-8") in texts
    assert left(tmp_path) == ["out.txt"]


def test_the_mode_of_a_replaced_file_stays_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text("x", encoding="utf-8")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        write_whole(old, "y")
        write_whole(tmp_path / "new.txt", "y")
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real" / "file.txt")
    write_whole(link, "words")
    assert link.is_symlink()
    assert (tmp_path / "real" / "file.txt").read_text(encoding="utf-8") == "words"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole("/dev/null", "words")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize(
    ("place", "words"),
    [("no/such/folder/out.json", "make the folder first"), (".", "name a file"), ("file.txt/out.json", "name a file")],
)
def test_a_place_that_cannot_be_written_is_told_with_the_remedy(tmp_path: Path, place: str, words: str) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError) as caught, whole_file(tmp_path / place):
        pass
    assert caught.value.code == "BL121"
    assert words in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="permission denied"):
        write_whole(tmp_path / "out.txt", "x")


def test_several_pages_do_not_go_into_one_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        save([build.coding(), build.coding()], "html", tmp_path / "out.html")
    assert caught.value.code == "BL122"
    assert "FOLDER/" in str(caught.value)
    assert left(tmp_path) == []


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown format") as caught:
        find_format("jsno")
    assert "json" in str(caught.value)


@pytest.mark.parametrize("name", MANY)
def test_every_format_says_what_it_is_and_writes_the_same_bytes_twice(tmp_path: Path, name: str) -> None:
    form = find_format(name)
    assert form.help
    end = "/" if form.layout == "folder" else form.suffix
    first = save([build.coding()], form, f"{tmp_path}/a{end}")
    time.sleep(0.01)
    second = save([build.coding()], form, f"{tmp_path}/b{end}")
    assert [path.name for path in first][1:] == [path.name for path in second][1:]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes() != b""


@pytest.mark.parametrize(
    ("source", "number", "title", "expected"),
    [
        ("folder/055.txt", 55, "X", "055.html"),
        ("C:\\cases\\amur.txt", 55, "X", "amur.html"),
        ("", 55, "X", "055.html"),
        ("", None, "The Lake: A/B Crisis", "the_lake_a_b_crisis.html"),
        ("../../etc/passwd", None, "X", "passwd.html"),
        ("..", None, "", "narrative.html"),
        ("危机.txt", None, "", "危机.html"),
        ("data/crises.csv, row 3", 55, "X", "055.html"),
        ("data/crises.csv, row 3", None, "X", "crises-3.html"),
        ("crises.jsonl, line 12", None, "X", "crises-12.html"),
        ("crises.json, $[4]", None, "X", "crises-4.html"),
    ],
)
def test_files_are_named_after_the_narrative_and_stay_in_the_folder(
    source: str, number: int | None, title: str, expected: str
) -> None:
    from dataclasses import replace

    given = build.coding()
    named = replace(given, narrative=replace(given.narrative, source=source, number=number, title=title))
    assert file_name(named, ".html") == expected


def test_every_format_is_in_the_docs() -> None:
    text = (Path(__file__).parent.parent / "docs" / "formats-out.md").read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    for form in FORMATS:
        assert f"| `{form.name}` |" in text
        assert any(form.name in heading.split() for heading in headings)
