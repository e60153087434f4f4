"""A case and a fact as pages."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index


class PeerCase(Page):
    """A case: what the list of the office shows of one."""

    company = models.CharField(max_length=200)
    region = models.CharField(max_length=200)
    industry = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    stage = models.CharField(max_length=40)
    due = models.DateField()
    planned = models.FloatField()
    bound = models.FloatField()
    content_panels = (
        *Page.content_panels,
        *map(FieldPanel, ("company", "region", "industry", "state", "stage", "due", "planned", "bound")),
    )
    search_fields = (*Page.search_fields, index.SearchField("company"), index.SearchField("region"))


class PeerFact(Page):
    """A fact of a case."""

    value = models.CharField(max_length=200)
    unit = models.CharField(max_length=60)
    period = models.CharField(max_length=60)
    grade = models.CharField(max_length=2)
    content_panels = (*Page.content_panels, *map(FieldPanel, ("value", "unit", "period", "grade")))
