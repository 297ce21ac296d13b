"""The pipeline: ordered stages that turn a narrative into a ``Coding``, and batches over many narratives.

Each stage says what it needs and what it gives; the plan for a run is checked before the first narrative is read
(the idea is spaCy's). ``only="dates"`` plans just the stages that lead to dates, so no language model is loaded.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, TypedDict, TypeVar, overload

from brinkline.actors import actor_notices, find_actors
from brinkline.actors.places import find_places
from brinkline.data import data_versions
from brinkline.dates import find_dates
from brinkline.errors import InputError, MissingExtra, NotFound, ProjectError, UsageError
from brinkline.events import find_events
from brinkline.language import Parser
from brinkline.model import Event, Mention, Narrative, Notice, Run
from brinkline.reading import find_inputs, read, read_bytes, read_text
from brinkline.record import Coding, OwnVariable
from brinkline.reference.codebook_file import load_codebook
from brinkline.reference.codebook_rules import CodebookFile
from brinkline.sentences import split_sentences
from brinkline.settings import RECORDED, SettingValue, resolve_settings
from brinkline.variables import code_variables
from brinkline.variables.custom import code_with
from brinkline.version import SCHEMA_VERSION, __version__

#: What a stage reads and adds: "narrative", "sentences", "dates", ... with the records of ``brinkline.model``.
Work = dict[str, Any]

_FILE_NAME = re.compile(r"[^\s<>|]+\.(?:txt|md|html?|csv|jsonl|pdf|docx|tml)", re.IGNORECASE)
_BATCH = 8
T = TypeVar("T")


class ReadingOptions(TypedDict):
    """The keyword arguments of ``brinkline.read``."""

    max_characters: int
    text_column: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the pipeline: its name, the keys it needs and gives, and the function that does it."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Work, Parser], Mapping[str, Any]]


def _sentences(work: Work, parser: Parser) -> Mapping[str, Any]:
    return {"sentences": split_sentences(work["narrative"])}


def _dates(work: Work, parser: Parser) -> Mapping[str, Any]:
    return {"dates": find_dates(work["narrative"], work["sentences"])}


def _parse(work: Work, parser: Parser) -> Mapping[str, Any]:
    return {"parsed": parser.parse(work["narrative"], work["sentences"], work["dates"])}


def _actors(work: Work, parser: Parser) -> Mapping[str, Any]:
    found = find_actors(work["narrative"], work["parsed"], work["dates"])
    return {"actors": found, "actor_notices": actor_notices(found, work["sentences"], work["dates"])}


def _places(work: Work, parser: Parser) -> Mapping[str, Any]:
    return {"places": find_places(work["narrative"], work["parsed"], work["actors"], work["dates"])}


def _events(work: Work, parser: Parser) -> Mapping[str, Any]:
    return {"events": find_events(work["narrative"], work["parsed"], work["dates"], work["actors"], work["places"])}


def _variables(work: Work, parser: Parser) -> Mapping[str, Any]:
    found = code_variables(work["narrative"], work["sentences"], work["dates"], work["actors"], work["events"])
    return {"crisis": found.crisis, "crisis_actors": found.crisis_actors, "warnings": found.warnings}


STAGES: tuple[Stage, ...] = (
    Stage("sentences", ("narrative",), ("sentences",), _sentences),
    Stage("dates", ("narrative", "sentences"), ("dates",), _dates),
    Stage("parse", ("narrative", "sentences", "dates"), ("parsed",), _parse),
    Stage("actors", ("narrative", "sentences", "parsed", "dates"), ("actors", "actor_notices"), _actors),
    Stage("places", ("narrative", "parsed", "dates", "actors"), ("places",), _places),
    Stage("events", ("narrative", "parsed", "dates", "actors", "places"), ("events",), _events),
    Stage(
        "variables",
        ("narrative", "sentences", "dates", "actors", "events"),
        ("crisis", "crisis_actors", "warnings"),
        _variables,
    ),
)


def stages_with(book: CodebookFile | None) -> tuple[Stage, ...]:
    """The stages of the pipeline; with a user's codebook the variables are coded by its rules after the built-in ones."""
    if book is None:
        return STAGES

    def variables(work: Work, parser: Parser) -> Mapping[str, Any]:
        built_in = code_variables(work["narrative"], work["sentences"], work["dates"], work["actors"], work["events"])
        found = code_with(book, work["narrative"], work["sentences"], work["dates"], work["actors"], work["events"], built_in)
        return {"crisis": found.crisis, "crisis_actors": found.crisis_actors, "warnings": found.warnings}

    return tuple(replace(stage, run=variables) if stage.name == "variables" else stage for stage in STAGES)


#: What can be asked for with ``only``: the names of the stages whose result a coding shows.
ONLY = ("dates", "actors", "events", "variables")


def plan(only: str | None = None, stages: tuple[Stage, ...] = STAGES) -> tuple[Stage, ...]:
    """The stages to run, in order, for everything or for ``only`` one of them and what it needs.

    UsageError BL103 for an unknown name, BL104 when a stage needs something that no earlier stage gives.
    """
    given = {"narrative"}
    for stage in stages:
        missing = [need for need in stage.needs if need not in given]
        if missing:
            raise UsageError("BL104", f"stage {stage.name} needs {', '.join(missing)}, which no earlier stage gives")
        given.update(stage.gives)
    if only is None:
        return stages
    if only not in ONLY:
        raise UsageError("BL103", f"there is no stage {only!r} to stop at", remedy="choose one of: " + ", ".join(ONLY))
    wanted: set[str] = set()
    chosen: list[Stage] = []
    for stage in reversed(stages):
        if stage.name == only or wanted & set(stage.gives):
            chosen.append(stage)
            wanted |= set(stage.needs)
    return tuple(reversed(chosen))


@dataclass(slots=True)
class Engine:
    """What codes narratives: a plan and a parser that is loaded at the first narrative that needs it.

    ``tell`` is called with the source and the stage that begins, for those who wait for a long narrative.
    """

    only: str | None = None
    settings: Mapping[str, SettingValue] = field(default_factory=resolve_settings)
    tell: Callable[[str], None] | None = None
    _stages: tuple[Stage, ...] = field(init=False)
    _parser: Parser = field(init=False)
    _codebook: CodebookFile | None = field(init=False)

    def __post_init__(self) -> None:
        path = str(self.settings["codebook"])
        self._codebook = load_codebook(path) if path else None
        if self._codebook and self.only not in (None, "variables"):
            raise UsageError(
                "BL107",
                f"a codebook codes variables, which are not reached with only {self.only}",
                place=path,
                remedy="leave out --only, or the codebook",
            )
        self._stages = plan(self.only, stages_with(self._codebook))
        self._parser = Parser(str(self.settings["pipeline"]))

    def code(self, narrative: Narrative) -> Coding:
        """The coding of one narrative; the same narrative and versions give an equal coding."""
        work: Work = {"narrative": narrative}
        for stage in self._stages:
            if self.tell is not None:
                self.tell(f"{narrative.source}: {stage.name}")
            work.update(stage.run(work, self._parser))
        return Coding(
            run=self.run(),
            narrative=narrative,
            sentences=work["sentences"],
            dates=work.get("dates", ()),
            actors=work.get("actors", ()),
            events=work.get("events", ()),
            crisis=work.get("crisis", ()),
            crisis_actors=work.get("crisis_actors", ()),
            warnings=(*_dateless(work), *work.get("actor_notices", ()), *work.get("warnings", ())),
            own_variables=self._own_variables(),
        )

    def events(self, narrative: Narrative, told: Sequence[Mention] | None = None) -> tuple[Sequence[Event], Sequence[Mention]]:
        """The events of a narrative and the actor mentions they were found with: those told, or the program's own."""
        work: Work = {"narrative": narrative}
        for stage in plan("events"):
            work.update({"actors": told} if stage.name == "actors" and told is not None else stage.run(work, self._parser))
        return work["events"], work["actors"]

    def _own_variables(self) -> tuple[OwnVariable, ...]:
        described = self._codebook.codebook.variables if self._codebook else ()
        return tuple(OwnVariable(item.level, item.name, item.label, item.scale) for item in described)

    def reading(self) -> ReadingOptions:
        """The settings that reading needs, as keyword arguments of ``brinkline.read``."""
        return {
            "max_characters": int(self.settings["max_characters"]),
            "text_column": str(self.settings["text_column"]) or None,
        }

    def run(self) -> Run:
        """What makes the codings of this engine: program, versions and settings; known before the first narrative is read."""
        kept = tuple((name, str(self.settings[name])) for name in RECORDED)
        parse = any(stage.name == "parse" for stage in self._stages)
        own = (self._codebook.version,) if self._codebook else ()
        versions = (*data_versions(), *(self._parser.versions() if parse else ()), *own)
        return Run(f"brinkline {__version__}", SCHEMA_VERSION, versions, (("only", self.only or ""), *kept))


def _dateless(work: Work) -> tuple[Notice, ...]:
    if any(when.earliest for when in work.get("dates", ())):
        return ()
    return (Notice("BL340", "the narrative names no date that can be placed; nothing is dated"),)


def code(source: str | Path, *, only: str | None = None, **settings: SettingValue | Path) -> Coding:
    """The coding of one narrative: a text, or a path to a file that holds one.

    A ``str`` that names an existing file, or looks like a file name, is taken as a path. Raises NotFound BL501 when that
    file is not there, UsageError BL105 when it holds several narratives (use ``code_many``), InputError when it cannot
    be read. ``codebook="mine.toml"`` codes with a codebook of your own (InputError BL232 when it has faults).

    >>> coding = code("The crisis began on 22 June 1937. Four days later it was over.", only="dates")
    >>> [when.edtf for when in coding.dates]
    ['1937-06-22', '1937-06-26']
    """
    engine = Engine(only, resolve_settings(_plain(settings)))
    path = _as_path(source)
    if path is None:
        return engine.code(read_text(str(source)))
    items = list(islice(narratives_in([path], engine), 2))
    if len(items) > 1:
        raise UsageError("BL105", "the file holds several narratives", place=str(path), remedy="use brinkline.code_many(path)")
    if isinstance(items[0], InputError):
        raise items[0]
    return engine.code(items[0])


def code_many(
    sources: Iterable[str | Path], *, only: str | None = None, **settings: SettingValue | Path
) -> Iterator[Coding | InputError]:
    """The coding of every narrative in files and folders, in order; an input that fails gives its error and the rest goes on.

    Raises NotFound BL501 for a path that is not there and InputError for a folder without narratives, before any work is done.
    """
    paths = find_inputs([existing(source) for source in sources])
    engine = Engine(only, resolve_settings(_plain(settings)))
    return code_narratives(narratives_in(paths, engine), engine)


def code_narratives(narratives: Iterable[Narrative | InputError], engine: Engine) -> Iterator[Coding | InputError]:
    """Codings in the order of the narratives, in ``settings["workers"]`` processes; errors are passed through in place."""
    workers = int(engine.settings["workers"])
    if workers == 1:
        for item in narratives:
            yield item if isinstance(item, InputError) else engine.code(item)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (engine.only, dict(engine.settings)))
    try:
        waiting: list[Future[list[Coding | InputError]]] = []
        batches = _batched(narratives)
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) >= 2 * workers:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@overload
def code_as_done(
    narratives: Iterable[tuple[str, Narrative]], engine: Engine, *, apart: bool = False
) -> Iterator[tuple[str, Coding]]: ...


@overload
def code_as_done(
    narratives: Iterable[tuple[str, Narrative]], engine: Engine, finish: Callable[[str, Coding], T], *, apart: bool = False
) -> Iterator[tuple[str, T]]: ...


def code_as_done(
    narratives: Iterable[tuple[str, Narrative]],
    engine: Engine,
    finish: Callable[[str, Coding], Any] | None = None,
    *,
    apart: bool = False,
) -> Iterator[tuple[str, Any]]:
    """Codings with the key each narrative came with, each as soon as it is done, whatever the order.

    ``finish``, a function of a module, gives what comes out in place of the coding; it is called with the key and the coding
    in the process that coded. Little more than two narratives a worker are under way, so that little is lost when the process
    is killed. ``apart`` codes in another process even with one worker, for a process that has other work to do.
    ProjectError BL434 when the system ends a worker.
    """
    workers = int(engine.settings["workers"])
    if workers == 1 and not apart:
        for key, narrative in narratives:
            coding = engine.code(narrative)
            yield key, coding if finish is None else finish(key, coding)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (engine.only, dict(engine.settings)))
    try:
        waiting: dict[Future[Any], str] = {}
        for key, narrative in narratives:
            waiting[pool.submit(_work_one, key, narrative, finish)] = key
            if len(waiting) > 2 * workers:
                yield _next_done(waiting)
        while waiting:
            yield _next_done(waiting)
    except BrokenProcessPool:
        raise ProjectError(
            "BL434",
            "the system ended a worker process, perhaps for lack of memory",
            remedy="what was done is kept; run the command again, with --workers 1",
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _next_done(waiting: dict[Future[Any], str]) -> tuple[str, Any]:
    """One of the results under way, waited for when none is done; it is taken out of ``waiting``.

    One at a time: the next narrative is handed out before the result is used, so that no worker waits for work.
    """
    future = next(iter(wait(waiting, return_when=FIRST_COMPLETED).done))
    return waiting.pop(future), future.result()


def _plain(settings: Mapping[str, SettingValue | Path]) -> dict[str, SettingValue | None]:
    """The settings with paths as text."""
    return {name: str(value) if isinstance(value, Path) else value for name, value in settings.items()}


def existing(source: str | Path) -> Path:
    """The path, when something is there; NotFound BL501 otherwise."""
    path = Path(source)
    if not path.exists():
        raise NotFound("BL501", "there is no such file or folder", place=str(path), remedy="check the path")
    return path


def narratives_in(paths: Iterable[Path], engine: Engine) -> Iterator[Narrative | InputError]:
    """The narratives of these files in order; a file that cannot be read gives its error in its place."""
    for path in paths:
        try:
            yield from read(path, **engine.reading())
        except (InputError, MissingExtra) as error:
            yield _in_place(error, str(path))


def narratives_from(stream: BinaryIO, source: str, engine: Engine) -> Iterator[Narrative | InputError]:
    """The narratives of a byte stream such as standard input; ``source`` names it in messages."""
    options = engine.reading()
    try:
        yield from read_bytes(stream.read(4 * options["max_characters"] + 1), source, **options)
    except (InputError, MissingExtra) as error:
        yield _in_place(error, source)


def _in_place(error: InputError | MissingExtra, source: str) -> InputError:
    if isinstance(error, InputError):
        return error
    return InputError(error.code, error.message, place=source, remedy=error.remedy)


def _as_path(source: str | Path) -> Path | None:
    if isinstance(source, Path):
        return existing(source)
    if "\n" in source or len(source) > 1000:
        return None
    if _FILE_NAME.fullmatch(source):
        return existing(source)
    return Path(source) if source and Path(source).is_file() else None


def _batched(items: Iterable[Narrative | InputError]) -> Iterator[list[Narrative | InputError]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


_worker: list[Engine] = []  # one engine a worker process: the parser is loaded once, not once a narrative


def _start_worker(only: str | None, settings: dict[str, SettingValue]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker at once, not after the batches it still holds
    Thread(target=_end_with_parent, daemon=True).start()
    _worker[:] = [Engine(only, settings)]


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went: nobody waits for the result."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_one(key: str, narrative: Narrative, finish: Callable[[str, Coding], Any] | None) -> Any:
    coding = _worker[0].code(narrative)
    return coding if finish is None else finish(key, coding)


def _work(batch: list[Narrative | InputError]) -> list[Coding | InputError]:
    return [item if isinstance(item, InputError) else _worker[0].code(item) for item in batch]
