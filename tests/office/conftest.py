"""An office of its own for every test, with people of all roles."""

from dataclasses import replace
from functools import lru_cache

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from pydantic import TypeAdapter
from tests.office.once import begin, played_once
from tests.office.tables import Tables

from guanzi.office.actions import framework, load_actions
from guanzi.office.auditlog.log import prepare_log
from guanzi.office.cases import contents, drafts
from guanzi.office.models import Organisation, Person, RoleHeld
from guanzi.office.roles import Role

PASSWORD = "a password of its own"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The folder of the office: key of the log and laid-out cases."""
    monkeypatch.setattr(settings, "DATA", tmp_path / "office")
    monkeypatch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
    (tmp_path / "office").mkdir()
    cache.clear()  # people of one test have the numbers of another's, and requests are counted by them
    return tmp_path / "office"


@pytest.fixture(scope="session")
def django_db_setup(request, tmp_path_factory, django_db_blocker):
    """The database of the tests."""
    held = Tables(tmp_path_factory.getbasetemp())
    with django_db_blocker.unblock():
        held.into_memory(lambda: request.getfixturevalue("django_db_setup"))
    return held


@pytest.fixture(scope="session")
def tables(django_db_setup):
    """The tables of a new office, for one in a folder and a process of its own."""
    return django_db_setup


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Where the folders of what is played once are kept."""
    return tmp_path_factory.mktemp("played")


@pytest.fixture(autouse=True)
def staged(request, folder, shelf):
    """What a test begins with; see :mod:`tests.office.once`."""
    yield from begin(request, folder, shelf)


@played_once
def office(db, folder):
    """An organisation with a person for every role, named after it."""
    load_actions()
    prepare_log()
    return Office.make("city")


@played_once
def committee(office):
    """The office with a case at the door of the committee."""
    from tests.office.committee import prepared

    prepared(office)
    return office


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The machines that run these tests are shared: a term sheet or a case that is read slowly is no failure."""
    monkeypatch.setattr(drafts, "CEILINGS", replace(drafts.CEILINGS, seconds=300.0))
    monkeypatch.setattr(contents, "_READING", replace(contents._READING, seconds=300.0))


@pytest.fixture(autouse=True)
def typed_answers(monkeypatch):
    """Whatever a test does, what an action answers is what its type says, in its order and nothing more."""
    real, shape = framework._do, lru_cache(TypeAdapter)

    def done(log, by, what, asked):
        found = real(log, by, what, asked)
        held = shape(what.answers).validate_python(found.answer, strict=True, extra="forbid")
        assert list(held.items()) == list(found.answer.items()), what.id
        return found

    monkeypatch.setattr(framework, "_do", done)


class Office:
    """An organisation and its people."""

    def __init__(self, organisation, people):
        self.organisation = organisation
        self.people = people

    @classmethod
    def make(cls, slug):
        """An organisation with one person a role; a second member is ``member2`` and so on."""
        organisation = Organisation.objects.create(slug=slug, name=slug.title(), name_zh="市")
        names = [*(str(role) for role in Role), "member2", "member3", "member4", "member5", "analyst2"]
        people, hash = {}, make_password(PASSWORD)  # one for all: outside these tests it takes half a second
        for name in names:
            named = {"username": f"{slug}-{name}", "name": name.title()}
            person = Person.objects.create(**named, password=hash, organisation=organisation)
            RoleHeld.objects.create(person=person, role=name.rstrip("2345"))
            people[name] = person
        return cls(organisation, people)

    def __getattr__(self, name):
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None
