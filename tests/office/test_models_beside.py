"""A company's own Excel model on the page of its document: claims beside the facts, and the typed cells that feed them."""  # noqa: E501

import io
import time

import pytest
from openpyxl import Workbook
from tests.jobs.test_models import keep_computed
from tests.office.evidence_of import open_small
from tests.office.test_proposing import upload

from guanzi.office.actions import perform
from guanzi.office.models import Person


def model(tmp_path, revenue):
    book = Workbook()
    book.active.title = "Plan"
    book.active.append(["RMB million", "FY2024", "FY2025"])
    book.active.append(["Revenue", 90, "=C4*C5"])
    book.active.append(["Cost of revenue", 80, 85])
    book.active.append(["Vehicles sold", 100, 110])
    book.active.append(["Price <b>per</b> vehicle", 0.9, revenue / 110])
    book.save(tmp_path / "m.xlsx")
    keep_computed(tmp_path / "m.xlsx", "C4*C5", revenue)
    return (tmp_path / "m.xlsx").read_bytes()


@pytest.fixture
def case(office):
    return open_small(office)


def opened(client, id):
    for _ in range(600):
        text = client.get(f"/cases/small/evidence/documents/{id}/").content.decode()
        if "are being read" not in text and "正在读取" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("not read")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_lays_claims_beside_the_facts_and_names_the_cells_that_feed_them(office, case, client, tmp_path, lang):
    Person.objects.filter(pk=office.analyst.pk).update(language=lang)
    client.force_login(office.analyst)
    id = upload(office, model(tmp_path, 110.0), "model.xlsx").answer["document"]
    text = opened(client, id)
    assert {"en": "The workbook as a model", "zh": "工作簿模型"}[lang] in text
    assert "Plan!C2" in text
    fed = text[text.index({"en": "Typed numbers that feed", "zh": "影响上述数据的录入数字"}[lang]) :]
    assert fed.index("Plan!C4") < fed.index("Plan!C2")
    assert "&lt;b&gt;per&lt;/b&gt;" in fed
    assert "<b>per</b>" not in text


def test_how_far_a_claim_is_from_the_held_fact_is_said(office, case, client, tmp_path):
    client.force_login(office.analyst)
    stated = {
        "name": "revenue",
        "value": "88",
        "unit": "CNY m",
        "period": "2025",
        "known_on": "2026-03-01",
        "source": "report",
    }
    perform(office.analyst, "evidence.add_fact", {"case": "small", **stated}, "held")
    book = Workbook()
    book.active.append(["RMB million", "FY2025"])
    book.active.append(["Revenue", 110])
    book.active.append(["Cost of revenue", "=B2*0.5"])
    book.save(tmp_path / "m.xlsx")
    id = upload(office, (tmp_path / "m.xlsx").read_bytes(), "far.xlsx").answer["document"]
    assert "the model is 25 % higher" in opened(client, id)


def test_a_workbook_without_formulas_is_no_model(office, case, client, tmp_path):
    client.force_login(office.analyst)
    held = io.BytesIO()
    book = Workbook()
    book.active.append(["Revenue", 5])
    book.save(held)
    id = upload(office, held.getvalue(), "plain.xlsx").answer["document"]
    assert "The workbook as a model" not in opened(client, id)
