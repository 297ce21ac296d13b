"""Actors and pairs of actors over all narratives: the figures are those of the codings."""

from collections import Counter

from brinkline.project import Project
from web_fixtures import client_of


def test_the_list_counts_as_the_codings_do(web_project: Project) -> None:
    codings = list(web_project.codings())
    named: Counter[str] = Counter()
    for coding in codings:
        named.update({mention.actor.id for mention in coding.actors if mention.actor})
    rows = {row["id"]: row for row in client_of(web_project).get("/actors.json").json()}
    assert set(named) <= set(rows)
    assert {ident: rows[ident]["narratives"] for ident in named if ident.startswith("body:")} == {
        ident: count for ident, count in named.items() if ident.startswith("body:")
    }
    assert all(rows[ident]["narratives"] >= count for ident, count in named.items())  # a collective counts for its members too
    crises: Counter[int] = Counter({row.cow for coding in codings for row in coding.crisis_actors})
    assert {row["cow"]: row["crises"] for row in rows.values() if row["crises"]} == crises


def test_the_page_of_an_actor_leads_to_its_narratives_and_values(web_project: Project) -> None:
    client = client_of(web_project)
    coding = next(web_project.codings())
    row = coding.crisis_actors[0]
    page = client.get(f"/actors/state:{row.cow}")
    assert page.status_code == 200
    assert f'href="/narratives/{web_project.narratives()[0].key}"' in page.text
    values = client.get(f"/actors/state:{row.cow}/values.json").json()
    assert {item["field"]: item["value"] for item in values} == {
        claim.field: "" if claim.value is None else str(claim.value) for claim in row.claims
    }


def test_a_pair_has_one_page_with_its_events_in_order_of_time(web_project: Project) -> None:
    client = client_of(web_project)
    found = [
        (event, who.actor.id, whom.actor.id)
        for coding in web_project.codings()
        for event in coding.events
        for who in event.who
        for whom in event.whom
        if who.actor and whom.actor and who.actor.id != whom.actor.id and who.actor.kind == whom.actor.kind == "state"
    ]
    _, one, other = found[0]
    assert client.get(f"/dyads/{one}/{other}").text == client.get(f"/dyads/{other}/{one}").text.replace(
        f"/dyads/{other}/{one}", f"/dyads/{one}/{other}"
    )
    acts = client.get(f"/dyads/{one}/{other}/events.json").json()
    assert sum({a, b} == {one, other} for _, a, b in found) <= len(acts)
    assert any(event.evidence.text.split()[0] in act["words"] for act in acts for event, _, _ in found)
    drawn = client.get(f"/dyads/{one}/{other}/intensity.svg")
    assert drawn.text.startswith("<svg")


def test_nobody_has_a_page_who_is_not_named(web_project: Project) -> None:
    client = client_of(web_project)
    for path in ("/actors/state:0", "/actors/state:0/values.csv", "/dyads/state:0/state:1"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "BL519" in answer.text
