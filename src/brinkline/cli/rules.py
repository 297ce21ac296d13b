"""``brinkline rules``: the rules of the data files with their examples, and a run of all examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from brinkline.cli.output import check_format, console, print_json, print_table
from brinkline.cli.terminal import progress, stderr
from brinkline.errors import CheckFailed
from brinkline.plain import one_line
from brinkline.rulebook import Outcome, Summary, examples, rule_files, rules, run, summaries
from brinkline.rules import Rule

_FORMATS = ("table", "json")
_COLUMNS = ("file", "rules", "without example", "examples", "failed")


def run_command(name: str | None, form: str) -> int:
    """0 when every example comes out as its rule says; CheckFailed BL603 after the others are printed."""
    check_format(form, _FORMATS)
    files = rule_files(name)
    outcomes = tuple(progress(run(examples(files)), "running examples"))
    figures = summaries(files, outcomes)
    failures = [outcome for outcome in outcomes if outcome.reason is not None]
    if form == "json":
        print_json({"files": [_figures(item) for item in figures], "failures": [_failure(item) for item in failures]})
    else:
        print_table(_COLUMNS, (_cells(item) for item in figures))
        for outcome in failures:
            _show_failure(outcome)
    _tell_bare(figures)
    if failures:
        count = _counted(len(failures), "example")
        raise CheckFailed(
            "BL603",
            f"{count} of {len(outcomes)} failed",
            place=", ".join(dict.fromkeys(outcome.example.file for outcome in failures)),
            remedy="mend the rule or its example; brinkline rules list --file NAME shows the rules of a file",
        )
    stderr().print(f"{_counted(len(outcomes), 'example')} in {_counted(len(files), 'file')}: all come out as their rules say")
    return 0


def list_command(name: str | None, form: str) -> int:
    """0 after printing the rules file by file. Tables of names are only counted unless they are asked for by name."""
    check_format(form, _FORMATS)
    files = rule_files(name)
    figures = summaries(files, [Outcome(example, None) for example in examples(files)])
    if form == "json":
        print_json([_record(rule, item) for item in figures for rule in rules([item.file])])
    else:
        for item in figures:
            _show_file(item, rules([item.file]), whole=name is not None)
    _tell_bare(figures)
    return 0


def _show_file(figures: Summary, own: Sequence[Rule], *, whole: bool) -> None:
    screen = console()
    sources = {rule.source for rule in own}
    shared = one_line(next(iter(sources))) if len(sources) == 1 else ""
    screen.print(Text.assemble("\n", (figures.file, "bold"), f"  {_counted(figures.rules, 'rule')}"), soft_wrap=True)
    if shared:
        screen.print(Text(f"source: {shared}", style="dim"), soft_wrap=True)
    if figures.names and not whole:
        screen.print(Text(f"each name is its own example; --file {figures.file} lists them", style="dim"), soft_wrap=True)
        return
    for rule in own:
        record = _record(rule, figures)
        source = "" if shared or not rule.source else f"  [{one_line(rule.source)}]"
        screen.print(Text.assemble((rule.id, "bold"), (source, "dim")), soft_wrap=True)
        for text in record["examples"]:
            screen.print(Text(f"    {one_line(text)}"), soft_wrap=True)
        for text in record["not"]:
            screen.print(Text(f"    not: {one_line(text)}"), soft_wrap=True)
        if rule.id in figures.bare:
            screen.print(Text("    without example", style="yellow"), soft_wrap=True)


def _show_failure(outcome: Outcome) -> None:
    example = outcome.example
    kind = "" if example.kind == "positive" else "  (must not be found)"
    console().print(Text.assemble("\n", (f"{example.file}  {example.rule}", "bold red"), kind), soft_wrap=True)
    console().print(Text(f"    {one_line(example.text)}"), soft_wrap=True)
    console().print(Text(f"    {one_line(outcome.reason or '')}"), soft_wrap=True)


def _tell_bare(figures: Sequence[Summary]) -> None:
    """Say how many rules have no example, and where."""
    bare = [item for item in figures if item.bare]
    if bare:
        where = ", ".join(f"{item.file} {len(item.bare)}" for item in bare)
        count = _counted(sum(len(item.bare) for item in bare), "rule")
        stderr().print(f"{count} without an example: {where}", style="yellow", markup=False)


def _cells(item: Summary) -> tuple[str, ...]:
    numbers = (item.rules, len(item.bare), item.examples, item.failed)
    return (item.file, *(str(number) if number else "" for number in numbers))


def _figures(item: Summary) -> dict[str, Any]:
    return {
        "file": item.file,
        "rules": item.rules,
        "without_example": list(item.bare),
        "examples": item.examples,
        "failed": item.failed,
    }


def _failure(outcome: Outcome) -> dict[str, Any]:
    example = outcome.example
    return {
        "file": example.file,
        "rule": example.rule,
        "kind": example.kind,
        "text": example.text,
        "reason": outcome.reason,
    }


def _record(rule: Rule, figures: Summary) -> dict[str, Any]:
    """A rule with its examples; in a table of names, the name is the example."""
    shown = [str(rule.entry["name"])] if figures.names else list(rule.examples)
    return {
        "file": rule.file,
        "part": rule.part,
        "id": rule.id,
        "source": rule.source,
        "examples": shown,
        "not": list(rule.negatives),
    }


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"
