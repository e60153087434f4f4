"""Every page of the office by its route: who opens it at which address, and what is no page and why."""

from django.urls import URLPattern, URLResolver, get_resolver
from tests.office.played import DECLINED, EMPTY, SIGNED, VOIDED

ANYBODY = ""
"""Nobody has entered."""
CASE = "cases/<slug:slug>/"
BUDGET = 15
"""Statements to the database that a page may take when it is asked for again."""
PAGES = {
    "": [("lin", "/"), ("zhao", "/"), ("he", "/"), ("zhou", "/"), ("xu", "/"), ("yang", "/"), ("gao", "/")],
    "glance/": [("lin", "/glance/"), ("yang", "/glance/"), ("gao", "/glance/")],
    "search/": [("lin", "/search/"), ("lin", "/search/?q=notary"), ("lin", "/search/?q=zzzz")],
    "enter/": [(ANYBODY, "/enter/")],
    "password/": [("lin", "/password/")],
    "scenes/": [("lin", "/scenes/"), ("gao", "/scenes/"), ("lin", "/scenes/?q=zzzz")],
    "studies/": [("lin", "/studies/")],
    "studies/scan/": [("lin", "/studies/scan/?city=hefei")],
    "studies/chain/": [("lin", "/studies/chain/?chain=evtol&city=hefei")],
    "studies/compare/": [("lin", "/studies/compare/?chain=nev&city=hefei&beside=shenzhen")],
    "studies/targets/": [("lin", "/studies/targets/?chain=nev&city=hefei")],
    "studies/tracks/<slug:name>/": [("lin", "/studies/tracks/ai/")],
    "library/": [("lin", "/library/")],
    "library/precedents/<slug:name>/": [("lin", "/library/precedents/nio-hefei-2020/")],
    "library/<slug:name>/": [("lin", "/library/hefei/")],
    "people/": [("admin", "/people/")],
    "account/": [("lin", "/account/"), ("gao", "/account/")],
    "notices/": [("lin", "/notices/"), ("zhou", "/notices/")],
    "log/": [("gao", "/log/"), ("lin", "/log/?case=nothing")],
    "portfolio/": [("lin", "/portfolio/"), ("lin", "/portfolio/?q=zzzz"), ("he", "/portfolio/?sort=-case")],
    "portfolio/charts/": [("lin", "/portfolio/charts/")],
    "portfolio/bets/": [("lin", "/portfolio/bets/")],
    "portfolio/report/": [("lin", "/portfolio/report/")],
    "portfolio/budget/": [("lin", "/portfolio/budget/")],
    "cases/": [("lin", "/cases/"), ("he", "/cases/"), ("lin", "/cases/?q=zzzz")],
    CASE: [("lin", f"/cases/{slug}/") for slug in (EMPTY, VOIDED, SIGNED, DECLINED, "nio-hefei-2020")],
    f"{CASE}opening/": [("lin", f"/cases/{EMPTY}/opening/"), ("lin", f"/cases/{SIGNED}/opening/")],
    f"{CASE}seats/": [("lin", f"/cases/{EMPTY}/seats/"), ("zhou", f"/cases/{SIGNED}/seats/"),
                      ("gao", f"/cases/{SIGNED}/seats/")],
    f"{CASE}findings/": [("lin", f"/cases/{EMPTY}/findings/"), ("lin", f"/cases/{SIGNED}/findings/")],
    f"{CASE}appraisals/<number:number>/progress/": [("lin", f"/cases/{SIGNED}/appraisals/{{appraisal}}/progress/")],
    f"{CASE}appraisals/<number:number>/dossier.<str:lang>.html": [
        ("lin", f"/cases/{SIGNED}/appraisals/{{appraisal}}/dossier.{{lang}}.html")
    ],
    f"{CASE}panel/": [("lin", f"/cases/{EMPTY}/panel/"), ("he", f"/cases/{VOIDED}/panel/"),
                      ("qian", f"/cases/{VOIDED}/panel/"), ("lin", f"/cases/{VOIDED}/panel/")],
    f"{CASE}decisions/": [("zhou", f"/cases/{slug}/decisions/") for slug in (EMPTY, VOIDED, SIGNED, DECLINED)]
                         + [("wu", f"/cases/{VOIDED}/decisions/"), ("wu", f"/cases/{SIGNED}/decisions/")],
    f"{CASE}discussion/": [("lin", f"/cases/{EMPTY}/discussion/"), ("yang", f"/cases/{SIGNED}/discussion/"),
                           ("qian", f"/cases/{VOIDED}/discussion/"), ("he", f"/cases/{VOIDED}/discussion/"),
                           ("lin", f"/cases/{SIGNED}/discussion/?of=clause:2026.yaml:covenant.volume")],
    f"{CASE}decisions/<number:number>/record/": [("gao", f"/cases/{SIGNED}/decisions/{{sitting}}/record/")],
    f"{CASE}watch/": [(who, f"/cases/{SIGNED}/watch/") for who in ("lin", "xu", "yang", "gao")]
                     + [("lin", f"/cases/{EMPTY}/watch/")],
    f"{CASE}company/": [("yang", f"/cases/{SIGNED}/company/"), ("lin", f"/cases/{SIGNED}/company/")],
    "company/": [("company1_riverton@demo-city", "/company/")],
    f"{CASE}watch/monitor/": [("lin", f"/cases/{SIGNED}/watch/monitor/")],
    f"{CASE}terms/": [("lin", f"/cases/{EMPTY}/terms/"), ("zhou", f"/cases/{SIGNED}/terms/"),
                      ("zhou", "/cases/nio-hefei-2020/terms/")],
    f"{CASE}terms/<str:name>/": [("lin", f"/cases/{SIGNED}/terms/2027.yaml/"),
                                 ("xu", f"/cases/{SIGNED}/terms/2026.yaml/"),
                                 ("lin", f"/cases/{SIGNED}/terms/2027.yaml/?run={{run}}")],
    f"{CASE}terms/<str:name>/difference/": [("lin", f"/cases/{SIGNED}/terms/2027.yaml/difference/")],
    f"{CASE}terms/<str:name>/run/<number:id>/": [("lin", f"/cases/{SIGNED}/terms/2027.yaml/run/{{run}}/")],
    f"{CASE}evidence/": [("lin", f"/cases/{EMPTY}/evidence/"), ("lin", f"/cases/{SIGNED}/evidence/"),
                         ("gao", "/cases/nio-hefei-2020/evidence/"), ("lin", f"/cases/{SIGNED}/evidence/?q=zzzz")],
    f"{CASE}evidence/add/": [("lin", f"/cases/{SIGNED}/evidence/add/"), ("gao", f"/cases/{SIGNED}/evidence/add/")],
    f"{CASE}workbook/": [("lin", f"/cases/{EMPTY}/workbook/"), ("gao", f"/cases/{SIGNED}/workbook/")],
    f"{CASE}evidence/documents/<str:id>/": [("lin", f"/cases/{SIGNED}/evidence/documents/{{document}}/")],
    f"{CASE}evidence/documents/<str:id>/read/": [("lin", f"/cases/{SIGNED}/evidence/documents/{{document}}/read/")],
    f"{CASE}evidence/facts/<str:id>/": [("lin", f"/cases/{SIGNED}/evidence/facts/{{fact}}/")],
    f"{CASE}streams/": [("lin", f"/cases/{EMPTY}/streams/"), ("lin", f"/cases/{VOIDED}/streams/"),
                        ("sun", f"/cases/{VOIDED}/streams/"), ("gao", f"/cases/{SIGNED}/streams/")],
    f"{CASE}versions/": [("lin", f"/cases/{SIGNED}/versions/")],
    f"{CASE}versions/<number:before>/<number:after>/": [("lin", f"/cases/{SIGNED}/versions/1/3/")],
    f"{CASE}timeline/": [("lin", f"/cases/{EMPTY}/timeline/"), ("gao", f"/cases/{SIGNED}/timeline/")],
}  # fmt: skip
"""Route -> (user, address) of examples, in the states that look otherwise."""
NO_PAGES = {
    "leave/": "a form goes there, and on to the entrance",
    "enter/by/<slug:id>/": "leads to a provider of identities; the played office has none",
    "enter/by/<slug:id>/back/": "where people come back from a provider; see test_identities.py and test_saml.py",
    "enter/number/": "asked of whoever came back from a provider; see test_identities.py",
    "account/connect/<slug:id>/": "leads to a provider; see test_identities.py",
    "here/": "what an open page asks by itself",
    "language/": "a form goes there, and back",
    "look/<str:lang>.css": "the stylesheet",
    "do/<action:id>/": "forms go there; its refusal and what is told once are among the pages of moments",
    "waiting/<slug:mark>/": "what a notice links to: it leads on to what waits",
    "calendar.ics": "a calendar",
    "health/": "JSON for a watcher of machines",
    "metrics/": "text for a watcher of machines",
    f"{CASE}appraisals/<number:number>/appraisal.json": "JSON",
    f"{CASE}appraisals/<number:number>/since/<number:since>/changes.<str:lang>.html": "see test_changes.py",
    f"{CASE}appraisals/<number:number>/since/<number:since>/progress/": "see test_changes.py",
    "portfolio/bets.csv": "a table for the command line",
    "studies/scan/<slug:city>/report/": "a report of its own, see test_scanning.py",
    f"{CASE}terms/<str:name>/fields/": "a form goes there; without a script its answer is the page of the sheet",
    f"{CASE}watch/calendar.ics": "a calendar",
    f"{CASE}watch/report.xlsx": "a workbook",
    f"{CASE}company/<number:number>/": "a file as the company handed it in",
    f"{CASE}terms/<str:name>/check/": "a form goes there; without a script its answer is the page of the sheet",
    f"{CASE}terms/<str:name>/simulate/": "a form goes there, and back to the sheet",
    f"{CASE}evidence/facts.csv": "a table for a spreadsheet",
    f"{CASE}evidence/facts.xlsx": "a table for a spreadsheet",
    f"{CASE}evidence/documents/<str:id>/file/": "the document as it came",
    f"{CASE}evidence/documents/<str:id>/read/<number:at>.png": "a picture",
    f"{CASE}folder.zip": "the folder of the case",
    f"{CASE}record.zip": "the record of the case for an auditor",
}
"""Route -> why nobody reads it as a page."""
PARTS = {f"{CASE}appraisals/<number:number>/progress/", f"{CASE}terms/<str:name>/run/<number:id>/"}
"""Routes that answer with a part that a page takes in: they have no head of their own."""
DOCUMENTS = {
    f"{CASE}appraisals/<number:number>/dossier.<str:lang>.html",
    f"{CASE}watch/monitor/",
    "studies/chain/",
    "studies/compare/",
    "studies/tracks/<slug:name>/",
}
"""Routes that answer with a report of its own, which is tested where it is made, and here by its width."""


def routes(resolver=None, before=""):
    """Every route of the configuration, as it stands there; those of the interface for programs are its own."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if one.namespace != "api" and not route.startswith("api/"):
                yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route
