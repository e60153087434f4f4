"""Fills the site: people, a thousand cases, a hundred facts each, and a log. Run with the Python of the peer."""

import datetime
import json
import os
import random
import sys
import uuid

import django

CASES, FACTS, ENTRIES, PEOPLE = 1_000, 100, 1_000_000, 20
PASSWORD = "a password of this benchmark alone"
REGIONS = ("Riverton", "Lakeside", "Northgate", "Eastport", "Hillfort", "Westbridge", "Saltmarsh", "Stonefield")
NAMES = ("deliveries", "revenue", "net loss", "cash", "r and d", "capex", "total debt", "capacity")


def main() -> None:
    """Everything, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.wagtailsite.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    with transaction.atomic():
        people = _people()
        cases = _pages(people)
        _log(cases, people)
    call_command("update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    json.dump({"home": cases[0].get_parent().pk, "cases": [case.pk for case in cases]}, sys.stdout)


def _people() -> list:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    people = []
    for n in range(PEOPLE):
        person = get_user_model().objects.create_user(f"person{n}", f"person{n}@example.org", PASSWORD)
        person.groups.set(Group.objects.filter(name__in=("Moderators", "Editors")))
        people.append(person)
    return people


def _pages(people: list) -> list:
    """Cases below the first page, facts below cases; rows in one go, since saving each looks at its neighbours."""
    from benchmarks.peers.wagtailsite.models import PeerCase, PeerFact
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Locale, Page

    home = Page.objects.get(depth=2)
    at, locale, chance = timezone.now(), Locale.get_default(), random.Random(1)
    kinds = {model: ContentType.objects.get_for_model(model) for model in (PeerCase, PeerFact)}

    def page(model, above, number, title, children):
        path = Page._get_path(above.path, above.depth + 1, number)
        slug = title.lower().replace(" ", "-")
        return Page(
            path=path, depth=above.depth + 1, numchild=children, title=title, draft_title=title, slug=slug,
            url_path=f"{above.url_path}{slug}/", content_type=kinds[model], owner=chance.choice(people), live=True,
            locale=locale, translation_key=uuid.uuid4(), first_published_at=at, last_published_at=at,
            latest_revision_created_at=at,
        )  # fmt: skip

    cases = [page(PeerCase, home, n + 1, f"{REGIONS[n % 8]} Motors {n}", FACTS) for n in range(CASES)]
    Page.objects.bulk_create(cases, batch_size=500)
    facts = [
        page(PeerFact, case, n + 1, f"{NAMES[n % 8]} of {2015 + n // 8}", 0) for case in cases for n in range(FACTS)
    ]
    Page.objects.bulk_create(facts, batch_size=500)
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + CASES)
    due = datetime.date(2026, 1, 1)
    with connection.cursor() as cursor:
        table, own = (
            PeerCase._meta.db_table,
            "page_ptr_id, company, region, industry, state, stage, due, planned, bound",
        )
        cursor.executemany(
            f"INSERT INTO {table} ({own}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (one.pk, one.title, REGIONS[n % 8], "vehicles", ("open", "signed", "declined")[n % 3], "watching",
                 (due + datetime.timedelta(days=n % 300)).isoformat(), 400.0 + n, 200.0)
                for n, one in enumerate(cases)
            ],
        )  # fmt: skip
        table = PeerFact._meta.db_table
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, value, unit, period, grade) VALUES (%s, %s, %s, %s, %s)",
            [(one.pk, str(n % 997), "CNY m", one.title[-4:], "B") for n, one in enumerate(facts)],
        )
    found = list(PeerCase.objects.order_by("path"))
    for n, case in enumerate(found):
        case.save_revision(user=people[n % PEOPLE], changed=False).publish()
    return found


def _log(cases: list, people: list) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import PageLogEntry

    kind = ContentType.objects.get_for_model(type(cases[0]))
    start, chance = timezone.now() - datetime.timedelta(days=730), random.Random(2)
    step = datetime.timedelta(days=730) / ENTRIES
    for begun in range(0, ENTRIES, 20_000):
        PageLogEntry.objects.bulk_create(
            [
                PageLogEntry(
                    page=(case := cases[chance.randrange(CASES)]), content_type=kind, label=case.title,
                    action=("wagtail.edit", "wagtail.publish", "wagtail.lock")[n % 3], timestamp=start + n * step,
                    user=people[n % PEOPLE], uuid=uuid.uuid4(), content_changed=True,
                )
                for n in range(begun, begun + 20_000)
            ],
            batch_size=1_000,
        )  # fmt: skip


if __name__ == "__main__":
    main()
