"""Pasted laboratory blocks and one-message lines, with the reading each must give.

The clinic's units are the canonical ones of CLINICAL.md section 5 unless `clinic` says otherwise.
`read`     (analyte, value, canonical unit, upper limit or None), in the order written. Value and limit stand in the canonical unit;
           a quotient that does not end is written as a fraction ("9/17.1"; `exact` reads it); a bound keeps its sign ("<30").
`lower`    lower limits where the text gives them, canonical unit.
`ask`      (analyte, as written, why): must not be read without a question. A refusal with a reason is as safe.
`ignored`  what is no analyte of the specification, or not the one it resembles: must not turn into a value, and should be named.
`on`       the day of sampling where the text gives it.
`may_ask`  analytes of `read` that may also be asked about, with why (the specification leaves it open).
`whole`    "refuse": the message as a whole is refused (personal data).
Whether names in other languages are known is not in the specification: those blocks carry `lang`, and a test may demand that every value is
read as given here or left unread and named, never read as something else.
"""

# Tables, kept as they were made.
# fmt: off
# ruff: noqa

from fractions import Fraction


def exact(text):
    """The exact number of a value, without its sign of a bound."""
    top, _, bottom = text.lstrip("<>=").partition("/")
    return Fraction(top) / Fraction(bottom or "1")


def block(id, lang, text, read=(), **more):
    return {"id": id, "lang": lang, "text": text, "read": list(read), "ask": [], "ignored": [], "lower": {}, "on": None, "may_ask": {}} | more


EGFR = "mL/min/{1.73_m2}"

BLOCKS = [
    # One-message lines
    block("line-product-1", "en", "crp 12 fcp 850 hb 11.2", [
        ("crp", "12", "mg/L", None), ("fcp", "850", "ug/g", None), ("hb", "11.2", "g/dL", None)]),
    block("line-product-2", "en", "CRP 4 FCP 120 ALC 1.2", [
        ("crp", "4", "mg/L", None), ("fcp", "120", "ug/g", None), ("alc", "1.2", "10*9/L", None)]),
    block("line-units", "en", "CRP 1.2 mg/dL, calprotectin 430 \u00b5g/g, Hb 112 g/L, ALC 480/\u00b5L", [
        ("crp", "12", "mg/L", None), ("fcp", "430", "ug/g", None), ("hb", "11.2", "g/dL", None), ("alc", "0.48", "10*9/L", None)]),
    block("line-comma", "de", "CRP 3,4 mg/l; Calpro 85 \u00b5g/g; Hb 13,1 g/dl; Leukos 6,2 Gpt/l", [
        ("crp", "3.4", "mg/L", None), ("fcp", "85", "ug/g", None), ("hb", "13.1", "g/dL", None), ("wbc", "6.2", "10*9/L", None)]),
    block("line-censored", "en", "crp <0.6 fcp >1800", [
        ("crp", "<0.6", "mg/L", None), ("fcp", ">1800", "ug/g", None)]),
    block("line-equals", "en", "crp=7.5; alt=33; ast=29; bili=0.6; plt=301", [
        ("crp", "7.5", "mg/L", None), ("alt", "33", "U/L", None), ("ast", "29", "U/L", None), ("bilirubin", "0.6", "mg/dL", None),
        ("platelets", "301", "10*9/L", None)]),
    block("line-limit-after", "en", "CRP 6.1 mg/L (ref <5), FCP 61 ug/g (<50)", [
        ("crp", "6.1", "mg/L", "5"), ("fcp", "61", "ug/g", "50")]),
    block("line-limit-other-unit", "en", "CRP 0.61 mg/dL (ref 0-0.5 mg/dL)", [("crp", "6.1", "mg/L", "5")], lower={"crp": "0"}),
    block("line-flags", "en", "Hb 9.8 L, CRP 34 H, ALT 88\u2191, ALC 0.7*, PLT 512 (H)", [
        ("hb", "9.8", "g/dL", None), ("crp", "34", "mg/L", None), ("alt", "88", "U/L", None), ("alc", "0.7", "10*9/L", None),
        ("platelets", "512", "10*9/L", None)], note="L is 'low', not litre; ALC 0.7* is no multiplication"),
    block("line-order-varied", "en", "12 mg/L CRP; 11.2 g/dL Hb", [("crp", "12", "mg/L", None), ("hb", "11.2", "g/dL", None)],
          may_ask={"crp": "value before name", "hb": "value before name"}),
    block("line-fr", "fr", "CRP 8,2 mg/L, calprotectine 310 \u00b5g/g, plaquettes 287 G/L, Hb 12,4 g/dL", [
        ("crp", "8.2", "mg/L", None), ("fcp", "310", "ug/g", None), ("platelets", "287", "10*9/L", None), ("hb", "12.4", "g/dL", None)]),
    block("line-es", "es", "PCR 0,8 mg/dL, calprotectina 640 \u00b5g/g, plaquetas 410.000/\u00b5L, Hb 11,9 g/dL", [
        ("crp", "8", "mg/L", None), ("fcp", "640", "ug/g", None), ("hb", "11.9", "g/dL", None)],
        ask=[("platelets", "410.000/\u00b5L", "group or decimal; 410 10*9/L is the only plausible reading and may also be read")]),
    block("line-it", "it", "PCR 12 mg/L, calprotectina 420 mcg/g, Hb 12,8 g/dL, piastrine 350 x10^3/\u00b5L", [
        ("crp", "12", "mg/L", None), ("fcp", "420", "ug/g", None), ("hb", "12.8", "g/dL", None), ("platelets", "350", "10*9/L", None)]),
    block("line-slash", "en", "ALT/AST 34/28, TC/LDL/HDL/TG 192/110/55/133", [], ask=[
        ("alt", "ALT/AST 34/28", "clear to a reader, but the specification has no such form"), ("ast", "34/28", ""),
        ("cholesterol", "192/110/55/133", ""), ("ldl", "192/110/55/133", ""), ("hdl", "192/110/55/133", ""),
        ("triglycerides", "192/110/55/133", "")], note="reading all six as written is defensible; exchanging them is a fault"),

    # English blocks
    block("us-cbc", "en", """\
CBC WITH DIFFERENTIAL   Collected: 03/12/2026 07:55
WBC                 7.8      3.8-10.8 Thousand/uL
RBC                 4.41     3.80-5.10 Million/uL
HEMOGLOBIN          12.9     11.7-15.5 g/dL
HEMATOCRIT          38.6     35.0-45.0 %
MCV                 87.5     80.0-100.0 fL
PLATELET COUNT      402 H    140-400 Thousand/uL
ABSOLUTE NEUTROPHILS   5210  1500-7800 cells/uL
ABSOLUTE LYMPHOCYTES   1640  850-3900 cells/uL
NEUTROPHILS         66.8     %
LYMPHOCYTES         21.0     %""", [
        ("wbc", "7.8", "10*9/L", "10.8"), ("hb", "12.9", "g/dL", "15.5"), ("hct", "38.6", "%", "45"), ("platelets", "402", "10*9/L", "400"),
        ("anc", "5.21", "10*9/L", "7.8"), ("alc", "1.64", "10*9/L", "3.9")],
        lower={"wbc": "3.8", "hb": "11.7", "hct": "35", "platelets": "140", "anc": "1.5", "alc": "0.85"},
        ignored=["RBC", "MCV", "NEUTROPHILS 66.8 %", "LYMPHOCYTES 21.0 %"],
        note="the unit stands behind the reference; the absolute counts win over per cent; 03/12/2026 is 12 March (US) or 3 December: the day "
             "must be asked, so `on` is None",
        may_ask=dict.fromkeys(("wbc", "hb", "hct", "platelets", "anc", "alc"), "the day above them can be two")),
    block("us-cmp", "en", """\
Comp Metabolic Panel 2026-02-03
Glucose 98 mg/dL (65-99)
BUN 14 mg/dL (7-25)
Creatinine 0.82 mg/dL (0.50-0.99)
eGFR 88 mL/min/1.73m2 (> OR = 60)
Sodium 139 mmol/L (135-146)
Potassium 4.1 mmol/L (3.5-5.1)
Calcium 9.3 mg/dL (8.6-10.2)
Protein, total 7.0 g/dL (6.1-8.1)
Albumin 4.1 g/dL (3.6-5.1)
Globulin 2.9 g/dL (1.9-3.7)
Bilirubin, total 0.4 mg/dL (0.2-1.2)
Alkaline phosphatase 71 U/L (31-125)
AST 19 U/L (10-30)
ALT 16 U/L (6-29)""", [
        ("creatinine", "0.82", "mg/dL", "0.99"), ("egfr", "88", EGFR, None), ("albumin", "4.1", "g/dL", "5.1"),
        ("bilirubin", "0.4", "mg/dL", "1.2"), ("alp", "71", "U/L", "125"), ("ast", "19", "U/L", "30"), ("alt", "16", "U/L", "29")],
        lower={"creatinine": "0.5", "egfr": "60", "albumin": "3.6", "bilirubin": "0.2", "alp": "31", "ast": "10", "alt": "6"},
        ignored=["Glucose", "BUN", "Sodium", "Potassium", "Calcium", "Protein, total", "Globulin"], on="2026-02-03"),
    block("us-lipids", "en", """\
Lipid Panel
Cholesterol, Total   213 (H)   <200 mg/dL
HDL Cholesterol      58        > OR = 50 mg/dL
Triglycerides        142       <150 mg/dL
LDL-Cholesterol      127 (H)   mg/dL (calc)
Chol/HDLC Ratio      3.7       <5.0 (calc)
Non HDL Cholesterol  155 (H)   <130 mg/dL (calc)""", [
        ("cholesterol", "213", "mg/dL", "200"), ("hdl", "58", "mg/dL", None), ("triglycerides", "142", "mg/dL", "150"),
        ("ldl", "127", "mg/dL", None)], lower={"hdl": "50"}, ignored=["Chol/HDLC Ratio", "Non HDL Cholesterol"],
        note="non-HDL 155 must become neither HDL nor total"),
    block("uk-bloods", "en", """\
Hb 118 g/L (115-165)
WCC 9.1 10*9/L (4.0-11.0)
Plt 455 10*9/L (150-400) H
Neut 6.9 10*9/L (2.0-7.5)
Lymph 1.3 10*9/L (1.5-4.0) L
CRP 22 mg/L (0-5) H
ALT 41 IU/L (0-40) H
ALP 96 IU/L (30-130)
Bili 9 umol/L (0-21)
Alb 38 g/L (35-50)
Creat 71 umol/L (45-84)
eGFR >90""", [
        ("hb", "11.8", "g/dL", "16.5"), ("wbc", "9.1", "10*9/L", "11"), ("platelets", "455", "10*9/L", "400"), ("anc", "6.9", "10*9/L", "7.5"),
        ("alc", "1.3", "10*9/L", "4"), ("crp", "22", "mg/L", "5"), ("alt", "41", "U/L", "40"), ("alp", "96", "U/L", "130"),
        ("bilirubin", "9/17.1", "mg/dL", "21/17.1"), ("albumin", "3.8", "g/dL", "5"), ("creatinine", "71/88.42", "mg/dL", "84/88.42"),
        ("egfr", ">90", EGFR, None)],
        lower={"hb": "11.5", "wbc": "4", "platelets": "150", "anc": "2", "alc": "1.5", "crp": "0", "alt": "0", "alp": "30", "bilirubin": "0",
               "albumin": "3.5", "creatinine": "45/88.42"}),
    block("uk-no-units", "en", "Hb 118, WCC 9.1, plt 455, CRP 22, alb 38, creat 71, bili 9", [
        ("wbc", "9.1", "10*9/L", None), ("platelets", "455", "10*9/L", None), ("crp", "22", "mg/L", None)], ask=[
        ("hb", "118", "not plausible in g/dL, plausible in g/L"), ("albumin", "38", "plausible in g/L"),
        ("creatinine", "71", "plausible in umol/L"), ("bilirubin", "9", "above 2 mg/dL without a unit, and above the ask limit 5")]),
    block("uk-no-units-si-clinic", "en", "Hb 118, WCC 9.1, plt 455, CRP 22, alb 38, creat 71, bili 9", [
        ("hb", "11.8", "g/dL", None), ("wbc", "9.1", "10*9/L", None), ("platelets", "455", "10*9/L", None), ("crp", "22", "mg/L", None),
        ("albumin", "3.8", "g/dL", None), ("creatinine", "71/88.42", "mg/dL", None), ("bilirubin", "9/17.1", "mg/dL", None)],
        clinic={"hb": "g/L", "albumin": "g/L", "creatinine": "umol/L", "bilirubin": "umol/L"}),
    block("tabs", "en", "Test\tResult\tFlag\tUnits\tReference\nCRP\t15.2\tH\tmg/L\t0.0-5.0\nHGB\t10.9\tL\tg/dL\t12.0-16.0\nALB\t3.4\tL\tg/dL\t3.5-5.0", [
        ("crp", "15.2", "mg/L", "5"), ("hb", "10.9", "g/dL", "16"), ("albumin", "3.4", "g/dL", "5")],
        lower={"crp": "0", "hb": "12", "albumin": "3.5"}),
    block("tabs-empty-columns", "en", "CRP\t\t<1.0\t\tmg/L\t<5.0\nALT\t\t22\t\tU/L\t<35\nAST\t\t\t\tU/L\t<35", [
        ("crp", "<1.0", "mg/L", "5"), ("alt", "22", "U/L", "35")], ignored=["AST without a result"],
        note="AST has no result: its limit 35 must not become its value"),
    block("semicolon-csv", "en", "analyte;value;unit;ref_low;ref_high\nCRP;4.9;mg/L;;5.0\nHb;12.1;g/dL;12.0;16.0\nALC;0.91;10^9/L;1.0;4.0", [
        ("crp", "4.9", "mg/L", "5"), ("hb", "12.1", "g/dL", "16"), ("alc", "0.91", "10*9/L", "4")], lower={"hb": "12", "alc": "1"}),
    block("square-brackets", "en", "CRP 4.4 mg/L [<5]\nFCP 212 ug/g [<50]\nCK 88 U/L [<170]\nCreatinine 0.9 mg/dL [0.7-1.2]", [
        ("crp", "4.4", "mg/L", "5"), ("fcp", "212", "ug/g", "50"), ("cpk", "88", "U/L", "170"), ("creatinine", "0.9", "mg/dL", "1.2")],
        lower={"creatinine": "0.7"}),
    block("ref-word", "en", "ALT: 52 U/L ref 0-40\nAST: 44 U/L, reference range 10 - 40\nALP: 101 U/L (normal: 40 to 130)\nBilirubin total: 0.7 mg/dL; ULN 1.0", [
        ("alt", "52", "U/L", "40"), ("ast", "44", "U/L", "40"), ("alp", "101", "U/L", "130"), ("bilirubin", "0.7", "mg/dL", "1.0")],
        lower={"alt": "0", "ast": "10", "alp": "40"}),
    block("thin-spaces", "en", "Platelets 402\u200910\u2079/L\nCalprotectin 1\u2009843\u00a0\u00b5g/g\nCK 2\u202f310 U/L", [
        ("platelets", "402", "10*9/L", None), ("fcp", "1843", "ug/g", None)], ask=[
        ("cpk", "2\u202f310 U/L", "above 1000: section 5 asks")],
        note="402 and 10 must not join into 40210"),
    block("two-dates", "en", "            12 Jan 2026   9 Mar 2026\nCRP mg/L       41           6\nFCP ug/g      2100         340", [], ask=[
        ("crp", "41 ... 6", "two dated columns; read as two sets, or ask which"), ("fcp", "2100 ... 340", "the same")],
        note="41 must not be filed as of March, nor 416"),
    block("dates-in-front", "en", "2026-03-09 CRP 6\n2026-03-09 FCP 340\n2026-03-09 ALC 1.1", [
        ("crp", "6", "mg/L", None), ("fcp", "340", "ug/g", None), ("alc", "1.1", "10*9/L", None)], on="2026-03-09",
        note="no value 2026, 03 or 9"),
    block("date-behind", "en", "CRP 6 (9 Mar 2026), FCP 340 (2 Mar 2026)", [
        ("crp", "6", "mg/L", None), ("fcp", "340", "ug/g", None)], on=None,
        note="crp of 2026-03-09, fcp of 2026-03-02; 9 and 2 are no limits"),
    block("week-numbers", "en", "Week 12 labs: CRP 3.1, FCP 140, Hb 13.4. Started 45 mg, now 30 mg.", [
        ("crp", "3.1", "mg/L", None), ("fcp", "140", "ug/g", None), ("hb", "13.4", "g/dL", None)], ignored=["Week 12", "45 mg", "30 mg"]),
    block("comments", "en", """\
CRP 3.8 mg/L
  Comment: sample slightly haemolysed, AST may be increased by up to 20
AST 37 U/L (10-40)
ALT 29 U/L (10-40)
Please repeat in 4 weeks.""", [
        ("crp", "3.8", "mg/L", None), ("ast", "37", "U/L", "40"), ("alt", "29", "U/L", "40")], lower={"ast": "10", "alt": "10"},
        ignored=["comment with AST and 20", "4 weeks"], note="AST is 37, not 20"),
    block("look-alikes", "en", """\
HbA1c 5.6 %
HBsAg negative
MCH 29.1 pg
MCHC 33.2 g/dL
CK-MB 2.1 ng/mL
Direct bilirubin 0.1 mg/dL
Prealbumin 24 mg/dL
Urine albumin 12 mg/L
Urine creatinine 95 mg/dL
Albumin/creatinine ratio 13 mg/g
Reticulocytes 1.1 %
GGT 22 U/L
LDH 180 U/L
Procalcitonin 0.05 ng/mL
Pancreatic elastase 420 ug/g
Lactoferrin 12 ug/g
ESR 18 mm/h""", [], ignored=[
        "HbA1c", "HBsAg", "MCH", "MCHC", "CK-MB", "Direct bilirubin", "Prealbumin", "Urine albumin", "Urine creatinine",
        "Albumin/creatinine ratio", "Reticulocytes", "GGT", "LDH", "Procalcitonin", "Pancreatic elastase", "Lactoferrin", "ESR"],
        note="nothing here is an analyte of section 5 that carries a number; HBsAg is qualitative"),
    block("look-alikes-mixed", "en", "HbA1c 5.6 %, Hb 12.2 g/dL; direct bili 0.1, total bili 0.5 mg/dL; non-HDL 140, HDL 52, LDL/HDL 2.1, LDL 109 mg/dL; VLDL 22", [
        ("hb", "12.2", "g/dL", None), ("bilirubin", "0.5", "mg/dL", None), ("hdl", "52", "mg/dL", None), ("ldl", "109", "mg/dL", None)],
        ignored=["HbA1c", "direct bili", "non-HDL", "LDL/HDL", "VLDL"]),
    block("percent-only", "en", "WBC 5.9\nNeutrophils 71 %\nLymphocytes 19 %", [("wbc", "5.9", "10*9/L", None)], ask=[
        ("anc", "71 %", "per cent: offer WBC x % = 4.189"), ("alc", "19 %", "per cent: offer WBC x % = 1.121")]),
    block("percent-without-sign", "en", "lymphocytes 22", [], ask=[("alc", "22", "section 5's own example: per cent likely; 8-50 confirm")]),
    block("wbc-in-ul", "en", "WBC 6800 /uL", [], ask=[
        ("wbc", "6800 /uL", "the specification lists no other unit for WBC; reading 6.8 is what is meant")]),
    block("gates", "en", "Hb 8.0 g/dL, ANC 1000 /mm3, ALC 500 /mm3", [
        ("hb", "8.0", "g/dL", None), ("anc", "1", "10*9/L", None), ("alc", "0.5", "10*9/L", None)], note="none is below its label limit"),
    block("gates-below", "en", "Hb 79 g/L, ANC 999 cells/mm\u00b3, ALC 499 cells/mm\u00b3", [
        ("hb", "7.9", "g/dL", None), ("anc", "0.999", "10*9/L", None), ("alc", "0.499", "10*9/L", None)], note="all three are below"),
    block("same-twice", "en", "CRP 12\nHb 11.2\nCRP 21", [("hb", "11.2", "g/dL", None)], ask=[("crp", "12 and 21", "two values of one analyte on one day")]),
    block("same-twice-equal", "en", "CRP 12 mg/L (1.2 mg/dL)", [("crp", "12", "mg/L", None)],
          may_ask={"crp": "the bracket holds the same value, not a limit of 12"}, note="the bracket must not become an upper limit"),
    block("pending", "en", "CRP 5.5\nCalprotectin: pending\nALT see comment\nAST ***\nCK not done", [("crp", "5.5", "mg/L", None)],
          ignored=["Calprotectin pending", "ALT see comment", "AST ***", "CK not done"], note="nothing becomes 0"),
    block("wrong-units", "en", "CRP 5 g/L, FCP 300 mg/L, Hb 12 mg/dL, ALT 30 mmol/L", [], ask=[
        ("crp", "5 g/L", "no CRP unit"), ("fcp", "300 mg/L", "not per gram of stool"), ("hb", "12 mg/dL", "no Hb unit"),
        ("alt", "30 mmol/L", "no enzyme unit")]),
    block("unit-slips", "en", "Hb 135 g/dL, ALC 480 10^9/L, CRP 1800 mg/L, chol 5.2 mg/dL, bili 14 mg/dL, creat 71 mg/dL, alb 41 g/dL", [], ask=[
        ("hb", "135 g/dL", "g/L typed"), ("alc", "480 10^9/L", "/uL typed"), ("crp", "1800 mg/L", "outside 0-600 in every listed unit: refuse"),
        ("cholesterol", "5.2 mg/dL", "mmol/L typed"), ("bilirubin", "14 mg/dL", "umol/L typed"), ("creatinine", "71 mg/dL", "umol/L typed"),
        ("albumin", "41 g/dL", "g/L typed")]),
    block("mmol-lipids", "en", "TC 5 mmol/L, LDL 3 mmol/L, HDL 1.5 mmol/L, TG 1.5 mmol/L", [
        ("cholesterol", "193.35", "mg/dL", None), ("ldl", "116.01", "mg/dL", None), ("hdl", "58.005", "mg/dL", None),
        ("triglycerides", "132.855", "mg/dL", None)]),
    block("lipids-no-unit", "en", "TC 5.1 LDL 3.0 HDL 1.4 TG 1.6", [], ask=[
        ("cholesterol", "5.1", "mmol/L?"), ("ldl", "3.0", "mmol/L?"), ("hdl", "1.4", "mmol/L?"), ("triglycerides", "1.6", "mmol/L?")]),
    block("kat", "en", "ALT 0.75 \u00b5kat/L (<0.75)  AST 0.45 \u00b5kat/L (<0.60)  ALP 1.75 \u00b5kat/L (0.60-1.80)", [
        ("alt", "45", "U/L", "45"), ("ast", "27", "U/L", "36"), ("alp", "105", "U/L", "108")], lower={"alp": "36"}),
    block("hct-fraction", "en", "Hct 0.41 L/L (0.37-0.47)", [("hct", "41", "%", "47")], lower={"hct": "37"}),
    block("hct-fraction-no-unit", "en", "Hct 0.41", [], ask=[("hct", "0.41", "below 1: a fraction")]),
    block("hl7-like", "en", "OBX|1|NM|1988-5^CRP^LN||7.3|mg/L|0-5|H|||F\nOBX|2|NM|718-7^Hemoglobin^LN||11.6|g/dL|12-16|L|||F", [
        ("crp", "7.3", "mg/L", "5"), ("hb", "11.6", "g/dL", "16")], lower={"crp": "0", "hb": "12"},
        may_ask={"crp": "the format is in no specification; naming it unread is right", "hb": "the same"},
        note="no value 1, 2, 1988 or 718"),
    block("html-paste", "en", "CRP&nbsp;7.3&nbsp;mg/L (&lt;5)", [("crp", "7.3", "mg/L", "5")],
          may_ask={"crp": "entities are in no specification; never 5"}),
    block("bullets", "en", "- CRP 7.3\n- Hb 12.0\n\u2022 ALT 31\n* AST 28\n1. PLT 310\n2) WBC 7.1", [
        ("crp", "7.3", "mg/L", None), ("hb", "12.0", "g/dL", None), ("alt", "31", "U/L", None), ("ast", "28", "U/L", None),
        ("platelets", "310", "10*9/L", None), ("wbc", "7.1", "10*9/L", None)],
        may_ask={"platelets": "a numbered list", "wbc": "a numbered list"}, note="no value is negative; no value 1 or 2"),
    block("hl-prefix-flags", "en", "H CRP 41.2 mg/L\nL Hb 10.1 g/dL\n! ALC 0.44 10*9/L\n+ ALT 61 U/L", [
        ("crp", "41.2", "mg/L", None), ("hb", "10.1", "g/dL", None), ("alc", "0.44", "10*9/L", None), ("alt", "61", "U/L", None)]),
    block("glued-flags", "en", "CRP 41.2H mg/L 0-5\nHb 10.1L g/dL 12-16\nALT 61+ U/L 0-40\nK 5.6HH", [
        ("crp", "41.2", "mg/L", "5"), ("hb", "10.1", "g/dL", "16"), ("alt", "61", "U/L", "40")],
        lower={"crp": "0", "hb": "12", "alt": "0"}, ignored=["K"]),
    block("range-not-value", "en", "CRP (0-5 mg/L)\nHb 12-16\nALT <40", [], ask=[
        ("hb", "12-16", "a range, no value"), ("alt", "<40", "a result below 40, or a bare limit: the text alone reads as censored")],
        ignored=["CRP without a result"], note="reading ALT as censored <40 is by the letter right; taking 5, 12 or 16 is a fault"),
    block("previous-in-brackets", "en", "CRP 6 (prev 41), Hb 12.4 (11.0 in Jan), FCP 340 (was 2100)", [
        ("crp", "6", "mg/L", None), ("hb", "12.4", "g/dL", None), ("fcp", "340", "ug/g", None)],
        may_ask={"crp": "bracket is no limit", "hb": "bracket is no limit", "fcp": "bracket is no limit"}, note="41, 11.0, 2100 are neither values nor limits"),
    block("arrow-course", "en", "CRP 41 -> 6 mg/L; FCP 2100 \u2192 340", [], ask=[
        ("crp", "41 -> 6", "two values; the later one is meant, without its day"), ("fcp", "2100 \u2192 340", "the same")]),
    block("limits-only-upper-words", "en", "CRP 4.1 mg/L (normal up to 5)  CK 140 U/L (max 170)", [
        ("crp", "4.1", "mg/L", "5"), ("cpk", "140", "U/L", "170")], may_ask={"crp": "wording of the limit", "cpk": "wording of the limit"}),

    # German
    block("de-befund", "de", """\
Befund vom 12.03.2026
Leukozyten        8,4   Gpt/l     4,0 - 10,0
H\u00e4moglobin        7,2   mmol/l    7,4 - 9,9    -
H\u00e4matokrit        0,36  l/l       0,35 - 0,47
Thrombozyten      421   Gpt/l     150 - 400    +
Neutrophile abs.  5,9   Gpt/l     1,8 - 7,5
Lymphozyten abs.  1,1   Gpt/l     1,0 - 4,0
CRP               18,6  mg/l      < 5,0        +
GPT (ALAT)        0,55  \u00b5kat/l    < 0,60
GOT (ASAT)        0,45  \u00b5kat/l    < 0,60
AP                1,20  \u00b5kat/l    0,60 - 1,75
Bilirubin gesamt  8,55  \u00b5mol/l    < 21
Kreatinin         71    \u00b5mol/l    45 - 84
Albumin           36,5  g/l       35 - 52""", [
        ("wbc", "8.4", "10*9/L", "10"), ("hb", "11.5992", "g/dL", "15.9489"), ("hct", "36", "%", "47"), ("platelets", "421", "10*9/L", "400"),
        ("anc", "5.9", "10*9/L", "7.5"), ("alc", "1.1", "10*9/L", "4"), ("crp", "18.6", "mg/L", "5"), ("alt", "33", "U/L", "36"),
        ("ast", "27", "U/L", "36"), ("alp", "72", "U/L", "105"), ("bilirubin", "0.5", "mg/dL", "21/17.1"),
        ("creatinine", "71/88.42", "mg/dL", "84/88.42"), ("albumin", "3.65", "g/dL", "5.2")],
        lower={"wbc": "4", "hb": "11.9214", "hct": "35", "platelets": "150", "anc": "1.8", "alc": "1", "alp": "36", "creatinine": "45/88.42",
               "albumin": "3.5"}, on="2026-03-12"),
    block("de-west", "de", """\
Leukozyten 6.800 /\u00b5l
Thrombozyten 312 Tsd/\u00b5l (150-400)
Hb 13,4 g/dl (12,0-16,0)
Hkt 39,8 % (35-47)
CRP 0,42 mg/dl (<0,5)
GPT 24 U/l (<35)
GOT 21 U/l (<35)
CK 96 U/l (<170)
Krea 0,78 mg/dl (<0,95)
GFR (CKD-EPI) 92 ml/min/1,73 m\u00b2
Chol 201 mg/dl, LDL 119 mg/dl, HDL 61 mg/dl, TG 105 mg/dl
Calprotectin i. Stuhl 64 \u00b5g/g (<50)""", [
        ("platelets", "312", "10*9/L", "400"), ("hb", "13.4", "g/dL", "16"), ("hct", "39.8", "%", "47"), ("crp", "4.2", "mg/L", "5"),
        ("alt", "24", "U/L", "35"), ("ast", "21", "U/L", "35"), ("cpk", "96", "U/L", "170"), ("creatinine", "0.78", "mg/dL", "0.95"),
        ("egfr", "92", EGFR, None), ("cholesterol", "201", "mg/dL", None), ("ldl", "119", "mg/dL", None), ("hdl", "61", "mg/dL", None),
        ("triglycerides", "105", "mg/dL", None), ("fcp", "64", "ug/g", "50")],
        lower={"platelets": "150", "hb": "12", "hct": "35"},
        ask=[("wbc", "6.800 /\u00b5l", "a point as group, and a unit not listed for WBC; 6.8 10*9/L is meant, 0.0068 is a fault")]),
    block("de-flags", "de", "CRP++ 88 mg/l, Leukos \u219114,2 G/l, Hb \u21939,1 g/dl, Thrombos 602 /nl", [
        ("crp", "88", "mg/L", None), ("wbc", "14.2", "10*9/L", None), ("hb", "9.1", "g/dL", None), ("platelets", "602", "10*9/L", None)]),
    block("de-qualitative", "de", "Calprotectin <30 \u00b5g/g; CRP < 1 mg/l; HBsAg neg.; Quantiferon negativ", [
        ("fcp", "<30", "ug/g", None), ("crp", "<1", "mg/L", None)], ignored=["HBsAg (qualitative)", "Quantiferon (qualitative)"]),

    # French
    block("fr-nfs", "fr", """\
NUMERATION FORMULE SANGUINE   Pr\u00e9l\u00e8vement du 09/03/2026
Leucocytes : 7 450 /mm3 (4 000 - 10 000)
H\u00e9moglobine : 11,8 g/dL (12,0 - 16,0)
H\u00e9matocrite : 36,1 % (35,0 - 47,0)
Plaquettes : 398 000 /mm3 (150 000 - 400 000)
Polynucl\u00e9aires neutrophiles 68,0 % soit 5 066 /mm3 (1 500 - 7 000)
Lymphocytes 21,0 % soit 1 565 /mm3 (1 000 - 4 000)""", [
        ("hb", "11.8", "g/dL", "16"), ("hct", "36.1", "%", "47"), ("anc", "5.066", "10*9/L", "7"), ("alc", "1.565", "10*9/L", "4")],
        lower={"hb": "12", "hct": "35", "anc": "1.5", "alc": "1"},
        ask=[("wbc", "7 450 /mm3", "unit not listed for WBC; 7.45 is meant and may be read"),
             ("platelets", "398 000 /mm3", "/mm3 is not printed in the platelet row, = /uL which is; reading 398 (limit 400) is right")],
        note="09/03/2026 is 9 March in France; the date is ambiguous without the country"),
    block("fr-biochimie", "fr", """\
CRP : 4,6 mg/L (inf. \u00e0 5,0)
ASAT (GOT, TGO) : 24 UI/L (inf. \u00e0 35)
ALAT (GPT, TGP) : 31 UI/L (inf. \u00e0 35)
Phosphatases alcalines : 74 UI/L (30 - 120)
Bilirubine totale : 10 \u00b5mol/L (inf. \u00e0 21)
CPK : 112 UI/L (inf. \u00e0 170)
Cr\u00e9atinine : 8,1 mg/L soit 71,6 \u00b5mol/L
Albumine : 39,0 g/L (35 - 50)
Cholest\u00e9rol total : 1,93 g/L soit 5,00 mmol/L
Calprotectine f\u00e9cale : 118 \u00b5g/g (inf. \u00e0 50)""", [
        ("crp", "4.6", "mg/L", "5"), ("ast", "24", "U/L", "35"), ("alt", "31", "U/L", "35"), ("alp", "74", "U/L", "120"),
        ("bilirubin", "10/17.1", "mg/dL", "21/17.1"), ("cpk", "112", "U/L", "170"), ("albumin", "3.9", "g/dL", "5"), ("fcp", "118", "ug/g", "50")],
        lower={"alp": "30", "albumin": "3.5"},
        ask=[("creatinine", "8,1 mg/L soit 71,6 \u00b5mol/L", "two units, one not listed; 71.6 umol/L may be read; 8.1 mg/dL is a fault"),
             ("cholesterol", "1,93 g/L soit 5,00 mmol/L", "two units, one not listed; 5.00 mmol/L = 193.35 may be read")]),

    # Spanish
    block("es-analitica", "es", """\
Hemat\u00edes 4,51 10^6/\u00b5L
Hemoglobina 12,7 g/dL [12,0 - 16,0]
Hematocrito 38,2 % [36 - 46]
Leucocitos 8,91 10^3/\u00b5L [4,0 - 11,0]
Neutr\u00f3filos 6,02 10^3/\u00b5L [1,8 - 7,5]
Linfocitos 1,88 10^3/\u00b5L [1,0 - 4,0]
Plaquetas 355 10^3/\u00b5L [150 - 400]
PCR 0,62 mg/dL * [0,00 - 0,50]
GOT/AST 22 U/L [5 - 32]
GPT/ALT 27 U/L [5 - 33]
Fosfatasa alcalina 83 U/L [35 - 105]
Bilirrubina total 0,5 mg/dL [0,1 - 1,2]
Creatinina 0,74 mg/dL [0,5 - 0,9]
Alb\u00famina 4,0 g/dL [3,5 - 5,2]
Calprotectina fecal 288 \u00b5g/g * [< 50]""", [
        ("hb", "12.7", "g/dL", "16"), ("hct", "38.2", "%", "46"), ("wbc", "8.91", "10*9/L", "11"), ("anc", "6.02", "10*9/L", "7.5"),
        ("alc", "1.88", "10*9/L", "4"), ("platelets", "355", "10*9/L", "400"), ("crp", "6.2", "mg/L", "5"), ("ast", "22", "U/L", "32"),
        ("alt", "27", "U/L", "33"), ("alp", "83", "U/L", "105"), ("bilirubin", "0.5", "mg/dL", "1.2"), ("creatinine", "0.74", "mg/dL", "0.9"),
        ("albumin", "4.0", "g/dL", "5.2"), ("fcp", "288", "ug/g", "50")],
        lower={"hb": "12", "hct": "36", "wbc": "4", "anc": "1.8", "alc": "1", "platelets": "150", "crp": "0", "ast": "5", "alt": "5", "alp": "35",
               "bilirubin": "0.1", "creatinine": "0.5", "albumin": "3.5"},
        ignored=["Hemat\u00edes"], note="PCR is C-reactive protein in Spanish, Italian and Portuguese, the polymerase chain reaction in English"),
    block("es-line-miles", "es", "leucos 7,2 miles/\u00b5L, linfos 900/mm3, TG 1,24 mmol/L", [
        ("wbc", "7.2", "10*9/L", None), ("alc", "0.9", "10*9/L", None), ("triglycerides", "109.8268", "mg/dL", None)]),

    # Italian
    block("it-esami", "it", """\
Emoglobina            12,9 g/dL      12,0 - 16,0
Ematocrito            39,0 %         36,0 - 46,0
Leucociti             6,70 x10^3/\u00b5L  4,00 - 10,00
Neutrofili            4,10 x10^3/\u00b5L  2,00 - 7,00
Linfociti             1,75 x10^3/\u00b5L  1,00 - 3,50
Piastrine             298 x10^3/\u00b5L   150 - 400
Proteina C reattiva   2,1 mg/L       0,0 - 5,0
ALT (GPT)             19 UI/L        0 - 40
AST (GOT)             22 UI/L        0 - 40
Fosfatasi alcalina    68 UI/L        40 - 130
Bilirubina totale     0,61 mg/dL     0,20 - 1,20
Creatinina            0,70 mg/dL     0,50 - 1,00
Colesterolo totale    188 mg/dL      < 200
Colesterolo HDL       59 mg/dL       > 45
Trigliceridi          91 mg/dL       < 150
Calprotectina fecale  42 mg/kg       < 50""", [
        ("hb", "12.9", "g/dL", "16"), ("hct", "39", "%", "46"), ("wbc", "6.7", "10*9/L", "10"), ("anc", "4.1", "10*9/L", "7"),
        ("alc", "1.75", "10*9/L", "3.5"), ("platelets", "298", "10*9/L", "400"), ("crp", "2.1", "mg/L", "5"), ("alt", "19", "U/L", "40"),
        ("ast", "22", "U/L", "40"), ("alp", "68", "U/L", "130"), ("bilirubin", "0.61", "mg/dL", "1.2"), ("creatinine", "0.7", "mg/dL", "1"),
        ("cholesterol", "188", "mg/dL", "200"), ("hdl", "59", "mg/dL", None), ("triglycerides", "91", "mg/dL", "150"), ("fcp", "42", "ug/g", "50")],
        lower={"hb": "12", "hct": "36", "wbc": "4", "anc": "2", "alc": "1", "platelets": "150", "crp": "0", "alt": "0", "ast": "0", "alp": "40",
               "bilirubin": "0.2", "creatinine": "0.5", "hdl": "45"}),

    # Personal data: PRODUCT.md section 6 refuses it before anything is read
    block("phi-name", "en", "Smith, John DOB 04/05/1971 MRN 00123456\nCRP 12 mg/L\nHb 11.2 g/dL", [], whole="refuse",
          ask=[("crp", "CRP 12 mg/L", "the message carries a name, a date of birth and a record number")]),
    block("phi-de", "de", "Pat.: M\u00fcller, Anna, geb. 04.05.1971\nCRP 12 mg/l", [], whole="refuse",
          ask=[("crp", "CRP 12 mg/l", "name and date of birth")]),
]

# The same values in every unit system must give the same chart: pairs of block ids whose `read` values agree where both have the analyte.
SAME = [("uk-no-units-si-clinic", "uk-bloods")]
