"""Organisations, people, their roles, and tokens with which programs act for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.dispatch import Signal

from guanzi.office.models.numbers import drawn, timely_key
from guanzi.office.models.rows import AccountedRow, AccountedRows
from guanzi.office.roles import Role

rehashed = Signal()
"""Sent with a person whose password was hashed anew on entering, as Django does where the hash was a weaker one."""


class Organisation(AccountedRow):
    """A platform, bureau or committee whose people see one another's cases; nobody sees those of another."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    playbook = models.CharField(max_length=100, default="hefei")


class People(UserManager["Person"]):
    """Everybody who works in the office."""

    use_in_migrations = False

    def get_queryset(self) -> AccountedRows[Person]:
        """Rows whose changes are gathered, with the organisation, which every page names."""
        return AccountedRows[Person](self.model, using=self._db).select_related("organisation")


class Person(AbstractUser, AccountedRow):
    """Somebody who works in the office.

    Attributes:
        name, name_zh: As others read it.
        language: In which pages speak.
        must_change: The password was printed or sent, and lets nobody do anything but change it.
        sessions_ended: How often all sessions of the person were ended at once; a session of before is none any more.
        filters: Saved filters of lists: page -> name -> query of its address.
        human: Number of the account that counts first among the accounts of one human being; None: there is no other.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="people")
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="en")
    must_change = models.BooleanField(default=False)
    sessions_ended = models.PositiveIntegerField(default=0)
    filters = models.JSONField(default=dict)
    human = models.BigIntegerField(null=True, db_index=True)
    FREE = frozenset({"last_login", "language", "filters"})
    is_verified: Callable[[], bool]  # given by the middleware of the second factor
    objects: ClassVar[People] = People()  # type: ignore[assignment]  # narrower than that of every row

    @property
    def employer(self) -> Organisation:
        """The organisation of somebody who has one."""
        if self.organisation is None:
            raise LookupError("this person belongs to no organisation")
        return self.organisation

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password; a weaker hash of the right one is made anew."""

        def anew(raw: str) -> None:
            self.set_password(raw)
            rehashed.send(Person, person=self)

        return check_password(raw_password, self.password, anew)

    def roles(self) -> frozenset[Role]:
        """What the person is in the organisation; read once."""
        found: frozenset[Role] | None = self.__dict__.get("_roles")
        if found is None:
            found = frozenset(Role(held.role) for held in self.held.all())
            self.__dict__["_roles"] = found
        return found

    def get_session_auth_hash(self) -> str:
        """What a session must hold so that it counts; another after a new password, and once sessions were ended."""
        return f"{super().get_session_auth_hash()}{self._ended()}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under secrets of before."""
        for found in super().get_session_auth_fallback_hash():
            yield f"{found}{self._ended()}"

    def _ended(self) -> str:
        return f".{self.sessions_ended}" if self.sessions_ended else ""


class RoleHeld(AccountedRow):
    """A role of a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="held")
    role = models.CharField(max_length=20)

    class Meta:
        """A role is held once."""

        constraints = (models.UniqueConstraint(fields=("person", "role"), name="role_held_once"),)


class PersonChange(AccountedRow):
    """What an administrator asked for of somebody, and a second person confirms or refuses.

    Attributes:
        kind: ``invite``, ``roles``, ``password``, ``device`` (a lost second factor) or ``enter`` (let in again).
        roles: From then on; of ``roles``.
        hash: Of the password for one time that counts once it is confirmed.
        half: Second half of that password, told to whoever confirms and kept no longer; nobody is told both.
        state: ``asked``, ``done`` or ``refused``.
    """

    id = models.BigIntegerField(primary_key=True, default=drawn, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="changes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20)
    roles = models.JSONField(default=list)
    hash = models.CharField(max_length=200, blank=True)
    half = models.CharField(max_length=40, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="asked")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One of a kind waits for a person at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"), condition=models.Q(state="asked"), name="change_waits_once"
            ),
        )


class ApiToken(AccountedRow):
    """A token with which a program acts for a person; only its hash is kept.

    Attributes:
        scopes: Among ``read``, ``write``, ``decide``, ``money``, ``tokens``.
        parent: The token that made it; it falls with it. None: its person made it in the browser.
    """

    id = timely_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    FREE = frozenset({"used_at"})
