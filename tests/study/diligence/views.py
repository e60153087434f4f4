"""Views made by hand, for tests: facts as (name, period, value, unit)."""

from datetime import date

from guanzi.base.core import Bilingual, Period, Place
from guanzi.record.evidence import Fact, Named, Source, View
from guanzi.study.diligence import run_checks

SOURCE = Source(
    id="s",
    publisher="Example",
    title=Bilingual("Example"),
    date=date(2020, 1, 1),
    address=None,
    mirror=False,
    grade="A",
    note="",
)


def fact(name, period, value, unit="CNY m", subject="company", **changes):
    """A fact; its id is made of subject, name and period."""
    fields = {
        "id": f"{subject}-{name}-{period}",
        "subject": subject,
        "name": name,
        "value": value,
        "unit": unit,
        "period": Period.parse(str(period)),
        "known_on": date(2020, 1, 1),
        "known_to": "public",
        "source": "s",
        "confidence": "high",
        "note": "",
        "held_because": "",
        "supersedes": None,
        "place": Place("facts.yaml"),
    }
    return Fact(**{**fields, **changes})


def view_of(*facts, currency="CNY"):
    """A view that holds these facts and nothing else."""
    return View(
        id="example",
        title=Bilingual("Example"),
        company=Named("example", "Example Motors"),
        region=Named("riverton", "Riverton"),
        industry="battery-electric-vehicles",
        model="scale-up-manufacturer",
        currency=currency,
        decision_date=date(2020, 4, 29),
        question=Bilingual("?"),
        as_of=date(2020, 4, 29),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        sources=(SOURCE,),
        sheets=(),
        documents=(),
    )


def quarters(name, first, *values, unit="vehicles"):
    """Facts of consecutive quarters."""
    period = Period.parse(first)
    return tuple(fact(name, str(period.shift(i)), float(v), unit) for i, v in enumerate(values))


def said_by(check, *facts, deal=None, **changes):
    """What one check says of these facts: code to finding; two findings of one code are an error."""
    found = [f for f in run_checks(view_of(*facts, **changes), deal) if f.check == check]
    codes = {f.code: f for f in found}
    assert len(codes) == len(found), [f.id for f in found]
    return codes
