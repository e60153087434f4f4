"""The page of a case opens like every page: verdict, picture, figures, what would change it, who does what by when."""

import pytest
from django.utils import timezone
from tests.jobs.sample import sample
from tests.office.small import CASE, open_small, sign_small

from guanzi.jobs.appraisal import to_json
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.models import AppraisalRun

SAID = {
    "bare": {"en": "Not appraised yet", "zh": "尚未评估"},
    "appraised": {"en": "Back, with conditions", "zh": "建议附条件支持"},
    "signed": {"en": "Too little evidence to advise", "zh": "证据不足，无法建议"},
}


def appraised(office):
    case, at = open_small(office), timezone.now()
    AppraisalRun.objects.create(
        case=case, version=case.head, as_of=case.decision_date, asked_by=office.lead, asked_at=at, state="done",
        paths=1_024, advice="back_with_conditions", files={"appraisal.json": keep_blob(to_json(sample()).encode())},
    )  # fmt: skip


def signed(office):
    sign_small(office)
    AppraisalRun.objects.update(advice="back")


STATES = {"bare": open_small, "appraised": appraised, "signed": signed}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("state", STATES)
def test_a_case_opens_with_its_five_parts_in_every_state(office, client, state, lang):
    STATES[state](office)
    office.lead.language = lang
    office.lead.save()
    client.force_login(office.lead)
    page = client.get(f"/cases/{CASE}/").content.decode()
    assert f'hx-get="/cases/{CASE}/opening/"' in page
    shown = client.get(f"/cases/{CASE}/opening/", headers={"HX-Request": "true"}).content.decode()
    assert SAID[state][lang] in shown
    assert 'class="mark ' in shown
    assert shown.count("<figure") == (state != "bare")
    figures = shown.count("<dt>")
    assert figures <= 4
    assert shown.count('class="tag"') >= figures
    assert {"change", "next"} <= {part for part in ("change", "next") if f'id="{part}"' in shown}
    assert {"en": "Owner: ", "zh": "责任方："}[lang] in shown
    assert "style=" not in shown
