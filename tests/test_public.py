"""The public Python interface: one list, all of it there, and examples that run."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import brinkline

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(brinkline.__path__, "brinkline.")
    if not module.name.endswith(("__main__", "migrations.env"))  # Alembic runs that one, with names of its own
)


def test_the_list_of_names_is_sorted_and_everything_on_it_is_there() -> None:
    assert [name for name in brinkline.__all__ if not hasattr(brinkline, name)] == []
    lower = [name for name in brinkline.__all__ if name.islower() and not name.startswith("_")]
    assert lower == ["code", "code_many", "read", "read_coding", "read_text"]


@pytest.mark.parametrize("name", ["brinkline", *MODULES])
def test_examples_in_docstrings_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_every_command_and_option_is_documented() -> None:
    from brinkline.cli.app import app

    page = (Path(__file__).parent.parent / "docs" / "cli.md").read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert [name for name in names if f"brinkline {name}" not in page] == []


def test_a_text_a_path_and_a_wrong_path(tmp_path: Path) -> None:
    path = tmp_path / "crisis.txt"
    path.write_text("It began on 4 May 1931.", encoding="utf-8")
    assert brinkline.code(path, only="dates").dates == brinkline.code(str(path), only="dates").dates
    assert brinkline.code("It began on 4 May 1931.", only="dates").dates[0].edtf == "1931-05-04"
    with pytest.raises(brinkline.NotFound, match="no such file"):
        brinkline.code("crisys.txt")


def test_a_file_of_several_narratives_is_for_code_many(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "It began on 4 May 1931."}\n{"text": "It ended on 5 May 1931."}\n', encoding="utf-8")
    with pytest.raises(brinkline.UsageError, match="several narratives"):
        brinkline.code(path)
    codings = [item for item in brinkline.code_many([path], only="dates") if isinstance(item, brinkline.Coding)]
    assert [coding.dates[0].edtf for coding in codings] == ["1931-05-04", "1931-05-05"]


def test_the_same_text_under_another_number_and_title_is_coded_the_same() -> None:
    text = (Path(__file__).parent.parent / "src/brinkline/samples/amur_river_1937.txt").read_text(encoding="utf-8")
    other = text.replace("CRISNO 901", "CRISNO 777").replace("AMUR RIVER ISLANDS", "SOMEWHERE RATHER ELSE")
    shift = len(other) - len(text)
    first, second = brinkline.code(text), brinkline.code(other)
    assert [(item.start + shift, item.edtf) for item in first.dates] == [(item.start, item.edtf) for item in second.dates]
    assert [(event.type, event.mode) for event in first.events] == [(event.type, event.mode) for event in second.events]
    for one, two in zip(first.crisis_actors, second.crisis_actors, strict=True):
        assert [(claim.field, claim.value) for claim in one.claims] == [(claim.field, claim.value) for claim in two.claims]


def test_a_notebook_shows_the_coding_with_its_text_escaped() -> None:
    coding = brinkline.code("On 4 May 1931 Japan attacked <script>alert(1)</script> China.")
    shown = coding._repr_html_()
    assert "<script>alert" not in shown
    assert "1931" in shown
