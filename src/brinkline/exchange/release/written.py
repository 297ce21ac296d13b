"""``write_data``: the tables of a release in every format, and what is noted of the codings while they go by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from brinkline.exchange.decided import Decided
from brinkline.exchange.formats import Format
from brinkline.exchange.release.works import called
from brinkline.exchange.save import save
from brinkline.model import Reference, Run
from brinkline.record import Coding
from brinkline.record_read import read_coding


@dataclass(slots=True)
class Facts:
    """What is noted of the codings while they are written: how many each run made, and what each narrative cites."""

    runs: dict[Run, int]
    cited: list[tuple[str, tuple[Reference, ...]]]

    def note(self, coding: Coding) -> None:
        """Take in one coding."""
        self.runs[coding.run] = self.runs.get(coding.run, 0) + 1
        self.cited.append((called(coding.narrative), coding.narrative.references))


def write_data(part: Path, codings: Iterable[Coding], forms: Sequence[Format], decisions: tuple[Decided, ...]) -> Facts:
    """Write the tables in every format; codings that can be gone through only once are put aside for the second format."""
    facts = Facts({}, [])
    with TemporaryDirectory(prefix="brinkline-", ignore_cleanup_errors=True) as place:
        aside = Path(place) / "codings.jsonl" if iter(codings) is codings and len(forms) > 1 else None
        for number, form in enumerate(forms):
            if number == 0:
                given: Iterable[Coding] = _noted(codings, facts, aside)
            elif not facts.runs:
                break
            else:
                given = _put_aside(aside) if aside else codings
            target = part / "data" / form.name
            target.mkdir(parents=True)
            single = form.layout in ("one", "file")
            save(given, form, target / f"codings{form.suffix}" if single else target, decisions=decisions)
    return facts


def _noted(codings: Iterable[Coding], facts: Facts, aside: Path | None) -> Iterator[Coding]:
    if aside is None:
        for coding in codings:
            facts.note(coding)
            yield coding
        return
    with aside.open("w", encoding="utf-8", newline="\n") as stream:
        for coding in codings:
            facts.note(coding)
            stream.write(json.dumps(coding.to_dict()) + "\n")
            yield coding


def _put_aside(path: Path) -> Iterator[Coding]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield read_coding(json.loads(line))
