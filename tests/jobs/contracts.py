"""Contracts in the form of real ones, written as DOCX with counted numbers, or as PDF, with figures that a test gives."""  # noqa: E501

from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn


@dataclass(frozen=True)
class Figures:
    """What the parties agreed; amounts in millions."""

    first: int = 300
    second: int = 400
    third: int = 200
    share: float = 18.0
    rate: float = 8.5
    months: int = 60
    units: int = 20_000
    capacity: int = 100_000
    jobs: int = 3_000
    grant: int = 50
    royalty: float = 1.5
    cap: int = 310
    years: int = 8
    extra: tuple[str, ...] = field(default=())


def english(f: Figures) -> list[tuple[int, str]]:
    """An agreement: how deep each paragraph lies (0: not numbered) and its text."""
    return [
        (0, "SHARE SUBSCRIPTION AGREEMENT"),
        (0, 'This Share Subscription Agreement (this "Agreement") is dated as of January 15, 2024 and is made among Riverton '  # noqa: E501
            'Industrial Investment Co., Ltd. (the "Investor"), Farway Motors Ltd. (the "Company") and Mr. Li Ming (the "Founder").'),  # noqa: E501
        (1, "Subscription"),
        (2, f"The Investor shall subscribe for new shares representing {f.share:g}% of the equity of the Company."),
        (2, "The Investor shall pay the subscription price in three installments:"),
        (3, f"RMB {f.first} million on or before March 31, 2024;"),
        (3, f"RMB {f.second} million on or before December 31, 2024, after the conditions precedent are satisfied; and"),  # noqa: E501
        (3, f"RMB {f.third:,} million on or before December 31, 2025, once the local capacity of the Company reaches "
            f"{f.capacity:,} vehicles per year."),
        (1, "Put Option"),
        (2, "The Investor may require the Company and the Founder to repurchase all of its shares if:"),
        (3, f"the Company has not completed an initial public offering within {f.months} months after the first payment;"),  # noqa: E501
        (3, f"the Company delivers fewer than {f.units:,} vehicles in each of two consecutive years; or"),
        (3, "there is a change of control of the Company."),
        (2, f"The repurchase price shall be the amount paid plus interest at {f.rate:g}% per annum, compounded annually."),  # noqa: E501
        (1, "Undertakings"),
        (2, "The Company shall establish its headquarters in Riverton no later than June 30, 2025."),
        (2, f"The Company shall employ at least {f.jobs:,} people in Riverton by December 31, 2026."),
        (1, "Support"),
        (2, f"The Investor shall pay the Company a one-time grant of RMB {f.grant} million by June 30, 2024."),
        (2, "If the Company relocates its headquarters out of Riverton, it shall repay the grant in full."),
        (2, f"The Company shall pay the Investor a royalty of {f.royalty:g}% of its annual revenue for {f.years} years, not exceeding "  # noqa: E501
            f"RMB {f.cap} million in total."),
        (1, "General"),
        (2, "This Agreement is governed by the laws of Singapore."),
        *((2, text) for text in f.extra),
    ]  # fmt: skip


def chinese(f: Figures) -> list[tuple[int, str]]:
    """The same agreement in Chinese."""
    return [
        (0, "增资协议"),
        (0, "本协议由以下各方于2024年1月15日签署："),
        (0, "甲方（投资方）：江城市产业投资集团有限公司"),
        (0, "乙方（目标公司）：远行新能源汽车有限公司"),
        (0, "丙方（创始人）：李明"),
        (1, "投资"),
        (2, f"甲方认购目标公司新增注册资本，取得目标公司{f.share:g}%的股权。"),
        (2, "投资款分三期支付："),
        (3, f"首期人民币{f.first}百万元，于2024年3月31日前支付；"),
        (3, f"第二期人民币{f.second}百万元，于2024年12月31日前，在交割先决条件满足后支付；"),
        (3, f"第三期人民币{f.third:,}百万元，在目标公司本地产能达到{f.capacity}辆后，于2025年12月31日前支付。"),
        (1, "回购"),
        (2, "发生下列任一情形的，甲方有权要求乙方和丙方回购甲方所持股权："),
        (3, f"自首期投资款支付之日起{f.months}个月内，目标公司未能上市；"),
        (3, f"目标公司连续两年年销量低于{f.units}辆；"),
        (3, "目标公司实际控制人发生变更。"),
        (2, f"回购价格为投资款加按年化{f.rate:g}%复利计算的收益。"),
        (1, "承诺"),
        (2, "目标公司应于2025年6月30日前将总部设在江城市。"),
        (2, f"目标公司应于2026年12月31日前在本市新增就业岗位不少于{f.jobs}个。"),
        (1, "扶持"),
        (2, f"甲方在2024年6月30日前给予目标公司一次性奖励人民币{f.grant}百万元。"),
        (2, "目标公司迁离江城市的，应全额返还上述奖励。"),
        (
            2,
            f"目标公司按年营业收入的{f.royalty:g}%向甲方支付收入分成，期限{f.years}年，累计不超过人民币{f.cap}百万元。",
        ),
        (1, "其他"),
        (2, "本协议适用中华人民共和国法律。"),
        *((2, text) for text in f.extra),
    ]


TEXTS = {"en": english, "zh": chinese}
_LEVELS = {
    "en": (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")),
    "zh": (("chineseCounting", "第%1条"), ("decimal", "%1.%2"), ("decimal", "（%3）")),
}


def write(folder: Path, lang: str, form: str, figures: Figures) -> Path:
    """A contract as a file of a form, ``docx`` or ``pdf``, on several pages."""
    paragraphs = TEXTS[lang](figures)
    path = folder / f"agreement-{lang}.{form}"
    (_docx if form == "docx" else _pdf)(path, lang, paragraphs)
    return path


def _docx(path: Path, lang: str, paragraphs: list[tuple[int, str]]) -> None:
    """Numbers are counted by the word processor: they stand in no text."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'{"<w:isLgl/>" if n == 1 else ""}<w:lvlText w:val="{shown}"/></w:lvl>'
        for n, (kind, shown) in enumerate(_LEVELS[lang])
    )
    made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    numbering.insert(0, made)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for at, (depth, text) in enumerate(paragraphs):
        paragraph = document.add_paragraph()
        if at == len(paragraphs) // 2:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
        paragraph.add_run(text)
        if depth:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth - 1}"/><w:numId w:val="77"/></w:numPr>')
            )
            assert properties.find(qn("w:numPr")) is not None
    document.save(str(path))


def _pdf(path: Path, lang: str, paragraphs: list[tuple[int, str]]) -> None:
    """Numbers are written, lines are broken by the typesetter, and every page has a head and its number."""
    import typst

    counts = [0, 0, 0]
    lines = []
    for at, (depth, text) in enumerate(paragraphs):
        if depth:
            counts = [*counts[: depth - 1], counts[depth - 1] + 1, *[0] * (3 - depth)]
        one, two, three = counts
        number = {
            "en": ("", f"{one}.", f"{one}.{two}", f"({'abcdefgh'[three - 1]})"),
            "zh": ("", f"第{'零一二三四五六七八九'[one]}条", f"{one}.{two}", f"（{three}）"),
        }[lang][depth]
        if at in (len(paragraphs) // 3, 2 * len(paragraphs) // 3):
            lines.append("#pagebreak()")
        escaped = "".join(f"\\{c}" if c in '#$*_[]@<>`\\~=-+/"' else c for c in f"{number} {text}".strip())
        lines.append(escaped + "\n")
    head = "CONFIDENTIAL — DRAFT" if lang == "en" else "机密·草案"
    source = (
        f'#set page(paper: "a4", margin: 30mm, numbering: "1", header: [{head}])\n'
        f'#set text(font: ("Noto Serif CJK SC", "DejaVu Serif", "Libertinus Serif"), size: 11pt, lang: "{lang}")\n'
        "#set par(spacing: 1.6em)\n" + "\n".join(lines)
    )
    path.write_bytes(typst.compile(source.encode(), format="pdf", pdf_tags=False))
