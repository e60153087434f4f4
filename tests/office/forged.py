"""An office in which everything was done once, and what a hand in its database changes past the office."""

import json
from datetime import UTC, date, datetime, timedelta

from django.apps import apps
from django.db import connection, models, transaction


def play(monkeypatch):
    """Every kind of row, by actions alone; appraisals and simulations are invented."""
    from tests.office import played
    from tests.office.committee import quick

    from guanzi.office.actions import load_actions, perform
    from guanzi.office.auditlog.log import account_for_office, prepare_log
    from guanzi.office.cases import simulating
    from guanzi.office.models import Organisation, Person, RoleHeld
    from guanzi.office.paying.nightly import watch_all
    from guanzi.office.serving.demonstration import PEOPLE

    load_actions()
    prepare_log()
    city = Organisation.objects.create(slug="city", name="City", name_zh="市")
    other = Organisation.objects.create(slug="other", name="Other", name_zh="他市")
    for username, (name, name_zh, roles) in PEOPLE.items():
        person = Person.objects.create(username=username, name=name, name_zh=name_zh, organisation=city)
        for role in roles:
            RoleHeld.objects.create(person=person, role=role)
    Person.objects.create(username="other-ada", name="Ada", organisation=other)
    account_for_office()
    quick(monkeypatch)
    monkeypatch.setattr(simulating, "_distribution", lambda run: {"as_of": "2026-01-01", "figures": [1.5]})
    played.play()
    lin = Person.objects.get(username="lin")
    perform(lin, "device.begin", {"name": "telephone"}, "device")
    perform(lin, "case.open", {"builtin": "borgward-beijing-2019"}, "another")
    _connect(lin)
    figure = {"name": "deliveries", "period": "2026Q3", "page": 1, "figure": "6,000", "why": "of another plant"}
    held = {"case": played.SIGNED, "document": played.document_of(played.SIGNED)}
    perform(Person.objects.get(username="zhao"), "evidence.refuse_proposal", held | figure, "proposal")
    chen = Person.objects.get(username="chen")
    perform(chen, "interest.declare", {"case": played.DECLINED, "has_interest": True, "words": "A cousin"}, "cousin")
    lead = {"chain": "nev", "city": "hefei", "firm": "shibao", "why": "It builds in Wuhu already."}
    perform(lin, "lead.drop", lead, "drop")
    watch_all()


def end():
    """End the signed case: what its last instalment waits for is verified, it is paid, and the case is judged."""
    from tests.office import played, small

    from guanzi.office.actions import perform
    from guanzi.office.models import OfficeCase, Person

    yang, lin, xu, zhou = (Person.objects.get(username=name) for name in ("yang", "lin", "xu", "zhou"))
    quote = {"document": played.document_of(played.SIGNED), "page": 1, "quote": small.QUOTES["headquarters"]}
    perform(lin, "milestone.verify", {"case": played.SIGNED, "milestone": "headquarters"} | quote, "verified")
    waits = OfficeCase.objects.get(slug=played.SIGNED).corrections.get(state="asked").pk
    perform(lin, "watch.confirm_correction", {"case": played.SIGNED, "correction": waits}, "revenue")
    again = {"case": played.SIGNED, "quarter": "2026Q3", "deliveries": 6_000, "why": "Another plant was left out."}
    row = perform(yang, "watch.correct", again, "again").answer["correction"]
    perform(lin, "watch.confirm_correction", {"case": played.SIGNED, "correction": row}, "deliveries")
    report = OfficeCase.objects.get(slug=played.SIGNED).corrections.get(pk=row).report
    figure = {"case": played.SIGNED, "fact": f"{report}-deliveries", "quote": small.QUOTES["deliveries"]}
    perform(lin, "figure.verify", quote | figure, "figure")
    asked = {"case": played.SIGNED, "tranche": "t2", "words": "The quarter is not verified yet."}
    release = perform(lin, "money.ask", asked, "asked").answer["release"]
    perform(xu, "money.release", {"case": played.SIGNED, "release": release}, "paid")
    judged = {"case": played.SIGNED, "reasons": "The put was paid in part.", "outcome": "failure"}
    perform(zhou, "case.leave", judged, "end")


def _connect(person):
    """Let an identity at a provider open the account of a person."""
    from guanzi.office.actions.identities import account_of
    from guanzi.office.people.openid import ProvenIdentity
    from guanzi.office.people.providers import IdentityProvider

    provider = IdentityProvider(
        id="house",
        name="House",
        issuer="https://id.example",
        client="guanzi",
        secret="x",
        organisation=person.organisation.slug,
    )
    proven = ProvenIdentity(provider, "a-subject", "0" * 64, "lin", "Lin", frozenset(), True, 0.0)
    account_of(proven, person.pk)


def run(statement, *values):
    """Run a statement of SQL as somebody does who holds the database; how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def one(statement, *values):
    """The first row that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


class taken_back:
    """What is done within is taken back afterwards."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error):
        if error[0] is None:
            transaction.set_rollback(True)
        return self.atomic.__exit__(*error)


def another(field, value):
    """A value of a column that is not the one that it holds, of its kind."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.JSONField):
        held = json.loads(value) if isinstance(value, str) else value
        return json.dumps([held, "forged"])
    if isinstance(kind, models.BooleanField):
        return not value
    if isinstance(kind, models.DateTimeField):
        return moved(datetime.now(UTC) if value is None else value, timedelta(hours=1))
    if isinstance(kind, models.DateField):
        return moved(date(2026, 1, 1) if value is None else value, timedelta(days=1))
    if isinstance(kind, models.FloatField):
        return (value or 0.0) + 0.125
    if isinstance(kind, models.IntegerField):
        return (value or 0) + 1_000_001
    if isinstance(kind, models.BinaryField):
        return bytes(value) + b"."
    return forged_text(value or "", kind.max_length)


def forged_text(held, longest):
    """Another text of no more characters than a column takes."""
    text = f"{held}x" if longest is None or len(held) < longest else f"{'e' if held[0] != 'e' else 'f'}{held[1:]}"
    return text


def moved(value, by):
    """A time or day as a database gives it, moved."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if " " in value or "T" in value else date.fromisoformat(value)
    return str(value + by)


def columns():
    """Every column of every table of the office and of the libraries that it uses: model, field."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            yield model, field


def forge_column(model, field):
    """Change one column of one row by SQL; the key of the row, None where the table has none."""
    table, key = model._meta.db_table, model._meta.pk.column
    row = one(f'SELECT "{key}", "{field.column}" FROM "{table}" ORDER BY "{key}" DESC LIMIT 1')
    if row is None:
        return None
    assert run(f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{key}" = %s', another(field, row[1]), row[0]) == 1
    return str(row[0])
