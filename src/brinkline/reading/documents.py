"""``pdf_text`` and ``docx_text``: the words of PDF and Word files, by the optional part [documents].

What a page shows is laid out again as paragraphs; footnotes, headers and pictures of a Word file are not read.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zipfile
import zlib

from brinkline.errors import InputError, MissingExtra

# What the two libraries raise on broken files beside errors of their own.
_FAULTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    RecursionError,
    AssertionError,
    SyntaxError,
)
_FAULTS_OF_PARTS = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, MemoryError)
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:[-–—]|of\s+\d+))?", re.IGNORECASE)
_LINE_BREAK_IN_WORD = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")
_UNPACKED_LIMIT = 20


def pdf_text(content: bytes, source: str, max_characters: int) -> str:
    """The words of a PDF as paragraphs. MissingExtra without pypdf; InputError BL219 (broken or locked), BL220 (no words)."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingExtra("documents", "reading PDF") from None
    logger, pages = logging.getLogger("pypdf"), list[str]()
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # its remarks on faults it mends are not ours to print
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("BL219", "the PDF is locked by a password", place=source, remedy="save it without a password")
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > max_characters:
                break
    except (PyPdfError, *_FAULTS, *_FAULTS_OF_PARTS) as error:
        raise _broken("PDF", error, source) from None
    finally:
        logger.setLevel(level)
    text = reflow(pages)
    if not text:
        raise InputError(
            "BL220", "the PDF holds no words, perhaps only pictures of pages", place=source, remedy="run OCR on it first"
        )
    return text


def reflow(pages: list[str]) -> str:
    """The lines of pages as paragraphs: page numbers go, words broken at a line end are joined, and a paragraph ends at a blank
    line, or at a stop on a line clearly shorter than the others."""
    lines: list[str] = []
    for page in pages:
        kept = [line.strip() for line in page.splitlines()]
        while kept and (not kept[-1] or _PAGE_NUMBER.fullmatch(kept[-1])):
            kept.pop()
        while kept and (not kept[0] or _PAGE_NUMBER.fullmatch(kept[0])):
            kept.pop(0)
        lines += kept
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line:
            blocks.append([])
            continue
        blocks[-1].append(line)
        if len(line) < 0.75 * usual and (line[-1] in '.!?:”")' or len(line) < 0.5 * usual):
            blocks.append([])
    return "\n\n".join(_join_lines(block) for block in blocks if block)


def _join_lines(lines: list[str]) -> str:
    pieces: list[str] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if following[:1].islower() and _LINE_BREAK_IN_WORD.search(line):
            pieces.append(line[:-1])
        else:
            pieces.append(line + (" " if following else ""))
    return "".join(pieces)


def docx_text(content: bytes, source: str, max_characters: int) -> tuple[str, str]:
    """The paragraphs and table cells of a Word file, and its title. MissingExtra without python-docx; InputError BL208 (another
    kind of ZIP), BL219 (broken), BL220 (no words)."""
    _check_package(content, source, max_characters)
    try:
        import docx
        from docx.table import Table
    except ImportError:
        raise MissingExtra("documents", "reading DOCX") from None
    try:
        document = docx.Document(io.BytesIO(content))
        blocks, title = [], ""
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                blocks += ["\t".join(cell.text.strip() for cell in row.cells) for row in item.rows]
                continue
            if not title and item.text.strip() and getattr(item.style, "name", "") == "Title":
                title = item.text.strip()
            blocks.append(item.text)
    except (*_FAULTS, *_FAULTS_OF_PARTS) as error:
        raise _broken("DOCX", error, source) from None
    text = "\n\n".join(block.strip() for block in blocks if block.strip())
    if not text:
        raise InputError("BL220", "the document holds no words", place=source, remedy="give a document with text")
    return text, " ".join(title.split())


def _check_package(content: bytes, source: str, max_characters: int) -> None:
    """A Word file is a ZIP with a known part; one that unpacks to far more than a narrative is refused unread."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {item.filename: item.file_size for item in package.infolist()}
    except (zipfile.BadZipFile, *_FAULTS, *_FAULTS_OF_PARTS) as error:
        raise _broken("DOCX", error, source) from None
    if "word/document.xml" not in names:
        raise unsupported("a ZIP archive that is no Word document", source)
    if names["word/document.xml"] > _UNPACKED_LIMIT * max_characters:
        raise InputError(
            "BL207", "the document is too long", place=source, remedy="raise the setting max_characters or split the file"
        )


def unsupported(what: str, source: str) -> InputError:
    """InputError BL208 for a kind of file that is known but not read."""
    return InputError(
        "BL208",
        f"this is {what}, which is not read",
        place=source,
        remedy="save it as text, Markdown, HTML, CSV, JSON Lines, PDF or DOCX",
    )


def _broken(kind: str, error: BaseException, source: str) -> InputError:
    words = " ".join(str(error).split())[:120] or type(error).__name__
    return InputError(
        "BL219", f"the {kind} file is broken: {words}", place=source, remedy="open it in its program and save it again"
    )
