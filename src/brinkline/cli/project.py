"""``brinkline init``, ``add``, ``list``, ``show``, ``why`` and ``code`` in a project."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.text import Text

from brinkline.cli.output import check_format, console, marked, print_json, print_table, standard_output
from brinkline.cli.terminal import Watched, progress, show_failures, stderr
from brinkline.decision import Decision, StoredClaim
from brinkline.errors import InputError, UsageError
from brinkline.exchange import find_format, save, write
from brinkline.exchange.cells import guarded, table_writer
from brinkline.plain import one_line
from brinkline.project import Project
from brinkline.project.why import Passage, Why
from brinkline.reference.codebook import Level
from brinkline.reference.codebook_describe import definition
from brinkline.settings import SettingValue
from brinkline.store.narratives import NarrativeRow

DONE, SOME_FAILED = 0, 1
_WHAT = {"new": "new", "revision": "with a new revision", "unchanged": "unchanged"}


def open_project(
    folder: str | None, options: Mapping[str, SettingValue | None] | None = None, *, outdated: bool = False
) -> Project:
    """The project that a command works in."""
    return Project.open(place_of(folder), settings=options, environment=os.environ, outdated=outdated)


def place_of(folder: str | None) -> str | None:
    """Where a project is looked for: --project, else BRINKLINE_PROJECT, else (None) the working folder and those above."""
    return folder or os.environ.get("BRINKLINE_PROJECT") or None


def init_command(folder: Path, title: str, db: str) -> int:
    """0 after making a project."""
    with Project.init(folder, title=title, db=db, environment=os.environ) as project:
        stderr().print(f"made: {project.folder.file}", markup=False)
        stderr().print("next: brinkline add FILE..., then brinkline code", markup=False)
    return DONE


def add_command(files: list[str], as_new: bool, folder: str | None, options: Mapping[str, SettingValue | None]) -> int:
    """0 after adding narratives, 1 when some inputs failed, 3 when all did."""
    failed: list[InputError] = []
    counts: Counter[str] = Counter()
    with open_project(folder, options) as project, closing(progress(project.add(files, as_new=as_new), "narratives")) as items:
        for item in items:
            if isinstance(item, InputError):
                failed.append(item)
            else:
                counts[item[1].what] += 1
    if not counts and len(failed) == 1:
        raise failed[0]
    show_failures(failed)
    if counts:
        stderr().print(_added(counts), markup=False)
    return SOME_FAILED if failed and counts else InputError.exit_code if failed else DONE


def _added(counts: Mapping[str, int]) -> str:
    told = [f"{counts[what]} {words}" for what, words in _WHAT.items() if counts[what]]
    return f"{_number(sum(counts.values()), 'narrative')}: {', '.join(told)}"


def code_project_command(
    options: Mapping[str, SettingValue | None], folder: str | None, *, as_: str, out: str, only: str | None
) -> int:
    """0 after coding what is new or outdated in a project. UsageError BL109 for options that only files take."""
    if as_ != "table" or out != "-" or only is not None:
        raise UsageError(
            "BL109",
            "--as, --out and --only go with files; a project keeps whole codings",
            remedy="name the files to code, or write what the project holds with: brinkline export",
        )
    watched = Watched()
    with open_project(folder, options) as project:
        work = project.code(tell=watched.say)
        with closing(progress(work, "narratives coded", watched=watched)) as items:
            done = sum(1 for _ in items)
        total = len(project.narratives())
    if done == 0 and total == 0:
        stderr().print("the project has no narratives yet: brinkline add FILE...", markup=False)
    elif done == 0:
        stderr().print(f"{_number(total, 'narrative')}: all are coded by this version", markup=False)
    else:
        stderr().print(f"{_number(done, 'narrative')} coded, {total - done} were up to date", markup=False)
    return DONE


def list_command(form: str, folder: str | None) -> int:
    """0 after listing the narratives of a project."""
    check_format(form, ("table", "json", "csv"))
    with open_project(folder) as project:
        rows = project.narratives()
    columns = ("narrative", "title", "revision", "characters", "claims", "decided", "coded")
    if form == "json":
        print_json([dict(zip(columns, _listed(row), strict=True)) for row in rows])
    elif form == "csv":
        with standard_output() as stream:
            put = table_writer(stream, columns)
            for row in rows:
                put(["" if cell is None else guarded(str(cell)) for cell in _listed(row)])
    else:
        print_table(columns, ([*map(_cell, _listed(row)[:-1]), (row.coded or "")[:10]] for row in rows))
    return DONE


def _cell(value: str | int | None) -> str:
    return "" if value is None else one_line(str(value))


def _listed(row: NarrativeRow) -> tuple[Any, ...]:
    return (row.key, row.title, row.ordinal, row.characters, row.claims, row.decided, row.coded)


def show_command(ref: str, format_name: str, out: str, folder: str | None) -> int:
    """0 after showing the coding of a narrative as people left it."""
    form = find_format(format_name)
    with open_project(folder) as project:
        coding = project.coding(ref)
    if out != "-":
        paths = save([coding], form, out)
        stderr().print(f"written: {paths[0]}", markup=False)
        return DONE
    with standard_output() as stream:
        write([coding], form, stream)
    return DONE


def why_command(ref: str, variable: str, actor: str, form: str, folder: str | None) -> int:
    """0 after showing what a value rests on."""
    check_format(form, ("table", "json"))
    if not variable and not ref.startswith("claim:"):
        raise UsageError("BL108", "which value?", remedy="brinkline why 55 triggr, or: brinkline why claim:...")
    with open_project(folder) as project:
        found = [project.why(ref)] if not variable else project.why_values(ref, variable, actor)
    if form == "json":
        print_json([_record(item) for item in found])
    else:
        for item in found:
            _show_why(item)
    return DONE


def _show_why(item: Why) -> None:
    claim = item.claim
    head = Text.assemble((f"{claim.field} ", "bold"), (f"of {claim.subject}", "dim"))
    head.append(f"\n{one_line(_value(claim))}", style="bold")
    _line(head)
    _line(Text(f"  {claim.basis}, confidence {claim.confidence:.2f}, rule {claim.rule or 'none'}, {item.state.state}"))
    meaning = _definition(claim)
    if meaning:
        _line(Text(f"  {one_line(meaning)}", style="dim"))
    if claim.note:
        _line(Text(f"  note: {one_line(claim.note)}"))
    for passage in item.passages:
        _line(Text("  ") + _passage(passage))
    for rule in item.rules:
        _line(Text(f"  rule {rule.id} in {rule.file} [{one_line(rule.source)}]", style="dim"))
    for source in item.drawn_from:
        _line(Text(f"  drawn from {source.field} of {source.subject}: {one_line(_value(source))}"))
    for decision in item.history:
        _line(Text(f"  {decision.at[:19]}Z {decision.person}: {decision.verdict} {one_line(decision.note)}".rstrip()))
    _line(Text(f"  {claim.id}", style="dim"))


def _line(text: Text) -> None:
    console().print(text, soft_wrap=True)


def _passage(passage: Passage) -> Text:
    """The sentence with its words marked."""
    start = passage.sentence.start
    return marked(passage.sentence.text, ((words.start - start, words.end - start) for words in passage.words))


def _value(claim: StoredClaim) -> str:
    if claim.value is None:
        return "open"
    return f"{claim.value} {claim.label}".strip() if claim.kind == "variable" else claim.label


def _definition(claim: StoredClaim) -> str:
    if claim.kind != "variable":
        return ""
    level: Level = "crisis" if claim.subject == "crisis" else "actor"
    return definition(level, claim.field)


def _record(item: Why) -> dict[str, Any]:
    return {
        "claim": _claim_record(item.claim),
        "state": item.state.state,
        "sentences": [
            {"start": passage.sentence.start, "end": passage.sentence.end, "text": passage.sentence.text}
            for passage in item.passages
        ],
        "rules": [{"file": rule.file, "id": rule.id, "source": rule.source} for rule in item.rules],
        "from": [_claim_record(source) for source in item.drawn_from],
        "decisions": [_decision_record(decision) for decision in item.history],
    }


def _claim_record(claim: StoredClaim) -> dict[str, Any]:
    quotes = [{"start": item.start, "end": item.end, "quote": item.text} for item in claim.evidence]
    names = ("id", "kind", "subject", "field", "value", "label", "basis", "author", "confidence", "rule", "note")
    return {**{name: getattr(claim, name) for name in names}, "evidence": quotes}


def _decision_record(decision: Decision) -> dict[str, Any]:
    names = ("id", "person", "at", "verdict", "scheme", "replacement", "follows", "note")
    return {name: getattr(decision, name) for name in names}


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
