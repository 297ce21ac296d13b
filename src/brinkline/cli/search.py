"""``brinkline search``, ``sequence`` and ``similar``: what was found, as text or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.text import Text

from brinkline.cli.output import check_format, console, marked, print_json
from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.plain import one_line
from brinkline.search.found import ChainEvent, Facet, Hit, SequenceHit, SharedValue, ShownChain, SimilarCase

_FORMATS = ("table", "json")


def search_command(query: str, limit: int, offset: int, form: str, folder: str | None) -> int:
    """0 after printing the sentences a query finds, with facets."""
    check_format(form, _FORMATS)
    with open_project(folder) as project:
        found = project.search(query, limit, offset)
    if form == "json":
        print_json(asdict(found))
        return 0
    for hit in found.hits:
        _show_hit(hit)
    for facet in found.facets:
        _show_facet(facet)
    _tell(found.total, "sentence", found.narratives, len(found.hits), offset)
    return 0


def sequence_command(query: str, limit: int, offset: int, form: str, folder: str | None) -> int:
    """0 after printing the crises in which a sequence is found, with its chains."""
    check_format(form, _FORMATS)
    with open_project(folder) as project:
        found = project.sequence(query, limit, offset)
    if form == "json":
        print_json(asdict(found))
        return 0
    for hit in found.hits:
        _show_chains(hit)
    _tell(found.total, "narrative", None, len(found.hits), offset)
    return 0


def similar_command(ref: str, limit: int, form: str, folder: str | None) -> int:
    """0 after printing the cases most like a narrative, with the reasons."""
    check_format(form, _FORMATS)
    with open_project(folder) as project:
        found = project.similar(ref, limit)
    if form == "json":
        print_json(asdict(found))
        return 0
    for case in found.cases:
        _show_case(case)
    return 0


def _line(text: Text) -> None:
    console().print(text, soft_wrap=True)


def _name(number: int | None, title: str) -> str:
    return f"{number if number is not None else ''} {one_line(title)}".strip() or "narrative"


def _show_hit(hit: Hit) -> None:
    _line(Text.assemble((_name(hit.number, hit.title), "bold"), (f"  sentence {hit.sentence + 1}", "dim")))
    _line(Text("  ") + marked(hit.text, [(mark.start - hit.start, mark.end - hit.start) for mark in hit.marks]))
    for claim in hit.claims:
        _line(Text(f"  {claim.subject} {claim.field}: {one_line(claim.label) or claim.value or 'open'}", style="dim"))


def _show_facet(facet: Facet) -> None:
    counts = ", ".join(f"{one_line(item.label or item.value)} {item.count}" for item in facet.counts[:8])
    if counts:
        _line(Text(f"{facet.name} ({facet.unit}): {counts}", style="dim"))


def _show_chains(hit: SequenceHit) -> None:
    more = hit.chain_count - len(hit.chains)
    _line(Text.assemble((_name(hit.number, hit.title), "bold"), (f"  and {more} more chains" if more else "", "dim")))
    for chain in hit.chains:
        _show_chain(chain)


def _show_chain(chain: ShownChain) -> None:
    bound = ", ".join(f"{letter} = {one_line(name)}" for letter, name in chain.bindings)
    _line(Text(f"  {bound}{'' if chain.certain else '  (only for some of the days the dates allow)'}", style="italic"))
    for event in chain.events:
        _line(Text(f"    {_days(event)}  {_names(event.who)}: {event.label}{_mode(event)} -> {_names(event.whom)}"))
        _line(Text(f"      “{one_line(event.text)}”", style="dim"))


def _days(event: ChainEvent) -> str:
    if not event.earliest:
        return "undated"
    return event.earliest if event.earliest == event.latest else f"{event.earliest}/{event.latest}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(one_line(name) for name in names) or "-"


def _mode(event: ChainEvent) -> str:
    return "" if event.mode == "done" else f" ({event.mode})"


def _show_case(case: SimilarCase) -> None:
    parts = [f"{name} {value:.2f}" for name, value in (("values", case.values), ("events", case.events)) if value is not None]
    _line(Text.assemble((_name(case.number, case.title), "bold"), f"  {case.score:.2f}", (f"  ({', '.join(parts)})", "dim")))
    for words, values in (("alike", case.shared), ("apart", case.apart)):
        if values:
            _line(Text(f"  {words}: {'; '.join(_shared(value) for value in values)}"))
    if case.course:
        _line(Text(f"  course: {' > '.join(event.type for event in case.course)}"))


def _shared(value: SharedValue) -> str:
    own, other = value.label or value.value, value.other_label or value.other_value
    return f"{value.field} {one_line(own)}" + ("" if own == other else f" / {one_line(other)}")


def _tell(total: int, what: str, narratives: int | None, shown: int, offset: int) -> None:
    where = f" in {narratives} narrative{'s' if narratives != 1 else ''}" if narratives is not None else ""
    part = f", {offset + 1} to {offset + shown} shown" if shown < total and shown else ""
    stderr().print(f"{total} {what}{'s' if total != 1 else ''}{where}{part}", markup=False)
