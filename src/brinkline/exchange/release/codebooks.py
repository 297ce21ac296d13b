"""The codebook of a release to read (HTML, Markdown) and to load (CSV); the XML for archives stands in ``ddi.py``."""

from __future__ import annotations

import functools
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from brinkline.exchange.cells import guarded, table_writer
from brinkline.exchange.page import page_file, policy
from brinkline.exchange.release.described import Described, DescribedTable
from brinkline.exchange.release.details import ReleaseDetails
from brinkline.plain import coded_day_text, day_text, one_line

#: Tables with a column for each variable, told variable by variable; the others are told in one list of columns each.
_WIDE = frozenset({"crises", "crisis_actors"})
_CSV_COLUMNS = ("table", "column", "label", "definition", "type", "scale", "code", "code_label", "missing", "count", "note")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~&$])")
_TYPES = {
    "key": "id or code",
    "text": "text",
    "value": "code, day or words",
    "integer": "whole number",
    "number": "number",
    "flag": "0 or 1",
    "date": "day (ISO 8601)",
}


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code as it is shown: how often it stands, and its share of the most frequent one in percent."""

    code: str
    label: str
    count: int
    share: int
    missing: bool

    @property
    def is_word(self) -> bool:
        """Whether the code is longer than a number."""
        return len(self.code) > 5


def code_lines(column: Described) -> tuple[CodeLine, ...]:
    """The codes of a column with their counts; after the listed codes those that stand in the data besides."""
    labels = {code.value: code.label for code in column.codes}
    count = column.figures.count
    most = max(count.values(), default=0)
    return tuple(
        CodeLine(
            one_line(code),
            one_line(labels.get(code, "")),
            found,
            round(100 * found / most) if most else 0,
            code in column.missing,
        )
        for code in dict.fromkeys([*labels, *count])
        for found in [count.get(code, 0)]
    )


def kind_of(column: Described) -> str:
    """What the cells of a column are, in words: its type and, of a variable, its scale."""
    scale = column.column.scale
    return f"{_TYPES[column.column.type]}, {scale}" if scale and scale != column.column.type else _TYPES[column.column.type]


def range_of(column: Described) -> str:
    """The least and the greatest value, "" where there are none or the codes say it."""
    low, high = column.figures.least, column.figures.greatest
    if low is None or high is None or column.codes:
        return ""
    if column.column.type == "number":
        low, high = f"{float(low):g}", f"{float(high):g}"
    elif column.column.type == "date":
        low, high = coded_day_text(low) or low, coded_day_text(high) or high
    return low if low == high else f"{low} to {high}"


def filled(column: Described, table: DescribedTable) -> str:
    """How many cells hold a value, in words."""
    figures = column.figures
    if not figures.valid and not figures.missing:
        return "empty in this release"
    return "always filled" if figures.valid == table.rows else f"{figures.valid:,} of {table.rows:,} filled"


def codebook_html(details: ReleaseDetails, abstract: str, tables: Iterable[DescribedTable]) -> str:
    """One self-contained page without script; everything in it is escaped."""
    style = page_file("codebook.css")
    return _template().render(
        details=details,
        title=one_line(details.title),
        day=day_text(details.day),
        creators=[one_line(item.full) for item in details.creators],
        abstract=one_line(abstract),
        tables=list(tables),
        wide=_WIDE,
        style=Markup(style),
        policy=policy(style),
    )


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(page_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"codes": code_lines, "kind": kind_of, "range": range_of, "heading": heading}
    environment.globals["filled"] = filled
    return environment.get_template("codebook.html.j2")


def heading(table: DescribedTable) -> str:
    """The name of a table as a heading: "crisis_actors" gives "Crisis actors"."""
    return table.name.replace("_", " ").capitalize()


def codebook_csv(tables: Iterable[DescribedTable]) -> str:
    """A row for each column of each table, then one for each of its codes, with counts."""
    stream = io.StringIO()
    put = table_writer(stream, _CSV_COLUMNS)
    for table in tables:
        for column in table.columns:
            told = column.column
            head = (table.name, told.name, guarded(told.label), column.definition, told.type, told.scale)
            put((*head, None, None, None, column.figures.valid, guarded(told.note)))
            for line in code_lines(column):
                put((*head, guarded(line.code), guarded(line.label), int(line.missing), line.count, None))
    return stream.getvalue()


def markdown(text: str) -> str:
    """The text on one line, with what Markdown would take for markup escaped.

    >>> markdown("a_b | <i>")
    'a\\\\_b \\\\| \\\\<i\\\\>'
    """
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def codebook_markdown(details: ReleaseDetails, abstract: str, tables: Iterable[DescribedTable]) -> str:
    """The codebook as one Markdown document."""
    return "\n".join(_markdown_lines(details, abstract, list(tables))) + "\n"


def _markdown_lines(details: ReleaseDetails, abstract: str, tables: list[DescribedTable]) -> Iterator[str]:
    yield f"# Codebook: {markdown(details.title)}"
    makers = ", ".join(markdown(item.full) for item in details.creators)
    yield from ("", f"Release {markdown(details.name)}, {day_text(details.day)}. {makers}.", "", markdown(abstract), "")
    for table in tables:
        link = f"#{table.name}" if table.name.isascii() else ""
        yield f"- [{heading(table)}]({link}): {table.rows:,} row{'' if table.rows == 1 else 's'}"
    for table in tables:
        yield from ("", f'<a id="{html.escape(table.name)}"></a>', "", f"## {heading(table)}", "", table.about)
        yield from ("", f"File `{table.file}`, {table.rows:,} row{'' if table.rows == 1 else 's'}.{_keys(table)}", "")
        yield from _variables(table) if table.name in _WIDE else _columns(table)


def _keys(table: DescribedTable) -> str:
    text = f" A row is named by {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    others = [item for item in table.foreign if item.table != table.name]
    return text + "".join(f" {', '.join(f'`{name}`' for name in item.columns)} points to {item.table}." for item in others)


def _columns(table: DescribedTable) -> Iterator[str]:
    yield from ("| column | meaning | type | filled | range |", "| --- | --- | --- | --- | --- |")
    for column in table.columns:
        cells = (f"`{column.name}`", column.column.label, kind_of(column), filled(column, table), range_of(column))
        yield "| " + " | ".join(cell if place == 0 else markdown(cell) for place, cell in enumerate(cells)) + " |"
    for column in table.columns:
        if lines := code_lines(column):
            yield from ("", f"Values of `{column.name}`:", "")
            yield from _code_table(lines)


def _variables(table: DescribedTable) -> Iterator[str]:
    for column in table.columns:
        yield from (f"### {markdown(column.name)}: {markdown(column.column.label)}", "")
        facts = [kind_of(column), filled(column, table), range_of(column)]
        facts += ["the numbers of states are values too"] if column.is_open else []
        facts += [f"not known: {', '.join(column.missing)}"] if column.missing else []
        told = [column.definition, column.column.note]
        yield from (markdown(part) + "\n" for part in told if part)
        yield from (markdown("; ".join(part for part in facts if part)) + ".", "")
        if lines := code_lines(column):
            yield from _code_table(lines)
            yield ""


def _code_table(lines: Iterable[CodeLine]) -> Iterator[str]:
    yield from ("| code | meaning | rows |", "| --- | --- | ---: |")
    for line in lines:
        label = markdown(line.label) + (" (not known)" if line.missing else "")
        yield f"| {markdown(line.code)} | {label.strip()} | {line.count:,} |"
