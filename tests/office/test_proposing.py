"""A person confirms what a document proposes: on its page, with the figure marked, and nothing is entered otherwise."""

import base64
import io
import re
import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from playwright.sync_api import sync_playwright
from tests.office.browsing import CHROMIUM
from tests.office.evidence_of import open_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.models import IndexedFact, OfficeCase, Person, RefusedProposal

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "files"
SMALL = "/cases/small/evidence/documents/{id}/read/"
PAGE = """<html><body><p>Date: March 18, 2026</p><p>(in RMB millions)</p><table>
<tr><td></td><td>Year ended December 31, 2025</td></tr>
<tr><td>Total revenues</td><td>7,824.9</td></tr><tr><td>Net loss</td><td>(11,295.7)</td></tr></table>
<p>We delivered 1,200 vehicles in 2025.</p></body></html>"""


@pytest.fixture
def case(office):
    return open_small(office)


def upload(office, content, filename):
    file = base64.b64encode(content).decode()
    asked = {"case": "small", "file": file, "filename": filename, "known_on": "2026-05-01", "source": "report"}
    return perform(office.analyst, "evidence.upload", asked, f"doc-{filename}")


def opened(client, address):
    """The page, once the document was read."""
    for _ in range(300):
        text = client.get(address).content.decode()
        if 'hx-trigger="load' not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("not read")


def found(pattern, text):
    """What stands in the brackets of a pattern."""
    match = re.search(pattern, text)
    assert match is not None
    return match[1]


def form_of(text):
    """The fields of the form that accepts, as it stands."""
    form = text[text.index('action="/do/evidence.add_fact/"') :]
    form = form[: form.index("</form>")]
    given = {unescape(name): unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    source = found(r'<option value="(\w+)" selected', form)
    return {k: v for k, v in given.items() if k not in ("key", "next", "csrfmiddlewaretoken")} | {"source": source}


def test_what_is_accepted_bears_document_page_and_quote_and_the_next_one_follows(office, case, client):
    client.force_login(office.analyst)
    id = upload(office, PAGE.encode(), "results.html").answer["document"]
    address = SMALL.format(id=id)
    text = opened(client, address)
    assert "1 of 3: revenue" in text
    before = IndexedFact.objects.filter(case=case).count()
    perform(office.analyst, "evidence.add_fact", form_of(text), "accept")
    case = OfficeCase.objects.get(slug="small")
    fact = IndexedFact.objects.get(case=case, name="revenue")
    assert IndexedFact.objects.filter(case=case).count() == before + 1
    assert (fact.value, fact.unit, fact.period) == ("7824.9", "CNY m", "2025")
    assert (fact.known_on.isoformat(), fact.content["document"], fact.content["page"]) == ("2026-03-18", id, 1)
    assert "7,824.9" in fact.content["quote"]
    assert "1 of 2: net loss" in opened(client, address)


def test_another_value_of_the_same_period_is_shown_beside_it(office, case, client):
    client.force_login(office.analyst)
    id = upload(office, PAGE.encode(), "results.html").answer["document"]
    text = opened(client, SMALL.format(id=id) + "?at=2")
    assert "another value for the same period" in text
    assert '/evidence/facts/deliveries-2025/">deliveries-2025</a>: 1,000' in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_the_sheet_with_its_mark_in_both_languages(office, case, client, lang):
    Person.objects.filter(pk=office.analyst.pk).update(language=lang)
    client.force_login(office.analyst)
    id = upload(office, (GOLDEN / "ostara-2024-q2.pdf").read_bytes(), "ostara.pdf").answer["document"]
    address = SMALL.format(id=id)
    text = opened(client, address)
    assert not re.search(r"\b(office|evidence|room|reading)\.[a-z_]+\.[a-z_]+", text)
    assert "style=" not in text
    picture = client.get(address + found(r'<img src="(\d+\.png)"', text))
    assert picture["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(picture.content))
    assert image.width > 600
    colours: Any = image.getcolors(1 << 24)
    assert sum(count for count, colour in colours if colour == (200, 30, 30)) > 100
    given = form_of(text)
    assert given["quote"]
    assert given["document"] == id
    assert client.get(address + "9999.png").status_code == 404


def test_whoever_has_no_seat_sees_no_proposal(office, case, client):
    id = upload(office, PAGE.encode(), "results.html").answer["document"]
    client.force_login(office.analyst2)
    assert client.get(SMALL.format(id=id)).status_code == 404
    assert client.get(SMALL.format(id=id) + "0.png").status_code == 404


def test_a_document_that_states_nothing_says_so(office, case, client):
    client.force_login(office.analyst)
    id = upload(office, b"A letter without figures.", "letter.txt").answer["document"]
    assert "No fact was found" in opened(client, SMALL.format(id=id))


def refusal_of(text):
    """The fields of the form that refuses, as it stands."""
    form = text[text.index('action="/do/evidence.refuse_proposal/"') :]
    form = form[: form.index("</form>")]
    given = {unescape(name): unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    return {k: v for k, v in given.items() if k not in ("key", "next", "csrfmiddlewaretoken")}


@pytest.mark.parametrize(
    ("content", "filename"), [(PAGE.encode(), "results.html"), ((GOLDEN / "ostara-2024-q2.pdf").read_bytes(), "q2.pdf")]
)
def test_what_was_refused_is_not_proposed_again_and_says_by_whom(office, case, client, content, filename):
    client.force_login(office.analyst)
    id = upload(office, content, filename).answer["document"]
    address = SMALL.format(id=id)
    before = opened(client, address)
    asked = refusal_of(before) | {"why": "of a subsidiary"}
    left = int(found(r"1 of (\d+): ", before))
    made = perform(office.analyst, "evidence.refuse_proposal", asked, "refuse").answer
    row = RefusedProposal.objects.get(pk=made["refused"])
    assert (row.case.slug, row.fact, row.person, row.why) == ("small", asked["name"], office.analyst, "of a subsidiary")
    assert (row.page, row.box, row.figure) == (int(asked["page"]), asked["box"], asked["figure"])
    for person in (office.analyst, office.lead):
        client.force_login(person)
        text = opened(client, address)
        assert f"1 of {left - 1}: " in text
        assert "refused by" in text
        assert "of a subsidiary" in text
    with pytest.raises(InvalidInput, match="proposal_twice"):
        perform(office.lead, "evidence.refuse_proposal", asked, "twice")
    perform(office.lead, "evidence.propose_again", {"case": "small", "refused": row.pk}, "again")
    assert f"1 of {left}: " in opened(client, address)


def test_a_refusal_holds_for_the_same_document_alone(office, case, client):
    client.force_login(office.analyst)
    first = upload(office, PAGE.encode(), "results.html").answer["document"]
    asked = refusal_of(opened(client, SMALL.format(id=first)))
    perform(office.analyst, "evidence.refuse_proposal", asked, "refuse")
    other = upload(office, PAGE.replace("1,200", "1,201").encode(), "amended.html").answer["document"]
    assert "1 of 3: revenue" in opened(client, SMALL.format(id=other))


def test_ten_proposals_are_looked_at_and_accepted_in_less_than_a_minute_of_the_machine(office, case, client):
    client.force_login(office.analyst)
    id = upload(office, (GOLDEN / "ostara-2024-q2.pdf").read_bytes(), "ostara.pdf").answer["document"]
    address = SMALL.format(id=id)
    opened(client, address)
    before = IndexedFact.objects.filter(case=case).count()
    began = time.process_time()
    for n in range(10):
        text = client.get(address).content.decode()
        client.get(address + found(r'<img src="(\d+\.png)"', text))
        perform(office.analyst, "evidence.add_fact", form_of(text) | {"known_on": "2026-05-01"}, f"ten-{n}")
    assert IndexedFact.objects.filter(case__slug="small").count() == before + 10
    assert time.process_time() - began < 60


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium")
def test_keys_accept_refuse_change_and_pass_over_a_proposal(office, case, client):
    client.force_login(office.analyst)
    id = upload(office, PAGE.encode(), "results.html").answer["document"]
    text = opened(client, SMALL.format(id=id))
    script = finders.find("office/proposing.js")
    assert script is not None
    assert "proposing.js" in text
    asked = keys_pressed(text, Path(script).read_text("utf-8"))
    assert asked == {"a": "/do/evidence.add_fact/", "r": "/do/evidence.refuse_proposal/", "x": "?at=1", "e": "value"}


def keys_pressed(text, script):
    """What each key leads to on a page that stands in a browser by itself."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        asked = {key: pressed(browser.new_page(), text, script, key) for key in ("a", "r", "x", "e")}
        browser.close()
    return asked


def pressed(page, text, script, key):
    """The address that a key asks for, or the field to which it goes."""
    gone: list[str] = []
    page.route("**/*", lambda route: route.fulfill(body="" if gone else text, content_type="text/html"))
    page.goto("http://office.invalid/read/")
    page.add_script_tag(content=script)
    page.on("request", lambda request: gone.append(request.url))
    page.keyboard.press(key)
    page.wait_for_timeout(1_000)
    return (
        gone[0].removeprefix("http://office.invalid").removeprefix("/read/")
        if gone
        else page.evaluate("document.activeElement.name")
    )
