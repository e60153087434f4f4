"""Kinds of clauses of others' contracts: what is drafted of them is right, and what cannot be is named, not guessed."""

import random
from datetime import date

import pytest
from tests.jobs.test_contracts import drafted, own_cache, sheet_of
from tests.record.evidence.folders import facts_yaml, write_case
from typer.testing import CliRunner

from guanzi.base.reading import read_yaml
from guanzi.cli import app
from guanzi.deal.terms import read_sheet

__all__ = ["own_cache"]
HEAD = {
    "en": 'This Agreement is dated March 19, 2018 between Lee County (the "County") and Farway Inc. (the "Company").\n',
    "zh": "本协议于2018年3月19日签署。\n甲方（政府）：江城市人民政府\n乙方（公司）：远行有限公司\n",
}


def sheet(tmp_path, lang, *lines, **asked):
    path = tmp_path / "agreement.txt"
    path.write_text(HEAD[lang] + "\n".join(lines), encoding="utf-8")
    return sheet_of(drafted(path, currency="CNY", **asked))


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "1. The Company shall ensure revenue of at least RMB {n} million in each year."),
        ("zh", "一、乙方承诺年度营业收入不低于{n}百万元。"),
        ("zh", "一、乙方承诺年度税收不低于{n}百万元。"),
        ("en", "1. The Company shall ensure revenue of at least RMB {n} million in 2026."),
    ],
)
def test_a_promise_of_a_year_is_judged_on_whole_years_alone(tmp_path, lang, line):
    n = random.Random(line).randint(11, 99)
    [covenant] = sheet(tmp_path, lang, line.format(n=n))["covenants"].values()
    require = covenant["require"]
    assert require.startswith(("not consecutive(year_total(", "not (after('2026-09-30') and before('2027-01-01') and"))
    assert f"< {n}" in require


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("zh", "一、乙方承诺亩均税收不低于3万元。"),
        ("en", "1. The Company shall pay at least $9,000.00 of taxes per acre."),
        ("zh", "一、正式投产后，乙方应加强安全管理。"),
        ("en", "1. The Company shall create the New Jobs set forth in Exhibit B."),
    ],
)
def test_a_figure_for_a_piece_and_a_mention_of_production_are_no_covenant(tmp_path, lang, line):
    assert "covenants" not in sheet(tmp_path, lang, line)


def test_what_holds_once_production_began_is_no_promise_before(tmp_path):
    [covenant] = sheet(tmp_path, "zh", "一、正式投产后，乙方确保年度税收不低于1000万元。")["covenants"].values()
    assert covenant["require"] == "not plant_local or not consecutive(year_total(tax_local) < 10, years=1)"


def test_the_most_that_may_be_given_is_a_range_from_nothing_unless_the_grant_itself_is_stated(tmp_path):
    most = "1. The County shall pay incentive grants, which could amount to up to $346,246.00 in all."
    grants = sheet(tmp_path, "en", most)["incentives"]
    assert [one["amount"] for one in grants.values()] == [{"unknown": {"low": 0, "high": 0.346246}}]
    stated = "2. The County shall pay the Company a grant of $50,000.00 by June 30, 2018."
    both = sheet(tmp_path, "en", stated, most)["incentives"]
    assert [one["amount"] for one in both.values() if not isinstance(one["amount"], dict)] == [0.05]


def test_who_stops_producing_owes_the_grant_back(tmp_path):
    lines = (
        "1. The County shall pay the Company a grant of $50,000.00 by June 30, 2018.",
        "2. If the Company ceases operations at the Project, it shall repay the grant in full.",
    )
    incentives = sheet(tmp_path, "en", *lines)["incentives"]
    assert (incentives["clawback"]["when"], incentives["clawback"]["recover"]) == ("not plant_local", "100%")


@pytest.mark.parametrize("seed", range(6))
def test_instalments_are_held_against_the_total_that_the_text_states(tmp_path, seed):
    draw = random.Random(seed)
    parts = [draw.randint(11, 900) for _ in range(3)]
    rest = draw.choice((0, draw.randint(20, 500)))
    lines = [
        f"1. The Investor shall invest an aggregate of RMB {sum(parts) + rest} million in the shares of the Company.",
        "2. The Investor shall pay the subscription price in installments:",
        *(
            f"({c}) RMB {part} million on or before June 30, {2024 + n};"
            for n, (c, part) in enumerate(zip("abc", parts, strict=True))
        ),
    ]
    path = tmp_path / "agreement.txt"
    path.write_text(
        'This Agreement is dated March 19, 2024 between Riverton Fund (the "Investor") and Farway Inc. (the "Company").\n'  # noqa: E501
        + "\n".join(lines), encoding="utf-8",
    )  # fmt: skip
    data = sheet_of(drafted(path))
    assert [one["amount"]["investor"] for one in data["instruments"]["stake"]["tranches"]] == parts
    unseen = data.get("unknown_clauses", {})
    assert ("tranches" in unseen) is (rest > 0)
    if rest:
        assert f"{sum(parts) + rest} million" in unseen["tranches"]["note"]["en"]
        assert f"{sum(parts)} million" in unseen["tranches"]["note"]["en"]


def test_the_closing_is_due_when_the_text_expects_it(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(
        'RIVERTON, March 19, 2024 -- Farway Inc. (the "Company") entered into an agreement with the Riverton Fund (the "Investor").\n\n'  # noqa: E501
        "The Company expects the closing to take place in the third quarter of 2024.\n\n"
        "The Investor will invest RMB 300 million in the Company within five days of the satisfaction of closing conditions.",  # noqa: E501
        encoding="utf-8",
    )
    data = sheet_of(drafted(path, known_on=date(2024, 3, 19)))
    assert data["events"]["closing"]["due"] == date(2024, 9, 30)
    assert "assumed" not in data["events"]["closing"]
    [tranche] = data["instruments"]["stake"]["tranches"]
    assert (tranche["due"], tranche["if"]) == (date(2024, 9, 30), "event('closing')")


def test_the_company_whose_shares_are_issued_is_told_from_its_parent(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(
        "远行科技集团股份有限公司（以下简称“公司”）全资子公司远行影像科技（江城）有限公司（以下简称“远行江城”或“标的公司”）拟实施增资扩股并引入战略投资人"
        "江城建远壹号股权投资基金合伙企业（有限合伙）（以下简称“建远基金”）。建远基金拟现金出资50,000.00万元认购远行江城新增注册资本45,454.55万元。\n"
        "建远基金将持有远行江城22.12%股权，公司持有远行江城77.88%股权。",
        encoding="utf-8",
    )
    data = sheet_of(drafted(path, known_on=date(2025, 8, 1)))
    assert {id: (one["role"], one["name"]) for id, one in data["parties"].items()} == {
        "shareholder": ("holder", "远行科技集团股份有限公司"),
        "company": ("issuer", "远行影像科技(江城)有限公司"),
        "investor": ("public", "江城建远壹号股权投资基金合伙企业(有限合伙)"),
    }
    stake = data["instruments"]["stake"]
    assert (stake["share"], [one["amount"] for one in stake["tranches"]]) == ("22.12%", [{"investor": 500}])


def test_triggers_below_an_unnumbered_paragraph_are_of_the_put_and_no_covenants(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        'Farway Inc. (the "Company") reports that the Investor has the right to request a buyback, provided that:\n'
        "1. the Company fails to complete its IPO within 60 months;\n"
        "2. the Company delivers less than 20,000 vehicles for two consecutive years.\n",
        encoding="utf-8",
    )
    data = sheet_of(drafted(path, known_on=date(2020, 9, 18), currency="CNY"))
    assert "covenants" not in data
    assert [one["clause"] for one in data["unknown_clauses"]["put"]["source"]] == ["¶1", "1", "2"]


def test_a_document_that_begins_within_a_clause_keeps_its_letters_and_numbers(tmp_path):
    path = tmp_path / "pages.txt"
    path.write_text(
        "the COMPANY creates New Jobs.\nd. The COUNTY acknowledges the site.\ne. The COMPANY certifies this.\n"
        "7. OBLIGATION TO REPAY.\na. If the COMPANY fails, the COUNTY may reduce it as follows:\n"
        "i. by taxes;\nii. by jobs.\nb. The COMPANY pays RMB 1 for it.",
        encoding="utf-8",
    )
    data = sheet_of(drafted(path, known_on=date(2020, 1, 1)))
    assert [one["clause"] for one in data["contract"]["clauses"]] == ["¶1", "d", "e", "7a", "7ai", "7aii", "7b"]


def test_a_case_gives_the_deal_the_currency_and_the_name_of_the_document(tmp_path):
    folder = write_case(tmp_path / "example", {"facts/facts.yaml": facts_yaml()})
    contract = tmp_path / "agreement.txt"
    contract.write_text(HEAD["en"] + "1. The Company shall employ at least 300 people in the County.", encoding="utf-8")
    runner = CliRunner()
    done = runner.invoke(
        app, ["evidence", "add", str(folder), str(contract), "--known-on", "2018-03-19", "--source", "filing"]
    )
    assert done.exit_code == 0, done.output
    out = folder / "terms" / "2018-03-19.yaml"
    assert runner.invoke(app, ["terms", "read", str(contract), "--out", str(tmp_path / "no.yaml")]).exit_code == 2
    done = runner.invoke(app, ["terms", "read", str(contract), "--case", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    held = read_sheet(read_yaml(out, "terms/2018-03-19.yaml")).sheet
    assert held is not None
    assert (held.deal, held.currency) == ("example", "CNY")
    assert {quote.document for quote in held.quotes} == {"filing"}
    assert runner.invoke(app, ["explain", str(folder)]).exit_code == 0


@pytest.mark.parametrize(
    "line",
    [
        "A. Company desires to relocate its headquarters to the County, which will be temporarily located there.",
        "A. The relocation of Company's headquarters to the County and Company's operations therein will benefit the County.",  # noqa: E501
        "A. WHEREAS, the Company intends to build a plant in the County and will employ people there;",
    ],
)
def test_a_wish_and_a_reason_are_no_promise(tmp_path, line):
    assert "covenants" not in sheet(tmp_path, "en", line)


def test_a_grant_by_the_job_is_the_most_of_all_and_no_wage_and_a_move_in_is_no_condition(tmp_path):
    line = (
        "E. To facilitate the relocation of the Company's headquarters, the County has agreed to provide a grant to the Company "  # noqa: E501
        "for a maximum amount of $10,000.00 for each full-time job with an annual salary over $65,800.00, for a total grant "  # noqa: E501
        "amount not to exceed $660,000.00."
    )
    [grant] = sheet(tmp_path, "en", line)["incentives"].values()
    assert (grant["amount"], "if" in grant) == ({"unknown": {"low": 0, "high": 0.66}}, False)


def test_who_pays_in_and_whose_shares_they_are_is_told_by_what_each_does(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(
        'On July 27, 2021, Farway Information Ltd. ("Farway Info"), an entity of Farway Global Ltd. (the "Company") entered into an '  # noqa: E501
        'agreement with Riverton Small Loan Co., Ltd. ("Riverton"). Farway Info will contribute RMB 30 million to Riverton for '  # noqa: E501
        "18.96% equity interest of Riverton.",
        encoding="utf-8",
    )
    data = sheet_of(drafted(path, known_on=date(2021, 7, 27)))
    assert {one["name"]: one["role"] for one in data["parties"].values()} == {
        "Farway Information Ltd.": "public",
        "Farway Global Ltd.": "holder",
        "Riverton Small Loan Co., Ltd.": "issuer",
    }
    assert [one["amount"] for one in data["instruments"]["stake"]["tranches"]] == [{"investor": 30}]


def test_each_of_two_payers_pays_its_own_amount_and_a_joint_amount_is_nobodys(tmp_path):
    head = (
        "远行股份有限公司（以下简称“公司”）全资子公司江城远行科技有限公司（以下简称“江城远行”或“标的公司”）拟增资扩股。"
    )
    each = "公司拟以7.5亿元现金认购江城远行新增注册资本，同时引入江城鹊华投资有限公司（以下简称“投资人”）以13.5亿元现金认购江城远行新增注册资本。"  # noqa: E501
    path = tmp_path / "notice.txt"
    path.write_text(head + each, encoding="utf-8")
    stake = sheet_of(drafted(path, known_on=date(2024, 9, 27)))["instruments"]["stake"]
    assert [one["amount"] for one in stake["tranches"]] == [{"investor": 1350}]
    assert [one["amount"] for one in stake["contribution"]["shareholder"]["cash"]] == [750]
    joint = "江城甲产业基金（简称“甲基金”）、江城乙产业基金（简称“乙基金”）拟以合计人民币6.5亿元认购江城远行增加的注册资本。"  # noqa: E501
    path.write_text(head + joint, encoding="utf-8")
    data = sheet_of(drafted(path, known_on=date(2020, 1, 1)))
    assert "instruments" not in data
    assert data["unknown_clauses"]["instalment"]["of"] == ["equity"]


def test_a_payment_in_a_contract_without_shares_buys_none(tmp_path):
    data = sheet(tmp_path, "en", "1. The County shall pay the Company a Reimbursement of up to $10,000.00.")
    assert "instruments" not in data
    assert [one["amount"] for one in data["incentives"].values()] == [{"unknown": {"low": 0, "high": 0.01}}]


def test_what_a_company_invests_in_its_own_plant_is_a_promise_and_nothing_paid_for_shares(tmp_path):
    lines = (
        "1. The County shall pay RMB 300 million for 18% of the shares of the Company.",
        "2. The Company shall invest at least RMB 2 billion in its works.",
    )
    data = sheet(tmp_path, "en", *lines)
    assert "contribution" not in data["instruments"]["stake"]
    assert [one["clause"] for one in [data["unknown_clauses"]["covenant"]["source"]]] == ["2"]


def test_a_place_that_the_text_names_is_no_party(tmp_path):
    line = 'C. The Company is in Riverton, which will be located at 9800 City Parkway in the City of Riverton ("Site").'
    assert list(sheet(tmp_path, "en", line)["parties"]) == ["county", "company"]


POOL = {
    "en": (
        "The County will hold 18% of the shares of the Company.",
        "The County shall pay the Company a grant of RMB 50 million by June 30, 2024.",
        "The County may require the Company to repurchase its shares with interest at 8% per annum.",
        "If the Company ceases operations, it shall repay the grant in full.",
        "The Company shall pay the County a royalty of 1.5% of its annual revenue for eight years.",
        "If revenue in 2026 is less than RMB 90 million, the Company shall transfer 3% of its shares for no consideration.",  # noqa: E501
        "The County guarantees 80% of the bank loans of the Company.",
        "The Company shall employ at least 300 people.",
        "The County shall subscribe for shares for RMB 300 million.",
        "The County will pay grants of up to RMB 7 million.",
    ),
    "zh": (
        "甲方将持有乙方18%的股权。",
        "甲方在2024年6月30日前给予乙方奖励人民币5000万元。",
        "甲方有权要求乙方按年化8%单利回购其股权。",
        "乙方停产的，应全额返还上述奖励。",
        "乙方按年营业收入的1.5%向甲方支付收入分成，期限8年。",
        "乙方2026年营业收入低于人民币5亿元的，应将3%股份无偿转让给甲方。",
        "甲方为乙方银行贷款的80%提供担保。",
        "乙方承诺就业岗位不少于300个。",
        "甲方以人民币3亿元认购乙方新增注册资本。",
        "甲方给予乙方补贴，最高不超过700万元。",
    ),
}


@pytest.mark.parametrize("lang", POOL)
@pytest.mark.parametrize("seed", range(5))
def test_whatever_sentences_a_contract_has_its_draft_is_a_sound_sheet(tmp_path, lang, seed):
    draw = random.Random(f"{lang}{seed}")
    lines = draw.sample(POOL[lang], draw.randint(1, len(POOL[lang])))
    data = sheet(tmp_path, lang, *(f"{n}. {line}" for n, line in enumerate(lines, start=1)))
    assert len(data["contract"]["clauses"]) >= len(lines)
