"""The codebook of a release: DDI in the order of its schema, pages that hold what any title holds, one truth in all forms."""

import csv
from dataclasses import replace
from importlib import resources, util
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

import build
import release_case
from brinkline.exchange.release import make_release
from brinkline.model import CrisisActor, make_claim
from brinkline.record import Coding, OwnVariable

NAMESPACE = "{ddi:codebook:2_5}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("codebook") / "1.0"
    given = release_case.details(
        title=release_case.ODD,
        description="First <i>part</i>.\n\nSecond & last.",
        publisher="Lake Press",
        contact="a@example.org",
    )
    make_release(place, release_case.codings(), given)
    return place


@pytest.fixture(scope="module")
def ddi(folder: Path) -> Any:
    return etree.parse(folder / "codebook" / "codebook.xml").getroot()


def rules() -> dict[str, tuple[list[str], set[str], set[str], set[str]]]:
    """For each element: children in order, children that must be there, attributes, attributes that must be there."""
    found = {}
    lines = (Path(__file__).parent / "cases" / "ddi_elements.tsv").read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if not line.startswith("#")][1:]:
        name, children, attributes = ([] if part == "-" else part.split() for part in line.split("\t"))
        bare = [[part.rstrip("+") for part in parts] for parts in (children, attributes)]
        must = [{part.rstrip("+") for part in parts if part.endswith("+")} for parts in (children, attributes)]
        found[name[0]] = (bare[0], must[0], set(bare[1]), must[1])
    return found


def faults_of(root: Any) -> list[str]:
    known, faults = rules(), []
    for element in root.iter():
        name = etree.QName(element).localname
        if element.tag != NAMESPACE + name or name not in known:
            faults.append(f"unknown element {element.tag}")
            continue
        children, needed, attributes, named = known[name]
        inside = [etree.QName(item).localname for item in element]
        places = [children.index(child) if child in children else -1 for child in inside]
        own = {etree.QName(key).localname for key in element.attrib}
        if -1 in places or places != sorted(places):
            faults.append(f"{name}: children {inside}")
        if not needed <= set(inside) or not named <= own <= attributes:
            faults.append(f"{name}: misses a child or an attribute, or has another: {sorted(own)}")
    return faults


def test_ddi_has_the_elements_of_the_schema_in_its_order(ddi: Any) -> None:
    assert ddi.get("version") == "2.5"
    assert faults_of(ddi) == []


def test_the_check_of_the_order_can_fail(folder: Path) -> None:
    root = etree.parse(folder / "codebook" / "codebook.xml").getroot()
    variable = root.find(f".//{NAMESPACE}var[{NAMESPACE}catgry]")
    variable.insert(0, variable.find(f"{NAMESPACE}catgry"))
    del root.find(f".//{NAMESPACE}fileDscr").attrib["ID"]
    assert len(faults_of(root)) == 2


def test_ids_are_given_once_and_every_reference_finds_one(ddi: Any) -> None:
    ids = [element.get("ID") for element in ddi.iter() if element.get("ID")]
    assert len(ids) == len(set(ids))
    files = {element.get("ID") for element in ddi.iter(f"{NAMESPACE}fileDscr")}
    assert {element.get("files") for element in ddi.iter(f"{NAMESPACE}var")} == files
    assert {element.get("fileid") for element in ddi.iter(f"{NAMESPACE}location")} == files


def variable(ddi: Any, table: str, name: str) -> Any:
    return ddi.find(f".//{NAMESPACE}var[@files='F_{table}'][@name='{name}']")


def texts(element: Any, path: str) -> list[str]:
    return [item.text for item in element.findall("/".join(NAMESPACE + part for part in path.split("/")))]


def test_ddi_tells_a_variable_as_the_codebook_has_it(ddi: Any) -> None:
    found = variable(ddi, "crisis_actors", "triggr")
    assert texts(found, "labl") == ["Trigger"]
    assert "set off the crisis" in texts(found, "txt")[0]
    codes = dict(zip(texts(found, "catgry/catValu"), texts(found, "catgry/labl"), strict=True))
    assert codes["9"] == "violent act"
    counts = dict(zip(texts(found, "catgry/catValu"), texts(found, "catgry/catStat"), strict=True))
    assert (counts["9"], counts["1"]) == ("2", "0")
    assert (found.get("nature"), found.get("intrvl")) == ("nominal", "discrete")


def test_ddi_marks_codes_that_mean_not_known(ddi: Any) -> None:
    found = variable(ddi, "crisis_actors", "sizedu")
    marked = {item.get("VALUE") for item in found.findall(f"{NAMESPACE}invalrng/{NAMESPACE}item")}
    assert marked == {"9", "-99"}
    assert {item.find(f"{NAMESPACE}catValu").text for item in found.findall(f"{NAMESPACE}catgry[@missing='Y']")} == marked


def test_ddi_names_title_makers_and_the_span_of_the_crises(ddi: Any) -> None:
    study = ddi.find(f"{NAMESPACE}stdyDscr")
    assert texts(study, "citation/titlStmt/titl") == [release_case.ODD_LINE]
    assert texts(study, "citation/rspStmt/AuthEnty") == ["Lund, Ada", "Moe, Arvid and Sons"]
    assert texts(study, "citation/distStmt/distrbtr") == ["Lake Press"]
    assert texts(study, "stdyInfo/sumDscr/timePrd") == ["1931-03-03", "1931-05-02"]


def test_ddi_counts_the_cases_of_every_file(ddi: Any, folder: Path) -> None:
    for described in ddi.findall(f"{NAMESPACE}fileDscr"):
        with (folder / described.get("URI")).open(encoding="utf-8", newline="") as stream:
            names, *rows = csv.reader(stream)
        sizes = [described.find(f".//{NAMESPACE}{name}").text for name in ("caseQnty", "varQnty")]
        assert sizes == [str(len(rows)), str(len(names))]


def test_every_column_is_in_every_form_of_the_codebook(folder: Path, ddi: Any) -> None:
    page = html.parse(folder / "codebook" / "codebook.html", parser=html.HTMLParser(encoding="utf-8"))
    plain = (folder / "codebook" / "codebook.md").read_text(encoding="utf-8").replace("\\", "")
    with (folder / "codebook" / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        listed = {(row["table"], row["column"]) for row in csv.DictReader(stream)}
    for path in (folder / "data" / "csv").glob("*.csv"):
        for name in path.read_text(encoding="utf-8").split("\n", 1)[0].split(","):
            assert (path.stem, name) in listed
            assert page.xpath("//*[@id=$id]", id=f"{path.stem}.{name}"), (path.stem, name)
            assert variable(ddi, path.stem, name) is not None
            assert f"`{name}`" in plain or f"### {name}: " in plain


def test_the_page_holds_any_title_as_text_and_points_nowhere_else(folder: Path) -> None:
    raw = (folder / "codebook" / "codebook.html").read_text(encoding="utf-8")
    page = html.fromstring(raw.encode(), parser=html.HTMLParser(encoding="utf-8"))
    assert page.findtext(".//h1") == release_case.ODD_LINE
    assert "<b>of</b>" not in raw
    assert page.xpath("//script | //@onclick | //@style") == []
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//a/@href")
    assert all(link.startswith("#") and (link[1:] in ids) for link in links)


def own_coding() -> Coding:
    """A coding whose actors have a variable of the user's own codebook, with a code and label full of markup."""
    first = build.coding()
    values = (("a|b", "one | <b>two</b>"), ("c", "three & four"))
    rows = []
    for row, (value, label) in zip(first.crisis_actors, values, strict=True):
        extra = make_claim(
            first.narrative,
            subject=f"actor:{row.cow}",
            field="tone",
            value=value,
            label=label,
            basis="absent",
            confidence=0.5,
            rule="own",
        )
        rows.append(CrisisActor(row.cow, row.abbrev, row.name, (*row.claims, extra), row.row))
    return replace(
        first, crisis_actors=tuple(rows), own_variables=(OwnVariable("actor", "tone", 'Tone <of> the "reply"', "nominal"),)
    )


def test_a_variable_of_a_users_codebook_is_described_like_the_others(tmp_path: Path) -> None:
    make_release(tmp_path / "r", [own_coding()], release_case.details())
    root = etree.parse(tmp_path / "r" / "codebook" / "codebook.xml").getroot()
    assert faults_of(root) == []
    found = variable(root, "crisis_actors", "tone")
    assert texts(found, "labl") == ['Tone <of> the "reply"']
    assert texts(found, "catgry/labl") == ["one | <b>two</b>", "three & four"]
    text = (tmp_path / "r" / "codebook" / "codebook.md").read_text(encoding="utf-8")
    assert "| a\\|b | one \\| \\<b\\>two\\</b\\> | 1 |" in text


def test_xml_leaves_out_what_it_cannot_hold(tmp_path: Path) -> None:
    given = release_case.details(title="A\x00B\ufffe\ud800C", description="x\x0by", keywords=("a\x1bb",))
    make_release(tmp_path / "r", release_case.codings(), given)
    root = etree.parse(tmp_path / "r" / "codebook" / "codebook.xml").getroot()
    assert faults_of(root) == []
    assert (tmp_path / "r" / "README.md").read_text(encoding="utf-8").startswith("# AB")


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_the_page_is_read_by_everybody(browser: Any, folder: Path, scheme: str, width: int) -> None:
    if util.find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python is not installed")
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((folder / "codebook" / "codebook.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # All variables are set by one template: a few of each table do, and the check of hundreds takes minutes.
    page.evaluate("document.querySelectorAll('article.variable').forEach((el, n) => { if (n % 16) el.remove() })")
    page.evaluate("document.querySelectorAll('.toc details li').forEach((el, n) => { if (n % 16) el.remove() })")
    page.evaluate("document.querySelectorAll('table.columns tbody tr').forEach((el, n) => { if (n % 4) el.remove() })")
    page.evaluate("document.querySelectorAll('details').forEach(el => el.open = true)")
    page.evaluate(script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    context.close()
    assert [(item["id"], [node["html"][:150] for node in item["nodes"]][:3]) for item in result["violations"]] == []
    assert said == []
