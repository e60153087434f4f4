"""Every page opens alike: verdict with its mark, one picture, a few figures, what would change it, the next action."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.advice.backtest.library import small_library
from tests.jobs.nio import nio
from tests.jobs.sample import sample
from tests.jobs.test_backtest_page import result
from tests.jobs.test_scan import scanned
from tests.jobs.watched_case import fact, signed_case

from guanzi.base.core import LANGUAGES
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.appraisal.documents.front import opening_of
from guanzi.jobs.backtest.documents.backtest import backtest_document
from guanzi.jobs.chains import links
from guanzi.jobs.decisions.documents.paper import memorandum
from guanzi.jobs.following import fund, monitoring
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring import structuring
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.tracks.documents.scan import scan_document
from guanzi.render import MOST_FIGURES, Bullets, Chart, KeyFigures, Sentence, document_html

DAY = date(2023, 6, 30)
NIO = "nio-hefei-2020"
WATCHED = monitoring.Request(NIO, DAY, paths=0)
FAILED = "borgward-beijing-2019"
LEFT = (
    fact("s2", "founder_share", 0.55, "ratio", date(2020, 6, 30)),
    fact("l2", "listed", False, "flag", "2020Q2"),
)
"""The founder keeps his share, and the company is not listed: a covenant of the made-up case is broken."""


ALONE = ("survival>=0%", "company.survival_5y>=0%", "holders>=-1e6")
"""Nobody's leave is asked, so that there is something to suggest."""
FREE = ("stake.share", "stake.i1.amount", "put.price.rate")


def sought(limits=()):
    draft = DraftRequest("nio-hefei-2020", FREE)
    return structuring.Request(draft, limits, evaluations=40, run=Run(paths=256))


def replayed():
    with TemporaryDirectory() as folder:
        return backtest_document(result(small_library(Path(folder), ("nio-hefei-2020", "boe-hefei-2008"))))


def chained():
    asked = links.Request("nev")
    return links.whole_of(asked, links.grade(asked))


def broken():
    with TemporaryDirectory() as folder:
        asked = monitoring.Request(str(signed_case(Path(folder), *LEFT)), date(2020, 12, 31), paths=0)
        return monitoring.document_of(monitoring.monitor(asked))


PAGES = {
    "dossier": lambda: appraisal_document(nio()),
    "dossier of a framework": lambda: appraisal_document(nio(date(2020, 2, 25))),
    "brief": lambda: brief_document(nio()),
    "memorandum": lambda: memorandum(sample()),
    "monitor": lambda: monitoring.document_of(monitoring.monitor(WATCHED)),
    "monitor of a failure": lambda: monitoring.document_of(monitoring.monitor(replace(WATCHED, case=FAILED))),
    "monitor of a breach": lambda: broken(),
    "better deal": lambda: structuring.document_of(structuring.find_structure(sought(ALONE))),
    "no better deal": lambda: structuring.document_of(structuring.find_structure(sought())),
    "backtest": lambda: replayed(),
    "chain": lambda: chained(),
    "scan": lambda: scan_document(scanned()),
    "fund": lambda: fund.document_of(fund.hold(fund.Request((NIO, FAILED), DAY, run=Run(paths=0)))),
}
"""Pages that open with the component; what is added here has its five parts, or the test says which it lacks."""


@pytest.fixture(scope="module", params=PAGES)
def page(request):
    return PAGES[request.param]()


def test_a_page_opens_with_its_five_parts(page):
    first, *others = (section for section in page.sections if section.first)
    parts = {section.id: section for section in others if section.level == 3}
    assert first is page.sections[0]
    assert first.tone in ("good", "caution", "risk", "unknown"), "the verdict has a status mark"
    pictures = [block for block in first.blocks if isinstance(block, Chart)]
    missing = [block for block in first.blocks if isinstance(block, Sentence) and block.tone == "unknown"]
    assert len(pictures) == 1 or (not pictures and missing), "one picture, or why there is none"
    figures = [one for block in first.blocks if isinstance(block, KeyFigures) for one in block.items]
    assert len(figures) <= MOST_FIGURES
    assert all(one.of for one in figures), "each figure names its deal"
    (change,) = (block for block in parts["change"].blocks if isinstance(block, Bullets))
    assert change.items
    step = parts["next"].blocks[0].words
    assert step.id in ("reports.summary.step", "reports.summary.step_undated")
    assert dict(step.params)["owner"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_them_in_every_language(page, lang):
    html = document_html(page, lang)
    lead = html.partition('class="lead"')[2].partition("</section>")[0]
    shown = re.findall(r"<dt>(.*?)</dt>", lead)
    assert re.search(r'<h2 [^>]*><span class="mark \w+', lead)
    assert lead.count("<figure") <= 1
    assert len(shown) <= MOST_FIGURES
    assert all('<span class="tag">' in figure for figure in shown)
    assert all(f'id="{part}"' in lead for part in ("change", "next"))
    owner = {"en": "Owner: ", "zh": "责任方："}[lang]
    assert owner in lead.partition('id="next"')[2]


def test_a_first_screen_that_lacks_a_part_cannot_be_made():
    whole = opening_of(sample())
    (figure,) = whole.figures[:1]
    for lacking in (
        {"figures": (figure,) * (MOST_FIGURES + 1)},
        {"figures": (replace(figure, of=""),)},
        {"change": ()},
    ):
        with pytest.raises(ValueError, match="first screen"):
            replace(whole, **lacking)


def test_a_breached_covenant_is_the_verdict_and_nothing_says_that_money_can_be_paid():
    first, *_ = broken().sections
    assert (first.heading.id, first.tone) == ("reports.monitor.verdict.breached", "risk")
