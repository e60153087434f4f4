"""The papers of the shipped cases, as few paths make them: what a test that reads every string reads."""

from __future__ import annotations

import html
import re
from functools import cache

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, appraise, to_json
from guanzi.jobs.appraisal.documents.brief import brief_html
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import find_case, load_case

PATHS = 64


@cache
def appraised(name: str, later_sources: bool = False) -> Appraisal:
    """A shipped case as of its decision."""
    return appraise(
        load_case(find_case(name)),
        paths=PATHS,
        options=AppraisalOptions(sensitivity=False, later_sources=later_sources),
    )


@cache
def papers(name: str) -> dict[str, str]:
    """Every paper of a case by its name: the appraisal, and dossier and brief in both languages."""
    found = appraised(name)
    pages = {
        f"{kind}.{lang}": html.unescape(page(found, lang))
        for kind, page in (("dossier", dossier_html), ("brief", brief_html))
        for lang in ("en", "zh")
    }
    return {"appraisal": to_json(found), **pages}


def text_of(page: str) -> str:
    """What a person reads of a page: no styles, no names of anchors; what is set as code is meant as code."""
    bare = re.sub(r"<(style|script|code)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", bare)
