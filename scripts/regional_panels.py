"""The regional panels of the library, made anew from the research data beside the repository.

``python scripts/regional_panels.py DATA [OUT]`` writes a Parquet file for each panel of
``src/guanzi/library/panels/panels.yaml``, the names of regions and industries, and the hashes into ``panels.yaml``.
Nothing is filled, smoothed or corrected: a cell that the source does not give has no row, a cell that it marks keeps
its mark. Names that the source spells wrongly are fixed in :data:`SPELT`; which sector of the input-output tables an
industry belongs to is a reading of its name, and empty where the name holds several.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

LIBRARY = Path(__file__).resolve().parents[1] / "src" / "guanzi" / "library" / "panels"
KEYS = ["industry", "region", "year"]
SPELT = {
    "130900": ("Cangzhou", "沧州"), "220200": ("Jilin City", "吉林市"), "320800": ("Huai'an", "淮安"),
    "340500": ("Ma'anshan", "马鞍山"), "341300": ("Suzhou (Anhui)", "宿州"), "360800": ("Ji'an", "吉安"),
    "361000": ("Fuzhou (Jiangxi)", "抚州"), "370900": ("Tai'an", "泰安"), "411100": ("Luohe", "漯河"),
    "450900": ("Yulin (Guangxi)", "玉林"), "511800": ("Ya'an", "雅安"), "513200": ("Aba", "阿坝藏族羌族自治州"),
    "610800": ("Yulin (Shaanxi)", "榆林"), "C36+C37": ("Manufacture of transport equipment", "交通运输设备制造业"),
}  # fmt: skip
"""Names by code that are wrong, too long, or those of two places, in the source."""
SECTORS = {
    "H01": "TS015 TS053 TS063 TS082", "H02": "B06 TS067", "H03": "B07 TS079", "H04": "B08 B09 TS110", "H05": "B10",
    "H06": "C13 C14 C15 C16 TS004 TS029 TS076 TS084 TS095 TS108 TS109", "H07": "C17 TS085", "H08": "C18 C19 TS049",
    "H09": "C20 C21 TS033", "H10": "C22 C23 C24 TS043 TS099", "H11": "C25 TS066 TS078",
    "H12": "C26 C27 C28 C29 TS003 TS017 TS019 TS020 TS022 TS031 TS047 TS054 TS055 TS071",
    "H13": "C30 TS014 TS058 TS070 TS081 TS107", "H14": "C31 C32 TS035 TS048 TS068 TS101 TS103 TS104 TS105",
    "H15": "C33", "H16": "C34 C35 TS002 TS016 TS021 TS036 TS051 TS052 TS086 TS096",
    "H17": "C36 C37 C36+C37 TS042 TS060 TS062 TS088 TS089 TS097", "H18": "C38 TS034 TS075",
    "H19": "C39 TS001 TS009 TS026 TS098", "H20": "C40 TS073", "H22": "D44 TS044 TS056 TS065",
    "H23": "D45 TS007", "H24": "D46 TS057", "H25": "TS038 TS090",
    "H26": "TS006 TS011 TS012 TS050 TS059 TS064 TS083 TS093 TS102", "H27": "TS005 TS072 TS094",
    "H28": "TS013 TS025 TS027 TS028 TS041 TS061 TS074 TS077 TS080 TS092", "H29": "TS100",
    "H30": "TS008 TS032 TS091 TS106", "H31": "TS010 TS023 TS030 TS040", "H37": "TS018 TS039",
}  # fmt: skip
"""Sector of the input-output tables to the industries that lie in it whole."""
UNSPLIT = ("H00", "Services, not split", "服务业合计（未分）")
"""The service sectors of 1997, which have no counterpart in later tables."""
NEW_ZEALAND = {
    "AA111": ("", "园艺和水果种植"), "AA121": ("", "牛羊和谷物种养"), "AA131": ("", "奶牛养殖"),
    "AA141": ("", "家禽、鹿和其他畜牧"), "AA211": ("", "林业和采伐"), "AA310": ("", "渔业和水产养殖"),
    "AA320": ("", "农林渔服务"), "BB11_": ("Mining", "采矿业"), "CC131": ("", "乳制品制造"),
    "CC141": ("", "果蔬、油脂、谷物和其他食品制造"), "CC151": ("", "饮料和烟草制造"),
    "CC1_": ("Meat and fish manufacturing", "肉类和水产加工"), "CC211": ("", "纺织和皮革制造"),
    "CC212": ("", "服装、针织和鞋类制造"), "CC311": ("", "木制品制造"), "CC321": ("", "纸浆、纸和纸制品制造"),
    "CC411": ("", "印刷"), "CC5_": ("Petroleum and chemical manufacturing", "石油和化学制造"),
    "CC611": ("", "非金属矿物制品制造"), "CC711": ("", "初级金属和金属制品制造"), "CC721": ("", "加工金属制品制造"),
    "CC811": ("", "运输设备制造"), "CC821": ("", "电子和电气设备制造"), "CC822": ("", "机械制造"),
    "CC91_": ("Other manufacturing", "其他制造业"), "DD1_": ("Electricity, gas and water", "电力、燃气和水"),
    "EE110": ("", "住宅建筑"), "EE113": ("", "非住宅建筑"), "EE1_": ("Other construction", "其他建筑业"),
    "FF110": ("", "其他商品和代理批发"), "FF111": ("", "基础材料批发"), "FF114": ("", "食品、酒类和烟草批发"),
    "FF11_": ("Other wholesaling", "其他批发"), "GH111": ("", "汽车和零部件零售"), "GH112": ("", "燃料零售"),
    "GH121": ("", "超市和食品杂货店"), "GH122": ("", "专业食品零售"), "GH130": ("", "其他店铺、无店铺和代理零售"),
    "GH131": ("", "家具、电器和五金零售"), "GH132": ("", "休闲用品、服装鞋类和饰品零售"), "GH133": ("", "百货商店"),
    "GH21_": ("Accommodation, food and beverage services", "住宿和餐饮"), "II111": ("", "道路运输"),
    "II120": ("", "其他运输"), "II121": ("", "铁路运输"), "II123": ("", "航空航天运输"),
    "II13_": ("Transport support services", "运输辅助服务"), "JJ11_": ("Publishing and broadcasting", "出版和广播"),
    "JJ120": ("", "电信服务（含互联网接入）"), "JJ123": ("", "图书馆和其他信息服务"),
    "KK110": ("", "银行、融资和金融资产投资"), "KK1_": ("Insurance and other financial services", "保险和其他金融服务"),
    "LL110": ("", "租赁服务（不含房地产）"), "LL12_": ("Property and real estate services", "房地产服务"),
    "MN11_": ("Professional services", "专业服务"), "MN21_": ("Support services", "支持服务"),
    "OO111": ("", "地方政府行政"), "OO211": ("", "中央政府行政和司法"),
    "OO21_": ("Public safety and defence", "公共安全和国防"), "PP11_": ("Education", "教育"),
    "QQ11_": ("Medical and other health services", "医疗和其他卫生服务"),
    "RS11_": ("Recreation services", "休闲娱乐服务"), "RS210": ("", "个人服务和家政"), "RS211": ("", "修理和维护"),
    "RS219": ("", "宗教、民间和专业团体服务"),
}  # fmt: skip
"""Industry to its English name, where the source abbreviates it, and its Chinese one."""
AREAS = {
    "Whangarei": "旺阿雷", "Northern Auckland Zone": "奥克兰北区", "Western Auckland Zone": "奥克兰西区",
    "Central Auckland Zone": "奥克兰中区", "Southern Auckland Zone": "奥克兰南区", "Hamilton Zone": "哈密尔顿",
    "Tauranga": "陶朗加", "Rotorua": "罗托鲁阿", "Gisborne": "吉斯伯恩", "Napier Zone": "内皮尔",
    "Hastings Zone": "黑斯廷斯", "New Plymouth": "新普利茅斯", "Wanganui": "旺加努伊", "Palmerston North": "北帕默斯顿",
    "Wellington Zone": "惠灵顿", "Nelson": "纳尔逊", "Christchurch": "克赖斯特彻奇", "Dunedin": "达尼丁",
    "Invercargill": "因弗卡吉尔", "Blenheim": "布莱尼姆", "Taupo": "陶波", "Masterton": "马斯特顿",
    "Greymouth": "格雷茅斯", "Ashburton": "阿什伯顿", "Timaru": "蒂马鲁", "Oamaru": "奥马鲁", "Queenstown": "皇后镇",
    "Lower Hutt Zone": "下哈特", "Upper Hutt Zone": "上哈特", "Porirua Zone": "波里鲁阿", "Thames": "泰晤士",
    "Cambridge Zone": "剑桥", "Picton": "皮克顿", "Westport": "韦斯特波特", "Wanaka": "瓦纳卡", "Kaikoura": "凯库拉",
}  # fmt: skip
"""Urban areas with a Chinese name in use; the others keep their own, since a coined one would be found nowhere."""

type Frame = pd.DataFrame
type Names = list[tuple[str, str, str, str, str]]


def employment(data: Path) -> Frame:
    """Employees of urban units by province and industry, as the yearbook numbers them."""
    return _plain(pd.read_csv(data / "china" / "province_industry_urban_employment_2005_2016.csv", dtype=str))


def products(data: Path) -> Frame:
    """Output of four products by province."""
    return _plain(pd.read_csv(data / "china" / "province_products_1998_2019.csv", dtype=str))


def tables(kind: str) -> Callable[[Path], Frame]:
    """A column of the provinces' input-output tables, by the sectors that all tables share."""

    def made(data: Path) -> Frame:
        rows = pd.read_csv(data / "china" / f"province_io_{kind}.csv", dtype=str)
        rows["industry_code"] = rows.h_code.fillna(UNSPLIT[0])
        rows["value"] = rows.value.astype(float)
        keys = ["industry_code", "region_code", "year"]
        return _plain(rows.groupby(keys, as_index=False).value.sum().round(4).assign(flag=""))

    return made


def listed(file: str, scope: str = "") -> Callable[[Path], Frame]:
    """Listed firms at the end of each year."""

    def made(data: Path) -> Frame:
        rows = pd.read_parquet(data / "china" / file)
        rows = rows[rows.scope == scope] if scope else rows
        keys = ["industry_code", "region_code", "year"]
        return _plain(rows.groupby(keys, as_index=False).value.sum().assign(flag=""))

    return made


def new_zealand(data: Path) -> Frame:
    """Employees by urban area and industry at the censuses."""
    rows = pd.read_csv(data / "tracks" / "nz_urbanarea_industry_employment_1976_2013.csv", dtype=str)
    named = rows.rename(columns={"ua": "region_code", "ind": "industry_code", "emp": "value"}).assign(flag="")
    return _plain(named[named.value.astype(float) > 0])


def _plain(rows: Frame) -> Frame:
    held = rows[["industry_code", "region_code", "year", "value", "flag"]].copy()
    held.columns = pd.Index([*KEYS, "value", "flag"])
    value = held.value.astype(float)
    held["value"] = value.astype("int64") if (value == value.round()).all() else value
    held["year"] = held.year.astype("int16")
    held["flag"] = held.flag.fillna("")
    if held.duplicated(KEYS).any():
        raise SystemExit("two rows of one cell")
    return held.sort_values(KEYS, ignore_index=True)


CITIES = "city_listed_firms_stock_1990_2025.parquet"
PANELS: dict[str, Callable[[Path], Frame]] = {
    "cn-employment": employment,
    "cn-output": tables("gross_output_1997_2017"),
    "cn-value-added": tables("value_added_1997_2017"),
    "cn-exports": tables("exports_2012_2017"),
    "cn-products": products,
    "cn-firms": listed("province_listed_firms_stock_1990_2025.parquet"),
    "cn-city-firms": listed(CITIES, "all exchanges, city known"),
    "cn-city-firms-szse": listed(CITIES, "SZSE only (city complete)"),
    "nz-employment": new_zealand,
}


def names(data: Path) -> Names:
    """Every code with its names, and what it belongs to: a city to its province, an industry to its sector."""
    sector = {code: h for h, codes in SECTORS.items() for code in codes.split()}
    found: Names = []

    def take(kind: str, rows: Frame, code: str, en: str, zh: str) -> None:
        seen = rows[[code, en, zh]].drop_duplicates(code).sort_values(code).astype(str)
        for c, e, z in seen.itertuples(index=False):
            upper = f"{c[:2]}0000" if kind == "city" else sector.get(c, "")
            found.append((kind, c, *SPELT.get(c, (e, z.removesuffix("市") if kind == "city" else z)), upper))

    china = data / "china"
    work = pd.read_csv(china / "province_industry_urban_employment_2005_2016.csv", dtype=str)
    cities = pd.read_parquet(china / CITIES)
    take("province", work, "region_code", "region_name_en", "region_name_zh")
    take("city", cities, "region_code", "region_name_en", "region_name_zh")
    take("industry", work, "industry_code", "industry_name_en", "industry_name_zh")
    found.append(("sector", *UNSPLIT, ""))
    take("sector", pd.read_csv(china / "io_sector_concordance.csv", dtype=str), "h_code", "h_name_en", "h_name_zh")
    goods = pd.read_csv(china / "province_products_1998_2019.csv", dtype=str)
    take("product", goods, "industry_code", "industry_name_en", "industry_name_zh")
    take("listed", cities, "industry_code", "industry_name_en", "industry_name_zh")
    zealand = pd.read_csv(data / "tracks" / "nz_urbanarea_industry_employment_1976_2013.csv", dtype=str)
    areas = zealand[["ua", "ua_name"]].drop_duplicates().assign(order=lambda f: f.ua.astype(int)).sort_values("order")
    found += [("nz-area", ua, name, AREAS.get(name, ""), "") for ua, name in areas[["ua", "ua_name"]].to_numpy()]
    kinds = zealand[["ind", "ind_name"]].drop_duplicates().sort_values("ind")
    found += [("nz-industry", i, NEW_ZEALAND[i][0] or name, NEW_ZEALAND[i][1], "") for i, name in kinds.to_numpy()]
    return found


def write(data: Path, out: Path) -> dict[str, str]:
    """Write the panels and the names into a folder; the hash of each file."""
    hashes = {}
    for id, made in PANELS.items():
        rows = made(data)
        columns = {name: pa.array(rows[name].astype(str)).dictionary_encode() for name in ("industry", "region")}
        columns |= {"year": pa.array(rows.year), "value": pa.array(rows.value)}
        if rows.flag.any():
            columns["flag"] = pa.array(rows.flag).dictionary_encode()
        plain = pa.table(columns).replace_schema_metadata(None)
        parquet.write_table(plain, out / f"{id}.parquet", compression="zstd", compression_level=19, version="2.6")
        hashes[id] = hashlib.sha256((out / f"{id}.parquet").read_bytes()).hexdigest()
    with (out / "names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "code", "en", "zh", "upper"))
        writer.writerows(names(data))
    return hashes


def signed(text: str, hashes: dict[str, str]) -> str:
    """The text of ``panels.yaml`` with the hashes of the files."""
    for id, digest in hashes.items():
        text, times = re.subn(rf"(?m)^(  - id: {id}\n    sha256: ).*$", rf"\g<1>{digest}", text)
        if times != 1:
            raise SystemExit(f"panels.yaml does not tell of {id}")
    return text


def main() -> None:
    """Write the library anew."""
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else LIBRARY
    manifest = LIBRARY / "panels.yaml"
    text = signed(manifest.read_text("utf-8"), write(Path(sys.argv[1]), out))
    (out / "panels.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
