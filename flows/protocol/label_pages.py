"""What the labels limit, and how the drug is taken by them, to be read beside the protocol. CLINICAL.md D1, section 3.

Words in “quotation marks” are those of their source.
"""

from flows.protocol.page import Section, Topic, also, other
from flows.protocol.sources import (
    AU_DOSE_UNREAD,
    AU_LABEL,
    EU_DOSE,
    GB_DOSE,
    READ_IN_GB,
    READ_IN_MALAYSIA,
    READ_NOWHERE,
    THIS_PROJECT,
    US_BEFORE_TREATMENT,
    US_BOXED_WARNING,
    US_DOSE,
    US_DOSE_IN_UC,
    US_INDICATION,
    US_LABEL,
)

# What several labels say alike.
_PERFORATION = "new abdominal pain is evaluated promptly."
_WHOLE = "swallowed whole, with or without food; not split, crushed or chewed."
_INHIBITOR = "strong CYP3A4 inhibitor: 30 mg in place of 45 mg, 15 mg in place of 30 mg"
_VACCINES = "no live vaccine during or immediately before; immunisations up to date before, zoster included."
_SKIN = "sun protection; periodic examination of the skin at an elevated risk of skin cancer."

LABEL_LIMITS = Section(
    code="limits",
    title="Label limits",
    topics=(
        Topic(
            title="Limits that the protocol does not name",
            lines=(
                other(
                    US_BEFORE_TREATMENT,
                    "“RINVOQ initiation is not recommended in patients with an absolute lymphocyte count less than 500 "
                    "cells/mm3, absolute neutrophil count less than 1000 cells/mm3, or hemoglobin level less than 8 "
                    "g/dL”.",
                    *also(
                        "initiation is not recommended with ANC < 1.0 ×10⁹/L, ALC < 0.5 ×10⁹/L or haemoglobin < 8 "
                        "g/dL.",
                        *READ_IN_MALAYSIA,
                    ),
                ),
                other(
                    US_BOXED_WARNING,
                    "“If a serious infection develops, interrupt RINVOQ/RINVOQ LQ until the infection is controlled.”",
                    *also("interruption in a serious infection until it is controlled.", *READ_NOWHERE),
                ),
                other(
                    US_BEFORE_TREATMENT,
                    "against initiation: active tuberculosis, Child-Pugh C.",
                    *also("contraindicated in Child-Pugh C and in active tuberculosis.", *READ_IN_GB),
                ),
                other(US_BEFORE_TREATMENT, "against initiation: active hepatitis B or C, serious infection."),
                other(
                    US_LABEL,
                    "Child-Pugh A or B: 30 mg as induction, then 15 mg.",
                    *also("Child-Pugh A or B: no adjustment.", *READ_NOWHERE),
                ),
                other(
                    US_DOSE,
                    "eGFR 15 to < 30: 30 mg as induction (8 weeks; Crohn's 12), then 15 mg; below 15 not recommended.",
                    *also(
                        "eGFR 15 to < 30: caution, 30 mg as induction, then 15 mg; no data in end-stage renal disease.",
                        EU_DOSE,
                        GB_DOSE,
                        AU_DOSE_UNREAD,
                    ),
                ),
                other(
                    US_INDICATION,
                    "pregnancy status before the first dose; contraception until 4 weeks after the last.",
                    *also(
                        "contraindicated in pregnancy; contraception until 4 weeks after the last dose.", *READ_IN_GB
                    ),
                ),
                other(US_INDICATION, "no breastfeeding until 6 days after the last dose."),
                other(
                    US_INDICATION,
                    "avoided with a higher risk of thrombosis.",
                    *also("caution with a risk of VTE; discontinued in VTE.", *READ_IN_GB),
                ),
                other(US_INDICATION, "discontinued after myocardial infarction or stroke."),
                other(US_INDICATION, _PERFORATION, *also(_PERFORATION, *READ_NOWHERE)),
            ),
        ),
    ),
)

TAKING = Section(
    code="taking",
    title="Taking it",
    topics=(
        Topic(
            title="Tablets",
            lines=(
                other(US_DOSE_IN_UC, _WHOLE, *also(_WHOLE, *READ_NOWHERE)),
                other(
                    THIS_PROJECT,
                    "of a missed dose neither the protocol nor what was read of the US label says anything.",
                    *also(
                        "missed dose: taken if more than 10 hours are left before the next one, else left out.",
                        EU_DOSE,
                        GB_DOSE,
                        AU_LABEL,
                    ),
                ),
            ),
        ),
        Topic(
            title="Strong CYP3A4 drugs, and grapefruit",
            lines=(
                other(
                    US_DOSE,
                    f"{_INHIBITOR}; strong inducer: not recommended.",
                    *also(
                        f"{_INHIBITOR}; strong inducer: caution, or an alternative to it.",
                        EU_DOSE,
                        GB_DOSE,
                        AU_DOSE_UNREAD,
                    ),
                ),
                other(US_DOSE_IN_UC, "grapefruit is avoided."),
                other(
                    THIS_PROJECT,
                    "strong inhibitors are clarithromycin, itraconazole, ketoconazole, posaconazole, ritonavir and "
                    "others.",
                ),
                other(
                    THIS_PROJECT,
                    "strong inducers are rifampicin (also as prophylaxis of tuberculosis), phenytoin, carbamazepine, "
                    "St John's wort.",
                ),
            ),
        ),
        Topic(
            title="Vaccines, and the skin",
            lines=(
                other(US_INDICATION, _VACCINES, *also(_VACCINES, *READ_IN_MALAYSIA)),
                other(THIS_PROJECT, "against zoster the recombinant vaccine is meant."),
                other(US_INDICATION, _SKIN, *also(_SKIN, *READ_IN_MALAYSIA)),
            ),
        ),
    ),
)
