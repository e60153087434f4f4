"""Which links of a chain a place has: present, planned, missing, or no evidence — never confused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guanzi.intake.chains import ChainStatement, ChainView, Component

type LinkGrade = Literal["present", "planned", "missing", "no_evidence"]
GRADES: tuple[LinkGrade, ...] = ("present", "planned", "missing", "no_evidence")


UNCHECKED = "unchecked"
"""Id of the source of leads that nobody has checked against a page."""


@dataclass(frozen=True, slots=True)
class Link:
    """A component as a place has it.

    Attributes:
        component: The component.
        grade: ``present``: a source names a plant at work; ``planned``: only plants to come; ``missing``: a source says
            that there is none; ``no_evidence``: no source says anything, which never counts as a no.
        suppliers: Firms that make it there, in the order of the file.
        planned: Firms that have said they will.
        statements: What the grade rests on.
        parts: How many of its direct parts are present, and how many it has.
    """

    component: Component
    grade: LinkGrade
    suppliers: tuple[str, ...]
    planned: tuple[str, ...]
    statements: tuple[ChainStatement, ...]
    parts: tuple[int, int]

    @property
    def unchecked(self) -> bool:
        """Whether it is present by leads alone that nobody has checked against a page."""
        at_work = [s for s in self.statements if s.kind == "plant" and s.status == "operating"]
        return self.grade == "present" and all(s.source.id == UNCHECKED for s in at_work)


def grade_links(view: ChainView, places: Iterable[str]) -> dict[str, Link]:
    """Every component of a chain as a place has it, parents before their parts.

    Args:
        view: What was known on the day.
        places: Ids of the cities that count as the place, e.g. ``hefei``, or all cities of a province.
    """
    region = frozenset(places)
    plants = standing_plants(view)
    found: dict[str, Link] = {}
    for id, component in view.components.items():
        here = [p for p in plants if p.at in region and id in p.to]
        working = tuple(dict.fromkeys(p.of for p in here if p.status == "operating"))
        coming = tuple(dict.fromkeys(p.of for p in here if p.status == "planned" and p.of not in working))
        absent = [s for s in view.of_kind("absent") if s.at in region and id in s.to]
        grade: LinkGrade = "present" if working else "planned" if coming else "missing" if absent else "no_evidence"
        rests = tuple(p for p in here if p.status != "closed") or tuple(absent)
        found[id] = Link(component, grade, working, coming, rests, (0, 0))
    for id, link in found.items():
        parts = view.children.get(id, ())
        present = sum(found[part].grade == "present" for part in parts)
        found[id] = Link(
            link.component, link.grade, link.suppliers, link.planned, link.statements, (present, len(parts))
        )
    return found


def standing_plants(view: ChainView) -> tuple[ChainStatement, ...]:
    """The newest statement about each plant: of one firm, in one city, for one component; closed ones included."""
    newest: dict[tuple[str, str, tuple[str, ...]], ChainStatement] = {}
    for plant in view.of_kind("plant"):
        key = (plant.of, plant.at, plant.to)
        old = newest.get(key)
        if old is not None and (old.status, plant.status) == ("operating", "planned"):
            continue  # it grows, and stays at work
        if old is not None and plant.source.id == UNCHECKED != old.source.id:
            continue  # a lead takes no place of what a page says
        if old is None or old.known_on <= plant.known_on or old.source.id == UNCHECKED != plant.source.id:
            newest[key] = plant
    closed = {(p.of, p.at, part): p.known_on for p in newest.values() if p.status == "closed" for part in p.to}
    return tuple(
        plant
        for plant in newest.values()
        if plant.status == "closed"
        or not all(closed.get((plant.of, plant.at, part), plant.known_on) > plant.known_on for part in plant.to)
    )
