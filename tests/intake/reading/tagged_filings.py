"""Ten filings as inline XBRL, in the form in which registers hold them; companies and figures are invented.

A row of a statement is a name, a concept, the figures as they are printed, and -1 where the concept counts them the
other way (payments, losses that are printed without a minus). Signs of money and closing brackets stand in cells of
their own, as they do in filings of the SEC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Statement:
    """A statement: lines above, rows of heads (text and how many columns it goes over), periods, and rows."""

    above: Sequence[str]
    heads: Sequence[Sequence[tuple[str, int]]]
    periods: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str, Sequence[float | None], int]]
    currencies: Sequence[str] = ()


@dataclass(frozen=True)
class Filing:
    """A filing: its form, taxonomy, currency, power of ten of its figures, decimals, notes column, and statements."""

    form: str
    title: Sequence[str]
    taxonomy: str
    currency: str
    scale: int
    statements: Sequence[Statement]
    decimals: int = 0
    sign: str = ""
    notes: bool = False


def year(end: int, month: int = 12, day: int = 31) -> tuple[str, str]:
    begun = f"{end}-01-01" if month == 12 else f"{end - 1}-{month + 1:02}-01"
    return begun, f"{end}-{month:02}-{day:02}"


def at(day: str) -> tuple[str, str]:
    return "", day


US_INCOME = (
    ("Revenues", "Revenues", 1), ("Cost of revenues", "CostOfRevenue", 1), ("Gross profit", "GrossProfit", 1),
    ("Research and development", "ResearchAndDevelopmentExpense", 1),
    ("Loss from operations", "OperatingIncomeLoss", 1), ("Net loss", "ProfitLoss", 1),
)  # fmt: skip
US_BALANCE = (
    ("Cash and cash equivalents", "CashAndCashEquivalentsAtCarryingValue", 1),
    ("Total current assets", "AssetsCurrent", 1), ("Total assets", "Assets", 1),
    ("Total current liabilities", "LiabilitiesCurrent", 1), ("Total liabilities", "Liabilities", 1),
    ("Accumulated deficit", "RetainedEarningsAccumulatedDeficit", 1),
    ("Total stockholders’ equity", "StockholdersEquity", 1),
)  # fmt: skip
US_CASH = (
    ("Net cash used in operating activities", "NetCashProvidedByUsedInOperatingActivities", 1),
    ("Purchases of property and equipment", "PaymentsToAcquirePropertyPlantAndEquipment", -1),
)
IFRS_INCOME = (
    ("Revenue", "Revenue", 1), ("Cost of sales", "CostOfSales", -1), ("Gross profit", "GrossProfit", 1),
    ("Operating profit", "ProfitLossFromOperatingActivities", 1), ("Profit for the year", "ProfitLoss", 1),
)  # fmt: skip
IFRS_BALANCE = (
    ("Cash and cash equivalents", "CashAndCashEquivalents", 1), ("Total current assets", "CurrentAssets", 1),
    ("Total assets", "Assets", 1), ("Total current liabilities", "CurrentLiabilities", 1),
    ("Total liabilities", "Liabilities", 1), ("Total equity", "Equity", 1),
)  # fmt: skip
IFRS_CASH = (
    ("Net cash from operating activities", "CashFlowsFromUsedInOperatingActivities", 1),
    ("Purchase of property, plant and equipment",
     "PurchaseOfPropertyPlantAndEquipmentClassifiedAsInvestingActivities", -1),
)  # fmt: skip


def rows(
    items: Sequence[tuple[str, str, int]], *figures: Sequence[float | None], names: Sequence[str] = ()
) -> list[tuple[str, str, Sequence[float | None], int]]:
    labels = names or [name for name, _, _ in items]
    return [
        (label, concept, given, turn) for label, (_, concept, turn), given in zip(labels, items, figures, strict=True)
    ]


FILINGS: dict[str, Filing] = {
    "annual, three years": Filing(
        "10-K", ("Form 10-K", "For the fiscal year ended December 31, 2023", "Bracken Motors, Inc."),
        "us-gaap", "USD", 3,
        (
            Statement(
                ("CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)"),
                ((("Year Ended December 31,", 3),), (("2023", 1), ("2022", 1), ("2021", 1))),
                (year(2023), year(2022), year(2021)),
                rows(US_INCOME, (412_118, 301_204, 188_090), (388_402, 296_118, 191_330), (23_716, 5_086, -3_240),
                     (88_204, 71_118, 52_006), (-141_302, -120_408, -98_211), (-152_880, -131_007, -101_446)),
            ),
            Statement(
                ("CONSOLIDATED BALANCE SHEETS", "(in thousands)"), ((("December 31,", 2),), (("2023", 1), ("2022", 1))),
                (at("2023-12-31"), at("2022-12-31")),
                rows(US_BALANCE, (204_118, 312_440), (388_201, 471_330), (812_004, 866_120), (120_338, 98_204),
                     (402_110, 361_204), (-611_402, -458_522), (409_894, 504_916)),
            ),
            Statement(
                ("CONSOLIDATED STATEMENTS OF CASH FLOWS", "(in thousands)"),
                ((("Year Ended December 31,", 3),), (("2023", 1), ("2022", 1), ("2021", 1))),
                (year(2023), year(2022), year(2021)),
                rows(US_CASH, (-101_204, -96_330, -71_208), (-32_404, -28_118, -12_002)),
            ),
        ), sign="$",
    ),
    "quarter and nine months": Filing(
        "10-Q", ("Form 10-Q", "For the quarterly period ended September 30, 2024"), "us-gaap", "USD", 6,
        (
            Statement(
                ("CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS", "(In millions) (Unaudited)"),
                ((("Three Months Ended September 30,", 2), ("Nine Months Ended September 30,", 2)),
                 (("2024", 1), ("2023", 1), ("2024", 1), ("2023", 1))),
                (("2024-07-01", "2024-09-30"), ("2023-07-01", "2023-09-30"), ("2024-01-01", "2024-09-30"),
                 ("2023-01-01", "2023-09-30")),
                rows(US_INCOME, (118.4, 101.2, 341.9, 288.0), (92.1, 84.4, 270.2, 240.8), (26.3, 16.8, 71.7, 47.2),
                     (21.4, 20.1, 63.3, 58.8), (-12.2, -19.8, -44.1, -70.3), (-14.9, -22.0, -51.8, -77.1)),
            ),
            Statement(
                ("CONDENSED CONSOLIDATED BALANCE SHEETS", "(In millions)"),
                ((("September 30, 2024", 1), ("December 31, 2023", 1)), (("(Unaudited)", 1), ("", 1))),
                (at("2024-09-30"), at("2023-12-31")),
                rows(US_BALANCE, (96.2, 141.8), (188.4, 230.0), (401.1, 422.9), (71.0, 66.2), (188.8, 171.4),
                     (-402.2, -350.4), (212.3, 251.5)),
            ),
        ), decimals=1, sign="$",
    ),
    "renminbi with dollars for convenience": Filing(
        "20-F", ("Form 20-F", "For the fiscal year ended December 31, 2023"), "us-gaap", "CNY", 3,
        (
            Statement(
                ("CONSOLIDATED STATEMENTS OF COMPREHENSIVE LOSS", "(All amounts in thousands)"),
                ((("For the Year Ended December 31,", 3),), (("2022", 1), ("2023", 1), ("2023", 1)),
                 (("RMB", 1), ("RMB", 1), ("US$", 1))),
                (year(2022), year(2023), year(2023)),
                rows(US_INCOME, (1_204_118, 2_011_402, 283_299), (1_330_204, 1_911_008, 269_160),
                     (-126_086, 100_394, 14_140), (402_118, 388_204, 54_677), (-811_402, -512_330, -72_160),
                     (-840_226, -533_118, -75_088)),
                ("CNY", "CNY", "USD"),
            ),
            Statement(
                ("CONSOLIDATED BALANCE SHEETS", "(All amounts in thousands)"),
                ((("As of December 31,", 3),), (("2022", 1), ("2023", 1), ("2023", 1)),
                 (("RMB", 1), ("RMB", 1), ("US$", 1))),
                (at("2022-12-31"), at("2023-12-31"), at("2023-12-31")),
                rows(US_BALANCE, (811_204, 604_118, 85_088), (1_402_118, 1_288_440, 181_471),
                     (3_011_204, 2_988_118, 420_867), (911_402, 1_022_118, 143_962), (1_611_204, 1_802_006, 253_807),
                     (-2_204_118, -2_737_236, -385_532), (1_400_000, 1_186_112, 167_060)),
                ("CNY", "CNY", "USD"),
            ),
        ),
    ),
    "annual of the Union": Filing(
        "ESEF", ("Annual financial report 2023",), "ifrs-full", "EUR", 6,
        (
            Statement(
                ("Consolidated income statement", "€ million"), ((("Note", 1), ("2023", 1), ("2022", 1)),),
                (year(2023), year(2022)),
                rows(IFRS_INCOME, (4_118.2, 3_702.5), (-3_305.8, -3_047.4), (812.4, 655.1), (214.8, -88.3),
                     (164.0, -121.1), names=("Revenue", "Cost of sales", "Gross profit", "Operating profit/(loss)",
                                             "Profit/(loss) for the year")),
            ),
            Statement(
                ("Consolidated balance sheet", "€ million"), ((("Note", 1), ("31.12.2023", 1), ("31.12.2022", 1)),),
                (at("2023-12-31"), at("2022-12-31")),
                rows(IFRS_BALANCE, (412.0, 388.2), (1_402.1, 1_318.8), (5_118.4, 4_902.2), (988.2, 1_011.0),
                     (2_811.4, 2_790.3), (2_307.0, 2_111.9)),
            ),
        ), decimals=1, notes=True,
    ),
    "annual of Britain": Filing(
        "UKSEF", ("Annual report and accounts for the year ended 31 March 2024",), "ifrs-full", "GBP", 3,
        (
            Statement(
                ("Consolidated income statement", "for the year ended 31 March 2024"),
                ((("Note", 1), ("2024", 1), ("2023", 1)), (("", 1), ("£’000", 1), ("£’000", 1))),
                (year(2024, 3), year(2023, 3)),
                rows(IFRS_INCOME, (51_204, 47_118), (-38_110, -36_204), (13_094, 10_914), (2_118, -1_204),
                     (1_402, -1_988), names=("Revenue", "Cost of sales", "Gross profit", "Operating profit/(loss)",
                                             "Profit/(loss) for the year")),
            ),
            Statement(
                ("Consolidated statement of financial position", "as at 31 March 2024"),
                ((("Note", 1), ("2024", 1), ("2023", 1)), (("", 1), ("£’000", 1), ("£’000", 1))),
                (at("2024-03-31"), at("2023-03-31")),
                rows(IFRS_BALANCE, (8_204, 9_118), (21_402, 22_006), (61_118, 60_204), (12_330, 13_118),
                     (28_204, 29_004), (32_914, 31_200)),
            ),
        ), notes=True,
    ),
    "annual of Japan": Filing(
        "IFRS", ("Annual Securities Report for the fiscal year ended March 31, 2024",), "ifrs-full", "JPY", 6,
        (
            Statement(
                ("Consolidated Statement of Profit or Loss", "(Millions of yen)"),
                ((("Fiscal year ended March 31, 2023", 1), ("Fiscal year ended March 31, 2024", 1)),),
                (year(2023, 3), year(2024, 3)),
                rows(IFRS_INCOME, (298_112, 312_480), (-231_004, -240_118), (67_108, 72_362), (-2_310, 15_221),
                     (-4_118, 9_930)),
            ),
            Statement(
                ("Consolidated Statement of Financial Position", "(Millions of yen)"),
                ((("As of March 31, 2023", 1), ("As of March 31, 2024", 1)),), (at("2023-03-31"), at("2024-03-31")),
                rows(IFRS_BALANCE, (41_204, 44_118), (120_338, 131_204), (301_118, 310_233), (88_204, 90_118),
                     (183_914, 189_900), (117_204, 120_333)),
            ),
        ),
    ),
    "quarter of the north": Filing(
        "IFRS", ("Interim report January–September 2024",), "ifrs-full", "SEK", 6,
        (
            Statement(
                ("Consolidated income statement", "SEK m"),
                ((("Q3 2024", 1), ("Q3 2023", 1), ("Jan–Sep 2024", 1), ("Jan–Sep 2023", 1), ("Full year 2023", 1)),),
                (("2024-07-01", "2024-09-30"), ("2023-07-01", "2023-09-30"), ("2024-01-01", "2024-09-30"),
                 ("2023-01-01", "2023-09-30"), year(2023)),
                rows(IFRS_INCOME[:4], (1_204, 1_118, 3_704, 3_402, 4_611), (-988, -940, -3_011, -2_880, -3_902),
                     (216, 178, 693, 522, 709), (82, -14, 244, 118, 160), names=("Net sales", "Cost of goods sold",
                     "Gross profit", "Operating profit")),
            ),
        ),
    ),
    "annual of Canada": Filing(
        "40-F", ("Annual report for the year ended December 31, 2023",), "ifrs-full", "CAD", 3,
        (
            Statement(
                ("Consolidated Statements of Loss", "(In thousands of Canadian dollars)"),
                ((("Years ended December 31,", 2),), (("2023", 1), ("2022", 1))), (year(2023), year(2022)),
                rows((IFRS_INCOME[0], *IFRS_INCOME[3:]), (41_204, 38_117), (-31_204, -28_118), (-33_402, -30_006),
                     names=("Revenue", "Operating loss", "Net loss")),
            ),
            Statement(
                ("Consolidated Statements of Financial Position", "(In thousands of Canadian dollars)"),
                ((("December 31, 2023", 1), ("December 31, 2022", 1)),), (at("2023-12-31"), at("2022-12-31")),
                rows(IFRS_BALANCE, (12_404, 21_118), (28_204, 36_330), (88_118, 91_204), (14_402, 12_118),
                     (31_204, 30_118), (56_914, 61_086)),
            ),
            Statement(
                ("Consolidated Statements of Cash Flows", "(In thousands of Canadian dollars)"),
                ((("Years ended December 31,", 2),), (("2023", 1), ("2022", 1))), (year(2023), year(2022)),
                rows(IFRS_CASH, (-22_118, -19_402), (-4_118, -6_204),
                     names=("Cash flows used in operating activities", "Purchases of property, plant and equipment")),
            ),
        ),
    ),
    "a year that ends in September": Filing(
        "10-K", ("Form 10-K", "For the fiscal year ended September 30, 2023"), "us-gaap", "USD", 0,
        (
            Statement(
                ("STATEMENTS OF OPERATIONS",),
                ((("For the Years Ended September 30,", 2),), (("2023", 1), ("2022", 1))),
                (year(2023, 9, 30), year(2022, 9, 30)),
                rows(US_INCOME, (1_204_118, None), (1_402_330, None), (-198_212, None), (2_118_402, 1_988_204),
                     (-4_118_204, -3_211_006), (-4_402_118, -3_388_204)),
            ),
            Statement(
                ("BALANCE SHEETS",), ((("September 30, 2023", 1), ("September 30, 2022", 1)),),
                (at("2023-09-30"), at("2022-09-30")),
                rows(US_BALANCE, (8_204_118, 3_118_402), (8_911_204, 3_402_118), (12_118_402, 6_204_118),
                     (1_402_118, 988_204), (2_118_402, 1_402_118), (-14_204_118, -9_802_000), (10_000_000, 4_802_000)),
            ),
        ), sign="$",
    ),
    "a year of weeks": Filing(
        "10-K", ("Form 10-K", "For the fiscal year ended September 28, 2024"), "us-gaap", "USD", 6,
        (
            Statement(
                ("CONSOLIDATED STATEMENTS OF OPERATIONS", "(In millions)"),
                ((("Years ended", 2),), (("September 28, 2024", 1), ("September 30, 2023", 1))),
                (("2023-10-01", "2024-09-28"), ("2022-09-25", "2023-09-30")),
                rows(US_INCOME, (3_910, 3_832), (2_103, 2_141), (1_807, 1_691), (313, 299), (1_232, 1_143), (937, 970),
                     names=("Net sales", "Cost of sales", "Gross profit", "Research and development",
                            "Operating income", "Net income")),
            ),
            Statement(
                ("CONSOLIDATED BALANCE SHEETS", "(In millions)"),
                ((("September 28, 2024", 1), ("September 30, 2023", 1)),), (at("2024-09-28"), at("2023-09-30")),
                rows(US_BALANCE, (299, 300), (1_529, 1_435), (3_649, 3_525), (1_763, 1_453), (3_080, 2_904), (-191, -2),
                     (569, 621)),
            ),
        ), sign="$",
    ),
}  # fmt: skip

NOT_READ = {"renminbi with dollars for convenience": "USD"}
"""What of a filing is not read of its pages on purpose: figures in another currency, translated for convenience."""


def inline(filing: Filing) -> str:
    """A filing as a web page with its tags."""
    contexts, units, body = {}, {}, [f"<p>{escape(line)}</p>" for line in filing.title]
    for statement in filing.statements:
        body += [f"<p>{escape(line)}</p>" for line in statement.above]
        body.append("<table>")
        body += [_head(row, filing) for row in statement.heads]
        for label, concept, figures, turn in statement.rows:
            cells = [f"<td>{escape(label)}</td>"] + (["<td></td>"] if filing.notes else [])
            for column, figure in enumerate(figures):
                period = statement.periods[column]
                currency = statement.currencies[column] if statement.currencies else filing.currency
                context = contexts.setdefault(period, f"c{len(contexts)}")
                unit = units.setdefault(currency, f"u{len(units)}")
                cells.append(_figure(filing, concept, figure, turn, context, unit))
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    space = "http://fasb.org/us-gaap/2023" if filing.taxonomy == "us-gaap" else "https://xbrl.ifrs.org/taxonomy/2023"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        f' xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:{filing.taxonomy}="{space}"><head><title>'
        f'{escape(filing.form)}</title></head><body><div style="display:none"><ix:header><ix:resources>'
        f"{''.join(_context(id, period) for period, id in contexts.items())}"
        f"{''.join(_unit(id, currency) for currency, id in units.items())}"
        f"</ix:resources></ix:header></div>{''.join(body)}</body></html>"
    )


def _head(row: Sequence[tuple[str, int]], filing: Filing) -> str:
    wide = 3 if filing.sign else 1  # a sign of money and a closing bracket have cells of their own
    cells = "".join(
        f'<td colspan="{1 if filing.notes and not number else span * wide}">{escape(text)}</td>'
        for number, (text, span) in enumerate(row)
    )
    return f"<tr><td></td>{cells}</tr>" if len(row) or filing.notes else ""


def _figure(filing: Filing, concept: str, figure: float | None, turn: int, context: str, unit: str) -> str:
    if figure is None:
        return "<td></td><td>—</td><td></td>" if filing.sign else "<td>—</td>"
    minus = ' sign="-"' if figure * turn < 0 else ""
    tag = (
        f'<ix:nonFraction name="{filing.taxonomy}:{concept}" contextRef="{context}" unitRef="{unit}" decimals="-3"'
        f' scale="{filing.scale}" format="ixt:num-dot-decimal"{minus}>'
        f"{abs(figure):,.{filing.decimals}f}</ix:nonFraction>"
    )
    left, right = ("(", ")") if figure < 0 else ("", "")
    return (
        f"<td>{filing.sign}</td><td>{left}{tag}</td><td>{right}</td>" if filing.sign else f"<td>{left}{tag}{right}</td>"
    )


def _context(id: str, period: tuple[str, str]) -> str:
    begun, end = period
    when = (
        f"<xbrli:startDate>{begun}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
        if begun
        else f"<xbrli:instant>{end}</xbrli:instant>"
    )
    entity = '<xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001</xbrli:identifier></xbrli:entity>'
    return f'<xbrli:context id="{id}">{entity}<xbrli:period>{when}</xbrli:period></xbrli:context>'


def _unit(id: str, currency: str) -> str:
    return f'<xbrli:unit id="{id}"><xbrli:measure>iso4217:{currency}</xbrli:measure></xbrli:unit>'
