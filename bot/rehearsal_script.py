"""What is done in the rehearsal, scene by scene: a fictitious patient with ulcerative colitis."""

from dataclasses import dataclass
from datetime import date

from bot.house import REHEARSED
from flows.codes import own_code


@dataclass(frozen=True, slots=True)
class Scene:
    """`lines` as a clinician acts: a command, a `[button]`, or words."""

    on: date
    title: str
    lines: tuple[str, ...]


CODE = own_code(REHEARSED)
_VISIT = f"/visit {CODE}"
_ENROLMENT = (
    "/settings", "[Confirm: our organisation approved it]", "[EU]",
    f"/new {REHEARSED}", "[Colitis]", "1985", "[Female]", "[No]", "[Severe]", "[Extensive]", "[None]",
    "[Infliximab]", "[Vedolizumab]", "[Done]", "[Loss of response]", "[No response]", "[None]",
    "[Prednisolone or equivalent]", "[Done]", "20", "1.12.2025", "95", "[None]", "[1]", "[No]", "[Confirm]",
)  # fmt: skip
_BASELINE = (
    "[IGRA]", "[Today]", "[Negative]", "[Confirm]",
    "[Hepatitis B]", "[Today]", "[Negative]", "[Negative]", "[Confirm]",
    "[PMS]", "[Today]", "[3]", "[2]", "[Severe]", "[Confirm]", "[Menu]", "[Checklist]",
    "[MES]", "[Today]", "[3]", "[Confirm]", "[Menu]", "[Checklist]",
    "[Laboratory]", "CRP 24 mg/L FCP 1800 µg/g ANC 5.1 ALC 1.4 Hb 11.8 ALT 19 creatinine 70 µmol/L", "[Confirm]",
    "[Menu]", "[Checklist]",
)  # fmt: skip

SCENES = (
    Scene(date(2026, 1, 2), "Enrolment, everything else left for later", _ENROLMENT),
    Scene(date(2026, 1, 2), "The baseline", _BASELINE),
    Scene(
        date(2026, 1, 5),
        "The first dose",
        ("[Menu]", "[Course]", "[First dose]", "[Today]", "[45 mg]", "[Indication confirmed as decided]",
         "[Confirm]"),
    ),
    Scene(
        date(2026, 2, 2),
        "Week 4: a low neutrophil count",
        (_VISIT, "[Seen]", "[2]", "[1]", "[Mild]", "[No]", "[Changed]", "10", "[None]",
         "CRP 9 mg/L ANC 0.8 ALC 1.1 Hb 11.9 ALT 21", "[Confirm]"),
    ),
    Scene(
        date(2026, 2, 3),
        "An interruption",
        ("[Menu]", "[Course]", "[Interruption]", "[Today]", "[Blood counts]", "[Confirm]"),
    ),
    Scene(
        date(2026, 2, 17),
        "A restart: dates before and after",
        ("[Add labs]", "ANC 2.4 ALC 1.2 Hb 12.1", "[Confirm]",
         "[Menu]", "[Course]", "[Restart]", "[Today]", "[45 mg]", "[Blood counts recovered]"),
    ),
    Scene(date(2026, 2, 17), "The restart, confirmed", ("[Confirm]",)),
    Scene(
        date(2026, 3, 16),
        "The end of 45 mg",
        (f"/p {CODE}", "[Course]", "[Dose]", "[Today]", "[30 mg]",
         "[Refractory, severe or extensive disease]", "[Confirm]"),
    ),
    Scene(
        date(2026, 3, 30),
        "Week 12",
        (_VISIT, "[Seen]", "[1]", "[0]", "[Mild]", "[No]", "[None]", "[None]",
         "CRP 3 mg/L FCP 310 µg/g ANC 2.9 ALC 1.3 Hb 12.4 platelets 260 ALT 24 bilirubin 0.5 mg/dL "
         "cholesterol 205 mg/dL LDL 120 mg/dL HDL 62 mg/dL", "[Confirm]"),
    ),
    Scene(
        date(2026, 7, 6),
        "Week 26: an endoscopy",
        (_VISIT, "[Seen]", "[0]", "[0]", "[Normal]", "[Yes]", "30.6.2026", "[0]", "[Unchanged]", "[None]",
         "CRP 2 mg/L FCP 90 µg/g ANC 3.1 ALC 1.4 Hb 12.9 ALT 22", "[Confirm]"),
    ),
    Scene(
        date(2027, 1, 4),
        "Week 52",
        (_VISIT, "[Seen]", "[0]", "[0]", "[Normal]", "[No]", "[Unchanged]", "[None]",
         "CRP 1 mg/L FCP 60 µg/g ANC 3.3 ALC 1.5 Hb 13.1 ALT 20", "[Confirm]"),
    ),
)  # fmt: skip
