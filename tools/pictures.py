"""The pictures of README and docs, made anew from the bundled sample: ``make pictures`` (needs Debian's chromium)."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app_pictures import app_pictures
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = "amur_river_1937"
CHARTED = "football_war_1969"
CHARTS = ("map", "intensity", "network", "places")
CHROMIUM = "/usr/bin/chromium"
#: The table is longer than a screen; the picture shows its first part.
TERMINAL_HEIGHT = 1000
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body{{margin:0;background:#fff}}
main{{display:inline-block;margin:14px;background:#15181d;border-radius:10px;padding:14px 20px 18px}}
pre{{margin:0;color:#dfe3e8;font:14px/1.32 "DejaVu Sans Mono",monospace}} .p{{color:#8fd0c4}}
</style><main><pre><span class="p">$ brinkline code crisis.txt</span>
{body}</pre></main>"""


def main() -> None:
    """Write page.png, page-dark.png, terminal.png, the charts and the pictures of the app."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        brinkline("sample", SAMPLE, "--out", str(folder / "crisis.txt"))
        brinkline("code", str(folder / "crisis.txt"), "--as", "html", "--out", str(folder / "crisis.html"))
        draw_charts(folder)
        (folder / "terminal.html").write_text(terminal_page(folder / "crisis.txt"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shoot(browser, folder / "crisis.html", PICTURES / "page.png", "light")
        shoot(browser, folder / "crisis.html", PICTURES / "page-dark.png", "dark")
        page = browser.new_page(viewport={"width": 920, "height": TERMINAL_HEIGHT}, device_scale_factor=1.25)
        page.goto((folder / "terminal.html").as_uri())
        page.screenshot(path=PICTURES / "terminal.png")
        app_pictures(browser, folder, PICTURES)
        browser.close()


def draw_charts(folder: Path) -> None:
    """The drawings on the page of charts, as they come from the command line."""
    narrative = folder / f"{CHARTED}.txt"
    brinkline("sample", CHARTED, "--out", str(narrative))
    for kind in CHARTS:
        brinkline("chart", kind, str(narrative), "--out", str(PICTURES / f"chart-{kind}.svg"))


def brinkline(*arguments: str) -> str:
    """What the command prints, in colour at 100 columns."""
    environment = {**os.environ, "COLUMNS": "100", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "brinkline", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def terminal_page(path: Path) -> str:
    """The terminal table as a page with the same colours."""
    console = Console(width=100, record=True, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi(brinkline("code", str(path))), soft_wrap=True)
    body = console.export_html(inline_styles=True, code_format="{code}")
    return TERMINAL.format(body=body if "<span" in body else html.escape(body))


def shoot(browser: Browser, source: Path, target: Path, scheme: str) -> None:
    """A screenshot of the upper part of the page."""
    page = browser.new_page(
        viewport={"width": 1360, "height": 1240}, color_scheme="dark" if scheme == "dark" else "light", device_scale_factor=1.25
    )
    page.goto(source.as_uri())
    page.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    main()
