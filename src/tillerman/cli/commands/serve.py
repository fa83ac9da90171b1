"""`tillerman serve`: the same answers in a browser, on this machine."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from tillerman.cli.options import InLanguage
from tillerman.errors import SettingError
from tillerman.words import Language

if TYPE_CHECKING:
    from tillerman.web import Serving
    from tillerman.web.serving import Key

TOKEN = "TILLERMAN_TOKEN"  # the variable that may hold what `--token-file` names
GRACE_SECONDS = 3  # for answers under way when the server is stopped
_MOST_AT_ONCE = 500  # connections; more are told to come back
_TAKEN = {errno.EADDRINUSE, errno.EACCES}  # by another server, or by the system
_PORTS = 50  # tried one after the other where the wished one is taken


def serve(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes any free one.")] = 8321,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on; any but this machine's demands a token.")
    ] = "127.0.0.1",
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="One token for all, or a line `name: token` for each person; TILLERMAN_TOKEN may hold the same.",
        ),
    ] = None,
    known_as: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name under which browsers reach this server; repeatable."),
    ] = None,
    https: Annotated[
        bool, typer.Option("--behind-https", help="Something in front of this server speaks https to browsers.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where studies are kept; the user's own data folder unless given."),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Keep nothing: what is made is deleted when the server stops.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    language: InLanguage = Language.ENGLISH,
) -> None:
    """The same answers in a browser, on this machine only.

    Shipped countries open at once from their stored plans. Ctrl-C stops the server.
    """
    from tillerman.cli.screen import Screen
    from tillerman.web import Serving, create_app

    if private and folder is not None:
        raise SettingError("--private", f"--folder {folder}", "one of them", "A private session keeps nothing.")
    keys = _keys(host, token_file)
    screen = Screen(language)
    with _listening(host, port) as found, _home(folder, is_private=private) as home:
        taken = found.getsockname()[1]
        serving = Serving(
            home,
            host=host,
            port=taken,
            keys=keys,
            is_private=private,
            is_behind_https=https,
            known_as=tuple(known_as or ()),
        )
        app = create_app(serving)
        if port not in {0, taken}:
            screen.remark(screen.say("serve.taken", port=port, other=taken))
        screen.remark(screen.say("serve.private") if private else screen.say("serve.kept", folder=home))
        address = _address(serving)
        screen.record(screen.say("serve.at", address=address))
        if browser:
            typer.launch(address)  # the socket listens already: whoever comes now waits for the first answer
        _run(app, found, ending=app.state.jobs.let_go, https=https)
        screen.remark(screen.say("serve.stopped"))


def _run(app: object, found: socket.socket, *, ending: Callable[[], None], https: bool) -> None:
    """Answer until Ctrl-C, or until whoever started the program stops it; who looks on by then is let go first."""
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            ending()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        app,  # type: ignore[arg-type]  # an application of any framework, which uvicorn spells out
        ws="none",
        log_level="warning",
        access_log=False,  # addresses carry what was asked
        proxy_headers=https,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    try:
        Server(config).run([found])
    except KeyboardInterrupt:
        pass  # the way in which a server is meant to end
    finally:
        # what is cleared away now is cleared away whole, however often somebody presses Ctrl-C
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _keys(host: str, token_file: Path | None) -> tuple[Key, ...]:
    """The keys that options and environment name. Raises SettingError where the address demands one."""
    from tillerman.web.guard.hosts import is_loopback
    from tillerman.web.guard.keys import keys_from

    if token_file is not None:
        return keys_from(token_file.read_text("utf-8"), str(token_file))
    if TOKEN in os.environ:
        return keys_from(os.environ[TOKEN], TOKEN)
    if not is_loopback(host):
        raise SettingError(
            "--host",
            host,
            "an address of this machine only, or a token",
            f"Others can reach {host}: name a file with a token by --token-file, or set {TOKEN}.",
        )
    return ()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; on the next free port where the wished one is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wished in (port, *(range(port + 1, min(port + _PORTS, 65536)) if port else ())):
        found = socket.socket(family)
        try:
            if os.name == "posix":
                found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind((host, wished))
            found.listen()
        except OSError as error:
            found.close()
            if isinstance(error, socket.gaierror) or error.errno not in _TAKEN:
                reason = error.strerror or str(error)
                raise SettingError("--host", f"{host}, port {port}", "an address to listen on", f"{reason}.") from error
            continue
        with found:
            yield found
        return
    raise SettingError("--port", port, "a free port", "Use --port 0 for any free one.")


@contextmanager
def _home(folder: Path | None, *, is_private: bool) -> Iterator[Path]:
    """Where studies, jobs and sessions are kept: for nobody else's eyes, and in a private session not for long."""
    if is_private:
        from tillerman.web.private import private_folder

        with private_folder() as found:
            yield found
        return
    home = folder if folder is not None else Path(typer.get_app_dir("tillerman"))
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    yield home


def _address(serving: Serving) -> str:
    """The address to open, for a person to copy."""
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(serving.host, serving.host)  # noqa: S104 - told, not bound
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{serving.port}/"
