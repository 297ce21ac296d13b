"""Citations: BibTeX that parses back, CSL-JSON, RIS and plain text, of data, program, narratives and their sources."""

import json
import re
from dataclasses import replace

import pytest

import build
import release_case
from brinkline.errors import UsageError
from brinkline.exchange.release import Creator, called, cite, data_work, narrative_work, software_work, source_works
from brinkline.model import Narrative, Reference

TEX = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}"}
TEX |= {r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", **{"\\" + char: char for char in "&%$#_"}}


def entries(text: str) -> list[dict[str, str]]:
    """BibTeX read by its grammar: entries of fields whose values are balanced braces or a bare word."""
    found, at = [], 0
    while (start := re.compile(r"\s*@(\w+)\{([^,\s{}]+),\s*").match(text, at)) is not None:
        entry, at = {"type": start[1], "key": start[2]}, start.end()
        while text[at] != "}":
            name = re.compile(r"(\w+)\s*=\s*").match(text, at)
            assert name, text[at : at + 40]
            stop = at = name.end()
            depth = 0
            while depth or text[stop] != ",":
                depth += {"{": 1, "}": -1}.get(text[stop], 0)
                assert depth >= 0
                stop += 1
            entry[name[1]] = text[at:stop].removeprefix("{").removesuffix("}") if text[at] == "{" else text[at:stop]
            at = re.compile(r",\s*").match(text, stop).end()  # type: ignore[union-attr]
        found.append(entry)
        at += 1
    assert text[at:].strip() == ""
    return found


def untex(text: str) -> str:
    """What TeX would set."""
    pattern = re.compile("|".join(re.escape(key) for key in sorted(TEX, key=len, reverse=True)))
    assert not re.search(r"(?<!\\)[&%$#_~^]", pattern.sub("", text))
    return pattern.sub(lambda match: TEX[match[0]], text.removeprefix("{").removesuffix("}"))


def reference(text: str, author: str, *years: str, pages: str = "", note: str = "") -> Reference:
    return Reference(0, len(text), text, author, years, pages, note)


def test_bibtex_of_the_data_parses_back_whatever_the_title_holds() -> None:
    [entry] = entries(cite([data_work(release_case.details(title=release_case.ODD))], "bibtex"))
    assert entry["type"] == "dataset"
    assert untex(entry["title"]) == release_case.ODD_LINE
    assert entry["author"] == "Lund, Ada and {Moe, Arvid and Sons}"
    assert (entry["year"], entry["month"], entry["date"]) == ("2026", "nov", "2026-11-24")
    assert (entry["version"], entry["doi"]) == ("1.0", "10.5281/zenodo.123")
    assert entry["url"] == "https://example.org/lakes?a=1&b=2"


def test_a_person_whose_name_has_and_in_it_stays_one() -> None:
    [entry] = entries(cite([data_work(release_case.details(creators=(Creator("Land and Sea", "O."),)))], "bibtex"))
    assert entry["author"] == "{Land and Sea}, O."


def test_csl_has_the_parts_where_reference_managers_look() -> None:
    [item] = json.loads(cite([data_work(release_case.details(title=release_case.ODD))], "csl"))
    assert item["type"] == "dataset"
    assert item["title"] == release_case.ODD_LINE
    assert item["author"] == [{"family": "Lund", "given": "Ada"}, {"literal": "Moe, Arvid and Sons"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert item["DOI"] == "10.5281/zenodo.123"


def test_ris_is_one_tag_a_line() -> None:
    lines = cite([data_work(release_case.details(title=release_case.ODD)), software_work()], "ris").splitlines()
    assert all(not line or re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines[0] == "TY  - DATA"
    assert f"TI  - {release_case.ODD_LINE}" in lines
    assert lines.count("ER  - ") == 2
    assert "DA  - 2026/11/24" in lines


def test_plain_text_reads_as_a_citation() -> None:
    text = cite([data_work(release_case.details())])
    assert text == (
        "Lund, Ada & Moe, Arvid and Sons (2026). Crises of the Northern Lakes (Version 1.0) [Data set]. "
        "https://doi.org/10.5281/zenodo.123\n"
    )


def test_the_program_is_cited_in_the_version_that_coded() -> None:
    [item] = json.loads(cite([software_work("brinkline 0.7.3")], "csl"))
    assert (item["type"], item["version"]) == ("software", "0.7.3")


def test_a_narrative_is_cited_with_its_hash_and_without_an_invented_author() -> None:
    given = build.narrative()
    [item] = json.loads(cite([narrative_work(given)], "csl"))
    assert item["id"] == "narrative-950"
    assert item["title"] == "LAKE SELMA"
    assert given.digest in item["note"]
    assert "24 November 2026" in item["note"]
    assert "author and year are not given" in item["note"]
    assert "author" not in item
    assert "issued" not in item


def test_a_narrative_without_number_and_title_still_has_a_key_of_its_own() -> None:
    works = [narrative_work(Narrative(text)) for text in ("One.", "Two.")]
    assert works[0].key != works[1].key
    assert all(entry["title"] == "{Untitled narrative}" for entry in entries(cite(works, "bibtex")))
    assert "(no date)" in cite(works[:1])


def test_sources_say_what_is_not_known() -> None:
    given = build.narrative()
    first, second = source_works([(called(given), given.references)])
    assert (first.key, second.key) == ("arvid-1934", "moe-and-lund-1952-53")
    [entry] = entries(cite([second], "bibtex"))
    assert (entry["author"], entry["year"], entry["pages"]) == ("{Moe and Lund}", "1952--53", "40--71")
    assert "title" not in entry
    assert "not given there: title" in entry["note"]
    [item] = json.loads(cite([second], "csl"))
    assert item["issued"] == {"date-parts": [[1952], [1953]]}
    assert item["keyword"] == "case 950"


@pytest.mark.parametrize(
    ("years", "issued"),
    [
        ((), None),
        (("1972",), {"date-parts": [[1972]]}),
        (("1898-1901",), {"date-parts": [[1898], [1901]]}),
        (("1938a",), {"literal": "1938a"}),
        (("1938", "1940-41"), {"literal": "1938, 1940-41"}),
    ],
)
def test_years_as_printed(years: tuple[str, ...], issued: dict[str, object] | None) -> None:
    [item] = json.loads(cite(source_works([("case 1", [reference("X", "Aa", *years)])]), "csl"))
    assert item.get("issued") == issued
    assert ("year" in item["note"]) == (not years)


def test_one_source_of_two_narratives_is_one_entry_that_names_both() -> None:
    cited = [("case 1", [reference("Moe 1950", "Moe", "1950")]), ("case 2", [reference("Moe  1950;", "MOE", "1950")])]
    [work] = source_works(cited)
    assert work.cited == ("case 1", "case 2")


def test_sources_that_only_share_author_and_year_have_keys_of_their_own() -> None:
    cited = [
        ("case 1", [reference("Moe 1950, 3", "Moe", "1950", pages="3"), reference("Moe 1950, 9", "Moe", "1950", pages="9")])
    ]
    assert [work.key for work in source_works(cited)] == ["moe-1950", "moe-1950-2"]


def test_keys_are_ascii_whatever_the_author_is_called() -> None:
    cited = [("case 1", [reference(name, name, "1950") for name in ("Żółw & Świt", "末", "", "{}%", "X" * 200)])]
    for work in source_works(cited):
        assert re.fullmatch(r"[a-z0-9.-]{1,48}", work.key)


def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        cite([software_work()], "endnote")
    assert caught.value.code == "BL120"


def test_a_title_of_control_signs_only_falls_back() -> None:
    assert narrative_work(replace(build.narrative(), title="\x07", source="a.txt")).title == "a.txt"
