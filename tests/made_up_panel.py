"""A panel that is made up, so that a scan can be tested on what is known to lie behind it.

Twenty-four places that do not exist and forty industries that do. Industries need a few capabilities, places have them
and change slowly: who makes steel and plastics comes to make car bodies. Nothing in it is measured.
"""

from __future__ import annotations

import numpy as np

from guanzi.base.core import Bilingual
from guanzi.intake.industries.panel import IndustryPanel

NAME = Bilingual("made-up panel", "虚构面板")
REGIONS = (
    ("Ashford", "灰津"), ("Birchwater", "桦水"), ("Clayhill", "陶岗"), ("Deepdale", "深谷"), ("Eastmere", "东泽"),
    ("Ferrygate", "渡口"), ("Goldbridge", "金桥镇"), ("Harborough", "港埠"), ("Ironvale", "铁谷"), ("Juniper", "柏原"),
    ("Kingsmoor", "王泽"), ("Longreach", "长滩"), ("Millbrook", "磨溪"), ("Northport", "北港"), ("Oakfield", "橡野"),
    ("Pinecrest", "松岭"), ("Quarry Bay", "石湾"), ("Riverton", "临河"), ("Saltmarsh", "盐泽"), ("Thornbury", "棘堡"),
    ("Upland", "高原镇"), ("Vineyard", "葡园"), ("Westlake", "西湖镇"), ("Yarrow", "蓍原"),
)  # fmt: skip
"""Places that do not exist."""
INDUSTRIES = (
    ("Air conditioners", "空调"), ("Aircraft parts", "航空零部件"), ("Aluminium", "铝材"), ("Animal feed", "饲料"),
    ("Battery cells", "动力电池"), ("Battery materials", "电池材料"), ("Bearings", "轴承"), ("Beverages", "饮料"),
    ("Cables", "线缆"), ("Car bodies", "车身"), ("Cement", "水泥"), ("Charging equipment", "充电设备"),
    ("Chip design", "芯片设计"), ("Chip packaging", "芯片封测"), ("Clothing", "服装"), ("Display panels", "显示面板"),
    ("Drones", "无人机"), ("Dyes", "染料"), ("Electric motors", "电机"), ("Electric vehicles", "新能源汽车"),
    ("Fertilizer", "化肥"), ("Furniture", "家具"), ("Gearboxes", "减速器"), ("Glass", "玻璃"),
    ("Industrial robots", "工业机器人"), ("Machine tools", "机床"), ("Medical devices", "医疗器械"), ("Moulds", "模具"),
    ("Optical lenses", "光学镜头"), ("Paper", "造纸"), ("Pharmaceuticals", "医药"), ("Plastics", "塑料"),
    ("Power electronics", "功率器件"), ("Refrigerators", "冰箱"), ("Sensors", "传感器"), ("Software", "软件"),
    ("Solar modules", "光伏组件"), ("Steel", "钢铁"), ("Textiles", "纺织"), ("Tyres", "轮胎"),
)  # fmt: skip
YEARS = tuple(range(2008, 2025))
_CAPABILITIES = 3
_NEAR = {
    "metal": (1, 2, 6, 9, 22, 25, 27, 37),
    "electric": (0, 4, 8, 11, 18, 19, 24, 32, 33, 36),
    "chips": (12, 13, 15, 16, 26, 28, 34, 35),
}
_RISING = (4, 5, 11, 16, 19, 24, 32, 36)


def made_up_panel(seed: int = 2024) -> IndustryPanel:
    """The panel, the same for the same seed: jobs by place, industry and year."""
    rng = np.random.default_rng(seed)
    places, kinds = len(REGIONS), len(INDUSTRIES)
    able, needs = rng.normal(size=(places, _CAPABILITIES)), 0.45 * rng.normal(size=(kinds, _CAPABILITIES))
    for axis, members in enumerate(_NEAR.values()):
        needs[list(members), axis] += 1.3
    apart = np.setdiff1d(np.arange(kinds), [k for members in _NEAR.values() for k in members])
    needs[apart] -= 0.6
    size, spread = rng.lognormal(10.5, 0.7, places), rng.lognormal(0, 0.5, kinds)
    luck = rng.normal(size=(places, kinds))
    cells = []
    for t in range(len(YEARS)):
        able = able + 0.1 * rng.normal(size=able.shape)
        luck = 0.9 * luck + 0.43 * rng.normal(size=luck.shape)
        pull = able @ needs.T / np.sqrt(_CAPABILITIES) + 0.45 * luck
        grown = spread.copy()
        grown[list(_RISING)] *= 1.06**t
        jobs = np.round(np.exp(1.4 * pull) * size[:, None] * grown[None] / kinds)
        jobs[pull < -0.7] = 0
        cells.append(jobs)
    found = [np.nonzero(year) for year in cells]
    return IndustryPanel(
        NAME,
        tuple(Bilingual(en, zh) for en, zh in REGIONS),
        tuple(Bilingual(en, zh) for en, zh in INDUSTRIES),
        YEARS,
        np.concatenate([r for r, _ in found]).astype(np.int32),
        np.concatenate([i for _, i in found]).astype(np.int32),
        np.concatenate([[0], np.cumsum([len(r) for r, _ in found])]).astype(np.int64),
        {Bilingual("jobs", "岗位"): np.concatenate([year[at] for year, at in zip(cells, found, strict=True)])},
    )
