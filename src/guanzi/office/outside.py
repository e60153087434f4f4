"""Talking to servers: those that people name only by HTTPS, and in Guanzi's own networks only where it is allowed."""

from __future__ import annotations

import json
import os
import socket
import ssl
from collections.abc import Collection, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from guanzi.base.core import InvalidInput, Message, Place, Problem

ALLOW = "GUANZI_NOTICE_PRIVATE"
"""``1``: private networks and plain HTTP are allowed."""
PATIENCE = 10.0
"""Seconds for each step of a connection."""
LONGEST = 20.0
"""Seconds after which a connection is cut, however slowly its server answers."""
MOST_ANSWER = 1_000_000
"""Bytes of an answer that are read."""
_CARRIER = IPv6Network("64:ff9b::/96")
"""Addresses that stand for those of version 4 (RFC 6052)."""
_GLOBAL = IPv6Network("2000::/3")
"""The only addresses of version 6 that are given out to be reached from everywhere (IANA)."""
_SHUT = (IPv4Network("0.0.0.0/8"), IPv4Network("168.63.129.16/32"))
"""Of version 4: this network, and the address at which a machine rented from Azure reaches what manages it."""


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
    body = json.dumps(content, ensure_ascii=False).encode()
    status, _ = _exchange(_parts(address), "POST", body, {"Content-Type": "application/json"}, _allowed())
    if not 200 <= status < 300:
        raise OSError(f"status {status}")


def fetch(address: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """What a server answers that whoever runs the office names, in whichever network; redirections are not followed.

    Args:
        address: By HTTPS; plain HTTP on this machine alone.
        form: Posted; None: it is asked for by GET.
        headers: Sent as well.

    Raises:
        OSError: It does not answer in time, or refuses, or answers more than :data:`MOST_ANSWER` bytes.
        ValueError: It is no address of such a server.
    """
    if not is_named_server(address):
        raise ValueError("no address of a server")
    body = b"" if form is None else urlencode(form).encode()
    sent = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
    method = "GET" if form is None else "POST"
    status, answer = _exchange(
        urlsplit(address), method, body, {"Accept": "application/json", **sent, **(headers or {})}
    )
    if status != 200 or len(answer) > MOST_ANSWER:
        raise OSError(f"status {status}")
    return answer


def is_named_server(address: str) -> bool:
    """Whether an address can be that of a server that whoever runs the office names.

    >>> [is_named_server(one) for one in ("https://id.example/a", "http://localhost:8080", "http://id.example")]
    [True, True, False]
    """
    try:
        found = _plain(address, ("https", "http"))
    except ValueError:
        return False
    return found.scheme == "https" or found.hostname in ("localhost", "127.0.0.1", "::1")


def _exchange(
    found: SplitResult, method: str, body: bytes, headers: Mapping[str, str], own: bool = True
) -> tuple[int, bytes]:
    """Status and content of an answer, up to one byte more than :data:`MOST_ANSWER`.

    Args:
        found: The parts of the address.
        method: Of the request.
        body: Of the request.
        headers: Of the request.
        own: The server may lie in a network of Guanzi.

    Raises:
        OSError: It does not answer in time, or lies in such a network and may not.
    """
    host, secure = found.hostname or "", found.scheme == "https"
    port = found.port or (443 if secure else 80)
    connection = (HTTPSConnection if secure else HTTPConnection)(host, port, timeout=PATIENCE)
    raw = _connect(host, port, own)
    connection.sock = _secured(raw, host) if secure else raw
    end = Timer(LONGEST, _cut, (connection.sock,))
    end.daemon = True
    end.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = (found.path or "/") + (f"?{found.query}" if found.query else "")
        connection.request(method, path, body, {**headers, "User-Agent": "guanzi"})
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_ANSWER + 1)
    except HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        end.cancel()
        connection.close()


def is_outside(found: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public network, whatever address of version 4 it stands for.

    >>> [is_outside(ip_address(one)) for one in ("8.8.8.8", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False]
    """
    held: list[IPv4Address | IPv6Address] = [found]
    if isinstance(found, IPv6Address):
        held += [one for one in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if one is not None]
        held += [IPv4Address(int(found) & 0xFFFFFFFF)] if found in _CARRIER else []
    return all(map(_is_public, held))


def _is_public(one: IPv4Address | IPv6Address) -> bool:
    """Whether an address by itself is one of the public network."""
    if isinstance(one, IPv6Address):
        stands_for = one.ipv4_mapped is not None or one in _CARRIER
        return stands_for or (one in _GLOBAL and one.is_global)
    return one.is_global and not one.is_multicast and not any(one in network for network in _SHUT)


def _allowed() -> bool:
    return os.environ.get(ALLOW) == "1"


def _parts(address: str) -> SplitResult:
    """The parts of an address.

    Raises:
        ValueError: It is none that is allowed.
    """
    return _plain(address, ("https", "http") if _allowed() else ("https",))


def _plain(address: str, schemes: Collection[str]) -> SplitResult:
    found = urlsplit(address)
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


def _connect(host: str, port: int, own: bool) -> socket.socket:
    """A connection to the first address of a host, once all of its addresses are seen to lie where they may.

    Raises:
        PrivateServer: One of them does not.
        OSError: It has none, or does not answer.
    """
    found = [info[4][:2] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not own and not all(is_outside(ip_address(str(address).partition("%")[0])) for address, _ in found):
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
