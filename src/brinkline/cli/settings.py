"""``brinkline settings``: the table of settings as it stands."""

from __future__ import annotations

import os

from rich.console import Console
from rich.table import Table

from brinkline.settings import SETTINGS, resolve_settings


def settings_command() -> int:
    """0 after printing each setting with its value in force, its environment variable and what it does."""
    values = resolve_settings(environment=os.environ)
    table = Table("setting", "value", "environment", "what it does")
    for setting in SETTINGS:
        table.add_row(setting.name, str(values[setting.name]), f"BRINKLINE_{setting.name.upper()}", setting.help)
    Console(highlight=False).print(table)
    return 0
