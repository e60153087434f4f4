"""Where the reasoning of the checks comes from: papers, books and standards, as a finding names them."""

ALTMAN = (
    "Altman, Hartzell & Peck, Emerging Markets Corporate Bonds: A Scoring System, Salomon Brothers 1995; "
    "Altman & Hotchkiss, Corporate Financial Distress and Bankruptcy, 3rd ed., Wiley 2006"
)
ZMIJEWSKI = (
    "Zmijewski, Methodological Issues Related to the Estimation of Financial Distress Prediction Models, "
    "Journal of Accounting Research 22 (Supplement), 1984"
)
GOING_CONCERN = "IAS 1, paragraphs 25-26; ISA 570 (Revised), paragraphs 10-16"
LOOKING_AHEAD = "IAS 1, paragraph 26; ISA 570 (Revised), paragraph 13"
LEARNING = (
    "Wright, Factors Affecting the Cost of Airplanes, Journal of the Aeronautical Sciences 3(4), 1936; "
    "Levitt, List & Syverson, Toward an Understanding of Learning by Doing, Journal of Political Economy 121(4), 2013"
)
SHAKEOUT = "Klepper, Firm Survival and the Evolution of Oligopoly, RAND Journal of Economics 33(1), 2002"
COMPETITION = f"Porter, Competitive Strategy, Free Press 1980; {SHAKEOUT}"
HOLD_UP = (
    "Klein, Crawford & Alchian, Vertical Integration, Appropriable Rents, and the Competitive Contracting Process, "
    "Journal of Law and Economics 21(2), 1978; Williamson, The Economic Institutions of Capitalism, Free Press 1985"
)
WRONG_WAY = "Hull & White, CVA and Wrong-Way Risk, Financial Analysts Journal 68(5), 2012"
SYNDICATION = "Lerner, The Syndication of Venture Capital Investments, Financial Management 23(3), 1994"
FOUNDERS = (
    "Gompers, Kovner, Lerner & Scharfstein, Performance Persistence in Entrepreneurship, "
    "Journal of Financial Economics 96(1), 2010"
)
ADVERSE_SELECTION = "Akerlof, The Market for 'Lemons', Quarterly Journal of Economics 84(3), 1970"
ASSUMPTIONS = "McGrath & MacMillan, Discovery-Driven Planning, Harvard Business Review 73(4), 1995"
LOYALTY = (
    "Reichheld, The One Number You Need to Grow, Harvard Business Review 81(12), 2003; against it Keiningham, Cooil, "
    "Andreassen & Aksoy, A Longitudinal Examination of Net Promoter and Firm Revenue Growth, "
    "Journal of Marketing 71(3), 2007"
)
BUYING_POWER = (
    "Jensen, Agency Costs of Free Cash Flow, Corporate Finance, and Takeovers, American Economic Review 76(2), 1986; "
    "Uysal, Deviation from the Target Capital Structure and Acquisition Choices, "
    "Journal of Financial Economics 102(3), 2011"
)
DIVERSIFICATION = "Lang & Stulz, Tobin's q, Corporate Diversification, and Firm Performance, JPE 102(6), 1994"
IDENTITY = "FATF Recommendations, 10 (customer due diligence) and 24 (beneficial ownership of legal persons)"
CONTROL = (
    "La Porta, Lopez-de-Silanes & Shleifer, Corporate Ownership Around the World, Journal of Finance 54(2), 1999; "
    "Chapelle & Szafarz, Controlling Firms Through the Majority Voting Rule, Physica A 355, 2005; "
    "Brioschi, Buzzacchi & Colombo, Risk Capital Financing and the Separation of Ownership and Control in Business "
    "Groups, Journal of Banking and Finance 13, 1989"
)
INFLUENCE = "IAS 28, paragraph 5"
RELATED_PARTIES = "IAS 24; ISA 550"
PROPPING = (
    "Friedman, Johnson & Mitton, Propping and Tunneling, Journal of Comparative Economics 31(4), 2003; "
    "Jian & Wong, Propping through Related Party Transactions, Review of Accounting Studies 15(1), 2010"
)
LISTING_QUESTIONS = "CSRC, Answers to questions on initial public offerings (首发业务若干问题解答), June 2020"
PROSPECTUS = "CSRC, Standard No. 1 on contents and form of prospectuses, 2015 revision"
SEGMENTS = "IFRS 8, paragraph 34"
CUSTOMERS = (
    "Irvine, Park & Yıldızhan, Customer-Base Concentration, Profitability, and the Relationship Life Cycle, "
    "The Accounting Review 91(3), 2016"
)
SUPPLIERS = (
    "Barrot & Sauvagnat, Input Specificity and the Propagation of Idiosyncratic Shocks in Production Networks, "
    "Quarterly Journal of Economics 131(3), 2016"
)
INTENTIONS = (
    "Jamieson & Bass, Adjusting Stated Intention Measures to Predict Trial Purchase of New Products, "
    "Journal of Marketing Research 26(3), 1989; IFRS 15, paragraphs 9 and 106"
)
IRREVERSIBLE = "Dixit & Pindyck, Investment under Uncertainty, Princeton University Press 1994"
UTILISATION = (
    "Corrado & Mattey, Capacity Utilization, Journal of Economic Perspectives 11(1), 1997; "
    "Federal Reserve Board, Industrial Production and Capacity Utilization, release G.17"
)
VOLUME = (
    "Jaedicke & Robichek, Cost-Volume-Profit Analysis under Conditions of Uncertainty, "
    "The Accounting Review 39(4), 1964"
)
MARKET_TIMING = (
    "Nanda & Rhodes-Kropf, Investment Cycles and Startup Innovation, Journal of Financial Economics 110(2), 2013"
)
MATURITY = (
    "Almeida, Campello, Laranjeira & Weisbenner, Corporate Debt Maturity and the Real Effects of the 2007 Credit "
    "Crisis, Critical Finance Review 1(1), 2012"
)
MEGAPROJECTS = (
    "Flyvbjerg, What You Should Know About Megaprojects and Why: An Overview, Project Management Journal 45(2), 2014"
)
FORECASTS = (
    "Kahneman & Lovallo, Timid Choices and Bold Forecasts: A Cognitive Perspective on Risk Taking, "
    "Management Science 39(1), 1993"
)
IN_KIND = "Company Law of the People's Republic of China: 2005 revision, article 27; 2013 amendment, article 27"
APPROPRIATION = (
    "Teece, Profiting from Technological Innovation, Research Policy 15(6), 1986; Hsu & Ziedonis, Resources as Dual "
    "Sources of Advantage: Implications for Valuing Entrepreneurial-Firm Patents, "
    "Strategic Management Journal 34(7), 2013"
)
TEAMS = (
    "Eisenhardt & Schoonhoven, Organizational Growth, Administrative Science Quarterly 35(3), 1990; Beckman, Burton & "
    "O'Reilly, Early Teams, Journal of Business Venturing 22(2), 2007"
)
INCENTIVES = "Thomas, Investment Incentives and the Global Competition for Capital, Palgrave Macmillan 2011"
PLEDGES = (
    "Dou, Masulis & Zein, Shareholder Wealth Consequences of Insider Pledging of Company Stock as Collateral for "
    "Personal Loans, Review of Financial Studies 32(12), 2019; Shanghai Stock Exchange and CSDC, Measures for "
    "stock-pledged repurchase, 2018 revision"
)
CLAIMS = "IAS 37; ISA 501, paragraphs 9-12; SEC Regulation S-K, Item 103"
LICENCE_LAW = (
    "NDRC and MIIT, Order No. 27 of 2015 on new makers of electric passenger cars; MIIT, Order No. 39 of 2017 on "
    "access of makers of new-energy vehicles"
)
RECALLS = (
    "Jarrell & Peltzman, The Impact of Product Recalls on the Wealth of Sellers, Journal of Political Economy 93(3), "
    "1985; Rhee & Haunschild, The Liability of Good Reputation, Organization Science 17(1), 2006"
)
TITLE = f"Besley, Property Rights and Investment Incentives, Journal of Political Economy 103(5), 1995; {HOLD_UP}"
STATE_SALE = (
    "SASAC and Ministry of Finance, Order No. 32 of 2016 on transactions of state-owned assets of enterprises, "
    "article 28"
)
MERGERS = "United States Department of Justice and Federal Trade Commission, Horizontal Merger Guidelines, 2010, 5.3"
CUSTOMER_BASE = "Patatoukas, Customer-Base Concentration, The Accounting Review 87(2), 2012"
DUAL_SOURCING = "Tomlin, On the Value of Mitigation and Contingency Strategies, Management Science 52(5), 2006"
SUPPLY_CONTRACTS = (
    "Joskow, Contract Duration and Relationship-Specific Investments, American Economic Review 77(1), 1987"
)
COLLATERAL = "Mann, Creditor Rights and Innovation, Journal of Financial Economics 130(1), 2018"
FREEZING = (
    "Supreme People's Court, Provisions on publishing information on judgment debtors subject to enforcement for "
    "breach of trust, 2013, revised 2017"
)
TUNNELLING = (
    "Jiang, Lee & Yue, Tunneling through Intercorporate Loans: The China Experience, "
    "Journal of Financial Economics 98(1), 2010"
)
INVENTORS = "Song, Almeida & Wu, Learning-by-Hiring, Management Science 49(4), 2003"
RETENTION = (
    "Fader & Hardie, Probability Models for Customer-Base Analysis, Journal of Interactive Marketing 23(1), 2009"
)
REFERRALS = (
    "Schmitt, Skiera & Van den Bulte, Referral Programs and Customer Value, Journal of Marketing 75(1), 2011; "
    "Ryu & Feick, A Penny for Your Thoughts: Referral Reward Programs and Referral Likelihood, "
    "Journal of Marketing 71(1), 2007"
)
REFERENCES = (
    "Taylor, Pajo, Cheung & Stringfield, Dimensionality and Validity of a Structured Telephone Reference Check "
    "Procedure, Personnel Psychology 57(3), 2004"
)
KEY_PERSON = "Becker & Hvide, Entrepreneur Death and Startup Performance, Review of Finance 26(1), 2022"
SUBSTITUTION = (
    "Fisher & Pry, A Simple Substitution Model of Technological Change, Technological Forecasting and Social Change 3, "
    "1971; Arthur, Competing Technologies, Economic Journal 99, 1989"
)
LIFECYCLE = f"{ASSUMPTIONS}; Williamson & Downs, International Journal of Approximate Reasoning 4(2), 1990"
OF_PRODUCT = {LICENCE_LAW: "vehicles"}
"""Works on one product, with its unit; all others are on companies of any kind."""


def fitting(literature: str, product: str) -> str:
    """The works that are on companies of any kind, or on the product of this one."""
    others = {work for works, of in OF_PRODUCT.items() if of != product for work in works.split("; ")}
    return "; ".join(work for work in literature.split("; ") if work not in others)
