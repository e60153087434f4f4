"""Addresses of the office."""

from django.urls import include, path

from guanzi.office.api.interface import api
from guanzi.office.pages import (
    account,
    cases,
    decisions,
    doing,
    entering,
    findings,
    health,
    home,
    library,
    logrecord,
    look,
    panel,
    people,
    portfolio,
    scenes,
    studies,
    terms,
    watch,
)
from guanzi.office.pages import log as logbook

urlpatterns = [
    path("", home.home),
    path("", include("guanzi.office.evidence_urls")),
    path("enter/", entering.enter),
    path("leave/", entering.leave),
    path("here/", entering.here),
    path("language/", entering.language),
    path("password/", entering.password),
    path("look/<str:lang>.css", look.look),
    path("do/<action:id>/", doing.do),
    path("health/", health.health),
    path("metrics/", health.metrics),
    path("scenes/", scenes.scenes),
    path("studies/", studies.studies),
    path("studies/chain/", studies.chain),
    path("studies/tracks/<slug:name>/", studies.track),
    path("library/", library.library),
    path("library/precedents/<slug:name>/", library.precedent),
    path("library/<slug:name>/", library.playbook),
    path("people/", people.people),
    path("account/", account.account),
    path("log/", logbook.log),
    path("cases/<slug:slug>/record.zip", logrecord.record),
    path("api/", api.urls),
    path("portfolio/", portfolio.portfolio),
    path("portfolio/charts/", portfolio.charts),
    path("cases/", cases.cases),
    path("cases/<slug:slug>/", cases.case),
    path("cases/<slug:slug>/findings/", findings.findings),
    path("cases/<slug:slug>/appraisals/<number:number>/progress/", findings.progress),
    path("cases/<slug:slug>/appraisals/<number:number>/appraisal.json", findings.plain),
    path("cases/<slug:slug>/appraisals/<number:number>/dossier.<str:lang>.html", findings.dossier),
    path("cases/<slug:slug>/appraisals/<number:number>/since/<number:since>/progress/", findings.comparing),
    path("cases/<slug:slug>/appraisals/<number:number>/since/<number:since>/changes.<str:lang>.html", findings.changes),
    path("cases/<slug:slug>/panel/", panel.panel),
    path("cases/<slug:slug>/decisions/", decisions.decisions),
    path("cases/<slug:slug>/decisions/<number:number>/record/", decisions.record),
    path("cases/<slug:slug>/watch/", watch.watch),
    path("cases/<slug:slug>/watch/monitor/", watch.monitor),
    path("cases/<slug:slug>/watch/calendar.ics", watch.calendar),
    path("cases/<slug:slug>/watch/report.xlsx", watch.form),
    path("cases/<slug:slug>/terms/", terms.terms),
    path("cases/<slug:slug>/terms/<str:name>/", terms.sheet),
    path("cases/<slug:slug>/terms/<str:name>/check/", terms.check),
    path("cases/<slug:slug>/terms/<str:name>/simulate/", terms.simulate),
    path("cases/<slug:slug>/terms/<str:name>/difference/", terms.difference),
    path("cases/<slug:slug>/terms/<str:name>/run/<number:id>/", terms.run),
]
handler400 = "guanzi.office.pages.errors.bad"
handler403 = "guanzi.office.pages.errors.forbidden"
handler404 = "guanzi.office.pages.errors.not_found"
handler500 = "guanzi.office.pages.errors.failed"
