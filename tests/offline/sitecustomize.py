"""Shuts the network off for a Python process, loopback aside; started by itself in every process the tests start."""

import socket
import sys

_LOOPBACK = ("localhost", "127.", "::1")


class NetworkUsedError(RuntimeError):
    """A test, or a program it started, tried to leave this machine."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every connection and look-up that is not of this machine."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if not isinstance(address, tuple):  # a Unix socket has a path, not a host
            return
        host = address[0]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host not in (None, "", "0.0.0.0", "::") and not str(host).startswith(_LOOPBACK):  # noqa: S104 - compared, not bound
        message = f"{event} to {host!r}: nothing may call the network while tests run; give it a file or localhost"
        raise NetworkUsedError(message)


# An audit hook sees what any library does, in C too, and cannot be taken off again; so it is put on only once.
if not hasattr(socket, "_tillerman_offline"):
    sys.addaudithook(_watch)
    socket._tillerman_offline = True  # type: ignore[attr-defined]
