"""``brinkline serve``: the app on a socket, until Ctrl-C."""

from __future__ import annotations

import ipaddress
import os
import socket
import webbrowser
from threading import Thread

import uvicorn
from fastapi import FastAPI

from brinkline.cli.project import open_project
from brinkline.cli.terminal import stderr
from brinkline.errors import UsageError
from brinkline.project import Project
from brinkline.project.why import all_rules
from brinkline.store.people import list_members
from brinkline.web.app import LOOPBACK, create_app
from brinkline.web.asking import Site


def serve_command(
    open_: bool, read_only: bool, team: bool, host: str, names: tuple[str, ...], port: int, folder: str | None
) -> int:
    """0 after serving until Ctrl-C. UsageError BL146 for an open address without sign-in, BL147 for one that is taken."""
    if not team and not _is_loopback(host):
        raise UsageError(
            "BL146",
            f"without sign-in the app listens on this machine only, not on {host}",
            remedy="add --team, so that people sign in, or leave --host out",
        )
    with open_project(folder) as project, _listening(host, port) as listener:
        address = _address(host, listener.getsockname()[1])
        app = create_app(Site(project, "team" if team else "local", read_only), (*LOOPBACK, host, *names))
        if team and not read_only and not _somebody_signs_in(project):
            stderr().print("nobody can sign in yet; in another terminal: brinkline people add NAME --role owner", markup=False)
        stderr().print(f"serving {project.folder.title} at {address}  (Ctrl-C stops)", markup=False)
        if open_:
            webbrowser.open(address)
        Thread(target=_warm, args=(app,), daemon=True).start()
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=True)
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def _warm(app: FastAPI) -> None:
    """Read versions and rules once, so that the first page does not wait for them."""
    _ = app.state.batch.run
    all_rules()


def _somebody_signs_in(project: Project) -> bool:
    with project.database.reading() as conn:
        return any(member.active and (member.signs_in or member.invited) for member in list_members(conn))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            "BL147", f"cannot listen there: {error.strerror}", place=f"{host}:{port}", remedy="choose another --port or --host"
        ) from None
    return listener


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host == "0.0.0.0" else host
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
