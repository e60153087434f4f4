"""Every page can be read by everybody: on a screen and a phone, by keyboard, by ear, in both languages."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.office.browsing import CHROMIUM, running
from tests.office.every_page import ANYBODY, BUDGET, DOCUMENTS, NO_PAGES, PAGES, PARTS, routes
from tests.office.played import EMPTY
from tests.office.reading_pages import MISSING, axe_faults, english_of, faults, walk

playwright = pytest.importorskip("playwright.sync_api")
browser_needed = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
KNOWN = (
    "conditions of the closing",
    "It is met before the first payment.",
    "Read and found sound",
    "Night service",
    "The money is bound",
    "The figures are not due",
    "The cash lasts",
    "Two of nine peers",
    "notary",
    "not in the report",
    "Demonstration: ",
    "Is the floor",
    "under the last actual",
    "Who speaks with",
    "Without agency",
    "register.txt",
)
"""Words of people of the played office."""


def test_every_route_of_the_configuration_has_an_example_or_says_why_it_is_no_page():
    held = set(routes())
    assert held - PAGES.keys() - NO_PAGES.keys() == set()
    assert (PAGES.keys() | NO_PAGES.keys()) - held == set()
    assert not PAGES.keys() & NO_PAGES.keys()
    assert all(PAGES.values())


def sized(browser, told, user, base, width, lang, scheme="light"):
    """A page of the browser of somebody, so wide."""
    locale = {"en": "en-GB", "zh": "zh-CN"}[lang]
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, base_url=base, color_scheme=scheme, locale=locale)
    if user != ANYBODY:
        context.add_cookies([{"name": "sessionid", "value": told["sessions"][user], "url": base}])
    context.set_default_timeout(120_000)
    return context.new_page()


def speak(data, lang):
    """Let everybody read one language."""
    with sqlite3.connect(data / "office.sqlite3", timeout=30) as held:
        held.execute("UPDATE office_person SET language = ?", (lang,))
    held.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """An office in which every state was played, running: its folder, its address, and what was told."""
    data = tmp_path_factory.mktemp("played") / "office"
    made = subprocess.run([sys.executable, "-m", "tests.office.played", str(data)], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr[-2000:]
    with running(data) as (base, _):
        yield data, base, json.loads(made.stdout.splitlines()[-1])
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as pw:
        chromium = pw.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def examples(told, lang):
    for route, addresses in PAGES.items():
        for user, address in addresses:
            yield route, user, address.format(lang=lang, **told)


@pytest.mark.prove
def test_no_page_asks_the_database_more_often_than_its_budget(played):
    command = [sys.executable, "-m", "benchmarks.page_queries", str(played[0])]
    counted = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert {page: warm for page, (_, warm) in counted.items() if warm > BUDGET} == {}


@pytest.mark.prove
@browser_needed
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_page_has_a_fault_on_a_screen_or_a_phone_in_light_or_dark(played, browser, lang):
    data, base, told = played
    speak(data, lang)
    wrong = {}
    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light")):
        open_pages = {}
        for route, user, address in examples(told, lang):
            if user not in open_pages:
                open_pages[user] = sized(browser, told, user, base, width, lang, scheme)
            page = open_pages[user]
            answer = page.goto(address)
            found = [] if answer.status == 200 else [f"status {answer.status}"]
            found += faults(page, lang, whole=route not in PARTS | DOCUMENTS)
            report = "sandbox" in answer.headers["content-security-policy"]
            if report != (route in DOCUMENTS):
                found.append("the policy of a report on a page of the office, or that of a page on a report")
            if not report:
                found += [one for one in axe_faults(page) if route not in PARTS or one[0] not in OF_WHOLE]
            if lang == "zh" and not report:
                found += [f"English: {one}" for one in english_of(page, KNOWN)]
            if found:
                wrong[(width, scheme, user, address)] = found
        for page in open_pages.values():
            page.context.close()
    assert not wrong, "\n".join(f"{where}: {found}" for where, found in wrong.items())


OF_WHOLE = {"document-title", "html-has-lang", "landmark-one-main", "page-has-heading-one", "region"}


FAILED = {
    "bad": 400,
    "forbidden": 403,
    "stale": 403,
    "not_found": 404,
    "too_slow": 408,
    "no_length": 411,
    "too_large": 413,
    "too_many": 429,
    "too_often": 429,
    "failed": 500,
}


def failed_pages(lang):
    """Pages of what failed, as anybody gets them who has not entered: a name, status and text each."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from guanzi.office import faults
    from guanzi.office.pages import errors

    def asked():
        request = RequestFactory().get("/nowhere/")
        vars(request).update(user=AnonymousUser(), speaks=lang)
        return request

    for kind, status in FAILED.items():
        yield kind, status, errors._error(asked(), status, kind)
    for kind, status in faults.STATUS.items():
        yield kind, status, errors.unable(asked(), kind)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_of_what_failed_says_what_it_was_and_where_to_go(lang):
    for kind, status, answer in failed_pages(lang):
        text = answer.content.decode()
        assert answer.status_code == status, kind
        assert text.count("<h1>") == 1, kind
        assert '<a href="/">' in text, kind
        assert not MISSING.findall(text), kind


@pytest.mark.prove
@browser_needed
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_of_what_failed_has_no_fault(played, browser, lang):
    _, base, told = played
    for width in (1280, 360):
        page = sized(browser, told, ANYBODY, base, width, lang)
        for kind, _, answer in failed_pages(lang):
            page.route(
                f"**/failed/{kind}/",
                lambda route, *, answer=answer: route.fulfill(
                    status=answer.status_code, body=answer.content.decode(), content_type="text/html; charset=utf-8"
                ),
            )
            page.goto(f"/failed/{kind}/")
            assert faults(page, lang) + axe_faults(page) == [], kind
        page.context.close()


@pytest.mark.prove
@browser_needed
def test_what_is_refused_is_said_at_its_field_and_nothing_typed_is_lost(played, browser):
    data, base, told = played
    speak(data, "en")
    page = sized(browser, told, "lin", base, 1280, "en")
    page.goto(f"/cases/{EMPTY}/evidence/add/")
    form = page.locator("form[action='/do/evidence.add_fact/']")
    typed = {"name": "orders", "period": "nonsense", "value": "abc", "unit": "vehicles", "known_on": "2026-06-15"}
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=source]").select_option("release")
    form.locator("button").click()
    form.locator(".wrong").first.wait_for()
    assert page.evaluate("document.activeElement.name") == "period"
    assert "is not a period" in form.locator("label:has([name=period]) .wrong").inner_text()
    assert form.locator("[name=value]").get_attribute("aria-invalid") == "true"
    assert form.locator("[name=name]").input_value() == "orders"
    assert axe_faults(page) == []
    form.locator("[name=period]").fill("2026-05-31")
    form.locator("[name=value]").fill("7")
    assert form.locator(".wrong").count() == 0
    with page.expect_event("load"):
        form.locator("button").click()
    assert page.url.endswith(f"/cases/{EMPTY}/evidence/")
    page.goto(f"/cases/{EMPTY}/streams/")
    with page.expect_event("load"):
        page.locator("form[action='/do/streams.assign/'] button").first.click()
    assert page.url.endswith("/streams/#finance")
    page.goto("/account/")
    page.fill("form[action='/do/token.make/'] [name=name]", "spreadsheet")
    page.click("form[action='/do/token.make/'] button")
    page.wait_for_selector(".once")
    assert axe_faults(page) == []
    page.context.close()


@pytest.mark.prove
@browser_needed
def test_without_a_script_what_is_refused_is_a_page_of_its_own(played, browser):
    data, base, told = played
    speak(data, "en")
    context = browser.new_context(base_url=base, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": told["sessions"]["lin"], "url": base}])
    page = context.new_page()
    page.goto(f"/cases/{EMPTY}/")
    page.click("details:has(form[action='/do/case.give_seat/']) summary")
    page.fill("form[action='/do/case.give_seat/'] [name=weight]", "-3")
    page.click("form[action='/do/case.give_seat/'] button")
    assert "/do/case.give_seat/" in page.url
    assert page.locator("[role=alert] li").count() == 1
    context.close()


@pytest.mark.prove
@browser_needed
@pytest.mark.parametrize("width", [1280, 360])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(played, browser, width):
    data, base, told = played
    speak(data, "en")
    wrong = {}
    for route, user, address in examples(told, "en"):
        if route in PARTS | DOCUMENTS:
            continue
        page = sized(browser, told, user, base, width, "en")
        page.goto(address)
        if found := walk(page):
            wrong[(user, address)] = found[:4]
        page.context.close()
    assert not wrong, "\n".join(f"{where}: {found}" for where, found in wrong.items())
