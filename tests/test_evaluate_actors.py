"""Actor linking against a gold table: what counts as right, what is left out, and bad tables."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from brinkline.errors import InputError
from brinkline.evaluate.actors import read_gold, same_actor, score, shares
from brinkline.model import Actor, Mention

GOLD = Path(__file__).parent / "gold" / "actor_mentions.csv"
HEAD = "crisis,part,start,end,actor,kind,note\n"
NORLAND = Actor("state", "state:901", "Norland", 901)
SUDLAND = Actor("state", "state:902", "Sudland", 902)
BOTH = Actor("collective", "collective:state:901+state:902", "both", members=("state:901", "state:902"))
REBELS = Actor("group", "group:rebels:901", "rebels of Norland", members=("state:901",))


def mention(start: int, end: int, actor: Actor | None) -> Mention:
    return Mention(start, end, "x" * (end - start), actor, "name", candidates=() if actor else ("state:901", "state:902"))


MENTIONS = [mention(0, 14, NORLAND), mention(20, 22, None), mention(30, 35, BOTH), mention(40, 46, REBELS)]


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ("8,seen,10,17,state:901,name,", True),  # the words of the mention need not be the same, only overlap
        ("8,seen,14,17,state:901,name,", False),  # ranges that only touch do not overlap
        ("8,seen,0,7,state:902,name,", False),
        ("8,seen,0,7,state:902 state:901,name,", True),  # one of several right answers
        ("8,seen,20,22,state:901,pronoun,", False),  # left open is not right
        ("8,seen,30,35,state:902+state:901,definite,", True),  # together, in any order
        ("8,seen,30,35,state:901,definite,", False),  # both is not one of them
        ("8,seen,40,46,group:*:901,group,", True),
        ("8,seen,40,46,group:*:902,group,", False),
        ("8,seen,60,66,-,capital,", True),
        ("8,seen,0,7,-,capital,", False),
        ("8,seen,20,22,-,pronoun,", True),  # open words name nobody
        ("8,seen,60,66,state:901,name,", False),  # nothing there
    ],
)
def test_what_counts_as_right(row: str, right: bool) -> None:
    (outcome,) = score(read_gold(HEAD + row), {8: MENTIONS})
    assert outcome.right is right


def test_open_rows_and_crises_without_coding_are_not_scored() -> None:
    gold = read_gold(HEAD + "8,seen,0,7,?,definite,\n9,seen,0,7,state:901,name,\n8,held,0,7,state:901,name,\n")
    assert [outcome.gold.part for outcome in score(gold, {8: MENTIONS})] == ["held"]


def test_shares_sum_over_kinds_and_parts() -> None:
    gold = read_gold(HEAD + "8,seen,0,7,state:901,name,\n8,held,0,7,state:902,name,\n8,held,40,46,group:*,group,\n")
    found = shares(score(gold, {8: MENTIONS}))
    assert found["held", "all"] == (1, 2)
    assert found["all", "name"] == (1, 2)
    assert list(found)[-1] == ("all", "all")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("crisis,part,start,end,kind\n", "BL245"),
        (HEAD + "8,seen,x,7,state:901,name,\n", "BL246"),
        (HEAD + "8,seen,7,7,state:901,name,\n", "BL246"),
        (HEAD + "8,seen,0,7,,name,\n", "BL246"),
    ],
)
def test_bad_tables_name_code_and_place(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_gold(text, "mine.csv")
    assert caught.value.code == code
    assert caught.value.place.startswith("mine.csv")


def test_a_pattern_does_not_reach_into_other_kinds() -> None:
    assert not same_actor(NORLAND, "group:*")
    assert not same_actor(REBELS, "group:*:90")


def test_the_gold_table_is_large_blind_to_text_and_without_doubles() -> None:
    rows = read_gold(GOLD.read_text(encoding="utf-8"))
    assert len(rows) >= 450
    assert sum(row.kind in ("pronoun", "definite") for row in rows) >= 90
    assert {row.part for row in rows} == {"seen", "held"}
    parts = {(row.crisis, row.part) for row in rows}
    assert len(parts) == len({crisis for crisis, _ in parts}), "a crisis is either seen or held out"
    spans = sorted((row.crisis, row.start, row.end) for row in rows)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in itertools.pairwise(spans)), "ranges overlap"
    header = next(csv.reader(line for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")))
    assert "text" not in header
