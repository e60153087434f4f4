"""A short word in a cell, such as 未查到 or 无证据, and a day are not broken over two lines on a wide page."""

from datetime import date
from pathlib import Path

import pytest
from tests.office.browsing import CHROMIUM

from guanzi.jobs.articles import checking
from guanzi.jobs.evidence import figures
from guanzi.jobs.tracks.documents.track_window import window_document
from guanzi.record.evidence import load_article, load_track
from guanzi.render import document_html
from guanzi.study.technology import judge_window

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
BROKEN = r"""() => {
  const broken = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, said = node.data.trim();
    if (!node.parentElement.closest('td') || !said || said.length > 6 && !/^\d{4}年\d+月\d+日$/.test(said)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) broken.push(said);
  }
  return broken;
}"""


def documents():
    yield checking.document_of(load_article("hefei-nio"))
    yield figures.document_of(figures.known(figures.Request("hefei")))
    yield window_document(judge_window(load_track("ai"), date(2026, 2, 5)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_short_word_of_a_cell_is_broken(lang):
    with playwright.sync_playwright() as pw:
        browser = pw.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for document in documents():
            page.set_content(document_html(document, lang))
            assert page.evaluate(BROKEN) == []
        browser.close()
