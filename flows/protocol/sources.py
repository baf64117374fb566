"""The sources that the protocol's pages name, beside those on which verdicts rest (`flows/citations.py`).

`read_in` names the text that was read; where it is secondary, the original is still to be read.
"""

from dataclasses import replace

from flows import citations
from flows.citations import Authority, Citation

US_LABEL = Citation(
    name="US label",
    title="RINVOQ prescribing information (US)",
    authority=Authority.US_LABEL,
)
US_INDICATION = replace(
    US_LABEL,
    place="indication, warnings, laboratory tests",
    read_in="rinvoqhcp.com, text US-RNQ-250017",
)
US_DOSE_IN_UC = replace(
    US_LABEL,
    place="dose in ulcerative colitis",
    read_in="rinvoqhcp.com, ulcerative colitis, dosing and monitoring",
)
US_DOSE = replace(
    US_LABEL,
    place="sections 2, 7 and 8",
    read_in="two secondary texts: a re-typed label and haiouhealth.com",
    is_secondary=True,
)
US_BEFORE_TREATMENT = replace(
    US_LABEL,
    place="section 2.1",
    read_in="themeditary.com, rinvoq-dosage",
)
US_BOXED_WARNING = replace(
    US_LABEL,
    place="boxed warning",
    read_in="prescriberpoint.com, Rinvoq prescribing information",
)
US_COUNTS = replace(
    US_LABEL,
    place="laboratory abnormalities: start, interrupt, restart",
    read_in="the Important Safety Information, US-RNQ-250017; themeditary.com",
)
US_LIVER = replace(US_LABEL, place="liver enzyme elevations", read_in="rinvoqhcp.com; drugs.com, 2020")
US_MECHANISM = replace(US_LABEL, place="section 12.1")

EU_LABEL = Citation(
    name="EU label",
    title="RINVOQ summary of product characteristics (EU)",
    authority=Authority.EU_LABEL,
)
EU_LIMITS = replace(EU_LABEL, place="warnings", read_in="reports of EMA's PRAC, 2023; abbviepro.com, GB")
EU_PRECAUTIONS = replace(
    EU_LABEL,
    place="blood counts, combination, vaccines, skin",
    read_in="mims.com, Malaysia",
)
GB_LABEL = Citation(
    name="GB label",
    title="RINVOQ prescribing information (GB)",
    authority=Authority.GB_LABEL,
    read_in="abbviepro.com, GB",
)
AU_LABEL = Citation(
    name="AU label",
    title="RINVOQ product information (AU)",
    authority=Authority.AU_LABEL,
    read_in="abbviepro.com, AU, dosing and initiation",
)

# What the labels of the other regions say of the indication and of the dose.
EU_INDICATION = replace(EU_LABEL, place="indication, contraindications", read_in="abbviepro.com, GB")
GB_INDICATION = GB_LABEL.at("indication, contraindications")
AU_INDICATION = replace(AU_LABEL, place="indication, contraindications", read_in=None)
EU_DOSE = EU_LABEL.at("dose")
GB_DOSE = replace(GB_LABEL, place="dose", read_in=None)
AU_DOSE = AU_LABEL.at("dose")
AU_DOSE_UNREAD = replace(AU_LABEL, place="dose, taken to be that of the US label", read_in=None)
US_LIVER_DOSE = US_LABEL.at("dose in hepatic impairment")

# Of the other regions' labels on one matter: as CLINICAL.md section 3 marks their column.
GB_UNREAD = replace(GB_LABEL, place="taken to say the same", read_in=None)
AU_UNREAD = replace(AU_LABEL, place="taken to say the same", read_in=None)
READ_IN_GB = (EU_LIMITS, GB_LABEL, AU_UNREAD)
READ_IN_MALAYSIA = (EU_PRECAUTIONS, GB_UNREAD, AU_UNREAD)
READ_NOWHERE = (EU_LABEL, GB_UNREAD, AU_UNREAD)

ABBVIE = Citation(
    name="AbbVie",
    title="AbbVie's own description of upadacitinib",
    authority=Authority.PRACTICE,
    read_in="MedPath",
)
ANNOUNCEMENT = Citation(
    name="AbbVie",
    title="AbbVie's announcement of the widened US indication, 13 October 2025",
    authority=Authority.PRACTICE,
    read_in="PR Newswire, as shown by finanznachrichten.de",
)
TRIAL_PROGRAMME = Citation(
    name="trial programme",
    title="Biomarker limits of the upadacitinib programme in Crohn's disease, ECCO P786",
    authority=Authority.PRACTICE,
    read_in="the abstract",
)
FDA_DILI = Citation(
    name="FDA guidance on liver injury",
    title="FDA, Guidance for Industry: Drug-Induced Liver Injury, Premarketing Clinical Evaluation",
    authority=Authority.GUIDELINE,
)
TRIALS_ON_CPK = Citation(
    name="trial practice",
    title="What trials of upadacitinib do at a raised CPK",
    authority=Authority.PRACTICE,
)

TARGET_TIMES = Citation(
    name="STRIDE and CALM",
    title="Times of assessment in STRIDE (2015) and CALM, as tabulated before STRIDE-II",
    authority=Authority.GUIDELINE,
    read_in="wjgnet.com, v25/i41/6172, table 2",
)
COLITIS_TARGET_TIMES = replace(
    citations.UC_PRO2_REMISSION, name="review of targets in colitis", place="times of assessment"
)
EARLY_LABORATORY = Citation(
    name="practice",
    title="Laboratory values 4 to 8 weeks after the first dose of a JAK inhibitor",
    authority=Authority.PRACTICE,
    read_in="droracle.ai, a machine-written text of low trust",
)
HBV_GUIDANCE = Citation(
    name="hepatitis B guidance",
    title="Monitoring of hepatitis B in resolved infection under immunosuppression",
    authority=Authority.GUIDELINE,
)

CKD_EPI_2021 = Citation(
    name="CKD-EPI 2021",
    title="Inker LA et al. Creatinine-based equation to estimate GFR without race. N Engl J Med 2021;385:1737-49",
    authority=Authority.PRACTICE,
    read_in="kidney.org, CKD-EPI creatinine equation (2021)",
)
HEPATITIS_GUIDANCE = Citation(
    name="hepatitis guidance",
    title="Viral hepatitis before immunosuppression: HBV DNA after anti-HBc, HCV RNA after anti-HCV",
    authority=Authority.GUIDELINE,
)

EMJ = Citation(
    name="EMJ",
    title="Summary of ref 6 (Union Hospital, Wuhan), EMJ Reviews",
    authority=Authority.PRACTICE,
    read_in="emjreviews.com/?p=93686",
)
U_ACTIVATE_PAPER = Citation(
    name="U-ACTIVATE",
    title="Panaccione R et al. U-ACTIVATE, interim analysis. Lancet Gastroenterol Hepatol 2025;10:507-19",
    authority=Authority.PRACTICE,
    read_in="a summary at gutsandgrowth.com",
)
BIOMEDICINES_2025 = Citation(
    name="Biomedicines",
    title="Wu H et al. Upadacitinib in IBD, a multicentre real-world study. Biomedicines 2025;13:190",
    authority=Authority.PRACTICE,
    read_in="the abstract",
)
SPANISH_COHORT = Citation(
    name="ECCO P569",
    title="Persistence and safety of upadacitinib, a Spanish nationwide study, ECCO P569",
    authority=Authority.PRACTICE,
    read_in="the abstract",
)
DELAYED_RESPONDERS = Citation(
    name="McMaster",
    title="Delayed response to upadacitinib in Crohn's disease",
    authority=Authority.PRACTICE,
    read_in="a summary of McMaster University",
)
UK_COHORT = Citation(
    name="UK cohort",
    title="Upadacitinib in Crohn's disease, a UK multicentre retrospective cohort, which quotes the trials",
    authority=Authority.PRACTICE,
    read_in="its introduction",
)

THIS_PROJECT = Citation(
    name="this project",
    title="What Quiesce's clinical specification says of the sources",
    authority=Authority.POLICY,
    read_in="the specification",
)
OUR_SCHEDULE = Citation(
    name="this project",
    title="Quiesce's clinical specification, monitoring schedule",
    authority=Authority.POLICY,
    read_in="the specification",
)
ARITHMETIC = Citation(
    name="arithmetic",
    title="Which whole numbers fit a printed percentage, computed by this project",
    authority=Authority.POLICY,
    read_in="the printed numbers",
)
