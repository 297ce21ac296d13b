"""The tutorial: every command of its page works, one after the other, as a new user would type them."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from brinkline.samples import sample_names, sample_text

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
Run = Callable[..., tuple[int, str, str]]


def commands(page: str) -> list[str]:
    """The lines behind "$ " in the console blocks of a page."""
    blocks = re.findall(r"```console\n(.*?)```", page, flags=re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


def test_every_command_of_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    (tmp_path / "narratives").mkdir()
    for name in sample_names():
        (tmp_path / "narratives" / f"{name}.txt").write_text(sample_text(name), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found = commands(PAGE.read_text(encoding="utf-8"))
    assert len(found) > 15
    told = {}
    for line in found:
        program, *arguments = shlex.split(line)
        if program == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        assert program == "brinkline"
        code, out, err = run(*arguments)
        assert code == 0, f"{line}\n{err}"
        told[line] = out + err
    assert all(words.strip() for words in told.values())
    assert "5 narratives coded" in told["brinkline code"]
    assert "«" in told["brinkline search 'withdraw* actor:RUS'"]
    assert "all is well" in told["brinkline doctor"]
