"""Work of two coders for tests of agreement and adjudication."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from brinkline.decision import Decision, Person, StoredClaim
from brinkline.project import Project
from brinkline.project.clock import now
from brinkline.store.claims import add_claim, claim_id, claims_of
from brinkline.store.decisions import decide
from brinkline.store.narratives import list_narratives
from web_fixtures import person_in


def two_coders(project: Project) -> tuple[Person, Person]:
    """Ana, an owner, and Ben, a coder."""
    return person_in(project, "Ana", "owner"), person_in(project, "Ben", "coder")


def claims_in(project: Project, kind: str = "variable") -> list[StoredClaim]:
    """The claims of a kind of all narratives, in order."""
    with project.database.reading() as conn:
        return [item for row in list_narratives(conn) for item in claims_of(conn, row.revision) if item.kind == kind]


def say(
    project: Project, person: Person, claim: StoredClaim, verdict: str, value: object = None, *, follows: str | None = None
) -> str:
    """Store a decision of somebody and give its id; an edit puts ``value`` in place of the value."""
    name = f"decision:{uuid.uuid4().hex}"
    with project.database.writing() as conn:
        instead = None
        if verdict == "edit":
            made = own(claim, person, value)
            add_claim(conn, made)
            instead = made.id
        decide(conn, Decision(name, claim.id, person.id, now(), verdict, "test", instead, follows))  # type: ignore[arg-type]
    return name


def own(claim: StoredClaim, person: Person, value: object) -> StoredClaim:
    """A claim of a person's own about what another claim is about."""
    name = claim_id(claim.revision, claim.kind, claim.subject, claim.field, value, (), person.id)
    what = (name, claim.revision, claim.kind, claim.subject, claim.field, value, "", "reference", (), person.id)
    return StoredClaim(*what, confidence=1.0, rule="")  # type: ignore[arg-type]


def both(project: Project, claims: Iterable[StoredClaim], differ: Callable[[int], bool] = lambda number: False) -> int:
    """Let Ana accept every claim and Ben too, but reject those at the places that ``differ`` picks; how many he rejected."""
    ana, ben = two_coders(project)
    rejected = 0
    with project.database.writing() as conn:
        for number, claim in enumerate(claims):
            for person in (ana, ben):
                verdict = "reject" if person is ben and differ(number) else "accept"
                rejected += verdict == "reject"
                decide(conn, Decision(f"decision:{uuid.uuid4().hex}", claim.id, person.id, now(), verdict, "test"))  # type: ignore[arg-type]
    return rejected
