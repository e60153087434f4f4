"""The pages: templates with the words and numbers of one appraisal, each written as one whole file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import CodeType

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from guanzi.advice.appraisal import Appraisal, Text
from guanzi.base.core import said
from guanzi.render import entered, exact, joint
from guanzi.reports import words
from guanzi.reports.evidence import publisher
from guanzi.reports.figures import format_figure, format_interval, format_sample, format_value
from guanzi.reports.parameters import exact_values, format_distribution
from guanzi.reports.parents import links, parent


class _Compiled(BytecodeCache):
    """Compiled templates, kept while the process lives."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket what was compiled from the same text."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket brings."""
        if bucket.code is not None:
            self.kept[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(lang: str) -> _Compiled:
    """What was compiled for a language: a constant of a template is said in it when it is compiled."""
    return _Compiled()


def plain_environment(lang: str) -> Environment:
    """Templates that can say texts and figures by themselves."""
    templates = Environment(
        loader=PackageLoader("guanzi.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: said(value, lang) if isinstance(value, str) else value,
        bytecode_cache=_compiled(lang),
    )
    templates.filters |= {
        "tell": lambda text: words.tell(text, lang),
        "publisher": lambda s: publisher(s, lang) if s.withheld else entered(s.publisher, lang),
        "entered": lambda text: entered(text, lang),
        "day": lambda value: words.day(value, lang),
        "period": lambda text: words.period(text, lang),
        "figure": lambda figure: format_figure(figure, lang),
        "sample": lambda figure: format_sample(figure, lang),
        "value": lambda figure: format_value(figure, lang),
        "interval": lambda figure: format_interval(figure, lang),
        "markup": Markup,
    }
    templates.globals |= {
        "t": lambda id, /, **params: words.say(id, lang, **params),
        "joint": lambda kind: joint(kind, lang),
        "word": lambda kind, code: words.word(kind, code, lang),
        "exact": lambda value, unit: exact(value, unit, lang),
    }
    return templates


def environment(appraisal: Appraisal, lang: str) -> Environment:
    """Templates that can say the texts and figures of an appraisal."""
    found = links(appraisal, lang)
    templates = plain_environment(lang)
    templates.filters |= {
        "figure": lambda figure: format_figure(figure, lang, appraisal.figures),
        "sample": lambda figure: format_sample(figure, lang, appraisal.figures),
        "fact_value": lambda fact: (
            entered(fact.value, lang) if isinstance(fact.value, str) else exact(fact.value, fact.unit, lang)
        ),
        "distribution": lambda parameter: format_distribution(parameter, lang),
        "exact_values": lambda parameter: exact_values(parameter, lang),
    }
    templates.globals |= {
        "title": words.title(appraisal.case, lang),
        "link": lambda id: parent(found, id, lang),
    }
    return templates


def unsaid(appraisal: Appraisal, ids: tuple[str, ...]) -> list[str]:
    """Findings that the reasons have not said already."""
    findings = {finding.id: finding for finding in appraisal.findings}
    said = [text for reason in appraisal.summary.reasons for text in (reason, *_within(reason))]
    return [id for id in ids if findings[id].text not in said]


def _within(reason: Text) -> Iterator[Text]:
    """What a reason tells of in its turn: the finding by which a rule was broken."""
    for value in reason.params.values():
        if isinstance(value, Mapping) and "id" in value:
            yield Text.model_validate(value)
