"""The examples of the data files of ``brinkline.reading``: each heading must open the section it is the heading of."""

from __future__ import annotations

from collections.abc import Iterator

from brinkline.reading import read_text
from brinkline.rules import Example, Rule, examples_of

_BEFORE = "CRISNO 901\n\nTHE QUAY\n\nBackground:\n\nIt lasted a day.\n\n"


def examples() -> Iterator[Example]:
    """The examples of ``headings.toml``: a line with a heading, read as the last part of a short narrative."""
    yield from examples_of("reading/headings.toml", _opens_its_section)


def _opens_its_section(rule: Rule, text: str) -> str | None:
    narrative = read_text(f"{_BEFORE}{text}\n")
    section = narrative.sections[-1]
    body = narrative.text[section.start : section.end]
    if section.kind != rule.entry["kind"]:
        return f"wanted a section {rule.entry['kind']}; found {section.kind} with heading {section.heading!r}"
    if not text.startswith(section.heading) or body != text.removeprefix(section.heading).strip():
        return f"found the heading {section.heading!r} and the text {body!r}"
    return None
