"""``ddi``: the codebook of a release as DDI Codebook 2.5 XML, the form in which data archives take it in.

The order of elements is that of the schema ``codebook.xsd`` of the DDI Alliance (namespace ``ddi:codebook:2_5``).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping

from brinkline.exchange.release.described import Described, DescribedTable
from brinkline.exchange.release.details import ReleaseDetails, licences
from brinkline.exchange.release.files import File
from brinkline.exchange.release.works import Work
from brinkline.plain import one_line
from brinkline.reference.codebook import codebook

NAMESPACE = "ddi:codebook:2_5"
#: What XML 1.0 cannot hold, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NATURE = {"nominal": "nominal", "identifier": "nominal", "ordinal": "ordinal", "count": "ratio", "days": "ratio"}
_CONTINUOUS = frozenset({"count", "days", "score", "year"})


def ddi(
    details: ReleaseDetails,
    abstract: str,
    tables: Iterable[DescribedTable],
    files: Mapping[str, File],
    programs: Iterable[Work],
    spans: tuple[str, str] | None,
) -> str:
    """The XML document. ``spans`` are the first and last day that the events of the release can have."""
    tables = list(tables)
    root = ET.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "xml:lang": "en", "ID": "release"})
    _document(root, details)
    _study(root, details, abstract, list(programs), spans)
    for table in tables:
        _file(root, table, files[table.file], list(programs))
    described = ET.SubElement(root, "dataDscr")
    for table in tables:
        for number, column in enumerate(table.columns, 1):
            _variable(described, table, column, number)
    listed = {table.file for table in tables}
    for file in files.values():
        if file.path.startswith("data/") and file.path not in listed:
            _add(_add(root, "otherMat", type="data", level="study", URI=file.path), "labl", file.about or file.path)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add(parent: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    """A new element with text that XML can hold and the attributes that say something."""
    made = ET.SubElement(parent, tag, {key: _FORBIDDEN.sub("", value) for key, value in attributes.items() if value})
    if text:
        made.text = _FORBIDDEN.sub("\ufffd", text)
    return made


def _document(root: ET.Element, details: ReleaseDetails) -> None:
    citation = _add(_add(root, "docDscr"), "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", f"Codebook: {one_line(details.title)}")
    producer = _add(citation, "prodStmt")
    _add(producer, "prodDate", details.day.iso(), date=details.day.iso())


def _study(
    root: ET.Element, details: ReleaseDetails, abstract: str, programs: list[Work], spans: tuple[str, str] | None
) -> None:
    study = _add(root, "stdyDscr")
    _citation(study, details, programs)
    info = _add(study, "stdyInfo")
    if details.keywords:
        subject = _add(info, "subject")
        for word in details.keywords:
            _add(subject, "keyword", one_line(word))
    _add(info, "abstract", abstract)
    summary = _add(info, "sumDscr")
    if spans:
        for event, day in zip(("start", "end"), spans, strict=True):
            _add(summary, "timePrd", day, event=event, date=day)
    _add(summary, "anlyUnit", "international crisis; crisis actor (state); event")
    _add(summary, "universe", "the narratives of this release; see the table narratives")
    _add(summary, "dataKind", "coded text")
    method = _add(study, "method")
    collected = _add(method, "dataColl")
    _add(collected, "collMode", "content analysis of narratives; every value keeps the words that support it")
    if details.collection:
        _add(_add(collected, "sources"), "dataSrc", one_line(details.collection))
    _access(study, details)


def _citation(study: ET.Element, details: ReleaseDetails, programs: list[Work]) -> None:
    citation = _add(study, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", one_line(details.title))
    _add(title, "IDNo", details.doi or f"release {details.name}", agency="DOI" if details.doi else "brinkline")
    makers = _add(citation, "rspStmt")
    for item in details.creators:
        _add(makers, "AuthEnty", one_line(item.inverted))
    produced = _add(citation, "prodStmt")
    if details.licence:
        _add(produced, "copyright", licences()[details.licence].name)
    _add(produced, "prodDate", details.day.iso(), date=details.day.iso())
    for work in programs:
        _add(produced, "software", "brinkline", version=work.version)
    if details.publisher or details.contact:
        spread = _add(citation, "distStmt")
        if details.publisher:
            _add(spread, "distrbtr", one_line(details.publisher), URI=details.homepage)
        if details.contact:
            _add(spread, "contact", one_line(details.contact))
    _add(_add(citation, "verStmt"), "version", details.name, date=details.day.iso(), type="release")
    if details.homepage:
        _add(citation, "holdings", details.homepage, URI=details.homepage)


def _access(study: ET.Element, details: ReleaseDetails) -> None:
    access = _add(_add(study, "dataAccs"), "useStmt")
    licence = licences().get(details.licence)
    note = one_line(details.licence_note)
    _add(access, "citReq", "Please cite the data as CITATION.cff says.")
    if licence:
        _add(access, "conditions", f"{licence.name} ({licence.url}). {note}".strip())
    else:
        _add(access, "conditions", note or "No licence is stated; ask the creators before you pass the data on.")


def _file(root: ET.Element, table: DescribedTable, file: File, programs: list[Work]) -> None:
    described = _add(_add(root, "fileDscr", ID=_file_id(table), URI=file.path), "fileTxt")
    _add(described, "fileName", file.path.rpartition("/")[2])
    mark = _add(described, "dataFingerprint", type="dataFile")
    _add(mark, "digitalFingerprintValue", file.sha256)
    _add(mark, "algorithmSpecification", "SHA-256")
    _add(described, "fileCont", table.about)
    size = _add(described, "dimensns")
    _add(size, "caseQnty", str(table.rows))
    _add(size, "varQnty", str(len(table.columns)))
    _add(described, "fileType", "CSV, UTF-8, comma, one line of column names", charset="UTF-8")
    for work in programs:
        _add(described, "software", "brinkline", version=work.version)


def _file_id(table: DescribedTable) -> str:
    return f"F_{table.name}"


def _variable(parent: ET.Element, table: DescribedTable, column: Described, number: int) -> None:
    scale = column.column.scale
    made = _add(
        parent,
        "var",
        ID=f"V_{table.name}_{number}",
        name=column.name,
        files=_file_id(table),
        intrvl="contin" if scale in _CONTINUOUS or column.column.type == "number" else "discrete",
        nature=_NATURE.get(scale, ""),
    )
    _add(made, "location", fileid=_file_id(table))
    _add(made, "labl", column.column.label)
    if column.missing:
        missing = _add(made, "invalrng")
        for code in column.missing:
            _add(missing, "item", VALUE=code)
    figures = column.figures
    _add(made, "sumStat", str(figures.valid), type="vald")
    _add(made, "sumStat", str(figures.empty + figures.missing), type="invd")
    if column.column.type in ("integer", "number") and not column.codes and figures.least is not None:
        _add(made, "sumStat", figures.least, type="min")
        _add(made, "sumStat", str(figures.greatest), type="max")
    if column.definition:
        _add(made, "txt", column.definition)
    _categories(made, column)
    if column.column.note:
        _add(made, "codInstr", column.column.note)
    if scale and table.name in ("crises", "crisis_actors"):
        _add(made, "concept", scale, vocab=f"{codebook().title}, version {codebook().version}: scale of the variable")
    character = column.column.type in ("key", "text", "value") or (column.column.type == "date")
    _add(
        made,
        "varFormat",
        type="character" if character else "numeric",
        schema="ISO" if column.column.type == "date" else "other",
        category="date" if column.column.type == "date" else "other",
    )


def _categories(made: ET.Element, column: Described) -> None:
    """The codes with labels and counts; those of an open list (words found in the data) without labels."""
    labels = {code.value: code.label for code in column.codes}
    for code in dict.fromkeys([*labels, *column.figures.count]):
        category = _add(made, "catgry", missing="Y" if column.is_missing(code) else "N")
        _add(category, "catValu", code)
        if labels.get(code):
            _add(category, "labl", labels[code])
        _add(category, "catStat", str(column.figures.count.get(code, 0)), type="freq")
