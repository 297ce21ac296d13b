"""The commands under ``brinkline people``: who takes part, in which role, and who codes what."""

from __future__ import annotations

from typing import Annotated

import typer

from brinkline.cli.project_app import AsOption, ProjectOption

people_app = typer.Typer(rich_markup_mode=None, add_completion=False)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the person, in any case.")]
AddressOption = Annotated[
    str, typer.Option("--address", metavar="URL", help="Where the app is served, for the link that is printed.")
]
HERE = "http://127.0.0.1:8737"


@people_app.callback(invoke_without_command=True)
def people(ctx: typer.Context, as_: AsOption = "table", project: ProjectOption = None) -> int:
    """List the people of a project; add them, change roles, give links to set a password, assign narratives.

    \b
    brinkline people
    brinkline people add "Ana Ruiz" --role adjudicator
    brinkline people assign --to "Ana Ruiz" --to "Ben Okoro" --twice 20
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from brinkline.cli.people import list_command

    return list_command(as_, project)


@people_app.command("list")
def list_(as_: AsOption = "table", project: ProjectOption = None) -> int:
    """List everybody: role, sign-in, assignments.

    \b
    brinkline people list --as json
    """
    from brinkline.cli.people import list_command

    return list_command(as_, project)


@people_app.command()
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="reader, coder, adjudicator or owner.")] = "coder",
    address: AddressOption = HERE,
    project: ProjectOption = None,
) -> int:
    """Add somebody and print a link with which they set a password, once, within a week.

    \b
    brinkline people add "Ana Ruiz" --role owner
    brinkline people add "Ben Okoro" --address https://crises.example.org
    """
    from brinkline.cli.people import add_command

    return add_command(name, role, address, project)


@people_app.command()
def role(
    name: NameArgument,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, coder, adjudicator or owner.")],
    project: ProjectOption = None,
) -> int:
    """Give somebody another role. The last owner stays one.

    \b
    brinkline people role "Ben Okoro" adjudicator
    """
    from brinkline.cli.people import role_command

    return role_command(name, role, project)


@people_app.command()
def password(name: NameArgument, address: AddressOption = HERE, project: ProjectOption = None) -> int:
    """Print a new link for somebody who has no password or forgot it; the old one and all their sessions end.

    \b
    brinkline people password "Ben Okoro"
    """
    from brinkline.cli.people import password_command

    return password_command(name, address, project)


@people_app.command()
def assign(
    narratives: Annotated[
        list[str] | None, typer.Argument(metavar="NARRATIVE", help="Numbers, keys or titles; without one all of the project.")
    ] = None,
    to: Annotated[list[str] | None, typer.Option("--to", metavar="NAME", help="Somebody to assign to; once for each.")] = None,
    twice: Annotated[
        float, typer.Option("--twice", min=0, max=100, metavar="PERCENT", help="Share that two people code blind.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same plan.")] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and store nothing.")] = False,
    as_: AsOption = "table",
    project: ProjectOption = None,
) -> int:
    """Spread narratives that nobody has yet evenly over people, a share of them to two who code blind.

    \b
    brinkline people assign --to Ana --to Ben --twice 20 --dry-run
    brinkline people assign 12 14 --to Ana
    """
    from brinkline.cli.people import assign_command

    return assign_command(narratives or [], to or [], twice, seed, dry_run, as_, project)


@people_app.command()
def remove(
    name: NameArgument,
    back: Annotated[bool, typer.Option("--back", help="Let them take part again.")] = False,
    project: ProjectOption = None,
) -> int:
    """Let somebody take part no longer; what they decided stays under their name. The last owner cannot go.

    \b
    brinkline people remove "Ben Okoro"
    brinkline people remove "Ben Okoro" --back
    """
    from brinkline.cli.people import remove_command

    return remove_command(name, back, project)
