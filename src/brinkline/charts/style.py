"""Colours and style rules of the charts: one palette for every chart, so an actor keeps its colour from chart to chart.

Nothing is told by colour alone. The ten tones are safe for the common kinds of colour blindness: chosen by search from the two
strongest colours of Okabe and Ito (2008, "Color Universal Design") for the largest smallest distance, in Oklab, under the
simulations of Machado, Oliveira and Fernandes (2009); a test measures distance and contrast again.

A drawing inside a page takes paper, ink and rule from the page's custom properties and brings its tones with it. One that
stands alone carries plain colours, since many programs that open SVG know no custom properties: light ones, and dark ones for
screens that ask for them. So that both work, whatever is painted in a tone carries the tone's class itself ("shape t3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

TONES = 10
#: The class of what belongs to no single actor: "Others", legends.
OTHERS = "tx"

LIGHT: Mapping[str, str] = MappingProxyType(
    {"ink": "#26292d", "soft": "#5b6067", "rule": "#d8d5cd", "paper": "#ffffff", "land": "#ece9e1", "water": "#f7f9fb"}
    | {"coast": "#a09a8b", "bad": "#c2410c", "good": "#0072b2", "even": "#6b7280", "ax": "#6b7280"}
    | {"a0": "#0072b2", "a1": "#d55e00", "a2": "#6b005c", "a3": "#00580d", "a4": "#9079fe"}
    | {"a5": "#2c1e9d", "a6": "#ae0440", "a7": "#29975e", "a8": "#b97aaa", "a9": "#5b4481"}
)
DARK: Mapping[str, str] = MappingProxyType(
    {"ink": "#e9e6df", "soft": "#aeb1b5", "rule": "#43464b", "paper": "#1c1e21", "land": "#3d4147", "water": "#1f2327"}
    | {"coast": "#7b818a", "bad": "#f08a4b", "good": "#56b4e9", "even": "#9aa3ad", "ax": "#9aa3ad"}
    | {"a0": "#56b4e9", "a1": "#f08a4b", "a2": "#dbfd56", "a3": "#5df9f4", "a4": "#9079fe"}
    | {"a5": "#9c7b31", "a6": "#decb7d", "a7": "#239382", "a8": "#72ccab", "a9": "#b975bf"}
)
#: What a page has under the same names already.
_OF_PAGE = ("ink", "soft", "rule", "paper")
_FONT = "font-family:system-ui,-apple-system,'Segoe UI','Noto Sans',sans-serif;font-size:13px"

_RULES = """
.bl-chart text{fill:var(--ink)}
.bl-chart .soft{fill:var(--soft)}
.bl-chart .group{fill:var(--soft);font-weight:600}
.bl-chart .lane-name{font-weight:600}
.bl-chart .small{font-size:12px}
.bl-chart .tiny{font-size:11px}
.bl-chart .num{font-variant-numeric:tabular-nums}
.bl-chart .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.bl-chart .grid{stroke:var(--rule);stroke-width:1;fill:none}
.bl-chart .zero{stroke:var(--soft);stroke-width:1;fill:none}
.bl-chart .band{fill:var(--tone);opacity:.13}
.bl-chart .edge{stroke:var(--tone);stroke-width:2.5;stroke-linecap:round}
.bl-chart .open{stroke-dasharray:1 5}
.bl-chart .column{stroke:var(--tone);stroke-width:1.5;opacity:.38;fill:none}
.bl-chart .swatch{fill:var(--tone)}
.bl-chart .shape{fill:var(--paper);stroke:var(--tone);stroke-width:2}
.bl-chart .armed{fill:var(--tone)}
.bl-chart .undone{stroke-dasharray:2.5 2}
.bl-chart .range{stroke:var(--tone);stroke-width:2;opacity:.55;stroke-linecap:round;fill:none}
.bl-chart .line{stroke:var(--tone);stroke-width:2;fill:none}
.bl-chart .dashed{stroke-dasharray:6 4}
.bl-chart .head{fill:var(--tone)}
.bl-chart .hollow{fill:var(--paper);stroke:var(--tone);stroke-width:1.5}
.bl-chart .cross{stroke:var(--ink);stroke-width:2;fill:none}
.bl-chart .trend{stroke:var(--ink);stroke-width:2;fill:none;opacity:.75;stroke-linejoin:round}
.bl-chart .pin{fill:var(--paper);stroke:var(--tone);stroke-width:1.8}
.bl-chart .full{fill:var(--tone)}
.bl-chart .part{fill:var(--tone);fill-opacity:.45;stroke:var(--tone);stroke-width:1}
.bl-chart .flag{stroke:var(--tone);stroke-width:2;fill:none}
.bl-chart .whisker{stroke:var(--ink);stroke-width:1.5;fill:none}
.bl-chart .node{fill:var(--paper);stroke:var(--tone);stroke-width:3}
.bl-chart .tie{fill:none;stroke-linecap:round;opacity:.8}
.bl-chart .bad{stroke:var(--bad)}
.bl-chart .good{stroke:var(--good)}
.bl-chart .even{stroke:var(--even)}
.bl-chart .sea{fill:var(--water)}
.bl-chart .land{fill:var(--land);stroke:var(--coast);stroke-width:.8;stroke-linejoin:round}
.bl-chart .border{fill:none;stroke:var(--coast);stroke-width:.8;stroke-dasharray:2 2}
.bl-chart .frame{fill:none;stroke:var(--rule)}
.bl-chart .place{fill:var(--tone);fill-opacity:.82;stroke:var(--paper);stroke-width:1.5}
.bl-chart .country{fill:var(--soft);letter-spacing:.06em}
.bl-chart .share{fill:var(--tone);opacity:.5}
.bl-chart .paper{fill:var(--paper)}
"""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"var\(--(\w+)\)")
_CLASS = re.compile(r"\.([\w-]+)")
_USED = re.compile(r'class="([^"]*)"')


def _variables(colours: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in colours.items() if name not in _OF_PAGE)


#: Rules for a page that shows charts and defines ``--ink``, ``--soft``, ``--rule`` and ``--paper`` itself.
RULES = (
    f"\n.bl-chart{{{_variables(LIGHT)}}}\n"
    f"@media screen and (prefers-color-scheme:dark){{.bl-chart{{{_variables(DARK)}}}}}"
    + _RULES
    + "".join(f".bl-chart .t{name}{{--tone:var(--a{name})}}" for name in (*map(str, range(TONES)), "x"))
    + "\n"
)


def tone(number: int | None) -> str:
    """The class that gives an actor its colour, in turn after the tenth; that of "Others" for None."""
    return OTHERS if number is None else f"t{number % TONES}"


def own_style(body: str, *, dark: bool | None = None) -> str:
    """The style sheet of a drawing that stands alone: only what ``body`` uses, in plain colours.

    ``dark`` None follows the reader's screen, True and False give one set of colours for good (pictures, print).
    """
    used = frozenset(name for names in _USED.findall(body) for name in names.split())
    base = f".bl-chart{{{_FONT}}}"
    sheets = {shade: "".join(_plain(used, colours)) for shade, colours in ((False, LIGHT), (True, DARK))}
    if dark is not None:
        return base + sheets[dark]
    return f"{base}{sheets[False]}@media screen and (prefers-color-scheme:dark){{{sheets[True]}}}"


def _plain(used: frozenset[str], colours: Mapping[str, str]) -> Iterator[str]:
    """The rules without custom properties: one that speaks of the tone becomes one rule for each tone in use."""
    tones = [f"t{name}" for name in (*map(str, range(TONES)), "x") if f"t{name}" in used]
    for rule in _RULE.finditer(_RULES):
        selector, body = rule[1].strip(), rule[2]
        if not set(_CLASS.findall(selector)) - {"bl-chart"} <= used:
            continue
        if "var(--tone)" not in body:
            yield f"{selector}{{{_NAME.sub(lambda found: colours[found[1]], body)}}}"
            continue
        for name in tones:
            shown = body.replace("var(--tone)", colours["a" + name[1:]])
            yield f"{selector}.{name}{{{_NAME.sub(lambda found: colours[found[1]], shown)}}}"
