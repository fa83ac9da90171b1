"""Under which names a server answers: a page from elsewhere whose name is made to point here is sent away."""

from __future__ import annotations

import ipaddress
import socket

from tillerman.web.serving import LOOPBACK, Serving

_WILDCARDS = ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound
_OF_THIS_MACHINE = frozenset({"localhost", LOOPBACK, "::1"})


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def known_hosts(serving: Serving) -> frozenset[str]:
    """The names under which a server answers, without ports: a tunnel may change those."""
    own = {serving.host.casefold(), *map(str.casefold, serving.known_as)}
    if serving.host in _WILDCARDS:
        own.add(socket.gethostname().casefold())
    return _OF_THIS_MACHINE | own - set(_WILDCARDS)


def is_known(header: str, serving: Serving, known: frozenset[str]) -> bool:
    """Tell whether a Host header names this server. A bare address cannot be made to point elsewhere."""
    host = host_of(header)
    return host in known or (serving.host in _WILDCARDS and _is_address(host))


def host_of(header: str) -> str:
    """The name in a Host header, without its port and brackets."""
    name = header.strip().casefold()
    if name.startswith("["):
        address, _, rest = name[1:].partition("]")
        return address if not rest or (rest[0] == ":" and rest[1:].isdigit()) else name
    host, _, port = name.partition(":")
    return host if not port or port.isdecimal() else name


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
