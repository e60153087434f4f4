"""What a page must be to be read by anybody: asked of a page that is open in a browser."""

import re
from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe

LOOKS = """() => {
  const seen = e => e.checkVisibility({checkOpacity: false, checkVisibilityCSS: true}) && e.getClientRects().length > 0;
  const heads = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(seen).map(e => Number(e.tagName[1]));
  return {
    lang: document.documentElement.lang, title: document.title, heads,
    wide: document.documentElement.scrollWidth, width: document.documentElement.clientWidth,
    main: document.querySelectorAll('main').length,
    skip: !!document.querySelector('a.skip[href="#content"]'),
    tables: [...document.querySelectorAll('table.data')].filter(t => !t.caption).length,
    fields: [...document.querySelectorAll('input:not([type=hidden]),select,textarea:not([hidden])')]
      .filter(e => !e.labels.length && !e.getAttribute('aria-label')).map(e => e.outerHTML.slice(0, 120)),
    boxes: [...document.querySelectorAll('input:is([type=checkbox],[type=radio])')].filter(seen)
      .filter(e => e.getBoundingClientRect().width > 40).map(e => e.outerHTML.slice(0, 120)),
    tight: [...document.querySelectorAll('td form')].filter(seen)
      .filter(f => f.getBoundingClientRect().top - f.parentElement.getBoundingClientRect().top > 8)
      .filter(f => parseFloat(getComputedStyle(f).marginTop) < 4).map(f => f.outerHTML.slice(0, 120)),
    text: document.body.innerText,
  };
}"""
"""What is asked of the open page at once."""
STOPS = """() => {
  const all = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]';
  const seen = e => e.checkVisibility({checkVisibilityCSS: true}) && e.getClientRects().length > 0;
  const stops = [...document.querySelectorAll(all)].filter(e => seen(e) && !e.disabled && e.tabIndex >= 0);
  stops.forEach((e, n) => e.setAttribute('data-stop', n));
  return stops.map(e => e.outerHTML.slice(0, 100));
}"""
"""Everything that the keyboard must reach, marked in the order of the page."""
WHERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e);
  const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
  const box = e.getBoundingClientRect();
  const there = box.width > 0 && box.left > -500;
  return {stop: e.getAttribute('data-stop'), ring, there, what: e.outerHTML.slice(0, 100)};
}"""
"""Where the keyboard is, and whether one sees it."""
MISSING = re.compile(r"(?<![/\w.-])office\.(?!ya?ml\b)[a-z_]+(?:\.[a-z_]+)*\b")
ENGLISH = re.compile(r"(?:\b[A-Za-z][A-Za-z'’]+[ ,]+){4,}[A-Za-z]+")
"""Five words of English on end."""


def faults(page, lang, whole=True):
    """What is wrong with the open page, in words; ``whole``: a page of the office and no part or report."""
    looks = page.evaluate(LOOKS)
    found = []
    if whole:
        if looks["lang"] != {"en": "en", "zh": "zh-CN"}[lang]:
            found.append(f"its language is {looks['lang']!r}")
        if not looks["title"].strip():
            found.append("no title")
        if looks["heads"].count(1) != 1 or looks["heads"][0] != 1:
            found.append(f"headings {looks['heads']}")
        found += [f"heading {b} after {a}" for a, b in pairwise(looks["heads"]) if b > a + 1]
        if looks["main"] != 1 or not looks["skip"]:
            found.append("no main part, or no way to it")
        if looks["tables"]:
            found.append(f"{looks['tables']} tables without a caption")
        found += [f"a field without a label: {one}" for one in looks["fields"]]
    found += [f"a box as wide as its line: {one}" for one in looks["boxes"]]
    found += [f"a form that touches the line above: {one}" for one in looks["tight"]]
    if looks["wide"] > looks["width"]:
        found.append(f"{looks['wide']} px wide on {looks['width']}")
    if missing := MISSING.findall(looks["text"]):
        found.append(f"texts without words: {missing[:3]}")
    return found


def axe_faults(page):
    """What axe finds wrong with the open page; of a part, only what is not about the page around it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def english_of(page, known):
    """English sentences on a Chinese page: words of people, names, files and codes are not ours to translate."""
    text = page.evaluate("""() => {
      const said = 'code,pre,textarea,blockquote,q,.said,.words,.reading,.compared,[lang=en],[data-said]';
      const out = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(said)) out.push(walk.currentNode.data);
      return out;
    }""")
    return [one.strip() for one in text if ENGLISH.search(one) and not any(word in one for word in known)]


def walk(page):
    """Go through the open page by Tab; what the keyboard does not reach, does not show, or cannot leave."""
    page.wait_for_load_state("networkidle")
    stops = page.evaluate(STOPS)
    page.evaluate("() => { const b = document.body; b.tabIndex = -1; b.focus(); b.removeAttribute('tabindex'); }")
    order, found, last = [], [], None
    for _ in range(4 * len(stops) + 20):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None:
            break
        stop = at["stop"]
        if stop is not None and stop != last:
            if not at["ring"]:
                found.append(f"no mark of the keyboard on {at['what']}")
            if not at["there"]:
                found.append(f"the keyboard is at something unseen: {at['what']}")
            order.append(int(stop))
        last = stop
        if stop is not None and int(stop) == len(stops) - 1:
            break
    missed = sorted(set(range(len(stops))) - set(order))
    found += [f"never reached: {stops[n]}" for n in missed]
    if order != sorted(order):
        found.append(f"order of the keyboard: {order}")
    return found
