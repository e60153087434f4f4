"""Every page can be read by everybody: on a screen and a phone, by keyboard, by ear, in both languages."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.office.browsing import CHROMIUM, running
from tests.office.every_page import ANYBODY, DOCUMENTS, NO_PAGES, PAGES, PARTS, routes
from tests.office.reading_pages import axe_faults, english_of, faults, walk

playwright = pytest.importorskip("playwright.sync_api")
browser_needed = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
KNOWN = ("The conditions of the closing", "Read and found sound", "Night service", "The money is bound")
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
            if route not in DOCUMENTS:
                found += [one for one in axe_faults(page) if route not in PARTS or one[0] not in OF_WHOLE]
            if lang == "zh" and route not in DOCUMENTS:
                found += [f"English: {one}" for one in english_of(page, KNOWN)]
            if found:
                wrong[(width, scheme, user, address)] = found
        for page in open_pages.values():
            page.context.close()
    assert not wrong, "\n".join(f"{where}: {found}" for where, found in wrong.items())


OF_WHOLE = {"document-title", "html-has-lang", "landmark-one-main", "page-has-heading-one", "region"}


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
