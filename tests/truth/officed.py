"""Pages of the office on a case: what they say of it is what its appraisal, its monitor and its facts say.

The pages are asked for as a browser asks, in both languages, of an office of one organisation in which the case was
opened, appraised and, where its deal was, signed. Each is held to the sentences and values that it was given to show.
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
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth.faults import Fault
from tests.truth.nouns import entered, latin, own_words, stripped, unentered, worded
from tests.truth.numbers import SIZES, authored, numbers, without
from tests.truth.reading import Reading
from tests.truth.rendered import plain_text

from guanzi.base.core import LANGUAGES, Message
from guanzi.render import localise

PATHS = 100
PAGES = ("", "findings/", "evidence/", "terms/", "streams/", "timeline/", "watch/")
"""Pages of a case that a lead reads."""
SEATS = {"lead": "lead", "manager": "manager", "analyst": "analyst", "member": "member"}
_SPACE = re.compile(r"[\s\u2060]+")
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
    from guanzi.office.auditlog.log import prepare_log
    from guanzi.office.cases.tasks import appraise
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
    reading.published["office people"] = [person.name for person in office.people.values()]
    client, given = Client(SERVER_NAME="localhost"), reading.published.setdefault("office given", {})
    for lang in LANGUAGES:
        Person.objects.filter(pk=office.lead.pk).update(language=lang)
        client.force_login(Person.objects.get(pk=office.lead.pk))
        for page in PAGES:
            with _noting(lang) as values:
                answer = client.get(f"/cases/{slug}/{page}")
            assert answer.status_code == 200, (page, answer.status_code)
            text, name = answer.content.decode(), f"{page.strip('/') or 'case'}:{lang}"
            reading.shown[f"office:{name}"] = _lines(text)
            given[name] = (values, _beside(text))


def _packed(folder: Path) -> str:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as out:
        for path in sorted(folder.rglob("*.yaml")):
            if path.relative_to(folder).parts[0] not in ("monitoring", "outcome"):
                out.writestr(str(path.relative_to(folder)), path.read_text("utf-8"))
    return base64.b64encode(box.getvalue()).decode()


@contextmanager
def _noting(lang: str) -> Iterator[Counter[str]]:
    """Count the sentences and values that templates are given to show, while pages are made."""
    from guanzi.office.pages.rendering import environment

    environment.cache_clear()
    values: Counter[str] = Counter()
    shows = environment(lang).finalize or str

    def note(value: object) -> object:
        shown = shows(value)
        told = "" if shown is None or hasattr(shown, "__html__") else _bare(str(shown))
        values.update([told] if told else ())
        return shown

    environment(lang).finalize = note
    yield values
    environment.cache_clear()


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _beside(page: str) -> str:
    """What a page holds beside the lines that are read: attributes, choices, ways to other pages."""
    start, end = page.find("<main"), page.find("</main>")
    left = (page[:start], *(tag[0] for tag in _TAG.finditer(page[start:end])), page[end:])
    return _bare(html.unescape("\n".join(left)))


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
            given = reading.published["office given"]
            asked = chain(*(_given(page, lang, told[lang], *given[f"{page}:{lang}"]) for lang in LANGUAGES))
            found = (*_numbers(page, told, own), *_named(reading, page, told), *_said(reading, page, told), *asked)
            reading.kept[kept] = (told, found)
        yield from reading.kept[kept][1]
    for lang in LANGUAGES:
        heads = {page: reading.shown[f"office:{page}:{lang}"].split("\n")[:HEAD] for page in pages}
        usual = Counter("\n".join(head) for head in heads.values()).most_common(1)
        for page, head in sorted(heads.items()):
            if "\n".join(head) != usual[0][0]:
                yield _fault(page, lang, str(head), f"other pages begin with {usual[0][0]}", f"head:{page}")


HEAD = 3
"""Lines with which every page of a case begins: its name and state, its title, company, place and day."""


def _fault(page: str, lang: str, said: str, against: str, kind: str) -> Fault:
    return Fault("office", f"office:{page}", lang, said, against, kind)


def _given(page: str, lang: str, told: str, values: Counter[str], beside: str) -> Iterator[Fault]:
    """A page shows each sentence and value that it was given, as often, and nothing else."""
    plain = _bare(told)
    for value, n in values.items():
        if len(value) >= LEAST and plain.count(value) + beside.count(value) < n:
            yield _fault(page, lang, value, "the page was given it, and does not show it", f"unshown:{page}")
    longest = sorted(values, key=len, reverse=True)
    for line in told.split("\n"):
        left = _bare(line)
        for value in longest if left not in values else ():
            if value in left:
                left = re.sub(_whole(value), "·", left)
        if left not in values and line not in FILES and re.search(r"\w", left):
            yield _fault(page, lang, line, f"the page was given no “{left}”", f"ungiven:{page}")


def _whole(value: str) -> str:
    """Where a value stands, and not a part of a longer number."""
    before, after = r"(?<!\d)(?<!\d[.,])", r"(?![.,]?\d)"
    return f"{before if value[0].isdigit() else ''}{re.escape(value)}{after if value[-1].isdigit() else ''}"


FILES = ("CSV", "XLSX", "appraisal.json")
"""Names of files, which are the same in every language."""
LEAST = 8
"""So many characters what is looked for on a page has at least: shorter words stand within others."""
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
    names = tuple(sorted((*entered(reading), *_ids(reading)), key=len, reverse=True))
    for line in told["zh"].split("\n"):
        if line not in FILES and (word := latin(unentered(line, names))):
            yield _fault(page, "zh", line[:200], f"“{word}”", f"english-in-chinese:{page}")


def _ids(reading: Reading) -> Iterator[str]:
    """What stands on a page as it was given: ids of the case, paths of its files, and names of people."""
    view = reading.view
    yield from reading.published["office people"]
    yield from (str(reading.data.header["case"]), view.region.id, view.company.id)
    for held in (view.facts, view.sources, view.entities, view.documents):
        yield from (one.id for one in held)
    yield from (fact.subject for fact in view.facts)
    yield from (f"{folder}{name}.yaml" for name in reading.data.sheets for folder in ("terms/", ""))


def _said(reading: Reading, page: str, told: dict[str, str]) -> Iterator[Fault]:
    """The newest appraisal is told with its advice, sentence, figures and reasons; evidence with every fact."""
    headline = reading.published["office"]
    for lang, text in told.items():
        plain, asked = plain_text(text), []
        if page == "findings":
            asked = [localise(Message.from_dict(one), lang) for one in (headline["headline"], *headline["reasons"])]
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
