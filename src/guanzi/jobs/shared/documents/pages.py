"""The pages: templates with the words and numbers of one appraisal, each written as one whole file."""

from __future__ import annotations

from functools import cache
from types import CodeType

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from guanzi.base.core import localised
from guanzi.jobs.shared.documents import words
from guanzi.render import exact, joint


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
        loader=PackageLoader("guanzi.jobs.shared.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: localised(value, lang) if isinstance(value, str) else value,
        bytecode_cache=_compiled(lang),
    )
    templates.filters |= {
        "tell": lambda text: words.localise_text(text, lang),
        "day": lambda value: words.day(value, lang),
        "period": lambda text: words.period(text, lang),
        "markup": Markup,
    }
    templates.globals |= {
        "t": lambda id, /, **params: words.say(id, lang, **params),
        "joint": lambda kind: joint(kind, lang),
        "word": lambda kind, code: words.word(kind, code, lang),
        "exact": lambda value, unit: exact(value, unit, lang),
    }
    return templates
