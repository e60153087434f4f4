"""Reports as documents of their own within the office: their policy, and the links back above them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.csp import csp_override
from markupsafe import Markup

from guanzi.base.core import Message, render

ALONE = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "font-src": ["data:"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups"],
}
"""Policy of a report: its own stylesheet and pictures, no script, and nothing of the session of the reader."""
_STYLE = "<style>.ways{padding:0.75rem 1rem;font-size:0.9rem}@media print{.ways{display:none}}</style>"

type Way = tuple[str, str]
"""An address of the office, and the words of the link to it."""


@csp_override(ALONE)
def alone(page: str, ways: Sequence[Way], lang: str) -> HttpResponse:
    """A report with its policy, and links to pages of the office above it, which a printed copy leaves out.

    Args:
        page: The report as HTML.
        ways: The links, the page that the reader came from first.
        lang: Language of the label that a screen reader says.
    """
    label = render(Message.of("office.alone.ways"), lang)
    links = Markup(" · ").join(Markup('<a href="{}">{}</a>').format(address, words) for address, words in ways)
    nav = Markup('<nav class="ways" aria-label="{}">{}</nav>').format(label, links)
    head, end_of_head, rest = page.partition("</head>")
    start, body, main = rest.partition("<body")
    attributes, closed, content = main.partition(">")
    return HttpResponse("".join((head, _STYLE, end_of_head, start, body, attributes, closed, nav, content)))
