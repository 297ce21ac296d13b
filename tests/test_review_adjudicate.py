"""Settling what coders left different: what is listed, what a choice does to the coding, and what comes up again."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path

import pytest

from brinkline.cli.agree import settle_command
from brinkline.decision import Person, StoredClaim
from brinkline.errors import InputError, UsageError
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.project.moving import chosen_codings
from brinkline.review.adjudicate import Difference, differences, find_difference, reopen, settle
from brinkline.review.settling import COLUMNS, own_value, row_of
from brinkline.store.assignments import assign
from brinkline.store.narratives import list_narratives
from coded_twice import claims_in, say, two_coders


def _id() -> str:
    return f"decision:{uuid.uuid4()}"


def _differing(project: Project, verdict: str = "reject") -> tuple[StoredClaim, Person, Person]:
    ana, ben = two_coders(project)
    claim = next(item for item in claims_in(project) if item.field == "triggr")
    say(project, ana, claim, "accept")
    say(project, ben, claim, verdict, 2 if claim.value != 2 else 3)
    return claim, ana, ben


def _open(project: Project) -> tuple[Difference, ...]:
    with project.database.reading() as conn:
        return differences(conn)


def _value(project: Project, claim: StoredClaim) -> object:
    """The value of a variable in the coding as people left it; "out" when it has none."""
    for coding in chosen_codings(project):
        for row in coding.to_dict()["crisis_actors"]:
            if f"actor:{row['cow']}" == claim.subject and claim.field in row["claims"]:
                return row["claims"][claim.field]["value"]
    return "out"


def test_one_row_for_each_difference_with_names_hidden(web_project: Project) -> None:
    claim, ana, ben = _differing(web_project)
    same = next(item for item in claims_in(web_project) if item.field == "majres")
    for person in (ana, ben):
        say(web_project, person, same, "accept")
    (row,) = _open(web_project)
    assert (row.unit.unit.subject, row.unit.unit.field) == (claim.subject, "triggr")
    assert sorted(side.name for side in row.columns if side) == ["coder 1", "coder 2"]
    assert not {"Ana", "Ben"} & set(" ".join(row_of(row)).split())


@pytest.mark.parametrize("out", [True, False])
def test_a_choice_settles_the_coding_and_shows_names(web_project: Project, out: bool) -> None:
    claim, ana, _ = _differing(web_project)
    (row,) = _open(web_project)
    number = next(side.number for side in row.choices if (side.claim is None) == out)
    with web_project.database.writing() as conn:
        assert settle(conn, _id(), row, ana.id, now(), choice=number, note="reject nothing blindly")
    assert _open(web_project) == ()
    with web_project.database.reading() as conn:
        (done,) = differences(conn, settled=True)
    assert {side.name for side in done.columns if side} == {"Ana", "Ben"}
    assert _value(web_project, claim) == ("out" if out else claim.value)


def test_an_edit_that_is_chosen_stands(web_project: Project) -> None:
    claim, ana, _ = _differing(web_project, "edit")
    (row,) = _open(web_project)
    side = next(side for side in row.choices if side.claim is not None and side.claim.id != claim.id)
    with web_project.database.writing() as conn:
        settle(conn, _id(), row, ana.id, now(), choice=side.number)
    assert side.claim is not None
    assert _value(web_project, claim) == side.claim.value != claim.value


def test_a_value_of_ones_own_stands(web_project: Project) -> None:
    claim, ana, _ = _differing(web_project)
    (row,) = _open(web_project)
    with web_project.database.writing() as conn:
        made = own_value(conn, row, ana.id, "5", now())
        settle(conn, _id(), row, ana.id, now(), made=made)
    assert _value(web_project, claim) == 5


def test_sent_twice_it_is_settled_once_and_can_be_opened_again(web_project: Project) -> None:
    _, ana, _ = _differing(web_project)
    (row,) = _open(web_project)
    name = _id()
    with web_project.database.writing() as conn:
        assert settle(conn, name, row, ana.id, now(), choice=1)
        assert not settle(conn, name, row, ana.id, now(), choice=1)
    with web_project.database.writing() as conn:
        done = find_difference(conn, row.place.id, row.id)
        assert reopen(conn, _id(), done, ana.id, now())
    assert [item.id for item in _open(web_project)] == [row.id]


def test_looking_again_shows_only_what_is_new(web_project: Project) -> None:
    claim, ana, ben = _differing(web_project)
    (row,) = _open(web_project)
    with web_project.database.writing() as conn:
        settle(conn, _id(), row, ana.id, now(), choice=1)
    say(web_project, ben, claim, "accept")
    say(web_project, ben, claim, "reject")
    other = next(item for item in claims_in(web_project) if item.field == "majres")
    say(web_project, ana, other, "accept")
    say(web_project, ben, other, "reject")
    assert [item.unit.unit.field for item in _open(web_project)] == ["majres"]


def test_what_is_coded_blind_waits_for_both(web_project: Project) -> None:
    _, ana, ben = _differing(web_project)
    with web_project.database.writing() as conn:
        for row in list_narratives(conn):
            for person in (ana, ben):
                assign(conn, row.id, person.id, True, now())
    assert _open(web_project) == ()


def test_faults_settle_nothing(web_project: Project) -> None:
    _, ana, _ = _differing(web_project)
    (row,) = _open(web_project)
    with web_project.database.writing() as conn:
        with pytest.raises(UsageError, match="no answer 7"):
            settle(conn, _id(), row, ana.id, now(), choice=7)
        with pytest.raises(UsageError, match="not a value"):
            own_value(conn, row, ana.id, "4000", now())
    assert len(_open(web_project)) == 1


def _table(path: Path, rows: tuple[Difference, ...], **cells: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow({**dict(zip(COLUMNS, row_of(row), strict=True)), **cells}.values())
    return path


def test_a_table_settles_elsewhere(web_project: Project, tmp_path: Path) -> None:
    claim, _, _ = _differing(web_project)
    folder = str(web_project.folder.path)
    file = _table(tmp_path / "filled.csv", _open(web_project), value="5", note="as the text says")
    for _ in range(2):
        assert settle_command(None, "table", False, file, "Ana", folder) == 0
    assert _value(web_project, claim) == 5
    assert _open(web_project) == ()


def test_a_faulty_table_settles_nothing_and_coders_do_not_settle(web_project: Project, tmp_path: Path) -> None:
    _differing(web_project)
    folder = str(web_project.folder.path)
    wrong = _table(tmp_path / "wrong.csv", _open(web_project), choice="9")
    with pytest.raises(InputError, match="nothing was settled") as told:
        settle_command(None, "table", False, wrong, "Ana", folder)
    assert "row 2" in told.value.place
    good = _table(tmp_path / "good.csv", _open(web_project), choice="1")
    with pytest.raises(UsageError, match="Ben is coder"):
        settle_command(None, "table", False, good, "Ben", folder)
    assert len(_open(web_project)) == 1
