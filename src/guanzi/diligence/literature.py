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
