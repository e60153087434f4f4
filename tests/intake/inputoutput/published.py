"""One invented economy of three sectors, written as each publisher writes its tables."""

import csv
from pathlib import Path

import openpyxl

FLOWS = [[10.0, 20.0, 5.0], [15.0, 30.0, 10.0], [5.0, 10.0, 25.0]]
OUTPUT = [80.0, 120.0, 90.0]
HOUSEHOLDS, GOVERNMENT, INVESTMENT, EXPORTS, IMPORTS = (
    [35.0, 40.0, 30.0],
    [0.0, 0.0, 12.0],
    [8.0, 25.0, 5.0],
    [12.0, 20.0, 5.0],
    [10.0, 20.0, 2.0],
)
WAGES, TAXES, DEPRECIATION = [30.0, 30.0, 30.0], [2.0, 5.0, 5.0], [3.0, 10.0, 6.0]
SURPLUS = [o - sum(row[j] for row in FLOWS) - WAGES[j] - TAXES[j] - DEPRECIATION[j] for j, o in enumerate(OUTPUT)]
VALUE_ADDED = [WAGES[j] + TAXES[j] + DEPRECIATION[j] + SURPLUS[j] for j in range(3)]
USED = [sum(row) for row in FLOWS]
NOTHING = ["", "", "", "", "", ""]


def guanzi():
    head = ["sector", "a", "b", "c", "households", "government", "investment", "exports", "imports", "output"]
    rows = [
        [code, *FLOWS[i], HOUSEHOLDS[i], GOVERNMENT[i], INVESTMENT[i], EXPORTS[i], IMPORTS[i], OUTPUT[i]]
        for i, code in enumerate("abc")
    ]
    below = [("wages", WAGES), ("production_taxes", TAXES), ("depreciation", DEPRECIATION), ("surplus", SURPLUS)]
    return [head, *rows, *([k, *v, *NOTHING] for k, v in below), ["output", *OUTPUT, *NOTHING]]


def nbs():
    """Titles above, names beside the codes, totals among the sectors' columns, imports as a positive column."""
    head = ["", "", "01001", "02002", "03003", "TIU", "FU101", "FU102", "THC", "FU103", "FU201", "EX", "IM", "GO"]
    names = ["农产品", "林产品", "畜牧产品"]
    rows = [
        [
            names[i],
            code,
            *FLOWS[i],
            USED[i],
            0.0,
            HOUSEHOLDS[i],
            HOUSEHOLDS[i],
            GOVERNMENT[i],
            INVESTMENT[i],
            EXPORTS[i],
            IMPORTS[i],
            OUTPUT[i],
        ]
        for i, code in enumerate(head[2:5])
    ]
    below = [
        ("劳动者报酬", "VA001", WAGES),
        ("生产税净额", "VA002", TAXES),
        ("固定资产折旧", "VA003", DEPRECIATION),
        ("营业盈余", "VA004", SURPLUS),
        ("增加值合计", "TVA", VALUE_ADDED),
        ("总投入", "TI", OUTPUT),
    ]
    blank = [""] * 9
    return [["2020年全国投入产出表", *[""] * 13], [""] * 14, head, *rows, *([n, c, *v, *blank] for n, c, v in below)]


def oecd():
    """Prefixes, value added in one row, imports as a negative column."""
    head = ["code", "D01", "D02", "D03", "HFCE", "GGFC", "GFCF", "EXPO", "IMPO"]
    rows = [
        [f"TTL_{head[i + 1][1:]}", *FLOWS[i], HOUSEHOLDS[i], GOVERNMENT[i], INVESTMENT[i], EXPORTS[i], -IMPORTS[i]]
        for i in range(3)
    ]
    below = [("TTL_INT_FNL", [sum(r[j] for r in FLOWS) for j in range(3)]), ("VALU", VALUE_ADDED), ("OUTPUT", OUTPUT)]
    return [head, *rows, *([k, *v, "", "", "", "", ""] for k, v in below)]


def eurostat():
    """Products against branches, imports as a row beside output."""
    head = ["t_rows", "A01", "B", "C10-C12", "TOTAL", "P3_S14", "P3_S13", "P51", "P6", "TU"]
    rows = [
        [
            f"CPA_{head[i + 1]}",
            *FLOWS[i],
            USED[i],
            HOUSEHOLDS[i],
            GOVERNMENT[i],
            INVESTMENT[i],
            EXPORTS[i],
            OUTPUT[i] + IMPORTS[i],
        ]
        for i in range(3)
    ]
    below = [
        ("D1", WAGES),
        ("D29_M_D39", TAXES),
        ("K1", DEPRECIATION),
        ("B2N_B3N", SURPLUS),
        ("B1G", VALUE_ADDED),
        ("P1", OUTPUT),
        ("P7", IMPORTS),
    ]
    return [head, *rows, *([k, *v, *NOTHING] for k, v in below)]


def bea():
    """The use table: commodities against industries, with total industry and total commodity output."""
    head = ["code", "1111A0", "211000", "336112", "T001", "F01000", "F06C00", "F02E00", "F04000", "F05000", "T007"]
    rows = [
        [
            head[i + 1],
            *FLOWS[i],
            USED[i],
            HOUSEHOLDS[i],
            GOVERNMENT[i],
            INVESTMENT[i],
            EXPORTS[i],
            -IMPORTS[i],
            OUTPUT[i],
        ]
        for i in range(3)
    ]
    surplus = [SURPLUS[j] + DEPRECIATION[j] for j in range(3)]
    below = [("V00100", WAGES), ("V00200", TAXES), ("V00300", surplus), ("T006", VALUE_ADDED), ("T008", OUTPUT)]
    return [head, *rows, *([k, *v, *NOTHING, ""] for k, v in below)]


TABLES = {"guanzi": guanzi, "nbs": nbs, "oecd": oecd, "eurostat": eurostat, "bea": bea}


def write_csv(path: Path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path
