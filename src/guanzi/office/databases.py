"""Where the office keeps what it knows: a file of SQLite, or PostgreSQL by its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

LOCAL = ("", "localhost", "127.0.0.1", "::1")
"""Hosts to which nothing travels by a network."""


def secured(address: str) -> str:
    """An address of PostgreSQL by which passwords and cases travel encrypted, to the server that it names alone.

    What the address itself says of TLS stands. Without a word, a server on another machine must show a certificate for
    its name, from an authority that the machine trusts.
    """
    parts = urlsplit(address)
    given = dict(parse_qsl(parts.query))
    if is_local(unquote(parts.hostname or "") or given.get("host", "")) or "sslmode" in given:
        return address
    given |= {"sslmode": "verify-full", "sslrootcert": given.get("sslrootcert", "system")}
    return urlunsplit(parts._replace(query=urlencode(given)))


def is_local(host: str) -> bool:
    """Whether a database is on this machine: by its own address, or a socket in a folder."""
    return host in LOCAL or host.startswith("/")


def database_from(address: str, file: Path) -> dict[str, Any]:
    """Settings of the database.

    SQLite takes write locks at the beginning of a transaction, so that two writers wait for one another instead of
    failing in the middle, and readers never wait (write-ahead log).

    Args:
        address: ``postgresql://user:password@host:port/name``; empty: SQLite.
        file: File of SQLite.

    Raises:
        ValueError: The address is of another kind.
    """
    if not address:
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            " PRAGMA journal_size_limit=64000000;",  # a large change that was refused leaves no large file
        }
        return {
            "ENGINE": "guanzi.office.sqlite",
            "NAME": file,
            "OPTIONS": options,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "TEST": {"NAME": ":memory:"},  # each process of tests has its own; Django knows that of its own class alone
        }
    parts = urlsplit(secured(address))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"DATABASE_URL: {parts.scheme}: is not postgresql:")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
