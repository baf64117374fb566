"""The sources that the protocol's pages name, beside those on which verdicts rest (`flows/citations.py`).

`read_in` names the text that was read; where it is secondary, the original is still to be read.
"""

from dataclasses import replace

from flows.citations import STRIDE_II, Authority, Citation

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
US_MECHANISM = replace(US_LABEL, place="section 12.1")

EU_LABEL = Citation(
    name="EU label",
    title="RINVOQ summary of product characteristics (EU)",
    authority=Authority.EU_LABEL,
)
EU_LIMITS = replace(EU_LABEL, place="warnings", read_in="reports of EMA's PRAC, 2023; abbviepro.com, GB")
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
STRIDE_II_TARGETS = replace(STRIDE_II, place="targets and response", read_in="wjgnet.com, v30/i1/50, table 2")
TRIAL_PROGRAMME = Citation(
    name="trial programme",
    title="Biomarker limits of the upadacitinib programme in Crohn's disease, ECCO P786",
    authority=Authority.PRACTICE,
    read_in="the abstract",
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
ARITHMETIC = Citation(
    name="arithmetic",
    title="Which whole numbers fit a printed percentage, computed by this project",
    authority=Authority.POLICY,
    read_in="the printed numbers",
)
