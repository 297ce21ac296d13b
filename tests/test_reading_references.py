"""Citations and pointers to other cases: their parts and their exact ranges."""

from __future__ import annotations

from pathlib import Path

import pytest

from brinkline.reading import read_text

QUAY = (Path(__file__).parent / "fixtures" / "reading" / "quay.txt").read_text(encoding="utf-8")


def citations(words: str) -> list[tuple[str, str, tuple[str, ...], str, str]]:
    text = f"Summary:\n\nIt ended.\n\nReferences:\n\n{words}\n\nLast Updated: 1/5/2004"
    found = read_text(text).references
    assert all(text[item.start : item.end] == item.text for item in found)
    return [(item.text, item.author, item.years, item.pages, item.note) for item in found]


def test_the_sample() -> None:
    assert [(item.author, item.years, item.pages, item.note) for item in read_text(QUAY).references] == [
        ("Dorne", ("1951",), "", ""),
        ("Marlow and Vale", ("1940", "1942a"), "", ""),
        ("Foreign Papers of Arden (FPA)", ("1931",), "", "vol. 2 [pub. 1936]"),
        ("Ossian", ("1971",), "", "[1938]"),
        ("Arden Courier", ("1931",), "p. A4", "6 May"),
    ]


@pytest.mark.parametrize(
    ("words", "author", "years", "pages", "note"),
    [
        ("de Vale 1927c.", "de Vale", ("1927c",), "", ""),
        ("Dorne et al. 1967-74", "Dorne et al.", ("1967-74",), "", ""),
        ("FPA 1955-57, vol. V (1987)", "FPA", ("1955-57",), "", "vol. V (1987)"),
        ("FPA 1927, vol. 2 (1942), 1928, vol. 3 (1943)", "FPA", ("1927", "1928"), "", "vol. 2 (1942), vol. 3 (1943)"),
        ("Arden Papers (AP) (Dorne et al. 1966)", "Arden Papers (AP)", ("1966",), "", "(Dorne et al. 1966)"),
        ("La Feber-Marlow 1976", "La Feber-Marlow", ("1976",), "", ""),
        ("Cmd. Paper 324 1919", "Cmd. Paper 324", ("1919",), "", ""),
        ("Vale 1949, pp. 12-15, 20", "Vale", ("1949",), "pp. 12-15, 20", ""),
        ("Arden Courier December 1986", "Arden Courier", ("1986",), "", "December"),
        ("Arden Courier, June-November 1994, June 1995", "Arden Courier", ("1994", "1995"), "", "June-November, June"),
        (
            'Mara Vale, "The Crisis of 1931," Arden Papers, 1950',
            "Mara Vale",
            ("1950",),
            "",
            '"The Crisis of 1931," Arden Papers',
        ),
        ("Mara Vale. 2002. The 1931 Quay. Brook: Ossian", "Mara Vale", ("2002",), "", "The 1931 Quay. Brook: Ossian"),
        ("Quay Office, http://quay.example/1931/a.html", "Quay Office", (), "", "http://quay.example/1931/a.html"),
        ("Courier Online", "Courier Online", (), "", ""),
    ],
)
def test_parts_of_a_citation(words: str, author: str, years: tuple[str, ...], pages: str, note: str) -> None:
    assert citations(words) == [(words.rstrip("."), author, years, pages, note)]


def test_lists_split_at_semicolons_and_lines_but_not_inside_brackets_or_quotes() -> None:
    found = citations('Dorne 1951; Vale (with Marlow; and Brook) 1960\n"Quays; and Walls," Courier 1971; and Ossian 1980.')
    assert [item[0] for item in found] == [
        "Dorne 1951",
        "Vale (with Marlow; and Brook) 1960",
        '"Quays; and Walls," Courier 1971',
        "Ossian 1980",
    ]


def test_pages_that_follow_a_semicolon_stay_with_their_citation() -> None:
    found = citations("Courier, Vol. 41, 1995. Pp. 40356; 40404; 40451. Arden Times, 4 May 1995, pA4; 11 May 1995, p. A6.")
    assert [(item[1], item[2], item[3], item[4]) for item in found] == [
        ("Courier", ("1995",), "Pp. 40356; 40404; 40451", "Vol. 41"),
        ("Arden Times", ("1995",), "pA4, p. A6", "4 May; 11 May"),
    ]


@pytest.mark.parametrize("words", ["See sources for Case #72.", "see sources for Cases #9 and #11", "See references in case 7"])
def test_pointers_to_the_sources_of_another_case_are_no_citations(words: str) -> None:
    assert citations(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("(see Case #39--Quay Incident)", [("Case #39--Quay Incident", 39, "Quay Incident")]),
        ("(see Case #39–Quay Incident, in 1931)", [("Case #39–Quay Incident", 39, "Quay Incident")]),
        ("(see Case #39 — Quay Incident).", [("Case #39 — Quay Incident", 39, "Quay Incident")]),
        ("[see also Case #61]", [("Case #61", 61, "")]),
        ("Cases #10 and #11", [("Cases #10", 10, ""), ("#11", 11, "")]),
        ("(Cases #10, #11, and #12)", [("Cases #10", 10, ""), ("#11", 11, ""), ("#12", 12, "")]),
        ("(Cases #4--Quay, in 1902; #5--Mole, in 1903)", [("Cases #4--Quay", 4, "Quay"), ("#5--Mole", 5, "Mole")]),
        ("(Cases #4, #5--Quay I, II)", [("Cases #4", 4, "Quay I"), ("#5--Quay I, II", 5, "Quay II")]),
        ("(see Case #8--Czech. Annexation, in 1939)", [("Case #8--Czech. Annexation", 8, "Czech. Annexation")]),
        ("(See Crisis #422, QUAY II, in Arden PC)", [("Crisis #422, QUAY II", 422, "QUAY II")]),
        ("see Case #17--Vale I. The rest", [("Case #17--Vale I", 17, "Vale I")]),
        ("see case 5", [("case 5", 5, "")]),
        ("Case No. 12", [("Case No. 12", 12, "")]),
        ("Study #231 and 5 cases of arms", []),
        ("in case 5 ships came", []),
    ],
)
def test_cross_references(words: str, expected: list[tuple[str, int, str]]) -> None:
    text = f"The quay was lost {words} and more."
    found = read_text(text).cross_references
    assert [(item.text, item.case, item.name) for item in found] == expected
    assert all(text[item.start : item.end] == item.text for item in found)
