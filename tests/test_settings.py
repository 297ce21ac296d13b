"""Settings: precedence, types, and no silent fall-back for unknown names."""

from pathlib import Path

import pytest

from brinkline.errors import UsageError
from brinkline.settings import resolve_settings


def test_argument_beats_environment_beats_project_file_beats_default(tmp_path: Path) -> None:
    file = tmp_path / "brinkline.toml"
    file.write_text('[settings]\nworkers = 2\npipeline = "from_file"\nmax_characters = 5\n')
    values = resolve_settings({"workers": 4}, {"BRINKLINE_WORKERS": "3", "BRINKLINE_PIPELINE": "from_env"}, file)
    given = {"pipeline": "from_env", "workers": 4, "max_characters": 5}
    assert values == {**given, "text_column": "", "codebook": "", "project": "", "db": "", "traceback": 0}


def test_an_argument_that_was_not_given_does_not_count() -> None:
    assert resolve_settings({"workers": None}, {"BRINKLINE_WORKERS": "3"})["workers"] == 3


def test_other_programs_environment_is_left_alone() -> None:
    assert resolve_settings(environment={"PATH": "/bin"}) == resolve_settings()


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "words"),
    [
        ({"worker": 2}, {}, "BL101", "did you mean workers"),
        ({}, {"BRINKLINE_SPEED": "fast"}, "BL101", "environment variable BRINKLINE_SPEED"),
        ({"workers": "many"}, {}, "BL102", "whole number"),
        ({"workers": 0}, {}, "BL102", "at least 1"),
        ({"pipeline": " "}, {}, "BL102", "must be a text"),
    ],
)
def test_wrong_settings_are_told(arguments: dict[str, str], environment: dict[str, str], code: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve_settings(arguments, environment)
    assert caught.value.code == code
    assert words in str(caught.value)
