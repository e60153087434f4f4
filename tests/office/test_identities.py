"""Entering by an identity provider of the house: what is proven opens one account, and everything else nothing."""

import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.office.conftest import PASSWORD
from tests.office.identity_provider import CLIENT, SECRET, WAY_COOKIE, Provider
from tests.office.tiedcase import SLUG
from tests.sampling import taken

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import account_for_office, office_log, signing_key
from guanzi.office.models import ActionRun, GuessCount, Identity, Person, PersonChange
from guanzi.office.people.foureyes import may_confirm
from guanzi.office.people.providers import FILE, providers
from guanzi.office.roles import Role

TABLE = [
    {"group": "analysts", "roles": ["analyst"]},
    {"group": "leads", "roles": ["lead", "analyst"]},
    {"group": "chairs", "roles": ["chair"]},
]
ANN = {"sub": "ann-1", "preferred_username": "Ann.Lee@city.example", "name": "Ann Lee", "groups": ["analysts"]}


@pytest.fixture
def provider():
    cache.clear()
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def other():
    made = Provider()
    yield made
    made.close()


def written(*some, passwords=True, **more):
    """Name providers in the file of the office."""
    rows = [
        {"id": f"p{n}", "name": f"Directory {n}", "issuer": one.issuer, "client": CLIENT, "secret": SECRET,
         "organisation": "city", "roles": TABLE, "second_factor": ["mfa", "high"], **more}
        for n, one in enumerate(some)
    ]  # fmt: skip
    path = settings.DATA / FILE
    path.write_text(json.dumps({"format": 1, "passwords": passwords, "providers": rows}), "utf-8")


@pytest.fixture
def house(office, provider, settings):
    settings.ADDRESS = "http://testserver"
    provider.person = dict(ANN)
    written(provider)
    return provider


def go(client, number=0, target="/account/"):
    """Where the office sends a browser."""
    return client.get(f"/enter/by/p{number}/", {"next": target})["Location"]


def come(client, provider, number=0, **changed):
    """Enter: there and back, with changes of what the browser brings."""
    brought = provider.authorise(go(client, number)) | changed
    brought = {name: value for name, value in brought.items() if value is not None}
    return client.get(f"/enter/by/p{number}/back/", brought)


def who(client):
    return Person.objects.filter(pk=client.session.get(SESSION_KEY)).first()


def entered(provider, **person):
    """Who enters in a browser of his own as somebody at the provider."""
    provider.person = {**ANN, **person}
    client = Client()
    answer = come(client, provider)
    return who(client) if answer.status_code == 302 else answer


def connect_by(name, house):
    """Let somebody connect his account with the identity with which he is in at the provider."""
    client = Client()
    client.post("/enter/", {"username": name, "password": PASSWORD})
    page = client.post("/account/connect/p0/")
    address = page.content.decode().partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get("/enter/by/p0/back/", house.authorise(address)).status_code == 302


# Entering


def test_a_newcomer_is_given_an_account_with_the_roles_of_his_groups(house, client):
    answer = come(client, house)
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    ann = who(client)
    assert (ann.username, ann.name, ann.organisation.slug, ann.roles()) == (
        "ann-lee",
        "Ann Lee",
        "city",
        {Role.ANALYST},
    )
    assert not ann.has_usable_password()
    assert client.get("/").status_code == 200
    assert client.cookies[WAY_COOKIE].value == ""


def test_the_same_identity_opens_the_same_account_whatever_its_names_are(house):
    first = entered(house)
    runs = ActionRun.objects.count()
    assert entered(house, preferred_username="lead", name="Another", email="city-lead@city.example") == first
    assert ActionRun.objects.count() == runs


def test_the_log_accounts_for_what_entering_changes(house):
    account_for_office()
    entered(house)
    entered(house, groups=["leads"])
    assert list(wrong_rows(office_log(), signing_key())) == []
    Identity.objects.update(subject="somebody else")
    assert [row.table for row in wrong_rows(office_log(), signing_key())] == ["office.identity"]


def test_a_role_that_decides_waits_for_a_second_person_and_one_that_is_gone_goes_at_once(office, house):
    ann = entered(house, groups=["leads", "chairs"])
    assert ann.roles() == {Role.ANALYST}
    change = PersonChange.objects.get(person=ann)
    assert set(change.roles) == {"lead", "chair", "analyst"}
    assert not may_confirm(ann, change)
    assert entered(house, groups=["leads", "chairs"]) == ann
    assert PersonChange.objects.get(person=ann, state="asked").pk == change.pk
    perform(office.auditor, "person.confirm_change", {"change": change.pk}, "confirm")
    assert Person.objects.get(pk=ann.pk).roles() == {Role.LEAD, Role.CHAIR, Role.ANALYST}
    assert entered(house, groups=["chairs"]).roles() == {Role.CHAIR}
    assert entered(house, groups=[]).roles() == set()


def test_a_change_that_waits_ends_when_the_groups_say_otherwise(house):
    ann = entered(house, groups=["leads", "analysts"])
    entered(house, groups=["analysts"])
    assert [one.state for one in PersonChange.objects.filter(person=ann)] == ["refused"]


def test_whoever_was_shut_out_stays_so(house):
    ann = entered(house)
    Person.objects.filter(pk=ann.pk).update(is_active=False)
    assert entered(house).status_code == 403


def test_nobody_enters_without_a_role_or_under_a_name_that_is_none(house):
    assert entered(house, groups=["others"]).status_code == 403
    assert entered(house, sub="x", preferred_username="李").status_code == 403
    assert not Identity.objects.exists()


# Second factor


@pytest.mark.parametrize(("claim", "value"), [("amr", ["pwd", "mfa"]), ("acr", "high")])
def test_a_second_factor_at_the_provider_counts(house, client, settings, claim, value):
    settings.SECOND_FACTOR = True
    house.person[claim] = value
    come(client, house)
    assert client.get("/cases/").status_code == 200


@pytest.mark.parametrize("shown", [{}, {"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "low"}])
def test_without_one_the_office_asks_for_its_own(house, client, settings, shown):
    settings.SECOND_FACTOR = True
    house.person |= shown
    come(client, house)
    assert client.get("/cases/")["Location"] == "/account/"


def test_whoever_has_a_device_gives_its_number_where_the_provider_shows_no_second_factor(house, client):
    ann = entered(house)
    device = TOTPDevice.objects.create(user=ann, name="phone", confirmed=True)
    answer = come(client, house)
    assert answer["Location"] == "/enter/number/"
    assert who(client) is None
    assert client.get("/cases/").status_code == 302
    assert client.post("/enter/number/", {"token": "000000"}).status_code == 401
    assert who(client) is None
    number = f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06}"
    assert client.post("/enter/number/", {"token": number})["Location"] == "/account/"
    assert who(client) == ann
    assert Client().get("/enter/number/")["Location"] == "/enter/"


def test_time_counts_from_the_entering_at_the_provider(house, client, office):
    house.person["auth_time"] = int(time.time()) - 800
    come(client, house)
    assert client.session["entered"] == house.person["auth_time"]
    session = client.session
    session["entered"] -= 200
    session.save()
    assert client.post("/account/connect/p0/").status_code == 403


# Attacks


def attacked(house, client, office):
    """Nobody is in, and nobody was made."""
    return who(client) is None and not Identity.objects.exists()


NOW = int(time.time())
FALSE_CLAIMS = {
    "of another issuer": {"iss": "https://evil.example"},
    "without issuer": {"iss": None},
    "for another office": {"aud": "another"},
    "for several, and given to another": {"aud": [CLIENT, "another"], "azp": "another"},
    "for several, and given to nobody": {"aud": [CLIENT, "another"]},
    "given to another": {"azp": "another"},
    "expired": {"exp": NOW - 600},
    "without end": {"exp": None},
    "of the future": {"iat": NOW + 3600},
    "of another way": {"nonce": "another"},
    "of no way": {"nonce": None},
    "entered long ago": {"auth_time": NOW - 7200},
    "entered in the future": {"auth_time": NOW + 7200},
    "entered nobody knows when": {"auth_time": None},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of too long a name": {"sub": "x" * 300},
}


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_token_that_is_false_opens_nothing(house, client, office, name):
    house.changed = FALSE_CLAIMS[name]
    assert come(client, house).status_code == 401
    assert attacked(house, client, office)


def test_a_token_signed_by_no_key_of_the_provider_opens_nothing(house, client, office):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = house.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signs = [
        (None, "none", {}),
        (stranger, "RS256", {}),
        (stranger, "RS256", {"kid": "second"}),
        (stranger, "RS256", {"jwk": {"kty": "RSA"}, "jku": f"{house.issuer}/evil"}),
        (SECRET.encode(), "HS256", {}),
        (public, "HS256", {}),
    ]
    for key, algorithm, head in signs:
        house.signs, house.head = (key, algorithm), head
        assert come(client, house).status_code == 401, algorithm
    assert attacked(house, client, office)
    assert "/evil" not in house.asked


def test_the_state_of_another_way_or_browser_opens_nothing(house, client, office):
    brought = house.authorise(go(client))
    assert Client().get("/enter/by/p0/back/", brought).status_code == 401  # a link that somebody was sent
    stranger = Client()
    go(stranger)
    assert stranger.get("/enter/by/p0/back/", brought).status_code == 401
    assert come(client, house, state="another").status_code == 401
    assert come(client, house, state=None).status_code == 401
    client.cookies[WAY_COOKIE] = "forged"
    assert client.get("/enter/by/p0/back/", brought).status_code == 401
    assert attacked(house, client, office)


def test_the_answer_of_another_provider_opens_nothing(house, other, client, office):
    """Mix-up: the browser went to an honest provider, and another one answers, or the other way round."""
    other.person = dict(ANN)
    written(house, other)
    brought = house.authorise(go(client, 0))
    assert client.get("/enter/by/p1/back/", brought).status_code == 401
    assert come(client, house, iss=other.issuer).status_code == 401
    house.described = {"authorization_response_iss_parameter_supported": True}
    cache.clear()
    assert come(client, house, iss=None).status_code == 401
    other.changed = {"iss": house.issuer}
    assert come(client, other, 1).status_code == 401
    assert "/token" not in house.asked[:3]
    assert attacked(house, client, office)


def test_a_description_of_another_provider_or_with_bare_addresses_is_not_used(house, other, client, office):
    for described in ({"issuer": other.issuer}, {"token_endpoint": "http://10.0.0.1/token"}, {"jwks_uri": "file:///x"}):
        house.described = described
        cache.clear()
        assert client.get("/enter/by/p0/").status_code == 503


def test_a_code_that_was_used_or_refused_opens_nothing(house, client, office):
    brought = house.authorise(go(client))
    assert client.get("/enter/by/p0/back/", brought).status_code == 302
    again = Client()
    again.cookies[WAY_COOKIE] = ""
    assert again.get("/enter/by/p0/back/", brought).status_code == 401
    brought = house.authorise(go(again)) | {"code": "stolen"}
    assert again.get("/enter/by/p0/back/", brought).status_code == 503
    assert come(again, house, code=None, error="access_denied").status_code == 401
    assert who(again) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", "none"])
def test_no_link_of_another_site_lets_anybody_in(house, client, office, site):
    """Whoever is in at the provider would be in here without having asked for it."""
    answer = client.get("/enter/by/p0/", {"next": "/account/"}, headers={"Sec-Fetch-Site": site})
    own = site in ("same-origin", "none")
    assert answer["Location"].startswith(f"{house.issuer}/authorize?" if own else "/enter/?next=/account/")
    assert (WAY_COOKIE in client.cookies) is own


def test_a_way_takes_ten_minutes_at_most(house, client, office, monkeypatch):
    address = go(client)
    real = time.time
    monkeypatch.setattr("django.core.signing.time.time", lambda: real() + 601)
    assert client.get("/enter/by/p0/back/", house.authorise(address)).status_code == 401


def test_a_provider_that_is_dead_says_so_and_passwords_go_on(house, client, office):
    house.dead = True
    cache.clear()
    assert client.get("/enter/by/p0/").status_code == 503
    assert client.post("/enter/", {"username": "city-lead", "password": PASSWORD}).status_code == 302


def test_a_provider_that_does_not_answer_is_asked_once_in_a_while(house, client, office):
    house.dead = True
    assert {client.get("/enter/by/p0/").status_code for _ in range(5)} == {503}
    assert len(house.asked) == 1


ODD = (True, -1, 10**400, float("inf"), "", "x", "\0", "\ud800", [], [[5]], {}, {"a": 1})
"""What no honest provider sends."""


def odd_answers(house):
    """Every field of what a provider sends with something odd in it, and whether it proves who enters."""
    (key,) = house.answer("/jwks", {}, {})[1]["keys"]
    for odd in ODD:
        for field in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"):
            yield {"described": {field: odd}}, True
        for path in ("/.well-known/openid-configuration", "/jwks", "/token"):
            yield {"answers": {path: odd}}, True
        for answer in ({"keys": odd}, *({"keys": [key | {field: odd}]} for field in ("kty", "n", "e", "kid", "use"))):
            yield {"answers": {"/jwks": answer}}, True
        yield {"answers": {"/token": {"id_token": odd}}}, True
        yield {"head": {"alg": odd}}, True
        yield {"head": {"kid": odd}}, True
        for field in ("iss", "sub", "aud", "exp", "nonce", "auth_time", "azp"):
            yield {"changed": {field: odd}}, (field, odd) not in (("sub", "x"), ("exp", 10**400))
        for field in ("iat", "amr", "acr", "groups", "name", "preferred_username", "nbf", "jti"):
            yield {"changed": {field: odd}}, False


def test_whatever_a_provider_sends_is_refused_in_words_and_no_error_of_the_office(house, office):
    house.signs = (house.key, "of any shape")
    assert entered(house).username == "ann-lee"
    Identity.objects.all().delete()
    every, wrong = list(odd_answers(house)), []
    tried = [every[n] for n in taken(range(len(every)), 4)]
    for changes, proves in tried:
        cache.clear()
        GuessCount.objects.all().delete()
        for name, value in ({"described": {}, "answers": {}, "head": {}, "changed": {}} | changes).items():
            setattr(house, name, value)
        client = Client(raise_request_exception=False)
        begun = client.get("/enter/by/p0/")
        answer = begun if begun.status_code != 302 else come(client, house)
        if answer.status_code not in (302, 401, 403, 503) or (proves and who(client) is not None):
            wrong.append((changes, answer.status_code))
    assert wrong == []
    assert len(tried) > 60


def test_new_keys_of_a_provider_are_asked_for(house, client, office):
    come(client, house)
    house.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    house.signs, house.kid = (house.key, "RS256"), "second"
    again = Client()
    come(again, house)
    assert who(again) == who(client) is not None


def test_nobody_is_sent_elsewhere_after_entering(house, client, office):
    brought = house.authorise(go(client, target="https://evil.example/"))
    assert client.get("/enter/by/p0/back/", brought)["Location"] == "/"


# Whose account


@pytest.mark.parametrize("verified", [False, True])
def test_no_name_and_no_mail_address_opens_an_account_of_the_office(house, office, verified):
    office.lead.email = "lead@city.example"
    office.lead.save()
    claims = {"email": "lead@city.example", "email_verified": verified, "preferred_username": "city-lead"}
    assert entered(house, sub="evil", **claims).status_code == 403
    assert not Identity.objects.exists()


def test_somebody_connects_his_own_account_and_enters_by_it(house, office, client):
    client.post("/enter/", {"username": "city-analyst", "password": PASSWORD})
    page = client.post("/account/connect/p0/")
    address = page.content.decode().partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    answer = client.get("/enter/by/p0/back/", house.authorise(address))
    assert answer["Location"] == "/account/"
    assert Identity.objects.get().person == office.analyst
    assert entered(house) == office.analyst
    assert house.issuer in client.get("/account/").content.decode()


def test_a_way_of_connecting_counts_for_its_person_alone(house, office, client):
    client.post("/enter/", {"username": "city-analyst", "password": PASSWORD})
    page = client.post("/account/connect/p0/")
    address = page.content.decode().partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    client.post("/enter/", {"username": "city-chair", "password": PASSWORD})
    assert client.get("/enter/by/p0/back/", house.authorise(address)).status_code == 401
    assert not Identity.objects.exists()
    assert client.get("/account/connect/p0/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office.analyst)
    assert strict.post("/account/connect/p0/").status_code == 403


def test_whoever_has_a_password_alone_connects_nothing_where_a_second_factor_is_asked(house, office, client, settings):
    settings.SECOND_FACTOR = True
    client.post("/enter/", {"username": "city-analyst", "password": PASSWORD})
    assert client.post("/account/connect/p0/").status_code == 403
    assert WAY_COOKIE not in client.cookies


@pytest.mark.parametrize("kind", ["password", "device"])
def test_what_somebody_connected_by_a_password_that_he_knew_falls_with_it(house, office, kind):
    written(house, roles=[])
    connect_by("city-analyst", house)
    asked = perform(office.administrator, f"person.reset_{kind}", {"username": "city-analyst"}, "reset").answer
    perform(office.auditor, "person.confirm_change", {"change": asked["change"]}, "confirm")
    assert not Identity.objects.exists()


def test_a_provider_of_another_organisation_opens_and_connects_nothing_here(house, office, client):
    written(house, organisation="another")
    client.post("/enter/", {"username": "city-analyst", "password": PASSWORD})
    page = client.post("/account/connect/p0/")
    address = page.content.decode().partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get("/enter/by/p0/back/", house.authorise(address)).status_code == 403
    assert entered(house).status_code == 403
    assert not Identity.objects.exists()


def test_whoever_sits_for_a_company_connects_nothing(house, office):
    guest = Person(username="company1_x", name="Guest")
    guest.set_password(PASSWORD)
    guest.save()
    client = Client()
    client.post("/enter/", {"username": "company1_x", "password": PASSWORD})
    page = client.post("/account/connect/p0/").content.decode()
    address = page.partition('class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get("/enter/by/p0/back/", house.authorise(address)).status_code == 403
    assert "/account/connect/" not in client.get("/account/").content.decode()
    assert not Identity.objects.exists()


def test_an_identity_is_taken_away_only_from_whoever_has_a_password(house, office):
    ann = entered(house)
    with pytest.raises(InvalidInput):
        perform(ann, "identity.remove", {"id": Identity.objects.get().pk}, "remove")
    Person.objects.filter(pk=ann.pk).update(password=office.lead.password)
    with pytest.raises(InvalidInput):
        perform(office.lead, "identity.remove", {"id": Identity.objects.get().pk}, "not his")
    perform(ann, "identity.remove", {"id": Identity.objects.get().pk}, "remove 2")
    assert not Identity.objects.exists()


# Passwords


def test_passwords_of_the_office_can_be_shut(house, office, client):
    written(house, passwords=False)
    answer = client.post("/enter/", {"username": "city-lead", "password": PASSWORD})
    assert answer.status_code == 403
    assert who(client) is None
    assert 'name="password"' not in client.get("/enter/").content.decode()
    come(client, house)
    assert who(client) is not None


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"issuer": "http://id.city.example"}, "issuer"),
        ({"roles": [{"group": "x", "roles": ["king"]}]}, "roles.0.roles"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_place(house, changed, place):
    written(house, **changed)
    with pytest.raises(InvalidInput) as refused:
        providers()
    assert refused.value.problems[0].place.field == f"providers.0.{place}"


# One human being with two accounts


def two_accounts(office, house, first, second):
    """Let an identity connect two accounts of one human being."""
    for name in (first, second):
        connect_by(name, house)
    return [Person.objects.get(username=name) for name in (first, second)]


def test_the_same_claim_of_two_identities_makes_their_accounts_one(house):
    written(house, person="employee")
    first = entered(house, sub="ann-1", employee="007")
    second = entered(house, sub="ann-2", employee="007", preferred_username="ann-admin")
    third = entered(house, sub="bob-1", employee="008", preferred_username="bob")
    assert Person.objects.get(pk=first.pk).human == Person.objects.get(pk=second.pk).human == first.pk
    assert Person.objects.get(pk=third.pk).human is None


def test_two_accounts_of_one_human_being_are_no_two_people_for_roles_and_passwords(office, house):
    written(house, roles=[])
    chair, administrator = two_accounts(office, house, "city-chair", "city-administrator")
    with pytest.raises(InvalidInput):
        perform(administrator, "person.reset_password", {"username": "city-chair"}, "of himself")
    asked = perform(administrator, "person.reset_password", {"username": "city-lead"}, "reset").answer
    with pytest.raises(InvalidInput):
        perform(chair, "person.confirm_change", {"change": asked["change"]}, "confirm")
    perform(office.auditor, "person.confirm_change", {"change": asked["change"]}, "confirm")


def test_what_two_accounts_did_in_a_case_counts_once_and_only_the_first_goes_on(committee, house):
    office = committee
    written(house, roles=[])
    for name in ("member", "member2"):
        asked = {"case": SLUG, "has_interest": False}
        perform(office.people[name], "interest.declare", asked, f"declare {name}")
    first, second = two_accounts(office, house, "city-member", "city-member2")
    perform(first, "interest.declare", {"case": SLUG, "has_interest": False}, "again 1")
    with pytest.raises(NotThere):
        perform(second, "interest.declare", {"case": SLUG, "has_interest": False}, "again 2")


def test_a_second_account_that_did_nothing_in_a_case_cannot_begin_to(committee, house):
    office = committee
    written(house, roles=[])
    chair, finance = two_accounts(office, house, "city-chair", "city-finance")
    perform(chair, "interest.declare", {"case": SLUG, "has_interest": False}, "first")
    with pytest.raises(Forbidden):
        perform(finance, "interest.declare", {"case": SLUG, "has_interest": False}, "second")


def test_an_interest_of_one_account_is_one_of_all(committee, house):
    office = committee
    written(house, roles=[])
    auditor, finance = two_accounts(office, house, "city-auditor", "city-finance")
    perform(finance, "interest.declare", {"case": SLUG, "has_interest": True, "words": "a brother"}, "declare")
    with pytest.raises(NotThere):
        perform(auditor, "interest.declare", {"case": SLUG, "has_interest": False}, "see it")
