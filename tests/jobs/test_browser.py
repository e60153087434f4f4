"""The dossier looked at as a picture: light, dark, print, and on a telephone."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.jobs.looks import look
from tests.jobs.nio import nio
from tests.jobs.sample import sample, words
from tests.jobs.test_chain_page import study
from tests.made_up_panel import made_up_panel
from tests.sampling import swept

from guanzi.advice.appraisal import compare_playbooks, prepare, track_section
from guanzi.advice.appraisal.advice_data import Demand
from guanzi.advice.appraisal.compose import compose
from guanzi.advice.appraisal.document import Year
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.advice.appraisal.sections import SECTIONS
from guanzi.jobs.appraisal.documents.brief import brief_html
from guanzi.jobs.appraisal.documents.comparison import comparison_document
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.jobs.chains import stations
from guanzi.jobs.chains.documents.chain import chain_document
from guanzi.jobs.chains.documents.coverage import coverage_document
from guanzi.jobs.following import monitoring
from guanzi.jobs.tracks.documents.scan import scan_document
from guanzi.record.evidence import find_case, load_case, load_city, load_track
from guanzi.record.playbooks import load_playbook
from guanzi.render import document_html
from guanzi.study.chains import coverage
from guanzi.study.tracks import Markets, Priorities, scan_region
from guanzi.study.tracks.forecast import Settings

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.exists()), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
A4 = {"width": 718, "height": 1062}  # the part of an A4 page within the margins, at 96 dots an inch
DESK, TELEPHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
NARROW = {"width": 390, "height": 840}
MODES = {
    "nio in light": ("nio", DESK, "light", "screen"),
    "nio in print": ("nio", A4, "light", "print"),
    "nio on a telephone": ("nio", TELEPHONE, "light", "screen"),
    "sample in dark": ("sample", DESK, "dark", "screen"),
    "sample on a dark telephone": ("sample", TELEPHONE, "dark", "screen"),
    "Chinese in light": ("chinese", DESK, "light", "screen"),
    "Chinese on a dark telephone": ("chinese", TELEPHONE, "dark", "screen"),
    "outcome in light": ("revealed", DESK, "light", "screen"),
    "outcome on a dark telephone": ("revealed", TELEPHONE, "dark", "screen"),
    "comparison in light": ("comparison", DESK, "light", "screen"),
    "comparison on a telephone": ("comparison", TELEPHONE, "light", "screen"),
    "comparison in Chinese print": ("comparison-chinese", A4, "light", "print"),
    "chain in light": ("chain", DESK, "light", "screen"),
    "chain in Chinese print": ("chain-chinese", A4, "light", "print"),
    "chain on a dark telephone": ("chain-chinese", TELEPHONE, "dark", "screen"),
    "stations in dark": ("stations", DESK, "dark", "screen"),
    "stations on a telephone": ("stations", TELEPHONE, "light", "screen"),
    "monitor in light": ("monitor", DESK, "light", "screen"),
    "monitor in Chinese on a dark telephone": ("monitor-chinese", NARROW, "dark", "screen"),
    "monitor in Chinese print": ("monitor-chinese", A4, "light", "print"),
    "scan in light": ("scan", DESK, "light", "screen"),
    "scan in Chinese on a dark telephone": ("scan-chinese", NARROW, "dark", "screen"),
    "scan in Chinese print": ("scan-chinese", A4, "light", "print"),
    "tracks of a Chinese dossier on a telephone": ("tracks-chinese", NARROW, "light", "screen"),
    "comparison without figures on a dark telephone": ("comparison-hsmc", TELEPHONE, "dark", "screen"),
}

LABELS = """() => [...document.querySelectorAll('svg.drawing')].filter(s => s.clientWidth).map(svg => ({
  name: svg.closest('figure').querySelector('figcaption').textContent.slice(0, 40),
  texts: [...svg.querySelectorAll('text')].flatMap(t => [...(t.querySelectorAll('tspan').length
      ? t.querySelectorAll('tspan') : [t])]).filter(t => t.textContent.trim())
    .map(t => {
      const r = t.getBoundingClientRect(), size = parseFloat(getComputedStyle(t).fontSize) * svg.getScreenCTM().d;
      const leading = Math.min(Math.max(0, (r.height - size) / 2), size / 3);
      return [t.textContent, r.left, r.top + leading, r.right, r.bottom - leading]; })
}))"""

CLIPPED = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && e.clientWidth
  && e.scrollWidth > e.clientWidth + 1 && !['INPUT', 'THEAD'].includes(e.tagName) && !e.closest('thead')
  && getComputedStyle(e).display !== 'inline').map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 60)}`)"""


def crowded():
    """More of everything than a page holds."""
    full = sample()
    long = tuple(words("So much must be said of this reason that it fills line after line of it. " * 8) for _ in "123")
    risks = tuple(
        f.model_copy(update={"text": words(f"{i} " + "heavy and long to tell, " * 30)}) if f.kind == "risk" else f
        for i, f in enumerate(full.findings)
    )
    years = tuple(
        Year(year=y, planned=900, mean=800, low=1, high=900, receipts_mean=3, share_of_budget=0.01)
        for y in range(2020, 2040)
    )
    return full.model_copy(
        update={
            "summary": full.summary.model_copy(update={"reasons": long}),
            "findings": risks,
            "accounts": full.accounts.model_copy(update={"years": years}),
            "demands": tuple(Demand(id=f"d{i}", text=words(f"{i} " + "合肥市国资委" * 12)) for i in range(30)),
        }
    )


@cache
def compared():
    """One case under playbooks of different forms."""
    books = [load_playbook(name) for name in ("hefei", "shenzhen", "xian", "singapore", "south-carolina")]
    return comparison_document(compare_playbooks(load_case(find_case("nio-hefei-2020")), books, paths=64))


def compared_bare():
    """A case without figures under three playbooks."""
    books = [load_playbook(name) for name in ("hefei", "shenzhen", "xian")]
    return comparison_document(compare_playbooks(load_case(find_case("hsmc-wuhan-2017")), books, paths=16))


@cache
def chained():
    """A chain of a place with its anchor."""
    return chain_document(study())


def stationed():
    """A plan of stations."""
    asked = coverage.Asked("most", 2.0, None, None, (3, 3))
    return coverage_document(stations.place(stations.Request("invented-stations", asked)))


@cache
def monitored():
    """NIO and Hefei a year and a half after signing."""
    return monitoring.document_of(monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2021, 9, 30))))


@cache
def scanned():
    """A scan of the made-up panel with a what-if and windows."""
    market = {"Electric vehicles": load_track("nev"), "Drones": load_track("low-altitude")}
    weights = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0}
    return scan_region(
        made_up_panel(),
        "Northport",
        Settings(form="logit"),
        Priorities(weights),
        Markets(market),
        supposed="Battery cells",
    )


def tracked():
    """A dossier with the section that a scan adds to it."""
    qoros = AppraisalContext(prepare(load_case(find_case("qoros-changshu-2017")), None, load_playbook("hefei")))
    beside = compose(qoros, (*SECTIONS, track_section(scanned(), "Electric vehicles")))
    return sample().model_copy(update={"track": beside.track})


PAGES = {
    "sample": lambda: dossier_html(sample()),
    "nio": lambda: dossier_html(nio()),
    "revealed": lambda: dossier_html(sample(), "en", look()),
    "chinese": lambda: dossier_html(nio(), "zh"),
    "comparison": lambda: document_html(compared()),
    "comparison-chinese": lambda: document_html(compared(), "zh"),
    "comparison-hsmc": lambda: document_html(compared_bare(), "zh"),
    "chain": lambda: document_html(chained()),
    "chain-chinese": lambda: document_html(chained(), "zh"),
    "stations": lambda: document_html(stationed()),
    "monitor": lambda: document_html(monitored()),
    "monitor-chinese": lambda: document_html(monitored(), "zh"),
    "scan": lambda: document_html(scan_document(scanned(), load_city("shenzhen"))),
    "scan-chinese": lambda: document_html(scan_document(scanned(), load_city("hefei")), "zh"),
    "tracks-chinese": lambda: dossier_html(tracked(), "zh"),
    "brief-chinese": lambda: brief_html(nio(), "zh"),
    "brief": lambda: brief_html(nio()),
    "brief-framework": lambda: brief_html(nio(date(2020, 2, 25))),
    "brief-sample": lambda: brief_html(sample()),
    "brief-crowded": lambda: brief_html(crowded()),
}
BRIEFS = sorted(name for name in PAGES if name.startswith("brief"))


@pytest.fixture(scope="module")
def address_of(tmp_path_factory):
    """Where a page lies, by its name; it is made for the first test that asks."""
    folder = tmp_path_factory.mktemp("dossier")

    @cache
    def address_of(name):
        file = folder / f"{name}.html"
        file.write_text(PAGES[name](), "utf-8")
        return file.as_uri()

    return address_of


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


def modes():
    """One of five for `make test`; the whole dossier of NIO, on which one look takes a minute, is for the proofs."""
    whole = [mode for mode, (name, *_) in MODES.items() if name == "nio"]
    return [
        *swept([mode for mode in MODES if mode not in whole], 5),
        *(pytest.param(mode, marks=pytest.mark.prove) for mode in whole),
    ]


@pytest.fixture(params=modes(), scope="module")
def page(request, browser, address_of):
    name, viewport, scheme, medium = MODES[request.param]
    address = address_of(name)
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda r: requests.append(r.url))
    page.goto(address)
    page.emulate_media(media=medium, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.requests, page.address = requests, address
    yield page
    context.close()


def test_axe_finds_nothing(page):
    results = axe.Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_nothing_is_fetched(page):
    assert page.requests == [page.address]


def test_the_page_never_scrolls_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_no_words_are_cut_off(page):
    assert page.evaluate(CLIPPED) == []


def test_no_label_of_a_chart_overlaps_another_or_leaves_the_page(page):
    width = page.viewport_size["width"]
    for drawing in page.evaluate(LABELS):
        texts = drawing["texts"]
        assert texts
        for i, (text, left, top, right, bottom) in enumerate(texts):
            assert left >= -1, (drawing["name"], text)  # fonts of readers differ by some pixels
            assert right <= width + 4, (drawing["name"], text)
            for other, left2, top2, right2, bottom2 in texts[i + 1 :]:
                across = min(right, right2) - max(left, left2)
                down = min(bottom, bottom2) - max(top, top2)
                assert across <= 1 or down <= 1, (drawing["name"], text, other)


def test_exactly_one_size_of_each_chart_is_shown(page):
    sizes = "f => [...f.querySelectorAll('svg')].filter(s => s.clientWidth).length"
    counts = page.evaluate(f"() => [...document.querySelectorAll('figure.chart')].map({sizes})")
    assert set(counts) == ({1} if "comparison-hsmc" not in page.url else set())  # it has no figures to draw


@pytest.mark.parametrize("name", swept(["sample", "nio", "chinese"], 3))
def test_the_summary_fits_one_printed_page(browser, address_of, name):
    context = browser.new_context(viewport=A4)
    page = context.new_page()
    page.goto(address_of(name))
    page.emulate_media(media="print")
    summary = "document.querySelector('.front')"
    height = page.evaluate(f"Math.max({summary}.getBoundingClientRect().height, {summary}.scrollHeight)")
    picture = page.evaluate("document.querySelector('.front .wide svg').getBoundingClientRect().height")
    context.close()
    assert height <= A4["height"]
    assert picture >= 140  # pixels: about a fifth of the page


@pytest.mark.parametrize("name", ["nio", "chinese"])
def test_a_dossier_prints_on_at_most_25_numbered_pages(browser, address_of, name):
    context = browser.new_context(viewport=A4)
    page = context.new_page()
    page.goto(address_of(name))
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    context.close()
    assert 10 < len(pages) <= 25


def test_a_choice_of_the_filter_shows_its_rows_and_no_others(browser, address_of):
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(address_of("sample"))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    visible = "() => [...document.querySelectorAll('table.facts tbody tr')].filter(r => r.offsetHeight).map(r => r.id)"
    everything = page.evaluate(visible)
    page.get_by_role("radio", name="The region").check()
    region = page.evaluate(visible)
    page.get_by_role("group", name="About").get_by_role("radio", name="All").check()
    again = page.evaluate(visible)
    context.close()
    assert region == ["fact-budget-2019"]
    assert again == everything


@pytest.mark.parametrize("name", swept(BRIEFS, 2))
def test_a_brief_prints_to_exactly_one_page_with_room_to_dissent(browser, address_of, name):
    context = browser.new_context(viewport=A4)
    page = context.new_page()
    page.goto(address_of(name))
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    page.emulate_media(media="print")
    paper, box = (page.query_selector(place).bounding_box() for place in ("main", "#dissent"))
    footer = page.query_selector("footer").bounding_box()
    context.close()
    assert len(pages) == 1
    assert box["height"] >= 90  # pixels: room for three lines of hand
    assert footer["y"] + footer["height"] <= paper["y"] + paper["height"] + 1


@pytest.mark.parametrize(
    ("name", "viewport", "scheme"),
    [
        ("brief", DESK, "light"),
        ("brief", DESK, "dark"),
        ("brief", TELEPHONE, "light"),
        ("brief-chinese", TELEPHONE, "dark"),
    ],
)
def test_a_brief_reads_on_every_screen(browser, address_of, name, viewport, scheme):
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    page.goto(address_of(name))
    results = axe.Axe().run(page)
    width, cut = page.evaluate("document.documentElement.scrollWidth"), page.evaluate(CLIPPED)
    context.close()
    assert results.violations_count == 0, results.generate_report()
    assert width <= viewport["width"]
    assert cut == []
