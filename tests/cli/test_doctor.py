"""`tillerman doctor`: what is missing is found, and whatever tries to leave the machine is caught."""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tillerman.cli.app import app
from tillerman.cli.doctor import checks
from tillerman.cli.doctor.checks import fonts_in
from tillerman.cli.doctor.offline import TASKS, Task, Watched, watch
from tillerman.cli.doctor.watched import TASKS as DONE
from tillerman.cli.doctor.watched import Watch, stays

RUNNER = CliRunner()
# Tries to leave the machine whenever a country file is opened, and says nothing if that fails: as a library might.
PLANTED = """
import socket, sys
def leave(event, arguments):
    if event == "open" and str(arguments[0]).endswith("country.toml"):
        try:
            with socket.socket() as leaving:
                leaving.settimeout(1)
                leaving.connect(("192.0.2.7", 443))
        except OSError:
            pass
        try:
            socket.getaddrinfo("telemetry.invalid", 443)
        except OSError:
            pass
sys.addaudithook(leave)
"""


def well(folder: Path) -> dict[str, bool]:
    """What was looked at, and whether it is well."""
    return {check.id: check.is_well for check in checks(folder)}


def test_a_whole_installation_is_well(tmp_path: Path) -> None:
    """Here everything is there; the folder for studies need not exist yet."""
    assert set(well(tmp_path / "new" / "home").values()) == {True}


def test_what_is_missing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package, a changed font and a folder that is a file are each not well, and nothing else is."""
    module = sys.modules["tillerman.cli.doctor.checks"]
    monkeypatch.setattr(module, "requires", lambda _: ["numpy>=2", "no-such-package; python_version>'3'"])
    monkeypatch.setattr(module, "_fonts", lambda: fonts_in(tmp_path))
    (tmp_path / "SHA256SUMS").write_text("00  a.ttf\n", "utf-8")
    (tmp_path / "file").write_text("", "utf-8")

    assert [name for name, is_well in well(tmp_path / "file" / "home").items() if not is_well] == [
        "packages",
        "fonts",
        "folder",
    ]


def test_the_screen_says_what_to_do(tmp_path: Path) -> None:
    """Something not well ends with code 1 and a remedy; everything well with code 0."""
    (tmp_path / "file").write_text("", "utf-8")
    bad = RUNNER.invoke(app, ["doctor", "--folder", str(tmp_path / "file" / "home")])
    good = RUNNER.invoke(app, ["doctor", "--folder", str(tmp_path), "--lang", "zh-Hant"])

    assert (bad.exit_code, good.exit_code) == (1, 0)
    assert "or name another with --folder." in bad.stdout
    assert good.stdout.startswith("一切就緒")


def test_nothing_leaves_while_a_file_is_checked() -> None:
    """Checking a country file tries to leave the machine not once."""
    assert watch(("check",)) == Watched((Task("check", ""),), (), (), watch(()).had_no_network)


def test_a_planted_connection_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that calls home and hides it is heard: what it tried, where to, and from which line."""
    (tmp_path / "sitecustomize.py").write_text(PLANTED, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = watch(("check",))

    assert not found.is_well
    assert [task.trouble for task in found.tasks] == [""]
    assert {(attempt.event, attempt.target) for attempt in found.attempts} == {
        ("socket.connect", "192.0.2.7"),
        ("socket.getaddrinfo", "telemetry.invalid"),
    }
    assert all("sitecustomize.py:" in attempt.where for attempt in found.attempts)


def test_the_command_tells_what_was_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --offline the attempts stand on the screen and in JSON, and the code is 1."""
    from tillerman.cli.doctor import offline

    (tmp_path / "sitecustomize.py").write_text(PLANTED, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(offline.watch, "__defaults__", (("check",),))
    shown = RUNNER.invoke(app, ["doctor", "--offline", "--folder", str(tmp_path)])
    printed = RUNNER.invoke(app, ["doctor", "--offline", "--json", "--folder", str(tmp_path)])

    assert (shown.exit_code, printed.exit_code) == (1, 1)
    assert "telemetry.invalid" in " ".join(shown.stdout.split())
    assert {attempt["target"] for attempt in json.loads(printed.stdout)["offline"]["attempts"]} == {
        "192.0.2.7",
        "telemetry.invalid",
    }


def test_work_that_cannot_be_done_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that fails is not well, and says why."""
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['tillerman.exposure'] = None", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = watch(("exposure",))

    assert not found.is_well
    assert "ModuleNotFoundError" in found.tasks[0].trouble


def test_every_way_out_is_watched() -> None:
    """Connecting, sending, looking up and listening elsewhere are refused; this machine's own addresses are not."""
    watch = Watch()
    here, there = ("127.0.0.1", 80), ("192.0.2.7", 80)
    for event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"):
        watch.hear(event, (None, here))
        watch.hear(event, (None, "/run/a.socket"))
        with pytest.raises(ConnectionRefusedError):
            watch.hear(event, (None, there))
    with pytest.raises(ConnectionRefusedError):
        watch.hear("socket.bind", (None, ("0.0.0.0", 80)))  # noqa: S104 - heard, not bound
    with pytest.raises(ConnectionRefusedError):
        watch.hear("socket.getaddrinfo", (b"example.com", 80, 0, 0, 0))
    watch.hear("socket.getaddrinfo", (None, 80, 0, 0, 0))
    watch.hear("subprocess.Popen", ("/bin/true", ["true"], None, None))

    assert len(watch.attempts) == 6
    assert watch.programs == ["/bin/true ['true']"]
    assert [stays(host) for host in ("::1", "127.8.8.8", "localhost", "fe80::1%eth0", "localhost.evil.example")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_tasks_are_the_same_in_both_places() -> None:
    """Whoever asks and whoever does the work mean the same tasks."""
    assert tuple(DONE) == TASKS


@pytest.mark.time_limit(seconds=120, reason="a whole plan, its report, the brief and every page, under watch")
def test_nothing_leaves_the_machine() -> None:
    """The main work is done, nothing tries to leave, and where the system permits there was no network at all."""
    found = watch()

    assert [task for task in found.tasks if task.trouble] == []
    assert found.attempts == ()
    assert found.had_no_network or os.name != "posix" or not Path("/usr/bin/unshare").exists() or _is_forbidden()


def _is_forbidden() -> bool:
    """Tell whether this machine forbids a space of its own to ordinary users."""
    limit = Path("/proc/sys/user/max_user_namespaces")
    return not hasattr(socket, "AF_UNIX") or not limit.exists() or limit.read_text("utf-8").strip() == "0"
