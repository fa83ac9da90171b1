"""`tillerman serve`: the same answers in a browser, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    *,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8321,
    folder: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where studies are kept; the user's own data folder unless given."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """The same answers in a browser, on this machine only.

    Shipped countries open at once from their stored plans.
    """
    import uvicorn

    from tillerman.web import Serving, create_app

    home = folder if folder is not None else Path(typer.get_app_dir("tillerman"))
    serving = Serving(home, port=port)
    address = f"http://{serving.host}:{serving.port}/"
    typer.echo(f"Tillerman is at {address} . Stop it with Ctrl-C.")
    if browser:
        typer.launch(address)
    uvicorn.run(create_app(serving), host=serving.host, port=serving.port, log_level="warning")
