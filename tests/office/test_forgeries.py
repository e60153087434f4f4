"""Nobody changes the database past the office without the check telling: every column, and what is done cleverly."""

from itertools import islice

import pytest
from django.apps import apps
from tests.office import forged
from tests.office.forgeries import FORGERIES
from tests.office.once import played_once

from guanzi.office.auditlog.log import prepare_log
from guanzi.office.models import Blob, CaseOutcome, RowDigest, accounted_models

DJANGO = "nothing in the office asks for permissions of Django: roles and seats decide"
REASONS = {
    "auth.Permission": DJANGO,
    "auth.Group": DJANGO,
    "auth.Group_permissions": DJANGO,
    "office.Person_groups": DJANGO,
    "office.Person_user_permissions": DJANGO,
    "contenttypes.ContentType": DJANGO,
    "sessions.Session": "changes with every request, ends after eight hours; what is done in it stands in the log",
    "django_tasks_database.DBTaskResult": "work that waits; its result is accounted for when it is there",
    "office.GuessCount": "counts tries of secrets for a quarter of an hour; a right one is asked for all the same",
    "office.HeldContent": "what counts against the quota of an organisation; it gives no right, and files are compared",
    "office.OutgoingNotice": "what is to be sent of what waits, which is asked for anew; it gives no right",
    "office.NoticeChannel.digest_on": "follows what was sent",
    "office.NoticeChannel.failures": "counts what was not taken",
    "office.NoticeChannel.next_try": "follows what was sent",
    "office.WatchRun": "says when the nightly watch was made; what it found is accounted for",
    "office.Person.last_login": "changes with every entering, and gives no right",
    "office.Person.language": "in which pages speak",
    "office.Person.filters": "which queries of lists one keeps under a name; they give no right",
    "office.ApiToken.used_at": "changes with every request, and gives no right",
    "otp_totp.TOTPDevice.drift": "follows the clock of the device with every entering",
    "otp_totp.TOTPDevice.last_t": "changes with every entering; it holds back a number for half a minute",
    "otp_totp.TOTPDevice.throttling_failure_count": "counts wrong numbers",
    "otp_totp.TOTPDevice.throttling_failure_timestamp": "counts wrong numbers",
    "otp_totp.TOTPDevice.last_used_at": "changes with every entering, and gives no right",
    "office.IndexedFact.id": "rows of an index are made anew with every version; nothing names them",
    "office.WatchedFact.id": "as of IndexedFact",
    "office.IndexedSource.id": "as of IndexedFact",
    "office.IndexedPage.id": "as of IndexedFact",
    "office.DealStanding.id": "as of IndexedFact",
    "office.FigureOwed.id": "as of IndexedFact",
    "office.IndexedFact.words": "what a search finds; a newer library words it otherwise",
    "office.WatchedFact.words": "as of IndexedFact",
    "office.DealStanding.as_of": "day of the last look: what stood on it is compared",
    "office.RowDigest.id": "no order is read from it",
}
"""Columns, and whole tables, that the check does not compare, each with the reason."""
SHARES = 8
"""The forgeries are tried in so many shares: each plays an office of its own."""
EMPTY = {"otp_static.StaticDevice", "otp_static.StaticToken"}
"""Tables that the office never writes: a row in them is hidden, and among the forgeries."""


@played_once
def begun(db, folder):
    """A log that nothing stands in."""
    prepare_log()


@played_once
def played(begun, django_capture_on_commit_callbacks):
    """An office in which everything was done once, as :mod:`tests.office.forged` plays it."""
    with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        forged.play(patch)


def told():
    """What the check says of contents, as text; what an installation lacks otherwise is left out."""
    from guanzi.office.serving.checking import lacking

    kinds = ("row_", "rules_", "blobs", "gone", "trees", "index", "last", "log")
    found = [one.what for one in lacking() if one.what.id.removeprefix("office.check.").startswith(kinds)]
    return {f"{what.id} {dict(what.params)}" for what in found}


def columns_without_a_reason():
    """The columns that the check has to notice, by their tables."""
    columns = {}
    for model, field in forged.columns():
        label = model._meta.label
        if not {label, f"{label}.{field.name}"} & REASONS.keys():
            columns.setdefault(model, []).append(field)
    return columns


def test_columns_are_many():
    assert sum(map(len, columns_without_a_reason().values())) > 250


@pytest.mark.parametrize("share", range(SHARES))
def test_every_column_of_the_schema_is_noticed_or_has_a_reason(played, share):
    assert told() == set()
    columns = {model: fields[share::SHARES] for model, fields in columns_without_a_reason().items()}
    accounted = {model: columns.pop(model) for model in accounted_models()}
    accounted.pop(CaseOutcome)  # no case has ended; see below
    apart = [{model: columns.pop(model)} for model in (RowDigest, Blob)]  # others are read by them
    tried = {}
    for some in (accounted, columns, *apart):
        tried |= forged_columns(some)
    assert sorted(name for name, is_noticed in tried.items() if not is_noticed) == []


def test_every_column_of_the_judgement_on_an_ended_case_is_noticed(played, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        forged.end()
    assert told() == set()
    tried = forged_columns({CaseOutcome: columns_without_a_reason()[CaseOutcome]})
    assert len(tried) >= 5
    assert sorted(name for name, is_noticed in tried.items() if not is_noticed) == []


def forged_columns(columns):
    """Name of each column -> whether the check tells of its table; one of every table at a time is forged."""
    tried, left = {}, {model: list(fields) for model, fields in columns.items() if fields}
    while left:
        with forged.taken_back():
            now = {model: fields.pop() for model, fields in left.items()}
            keys = {model: forged.forge_column(model, field) for model, field in now.items()}
            said = told()
        for model, field in now.items():
            assert (keys[model] is None) == (model._meta.label in EMPTY), f"{model._meta.label} has no row"
            if keys[model] is not None:
                tried[f"{model._meta.label}.{field.name}"] = any(_is_of(model, words) for words in said)
        left = {model: fields for model, fields in left.items() if fields}
    return tried


def _is_of(model, words):
    """Whether words of the check speak of a table."""
    names = {"Blob": ("check.blobs", "check.gone"), "RowDigest": ("row_digest",)}
    own = names.get(model.__name__, (f"'{model._meta.label_lower}'",))
    return any(name in words for name in own)


def test_every_reason_is_of_a_column_that_there_is():
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    there |= {f"{model._meta.label}.{field.name}" for model, field in forged.columns()}
    assert REASONS.keys() <= there


def test_forgeries_are_many():
    assert len(FORGERIES) >= 60


@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_done_cleverly_in_the_database_is_noticed(played, share):
    assert told() == set()
    unnoticed = []
    for name, do in islice(FORGERIES.items(), share, None, SHARES):
        with forged.taken_back():
            do()
            if told() == set():
                unnoticed.append(name)
    assert unnoticed == []
