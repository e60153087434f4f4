"""A dossier of a deal that cannot be simulated says so, and nothing beside it says the contrary."""

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import find_case, load_case
from guanzi.render import document_html


@pytest.fixture(scope="module")
def tesla():
    return appraise(load_case(find_case("tesla-shanghai-2018")), options=AppraisalOptions(sensitivity=False))


@pytest.mark.parametrize(
    ("lang", "never"),
    [
        (
            "en",
            (
                "0 simulated paths",
                "0 paths",
                "there was no term sheet",
                "each is simulated",
                "last 1 complete calendar year",
            ),
        ),
        ("zh", ("0条模拟路径", "0条路径", "截至日尚无条款书", "有关事项按载明的假设模拟")),
    ],
)
def test_nothing_speaks_of_paths_or_of_a_missing_term_sheet(tesla, lang, never):
    page = dossier_html(tesla, lang) + document_html(brief_document(tesla), lang)
    assert tesla.sheet
    assert not [words for words in never if words in page]


def test_the_company_s_own_plant_abroad_is_no_rival(tesla):
    assert not [f for f in tesla.findings if f.check == "competition" and "fremont" in str(f.text.params).lower()]
