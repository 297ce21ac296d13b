"""Evaluation in the app: the figures are those of the library, misses lead to the words, nothing is stored."""

import csv
import io
import re
from pathlib import Path

from sqlalchemy import text

from brinkline.evaluate.files import to_dict
from brinkline.evaluate.run import evaluate_files
from brinkline.exchange import find_format, save
from brinkline.project import Project, moving
from web_fixtures import client_of


def icb2(project: Project, folder: Path) -> Path:
    """A human coding: what the program says, with the second value of every row changed."""
    path = folder / "human.csv"
    save(project.codings(), find_format("icb2"), path)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row["triggr"] = "9" if row["triggr"] != "9" else "2"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_is_compared_as_the_command_line_does(web_project: Project, tmp_path: Path) -> None:
    table = icb2(web_project, tmp_path)
    coded = tmp_path / "coded.jsonl"
    save(web_project.codings(), find_format("jsonl"), coded)
    mean = evaluate_files(coded, table, resamples=400).mean.value
    client = client_of(web_project)
    with web_project.database.reading() as conn:
        before = conn.execute(text("select count(*) from claim")).scalar_one()
    answer = client.post("/evaluation", data={"token": client.token}, files={"table": ("human.csv", table.read_bytes())})  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert f"{mean:.3f}" in answer.text
    assert "Where the codings differ" in answer.text
    links = re.findall(r'href="([^"]+)">case \d+: open at the words', answer.text)
    assert links
    assert {client.get(link).status_code for link in links[:5]} == {200}
    assert any("claim=" in link for link in links)
    with web_project.database.reading() as conn:
        assert conn.execute(text("select count(*) from claim")).scalar_one() == before


def test_a_coder_of_the_project_can_be_chosen(web_project: Project, tmp_path: Path) -> None:
    table = icb2(web_project, tmp_path)
    moving.load(web_project, table, person="Grace")
    client = client_of(web_project)
    page = client.get("/evaluation")
    ident = re.search(r'<option value="([^"]+)"[^>]*>Grace', page.text)
    assert ident is not None
    coded = tmp_path / "coded.jsonl"
    save(web_project.codings(), find_format("jsonl"), coded)
    shown = client.get("/evaluation.json", params={"coder": ident[1]}).json()
    wanted = to_dict(evaluate_files(tmp_path / "coded.jsonl", table, resamples=400))
    agreed = {item["name"]: item["agreement"]["value"] for item in shown["variables"]}
    assert agreed["triggr"] == 0
    assert agreed.items() <= {item["name"]: item["agreement"]["value"] for item in wanted["variables"]}.items()
    assert "Where the codings differ" in client.get("/evaluation", params={"coder": ident[1]}).text


def test_what_is_wrong_with_a_table_is_told(web_project: Project) -> None:
    client = client_of(web_project)
    token = {"token": client.token}  # type: ignore[attr-defined]
    nothing = client.post("/evaluation", data=token)
    assert nothing.status_code == 422
    assert "BL153" in nothing.text
    nasty = b"<script>alert(1)</script>,b\n1,2\n"
    strange = client.post("/evaluation", data=token, files={"table": ("../../<b>x.csv", nasty)})
    assert strange.status_code == 422
    assert "BL247" in strange.text
    assert "<script>alert" not in strange.text
    assert "<b>x" not in strange.text
    assert client.get("/evaluation", params={"coder": "nobody"}).status_code == 404


def test_a_form_of_another_site_is_refused(web_project: Project) -> None:
    assert client_of(web_project).post("/evaluation", data={"token": "wrong"}).status_code == 403
