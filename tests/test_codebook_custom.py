"""Codebooks of a user's own: what each kind of rule codes, with its words, and what it leaves open with the reason."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import brinkline
from brinkline.errors import BrinklineError, InputError, UsageError
from brinkline.model import Narrative, Sentence
from brinkline.reference.codebook_file import parse_codebook
from brinkline.reference.patterns import bounded_pattern, phrases_pattern
from brinkline.variables.custom import code_with
from brinkline.variables.custom.numbers import read_number
from brinkline.variables.record import Variables

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "cease_fire.toml"
NARRATIVE = ROOT / "docs" / "examples" / "cease_fire.txt"

HEAD = 'name = "test"\nversion = "1"\n'


def variable(name: str, scale: str, rules: str, *, level: str = "crisis", more: str = "") -> str:
    """One variable of a codebook with its rules, as TOML."""
    head = f'[[variable]]\nname = "{name}"\nlabel = "Label of {name}"\nlevel = "{level}"\nscale = "{scale}"\n{more}\n'
    return head + "".join(f"[[variable.rule]]\n{rule.strip()}\n" for rule in rules.split("---"))


YES = '[variable.codes]\n0 = "no"\n1 = "yes"'


def code(tmp_path: Path, text: str, *variables: str, head: str = HEAD) -> brinkline.Coding:
    """The coding of a text with a codebook of these variables."""
    path = tmp_path / "own.toml"
    path.write_text(head + "\n".join(variables), encoding="utf-8")
    return brinkline.code(text + "\n", codebook=path)


def crisis(coding: brinkline.Coding, name: str) -> brinkline.Claim:
    return next(claim for claim in coding.crisis if claim.field == name)


def rows(coding: brinkline.Coding, name: str) -> dict[str, object]:
    """The values of a variable by the name of the row's state."""
    return {row.name: claim.value for row in coding.crisis_actors if (claim := row.claim(name)) is not None}


# ---- the worked example of the documentation ----


@functools.cache
def example() -> brinkline.Coding:
    return brinkline.code(NARRATIVE, codebook=EXAMPLE)


def test_the_example_codes_the_agreement() -> None:
    assert {claim.field: claim.value for claim in example().crisis} == {
        "truce": 4,
        "first_shot": "1961-03-03",
        "truce_date": "1961-03-24",
        "fighting_days": 22,
        "term": 60,
        "observers": 36,
        "broker": 140,
        "violations": 2,
        "fate": 2,
    }


def test_the_example_codes_the_parties() -> None:
    assert rows(example(), "answer") == {"Ecuador": 1, "Peru": 2}
    assert rows(example(), "broke_it") == {"Ecuador": 0, "Peru": 1}
    assert rows(example(), "attacks") == {"Ecuador": 1, "Peru": 1}
    assert rows(example(), "began") == {"Ecuador": "1961-03-03", "Peru": "1961-03-05"}


def test_every_value_of_the_example_shows_what_it_rests_on() -> None:
    claims = [*example().crisis, *(claim for row in example().crisis_actors for claim in row.claims)]
    ids = {claim.id for claim in claims}
    for claim in claims:
        assert claim.rule.startswith("cease-fire:")
        assert all(example().narrative.text[item.start : item.end] == item.text for item in claim.evidence)
        assert claim.evidence or claim.basis in ("inferred", "absent")
        if claim.basis == "inferred" and claim.rule.endswith(("/counted", "/violated")):
            assert set(claim.sources) <= ids
    assert crisis(example(), "truce").evidence[0].text.endswith("signed a cease-fire on 24 March 1961.")
    assert crisis(example(), "broker").label == "Brazil"
    assert crisis(example(), "fate").label == "violated, but not given up"


def test_a_run_records_the_codebook_and_its_bytes_but_not_its_path() -> None:
    versions = dict(example().run.versions)
    assert versions["codebook cease-fire"].startswith("1.0 ")
    assert str(EXAMPLE.parent) not in example().to_json().replace(str(NARRATIVE), "")
    assert example() == brinkline.code(NARRATIVE, codebook=str(EXAMPLE))


def test_the_layout_is_the_published_one_and_two_workers_give_the_same() -> None:
    import jsonschema

    from brinkline.record import json_schema

    jsonschema.validate(example().to_dict(), json_schema())
    assert list(brinkline.code_many([NARRATIVE], codebook=EXAMPLE, workers=2)) == [example()]


def test_the_page_shows_the_labels_of_the_codebook(tmp_path: Path) -> None:
    from brinkline.exchange import find_format, save

    page = save([example()], find_format("html"), str(tmp_path / "page.html"))[0].read_text(encoding="utf-8")
    assert "Fate of the cease-fire" in page
    assert "violated, but not given up" in page
    assert "24 March 1961" in page


def test_the_documentation_shows_the_codebook_that_is_tested() -> None:
    page = (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    blocks = [block.split("```", 1)[0] for block in page.split("```toml\n")[1:]]
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = [block for block in blocks if block.startswith("# cease_fire.toml\n")]
    assert shown
    for block in shown:
        assert block.removeprefix("# cease_fire.toml\n").strip() in text


# ---- rules from words ----


def word_cases() -> list[tuple[str, ...]]:
    lines = (ROOT / "tests" / "cases" / "codebook_words.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("words", "negated", "sentence", "counts"), word_cases())
def test_words(words: str, negated: str, sentence: str, counts: str) -> None:
    listed = ", ".join(f'"{phrase.strip()}"' for phrase in words.split("|"))
    rule = f'id = "a"\nfrom = "words"\nwords = [{listed}]\nnegated = "{negated}"\nvalue = 1'
    found = without_language(HEAD + variable("x", "nominal", rule, more=YES), sentence)
    assert (found.crisis[0].value == 1) == (counts == "yes")


def without_language(codebook: str, text: str) -> Variables:
    """The claims for a text of one sentence in which no date, actor or event is known: no language model is needed."""
    book, faults = parse_codebook(codebook.encode(), "own.toml")
    assert book is not None, faults
    sentences = (Sentence(0, 0, len(text), "summary", 0),)
    return code_with(book, Narrative(text), sentences, (), (), (), Variables())


def test_a_date_is_the_one_nearest_to_the_words(tmp_path: Path) -> None:
    text = "On 3 May 1931 Peru attacked Ecuador. On 9 May talks began, and a truce was signed on 20 May 1931. It held."
    rule = 'id = "a"\nfrom = "words"\nwords = ["truce"]\ntake = "date"'
    coding = code(tmp_path, text, variable("day", "date", rule))
    assert crisis(coding, "day").value == "1931-05-20"


def test_words_without_a_date_leave_the_date_open(tmp_path: Path) -> None:
    text = "On 3 May 1931 Peru attacked Ecuador. A truce was signed."
    rule = 'id = "a"\nfrom = "words"\nwords = ["truce"]\ntake = "date"'
    claim = crisis(code(tmp_path, text, variable("day", "date", rule)), "day")
    assert (claim.value, claim.basis, claim.confidence) == (None, "absent", 0.0)
    assert claim.note == "a: the words have no date that can be placed"


def test_first_and_last_date_in_time(tmp_path: Path) -> None:
    text = "The post was shelled on 9 June 1931. It had been shelled before, on 2 June 1931 and was not rebuilt."
    rule = 'id = "a"\nfrom = "words"\nwords = ["shelled"]\ntake = "date"\nwhich = "WHICH"'
    made = [variable(which, "date", rule.replace("WHICH", which)) for which in ("first", "last")]
    coding = code(tmp_path, text, *made)
    assert [claim.value for claim in coding.crisis] == ["1931-06-02", "1931-06-09"]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("They sent 36 observers on 4 May 1931.", 36),
        ("They sent thirty-six observers on 4 May 1931.", 36),
        ("They sent 1,200 observers.", 1200),
        ("On 4 May 1931 observers came.", None),
        ("Two states sent a thousand observers.", 1000),
        ("They sent 3.5 observers.", None),
        ("They sent observers.", None),
    ],
)
def test_numbers(tmp_path: Path, sentence: str, value: int | None) -> None:
    rule = 'id = "a"\nfrom = "words"\nwords = ["observers"]\ntake = "number"'
    assert crisis(code(tmp_path, sentence, variable("n", "count", rule)), "n").value == value


@pytest.mark.parametrize(
    ("text", "number"), [("two hundred", 200), ("twelve", 12), ("two thousand five hundred", 2500), ("a", None)]
)
def test_number_words(text: str, number: int | None) -> None:
    assert read_number(text) == number


def test_a_group_of_a_pattern_is_what_is_taken(tmp_path: Path) -> None:
    text = "The pact was to run for (some said) ninety days. It was called the Pact of the River by all."
    days = r"""id = "a"
from = "words"
pattern = 'run for .*?(\w+) days'
take = "number" """
    name = r"""id = "a"
from = "words"
pattern = 'called the ([A-Z]\w+ of the \w+)'
take = "words" """
    coding = code(tmp_path, text, variable("days", "count", days), variable("title", "text", name))
    assert [claim.value for claim in coding.crisis] == [90, "Pact of the River"]


def test_sections_asides_near_and_without() -> None:
    rule = 'id = "a"\nfrom = "words"\nwords = ["truce"]\nvalue = 1\n'
    text = "A truce was proposed by Peru."
    for more, value in [
        ('near = ["proposed"]', 1),
        ('near = ["signed"]', None),
        ('without = ["propos*"]', None),
        ('sections = ["background"]', None),
        ('actor = ["any"]', None),
    ]:
        found = without_language(HEAD + variable("x", "nominal", rule + more, more=YES), text)
        assert found.crisis[0].value == value, more


def test_the_sentence_must_name_the_row(tmp_path: Path) -> None:
    text = (
        "Peru and Ecuador were crisis actors from 3 May to 9 June 1931.\n\nOn 3 May 1931 Peru shelled a port of Ecuador. "
        "The blockade was lifted by Peru on 9 June 1931."
    )
    rule = 'id = "a"\nfrom = "words"\nwords = ["blockade"]\nactor = "row"\nvalue = 1'
    coding = code(tmp_path, text, variable("x", "nominal", rule, level="actor", more=YES))
    assert rows(coding, "x") == {"Peru": 1, "Ecuador": None}


# ---- rules from events ----

FIGHT = (
    "Peru and Ecuador were crisis actors from 3 May to 9 June 1931.\n\n"
    "On 3 May 1931 Peru attacked Ecuador. On 5 May Ecuador bombed a port of Peru. On 8 May Ecuador attacked Peru. "
    "On 12 May Brazil offered mediation. Chile did not attack Ecuador."
)


def test_events_by_who_and_whom(tmp_path: Path) -> None:
    did = 'id = "a"\nfrom = "events"\narmed = true\nwho = "row"\nwhom = "another"\ntake = "count"'
    suffered = did.replace('who = "row"\nwhom = "another"', 'who = "another"\nwhom = "row"')
    made = [variable("did", "count", did, level="actor"), variable("suffered", "count", suffered, level="actor")]
    coding = code(tmp_path, FIGHT, *made)
    assert rows(coding, "did")["Ecuador"] == rows(coding, "suffered")["Peru"]
    assert rows(coding, "did")["Peru"] == rows(coding, "suffered")["Ecuador"]


def test_at_least_so_many_events(tmp_path: Path) -> None:
    rule = 'id = "a"\nfrom = "events"\ntype = ["do.attack", "do.bombard"]\nwho = ["Ecuador"]\nleast = LEAST\nvalue = 1'
    made = [variable(f"x{least}", "nominal", rule.replace("LEAST", str(least)), more=YES) for least in (2, 3)]
    coding = code(tmp_path, FIGHT, *made)
    assert [claim.value for claim in coding.crisis] == [1, None]
    assert len(crisis(coding, "x2").evidence) == 2
    assert crisis(coding, "x3").note == "a: only 2 of 3 events of this kind"


def test_denied_events_count_only_when_asked_for(tmp_path: Path) -> None:
    rule = 'id = "a"\nfrom = "events"\ntype = ["do.attack"]\nwho = ["Chile"]\nvalue = 1\n'
    made = [variable("did", "nominal", rule, more=YES), variable("denied", "nominal", rule + 'mode = ["denied"]', more=YES)]
    coding = code(tmp_path, FIGHT, *made)
    assert [claim.value for claim in coding.crisis] == [None, 1]


def test_dates_of_events(tmp_path: Path) -> None:
    rule = 'id = "a"\nfrom = "events"\ntype = ["do.attack", "do.bombard"]\nwho = "row"\ntake = "date"\nwhich = "WHICH"'
    made = [variable(which, "date", rule.replace("WHICH", which), level="actor") for which in ("first", "last")]
    coding = code(tmp_path, FIGHT, *made)
    assert rows(coding, "first") == {"Peru": "1931-05-03", "Ecuador": "1931-05-05"}
    assert rows(coding, "last") == {"Peru": "1931-05-03", "Ecuador": "1931-05-08"}


def test_an_outsider_is_no_party(tmp_path: Path) -> None:
    rule = 'id = "a"\nfrom = "events"\nmode = ["done", "planned"]\nwho = "outsider"\ntake = "who"'
    coding = code(tmp_path, FIGHT, variable("broker", "nominal", rule, more="states = true"))
    assert (crisis(coding, "broker").value, crisis(coding, "broker").label) == (140, "Brazil")


@pytest.mark.parametrize(("kind", "has_brazil"), [("crisis", False), ("acting", True), ("named", True)])
def test_rows(tmp_path: Path, kind: str, has_brazil: bool) -> None:
    rule = 'id = "a"\nfrom = "nothing"\nvalue = 0'
    head = HEAD + f'rows = "{kind}"\n'
    coding = code(tmp_path, FIGHT, variable("x", "nominal", rule, level="actor", more=YES), head=head)
    assert {"Peru", "Ecuador"} <= set(rows(coding, "x"))
    assert ("Brazil" in rows(coding, "x")) == has_brazil


# ---- rules from other variables, order, silence ----


def constant(name: str, value: object, *, scale: str = "count", level: str = "crisis") -> str:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return variable(name, scale, f'id = "a"\nfrom = "nothing"\nvalue = {shown}', level=level)


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ("a = 3", 1),
        ("a = 4", None),
        ("a = [2, 3]", 1),
        ('a = ">= 3"', 1),
        ('a = "> 3"', None),
        ('a = "!= 3"', None),
        ('a = "known"', 1),
        ('a = "unknown"', None),
        ('open = "unknown"', 1),
        ("open = 3", None),
        ('open = "!= 3"', None),
        ('day = "> 1931-05-01"', 1),
        ('day = "> 1931-05-03"', None),
        ('day = "<= 1931-05-77"', 1),
        ("day = 1931-05-03", 1),
        ('day = "> 5"', None),
        ('a = 3, day = "known"', 1),
        ('a = 3, open = "known"', None),
    ],
)
def test_tests_of_other_variables(when: str, value: int | None) -> None:
    rule = f'id = "a"\nfrom = "variables"\nwhen = {{ {when} }}\nvalue = 1'
    never = variable("open", "count", 'id = "a"\nfrom = "words"\nwords = ["zebra"]\ntake = "count"')
    book = (
        HEAD + variable("x", "nominal", rule, more=YES) + constant("a", 3) + constant("day", "1931-05-03", scale="date") + never
    )
    found = without_language(book, "Nothing is told here.")
    assert next(claim.value for claim in found.crisis if claim.field == "x") == value


@pytest.mark.parametrize(
    ("take", "of", "more", "value"),
    [
        ("days", '["d", "e"]', "", 17),
        ("days", '["d", "e"]', "inclusive = true", 18),
        ("days", '["e", "d"]', "", None),
        ("days", '["d", "rough"]', "", None),
        ("max", '["a", "b"]', "", 5),
        ("min", '["a", "b"]', "", 3),
        ("sum", '["a", "b"]', "", 8),
        ("count", '["a", "b"]', "", 2),
        ("max", '["a", "d"]', "", None),
        ("copy", '["b"]', "", 5),
        ("copy", '["b"]', "map = { 5 = 50 }", 50),
        ("copy", '["b"]', "map = { 4 = 40 }", None),
    ],
)
def test_values_worked_out_from_others(take: str, of: str, more: str, value: int | None) -> None:
    rule = f'id = "a"\nfrom = "variables"\ntake = "{take}"\nof = {of}\n{more}'
    others = constant("a", 3) + constant("b", 5) + constant("d", "1931-05-03", scale="date")
    others += constant("e", "1931-05-20", scale="date") + constant("rough", "1931-06", scale="date")
    found = without_language(HEAD + variable("x", "count", rule) + others, "Nothing is told here.")
    claim = next(claim for claim in found.crisis if claim.field == "x")
    assert claim.value == value
    if value is None:
        assert claim.note.startswith("a: ")
    else:
        assert claim.basis == "inferred"
        assert claim.sources


def test_the_crisis_from_its_actors_and_the_other_way_round(tmp_path: Path) -> None:
    attacks = 'id = "a"\nfrom = "events"\ntype = ["do.attack", "do.bombard"]\nwho = "row"\ntake = "count"'
    most = 'id = "a"\nfrom = "variables"\ntake = "max"\nof = ["actors.attacks"]'
    total = most.replace("max", "sum")
    any_row = 'id = "a"\nfrom = "variables"\nwhen = { "actors.attacks" = ">= 2" }\nvalue = 1'
    share = 'id = "a"\nfrom = "variables"\nwhen = { attacks = 2, "crisis.most" = 2 }\nvalue = 1'
    coding = code(
        tmp_path,
        FIGHT,
        variable("top", "nominal", share, level="actor", more=YES),
        variable("most", "count", most),
        variable("total", "count", total),
        variable("fierce", "nominal", any_row, more=YES),
        variable("attacks", "count", attacks, level="actor"),
    )
    assert rows(coding, "attacks") == {"Peru": 1, "Ecuador": 2}
    assert [claim.value for claim in coding.crisis] == [2, 3, 1]
    assert rows(coding, "top") == {"Peru": None, "Ecuador": 1}
    assert len(crisis(coding, "most").evidence) == 2


def test_rules_are_tried_by_priority_then_in_order() -> None:
    rules = """id = "one"
from = "nothing"
value = 0
---
id = "two"
from = "words"
words = ["truce"]
priority = 5
confidence = 0.7
note = "tried first"
value = 1"""
    book = HEAD + variable("x", "nominal", rules, more=YES)
    told, silent = without_language(book, "A truce held.").crisis[0], without_language(book, "Nothing held.").crisis[0]
    assert (told.value, told.rule, told.confidence, told.note, told.label) == (1, "test:x/two", 0.7, "tried first", "yes")
    assert (silent.value, silent.basis, silent.evidence, silent.label) == (0, "absent", (), "no")


def test_a_value_is_no_surer_than_what_it_rests_on() -> None:
    base = variable("a", "count", 'id = "a"\nfrom = "words"\nwords = ["truce"]\ntake = "count"\nconfidence = 0.4')
    top = variable("x", "count", 'id = "a"\nfrom = "variables"\ntake = "copy"\nof = ["a"]\nconfidence = 0.9')
    found = without_language(HEAD + base + top, "A truce held.")
    assert [claim.confidence for claim in found.crisis] == [0.4, 0.4]
    assert found.crisis[1].sources == (found.crisis[0].id,)
    assert found.crisis[1].evidence == found.crisis[0].evidence


def test_a_variable_without_rules_is_open() -> None:
    book = HEAD + '[[variable]]\nname = "x"\nlabel = "X"\nlevel = "crisis"\nscale = "text"\n'
    claim = without_language(book, "Nothing.").crisis[0]
    assert (claim.value, claim.note, claim.rule) == (None, "the codebook has no rule for it", "test:x/none")


def test_extending_keeps_the_built_in_variables_and_replaces_those_of_the_same_name(tmp_path: Path) -> None:
    kept = 'id = "kept"\nfrom = "variables"\ntake = "copy"\nof = ["icb.triggr"]\nmap = { 9 = 1 }'
    own = [
        variable("triggr", "nominal", kept, level="actor", more=YES),
        variable("hour", "text", 'id = "a"\nfrom = "nothing"\nvalue = "dawn"', level="actor"),
    ]
    plain = brinkline.code(FIGHT + "\n")
    coding = code(tmp_path, FIGHT, *own, head=HEAD + 'extends = "icb"\n')
    row, before = coding.crisis_actors[0], plain.crisis_actors[0]
    assert {claim.field for claim in row.claims} == {claim.field for claim in before.claims} | {"hour"}
    assert row.claim("trigger_date") == before.claim("trigger_date")
    trigger = row.claim("triggr")
    assert trigger is not None
    assert trigger.rule in ("test:triggr/kept", "test:triggr/none")
    assert coding.to_dict()["crisis_actors"][0]["claims"]["hour"]["value"] == "dawn"
    alone = code(tmp_path, FIGHT, *own)
    assert {claim.field for claim in alone.crisis_actors[0].claims} == {"triggr", "hour"}


# ---- bad calls and bad input ----


def test_a_codebook_with_faults_stops_before_any_coding(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        code(tmp_path, FIGHT, variable("x", "nominal", 'id = "a"\nfrom = "nothing"\nvalue = 7', more=YES))
    assert caught.value.code == "BL232"
    assert "$.variable[0].rule[0].value" in str(caught.value)


def test_a_codebook_makes_no_sense_for_dates_alone() -> None:
    with pytest.raises(UsageError) as caught:
        brinkline.code("Nothing.\n", only="dates", codebook=EXAMPLE)
    assert caught.value.code == "BL107"


def test_a_very_long_sentence_is_read_in_a_window_and_quoted_in_part() -> None:
    text = "word " * 300 + "truce " + "word " * 20_000 + "armistice."
    rules = 'id = "a"\nfrom = "words"\nwords = ["{}"]\nvalue = 1'
    book = HEAD + variable("x", "nominal", rules.format("truce"), more=YES)
    claim = without_language(book, text).crisis[0]
    assert claim.value == 1
    assert "truce" in claim.evidence[0].text
    assert len(claim.evidence[0].text) < 700
    book = HEAD + variable("x", "nominal", rules.format("armistice"), more=YES)
    assert without_language(book, text).crisis[0].value is None


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+b", "(a|aa)+b", "(?:a?){0,80}b", "(x+x+)+y", ".*a.*b.*c", r"(?:\w+\W*)+x", "a{2,90}", "a++", r"(a)\1"),
        *(
            "(?=a)b",
            "(?i)a",
            "[a",
            "(a",
            "a)",
            "*a",
            "a|",
            "a*",
            r"\A",
            "[[a]",
            "((((((((((a))))))))))",
            "a" * 501,
            " ",
            r"a\b*",
        ),
    ],
)
def test_patterns_that_could_hang_or_mean_nothing_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError):
        bounded_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"truces? .*signed", "a truce was soon signed", True),
        (r"(?:\w+ ){0,5}truce", "after long and bitter talks truce", True),
        (r"\b[A-Z]\w+ Pact\b", "the River Pact of 1931", True),
        (r"a.*b", "a" + "x" * 80 + "b", True),
        (r"a.*b", "a" + "x" * 81 + "b", False),
        (r"3\.5 (?:km|miles)", "3.5 KM inland", True),
        (r"α+β", "ααβ", True),
    ],
)
def test_patterns_that_are_bounded_find_what_they_say(pattern: str, text: str, found: bool) -> None:
    import re

    assert (re.search(bounded_pattern(pattern), text, re.IGNORECASE) is not None) == found


def test_the_effort_of_a_pattern_counts_what_can_go_on() -> None:
    from brinkline.reference.pattern_tree import effort, parse

    assert effort(parse(r"\w+ x")).ways == 1
    assert effort(parse(r".*x")).ways == 81
    assert effort(parse(r"(?:a|b)(?:c|d)")).ways == 4
    assert effort(parse(r"(a+)+b")).ways > 10**5


PATTERNS = st.text(alphabet="ab(|)*+?{},2[]^$.\\wd -", max_size=20)


@given(PATTERNS)
@settings(max_examples=300, deadline=None)
def test_any_pattern_is_refused_or_finds_something_that_it_matches(pattern: str) -> None:
    import re

    try:
        source = bounded_pattern(pattern)
    except ValueError:
        return
    compiled = re.compile(source, re.IGNORECASE)
    for text in ("ab " * 60, "a" * 200, "b2 -" * 50):
        found = compiled.search(text)
        assert found is None or compiled.match(text, found.start()) is not None


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_phrase_is_refused_or_can_be_searched(phrases: list[str]) -> None:
    import re

    try:
        pattern = phrases_pattern(phrases)
    except ValueError:
        return
    re.compile(pattern, re.IGNORECASE).search("a truce was signed " * 20)


LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
STRANGE = st.sampled_from(
    """
x = 1
[variable]
value = [1]
take = "days"
rule = 3
of = ["fate"]
codes = 1
scale = "text"
[[rule]]
pattern = "(a+)+b"
confidence = nan
value = 1979-05-27
words = [""]
missing = [[1]]
level = "actor"
least = 0xffffffffffffffffffffff
when = { "a b" = 1 }
type = ["do.*"]
map = { 1 = "é" }
[variable.rule]
""".strip().splitlines()
)


@given(
    st.lists(st.tuples(st.integers(0, len(LINES)), st.sampled_from(["cut", "put", "twice"]), STRANGE), min_size=1, max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_codebook_has_faults_or_codes(edits: list[tuple[int, str, str]]) -> None:
    lines = list(LINES)
    for place, edit, strange in edits:
        if edit == "cut" and lines:
            del lines[place % len(lines)]
        else:
            lines.insert(min(place, len(lines)), strange if edit == "put" else lines[place % len(lines)] if lines else strange)
    text = "A truce was signed, for sixty days, by 36 observers."
    try:
        book, faults = parse_codebook("\n".join(lines).encode(), "own.toml")
    except BrinklineError:
        return
    assert (book is None) == bool(faults)
    if book is not None:
        found = code_with(book, Narrative(text), (Sentence(0, 0, len(text), "summary", 0),), (), (), (), Variables())
        assert len(found.crisis) == sum(item.level == "crisis" for item in book.codebook.variables)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_codebook_or_a_clear_error(raw: bytes) -> None:
    error = None
    try:
        book, faults = parse_codebook(raw, "own.toml")
    except BrinklineError as caught:
        error = caught
    if error is None:
        assert book is None
        assert faults
    else:
        assert (error.code, error.place) == ("BL231", "own.toml")
