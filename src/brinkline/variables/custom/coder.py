"""``code_with``: the claims of a user's codebook, in place of the built-in variables or beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from brinkline.errors import NotFound
from brinkline.model import Claim, CrisisActor, Event, Mention, Narrative, Sentence, Value, When, make_claim
from brinkline.reference.codebook import Variable
from brinkline.reference.codebook_rules import CodebookFile, EventTest, Rule, ValueTest, WordTest
from brinkline.reference.states import state_by_number
from brinkline.variables.custom.acts import answer_from_events
from brinkline.variables.custom.answer import Answer
from brinkline.variables.custom.rows import rows_for
from brinkline.variables.custom.scene import Scene, Subject, make_scene
from brinkline.variables.custom.values import Known, answer_from_values
from brinkline.variables.custom.words import answer_from_words
from brinkline.variables.record import Variables


def code_with(
    book: CodebookFile,
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
    built_in: Variables,
) -> Variables:
    """The claims of the codebook; with ``extends`` the built-in ones stay, but for variables that the codebook has itself.

    Every variable of the codebook has a claim for every subject; one that no rule settles has the value None and the reason.
    """
    scene = make_scene(narrative, sentences, dates, mentions, events)
    rows = rows_for(book, scene, built_in)
    scene = replace(scene, parties=frozenset(actor_id for row in rows for actor_id in row.ids))
    subjects = [Subject("crisis", "crisis"), *rows]
    icb = _built_in(built_in)
    coded: dict[str, dict[str, Claim]] = {
        subject.key: dict(icb.get(subject.key, {})) if book.extends else {} for subject in subjects
    }
    known = Known(coded, icb)
    for level, name in book.order:
        variable = book.codebook.variable(name, level)
        for subject in subjects:
            if subject.level == level:
                coded[subject.key][name] = _claim(book, variable, subject, scene, known)
    return Variables(
        tuple(_in_order(book, coded["crisis"], "crisis")),
        tuple(
            replace(subject.row, claims=tuple(_in_order(book, coded[subject.key], "actor")))
            for subject in rows
            if subject.row is not None
        ),
        built_in.warnings if book.extends else (),
    )


def _built_in(found: Variables) -> Mapping[str, Mapping[str, Claim]]:
    rows = {_row_key(row): {claim.field: claim for claim in row.claims} for row in found.crisis_actors}
    return {"crisis": {claim.field: claim for claim in found.crisis}, **rows}


def _row_key(row: CrisisActor) -> str:
    return f"actor:{row.cow}" if row.row == 1 else f"actor:{row.cow}:{row.row}"


def _in_order(book: CodebookFile, claims: Mapping[str, Claim], level: str) -> Iterable[Claim]:
    """Built-in claims first in their order, then those of the codebook in the order of its variables."""
    own = [variable.name for variable in book.codebook.variables if variable.level == level]
    return [claim for name, claim in claims.items() if name not in own] + [claims[name] for name in own]


def _claim(book: CodebookFile, variable: Variable, subject: Subject, scene: Scene, known: Known) -> Claim:
    """The claim of one variable: from the first rule that settles it, or None with the reasons."""
    rules = book.rules_for(variable.level, variable.name)
    reasons: list[str] = []
    for rule in rules:
        answer = _answer(rule, variable, subject, scene, known)
        if answer.value is not None and variable.allows(answer.value):
            return _settled(book, variable, rule, answer, subject, scene)
        why = answer.why if answer.value is None else f"{variable.name} has no value {answer.value}"
        reasons.append(f"{rule.id}: {why}")
    return make_claim(
        scene.narrative,
        subject=subject.key,
        field=variable.name,
        value=None,
        label="",
        basis="absent",
        confidence=0.0,
        rule=f"{book.codebook.id}:{variable.name}/none",
        note="; ".join(reasons) if reasons else "the codebook has no rule for it",
    )


def _settled(book: CodebookFile, variable: Variable, rule: Rule, answer: Answer, subject: Subject, scene: Scene) -> Claim:
    return make_claim(
        scene.narrative,
        subject=subject.key,
        field=variable.name,
        value=answer.value,
        label=label_of(variable, answer.value),
        basis=answer.basis,
        evidence=answer.evidence,
        sources=answer.sources,
        confidence=min(rule.confidence, answer.confidence),
        rule=f"{book.codebook.id}:{variable.name}/{rule.id}",
        note=rule.note,
    )


def _answer(rule: Rule, variable: Variable, subject: Subject, scene: Scene, known: Known) -> Answer:
    match rule.test:
        case WordTest():
            return answer_from_words(rule, rule.test, variable, subject, scene)
        case EventTest():
            return answer_from_events(rule, rule.test, variable, subject, scene)
        case ValueTest():
            return answer_from_values(rule, rule.test, subject, known)
        case None:
            return Answer(rule.value, "absent")


def label_of(variable: Variable, value: Value) -> str:
    """The label of a value: that of its code, or the name of the state whose number it is; "" for others."""
    label = variable.label_of(value)
    if not label and variable.takes_states and isinstance(value, int):
        try:
            return state_by_number("icb", value).name
        except NotFound:
            return ""
    return label
