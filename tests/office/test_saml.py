"""Entering by SAML: a response opens an account only if it is whole, and an answer to this browser."""

import base64
import json
import secrets
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings as held
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from lxml import etree
from tests.office.identity_provider import WAY_COOKIE

from guanzi.office.models import Identity, Person
from guanzi.office.people.providers import FILE

saml = pytest.importorskip("onelogin.saml2.utils")

ISSUER, OFFICE, BACK = "https://id.example/saml", "guanzi-office", "http://testserver/enter/by/city/back/"
XML = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r{id}" Version="2.0" IssueInstant="{now}"
 Destination="{destination}" InResponseTo="{answers}"><saml:Issuer>{issuer}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_a{id}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer>
<saml:Subject><saml:NameID>{subject}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="{recipient}" InResponseTo="{confirms}"/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{begin}" NotOnOrAfter="{end}">{audience}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{entered}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>
<saml:Attribute Name="uid"><saml:AttributeValue>ann</saml:AttributeValue></saml:Attribute>
<saml:Attribute Name="groups"><saml:AttributeValue>analysts</saml:AttributeValue></saml:Attribute>
</saml:AttributeStatement></saml:Assertion></samlp:Response>"""
MFA = "https://refeds.org/profile/mfa"


def told(minutes=0.0):
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def meant_for(office):
    return f"<saml:AudienceRestriction><saml:Audience>{office}</saml:Audience></saml:AudienceRestriction>"


class SamlProvider:
    """A key with its certificate, and the responses that it signs."""

    def __init__(self):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "id.example")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=9))
        self.certificate = made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
        self.key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def response(self, request, signed=True, **changed):
        """A response to a request, signed in its assertion."""
        fields = {
            "id": secrets.token_hex(8), "now": told(), "begin": told(-2), "end": told(5), "entered": told(),
            "issuer": ISSUER, "answers": request, "confirms": request, "destination": BACK, "recipient": BACK,
            "subject": "ann-1", "audience": meant_for(OFFICE), "context": "password",
        }  # fmt: skip
        read = etree.fromstring(XML.format(**fields | changed))
        if not signed:
            return etree.tostring(read)
        (assertion,) = read.iterfind("{*}Assertion")
        made = saml.OneLogin_Saml2_Utils.add_sign(etree.tostring(assertion), self.key, self.certificate)
        read.replace(assertion, etree.fromstring(made))
        return etree.tostring(read)


@pytest.fixture
def house(office, settings):
    settings.ADDRESS = "http://testserver"
    cache.clear()
    made = SamlProvider()
    row = {"id": "city", "protocol": "saml", "name": "City", "issuer": ISSUER, "client": OFFICE, "username": "uid",
           "sign_in": "https://id.example/sso?x=1", "certificate": made.certificate, "organisation": "city",
           "second_factor": [MFA], "roles": [{"group": "analysts", "roles": ["analyst"]}]}  # fmt: skip
    (held.DATA / FILE).write_text(json.dumps({"format": 1, "providers": [row]}), "utf-8")
    return made


def go(client):
    """The number of the request with which a browser is sent away."""
    address = client.get("/enter/by/city/")["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert asked["x"] == ["1"]
    read = etree.fromstring(zlib.decompress(base64.b64decode(asked["SAMLRequest"][0]), -15))
    assert read.get("AssertionConsumerServiceURL") == BACK
    return read.get("ID")


def come(client, response, **more):
    return client.post("/enter/by/city/back/", {"SAMLResponse": base64.b64encode(response).decode(), "again": 1} | more)


def who(client):
    return Person.objects.filter(pk=client.session.get(SESSION_KEY)).first()


def test_somebody_enters_and_the_page_of_the_provider_needs_no_cookie(house, client):
    request = go(client)
    response = house.response(request)
    page = Client(enforce_csrf_checks=True).post(
        "/enter/by/city/back/", {"SAMLResponse": base64.b64encode(response).decode()}
    )
    assert "data-go-on" in page.content.decode()
    assert come(client, response)["Location"] == "/"
    ann = who(client)
    assert (ann.username, {str(role) for role in ann.roles()}) == ("ann", {"analyst"})
    assert client.session["factor"] is False
    again = Client()
    come(again, house.response(go(again), context=MFA))
    assert who(again) == ann
    assert again.session["factor"] is True


FALSE = {
    "for another office": {"audience": meant_for("another")},
    "for no office": {"audience": ""},
    "for another address": {"destination": "http://testserver/enter/by/city/back/more/"},
    "for the recipient of another address": {"recipient": "https://evil.example/"},
    "to another request": {"answers": "_other", "confirms": "_other"},
    "to another request in its assertion": {"confirms": "_other"},
    "of another issuer": {"issuer": "https://evil.example"},
    "expired": {"end": told(-60)},
    "of the future": {"begin": told(60)},
    "entered long ago": {"entered": told(-120)},
    "entered in the future": {"entered": told(120)},
    "of nobody": {"subject": ""},
    "unsigned": {"signed": False},
}


@pytest.mark.parametrize("name", FALSE)
def test_a_response_that_is_false_opens_nothing(house, client, name):
    assert come(client, house.response(go(client), **FALSE[name])).status_code == 401
    assert who(client) is None
    assert not Identity.objects.exists()


def changed(response, change):
    read = etree.fromstring(response)
    change(read)
    return etree.tostring(read)


def unasked(read):
    del read.attrib["InResponseTo"]


def without_signature(read):
    for one in list(read.iter("{http://www.w3.org/2000/09/xmldsig#}Signature")):
        one.getparent().remove(one)


def other_subject(read):
    next(read.iter("{*}NameID")).text = "city-lead"


def wrapped_before(read):
    """An assertion of the attacker stands first, and the signed one goes with it."""
    (signed,) = read.iterfind("{*}Assertion")
    evil = etree.fromstring(etree.tostring(signed))
    without_signature(evil)
    other_subject(evil)
    evil.set("ID", "_evil")
    read.insert(read.index(signed), evil)


def wrapped_within(read):
    """The signed assertion lies within a part of the attacker's that nobody reads."""
    (signed,) = read.iterfind("{*}Assertion")
    evil = etree.fromstring(etree.tostring(signed))
    without_signature(evil)
    other_subject(evil)
    evil.set("ID", "_evil")
    read.replace(signed, evil)
    holder = etree.SubElement(read, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
    holder.append(signed)


@pytest.mark.parametrize("change", [unasked, without_signature, other_subject, wrapped_before, wrapped_within])
def test_a_response_that_somebody_changed_opens_nothing(house, client, change):
    assert come(client, changed(house.response(go(client)), change)).status_code == 401
    assert not Identity.objects.exists()


def test_a_response_is_taken_once(house, client):
    request = go(client)
    response, way = house.response(request), client.cookies[WAY_COOKIE].value
    assert come(client, response).status_code == 302
    again = Client()
    again.cookies[WAY_COOKIE] = way
    assert come(again, response).status_code == 401
    assert who(again) is None


def test_a_comment_within_a_name_cuts_nothing_off(house, client):
    come(client, house.response(go(client), subject="ann-1<!-- -->.evil"))
    assert Identity.objects.get().subject == "ann-1.evil"


def test_a_stranger_s_key_and_the_response_of_another_browser_open_nothing(house, client):
    assert come(client, SamlProvider().response(go(client))).status_code == 401
    response = house.response(go(client))
    other = Client()
    assert come(other, response).status_code == 401
    go(other)
    assert come(other, response).status_code == 401
    for broken in (b"", b"<a/>", b"x" * 100, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        go(client)
        assert come(client, broken).status_code == 401
    assert client.get("/enter/by/city/back/").status_code == 404
    assert not Identity.objects.exists()
