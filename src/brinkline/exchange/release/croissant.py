"""``croissant``: the release as Croissant JSON-LD (MLCommons, format 1.0), which data-set searches and loaders read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from brinkline.exchange.columns import Type
from brinkline.exchange.release.datapackage import semantic, slug
from brinkline.exchange.release.described import Described, DescribedTable
from brinkline.exchange.release.details import Creator, ReleaseDetails, licences
from brinkline.exchange.release.files import File, resource_name
from brinkline.plain import one_line

#: The context that the Croissant 1.0 specification gives.
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES: Mapping[Type, str] = {
    "key": "sc:Text",
    "text": "sc:Text",
    "value": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "flag": "sc:Integer",  # 0 and 1 in the files; readers of sc:Boolean take the text "0" for true
    "date": "sc:Date",
}


def croissant(
    details: ReleaseDetails, abstract: str, cite_as: str, tables: Iterable[DescribedTable], files: Iterable[File]
) -> dict[str, Any]:
    """The description of a release: every data file, and a record set for each CSV table."""
    listed = [table for table in tables if table.rows]
    record = {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "name": slug(details.title),
        "alternateName": one_line(details.title),
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "description": abstract,
        "citeAs": cite_as,
        "creator": [_creator(item) for item in details.creators],
        "publisher": {"@type": "sc:Organization", "name": one_line(details.publisher)} if details.publisher else "",
        "datePublished": details.day.iso(),
        "version": semantic(details.name),
        "license": licences()[details.licence].url if details.licence else "",
        "url": details.homepage or (f"https://doi.org/{details.doi}" if details.doi else ""),
        "identifier": f"https://doi.org/{details.doi}" if details.doi else "",
        "keywords": [one_line(word) for word in details.keywords],
        "isLiveDataset": False,
        "distribution": [_file(file) for file in files if file.path.startswith("data/")],
        "recordSet": [_record_set(table, {item.name for item in listed}) for table in listed],
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def _creator(item: Creator) -> dict[str, str]:
    record = {"@type": "sc:Organization" if item.name else "sc:Person", "name": one_line(item.full)}
    record |= {"givenName": item.given, "familyName": item.family} if not item.name else {}
    record |= {"identifier": f"https://orcid.org/{item.orcid.rpartition('/')[2]}"} if item.orcid else {}
    return {key: value for key, value in record.items() if value}


def _file(file: File) -> dict[str, str]:
    record = {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.about,
        "contentSize": f"{file.bytes} B",
        "contentUrl": file.path,
        "encodingFormat": file.media or "application/octet-stream",
        "sha256": file.sha256,
    }
    return {key: value for key, value in record.items() if value}


def _record_set(table: DescribedTable, known: set[str]) -> dict[str, Any]:
    record = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(column, table, known) for column in table.columns],
    }
    return {key: value for key, value in record.items() if value != []}


def _field(column: Described, table: DescribedTable, known: set[str]) -> dict[str, Any]:
    kind = _TYPES[column.column.type]
    file = resource_name(table.file)
    record: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": " ".join(part for part in (column.column.label, column.definition, column.column.note) if part),
        "dataType": kind if kind != "sc:Date" or column.is_day else "sc:Text",
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }
    target = next((item for item in table.foreign if item.columns == (column.name,) and item.table in known), None)
    return record | ({"references": {"field": {"@id": f"{target.table}/{target.key[0]}"}}} if target else {})
