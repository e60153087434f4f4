"""Pages of the office on a case: what they say of it is what its appraisal, its monitor and its facts say.

The pages are asked for as a browser asks, in both languages, of an office of one organisation in which the case was
opened, appraised and, where its deal was, signed.
"""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import secrets
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth.faults import Fault
from tests.truth.nouns import entered, latin, own_words, stripped, unentered, worded
from tests.truth.numbers import SIZES, authored, numbers, without
from tests.truth.reading import Reading
from tests.truth.rendered import plain_text

from guanzi.base.core import LANGUAGES, Message
from guanzi.render import tell

PATHS = 100
PAGES = ("", "findings/", "evidence/", "terms/", "streams/", "timeline/", "watch/")
"""Pages of a case that a lead reads."""
SEATS = {"lead": "lead", "manager": "manager", "analyst": "analyst", "member": "member"}
_TAG = re.compile(r"<(script|style|svg|head|nav|code|time|option)\b.*?</\1>|<[^>]+>", re.DOTALL)


@cache
def open_office() -> TemporaryDirectory[str]:
    """An office with an empty database in a folder of its own, for programs that no test runs; once a process."""
    folder = TemporaryDirectory()
    (Path(folder.name) / "office.sqlite3").touch()
    os.environ["GUANZI_OFFICE_DATA"] = folder.name
    os.environ["DJANGO_SETTINGS_MODULE"] = "guanzi.office.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    call_command("migrate", verbosity=0)
    return folder


def add_office(reading: Reading, folder: Path) -> None:
    """Open, appraise and sign the case in an office, and keep the text of its pages by page and language.

    Needs a database of the office that is empty or forgotten afterwards.

    Args:
        reading: The reading of the case.
        folder: The folder of the case, as it was written.
    """
    from django.test import Client
    from django.utils import timezone
    from tests.office.conftest import Office

    from guanzi.office.actions import load_actions, perform
    from guanzi.office.cases.tasks import appraise
    from guanzi.office.keeping.log import prepare_log
    from guanzi.office.models import AppraisalRun, OfficeCase, Person, Seat, Sitting

    load_actions()
    prepare_log()
    office = Office.make(f"o{secrets.token_hex(4)}")
    slug = str(reading.data.header["case"])
    perform(office.lead, "case.open", {"archive": _packed(folder)}, secrets.token_hex(8))
    case = OfficeCase.objects.get(slug=slug, organisation=office.organisation)
    for name, part in SEATS.items():
        since = {"part": part, "given_at": case.opened_at}
        Seat.objects.get_or_create(case=case, person=office.people[name], defaults=since)

    def do(who: Any, id: str, **asked: Any) -> dict[str, Any]:
        return perform(who, id, {"case": slug, **asked}, secrets.token_hex(8)).answer

    run = do(office.lead, "appraisal.ask", paths=PATHS)["appraisal"]
    appraise.func(run)
    found = AppraisalRun.objects.get(pk=run)
    assert found.state == "done", found.problem
    reading.published["office"] = json.loads(json.dumps(found.headline))
    if reading.sheet is not None and reading.view.sheet is not None:
        path = f"terms/{reading.view.sheet.name}.yaml"
        if reading.sheet.status == "definitive":
            at = timezone.now()
            case.stage = "signing"
            case.save(update_fields=["stage"])
            Sitting.objects.create(case=case, appraisal=found, purpose="decide", opened_by=office.chair, opened_at=at,
                                   state="closed", result="back", closed_at=at)  # fmt: skip
            for person in (office.lead, office.finance):
                do(person, "sheet.approve", path=path, sha256=case.head.tree[path])
            do(office.chair, "deal.sign", path=path)
    client = Client(SERVER_NAME="localhost")
    for lang in LANGUAGES:
        Person.objects.filter(pk=office.lead.pk).update(language=lang)
        client.force_login(Person.objects.get(pk=office.lead.pk))
        for page in PAGES:
            answer = client.get(f"/cases/{slug}/{page}")
            assert answer.status_code == 200, (page, answer.status_code)
            text = answer.content.decode()
            reading.shown[f"office:{page.strip('/') or 'case'}:{lang}"] = _lines(text)


def _packed(folder: Path) -> str:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as out:
        for path in sorted(folder.rglob("*.yaml")):
            if path.relative_to(folder).parts[0] not in ("monitoring", "outcome"):
                out.writestr(str(path.relative_to(folder)), path.read_text("utf-8"))
    return base64.b64encode(box.getvalue()).decode()


def _lines(page: str) -> str:
    """The main part of a page, a line for each run of text between two marks."""
    main = page[page.find("<main") : page.find("</main>")]
    return "\n".join(line.strip() for line in html.unescape(_TAG.sub("\n", main)).split("\n") if line.strip())


def misshown(reading: Reading) -> Iterator[Fault]:
    """What pages of the office say otherwise than the data, or than one another in the other language."""
    pages = {key.split(":")[1] for key in reading.shown if key.startswith("office:")}
    for page in sorted(pages):
        told, kept = {lang: reading.shown[f"office:{page}:{lang}"] for lang in LANGUAGES}, f"misshown {page}"
        if reading.kept.get(kept, (None,))[0] != told:
            data = reading.data
            own = set(authored((data.header, data.facts, dict(data.sheets), data.sources, data.watched)))
            found = (*_numbers(page, told, own), *_named(reading, page, told), *_said(reading, page, told))
            reading.kept[kept] = (told, found)
        yield from reading.kept[kept][1]


def _fault(page: str, lang: str, said: str, against: str, kind: str) -> Fault:
    return Fault("office", f"office:{page}", lang, said, against, kind)


ONE_DIGIT = 0.1
"""How far an amount near nought lies from itself with more digits, where a page says it with one."""


def _numbers(page: str, told: dict[str, str], own: set[tuple[str, str]]) -> Iterator[Fault]:
    """Both languages have the same numbers, line by line, but for words of the case and one that is said in words."""
    english, chinese = (told[lang].split("\n") for lang in LANGUAGES)
    if len(english) != len(chinese):
        yield _fault(page, "en", f"{len(english)} lines", f"in zh {len(chinese)}", f"lines:{page}")
    for en, zh in zip(english, chinese, strict=False):
        if en == zh or (en, zh) in own:
            continue
        english_has, chinese_has = numbers(en, "en"), numbers(zh, "zh")
        alone = [*without(english_has, chinese_has, ONE_DIGIT), *without(chinese_has, english_has, ONE_DIGIT)]
        alone = [number for number in alone if number != 1]
        if alone:
            yield _fault(page, "en", en[:200], f"in zh “{zh[:200]}”: {alone[:4]}", f"numbers:{page}")


def _named(reading: Reading, page: str, told: dict[str, str]) -> Iterator[Fault]:
    """No key, no English sentence on a Chinese page, nor the reverse."""
    own = own_words(reading)
    for kind, against in worded({lang: stripped(text, own) for lang, text in told.items()}):
        yield _fault(page, "", against, "words of another language, or a key", f"{kind}:{page}")
    names = entered(reading)
    for line in told["zh"].split("\n"):
        if word := latin(unentered(line, names)):
            yield _fault(page, "zh", line[:200], f"“{word}”", f"english-in-chinese:{page}")


def _said(reading: Reading, page: str, told: dict[str, str]) -> Iterator[Fault]:
    """The newest appraisal is told with its advice, sentence, figures and reasons; evidence with every fact."""
    headline = reading.published["office"]
    for lang, text in told.items():
        plain, asked = plain_text(text), []
        if page == "findings":
            asked = [tell(Message.from_dict(one), lang) for one in (headline["headline"], *headline["reasons"])]
            asked += [figure[lang] for figure in headline["figures"]]
        for words in asked:
            if plain_text(words) not in plain:
                yield _fault(page, lang, words, "the page does not say it", f"lost:{page}")
        if page == "evidence":
            yield from _facts(reading, lang, text)


def _facts(reading: Reading, lang: str, text: str) -> Iterator[Fault]:
    """Every number of a page of evidence is one of a fact."""
    held = [float(end) for fact in reading.view.facts for end in _ends(fact.value)]
    sizes = (1.0, *(size for size in SIZES[lang].values()))
    for line in text.split("\n"):
        for number in numbers(line, lang):
            if number > 3000 and not any(abs(number / size - abs(x)) <= 0.06 * abs(x) for size in sizes for x in held):
                yield _fault("evidence", lang, line, f"no fact has {number:g}", "unheard:evidence")


def _ends(value: object) -> tuple[float, ...]:
    ends = value if isinstance(value, tuple) else (value,)
    return tuple(end for end in ends if isinstance(end, int | float) and not isinstance(end, bool))
