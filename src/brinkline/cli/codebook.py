"""``brinkline codebook``: variables, codes and rules of a codebook; the check of a codebook file; two codebooks compared."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from brinkline.cli.output import check_format, console, print_json, print_table, standard_output
from brinkline.cli.terminal import stderr
from brinkline.errors import CheckFailed, NotFound
from brinkline.exchange.cells import guarded, table_writer
from brinkline.plain import one_line
from brinkline.reference.codebook import Level, Variable
from brinkline.reference.codebook_describe import built_in, compare, rule_record, same_version, variable_record
from brinkline.reference.codebook_file import find_faults, load_codebook
from brinkline.reference.codebook_rules import CodebookFile
from brinkline.variables.measured import measured_rules

_FORMATS = ("table", "json", "csv")


def list_command(form: str, file: Path | None, level: Level | None) -> int:
    """0 after printing the variables of a codebook in their order."""
    book, variables = _variables(form, file, level)
    records = [_record(book, variable, icb=file is None) for variable in variables]
    columns = ("level", "name", "label", "scale", "codes", "rules")
    if form == "json":
        print_json({"codebook": _book(book), "variables": records})
    elif form == "csv":
        wide = ("level", "name", "label", "scale", "codes", "missing", "takes_states", "rules", "definition")
        _csv(wide, ([_cell(record[name]) for name in wide] for record in records))
    else:
        _heading(book)
        print_table(columns, ([_brief(record[name]) for name in columns] for record in records))
    return 0


def show_command(name: str, form: str, file: Path | None, level: Level | None) -> int:
    """0 after printing one variable, on both levels when it stands on both. NotFound BL530 when there is none."""
    book, variables = _variables(form, file, level)
    found = [variable for variable in variables if variable.name == name]
    if not found:
        where = f" on the {level} level" if level else ""
        remedy = _nearest(name, variables)
        raise NotFound("BL530", f"no variable {name!r}{where}", place=f"codebook {book.codebook.id}", remedy=remedy)
    records = [_record(book, variable, icb=file is None) for variable in found]
    if form == "json":
        print_json({"codebook": _book(book), "variables": records})
    elif form == "csv":
        rows = [(item["level"], item["name"], code["code"], code["label"]) for item in records for code in item["codes"]]
        _csv(("level", "name", "code", "label"), ([guarded(cell) for cell in row] for row in rows))
    else:
        for record in records:
            _show(record)
    return 0


def check_command(file: Path, form: str) -> int:
    """0 when the file is a codebook without faults; CheckFailed BL602 after its faults are printed otherwise."""
    check_format(form, _FORMATS)
    faults = find_faults(file)
    rows = [(fault.place, fault.message, fault.remedy) for fault in faults]
    columns = ("place", "message", "remedy")
    if form == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif form == "csv":
        _csv(columns, ([guarded(cell) for cell in row] for row in rows))
    else:
        for place, message, remedy in rows:
            console().print(Text.assemble((one_line(place), "bold"), f"  {one_line(message)}"), soft_wrap=True)
            if remedy:
                console().print(Text(f"    {one_line(remedy)}", style="dim"), soft_wrap=True)
    if faults:
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        raise CheckFailed("BL602", f"the codebook has {count}", place=str(file), remedy="mend the places listed")
    book = load_codebook(file)
    rules = sum(len(own) for _, _, own in book.rules)
    name = f"{book.codebook.id} {book.codebook.version}"
    stderr().print(f"{file}: no faults; {name}, {len(book.codebook.variables)} variables, {rules} rules", markup=False)
    return 0


def diff_command(old: str, new: str, form: str) -> int:
    """0 after printing what changed between two codebooks, also when nothing did."""
    check_format(form, _FORMATS)
    first, second = _named(old), _named(new)
    changes = compare(first, second)
    columns = ("kind", "variable", "what", "old", "new")
    rows = [[getattr(change, name) for name in columns] for change in changes]
    if form == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        print_json({"old": _book(first), "new": _book(second), "changes": records})
    elif form == "csv":
        _csv(columns, ([guarded(cell) for cell in row] for row in rows))
    else:
        line = " -> ".join(f"{book.codebook.id} {book.codebook.version}" for book in (first, second))
        console().print(Text(f"{line}: {len(changes)} change{'s' if len(changes) != 1 else ''}", style="bold"))
        if rows:
            print_table(columns, ([one_line(cell) for cell in row] for row in rows))
    if same_version(first, second, changes):
        stderr().print("the version is the same on both sides: give the new one its own version", style="yellow")
    return 0


def _variables(form: str, file: Path | None, level: Level | None) -> tuple[CodebookFile, tuple[Variable, ...]]:
    check_format(form, _FORMATS)
    book = built_in() if file is None else load_codebook(file)
    return book, tuple(item for item in book.codebook.variables if level in (None, item.level))


def _named(name: str) -> CodebookFile:
    return built_in() if name == "icb" else load_codebook(name)


def _nearest(name: str, variables: Sequence[Variable]) -> str:
    """The variable whose name is near, or whose label has the word."""
    words = [item.name for item in variables if name.casefold() in item.label.casefold()]
    found = dict.fromkeys([*difflib.get_close_matches(name, [item.name for item in variables], n=2), *words])
    return f"did you mean {' or '.join(list(found)[:5])}?" if found else "brinkline codebook lists them"


def _record(book: CodebookFile, variable: Variable, *, icb: bool) -> dict[str, Any]:
    if icb:
        return variable_record(variable, measured_rules(variable.level, variable.name), icb=True)
    own = book.rules_for(variable.level, variable.name)
    return variable_record(variable, [rule_record(rule) for rule in own], icb=False)


def _book(book: CodebookFile) -> dict[str, str]:
    return {"name": book.codebook.id, "title": book.codebook.title, "version": book.codebook.version}


def _show(record: dict[str, Any]) -> None:
    """One variable to read: what it is, its codes, its rules."""
    screen = console()
    screen.print(Text.assemble("\n", (record["name"], "bold"), f"  {record['label']}"))
    for line in (record["definition"], record["note"]):
        if line:
            screen.print(Text(line))
    facts = [f"{record['level']} level", f"scale {record['scale']}"]
    facts += ["the numbers of states are values too"] if record["takes_states"] else []
    facts += [f"missing: {', '.join(record['missing'])}"] if record["missing"] else []
    facts += [f"columns: {', '.join(record['parts'])}"] if record["parts"] else []
    screen.print(Text(" · ".join(facts), style="dim"))
    if record["codes"]:
        print_table(("code", "label"), ([code["code"], one_line(code["label"])] for code in record["codes"]))
    if record["rules"]:
        names = [name for name in record["rules"][0] if any(rule[name] not in ("", None) for rule in record["rules"])]
        print_table([*names], ([_brief(rule[name]) for name in names] for rule in record["rules"]))


def _heading(book: CodebookFile) -> None:
    console().print(Text(f"{book.codebook.title}, version {book.codebook.version}", style="bold"))


def _brief(value: Any) -> str:
    """A value in a cell of a table: lists by their length."""
    if isinstance(value, list):
        return str(len(value)) if value else ""
    return "" if value is None else one_line(str(value))


def _cell(value: Any) -> str:
    """A value in a cell of a CSV file: codes as "1=label; 2=label", rules by their ids."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return guarded("; ".join(_item(item) for item in value))
    return guarded(str(value))


def _item(item: Any) -> str:
    if isinstance(item, dict):
        return f"{item['code']}={item['label']}" if "code" in item else str(item.get("id", ""))
    return str(item)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with standard_output() as stream:
        put = table_writer(stream, columns)
        for row in rows:
            put(row)
