"""The protocol in short, section by section, beside what other authorities say. CLINICAL.md D1, D2, D7, section 3.

Labels stand before the protocol where they speak of doses. Words in “quotation marks” are those of their source.
"""

from flows.citations import (
    ACG_2025,
    HBI_RESPONSE,
    NCT05069259,
    STRIDE_II,
    STRIDE_II_SECOND_LIMB,
    STRIDE_II_TARGETS,
    Authority,
)
from flows.protocol.induction import INDUCTIONS
from flows.protocol.label_pages import LABEL_LIMITS, TAKING
from flows.protocol.page import Line, Section, Topic, also, other, protocol
from flows.protocol.sources import (
    ABBVIE,
    ANNOUNCEMENT,
    AU_DOSE,
    AU_INDICATION,
    EU_DOSE,
    EU_INDICATION,
    GB_DOSE,
    GB_INDICATION,
    READ_IN_GB,
    READ_IN_MALAYSIA,
    READ_NOWHERE,
    THIS_PROJECT,
    TRIAL_PROGRAMME,
    U_ACTIVATE_PAPER,
    US_BOXED_WARNING,
    US_DOSE,
    US_DOSE_IN_UC,
    US_INDICATION,
    US_LABEL,
    US_MECHANISM,
)
from flows.questionnaire import Disease


def _also_induced(disease: Disease) -> list[Line]:
    """What the labels of other regions say of induction."""
    return [
        other(rule.source, f"induction, {disease.label}: {rule.says}.")
        for authority, rule in INDUCTIONS[disease].items()
        if authority not in (Authority.US_LABEL, Authority.PROTOCOL)
    ]


# Said by several labels alike.
_CPK = "CPK elevation is an adverse reaction without a limit of its own."

OPENING = Section(
    code="",
    title="The protocol",
    topics=(
        Topic(
            title="What it is",
            lines=(
                protocol(
                    "“Upadacitinib in biologic-resistant patients protocol”, Smolecule, February 2026; “for Research "
                    "Use Only (RUO) and is strictly not intended for diagnostic or therapeutic procedures”."
                ),
                other(
                    THIS_PROJECT,
                    "every line names whose it is. Where authorities differ both are named, and none is chosen. No "
                    "label was read in full: Sources says what was.",
                ),
            ),
        ),
        Topic(
            title="45 mg in Crohn's",
            differs=True,
            lines=(
                other(US_DOSE, "12 weeks.", *also("45 mg in Crohn's for 12 weeks.", EU_DOSE, GB_DOSE, AU_DOSE)),
                protocol("8 weeks.", 3, 4),
            ),
        ),
        Topic(
            title="Maintenance",
            differs=True,
            lines=(
                other(
                    US_DOSE,
                    "15 mg; 30 mg may be considered in refractory, severe or extensive disease.",
                    *also(
                        "15 mg or 30 mg by presentation; 15 mg with a higher risk of VTE, MACE or malignancy, and from "
                        "65 years of age.",
                        EU_DOSE,
                        GB_DOSE,
                    ),
                    other(
                        AU_DOSE,
                        "Crohn's: 15 mg or 30 mg by presentation; ulcerative colitis: 15 mg, 30 mg if refractory, "
                        "severe or extensive; 15 mg from 65 years of age.",
                    ),
                ),
                protocol("30 mg as standard; 15 mg from 60 years of age or with risk factors.", 1, 7),
            ),
        ),
    ),
)

DOSING = Section(
    code="dosing",
    title="Dosing",
    topics=(
        Topic(
            title="Induction, Crohn's",
            differs=True,
            lines=(
                other(
                    US_DOSE,
                    "45 mg once daily for 12 weeks.",
                    *_also_induced(Disease.CROHNS),
                ),
                protocol("45 mg once daily for 8 weeks.", 3, 4),
                other(THIS_PROJECT, "no label or trial with 8 weeks in Crohn's was found."),
            ),
        ),
        Topic(
            title="Induction, ulcerative colitis",
            lines=(
                other(
                    US_DOSE_IN_UC,
                    "“The recommended induction dose of RINVOQ is 45 mg QD for 8 weeks.”",
                    *_also_induced(Disease.ULCERATIVE_COLITIS),
                ),
                protocol("45 mg once daily for 8 weeks.", 3, 4),
            ),
        ),
        Topic(
            title="Maintenance",
            differs=True,
            lines=(
                other(
                    US_DOSE_IN_UC,
                    "15 mg once daily. “A dose of 30 mg once daily may be considered for patients with refractory, "
                    "severe or extensive disease.” “Discontinue if an adequate therapeutic response is not achieved "
                    "with the 30 mg dose.” “Use the lowest effective dose needed to maintain response.”",
                    *also(
                        "maintenance, ulcerative colitis: 15 mg or 30 mg by presentation; 15 mg with a higher risk of "
                        "VTE, MACE or malignancy; 30 mg with a high disease burden without that risk.",
                        EU_DOSE,
                        GB_DOSE,
                    ),
                    other(
                        AU_DOSE,
                        "maintenance, ulcerative colitis: 15 mg; 30 mg in refractory, severe or extensive disease.",
                    ),
                ),
                other(
                    US_DOSE,
                    "the same in Crohn's.",
                    *also("maintenance, Crohn's: the same.", EU_DOSE, GB_DOSE),
                    other(AU_DOSE, "maintenance, Crohn's: 15 mg or 30 mg by presentation."),
                ),
                other(
                    US_LABEL,
                    "no dose by age in IBD.",
                    *also("maintenance, by age: 15 mg from 65 years of age.", EU_DOSE, GB_DOSE),
                    other(AU_DOSE, "maintenance, by age: 15 mg from 65 years of age in ulcerative colitis."),
                ),
                protocol(
                    "15 mg or 30 mg once daily. “The 15 mg dose may be used for patients aged ≥ 60 years or those with "
                    "specific risk factors, while 30 mg is standard for others”.",
                    1,
                    7,
                ),
            ),
        ),
        Topic(
            title="Combination",
            lines=(
                other(
                    US_INDICATION,
                    "not recommended with other JAK inhibitors, biologics or potent immunosuppressants “such as "
                    "azathioprine and cyclosporine”.",
                    *also(
                        "not recommended with JAK inhibitors, biologics, azathioprine, ciclosporin, tacrolimus.",
                        *READ_IN_MALAYSIA,
                    ),
                ),
                protocol(
                    "with “other JAK inhibitors, biologics, or potent immunosuppressants is not recommended”.",
                    5,
                ),
            ),
        ),
    ),
)

ENDPOINTS = Section(
    code="endpoints",
    title="Endpoints",
    topics=(
        Topic(
            title="Clinical remission, Crohn's",
            lines=(
                protocol("HBI < 5.", 1),
                protocol("in its evidence: CDAI (Crohn's) < 150.", 6),
            ),
        ),
        Topic(
            title="Clinical remission, ulcerative colitis",
            differs=True,
            lines=(
                protocol("PMS <= 2.", 1),
                other(STRIDE_II, "PMS < 3 and no subscore above 1,"),
                other(STRIDE_II_SECOND_LIMB, "or bleeding 0 and stool frequency 0."),
                other(NCT05069259, "PMS <= 2 and no subscore above 1."),
            ),
        ),
        Topic(
            title="Clinical response",
            lines=(
                protocol("Crohn's: CDAI (Crohn's) lower by >= 100; no rule for HBI.", 6),
                other(HBI_RESPONSE, "Crohn's: HBI lower by >= 3."),
                protocol("ulcerative colitis: PMS lower by >= 2.", 1),
            ),
        ),
        Topic(
            title="Endoscopic response, Crohn's",
            differs=True,
            lines=(
                protocol("SES-CD lower by >= 50 %.", 6),
                other(STRIDE_II_TARGETS, "SES-CD lower by > 50 %."),
            ),
        ),
        Topic(
            title="Endoscopic remission, Crohn's",
            differs=True,
            lines=(
                protocol("SES-CD <= 4, lower by >= 2, no subscore > 1.", 6),
                other(STRIDE_II_TARGETS, "healing: SES-CD <= 2, no ulcer, not even aphthous."),
            ),
        ),
        Topic(
            title="Endoscopic remission, ulcerative colitis",
            differs=True,
            lines=(
                protocol("Mayo endoscopic subscore 0 or 1.", 8),
                other(ACG_2025, "0 or 1 is endoscopic improvement."),
            ),
        ),
        Topic(
            title="Mucosal healing, Crohn's",
            lines=(protocol("ulcerated surface 0, at baseline >= 1.", 6),),
        ),
        Topic(
            title="Biomarkers",
            differs=True,
            lines=(
                protocol("CRP and calprotectin “within standard reference ranges”.", 1, 6),
                other(STRIDE_II_TARGETS, "CRP below the upper limit, calprotectin < 250 µg/g."),
                other(TRIAL_PROGRAMME, "CRP <= 5 mg/L, calprotectin <= 250 µg/g."),
            ),
        ),
    ),
)

MONITORING = Section(
    code="monitoring",
    title="Monitoring",
    topics=(
        Topic(
            title="Baseline",
            lines=(
                protocol("complete blood count, lipids, liver and renal function.", 1, 2, 5),
                protocol(
                    "tuberculosis (“e.g., T-SPOT.TB, chest CT”), HBsAg, anti-HBc, anti-HCV, history of herpes zoster.",
                    1,
                    6,
                ),
                protocol("cardiovascular risk factors, smoking.", 2),
                other(
                    US_BOXED_WARNING,
                    "“Patients should be tested for latent tuberculosis before RINVOQ/RINVOQ LQ use and during "
                    "therapy.”",
                    *also("tuberculosis is screened for; contraindicated in active tuberculosis.", *READ_IN_GB),
                ),
            ),
        ),
        Topic(
            title="On treatment",
            differs=True,
            lines=(
                protocol("blood count, liver tests and lipids at week 12, then “e.g., every 3-6 months”.", 5),
                other(
                    US_INDICATION,
                    "blood count and liver tests at baseline, then “according to routine patient management”; lipids "
                    "at week 12, then by lipid guidelines.",
                    *also(
                        "ANC, ALC and haemoglobin at baseline and no later than week 12; lipids at week 12.",
                        *READ_NOWHERE,
                    ),
                ),
            ),
        ),
        Topic(
            title="Adverse events of special interest",
            lines=(
                protocol(
                    "serious infections, herpes zoster, lymphopenia, neutropenia, anaemia.",
                    1,
                    2,
                    5,
                ),
                protocol("CPK elevation.", 1, 7),
                other(
                    US_INDICATION,
                    _CPK,
                    *also(_CPK, *READ_NOWHERE),
                ),
            ),
        ),
        Topic(
            title="MACE and VTE",
            differs=True,
            lines=(
                other(
                    US_BOXED_WARNING,
                    "boxed warning, from a trial of another JAK inhibitor in rheumatoid arthritis: “patients 50 years "
                    "of age and older with at least one cardiovascular risk factor”.",
                    *also(
                        "only without a suitable alternative: from 65 years of age, with atherosclerotic disease or "
                        "cardiovascular risk, past or present long-time smoking, risk of malignancy; caution with a "
                        "risk of VTE.",
                        *READ_IN_GB,
                    ),
                ),
                protocol("“particularly in patients over 50 with cardiovascular risk factors”.", 2),
            ),
        ),
    ),
)

CONSIDERATIONS = Section(
    code="considerations",
    title="Considerations",
    topics=(
        Topic(
            title="Indication",
            lines=(
                other(
                    US_INDICATION,
                    "adults with moderately to severely active disease and “inadequate response or intolerance to one "
                    "or more TNF blockers. If TNF blockers are clinically inadvisable, patients should have received "
                    "at least one approved systemic therapy prior to use”.",
                    *also(
                        "adults with inadequate response, lost response or intolerance to conventional therapy or a "
                        "biologic.",
                        EU_INDICATION,
                        GB_INDICATION,
                        AU_INDICATION,
                    ),
                ),
                other(ANNOUNCEMENT, "announced 13 Oct 2025."),
                protocol("the same two ways; “greater flexibility in treatment sequencing”.", 2, 3, 4),
                other(
                    THIS_PROJECT,
                    "biologic-resistant is not TNF-blocker failure: after vedolizumab or ustekinumab alone, only the "
                    "second way is open.",
                ),
            ),
        ),
        Topic(
            title="Positioning",
            lines=(
                protocol(
                    "before TNF inhibitors “in select patients”; which biomarkers predict response is a question for "
                    "future studies.",
                    2,
                    3,
                ),
            ),
        ),
        Topic(
            title="Long-term safety, ulcerative colitis",
            lines=(
                protocol(
                    "U-ACTIVATE, 96 weeks: stable rates; most common hepatic disorders, lymphopenia, CPK elevation, "
                    "herpes zoster.",
                    7,
                ),
                other(U_ACTIVATE_PAPER, "also serious infection and neutropenia."),
            ),
        ),
        Topic(
            title="Laboratory values",
            lines=(
                protocol(
                    "total, LDL and HDL cholesterol rise, the LDL/HDL ratio does not; glucose metabolism, thyroid and "
                    "renal function “typically remain stable”.",
                    1,
                ),
                other(US_INDICATION, "total, LDL and HDL cholesterol rise."),
                other(THIS_PROJECT, "ref 1 was not read; the ratio rests on it alone."),
            ),
        ),
    ),
)

MECHANISM = Section(
    code="",
    title="Mechanism",
    topics=(
        Topic(
            title="Upadacitinib",
            differs=True,
            lines=(
                protocol(
                    "oral, selective JAK inhibitor, “preferentially targeting JAK1 over JAK2, JAK3, and TYK2”; this "
                    "inhibits JAK-STAT signalling, a mediator of the cytokine response in both diseases.",
                    1,
                    2,
                ),
                other(ABBVIE, "signalling by JAK1 and JAK1/JAK3 is inhibited more than by JAK2/JAK2."),
                other(
                    US_MECHANISM,
                    "on isolated enzymes JAK1 and JAK2 more than JAK3 and TYK2; in leukocytes JAK1 and JAK1/JAK3 more "
                    "than JAK2/JAK2; what single enzymes mean for effectiveness is not known.",
                ),
            ),
        ),
        Topic(
            title="Biologic-resistant disease",
            lines=(
                protocol(
                    "often several cytokine pathways, “not fully suppressed by single-target biologics (e.g., "
                    "anti-TNF, anti-integrin)”."
                ),
                protocol("JAK-STAT is a common hub of many cytokines: IL-4, IL-6, IL-12, IL-13, IL-23, IFNs.", 5),
                protocol(
                    "a small molecule that can “broadly modulate this cytokine network orally”, “a different mechanism "
                    "of action to overcome previous treatment failures”.",
                    6,
                ),
                other(THIS_PROJECT, "refs 1, 5 and 6 were not read in full."),
            ),
        ),
    ),
)

SECTIONS = (DOSING, ENDPOINTS, MONITORING, CONSIDERATIONS, LABEL_LIMITS, TAKING)
