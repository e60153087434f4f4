"""Addresses of evidence, work-streams, versions, timeline and search."""

from django.urls import path

from guanzi.office.pages import evidence, proposing, searching, streams, timeline, uploading, versions, workbook

urlpatterns = [
    path("search/", searching.search),
    path("cases/<slug:slug>/evidence/", evidence.evidence),
    path("cases/<slug:slug>/evidence/facts.csv", evidence.facts_file, {"kind": "csv"}),
    path("cases/<slug:slug>/evidence/facts.xlsx", evidence.facts_file, {"kind": "xlsx"}),
    path("cases/<slug:slug>/evidence/add/", uploading.adding),
    path("cases/<slug:slug>/evidence/documents/<str:id>/", evidence.document),
    path("cases/<slug:slug>/evidence/documents/<str:id>/file/", evidence.original),
    path("cases/<slug:slug>/evidence/documents/<str:id>/read/", proposing.proposing),
    path("cases/<slug:slug>/evidence/documents/<str:id>/read/<number:at>.png", proposing.page_picture),
    path("cases/<slug:slug>/evidence/facts/<str:id>/", evidence.fact),
    path("cases/<slug:slug>/workbook/", workbook.workbook),
    path("cases/<slug:slug>/folder.zip", evidence.folder),
    path("cases/<slug:slug>/streams/", streams.streams),
    path("cases/<slug:slug>/versions/", versions.versions),
    path("cases/<slug:slug>/versions/<number:before>/<number:after>/", versions.difference),
    path("cases/<slug:slug>/timeline/", timeline.timeline),
]
