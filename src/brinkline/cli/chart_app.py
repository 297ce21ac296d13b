"""The command ``brinkline chart``: a chart of a coding as SVG, PNG or the table of the same data."""

from __future__ import annotations

from typing import Annotated

import typer


def chart(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="timeline, map, intensity, network, places or strip.")],
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A narrative, or a coding of code --as json; - reads standard input.")
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="PATH", help="File to write; its suffix names the form; - is standard output.")
    ] = "-",
    as_: Annotated[
        str | None, typer.Option("--as", metavar="FORMAT", help="svg, png, csv or json, when the suffix does not say it.")
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", metavar="N", help="The case number, when the file holds several codings.")
    ] = None,
    scale: Annotated[float, typer.Option("--scale", help="Pixels of a PNG for each unit of the drawing.")] = 2.0,
) -> int:
    """Draw a chart of a narrative: the same picture on every machine, with the table of its data.

    \b
    brinkline chart map crisis.txt --out map.svg        one column per actor, time downward
    brinkline chart intensity coded.json --out i.png    from a coding that is there already
    brinkline chart places crisis.txt --out places.csv  what the chart shows, as a table
    brinkline chart network coded.jsonl --number 55 --out n.svg
    brinkline sample amur_river_1937 | brinkline chart timeline - > t.svg
    """
    from brinkline.cli.chart import chart_command

    return chart_command(kind, source, out, as_, number, scale)
