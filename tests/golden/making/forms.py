"""The lines of statements as they are called in China, under IFRS and in the United States, each with its fact."""

from __future__ import annotations

from tests.golden.making.books import Line, Lines

OWNERS = "of the owners of the parent alone, not the whole"
PARTIAL = "selling or administration alone, not both"
ONE_DEBT = "one kind of debt, not all debt"
BOTH_SIDES = "liabilities and equity together"


def zh_income(b: Lines, owners: bool = True) -> list[Line]:
    """利润表."""
    lines: list[Line] = [
        ("revenue", "一、营业收入", b["revenue"], "五、38"),
        ("cost_of_revenue", "减：营业成本", b["cost"], "五、38"),
        ("-", "税金及附加", b["levies"], "五、39"),
        (f"!sga #{PARTIAL}", "销售费用", b["selling"], "五、40"),
        (f"!sga #{PARTIAL}", "管理费用", b["admin"], "五、41"),
        ("r_and_d", "研发费用", b["research"], "五、42"),
        ("-", "财务费用", b["interest"], "五、43"),
        ("-", "加：其他收益", b["other_income"], "五、44"),
        ("operating_profit", "二、营业利润（亏损以“－”号填列）", b["operating"]),
        ("-", "加：营业外收入", b["odd_income"], "五、47"),
        ("-", "减：营业外支出", b["odd_cost"], "五、48"),
        ("!net_profit #before tax" if all(b["tax"]) else "-", "三、利润总额（亏损总额以“－”号填列）", b["before_tax"]),
        ("-", "减：所得税费用", b["tax"], "五、49"),
        ("net_profit", "四、净利润（净亏损以“－”号填列）", b["net"]),
    ]
    if owners:
        lines += [
            (f"!net_profit #{OWNERS}", "归属于母公司股东的净利润", b["owners_profit"]),
            ("-", "少数股东损益", b["minority_profit"]),
        ]
    return lines


def zh_assets(b: Lines) -> list[Line]:
    """资产."""
    return [
        ("-", "流动资产：", []),
        ("cash", "货币资金", b["cash"], "五、1"),
        ("-", "交易性金融资产", b["securities"], "五、2"),
        ("-", "应收账款", b["receivables"], "五、4"),
        ("-", "存货", b["stock"], "五、8"),
        ("-", "其他流动资产", b["other_current"], "五、9"),
        ("current_assets", "流动资产合计", b["current_assets"]),
        ("-", "非流动资产：", []),
        ("-", "固定资产", b["plant"], "五、14"),
        ("-", "在建工程", b["building"], "五、15"),
        ("-", "无形资产", b["intangibles"], "五、17"),
        ("-", "其他非流动资产", b["other_fixed"], "五、20"),
        ("!total_assets #assets that are not current alone", "非流动资产合计", b["fixed_assets"]),
        ("total_assets", "资产总计", b["total_assets"]),
    ]


def zh_claims(b: Lines, owners: bool = True) -> list[Line]:
    """负债和所有者权益."""
    lines: list[Line] = [
        ("-", "流动负债：", []),
        (f"!total_debt #{ONE_DEBT}", "短期借款", b["short_loans"], "五、21"),
        ("-", "应付账款", b["payables"], "五、23"),
        ("?customer_prepayments", "合同负债", b["prepaid"], "五、25"),
        ("-", "其他应付款", b["other_due"], "五、27"),
        ("current_liabilities", "流动负债合计", b["current_liabilities"]),
        ("-", "非流动负债：", []),
        (f"!total_debt #{ONE_DEBT}", "长期借款", b["long_loans"], "五、30"),
        ("-", "租赁负债", b["leases"], "五、31"),
        ("-", "递延收益", b["grants"], "五、32"),
        ("!total_liabilities #not current alone", "非流动负债合计", b["late_liabilities"]),
        ("total_liabilities", "负债合计", b["total_liabilities"]),
        ("-", "所有者权益：", []),
        ("-", "股本", b["capital"], "五、33"),
        ("-", "资本公积", b["reserves"], "五、34"),
        ("retained_earnings", "未分配利润", b["retained"], "五、37"),
    ]
    if owners:
        lines += [
            (f"!equity #{OWNERS}", "归属于母公司所有者权益合计", b["owners_equity"]),
            ("-", "少数股东权益", b["minority_equity"]),
        ]
    return [
        *lines,
        ("equity", "所有者权益合计", b["equity"]),
        (f"?total_assets;!total_liabilities #{BOTH_SIDES}", "负债和所有者权益总计", b["total_both"]),
    ]


def zh_cash(b: Lines) -> list[Line]:
    """现金流量表."""
    return [
        ("-", "一、经营活动产生的现金流量：", []),
        ("!revenue #cash received, with tax", "销售商品、提供劳务收到的现金", b["from_customers"]),
        ("-", "购买商品、接受劳务支付的现金", b["to_suppliers"]),
        ("-", "支付给职工以及为职工支付的现金", b["to_staff"]),
        ("-", "支付的各项税费", b["to_state"]),
        ("operating_cash_flow", "经营活动产生的现金流量净额", b["operating_flow"]),
        ("-", "二、投资活动产生的现金流量：", []),
        ("-", "处置固定资产、无形资产和其他长期资产收回的现金净额", b["sold_plant"]),
        ("capex", "购建固定资产、无形资产和其他长期资产支付的现金", b["capex"]),
        ("!operating_cash_flow #of investing", "投资活动产生的现金流量净额", b["investing_flow"]),
        ("-", "三、筹资活动产生的现金流量：", []),
        ("-", "取得借款收到的现金", b["borrowed"]),
        ("-", "偿还债务支付的现金", b["repaid"]),
        ("!operating_cash_flow #of financing", "筹资活动产生的现金流量净额", b["financing_flow"]),
        ("!cash #a change, no balance", "四、现金及现金等价物净增加额", b["change"]),
        ("?cash_before", "加：期初现金及现金等价物余额", b["opening"]),
        ("?cash", "五、期末现金及现金等价物余额", b["closing"]),
    ]


def en_income(b: Lines, american: bool = False, loss: bool = False, period: str = "year") -> list[Line]:
    """An income statement; American ones hold one line of selling and administration, and costs without brackets."""
    less = (lambda name: b[name]) if american else (lambda name: [-value for value in b[name]])
    both = [x + y for x, y in zip(b["selling"], b["admin"], strict=True)]
    profit = "(loss)" if not loss else ""
    word = "loss" if loss else "profit"
    spent: list[Line]
    if american:
        spent = [
            ("r_and_d", "Research and development", less("research")),
            ("sga", "Selling, general and administrative", both),
        ]
    else:
        spent = [
            (f"!sga #{PARTIAL}", "Selling and distribution expenses", less("selling")),
            (f"!sga #{PARTIAL}", "Administrative expenses", less("admin")),
            ("r_and_d", "Research and development expenses", less("research"), "6"),
        ]
    operating = "operating_loss" if loss else "operating_profit"
    net = "net_loss" if loss else "net_profit"
    title = (
        ("Loss from operations" if loss else f"Operating income {profit}")
        if american
        else f"Operating {word} {profit}".strip()
    )
    end = ("Net loss" if loss else f"Net income {profit}") if american else f"{word.title()} for the {period}"
    return [
        ("revenue", "Total revenues" if american else "Revenue", b["revenue"], "4"),
        ("cost_of_revenue", "Cost of revenues" if american else "Cost of sales", less("cost")),
        ("gross_profit", f"Gross profit {profit}".strip(), b["gross"]),
        *spent,
        ("-", "Taxes and levies", less("levies")),
        ("-", "Other income", b["other_income"], "5"),
        ("-", "Finance costs" if not american else "Interest expense, net", less("interest"), "7"),
        (operating, title, b["operating"]),
        ("-", "Other gains", b["odd_income"]),
        ("-", "Other losses", less("odd_cost")),
        (
            "-" if not all(b["tax"]) else f"!{net} #before tax",
            f"{word.title()} before income tax",
            b["before_tax"],
            "8",
        ),
        ("-", "Income tax expense", less("tax"), "9"),
        (net, end, b["net"]),
    ]


def en_owners(b: Lines, loss: bool = False) -> list[Line]:
    """To whom the result belongs."""
    fact = "net_loss" if loss else "net_profit"
    return [
        ("-", "Attributable to:", []),
        (f"!{fact} #{OWNERS}", "Owners of the parent", b["owners_profit"]),
        ("-", "Non-controlling interests", b["minority_profit"]),
    ]


def en_balance(b: Lines, american: bool = False, deficit: bool = False) -> list[Line]:
    """A balance sheet from cash to equity."""
    whose = "Total stockholders’ equity of the parent" if american else "Equity attributable to owners of the parent"
    owners: list[Line] = [
        (f"!equity #{OWNERS}", whose, b["owners_equity"]),
        ("-", "Non-controlling interests", b["minority_equity"]),
    ]
    owners = owners if all(b["minority_equity"]) else []
    return [
        ("-", "Current assets", []),
        ("cash", "Cash and cash equivalents", b["cash"], "15"),
        ("-", "Short-term investments", b["securities"], "16"),
        ("-", "Accounts receivable, net" if american else "Trade and bills receivables", b["receivables"], "13"),
        ("-", "Inventories", b["stock"], "12"),
        ("-", "Prepayments and other current assets", b["other_current"], "14"),
        ("current_assets", "Total current assets", b["current_assets"]),
        ("-", "Property, plant and equipment" + (", net" if american else ""), b["plant"], "10"),
        ("-", "Construction in progress", b["building"], "10"),
        ("-", "Intangible assets", b["intangibles"], "11"),
        ("-", "Other non-current assets", b["other_fixed"]),
        ("!total_assets #assets that are not current alone", "Total non-current assets", b["fixed_assets"]),
        ("total_assets", "Total assets", b["total_assets"]),
        ("-", "Current liabilities", []),
        (f"!total_debt #{ONE_DEBT}", "Short-term borrowings" if american else "Borrowings", b["short_loans"], "18"),
        ("-", "Accounts payable" if american else "Trade and bills payables", b["payables"], "17"),
        ("?customer_prepayments", "Customer deposits" if american else "Contract liabilities", b["prepaid"], "19"),
        ("-", "Accrued and other liabilities", b["other_due"]),
        ("current_liabilities", "Total current liabilities", b["current_liabilities"]),
        (f"!total_debt #{ONE_DEBT}", "Long-term debt" if american else "Borrowings", b["long_loans"], "18"),
        ("-", "Lease liabilities", b["leases"]),
        ("-", "Deferred income", b["grants"]),
        ("!total_liabilities #not current alone", "Total non-current liabilities", b["late_liabilities"]),
        ("total_liabilities", "Total liabilities", b["total_liabilities"]),
        ("-", "Common stock" if american else "Share capital", b["capital"], "20"),
        ("-", "Additional paid-in capital" if american else "Reserves", b["reserves"]),
        (
            "accumulated_deficit" if deficit else "retained_earnings",
            "Accumulated deficit" if deficit else "Retained earnings",
            b["retained"],
        ),
        *owners,
        ("equity", "Total equity", b["equity"]),
        (f"?total_assets;!total_liabilities #{BOTH_SIDES}", "Total liabilities and equity", b["total_both"]),
    ]


def en_cash(b: Lines, american: bool = False) -> list[Line]:
    """A statement of cash flows."""
    flow = (
        (lambda name: f"Net cash provided by (used in) {name}") if american else (lambda name: f"Net cash from {name}")
    )
    return [
        ("-", "Cash received from customers", b["from_customers"]),
        ("-", "Cash paid to suppliers", [-v for v in b["to_suppliers"]]),
        ("-", "Cash paid to employees", [-v for v in b["to_staff"]]),
        ("-", "Taxes paid", [-v for v in b["to_state"]]),
        ("operating_cash_flow", flow("operating activities"), b["operating_flow"]),
        ("capex", "Purchases of property, plant and equipment", [-v for v in b["capex"]]),
        ("-", "Proceeds from disposal of equipment", b["sold_plant"]),
        ("!operating_cash_flow #of investing", flow("investing activities"), b["investing_flow"]),
        ("-", "Proceeds from borrowings", b["borrowed"]),
        ("-", "Repayment of borrowings", [-v for v in b["repaid"]]),
        ("!operating_cash_flow #of financing", flow("financing activities"), b["financing_flow"]),
        ("!cash #a change, no balance", "Net change in cash, cash equivalents and restricted cash", b["change"]),
        ("?cash_before", "Cash, cash equivalents and restricted cash, beginning", b["opening"]),
        ("?cash", "Cash, cash equivalents and restricted cash, end", b["closing"]),
    ]


def against(lines: list[Line], why: str) -> list[Line]:
    """The same lines where none of their facts may be found."""
    made: list[Line] = []
    for fact, *rest in lines:
        names = [one.partition("#")[0].strip().lstrip("!?") for one in fact.split(";")]
        said = ";".join(f"!{name} #{why}" for name in names) if fact != "-" else fact
        made.append((said, *rest))
    return made
