"""Scenes of the city that are offered for pilots, and what pilots showed."""

from __future__ import annotations

from django.db import models

from guanzi.office.models.cases import OfficeCase
from guanzi.office.models.numbers import timely_key
from guanzi.office.models.people import Organisation, Person
from guanzi.office.models.rows import AccountedRow


class Scene(AccountedRow):
    """A road, hospital, warehouse or airspace that the city offers for a first use.

    Attributes:
        state: ``offered``, ``taken`` or ``withdrawn``.
    """

    id = timely_key()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="scenes")
    title = models.CharField(max_length=300)
    title_zh = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    need = models.TextField()
    conditions = models.TextField(blank=True)
    opens = models.DateField()
    closes = models.DateField(null=True)
    state = models.CharField(max_length=20, default="offered")
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()


class PilotRun(AccountedRow):
    """A pilot of the company of a case in a scene.

    Attributes:
        safety_case, result: In words; empty: not there, and then the pilot counts for nothing.
        measured_by: ``authority``, ``third_party``, ``owner`` or ``company``; it gives the grade of the evidence.
        fact: Id of the fact that came of it.
        ordered: The order that followed, in words; a pilot that led to an order can be a tier of a deal.
    """

    id = timely_key()
    scene = models.ForeignKey(Scene, models.PROTECT, related_name="pilots")
    case = models.ForeignKey(OfficeCase, models.PROTECT, related_name="pilots")
    begun_on = models.DateField()
    ended_on = models.DateField(null=True)
    safety_case = models.TextField(blank=True)
    result = models.TextField(blank=True)
    measured_by = models.CharField(max_length=20, blank=True)
    fact = models.CharField(max_length=200, blank=True)
    ordered = models.TextField(blank=True)
    at = models.DateTimeField()
