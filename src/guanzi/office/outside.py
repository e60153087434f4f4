"""Talking to servers that people name: only by HTTPS, and to none of Guanzi's own networks unless it is allowed."""

from __future__ import annotations

import json
import os
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from guanzi.base.core import InvalidInput, Message, Place, Problem

ALLOW = "GUANZI_NOTICE_PRIVATE"
"""``1``: private networks and plain HTTP are allowed."""
PATIENCE = 10.0
"""Seconds for each step of a connection."""
LONGEST = 20.0
"""Seconds after which a connection is cut, however slowly its server answers."""
_CARRIER = IPv6Network("64:ff9b::/96")
"""Addresses that stand for those of version 4 (RFC 6052)."""
_THIS = IPv4Network("0.0.0.0/8")


class PrivateServer(OSError):
    """The server lies in a network of Guanzi."""


def require_address(address: str, place: str) -> None:
    """See that an address can be that of a server outside; its name is looked up only when it is used.

    Raises:
        InvalidInput: It is no HTTPS address, holds a password, or names a server of Guanzi.
    """
    try:
        found = _parts(address)
        own = _is_own(found.hostname or "")
    except ValueError:
        raise InvalidInput(Problem(Message.of("office.refused.notice_address"), Place(place))) from None
    if own and not _allowed():
        raise InvalidInput(Problem(Message.of("office.refused.notice_private"), Place(place)))


def post(address: str, content: Mapping[str, Any]) -> None:
    """Post JSON to a server; redirections are not followed, and its name is looked up once.

    Raises:
        PrivateServer: It lies in a network of Guanzi.
        OSError: It does not answer in time, or refuses.
        ValueError: It is no address of a server.
    """
    found = _parts(address)
    host, secure = found.hostname or "", found.scheme == "https"
    port = found.port or (443 if secure else 80)
    connection = (HTTPSConnection if secure else HTTPConnection)(host, port, timeout=PATIENCE)
    raw = _connect(host, port)
    connection.sock = _secured(raw, host) if secure else raw
    end = Timer(LONGEST, _cut, (connection.sock,))
    end.daemon = True
    end.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = (found.path or "/") + (f"?{found.query}" if found.query else "")
        body = json.dumps(content, ensure_ascii=False).encode()
        connection.request("POST", path, body, {"Content-Type": "application/json", "User-Agent": "guanzi"})
        status = connection.getresponse().status
    except HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        end.cancel()
        connection.close()
    if not 200 <= status < 300:
        raise OSError(f"status {status}")


def is_outside(found: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public network, whatever address of version 4 it stands for.

    >>> [is_outside(ip_address(one)) for one in ("8.8.8.8", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    held: list[IPv4Address | IPv6Address] = [found]
    if isinstance(found, IPv6Address):
        held += [one for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if one is not None]
        held += [IPv4Address(int(found) & 0xFFFFFFFF)] if found in _CARRIER else []
    return all(one.is_global and not one.is_multicast and not (one.version == 4 and one in _THIS) for one in held)


def _allowed() -> bool:
    return os.environ.get(ALLOW) == "1"


def _parts(address: str) -> SplitResult:
    """The parts of an address.

    Raises:
        ValueError: It is none that is allowed.
    """
    found = urlsplit(address)
    schemes = ("https", "http") if _allowed() else ("https",)
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or found.scheme not in schemes or not found.hostname or found.username is not None or found.port == 0:
        raise ValueError("no address of a server")
    return found


def _is_own(host: str) -> bool:
    """Whether a host names the house by itself; resolvers take short and hexadecimal numbers as well."""
    try:
        return not is_outside(ip_address(host))
    except ValueError:
        pass
    try:
        return not is_outside(IPv4Address(socket.inet_aton(host)))
    except OSError:
        return host.removesuffix(".").endswith("localhost")


def _connect(host: str, port: int) -> socket.socket:
    """A connection to the first address of a host, once all of its addresses are seen to lie outside.

    Raises:
        PrivateServer: One of them does not.
        OSError: It has none, or does not answer.
    """
    found = [info[4][:2] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not _allowed() and not all(is_outside(ip_address(str(address).partition("%")[0])) for address, _ in found):
        raise PrivateServer("the server lies in a network of Guanzi")
    address, number = found[0]
    return socket.create_connection((str(address), int(number)), PATIENCE)


def _secured(raw: socket.socket, host: str) -> ssl.SSLSocket:
    """A connection that will be held to the certificate of a host."""
    context = ssl.create_default_context()
    return context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)


def _cut(held: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(held, socket.SHUT_RDWR)
