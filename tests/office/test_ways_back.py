"""Every report of the office has links back to its pages, and nobody is told of an option of the command line."""

import re
from pathlib import Path

import pytest
from tests.office.small import CASE, sign_small

from guanzi.office import pages
from guanzi.office.pages.alone import ALONE

LISTED = {
    "/studies/tracks/ai/": "/studies/",
    "/studies/chain/?chain=nev&city=hefei": "/studies/targets/?chain=nev&city=hefei",
    "/studies/compare/?chain=nev&city=hefei&beside=shenzhen": "/studies/",
    f"/cases/{CASE}/watch/monitor/": f"/cases/{CASE}/watch/",
}
"""Report -> a page that it leads to."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", LISTED)
def test_a_report_leads_back_to_the_office_and_names_no_option(office, client, address, lang):
    if address.startswith("/cases/"):
        sign_small(office)
    office.lead.language = lang
    office.lead.save()
    client.force_login(office.lead)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]
    page = answer.content.decode()
    ways = re.findall(r'href="([^"]+)"', page.partition('<nav class="ways"')[2].partition("</nav>")[0])
    assert LISTED[address] in [way.replace("&amp;", "&") for way in ways]
    for way in ways:
        assert client.get(way.replace("&amp;", "&")).status_code == 200, way
    assert re.findall(r"<code>(--\w+)", page) == []


def test_openness_is_measured_towards_the_anchor_that_was_chosen(office, client):
    client.force_login(office.lead)
    plain = client.get("/studies/chain/?chain=nev&city=hefei").content.decode()
    anchored = client.get("/studies/chain/?chain=nev&city=hefei&anchor=nio").content.decode()
    assert len(re.findall("<svg", anchored)) > len(re.findall("<svg", plain))
    assert client.get("/studies/chain/?chain=nev&city=hefei&anchor=nobody").status_code == 422


def test_two_cities_are_compared_and_a_city_with_itself_is_refused(office, client):
    client.force_login(office.lead)
    page = client.get("/studies/compare/?chain=nev&city=hefei&beside=shenzhen").content.decode()
    assert "Shenzhen" in page
    assert "Hefei" in page
    assert client.get("/studies/compare/?chain=nev&city=hefei&beside=hefei").status_code == 422
    assert client.get("/studies/compare/?chain=nev&city=hefei&beside=").status_code == 422
    assert client.get("/studies/compare/?chain=none&city=hefei&beside=shenzhen").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/portfolio/bets/", 200),
        ("/studies/chain/?chain=nev&city=hefei&anchor=nobody", 422),
        ("/studies/compare/?chain=nev&city=hefei&beside=hefei", 422),
    ],
)
def test_an_address_without_its_report_answers_with_a_page_of_the_office(office, client, address, status):
    client.force_login(office.lead)
    answer = client.get(address)
    assert answer.status_code == status
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert "sandbox" not in answer["Content-Security-Policy"]


def test_every_report_goes_out_with_its_policy_and_its_links():
    """No page answers with a document of its own but by the one function that adds both."""
    (folder,) = pages.__path__
    for file in Path(folder).glob("*.py"):
        text = file.read_text()
        assert text.count("csp_override(") == (file.name == "alone.py"), file.name
        assert not re.search(r"HttpResponse\(.*document_html", text), file.name
    assert ALONE["sandbox"] == ["allow-popups"]
