"""Identity providers of the house, as ``identity.yaml`` in the folder of the office names them.

The file says by which provider people enter, which of its groups gives which role, what of its answers counts as a
second factor, and whether the passwords of the office still open anything. Without the file they do, and nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Self

from django.conf import settings
from pydantic import Field, model_validator

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import Format, Refusal, parse_yaml, read_text, refused, validate
from guanzi.office.outside import is_named_server
from guanzi.office.roles import Role

FILE = "identity.yaml"
"""Name of the file in the folder of the office."""
_MOST_BYTES = 200_000
_NEEDS = {"openid": ("jwt", "login"), "saml": ("onelogin", "saml")}
"""Protocol -> library, and the extra that brings it."""


class GroupRoles(Format):
    """A group of the provider, and the roles that it gives.

    Attributes:
        group: As the provider names it.
        roles: Of the organisation.
    """

    group: str = Field(min_length=1)
    roles: tuple[str, ...] = Field(min_length=1)


class IdentityProvider(Format):
    """A provider of OpenID Connect or SAML.

    Attributes:
        id: By which addresses of the office name it.
        protocol: ``openid`` or ``saml``.
        name, name_zh: As people read it.
        issuer: As it names itself; of OpenID Connect the address below which its description lies.
        client: As it names the office.
        secret: Of OpenID Connect, what it gave the office.
        sign_in, certificate: Of SAML, the address where people enter, and the certificate of its signatures as PEM.
        organisation: Whose people enter by it.
        groups, username, person: Claims or attributes with the groups of somebody, the name that is proposed for an
            account, and what is the same in all identities of one human being.
        roles: Table of groups; empty: the office gives the roles, and no account is made by entering.
        second_factor: Values of ``amr``, ``acr`` or of the context of SAML that count as a second factor.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    protocol: Literal["openid", "saml"] = "openid"
    name: str = Field(min_length=1, max_length=100)
    name_zh: str = Field(default="", max_length=100)
    issuer: str = Field(max_length=300)
    client: str = Field(min_length=1)
    secret: str = ""
    sign_in: str = ""
    certificate: str = ""
    organisation: str
    groups: str = "groups"
    username: str = "preferred_username"
    person: str = "sub"
    roles: tuple[GroupRoles, ...] = ()
    second_factor: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _can_be_used(self) -> Self:
        wrong: list[Refusal] = []
        address, proof = ("issuer", "secret") if self.protocol == "openid" else ("sign_in", "certificate")
        if not is_named_server(getattr(self, address)):
            wrong.append(((address,), Message.of("office.refused.provider_address"), None))
        if not getattr(self, proof):
            wrong.append(((proof,), Message.of("office.refused.provider_lacks", field=proof), None))
        known = tuple(str(role) for role in Role)
        for n, row in enumerate(self.roles):
            for role in row.roles:
                if role not in known:
                    cause = Message.of("office.refused.group_role", name=role[:100])
                    fix = Message.of("reading.format.choices", choices=known)
                    wrong.append((("roles", n, "roles"), cause, fix))
        if wrong:
            raise refused(*wrong)
        return self

    def roles_of(self, groups: frozenset[str]) -> frozenset[Role]:
        """The roles that groups give."""
        return frozenset(Role(role) for row in self.roles if row.group in groups for role in row.roles)


class IdentityFile(Format):
    """The file.

    Attributes:
        passwords: Whether the passwords of the office still let somebody in.
    """

    format: Literal[1]
    passwords: bool = True
    providers: tuple[IdentityProvider, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        ids = [one.id for one in self.providers]
        twice = [n for n, id in enumerate(ids) if id in ids[:n]]
        if twice:
            raise refused(*((("providers", n, "id"), Message.of("office.refused.provider_twice"), None) for n in twice))
        return self


def providers() -> tuple[IdentityProvider, ...]:
    """The identity providers of the house.

    Raises:
        InvalidInput: Everything that is wrong with the file.
    """
    found = _file()
    return () if found is None else found.providers


def provider_called(id: str) -> IdentityProvider | None:
    """An identity provider by its id; None: there is none."""
    return next((one for one in providers() if one.id == id), None)


def takes_passwords() -> bool:
    """Whether the passwords of the office let somebody in.

    Raises:
        InvalidInput: Everything that is wrong with the file.
    """
    found = _file()
    return found is None or found.passwords


def _file() -> IdentityFile | None:
    path = settings.DATA / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=4)
def _read(path: Path, written: int) -> IdentityFile:
    """The file as it was written at a time."""
    found = validate(IdentityFile, parse_yaml(read_text(path, FILE, most=_MOST_BYTES)))
    id, needed = "office.refused.login_extra", {_NEEDS[one.protocol] for one in found.providers}
    lacking = sorted(extra for library, extra in needed if find_spec(library) is None)
    if lacking:
        raise InvalidInput(
            [Problem(Message.of(id, name=one), Place(FILE), Message.of(f"{id}.mend", name=one)) for one in lacking]
        )
    return found
