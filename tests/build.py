"""An invented coding, made by hand, for tests of everything that comes after coding. No state, lake or paper in it exists."""

from __future__ import annotations

from dataclasses import replace

from brinkline.model import (
    Actor,
    Claim,
    CrisisActor,
    CrossReference,
    Day,
    Event,
    Mention,
    Narrative,
    Notice,
    Place,
    Reference,
    Run,
    Section,
    Sentence,
    Span,
    Timex,
    When,
    content_id,
    make_claim,
    quote,
)
from brinkline.record import Coding

BACKGROUND = (
    "Estmark and Vesland disputed the fishing islands of Lake Selma from 3 March to 2 May 1931.",
    "A treaty of 1884 had given the northern islands to Estmark, but Vesland never ratified it. "
    "During the winter of 1930-31 patrols of the two states met on the ice more than once (see Case #949--Ferry Dispute).",
)
SUMMARY = (
    "On 3 March 1931 Vesland's soldiers occupied Gull Island and expelled its fishermen, triggering a crisis for Estmark. "
    "The next day Estmark mobilized two regiments and protested to Vesland. "
    "A crisis for Vesland began on the 9th, when Estmark's gunboat shelled the landing place and threatened to "
    "bombard the town.",
    "In early April Halvia offered to mediate. Vesland denied that it had planned the landing. "
    "On 24 April the League of Nations demanded that both sides withdraw. "
    "Vesland evacuated Gull Island on 2 May 1931, and the crisis ended for both states.",
    "The United States was not involved.",
)
REFERENCES = "See sources for Case #949; and Arvid 1934; Moe and Lund 1952-53, 40-71."


def _text() -> str:
    head = "CRISNO 950\n\nLAKE SELMA\n\nBackground:\n\n"
    return (
        head
        + "\n\n".join(BACKGROUND)
        + "\n\nSummary:\n\n"
        + "\n\n".join(SUMMARY)
        + f"\n\nReferences:\n\n{REFERENCES}\n\nLast Updated: 11/24/2026\n"
    )


TEXT = _text()

ESTMARK = Actor("state", "state:991", "Estmark", 991, "EST")
VESLAND = Actor("state", "state:992", "Vesland", 992, "VES")
HALVIA = Actor("state", "state:993", "Halvia", 993, "HAL")
LEAGUE = Actor("body", "body:league", "League of Nations", abbrev="LON")
USA = Actor("state", "state:2", "United States of America", 2, "USA")


def find(words: str, nth: int = 0, text: str = TEXT) -> tuple[int, int]:
    """The range of the ``nth`` place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def when(
    words: str, edtf: str, first: Day | None, last: Day | None, *, nth: int = 0, precision: str = "day", off_line: bool = False
) -> When:
    """A date record for words of the text."""
    start, end = find(words, nth)
    anchor = "as written" if any(char.isdigit() for char in words) else "from the date before it"
    kind = "interval" if precision == "interval" else "date"
    value = edtf.replace("/", " ").split()[0] if edtf else ""
    timex = Timex("DATE", value, "START" if words.startswith("early") else "")
    return When(start, end, words, timex, edtf, first, last, precision, kind, anchor, "date.test", off_line)  # type: ignore[arg-type]


def mention(
    words: str, actor: Actor | None, *, nth: int = 0, basis: str = "name", agent: str = "", candidates: tuple[str, ...] = ()
):
    """An actor mention for words of the text."""
    start, end = find(words, nth)
    return Mention(start, end, words, actor, basis, agent, "military" if agent else "", candidates)


def event(
    words: str,
    kind: str,
    label: str,
    verb: str,
    *,
    layer: str = "do",
    mode: str = "done",
    armed: bool = False,
    stance: str = "uncooperative",
    intensity: float = -5.0,
    who: tuple[Mention, ...] = (),
    whom: tuple[Mention, ...] = (),
    date: When | None = None,
    where: tuple[Place, ...] = (),
    sentence: int = 0,
    content: str | None = None,
) -> Event:
    """An event record for a clause of the text."""
    start, end = find(words)
    at = TEXT.index(verb, start, end)
    return Event(
        id=content_id("event", (start, end, kind)),
        type=kind,
        label=label,
        layer=layer,  # type: ignore[arg-type]
        stance=stance,
        armed=armed,
        mode=mode,  # type: ignore[arg-type]
        plover="ASSAULT" if armed else "REQUEST",
        cameo="19" if armed else "10",
        intensity=intensity,
        who=who,
        whom=whom,
        when=date,
        where=where,
        evidence=quote(TEXT, start, end),
        sentence=sentence,
        confidence=0.8,
        rule="event.test",
        verb=quote(TEXT, at, at + len(verb)),
        content=content,
        attributes=(("domain", "land"),),
    )


def narrative() -> Narrative:
    """The invented narrative with its parts."""
    back, summary, refs = find("Background:"), find("Summary:"), find("References:")
    start = TEXT.index(BACKGROUND[0])
    sections = (
        Section("background", "Background:", start, find(BACKGROUND[-1])[1]),
        Section("summary", "Summary:", find(SUMMARY[0])[0], find(SUMMARY[-1])[1]),
        Section("references", "References:", *find(REFERENCES)),
        Section("updated", "", *find("Last Updated: 11/24/2026")),
    )
    assert back < summary < refs < (len(TEXT), 0)
    return Narrative(
        TEXT,
        950,
        "LAKE SELMA",
        sections,
        tuple(Span(*find(part)) for part in (*BACKGROUND, *SUMMARY)),
        (Span(*find("(see Case #949--Ferry Dispute)")),),
        (
            Reference(*find("Arvid 1934"), "Arvid 1934", "Arvid", ("1934",)),
            Reference(
                *find("Moe and Lund 1952-53, 40-71"), "Moe and Lund 1952-53, 40-71", "Moe and Lund", ("1952-53",), "40-71"
            ),
        ),
        (
            CrossReference(*find("see Case #949--Ferry Dispute"), "see Case #949--Ferry Dispute", 949, "Ferry Dispute"),
            CrossReference(*find("See sources for Case #949"), "See sources for Case #949", 949),
        ),
        Day(2026, 11, 24),
        None,
        (Notice("BL310", "unknown heading", *find("Summary:")),),
        "lake_selma.txt",
    )


def sentences(given: Narrative) -> tuple[Sentence, ...]:
    """One sentence for each full stop that ends one; enough for invented text."""
    made: list[Sentence] = []
    for number, span in enumerate(given.paragraphs):
        start = span.start
        kind = next(part.kind for part in given.sections if part.start <= span.start < part.end)
        while start < span.end:
            stop = given.text.find(". ", start, span.end)
            end = span.end if stop < 0 else stop + 1
            made.append(Sentence(len(made), start, end, kind, number))
            start = end + 1
    return tuple(made)


def coding() -> Coding:
    """The invented narrative, coded by hand."""
    given = narrative()
    span = when("from 3 March to 2 May 1931", "1931-03-03/1931-05-02", Day(1931, 3, 3), Day(1931, 5, 2), precision="interval")
    treaty = when("1884", "1884", Day(1884, 1, 1), Day(1884, 12, 31), precision="year", off_line=True)
    winter = when("the winter of 1930-31", "1930-24", Day(1930, 12, 1), Day(1931, 2, 28), precision="season", off_line=True)
    third = when("3 March 1931", "1931-03-03", Day(1931, 3, 3), Day(1931, 3, 3))
    fourth = when("The next day", "1931-03-04", Day(1931, 3, 4), Day(1931, 3, 4))
    ninth = when("the 9th", "1931-03-09", Day(1931, 3, 9), Day(1931, 3, 9))
    april = when("early April", "1931-04-01/1931-04-10", Day(1931, 4, 1), Day(1931, 4, 10), precision="interval")
    league_day = when("24 April", "1931-04-24", Day(1931, 4, 24), Day(1931, 4, 24))
    last = when("2 May 1931", "1931-05-02", Day(1931, 5, 2), Day(1931, 5, 2), nth=1)
    dates = (span, treaty, winter, third, fourth, ninth, april, league_day, last)

    soldiers = mention("Vesland's soldiers", VESLAND, agent="soldiers")
    fishermen = mention("its fishermen", None, basis="pronoun", candidates=("state:991", "state:992"))
    est_crisis = mention("Estmark", ESTMARK, nth=2)
    est_acts = mention("Estmark", ESTMARK, nth=3)
    ves_told = mention("Vesland", VESLAND, nth=3)
    gunboat = mention("Estmark's gunboat", ESTMARK, agent="gunboat")
    halvia = mention("Halvia", HALVIA)
    ves_denies = mention("Vesland", VESLAND, nth=5)
    ves_it = mention("it", VESLAND, nth=TEXT[: find("that it had")[0]].count("it"), basis="pronoun: Vesland")
    league = mention("the League of Nations", LEAGUE)
    both = mention("both sides", None, basis="collective", candidates=("state:991", "state:992"))
    ves_leaves = mention("Vesland", VESLAND, nth=6)
    usa = mention("The United States", USA)
    openers = (mention("Estmark", ESTMARK), mention("Vesland", VESLAND))
    actors = (*openers, soldiers, fishermen, est_crisis, est_acts, ves_told, gunboat)
    actors += (halvia, ves_denies, ves_it, league, both, ves_leaves, usa)

    island = Place(*find("Gull Island"), "Gull Island", "Gull Island", "island", 61.5, 24.25)
    withdraw = event(
        "both sides withdraw",
        "withdraw",
        "withdraw forces",
        "withdraw",
        mode="demanded",
        intensity=3.0,
        who=(both,),
        date=league_day,
        sentence=8,
        stance="cooperative",
    )
    occupied = "Vesland's soldiers occupied Gull Island and expelled its fishermen"
    shelled = "Estmark's gunboat shelled the landing place and threatened to bombard the town"
    events = (
        event(
            occupied,
            "occupy",
            "occupy territory",
            "occupied",
            armed=True,
            intensity=-8.0,
            who=(soldiers,),
            whom=(est_crisis,),
            date=third,
            where=(island,),
            sentence=3,
        ),
        event(
            "expelled its fishermen",
            "expel",
            "expel people",
            "expelled",
            who=(soldiers,),
            whom=(fishermen,),
            date=third,
            sentence=3,
        ),
        event(
            "Estmark mobilized two regiments",
            "mobilize",
            "mobilise forces",
            "mobilized",
            armed=True,
            intensity=-6.0,
            who=(est_acts,),
            date=fourth,
            sentence=4,
        ),
        event(
            "protested to Vesland",
            "protest",
            "protest",
            "protested",
            layer="say",
            intensity=-3.0,
            who=(est_acts,),
            whom=(ves_told,),
            date=fourth,
            sentence=4,
        ),
        event(shelled, "bombard", "bombard", "shelled", armed=True, intensity=-9.0, who=(gunboat,), date=ninth, sentence=5),
        event(
            "threatened to bombard the town",
            "threaten",
            "threaten with force",
            "threatened",
            layer="say",
            mode="threatened",
            armed=True,
            intensity=-7.0,
            who=(gunboat,),
            date=ninth,
            sentence=5,
        ),
        event(
            "Halvia offered to mediate",
            "offer",
            "offer mediation",
            "offered",
            layer="say",
            stance="cooperative",
            intensity=4.0,
            who=(halvia,),
            date=april,
            sentence=6,
        ),
        event(
            "it had planned the landing",
            "plan",
            "plan an attack",
            "planned",
            layer="think",
            mode="denied",
            who=(ves_it,),
            sentence=7,
        ),
        event(
            "the League of Nations demanded that both sides withdraw",
            "demand",
            "demand withdrawal",
            "demanded",
            layer="say",
            intensity=-2.0,
            who=(league,),
            whom=(both,),
            date=league_day,
            sentence=8,
            content=withdraw.id,
        ),
        withdraw,
        event(
            "Vesland evacuated Gull Island on 2 May 1931",
            "withdraw",
            "withdraw forces",
            "evacuated",
            stance="cooperative",
            intensity=5.0,
            who=(ves_leaves,),
            date=last,
            where=(replace(island, start=find("Gull Island", 1)[0], end=find("Gull Island", 1)[1]),),
            sentence=9,
        ),
    )
    return Coding(
        Run("brinkline test", "1.0", (("reference", "0123456789ab"),), (("only", ""), ("pipeline", "none"))),
        given,
        sentences(given),
        dates,
        tuple(sorted(actors, key=lambda item: item.start)),
        events,
        _crisis(given, dates),
        _rows(given, events),
        (Notice("BL351", "no response date could be told for Vesland"),),
    )


def _crisis(given: Narrative, dates: tuple[When, ...]) -> tuple[Claim, ...]:
    span = dates[0]
    common = {"subject": "crisis", "confidence": 0.9, "rule": "var.test"}
    return (
        make_claim(
            given,
            field="trigger_date",
            value="1931-03-03",
            label="",
            basis="quoted",
            evidence=[(span.start, span.end)],
            sources=[span.id],
            **common,
        ),
        make_claim(
            given,
            field="termination_date",
            value="1931-05-02",
            label="",
            basis="quoted",
            evidence=[(span.start, span.end), find("the crisis ended for both states")],
            **common,
        ),
        make_claim(given, field="viol", value=2, label="minor clashes", basis="inferred", sources=["claim:x"], **common),
        make_claim(
            given, field="regorg", value=1, label="none involved", basis="absent", note="no regional body is named", **common
        ),
    )


def _rows(given: Narrative, events: tuple[Event, ...]) -> tuple[CrisisActor, ...]:
    def claim(cow: int, field: str, value: int | str | None, label: str, words: str = "", note: str = "") -> Claim:
        return make_claim(
            given,
            subject=f"actor:{cow}",
            field=field,
            value=value,
            label=label,
            basis="quoted" if words else "absent",
            evidence=[find(words)] if words else [],
            sources=[events[0].id] if words else [],
            confidence=0.7,
            rule="var.test",
            note=note,
        )

    occupied = events[0].evidence.text
    return (
        CrisisActor(
            991,
            "EST",
            "Estmark",
            (
                claim(991, "trigger_date", "1931-03-03", "", "triggering a crisis for Estmark"),
                claim(991, "triggr", 9, "direct violence against the actor", occupied),
                claim(991, "trigent", 992, "Vesland", "Vesland's soldiers"),
                claim(991, "response_date", "1931-03-04", "", "The next day Estmark mobilized two regiments"),
                claim(991, "majres", 6, "military move without violence", "Estmark mobilized two regiments"),
                claim(991, "termination_date", "1931-05-02", "", "the crisis ended for both states"),
                claim(991, "usinv", 1, "not involved", "The United States was not involved"),
                claim(991, "outesr", None, "", note="what came after is not told"),
            ),
        ),
        CrisisActor(
            992,
            "VES",
            "Vesland",
            (
                claim(992, "trigger_date", "1931-03-09", "", "A crisis for Vesland began on the 9th"),
                claim(992, "trigent", 991, "Estmark", "Estmark's gunboat"),
                claim(992, "termination_date", "1931-05-02", "", "the crisis ended for both states"),
            ),
        ),
    )
