"""Variables of a codebook as plain data for people and machines, and what changed between two codebooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from brinkline import data
from brinkline.reference.codebook import Codebook, Level, Variable, codebook
from brinkline.reference.codebook_rules import CodebookFile, EventTest, Rule, ValueTest, WordTest

Kind = Literal["added", "removed", "changed"]


def definition(level: Level, name: str) -> str:
    """What a variable of the built-in codebook means, "" when its label and codes say it all."""
    content: dict[str, dict[str, str]] = data.toml("brinkline.reference", "codebook_definitions.toml")
    return content[level].get(name, "")


def built_in() -> CodebookFile:
    """The ICB codebook in the form of a codebook file, without rules, to be listed and compared as one."""
    book = codebook()
    rules = tuple((item.level, item.name, ()) for item in book.variables)
    return CodebookFile(book, book.source, False, "crisis", rules, (), "")


def variable_record(variable: Variable, rules: Iterable[Mapping[str, Any]], *, icb: bool) -> dict[str, Any]:
    """A variable in plain JSON types, keys in fixed order; ``rules`` are records of the rules that code it."""
    meaning = definition(variable.level, variable.name) if icb else variable.note
    return {
        "level": variable.level,
        "name": variable.name,
        "label": variable.label,
        "definition": meaning,
        "note": variable.note if icb else "",
        "scale": variable.scale,
        "codes": [{"code": code.value, "label": code.label} for code in variable.codes],
        "takes_states": variable.takes_states,
        "missing": list(variable.missing),
        "parts": list(variable.parts),
        "rules": [dict(rule) for rule in rules],
    }


def rule_record(rule: Rule) -> dict[str, Any]:
    """A rule of a user's codebook in plain JSON types: its id, what it looks at, what it gives."""
    return {
        "id": rule.id,
        "from": rule.source,
        "take": rule.take,
        "value": rule.value,
        "confidence": rule.confidence,
        "priority": rule.priority,
        "looks_at": _looks_at(rule),
        "note": rule.note,
    }


def _looks_at(rule: Rule) -> str:
    match rule.test:
        case WordTest():
            return f"{rule.test.negated} denied" if rule.test.negated != "skip" else ""
        case EventTest():
            kinds = " ".join((*rule.test.types, *rule.test.plover, *rule.test.layers, *rule.test.stances))
            who, whom = " ".join(rule.test.who), " ".join(rule.test.whom)
            return " ".join(part for part in (f"who {who}" if who else "", kinds, f"whom {whom}" if whom else "") if part)
        case ValueTest():
            names = [*(str(ref) for ref, _ in rule.test.tests), *(str(ref) for ref in rule.test.of)]
            return " ".join(dict.fromkeys(names))
    return ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the variable ("actor.triggr", "" for the codebook itself), what of it, and both sides as text."""

    kind: Kind
    variable: str
    what: str
    old: str = ""
    new: str = ""


def compare(old: CodebookFile, new: CodebookFile) -> list[Change]:
    """Everything in which two codebooks differ, in the order of the new one; empty when nothing does."""
    changes = _facts(
        "",
        {"name": old.codebook.id, "title": old.codebook.title, "version": old.codebook.version, **_head(old)},
        {"name": new.codebook.id, "title": new.codebook.title, "version": new.codebook.version, **_head(new)},
    )
    before, after = _by_key(old.codebook), _by_key(new.codebook)
    changes += [Change("removed", key, "variable", before[key].label) for key in before if key not in after]
    for key, variable in after.items():
        if key not in before:
            changes.append(Change("added", key, "variable", new=variable.label))
            continue
        changes += _facts(key, _told(before[key]), _told(variable))
        changes += _mapped(key, "code", _codes(before[key]), _codes(variable))
        changes += _changed_rules(key, _rules(old, before[key]), _rules(new, variable))
        changes += _order(key, old, new, before[key], variable)
    return changes


def same_version(old: CodebookFile, new: CodebookFile, changes: list[Change]) -> bool:
    """True when the codebooks differ though both say that they are the same version of the same codebook."""
    one = (old.codebook.id, old.codebook.version) == (new.codebook.id, new.codebook.version)
    return one and bool(changes)


def _head(book: CodebookFile) -> dict[str, str]:
    return {"description": book.description, "extends": "icb" if book.extends else "", "rows": book.rows}


def _by_key(book: Codebook) -> dict[str, Variable]:
    return {f"{item.level}.{item.name}": item for item in book.variables}


def _told(variable: Variable) -> dict[str, str]:
    return {
        "label": variable.label,
        "scale": variable.scale,
        "definition": variable.note,
        "states": "yes" if variable.takes_states else "no",
        "missing": " ".join(variable.missing),
        "parts": " ".join(variable.parts),
    }


def _codes(variable: Variable) -> dict[str, str]:
    return {code.value: code.label for code in variable.codes}


def _rules(book: CodebookFile, variable: Variable) -> dict[str, Rule]:
    return {rule.id: rule for rule in book.rules_for(variable.level, variable.name)}


def _changed_rules(key: str, old: Mapping[str, Rule], new: Mapping[str, Rule]) -> list[Change]:
    """Rules added, removed and changed; of a changed rule, the keys that differ with their values."""
    changes = [Change("removed", key, f"rule {name}", f"from {rule.source}") for name, rule in old.items() if name not in new]
    for name, rule in new.items():
        if name not in old:
            changes.append(Change("added", key, f"rule {name}", new=f"from {rule.source}"))
        elif old[name] != rule:
            before, after = _rule_facts(old[name]), _rule_facts(rule)
            differ = [fact for fact in dict.fromkeys([*before, *after]) if before.get(fact) != after.get(fact)]
            texts = ("; ".join(_fact(name, facts) for name in differ if name in facts) for facts in (before, after))
            changes.append(Change("changed", key, f"rule {name}", *texts))
    return changes


def _rule_facts(rule: Rule) -> dict[str, object]:
    own = {item.name: getattr(rule, item.name) for item in fields(rule) if item.name not in ("id", "test")}
    test = {} if rule.test is None else {item.name: getattr(rule.test, item.name) for item in fields(rule.test)}
    return {**own, **test}


def _fact(name: str, facts: Mapping[str, object]) -> str:
    """A key of a rule and its value; of words only the key, since what they become is no text to read."""
    value = facts[name]
    if name in ("pattern", "near", "without"):
        return {"pattern": "words"}.get(name, name)
    shown = " ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
    return f"{name} {shown}"


def _order(key: str, old: CodebookFile, new: CodebookFile, before: Variable, after: Variable) -> list[Change]:
    """A change when the rules that both have are tried in another order, which can change a coding too."""
    first, second = list(_rules(old, before)), list(_rules(new, after))
    first, second = [item for item in first if item in second], [item for item in second if item in first]
    return [] if first == second else [Change("changed", key, "order of rules", " ".join(first), " ".join(second))]


def _facts(key: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    return [Change("changed", key, what, old[what], value) for what, value in new.items() if old[what] != value]


def _mapped(key: str, what: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Entries added, removed and changed."""
    changes = [Change("removed", key, f"{what} {item}", old[item]) for item in old if item not in new]
    for item, text in new.items():
        if item not in old:
            changes.append(Change("added", key, f"{what} {item}", new=text))
        elif old[item] != text:
            changes.append(Change("changed", key, f"{what} {item}", old[item], text))
    return changes
