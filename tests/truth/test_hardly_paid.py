"""A clause that is named in both languages and hardly ever paid is named so in the reasons of the advice."""

from tests.truth.euro_grant import SHEET, written

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.base.core import LANGUAGES, Message, render

NAMED = SHEET.replace("main: {type: grant,", "main: {type: grant, name: {en: The main grant, zh: 主要补助},")
NEVER = NAMED.replace("10_000", "90_000_000")


def test_a_clause_that_is_hardly_ever_paid_is_named_in_each_language(tmp_path):
    case = written(tmp_path / "cellworks-uplands", NEVER)
    found = appraise(case, paths=64, options=AppraisalOptions(sensitivity=False, proposal=False))
    reasons = [Message.from_dict(reason.model_dump()) for reason in found.summary.reasons]
    hardly = next(reason for reason in reasons if reason.id == "appraisal.reason.hardly_paid")
    assert [name in render(hardly, lang) for lang, name in zip(LANGUAGES, ("main grant", "主要补助"), strict=True)] == [
        True,
        True,
    ]
