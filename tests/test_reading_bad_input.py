"""Bad input: a clear error with code, place and remedy, or a narrative with warnings; no other exception, no long wait."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brinkline.errors import InputError
from brinkline.model import Narrative
from brinkline.reading import read, read_bytes, read_text
from brinkline.sentences import split_sentences

SUFFIXES = ["", ".txt", ".md", ".html", ".csv", ".jsonl", ".json", ".tml", ".pdf", ".docx"]


def error_of(data: bytes, suffix: str) -> InputError:
    """The error raised, or the first that stands in place of a row."""
    try:
        return next(item for item in read_bytes(data, "given" + suffix, suffix) if isinstance(item, InputError))
    except InputError as error:
        return error


def archive(name: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(name, "words")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "code"),
    [
        (b"", ".txt", "BL203"),
        (b" \r\n\t ", ".txt", "BL203"),
        (b"\xef\xbb\xbf", ".txt", "BL203"),
        (b"<html><body></body></html>", ".html", "BL203"),
        (b"---\n", ".md", "BL203"),
        (bytes(range(256)) * 20, ".txt", "BL205"),
        (b"\x00\x01\x02\x03" * 50, "", "BL205"),
        (b"\xff\xfea\x00b", ".txt", "BL204"),
        (b"\xef\xbb\xbfArden\xff\xfe", ".txt", "BL204"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc", "BL208"),
        (b"{\\rtf1 It ended.}", ".rtf", "BL208"),
        (archive("content.xml"), ".odt", "BL208"),
        (b"PK\x03\x04 and no more", ".docx", "BL219"),
        (b"%PDF-1.4 and no more", ".pdf", "BL219"),
        (archive("word/document.xml"), ".docx", "BL219"),
        (b"name;value\na;b\n", ".csv", "BL213"),
        (b"<TimeML><DOCID>a</DOCID></TimeML>", ".tml", "BL221"),
        (b"not json", ".json", "BL217"),
        (b"[" * 100_000, ".json", "BL217"),
        (b'{"number": 1e999}', ".json", "BL213"),
    ],
)
def test_a_file_that_cannot_be_read(data: bytes, suffix: str, code: str) -> None:
    error = error_of(data, suffix)
    assert error.code == code
    assert "given" in error.place + error.message
    assert error.remedy


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError) as caught:
            list(read(path))
        assert (caught.value.code, caught.value.place) == ("BL201", str(path))


def test_a_file_longer_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("It went on. " * 100)
    for limit in (100, 1000):
        with pytest.raises(InputError) as caught:
            list(read(path, max_characters=limit))
        assert caught.value.code == "BL207"
    assert len(list(read(path, max_characters=1200))) == 1


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("(" * 100_000 + " A. B c. " * 1000, ".txt"),
        ("(" * 100_000 + ")" * 100_000, ".txt"),
        ("<div>" * 100_000 + "It ended.", ".html"),
        ("<" * 200_000, ".html"),
        ('<a "' * 100_000, ".html"),
        ("<!" * 100_000, ".html"),
        ("It ended.<!--" * 50_000, ".html"),
        ("[a](" * 50_000, ".md"),
        ("*a " * 100_000, ".md"),
        ("Case #1, #2, " * 50_000, ".txt"),
        ("Summary:\n\nA.\n\nReferences:\n\n" + "1950, " * 100_000, ".txt"),
        ("Summary:\n\nA.\n\nReferences:\n\nPp. " + "1, " * 100_000, ".txt"),
        ("Summary:\n\nA.\n\nReferences:\n\n" + '"([' * 100_000, ".txt"),
        ("Background " * 100_000, ".txt"),
        ("Background:\n" * 50_000, ".txt"),
        ("A B:\n\n" * 50_000 + "x", ".txt"),
        ("a\n \n" * 100_000, ".txt"),
        ("A" * 2_000_000, ".txt"),
        ("crisno,text\n" + '1,"a\n' * 10_000, ".csv"),
    ],
)
def test_pathological_input_takes_linear_time(text: str, suffix: str) -> None:
    """A quadratic reader would need minutes for each of these."""
    items = list(read_bytes(text.encode(), "given", suffix))
    assert len(items) >= 1


def check(narrative: Narrative) -> None:
    """Every range lies inside the text, quotes what it says, and keeps to its order."""
    text = narrative.text
    sections = [(item.start, item.end) for item in narrative.sections]
    paragraphs = [(item.start, item.end) for item in narrative.paragraphs]
    asides = [(item.start, item.end) for item in narrative.asides]
    sentences = [(item.start, item.end) for item in split_sentences(narrative)]
    for ranges in (sections, paragraphs, asides, sentences):
        bounds = [at for pair in ranges for at in pair]
        assert bounds == sorted(bounds)
        assert all(0 <= start < end <= len(text) for start, end in ranges)
    for start, end in sections + paragraphs + sentences:
        assert text[start:end] == text[start:end].strip()
    for start, end in sentences:
        assert any(a <= start and end <= b for a, b in paragraphs)
    for start, end in paragraphs:
        assert any(a <= start and end <= b for a, b in sections)
    for item in (*narrative.references, *narrative.cross_references):
        assert text[item.start : item.end] == item.text
    for notice in narrative.warnings:
        assert notice.start is None or (notice.end is not None and 0 <= notice.start <= notice.end <= len(text))
    text.encode("utf-8")


_HEADINGS = ["CRISNO 5\n\n", "THE QUAY\n\n", "Background:\n\n", "Background and Pre-crisis ", "PRE-CRISIS The ", "Summary:"]
_HEADINGS += ["References:\n\n", "Last Updated: 1/5/2004", "Aftermath:\n\n"]
_PROSE = [
    "It ended. ",
    "U.S. ",
    "Case #5--Quay I, II",
    ", #6",
    "Vale 1950; ",
    "pp. 1-2",
    "é",
    "危机。",
    "a",
    "1",
    ".",
    "...",
    "#",
]
_MARKS = ["\n\n", "\n", " ", "(", ")", "[", "]", "“", "”", '"', "\t", "\x00", "\ud800", "\r\n", "\u2028"]
_PIECES = st.sampled_from(_HEADINGS + _PROSE + _MARKS)


@given(st.lists(_PIECES, max_size=60))
def test_any_text_gives_exact_ranges_or_an_input_error(pieces: list[str]) -> None:
    text = "".join(pieces)
    if text.replace("\x00", " ").strip():
        check(read_text(text))
    else:
        with pytest.raises(InputError):
            read_text(text)


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(_PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")),
        st.binary(max_size=100).map(lambda tail: b"%PDF-1.4\n1 0 obj\n<<" + tail),
        st.lists(
            st.sampled_from(["<", ">", "p", "/", '"', "'", "!--", "-->", "script", "&#0;", "&", " ", "a.", "=", "br"]),
            max_size=40,
        ).map(lambda pieces: "".join(pieces).encode()),
        st.lists(st.sampled_from(["crisno", "text", ",", '"', "\n", "1", "a.", ";"]), max_size=40).map(
            lambda pieces: "".join(pieces).encode()
        ),
        st.lists(st.sampled_from(['{"text":', '"a."', "}", "\n", "[", "]", "1", "null", ",", '{"number":']), max_size=20).map(
            lambda pieces: "".join(pieces).encode()
        ),
    ),
    st.sampled_from(SUFFIXES),
)
def test_any_bytes_give_narratives_or_input_errors(data: bytes, suffix: str) -> None:
    try:
        items = list(read_bytes(data, "given", suffix))
    except InputError:
        return
    for item in items:
        if isinstance(item, Narrative) and suffix != ".tml" and b"<timeml" not in data.lower():
            check(item)
