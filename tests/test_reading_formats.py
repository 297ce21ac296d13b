"""Formats: every kind of file gives the same narrative records, with positions into the text that was kept."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from brinkline.errors import InputError, MissingExtra
from brinkline.model import Narrative
from brinkline.reading import find_inputs, read, read_bytes

FIXTURES = Path(__file__).parent / "fixtures" / "reading"


def narratives(name: str) -> list[Narrative | InputError]:
    return list(read(FIXTURES / name))


def only(data: bytes, suffix: str = "", **options: str) -> Narrative:
    (item,) = read_bytes(data, "given", suffix, **options)  # type: ignore[arg-type]
    assert isinstance(item, Narrative)
    return item


def parts(narrative: Narrative) -> dict[str, str]:
    return {item.kind: narrative.text[item.start : item.end] for item in narrative.sections}


def codes(narrative: Narrative) -> list[str]:
    return [item.code for item in narrative.warnings]


def test_the_icb_summaries_table() -> None:
    first, second, *_ = narratives("table.csv")
    assert isinstance(first, Narrative)
    assert (first.number, first.title) == (901, "THE QUAY")
    assert first.source.endswith("table.csv, row 2 (crisis 901)")
    assert parts(first) == {
        "header": "A crisis over a quay lasted from 4 to 9 May 1931.",
        "background": 'The quay had been "leased" since 1902 (see Case #870--Arden Secession).',
        "summary": "On 4 May a patrol seized the quay, trigg",
        "references": "Dorne 1951; Marlow 1940",
        "updated": "1/5/2004",
    }
    assert [(item.case, item.name) for item in first.cross_references] == [(870, "Arden Secession")]
    assert [first.text[item.start or 0 : item.end] for item in first.warnings if item.code == "BL310"] == ["trigg"]
    assert isinstance(second, Narrative)
    assert [item.kind for item in second.sections] == ["header", "background", "summary", "references", "updated"]
    assert codes(second) == ["BL317"]


def test_a_bad_row_does_not_stop_the_others() -> None:
    rest = narratives("table.csv")[2:]
    assert [item.code if isinstance(item, InputError) else item.title for item in rest] == [
        "BL215",
        "BL214",
        "BL216",
        "AFTER THE BROKEN ROW",
        "BL216",
    ]
    assert all("table.csv, row " in item.place for item in rest if isinstance(item, InputError))
    assert all(item.remedy for item in rest if isinstance(item, InputError))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(delimiter: str) -> None:
    table = f"crisno{delimiter}text\n901{delimiter}A patrol, it is said, crossed.\n".encode()
    assert only(table, ".csv").text == "A patrol, it is said, crossed."


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        list(read_bytes(b"crisno,title,narrative\n1,A,It ended.\n", "crises.csv", ".csv"))
    assert str(caught.value) == (
        'error[BL213]: column "text" not found in crises.csv\n'
        "  the file has: crisno, title, narrative\n"
        "  did you mean --text-column narrative?"
    )
    narrative = only(b"crisno,title,narrative\n1,A,It ended.\n", ".csv", text_column="narrative")
    assert (narrative.number, narrative.title, narrative.text) == (1, "A", "It ended.")


def test_a_cell_longer_than_the_csv_limit() -> None:
    words = "It went on and on. " * 20_000
    assert only(f'crisno,text\n1,"{words}"\n'.encode(), ".csv").text == words.strip()


def test_json_lines() -> None:
    items = narratives("lines.jsonl")
    assert [item.code if isinstance(item, InputError) else item.number for item in items] == [
        901,
        902,
        "BL217",
        "BL218",
        "BL213",
        "BL218",
        None,
    ]
    first, second = items[:2]
    assert isinstance(first, Narrative)
    assert isinstance(second, Narrative)
    assert first.text == "On 4 May 1931 a patrol seized the quay."
    assert parts(second) == {"header": "It lasted a day.", "summary": "A patrol left.", "references": "Dorne 1951; Vale 1970"}


def test_json_document_with_a_list() -> None:
    items = list(read_bytes(b'[{"text": "A."}, {"text": "B."}]', "a.json", ".json"))
    assert [item.text for item in items if isinstance(item, Narrative)] == ["A.", "B."]


def test_a_coding_is_no_narrative() -> None:
    (item,) = read_bytes(b'{"schema_version": "1", "narrative": {"text": "A."}}', "a.json", ".json")
    assert isinstance(item, InputError)
    assert "coding" in item.message


def test_html_keeps_the_words_and_drops_the_rest() -> None:
    (item,) = narratives("page.html")
    assert isinstance(item, Narrative)
    assert item.title == "The quay at Arden"
    assert parts(item) == {
        "header": "A crisis over a quay lasted from 4 to 9 May 1931.",
        "summary": "On 4 May a patrol of Arden & Brook seized the quay (see Case #870).\nIt left on the 9th.",
        "references": "Dorne 1951\n\nMarlow 1940",
    }
    assert [reference.author for reference in item.references] == ["Dorne", "Marlow"]
    assert codes(item) == []


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>A patrol <b>crossed.</p><p>It left.", "A patrol crossed.\n\nIt left."),
        ("<div><p>A patrol crossed.", "A patrol crossed."),
        ("<p>Losses < 5 and > 3.</p></div>", "Losses < 5 and > 3."),
        ("<p>It left.</p><!-- never closed", "It left."),
        ("<p>It left.</p><script>if (a < b)", "It left."),
        ('<p>It <a href="x>left</a>.</p>', "It left."),
    ],
)
def test_broken_html_is_read_with_a_warning(page: str, text: str) -> None:
    narrative = only(page.encode(), ".html")
    assert narrative.text == text
    assert "BL304" in codes(narrative)


@pytest.mark.parametrize("page", ["<p>One<p>Two<br>Three<ul><li>Four<li>Five</ul>", "<table><tr><td>A<td>B</table>"])
def test_html_that_may_leave_tags_open_is_not_broken(page: str) -> None:
    assert "BL304" not in codes(only(page.encode(), ".html"))


def test_preformatted_html_keeps_its_lines() -> None:
    page = b"<pre>CRISNO 901\n\nTHE QUAY\n\nSummary:\n\nIt   ended.</pre>"
    narrative = only(page, ".html")
    assert (narrative.number, narrative.title, parts(narrative)["summary"]) == (901, "THE QUAY", "It ended.")


def test_markdown() -> None:
    (item,) = narratives("page.md")
    assert isinstance(item, Narrative)
    assert (item.number, item.title) == (901, "The quay at Arden")
    assert parts(item) == {
        "header": "A crisis over a quay lasted from 4 to 9 May 1931.",
        "summary": "On 4 May a patrol seized the quay (Case #870).\n\nBrook protested.\nArden_and_Brook signed.",
        "references": "Dorne 1951; Marlow 1940",
    }


def test_word_document() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("The quay at Arden", style="Title")
    document.add_paragraph("Summary:")
    document.add_paragraph("On 4 May a patrol seized the quay.")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Arden", "Brook"
    document.add_paragraph("It left on the 9th.")
    stream = io.BytesIO()
    document.save(stream)
    narrative = only(stream.getvalue())
    assert narrative.title == "The quay at Arden"
    assert parts(narrative)["summary"] == "On 4 May a patrol seized the quay.\n\nArden\tBrook\n\nIt left on the 9th."


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 60 760 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def test_pdf_lines_become_paragraphs() -> None:
    pytest.importorskip("pypdf")
    lines = [
        "On 4 May 1931 an Arden patrol seized the quay, trigger-",
        "ing a crisis for Brook, which sent a gunboat up the",
        "river.",
        "The crisis ended on 9 May, when both of them signed",
        "a protocol.",
        "17",
    ]
    assert only(pdf(lines)).text == (
        "On 4 May 1931 an Arden patrol seized the quay, triggering a crisis for Brook, which sent a gunboat up the river."
        "\n\nThe crisis ended on 9 May, when both of them signed a protocol."
    )


def test_a_pdf_without_words() -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(InputError) as caught:
        list(read_bytes(pdf([]), "scan.pdf", ".pdf"))
    assert caught.value.code == "BL220"


@pytest.mark.parametrize(("module", "data"), [("pypdf", pdf(["A."])), ("docx", b"")])
def test_documents_without_the_optional_part(module: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    if module == "docx":
        stream = io.BytesIO()
        pytest.importorskip("docx").Document().save(stream)
        data = stream.getvalue()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        list(read_bytes(data, "given"))
    assert "brinkline[documents]" in caught.value.remedy


def test_timeml_is_read_as_it_stands() -> None:
    data = b'<?xml version="1.0"?><TimeML><DOCID>a</DOCID><TEXT>On <TIMEX3 tid="t1">4 May</TIMEX3> it  ended.\n</TEXT></TimeML>'
    assert only(data).text == "On 4 May it  ended.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_give_the_same_text(encoding: str, line_end: str) -> None:
    text = "Élise Dorne’s note – in full – arrived.  \n\nArden répondit.\n".replace("’", "'" if encoding == "latin-1" else "’")
    text = text.replace("–", "-") if encoding == "latin-1" else text
    narrative = only(text.replace("\n", line_end).encode(encoding))
    assert narrative.text == text
    guessed = encoding in ("utf-16-le", "utf-16-be", "cp1252", "latin-1")
    assert ("BL301" in codes(narrative)) == guessed


def test_a_guessed_encoding_is_named() -> None:
    (notice,) = [item for item in only(b"Arden\x92s note arrived.").warnings if item.code == "BL301"]
    assert "Windows-1252" in notice.message


def test_text_in_another_script() -> None:
    text = "Кризис начался в мае. Войска перешли реку и заняли город. Переговоры шли до осени. " * 20
    assert "Кризис" in only(text.encode("cp1251")).text


@pytest.mark.parametrize("text", ["بدأت الأزمة في مايو. انتهت.", "危机开始了。军队进入了。", "המשבר החל במאי. הוא נמשך שבוע."])
def test_right_to_left_and_cjk_text(text: str) -> None:
    assert only(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "suffix", "count"),
    [
        (b"crisno,name,text\n1,A,B.\n2,C,D.\n", "", 2),
        (b'{"text": "A."}\n{"text": "B."}\n', "", 2),
        (b'{\n "text": "A."\n}\n', "", 1),
        (b"<html><body><p>A.</p></body></html>", "", 1),
        (b"Arden, Brook and Dorne, text by text\n\nIt ended.", "", 1),
        (b"crisno,name,text\n1,A,B.\n", ".txt", 1),
    ],
)
def test_standard_input_is_known_by_its_content(data: bytes, suffix: str, count: int) -> None:
    items = list(read_bytes(data, "<stdin>", suffix))
    assert len(items) == count
    assert all(isinstance(item, Narrative) for item in items)


def test_folders_are_searched_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden/d.txt", ".e.txt", "f.xyz", "README.md", "LICENSE.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("It ended.")
    found = find_inputs([tmp_path, tmp_path / "b.txt", tmp_path / "f.xyz"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.md", "b.txt", "sub/c.html", "f.xyz"]


def test_a_folder_without_narratives(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        find_inputs([tmp_path])
    assert caught.value.code == "BL206"
    assert ".docx" in caught.value.remedy
