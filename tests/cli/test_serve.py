"""`tillerman serve`: where it listens, whom it lets in, and what is left when it has stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from tillerman.cli.app import app
from tillerman.errors import SettingError
from tillerman.web.jobs.lease import FILE
from tillerman.web.private import PREFIX, sweep

RUNNER = CliRunner()
TOKEN = "a-token-that-is-long-enough"


@contextmanager
def running(*options: str, temporary: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A server as a process of its own, its address and what it told; killed if a test has not stopped it."""
    command = [sys.executable, "-m", "tillerman", "serve", "--no-browser", *options]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        told = ""
        while not (found := re.search(r"http://\S+:\d+/", told)):
            line = process.stdout.readline()
            assert line, told
            told += line
        yield process, found.group(), told
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(os.name != "posix", reason="needs another operating system")
def test_a_private_session_keeps_nothing(tmp_path: Path, stop: signal.Signals) -> None:
    """Stopped by Ctrl-C or from outside, a private session leaves no file, says so, and has done its work."""
    with running("--private", "--port", "0", temporary=tmp_path) as (process, address, told):
        assert httpx.get(address).status_code == 200
        assert list(tmp_path.rglob("sessions.sqlite")) != []
        process.send_signal(stop)
        assert process.wait(timeout=15) == 0

    assert "deleted when the server stops" in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="needs another operating system")
def test_a_killed_private_session_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    """What a killed session left is deleted once it is not new; a session that runs keeps its folder."""
    with running("--private", "--port", "0", temporary=tmp_path) as (process, _, _):
        process.kill()
        process.wait()
        [left] = tmp_path.iterdir()
        with running("--private", "--port", "0", temporary=tmp_path):
            [runs] = set(tmp_path.iterdir()) - {left}
            _age(left, runs)
            with running("--private", "--port", "0", temporary=tmp_path) as (_, address, _):
                assert not left.exists()
                assert runs.exists()
                assert httpx.get(address).status_code == 200


def _age(*folders: Path) -> None:
    """Let sessions have begun an hour ago."""
    for folder in folders:
        then = time.time() - 3600
        os.utime(folder / FILE, (then, then))


def test_only_own_sessions_are_cleared_away(tmp_path: Path) -> None:
    """A link, a folder without a lease and a folder of another name stay, however old they are."""
    kept = [tmp_path / name for name in ("elsewhere", f"{PREFIX}bare", f"{PREFIX}gone", "studies")]
    for folder in kept:
        folder.mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(kept[0])
    for folder in (kept[0], kept[2], kept[3]):
        (folder / FILE).touch()
        _age(folder)
    sweep(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["elsewhere", f"{PREFIX}bare", f"{PREFIX}link", "studies"]
    )


def test_a_taken_port_is_told_and_the_next_one_used(tmp_path: Path) -> None:
    """Where the wished port is taken, the server listens on a later one and says which."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running("--folder", str(tmp_path / "home"), "--port", str(port), temporary=tmp_path) as (_, address, _):
            assert int(address.rpartition(":")[2].strip("/")) > port
            assert httpx.get(address).status_code == 200


def test_another_address_demands_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a token the server does not listen where others reach it; the refusal says what to do."""
    monkeypatch.delenv("TILLERMAN_TOKEN", raising=False)
    done = RUNNER.invoke(app, ["serve", "--host", "0.0.0.0", "--port", "0", "--folder", str(tmp_path), "--no-browser"])  # noqa: S104

    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        (
            "--host: found '0.0.0.0'; expected an address of this machine only, or a token. Others can reach 0.0.0.0: "
            "name a file with a token by --token-file, or set TILLERMAN_TOKEN."
        )
    ]


@pytest.mark.parametrize("by", ["file", "environment"])
def test_a_token_is_read_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """With a token, pages lead to the login form, and programs come in with name and token."""
    options = ["--folder", str(tmp_path / "home"), "--port", "0"]
    if by == "file":
        (tmp_path / "token").write_text(TOKEN, "utf-8")
        options += ["--token-file", str(tmp_path / "token")]
    else:
        monkeypatch.setenv("TILLERMAN_TOKEN", TOKEN)
    with running(*options, temporary=tmp_path) as (_, address, _):
        assert httpx.get(address).headers["location"] == "/login?after=%2F"
        assert httpx.get(f"{address}api/v1/studies").status_code == 401
        assert httpx.get(f"{address}api/v1/studies", auth=("ada", TOKEN)).status_code == 200


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--private", "--folder", "x"], "--private: found '--folder x'; expected one of them."),
        (["--token-file", "short"], "short, line 1: found 'a token of 3 characters'; expected 16 characters or more."),
        (["--token-file", "missing"], "missing: No such file or directory"),
        (["--host", "no.such.host.invalid"], "--host: found 'no.such.host.invalid'"),
    ],
)
def test_options_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: str) -> None:
    """A mistake in the options is one clear message and code 1 or 2; no server starts and no folder is made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TILLERMAN_TOKEN", raising=False)
    Path("short").write_text("abc", "utf-8")
    done = RUNNER.invoke(app, ["serve", "--no-browser", *options])

    assert done.exit_code in {1, 2}
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["short"]


def test_no_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every port in reach is taken, the message names the way out."""
    from tillerman.cli.commands import serve as module

    monkeypatch.setattr(module, "_PORTS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match="Use --port 0"), module._listening("127.0.0.1", port):
            pass


def test_the_folder_is_for_nobody_elses_eyes(tmp_path: Path) -> None:
    """A folder that the server makes is closed to other users of the machine."""
    with running("--folder", str(tmp_path / "home"), "--port", "0", temporary=tmp_path):
        assert (tmp_path / "home").stat().st_mode & 0o077 == 0
