"""产销数据网页：产量与销量、本月与累计、去年同期、车型与出口、发布日期在标题下."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, p, small

ONE = "one kind of vehicle alone"
MONTHS = ["2024-08", "2023-08", "2024-01/2024-08", "2023-01/2023-08"]


def source() -> Source:
    """海雁汽车 2024年8月产销快报."""
    m = Marks("2024-09-03")

    def line(label, fact, values, changes, why=""):
        said = [m(v, f"{fact} {span} vehicles" + (f" #{why}" if why else "")) for v, span in zip(values, MONTHS, strict=True)]  # fmt: skip
        return [label, *said[:2], changes[0], *said[2:], changes[1]]

    table = [
        [("项目", 1, 2), ("8月", 3, 1), ("1—8月累计", 3, 1)],
        ["2024年", "2023年", "同比", "2024年", "2023年", "同比"],
        [("产量（辆）", 7, 1)],
        line("乘用车", "!output", ["14,206", "12,887", "96,418", "88,350"], ["10.24%", "9.13%"], ONE),
        line("商用车", "!output", ["2,031", "2,644", "17,760", "19,902"], ["－23.18%", "－10.76%"], ONE),
        line("产量合计", "output", ["16,237", "15,531", "114,178", "108,252"], ["4.55%", "5.47%"]),
        [("销量（辆）", 7, 1)],
        line("乘用车", "!deliveries", ["13,950", "13,004", "97,033", "87,216"], ["7.27%", "11.26%"], ONE),
        line("商用车", "!deliveries", ["2,118", "2,590", "17,401", "20,115"], ["－18.22%", "－13.49%"], ONE),
        line("销量合计", "deliveries", ["16,068", "15,594", "114,434", "107,331"], ["3.04%", "6.62%"]),
        line("其中：新能源", "!deliveries", ["7,725", "4,918", "49,006", "30,144"], ["57.08%", "62.57%"], ONE),
        line(
            "其中：出口", "!deliveries", ["3,340", "2,276", "21,975", "15,082"], ["46.75%", "45.70%"], "exports alone"
        ),
    ]
    page = [
        h1("海雁汽车集团股份有限公司2024年8月产销快报"), p("发布时间：2024-09-03　来源：董事会办公室　浏览次数：1,746"),
        p("本公司2024年8月产销数据如下："), Table(table, [1.6, 1, 1, 1, 1, 1, 1], head=2, rules="grid"),
        p(f"8月，公司销售汽车{m('1.61', '?deliveries 2024-08 vehicles*10000')}万辆；截至8月末，经销商库存{m('31,208', '!deliveries 2024-08 vehicles #in stock of dealers', '!output 2024-08 vehicles #in stock of dealers')}辆，在手出口订单{m('9,400', '!orders 2024-08-31 vehicles #of exports alone')}辆。"),
        p(f"公司2024年销量目标为{m('19', 'delivery_guidance 2024 vehicles*10000', '?plan_deliveries 2024 vehicles*10000', '!deliveries 2024 vehicles*10000 #a target')}万辆。"),
        small("注：本表为快报数据，未经审计，最终数据以定期报告为准。"),
    ]  # fmt: skip
    return Source("haiyan-month-2024-08.html", "zh", m, [page], title="2024年8月产销快报")
