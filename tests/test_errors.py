"""Errors: one tree, documented codes, and the same error on the other side of a process border."""

import pickle
import re
from pathlib import Path

import pytest

from brinkline import errors

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"\bBL[1-7]\d\d\b")


def test_an_error_keeps_its_parts_across_processes() -> None:
    error = errors.InputError("BL201", "the file is empty", place="a.txt", remedy="remove it")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is errors.InputError
    assert str(again) == str(error) == "error[BL201]: the file is empty\n  a.txt\n  remove it"
    extra = pickle.loads(pickle.dumps(errors.MissingExtra("documents", "reading PDF files")))
    assert "pip install 'brinkline[documents]'" in str(extra)


def test_every_code_in_the_program_is_documented_and_the_other_way_round() -> None:
    used = set()
    for file in (ROOT / "src").rglob("*.py"):
        used |= set(re.findall(r'"(BL[1-7]\d\d)"', file.read_text(encoding="utf-8")))
    for file in (ROOT / "src").rglob("*.toml"):
        used |= set(re.findall(r'"(BL[1-7]\d\d)"', file.read_text(encoding="utf-8")))
    documented = set(re.findall(r"^\| `(BL\d\d\d)` \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.M))
    assert used - documented == set(), "codes without a line in docs/errors.md"
    assert documented - used == set(), "lines in docs/errors.md for codes that no longer exist"


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [("UsageError", 2), ("InputError", 3), ("ProjectError", 4), ("NotFound", 5), ("CheckFailed", 6)],
)
def test_exit_codes_are_stable(kind: str, exit_code: int) -> None:
    assert getattr(errors, kind).exit_code == exit_code
