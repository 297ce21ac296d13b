"""``misses``: every place where the two codings differ, with the narrative's words beside both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from brinkline.evaluate.match import Matched, Pair
from brinkline.evaluate.records import Document, Miss, Passage, Row
from brinkline.exchange.imports.cells import days
from brinkline.exchange.imports.layout import Field
from brinkline.plain import one_line

_NOTHING = Document("", "", ())


def misses(matched: Matched, fields: Sequence[Field], documents: Mapping[str, Document]) -> Iterator[Miss]:
    """The misses: first actor rows that one side lacks, then values by variable, each group in the order of the human table.

    The values of an actor row that the coding lacks are wrong too; they are not listed again.
    """
    for pair in matched.pairs:
        if pair.coded is None:
            yield _row_miss(pair.human, documents, "missed")
    for row in matched.extra:
        yield _row_miss(row, documents, "extra")
    for field in fields:
        for pair in matched.pairs:
            if pair.coded is not None and _differs(field, pair):
                yield _value_miss(field, pair, pair.coded, documents)


def right(field: Field, human: str, coded: str) -> bool:
    """Whether a coded value counts as right: the same value; for a date the same day, or a day within the human's part."""
    if field.variable.scale != "date":
        return human == coded
    wanted, found = days(human), days(coded)
    return wanted is not None and found is not None and wanted[0] <= found[0] and found[1] <= wanted[1]


def _differs(field: Field, pair: Pair) -> bool:
    human = pair.human.values.get(field.variable.name, "")
    coded = pair.coded.values.get(field.variable.name, "") if pair.coded else ""
    return bool(human) and not right(field, human, coded)


def _row_miss(row: Row, documents: Mapping[str, Document], kind: str) -> Miss:
    document = documents.get(row.crisis, _NOTHING)
    extra = kind == "extra"
    claim = next((row.claims[name] for name in ("trigger_date", "triggr") if name in row.claims), {}) if extra else {}
    miss = Miss(
        kind="extra" if extra else "missed",
        crisis=row.crisis,
        title=document.title,
        actor=row.actor,
        actor_name=row.name,
        variable="crisis actor" if row.actor else "crisis",
        variable_label="Row of the actor" if row.actor else "Row of the crisis",
        human="" if extra else row.actor or row.crisis,
        human_label="" if extra else row.name,
        coded=row.actor if extra else "",
        coded_label=row.name if extra else "",
        human_row=None if extra else row.number,
    )
    if extra:
        return _with_grounds(miss, claim, document)
    return replace(miss, words=mentions(row.actor, document))


def _value_miss(field: Field, pair: Pair, coded: Row, documents: Mapping[str, Document]) -> Miss:
    name = field.variable.name
    document = documents.get(coded.crisis, _NOTHING)
    claim = coded.claims.get(name, {})
    human, answer = pair.human.values[name], coded.values.get(name, "")
    miss = Miss(
        kind="value" if answer else "not coded",
        crisis=coded.crisis,
        title=document.title,
        actor=coded.actor,
        actor_name=coded.name or pair.human.name,
        variable=name,
        variable_label=field.variable.label,
        human=human,
        human_label=field.variable.label_of(human),
        coded=answer,
        coded_label=field.variable.label_of(answer),
        human_row=pair.human.number,
    )
    return _with_grounds(miss, claim, document)


def _with_grounds(miss: Miss, claim: Mapping[str, object], document: Document) -> Miss:
    """The miss with what the coding says about its value: confidence, basis, rule, note and words of a published claim."""
    confidence = claim.get("confidence")
    return replace(
        miss,
        confidence=float(confidence) if isinstance(confidence, int | float) else None,
        basis=str(claim.get("basis") or ""),
        rule=str(claim.get("rule") or ""),
        note=str(claim.get("note") or ""),
        words=passages(claim, document),
    )


def passages(claim: Mapping[str, object], document: Document) -> tuple[Passage, ...]:
    """The quotes of a published claim, each inside its sentence (or sentences); the quote alone where there is no text."""
    evidence = claim.get("evidence")
    found = []
    for item in evidence if isinstance(evidence, list) else []:
        start, end, words = int(item["start"]), int(item["end"]), str(item["quote"])
        found.append(_inside(start, end, document) if document.text[start:end] == words else _flat("", words, ""))
    return tuple(found)


def mentions(state: str, document: Document) -> tuple[Passage, ...]:
    """Where the narrative first names a state, a passage for each sentence."""
    found: dict[str, Passage] = {}
    for start, end in document.mentions.get(state, ()):
        passage = _inside(start, end, document)
        found.setdefault(passage.sentence, passage)
    return tuple(found.values())


def _inside(start: int, end: int, document: Document) -> Passage:
    around = [part for part in document.sentences if part[0] < end and start < part[1]] or [(start, end)]
    first, last = min(around[0][0], start), max(around[-1][1], end)
    return _flat(document.text[first:start], document.text[start:end], document.text[end:last])


def _flat(before: str, words: str, after: str) -> Passage:
    """A passage on one line; spaces at the seams are kept as one."""
    head = one_line(before) + (" " if before[-1:].isspace() else "")
    middle = one_line(words)
    tail = (" " if after[:1].isspace() else "") + one_line(after)
    return Passage(head + middle + tail, len(head), len(head) + len(middle))
