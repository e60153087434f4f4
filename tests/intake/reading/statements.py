"""Statements whose facts are known, in many forms: language, unit, order of columns, signs, columns that are traps."""

from dataclasses import dataclass

from hypothesis import strategies as st
from tests.intake.reading.printed import Cell, Sheet

EN = {
    "revenue": "Total revenues", "cost_of_revenue": "Cost of sales", "gross_profit": "Gross profit/(loss)",
    "r_and_d": "Research and development expenses", "operating_profit": "(Loss)/profit from operations",
    "net_profit": "Net (loss)/income", "total_assets": "Total assets", "current_assets": "Total current assets",
    "total_liabilities": "Total liabilities", "equity": "Total shareholders' (deficit)/equity",
    "operating_cash_flow": "Net cash (used in)/provided by operating activities",
    "capex": "Purchase of property, plant and equipment",
}  # fmt: skip
ZH = {
    "revenue": "一、营业收入", "cost_of_revenue": "减：营业成本", "gross_profit": "毛利",
    "r_and_d": "研发费用", "operating_profit": "二、营业利润（亏损以“－”号填列）",
    "net_profit": "四、净利润（净亏损以“－”号填列）", "total_assets": "资产总计", "current_assets": "流动资产合计",
    "total_liabilities": "负债合计", "equity": "所有者权益合计",
    "operating_cash_flow": "经营活动产生的现金流量净额", "capex": "购建固定资产、无形资产和其他长期资产支付的现金",
}  # fmt: skip
OTHERS = {"en": ["Other income, net", "Interest expenses", "Share of losses of equity investees"],
          "zh": ["加：其他收益", "财务费用", "对联营企业的投资损失"]}  # fmt: skip
FLOWS = ("revenue", "cost_of_revenue", "gross_profit", "r_and_d", "operating_profit", "net_profit")
CASH_FLOWS = ("operating_cash_flow", "capex")
STOCKS = ("current_assets", "total_assets", "total_liabilities", "equity")
LOSSES = {"operating_profit": "operating_loss", "net_profit": "net_loss"}
SIGNED = {"gross_profit", "operating_profit", "net_profit", "equity", "operating_cash_flow"}
SPENT = {"cost_of_revenue", "r_and_d", "capex"}
UNITS = {
    "en": [
        ("(All amounts in thousands)", "RMB", "CNY", 1e3), ("(in millions, except per share data)", "RMB", "CNY", 1e6),
        ("", "RMB'000", "CNY", 1e3), ("(RMB in thousands)", "", "CNY", 1e3), ("", "US$ million", "USD", 1e6),
        ("(Expressed in thousands of U.S. dollars)", "", "USD", 1e3), ("", "HK$'000", "HKD", 1e3),
    ],
    "zh": [
        ("单位：元  币种：人民币", "", "CNY", 1.0), ("单位：万元", "", "CNY", 1e4),
        ("单位：人民币千元", "", "CNY", 1e3),
        ("金额单位：亿元", "", "CNY", 1e8), ("", "人民币千元", "CNY", 1e3),
        ("（除特别注明外，金额单位为人民币百万元）", "", "CNY", 1e6),
    ],
}  # fmt: skip
YEARS = (2018, 2019)
TITLES = {
    "flow": ("CONSOLIDATED STATEMENTS OF OPERATIONS", "合并利润表"),
    "cash": ("CONSOLIDATED STATEMENTS OF CASH FLOWS", "合并现金流量表"),
    "stock": ("CONSOLIDATED BALANCE SHEETS", "合并资产负债表"),
}


@dataclass(frozen=True)
class Statement:
    """A page and the facts that must be read of it: (fact, unit, period) to value."""

    sheet: Sheet
    facts: dict[tuple[str, str, str], float]


def printed(value: float, style: str, decimals: int, wide: bool) -> str:
    text = f"{abs(value):,.{decimals}f}"
    if value < 0:
        text = {"brackets": "({})", "wide": "（{}）", "minus": "-{}", "dash": "−{}"}[style].format(text)
    return (
        text.translate({ord("0") + i: ord("０") + i for i in range(10)} | {ord(","): "，", ord("."): "．"})
        if wide
        else text
    )


def heads(lang: str, kind: str, form: str, year: int) -> tuple[str, str, str]:
    """What stands over all columns, over one, and the period that is meant."""
    if kind == "stock":
        meant = f"{year}-12-31" if form != "nine" else f"{year}-09-30"
        if lang == "zh":
            return "", f"{year}年12月31日" if form != "nine" else f"{year}年9月30日", meant
        day = "December 31," if form != "nine" else "September 30,"
        return (f"As of {day}", str(year), meant) if form == "spanned" else ("", f"{day} {year}", meant)
    if form == "nine":
        if lang == "zh":
            return "", f"{year}年1—9月", f"{year}-01/{year}-09"
        return "Nine months ended September 30,", str(year), f"{year}-01/{year}-09"
    if form == "quarter":
        if lang == "zh":
            return "", f"{year}年第四季度", f"{year}Q4"
        return "Three months ended December 31,", str(year), f"{year}Q4"
    if form == "half":
        if lang == "zh":
            return "", f"{year}年半年度", f"{year}H1"
        return "Six months ended June 30,", str(year), f"{year}H1"
    if lang == "zh":
        return "", f"{year}年度", str(year)
    return ("Year ended December 31,", str(year), str(year)) if form == "spanned" else ("", f"FY{year}", str(year))


@st.composite
def statements(draw, traps: bool = True) -> Statement:
    """A random statement."""
    lang = draw(st.sampled_from(["en", "zh"]))
    kind = draw(st.sampled_from(["flow", "cash", "stock"]))
    forms = ["spanned", "plain", "nine"] if kind == "stock" else ["spanned", "plain", "nine", "quarter", "half"]
    form = draw(st.sampled_from(forms))
    names = {"flow": FLOWS, "cash": CASH_FLOWS, "stock": STOCKS}[kind]
    words = EN if lang == "en" else ZH
    above, of_column, currency, scale = draw(st.sampled_from(UNITS[lang]))
    years = draw(st.permutations(YEARS))
    decimals = draw(st.sampled_from([0, 1, 2]))
    style = draw(st.sampled_from(["brackets", "minus", "dash", "wide"]))
    wide = draw(st.booleans()) and lang == "zh" and decimals == 0  # wider figures leave their cells
    noted = draw(st.booleans())
    trap = draw(st.sampled_from(["", "change", "pro_forma", "convenience", "before", "parent"])) if traps else ""
    over, _, _ = heads(lang, kind, form, 2019)
    first = [Cell("")] + ([Cell("")] if noted else [])
    second = [Cell("Item" if lang == "en" else "项目")] + ([Cell("Note" if lang == "en" else "附注")] if noted else [])
    third = [Cell("")] + ([Cell("")] if noted else [])
    facts: dict[tuple[str, str, str], float] = {}
    extra = {"change": ("", "Change (%)" if lang == "en" else "同比增减（%）"),
             "pro_forma": ("", f"Pro forma {years[-1]}" if lang == "en" else f"{years[-1]}年备考"),
             "convenience": ("", f"{years[-1]}"),
             "before": ("", f"{years[-1]} (as previously reported)" if lang == "en" else f"{years[-1]}年（调整前）"),
             "parent": ("", f"Company {years[-1]}" if lang == "en" else f"母公司 {years[-1]}年")}  # fmt: skip
    if trap == "convenience" and (lang == "zh" or currency != "CNY" or not of_column or "'" in of_column):
        trap = ""
    first.append(Cell(over, len(years)))
    for year in years:
        second.append(Cell(heads(lang, kind, form, year)[1]))
        third.append(Cell(of_column))
    if trap:
        first.append(Cell(""))
        second.append(Cell(extra[trap][1]))
        third.append(Cell("US$" if trap == "convenience" else "" if trap == "change" else of_column))
        if trap == "convenience":
            first[-2:] = [Cell(over, len(years) + 1)]
    rows = [row for row in (first, second, third) if any(cell.text for cell in row)]
    for name in names:
        row = [Cell(words[name], mark=draw(st.sampled_from(["", "", "1"])))]
        if noted:
            notes = ["", "5", "12", "6(a)"] if lang == "en" else ["", "六、1", "七、38", "15"]
            row.append(Cell(draw(st.sampled_from(notes))))
        for year in years:
            amount = draw(st.integers(1_000, 90_000 if wide else 90_000_000)) / 10**decimals
            negative = name in SIGNED and draw(st.booleans())
            shown = -amount if negative or (name in SPENT and draw(st.booleans())) else amount
            row.append(Cell(printed(shown, style, decimals, wide), mark=draw(st.sampled_from(["", "", "", "2"]))))
            value = float(f"{abs(amount) * scale:.15g}")
            fact = LOSSES.get(name, name) if negative else name
            facts[fact, currency, heads(lang, kind, form, year)[2]] = value if fact != name or not negative else -value
        if trap:
            wrong = draw(st.integers(1_000, 90_000))
            row.append(Cell("12.3%" if trap == "change" else printed(wrong, style, 0, wide)))
        rows.append(row)
        if draw(st.booleans()):
            other = [Cell(draw(st.sampled_from(OTHERS[lang])))] + ([Cell("")] if noted else [])
            rows.append(
                [*other, *(Cell(f"{draw(st.integers(100, 99_999)):,}") for _ in range(len(years) + bool(trap)))]
            )
    title = TITLES[kind][lang == "zh"]
    sheet = Sheet([line for line in (title, above) if line], rows, (), int(noted), draw(st.booleans()))
    return Statement(sheet, facts)
