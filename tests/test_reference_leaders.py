"""The tables of office holders: whole, consistent, and right where history is well known."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import get_args

import pytest

from brinkline import data
from brinkline.model import Day
from brinkline.reference.bodies import bodies
from brinkline.reference.leaders import FILES, Leader, Office, leaders, leaders_by_form, leaders_on
from brinkline.reference.spelling import plain
from brinkline.reference.states import states


def rows() -> list[dict[str, str]]:
    return [row for name in FILES for row in data.table("brinkline.reference", name)]


def test_there_are_enough_terms_and_no_id_stands_twice() -> None:
    assert len(leaders()) >= 1200
    assert [item for item, count in Counter(leader.id for leader in leaders()).items() if count > 1] == []


def test_every_line_has_a_known_office_a_source_and_the_precision_of_its_dates() -> None:
    widths = {4: "year", 7: "month", 10: "day"}
    for row in rows():
        assert row["office"] in get_args(Office), row["id"]
        assert row["source"], row["id"]
        given = {widths[len(row[column])] for column in ("from", "until") if row[column]}
        assert row["precision"] == next(width for width in ("year", "month", "day") if width in given), row["id"]


def test_every_leader_serves_a_state_body_or_group_of_the_tables() -> None:
    known = {state.id for state in states()} | {body.id for body in bodies()}
    known |= {"group:" + row["group"] for row in data.table("brinkline.actors", "groups.csv")}
    assert sorted({leader.of for leader in leaders()} - known) == []


def test_terms_are_of_this_age_and_open_only_where_the_office_was_held_at_the_end() -> None:
    for leader in leaders():
        assert leader.period.since is not None, leader.id
        assert 1863 <= leader.period.since.year <= 2018, leader.id
        last = leader.period.until
        assert last is None or (1917 <= last.year <= 2026), leader.id


def test_no_one_holds_the_same_office_twice_on_one_day() -> None:
    terms: dict[tuple[str, str, str], list[Leader]] = {}
    for leader in leaders():
        terms.setdefault((leader.of, leader.office, leader.name), []).append(leader)
    for held in terms.values():
        for one, other in pairwise(sorted(held, key=lambda leader: leader.period.since or Day(0, 1, 1))):
            assert one.period.until is not None, one.id
            assert other.period.since is not None
            assert one.period.until <= other.period.since, (one.id, other.id)


def test_forms_are_words_that_can_stand_in_prose() -> None:
    for leader in leaders():
        assert leader.name in leader.forms + leader.weak, leader.id
        for form in leader.forms + leader.weak:
            assert form == form.strip(), leader.id
            assert re.search(r"[A-ZÀ-ŽĐİŁŠŽ]", form), (leader.id, form)
        assert not set(leader.forms) & set(leader.weak), leader.id


def test_ordinary_words_and_places_are_never_sure_forms() -> None:
    ordinary = """Bush Ford Rice Hull Baker Major Brown May Cook Straw Head Law Hill House Lake Clay Rose Park Moon King
    Bishop Begin Grew Lie Togo Hague Halifax Bull Wade Sharp Plaza Orlando Paul Alexander George Peter Michael
    Reading Slim Stern Panic Prince Noon"""
    sure = {form for leader in leaders() for form in leader.forms}
    assert sorted(sure & set(ordinary.split())) == []


def states_with_office(office: str) -> set[int | None]:
    return {leader.cow for leader in leaders() if leader.office == office}


def test_the_main_crisis_states_have_heads_of_government_or_state() -> None:
    heads = states_with_office("head-of-state") | states_with_office("head-of-government")
    wanted = """2 40 42 70 90 91 92 93 94 95 100 101 130 135 140 145 150 155 160 200 210 211 220 230 235 255 260 265 290 305 310
    315 325 339 344 345 346 350 352 355 360 365 366 367 368 369 371 372 373 375 385 390 432 436 438 439 450 452 461 471 475 483
    490 500 501 510 516 517 520 530 531 540 541 551 552 560 565 570 571 600 615 616 620 625 630 640 645 651 652 660 663 666 670
    678 679 680 690 698 700 710 713 731 732 740 750 770 771 775 780 800 811 812 816 817 820 830 840 850 900 920"""
    assert sorted(int(number) for number in wanted.split() if int(number) not in heads) == []


def test_united_states_presidents_follow_each_other_without_a_gap() -> None:
    terms = [leader for leader in leaders() if leader.cow == 2 and leader.office == "head-of-state"]
    assert [leader.period.until for leader in terms[:-1]] == [leader.period.since for leader in terms[1:]]
    assert len(terms) == 18


@pytest.mark.parametrize(
    ("form", "day", "name", "of"),
    [
        ("Chicherin", Day(1920, 5, 1), "Georgy Chicherin", "state:365"),
        ("Tchitcherin", Day(1920, 5, 1), "Georgy Chicherin", "state:365"),
        ("Khrushchev", Day(1962, 10, 24), "Nikita Khrushchev", "state:365"),
        ("Molotov", Day(1939, 8, 23), "Vyacheslav Molotov", "state:365"),
        ("Nasser", Day(1956, 7, 26), "Gamal Abdel Nasser", "state:651"),
        ("Nasir", Day(1967, 5, 22), "Gamal Abdel Nasser", "state:651"),
        ("Chiang Kai-shek", Day(1937, 7, 7), "Chiang Kai-shek", "state:710"),
        ("Chiang Kai-shek", Day(1958, 8, 23), "Chiang Kai-shek", "state:713"),
        ("Halifax", Day(1938, 9, 1), "Edward Wood", "state:200"),
        ("Lord Halifax", Day(1938, 9, 1), "Edward Wood", "state:200"),
        ("Dulles", Day(1954, 4, 1), "John Foster Dulles", "state:2"),
        ("Kissinger", Day(1973, 10, 20), "Henry Kissinger", "state:2"),
        ("Bush", Day(1990, 8, 2), "George H. W. Bush", "state:2"),
        ("Bush", Day(2003, 3, 20), "George W. Bush", "state:2"),
        ("Mussolini", Day(1923, 8, 31), "Benito Mussolini", "state:325"),
        ("Beneš", Day(1938, 9, 21), "Edvard Beneš", "state:315"),
        ("Benes", Day(1938, 9, 21), "Edvard Beneš", "state:315"),
        ("Pilsudski", Day(1920, 4, 25), "Józef Piłsudski", "state:290"),
        ("Mustafa Kemal", Day(1922, 9, 9), "Mustafa Kemal Atatürk", "state:640"),
        ("Venizelos", Day(1920, 6, 22), "Eleftherios Venizelos", "state:350"),
        ("Makarios", Day(1963, 11, 30), "Archbishop Makarios III", "state:352"),
        ("Qaddafi", Day(1986, 4, 15), "Muammar Gaddafi", "state:620"),
        ("Gadhafi", Day(1986, 4, 15), "Muammar Gaddafi", "state:620"),
        ("King Hussein", Day(1970, 9, 17), "Hussein", "state:663"),
        ("Saddam Hussein", Day(1990, 8, 2), "Saddam Hussein", "state:645"),
        ("Ben-Gurion", Day(1956, 10, 29), "David Ben-Gurion", "state:666"),
        ("Sadat", Day(1973, 10, 6), "Anwar Sadat", "state:651"),
        ("Nehru", Day(1962, 10, 20), "Jawaharlal Nehru", "state:750"),
        ("Ayub Khan", Day(1965, 9, 6), "Ayub Khan", "state:770"),
        ("Zhou Enlai", Day(1955, 4, 23), "Zhou Enlai", "state:710"),
        ("Chou En-lai", Day(1955, 4, 23), "Zhou Enlai", "state:710"),
        ("Syngman Rhee", Day(1950, 6, 25), "Syngman Rhee", "state:732"),
        ("Diem", Day(1961, 10, 1), "Ngo Dinh Diem", "state:817"),
        ("Sukarno", Day(1963, 9, 16), "Sukarno", "state:850"),
        ("Arbenz", Day(1954, 6, 18), "Jacobo Árbenz", "state:90"),
        ("Galtieri", Day(1982, 4, 2), "Leopoldo Galtieri", "state:160"),
        ("Nkrumah", Day(1964, 1, 1), "Kwame Nkrumah", "state:452"),
        ("Idi Amin", Day(1976, 7, 4), "Idi Amin", "state:500"),
        ("Tshombe", Day(1960, 7, 11), "Moise Tshombe", "state:katanga"),
        ("Mobutu", Day(1977, 3, 8), "Mobutu Sese Seko", "state:490"),
        ("Hammarskjöld", Day(1956, 11, 4), "Dag Hammarskjöld", "body:un-secretary-general"),
        ("Hammarskjold", Day(1956, 11, 4), "Dag Hammarskjöld", "body:un-secretary-general"),
        ("Boutros-Ghali", Day(1993, 6, 1), "Boutros Boutros-Ghali", "body:un-secretary-general"),
        ("Arafat", Day(1982, 8, 21), "Yasser Arafat", "group:plo"),
        ("Milosevic", Day(1999, 3, 24), "Slobodan Milošević", "state:345"),
        ("Hirota", Day(1937, 7, 7), "Hirota Koki", "state:740"),
        ("Litvinov", Day(1937, 6, 28), "Maxim Litvinov", "state:365"),
    ],
)
def test_a_form_means_the_person_in_office(form: str, day: Day, name: str, of: str) -> None:
    assert {(leader.name, leader.of) for leader in leaders_on(form, day)} == {(name, of)}


@pytest.mark.parametrize(
    ("form", "day"),
    [("Khrushchev", Day(1970, 1, 1)), ("Hitler", Day(1925, 1, 1)), ("Bush", Day(1995, 1, 1)), ("Napoleon", Day(1938, 1, 1))],
)
def test_nobody_is_meant_out_of_office(form: str, day: Day) -> None:
    assert leaders_on(form, day) == ()


def test_an_accent_may_be_left_out() -> None:
    assert plain("Józef Piłsudski") == "Jozef Pilsudski"
    assert plain("Đinđić") == "Dindic"
    assert leaders_by_form()["Peron"] == leaders_by_form()["Perón"]
