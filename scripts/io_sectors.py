"""Names of sectors in the other language: of the Chinese table of 153, and of the groups of the American one."""

CN153 = """
crops|forestry|livestock|fishing|services to farming|coal mining|oil and gas extraction|ferrous ores|non-ferrous ores
non-metallic minerals mining|mining support and other mining|grain milling|animal feed|vegetable oil|sugar
meat processing|fish processing|fruit and vegetable processing|convenience food|dairy|condiments and ferments
other food|alcohol and spirits|beverages|tea|tobacco|cotton and synthetic textiles|wool textiles
hemp and silk textiles|knitwear|made-up textiles|clothing|leather and fur|footwear|wood products|furniture|paper
printing|arts and crafts|stationery, sports and toys|refined oil and nuclear fuel|coal products|basic chemicals
fertilisers|pesticides|paints, inks and pigments|synthetic materials|special chemicals and explosives
household chemicals|pharmaceuticals|chemical fibres|rubber products|plastic products|cement, lime and gypsum
gypsum and cement products|bricks and stone|glass|ceramics|refractories|graphite and other minerals|steel|rolled steel
pig iron and ferroalloys|non-ferrous metals|rolled non-ferrous metals|metal products|boilers and engines
metalworking machinery|materials handling equipment|pumps, valves and compressors
furnaces, fans and packaging machines|office machinery|other general machinery|mining and construction machinery
chemical, wood and mineral machinery|farm machinery|medical equipment|other special machinery|complete vehicles
vehicle parts|rail equipment|ships|other transport equipment|electric motors|power transmission and control equipment
wires and cables|batteries|household appliances|other electrical machinery|computers|communication equipment
broadcasting and radar equipment|audio and video equipment|electronic components|other electronics|instruments
other manufactures|waste and recycled materials|repair of machinery|electricity and heat|gas supply|water supply
housing construction|other buildings|rail and road construction|other civil engineering|building installation
building decoration|wholesale|retail|rail passenger transport|rail freight|city and road passenger transport
road freight|water passenger transport|water freight|air passenger transport|air freight|pipelines|freight forwarding
loading and storage|post|accommodation|catering|telecommunications|broadcasting transmission|internet services
software|information technology services|banking and other finance|capital markets|insurance|real estate|leasing
business services|research and development|professional technical services|technology promotion|water management
environmental services|public facilities|household services|other services|education|health|social work
press and publishing|broadcasting and film|culture and arts|sports|entertainment|social security|public administration
"""

US = """
111|crops|农作物
112|livestock|畜牧
113 114 115|forestry, fishing and services to farming|林业、渔业和农业服务
211|oil and gas extraction|石油和天然气开采
212|mining|采矿
213|support of mining|采矿辅助活动
2211|electric power|电力
2212|natural gas distribution|天然气供应
2213|water and sewage|供水和污水
23|construction|建筑
321|wood products|木制品
327|non-metallic mineral products|非金属矿物制品
3311 3312|iron and steel|钢铁
3313|aluminium|铝
3314|other non-ferrous metals|其他有色金属
3315|foundries|铸造
332|metal products|金属制品
3336|engines, turbines and transmission parts|发动机、涡轮机和传动件
333|other machinery|其他机械
3341|computers|计算机
3342 3343|communication, audio and video equipment|通信和音视频设备
3344|semiconductors and electronic components|半导体和电子元器件
3345 3346|instruments and recorded media|仪器仪表和记录媒介
3351 3352|lighting and household appliances|照明和家用电器
335312|motors and generators|电动机和发电机
3353|power and control equipment|输配电和控制设备
335911|storage batteries|蓄电池
3359|other electrical equipment|其他电气设备
33611|cars and light trucks|轿车和轻型货车
33612 3362|heavy trucks, bodies and trailers|重型货车、车身和挂车
3363|vehicle parts|汽车零部件
336411|aircraft|飞机
336412 336413|aircraft engines and parts|航空发动机和零部件
336414 33641A|missiles and space vehicles|导弹和航天器
3365 3366 3369|rail, ships and other transport equipment|铁路、船舶和其他运输设备
337|furniture|家具
339|other manufactures|其他制造
311|food|食品
312|beverages and tobacco|饮料和烟草
313 314|textiles|纺织
315 316|clothing and leather|服装和皮革
322|paper|造纸
323|printing|印刷
324|petroleum and coal products|石油和煤制品
3252|resins, rubber and fibres|树脂、合成橡胶和纤维
3254|pharmaceuticals|医药
325|other chemicals|其他化学品
3261|plastic products|塑料制品
3262|rubber products|橡胶制品
42|wholesale|批发
44 45 4B|retail|零售
481|air transport|航空运输
482|rail transport|铁路运输
483|water transport|水运
484|road freight|公路货运
485|passenger transport|旅客运输
486|pipelines|管道运输
48A|support of transport|运输辅助
492 491|post and couriers|邮政和快递
493|storage|仓储
5112|software|软件
511|publishing|出版
512|film and sound|影视和录音
515 517|broadcasting and telecommunications|广播和电信
518 519|data and internet services|数据和互联网服务
52A 522|banking|银行
523 525|securities and funds|证券和基金
524|insurance|保险
531HS|housing|住房
531ORE|other real estate|其他房地产
532 533|leasing|租赁
5411|legal services|法律服务
5415|computer services|计算机服务
54|other professional services|其他专业服务
55|management of companies|企业管理
561|administrative services|行政和支持服务
562|waste services|废物处理
61|education|教育
621|outpatient care|门诊
622|hospitals|医院
623|nursing homes|护理机构
624|social assistance|社会救助
71|arts and recreation|文化和娱乐
721|accommodation|住宿
722|catering|餐饮
81|other services|其他服务
S00500 S00600 S001|federal government|联邦政府
GSL S002|state and local government|州和地方政府
"""
