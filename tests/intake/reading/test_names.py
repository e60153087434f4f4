"""Names of rows as statements write them, in two languages: what each means, and which mean no fact."""

import pytest

from guanzi.intake.reading.lexicon import item_of
from guanzi.intake.reading.tables import _bare

NAMES = {
    "revenue": (
        "Revenue; Revenues; Net revenues; Net revenue; Total revenues; Total net revenues; Total net sales; "
        "Net sales; Turnover; Revenues from external customers; Revenue from contracts with customers; "
        "Revenue from external customers; Operating revenue; Total operating revenue; Total operating revenues; "
        "Operating revenues; Revenues, net; Sales revenue; Group revenue; Consolidated revenue; 营业收入; "
        "营业总收入; 一、营业收入; 一、营业总收入; 其中：营业收入; 收入; 收益; 营业收入（元）; 营业收入（万元）; "
        "营业收入(人民币千元); 收入总额; 总收入; 营业额; 客户合约收入; 来自客户合约的收入; 收入合计; 净收入总额; "
        "总净收入; 净收入; 合并营业收入; 集团收入; 总收益; "
        "Revenue, net; Sales (net); Revenue for the year; 營業收入淨額; Including: Operating revenue; "
        "I. Total operating revenue"
    ),
    "cost_of_revenue": (
        "Cost of revenue; Cost of revenues; Cost of sales; Cost of goods sold; Total cost of sales; "
        "Total costs of revenues; Cost of products sold; Costs of goods sold; Costs of revenue; "
        "Cost of net revenues; Cost of revenues (note 4); 营业成本; 其中：营业成本; 减：营业成本; 销售成本; "
        "销货成本; 收入成本; 收益成本; 已售商品成本; "
        "Less: Cost of sales; Cost of goods and services provided; Cost of sales and services"
    ),
    "gross_profit": (
        "Gross profit; Gross loss; Gross (loss)/profit; Gross profit (loss); 毛利; 毛利润; 毛损; 毛利／（毛损）; "
        "毛（损）／利; 毛利总额"
    ),
    "r_and_d": (
        "Research and development; Research and development expenses; Research and development costs; R&D expenses; "
        "R&D costs; R&D expense; Research & development expenses; Research and development expenses, net; 研发费用; "
        "研发开支; 研究开发费用; 研究及开发费用; 研究及开发成本; 研究与开发费用; 研发成本; 研究和开发费用; "
        "研究及发展费用; 减：研发费用"
    ),
    "sga": (
        "Selling, general and administrative; Selling, general and administrative expenses; "
        "Selling, general & administrative; SG&A; SG&A expenses; SG&A expense; Sales, general and administrative; "
        "Selling, general and administrative costs; Selling, administrative and general expenses; "
        "销售、一般及行政开支; 销售、一般及管理费用"
    ),
    "operating_profit": (
        "Operating income; Operating profit; Operating income (loss); Income from operations; "
        "Profit from operations; Operating profit/(loss); Income (loss) from operations; "
        "(Loss)/income from operations; Results from operating activities; Profit from operating activities; "
        "Operating result; Operating (loss)/profit; Total operating profit; Operating earnings; 营业利润; 经营利润; "
        "经营溢利; 经营利润／（亏损）; 营业利润（亏损以“-”号填列）; 三、营业利润（亏损以“-”号填列）; "
        "经营（亏损）／溢利; 营业（亏损）／利润"
    ),
    "operating_loss": ("Operating loss; Loss from operations; Loss from operating activities; 经营亏损; 营业亏损"),
    "net_profit": (
        "Net income; Net profit; Net income (loss); Profit for the year; Profit for the period; Net (loss)/profit; "
        "Net profit/(loss); (Loss)/profit for the year; (Loss) profit for the period; Profit after tax; "
        "Profit after taxation; Profit/(loss) after tax; Net earnings; Consolidated net income; "
        "Profit for the financial year; Profit/(loss) for the financial year; "
        "Net income including noncontrolling interests; Profit (loss) for the six months; Profit for the six months; "
        "(Loss)/profit for the half-year; Profit for the half year; 净利润; 五、净利润（净亏损以“－”号填列）; "
        "年内利润; 年度利润; 期内利润; 年内溢利; 期内溢利; 本年利润; 本年度利润; 年内（亏损）／溢利; "
        "期内（亏损）／利润; 净利润／（亏损）; 年度溢利; 本年净利润; 税后净利润; 税后利润; 合并净利润; 净利; "
        "Profit/(loss) for the year/period; Net result; Profit and total comprehensive income for the year; "
        "本期淨利（淨損）; 年/期内溢利; 年内溢利及全面收益总额"
    ),
    "net_loss": (
        "Net loss; Net losses; Loss for the year; Loss for the period; Loss after tax; Loss after taxation; "
        "Loss for the financial year; Consolidated net loss; Loss for the six months; Loss for the half-year; "
        "净亏损; 年内亏损; 期内亏损; 本年亏损; 年度亏损; 本年度亏损; 亏损净额; 本期亏损; 期间亏损; "
        "Loss and total comprehensive loss for the year; Loss for the year/period; "
        "Loss for the year and total comprehensive loss for the year; 年内亏损及全面开支总额; "
        "Loss for the financial year after taxation"
    ),
    "operating_cash_flow": (
        "Net cash from operating activities; Net cash provided by operating activities; "
        "Net cash used in operating activities; Net cash generated from operating activities; "
        "Net cash (used in)/generated from operating activities; "
        "Net cash provided by (used in) operating activities; Net cash (used in) provided by operating activities; "
        "Net cash flows from operating activities; Net cash flow from operating activities; "
        "Net cash inflow from operating activities; Net cash outflow from operating activities; "
        "Net cash inflow/(outflow) from operating activities; Net cash used for operating activities; "
        "Net cash (used in) operating activities; Operating cash flow; Net operating cash flow; "
        "Net cash flows used in operating activities; Net cash generated by operating activities; "
        "Net cash (outflow)/inflow from operating activities; Net cash flows (used in)/from operating activities; "
        "经营活动产生的现金流量净额; 经营活动现金流量净额; 经营活动产生的现金净流量; 经营活动现金净流量; "
        "经营活动所得现金净额; 经营活动产生的现金净额; 经营活动所用现金净额; 经营活动（所用）／所得现金净额; "
        "经营活动现金流净额; 经营活动所得／（所用）现金流量净额; 经营活动（使用）／产生的现金净额; "
        "经营活动使用的现金净额; 经营活动产生／（使用）的现金净额; 经营活动净现金流; 经营性现金流净额; "
        "经营业务所得现金净额; 经营活动所得现金流量净额; "
        "營業活動之淨現金流入（流出）; 经营活动之现金净额; 经营活动产生的净现金流入"
    ),
    "capex": (
        "Capital expenditure; Capital expenditures; Capex; Purchase of property, plant and equipment; "
        "Purchases of property, plant and equipment; Purchases of property and equipment; "
        "Purchases of items of property, plant and equipment; Additions to property, plant and equipment; "
        "Acquisition of property, plant and equipment; Payments for property, plant and equipment; "
        "Payments for purchase of property, plant and equipment; Purchase of PP&E; "
        "Purchases of property, plant and equipment, net; "
        "Purchase of property, plant and equipment and intangible assets; "
        "Payment for purchase of property, plant and equipment; Payments to acquire property, plant and equipment; "
        "Capital expenditures for property, plant and equipment; Cash paid for property, plant and equipment; "
        "购建固定资产、无形资产和其他长期资产支付的现金; 购建固定资产、无形资产和其他长期资产所支付的现金; "
        "购建固定资产、无形资产及其他长期资产支付的现金; 购买物业、厂房及设备; 购置物业、厂房及设备; "
        "购买物业、厂房及设备的付款; 购买物业、厂房及设备项目; 资本开支; 资本支出; 资本性支出; "
        "支付物业、厂房及设备款项; 购买物业、厂房及设备所付款项; 购置物业、厂房及设备付款; "
        "购建固定资产、无形资产和其他长期资产支付现金; 购置固定资产、无形资产和其他长期资产支付的现金; "
        "Purchase of property, plant and equipment and construction in progress; "
        "Purchases of property, equipment and software; "
        "Cash paid to acquire and construct fixed assets, intangible assets and other long-term assets; "
        "Acquisition of fixed assets; 取得不動產、廠房及設備; Purchase of tangible assets"
    ),
    "cash": (
        "Cash; Cash and cash equivalents; Cash and bank balances; Cash at bank and in hand; Bank balances and cash; "
        "Cash at bank; Cash & cash equivalents; 货币资金; 现金及现金等价物; 现金及银行结余; 现金及银行存款; "
        "银行结余及现金; 银行存款及现金; 现金和现金等价物; "
        "Monetary funds; Cash at bank and on hand; Bank and cash balances; 現金及約當現金; 银行结存及现金; "
        "Cash and balances with banks; 货币资金 Cash at bank and on hand"
    ),
    "current_assets": (
        "Total current assets; Current assets; 流动资产合计; 流动资产总值; 流动资产总额; 流动资产总计; 总流动资产; "
        "流动资产小计"
    ),
    "total_assets": (
        "Total assets; TOTAL ASSETS; Assets, total; Total Group assets; 资产总计; 资产合计; 资产总额; 资产总值; "
        "总资产; 总资产（元）; 资产总额（万元）; 资产总计（万元）"
    ),
    "current_liabilities": (
        "Total current liabilities; Current liabilities; 流动负债合计; 流动负债总值; 流动负债总额; 流动负债总计; "
        "总流动负债; 流动负债小计"
    ),
    "total_liabilities": (
        "Total liabilities; Liabilities, total; 负债合计; 负债总计; 负债总额; 负债总值; 总负债; 负债总额（万元）"
    ),
    "equity": (
        "Total equity; Equity; Total shareholders' equity; Total shareholders’ equity; Total stockholders' equity; "
        "Total stockholders' equity (deficit); Shareholders' equity; Stockholders' equity; "
        "Total shareholders' (deficit)/equity; Net assets; Total equity/(deficit); Total deficit; "
        "Total shareholders' funds; Shareholders' funds; Total members' equity; Total equity (deficit); "
        "Net assets/(liabilities); Net liabilities; Total shareholders' deficit; Total stockholders’ deficit; "
        "Total owners' equity; 所有者权益合计; 股东权益合计; 所有者权益（或股东权益）合计; "
        "所有者权益(或股东权益)合计; 权益合计; 权益总额; 总权益; 净资产; 资产净值; 净资产总额; 股东权益; 所有者权益; "
        "所有者权益（股东权益）合计; 净资产（万元）; （亏绌）／权益总额; 权益／（亏绌）总额; 亏绌总额; "
        "总权益／（亏绌）; 负债净额; 负债净值; 资产净额; "
        "Total owners' equity (or shareholders' equity); Total owner's equity; "
        "Total shareholders' equity and noncontrolling interests; Total deficiency; "
        "股东权益合计 Total shareholders' equity"
    ),
    "retained_earnings": (
        "Retained earnings; Retained profits; Retained earnings (accumulated deficit); "
        "(Accumulated deficit)/retained earnings; (Accumulated deficit) retained earnings; Accumulated earnings; "
        "Retained earnings/(accumulated losses); Retained (deficit)/earnings; 未分配利润; 保留盈利; 保留溢利; "
        "留存收益; （累计亏损）／保留盈利; 未分配利润（未弥补亏损）; 保留盈利／（累计亏损）; "
        "Undistributed profits; Unappropriated profit; 保留盈餘"
    ),
    "accumulated_deficit": (
        "Accumulated deficit; Accumulated losses; Accumulated loss; 累计亏损; 未弥补亏损; 累计亏绌"
    ),
    "total_debt": (
        "Total debt; Total borrowings; Total interest-bearing debt; Total loans and borrowings; "
        "Total interest-bearing borrowings; Total indebtedness; Total interest-bearing liabilities; 有息负债; "
        "有息债务; 有息负债合计; 有息债务总额; 有息负债总额; 借款总额; 总借款; 借款合计; 总债务; 债务总额; 全部债务; "
        "计息借款总额; 借贷总额; 有息借款总额"
    ),
    "cash_and_short_term_investments": (
        "Cash, cash equivalents and short-term investments; Cash and short-term investments; "
        "Total cash, cash equivalents and short-term investments; "
        "Cash, cash equivalents, and short-term investments; Cash, cash equivalents & short-term investments; "
        "现金、现金等价物及短期投资; 现金及短期投资; 现金、现金等价物和短期投资"
    ),
    "free_cash_flow": ("Free cash flow; Free cash flows; Free cash flow (non-GAAP); 自由现金流; 自由现金流量"),
    "ebitda": ("EBITDA; 息税折旧摊销前利润; 息税折旧摊销前利润（EBITDA）; EBITDA（万元）"),
    "headcount": (
        "Number of employees; Total employees; Total number of employees; Headcount; Employees at year end; "
        "Number of employees at year end; Number of employees at period end; Full-time employees; "
        "Employees (period end); Number of full-time employees; Total headcount; Staff; Year-end headcount; "
        "员工总数; 员工人数; 在职员工的数量合计; 在职员工总数; 员工总人数; 期末员工人数; 在册员工人数; "
        "员工总数（人）; 报告期末在职员工的数量合计; 年末员工人数; 期末在职员工人数; 雇员人数; 雇员总数; 员工数量; "
        "职工总数; 员工合计; 期末员工总数; 在职员工数量合计; 员工人数（人）; 全职员工人数; 全职雇员总数; "
        "Year-end headcount; Employees, total; Number of employees (FTE); 在岗职工人数; 期末职工人数"
    ),
    "deliveries": (
        "Vehicle deliveries; Deliveries; Total deliveries; Vehicles delivered; Units delivered; Deliveries (units); "
        "Aircraft delivered; Aircraft deliveries; Total vehicle deliveries; Number of vehicles delivered; "
        "Vehicles sold; Sales volume; Vehicle sales volume; Sales volume (units); Sales volume (vehicles); "
        "Unit sales; 交付量; 车辆交付量; 汽车交付量; 新车交付量; 交付量（辆）; 交付数量; 整车交付量; 总交付量; 销量; "
        "销售量; 汽车销量; 整车销量; 销售数量; 销量（辆）; 新车销量; 汽车总交付量; 合计交付量; 交付总量; "
        "销量（万辆）; 飞机交付量"
    ),
    "output": (
        "Vehicles produced; Production volume; Production; Vehicle production; Total production; Units produced; "
        "Production (units); Output; Production output; Aircraft produced; 产量; 汽车产量; 整车产量; 生产量; "
        "产量（辆）; 产量（万辆）; 产量（GWh）; 总产量; 生产数量"
    ),
    "capacity": (
        "Capacity; Annual capacity; Production capacity; Annual production capacity; Installed capacity; "
        "Installed annual capacity; Capacity (vehicles per year); Designed capacity; Design capacity; "
        "Designed annual capacity; Annual installed capacity; Nameplate capacity; 产能; 年产能; 年生产能力; "
        "设计产能; 产能（万辆/年）; 产能（GWh）; 生产能力; 设计年产能; 现有产能; 产能（辆/年）; 设计产能（辆/年）; "
        "有效产能; 已建成产能"
    ),
    "gross_margin": (
        "Gross margin; Gross profit margin; Gross margin (%); Gross margin %; Gross margin percentage; "
        "Gross profit margin (%); GP margin; 毛利率; 综合毛利率; 毛利率（%）; 主营业务毛利率; 销售毛利率; "
        "整体毛利率; Total gross margin; Overall gross margin"
    ),
    "vehicle_margin": (
        "Vehicle margin; Vehicle gross margin; Vehicle margin (%); 整车毛利率; 汽车毛利率; 车辆毛利率; "
        "Vehicle gross profit margin; 汽车销售毛利率"
    ),
    "largest_customer_share": (
        "Largest customer, % of revenue; Largest customer as % of revenue; Share of largest customer; "
        "Largest customer; Percentage of revenue from largest customer; 第一大客户收入占比; 第一大客户占比; "
        "最大客户占比; 第一大客户销售占比; 第一大客户销售额占比; 最大客户收入占比; 单一最大客户收入占比; "
        "单一最大客户占比; 第一大客户收入占营业收入比例"
    ),
    "largest_supplier_share": (
        "Largest supplier, % of purchases; Largest supplier as % of purchases; 第一大供应商占比; "
        "第一大供应商采购占比; 最大供应商采购占比; 第一大供应商采购额占比"
    ),
    "orders": (
        "Order backlog; Orders on hand; Backlog; Order book; Backlog (units); 在手订单; 在手订单量; 未交付订单; "
        "期末在手订单; Backlog (aircraft)"
    ),
    "cumulative_deliveries": (
        "Cumulative deliveries; Cumulative vehicle deliveries; Deliveries since inception; 累计交付; 累计交付量; "
        "累计交付量（辆）; 历史累计交付量"
    ),
    "patents": (
        "Patents granted; Granted patents; Patents held; Number of patents; 已授权专利; 授权专利数; 授权专利（项）; "
        "已获授权专利; 有效专利; 专利数量"
    ),
    "shares_outstanding": (
        "Shares outstanding; Ordinary shares outstanding; Common shares outstanding; Shares in issue; "
        "Number of shares in issue; Total shares outstanding; 总股本; 总股本（股）; 总股本（万股）; 股份总数; "
        "已发行股份总数; 已发行股份; 普通股股份总数; Total number of issued shares"
    ),
}

NO_FACTS = (
    "Total revenue and other income; 主营业务收入; Technology and development; Loss/(profit) from operations; "
    "Cash generated from operations; "
    "Cash and cash equivalents, end of period; Cash and cash equivalents at end of year; "
    "Cash and cash equivalents at the end of the period; Cash and cash equivalents at beginning of year; "
    "期末现金及现金等价物余额; 六、期末现金及现金等价物余额; 年末现金及现金等价物余额; 期初现金及现金等价物余额; "
    "年末现金及现金等价物; 期末现金及现金等价物; Total current assets, net; Owners' equity; "
    "Equity attributable to owners of the parent; Total liabilities and equity; 负债和所有者权益总计; "
    "归属于母公司所有者权益合计; Cash, cash equivalents, restricted cash and short-term investments; "
    "Adjusted EBITDA; Average number of employees; 母公司在职员工的数量; 主要子公司在职员工的数量; "
    "Weighted average number of shares; Net profit attributable to owners of the parent; "
    "Net loss attributable to ordinary shareholders; 归属于母公司所有者的净利润; 归属于上市公司股东的净利润; "
    "归属于上市公司股东的扣除非经常性损益的净利润; 持续经营净利润; Net loss per share, basic and diluted; "
    "Adjusted net loss (non-GAAP); Total comprehensive loss for the year; 综合收益总额; "
    "Total non-current assets; 非流动资产合计; 非流动负债合计; Total non-current liabilities; Deferred revenue; "
    "Cost of services; Other income; 其他业务收入; 主营业务成本; 营业总成本; 营业外收入; 财务费用; 销售费用; "
    "管理费用; Selling and marketing expenses; General and administrative expenses; Profit before tax; 利润总额; "
    "所得税费用; Restricted cash; Short-term investments; 短期借款; 长期借款; Long-term borrowings; "
    "Interest-bearing borrowings; 计息借款; Net cash used in investing activities; "
    "Net cash from financing activities; 投资活动产生的现金流量净额; 筹资活动产生的现金流量净额; "
    "经营活动现金流入小计; 经营活动现金流出小计; Property, plant and equipment; "
    "Prepayments for property, plant and equipment; 物业、厂房及设备; "
    "处置固定资产、无形资产和其他长期资产收回的现金净额; "
    "Proceeds from disposal of property, plant and equipment; Net increase in cash and cash equivalents; "
    "现金及现金等价物净增加额; 加权平均股份数; 负债及权益总额; 少数股东权益; 股本; 资本公积; 其他综合收益; "
    "研发人员数量; 研发投入; 资本化研发投入; Research and development personnel; 规划产能; 在建产能; 产能利用率; "
    "Planned capacity; Capacity utilisation; 第二大客户占比; 前五名客户销售额占比; "
    "Top five customers, % of revenue; Contract liabilities; 合同负债; Revenue growth; Segment revenue; "
    "分部收入; Inventory; 存货; Earnings per share; 每股收益; 基本每股收益; Deferred tax assets; "
    "Net current assets; 流动资产净值; Net current liabilities; 流动负债净额; 总资产减流动负债; "
    "Total assets less current liabilities; Non-current liabilities; Cost of revenues - depreciation; "
    "Share of losses of associates; Net debt; 净负债; 加权平均净资产收益率; Gross profit growth; EBITDA margin; "
    "Net profit margin; 净利率; Orders received; 新签订单; Patent applications; 申请专利; 库存量"
)


def fact_of(name):
    found = item_of(name) or item_of(_bare(name))
    return found and found[0].fact


@pytest.mark.parametrize("fact", NAMES)
def test_a_name_means_its_fact(fact):
    assert {name: fact_of(name) for name in NAMES[fact].split("; ")} == dict.fromkeys(NAMES[fact].split("; "), fact)


@pytest.mark.parametrize("fact", NAMES)
def test_a_name_means_the_same_where_recognition_lost_its_spaces(fact):
    names = [name for name in NAMES[fact].split("; ") if "(" not in name]  # a unit needs its bracket apart
    assert {name: fact_of(name.replace(" ", "")) for name in names} == dict.fromkeys(names, fact)


def test_what_is_no_fact_of_the_company_as_a_whole_has_none():
    assert {name: fact_of(name) for name in NO_FACTS.split("; ") if fact_of(name)} == {}
