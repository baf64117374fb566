"""How people and laboratory systems write units, and what must not be read as a unit.

Section 5 of CLINICAL.md lists units, not spellings, so every spelling is this file's own; each has one physical meaning.
Invisible characters are escaped: 00a0 no-break, 2009 thin, 202f narrow no-break space. b5 is the micro sign, 3bc the Greek letter.
"""

# Tables, kept as they were made.
# fmt: off
# ruff: noqa

MASS = ("hb", "albumin")
COUNTS = ("anc", "alc", "wbc", "platelets")
LIPIDS = ("cholesterol", "ldl", "hdl", "triglycerides")

# canonical spelling: (analytes for which it is listed, ways of writing it)
SPELLINGS = {
    "mg/L": (("crp",), [
        "mg/L", "mg/l", "MG/L", "Mg/l", "mg / L", "mg/\u2009L", "mg L-1", "mg\u00b7L\u207b\u00b9", "mg/ltr", "mg/Liter", "mg per L",
        "mg per litre", "milligrams per liter", "mg.l-1", "mg/L.", "mg\u2044L",
    ]),
    "mg/dL": (("crp", "bilirubin", "creatinine", *LIPIDS), [
        "mg/dL", "mg/dl", "MG/DL", "mg/Dl", "mg / dl", "mg/\u202fdL", "mg dL-1", "mg\u00b7dL\u207b\u00b9", "mg/100 ml", "mg/100mL",
        "mg per dL", "mg/deciliter", "milligrams per decilitre", "mg.dl-1", "mgs/dL",
    ]),
    "ug/g": (("fcp",), [
        "ug/g", "\u00b5g/g", "\u03bcg/g", "mcg/g", "UG/G", "\u00b5g/G", "\u00b5g / g", "mcg/gm", "\u00b5g/g Stuhl", "ug/g stool",
        "\u00b5g/g feces", "\u00b5g/g selles", "\u00b5g/g heces", "\u00b5g/g feci", "micrograms per gram", "\u00b5g per g", "ug/gram",
    ]),
    "mg/kg": (("fcp",), [
        "mg/kg", "mg/Kg", "MG/KG", "mg / kg", "mg/\u00a0kg", "mg kg-1", "mg\u00b7kg\u207b\u00b9", "mg per kg", "mg/kg Stuhl", "mg/kg stool",
        "milligrams per kilogram",
    ]),
    "g/dL": (MASS, [
        "g/dL", "g/dl", "G/DL", "G/dL", "gm/dL", "gr/dl", "g / dl", "g/\u2009dL", "gm%", "g%", "g/100 ml", "g dL-1", "g\u00b7dL\u207b\u00b9",
        "grams per deciliter", "g per dl", "gms/dL",
    ]),
    "g/L": (MASS, [  # the same letters in capitals mean 10*9/L for a count: see IN_CONTEXT
        "g/L", "g/l", "gm/L", "gr/L", "g / L", "g/\u2009l", "g L-1", "g\u00b7L\u207b\u00b9", "g/Liter", "g per litre", "grams per liter",
        "g.l-1",
    ]),
    "mmol/L": (("hb", *LIPIDS), [
        "mmol/L", "mmol/l", "MMOL/L", "Mmol/l", "mmol / L", "mmol/\u2009L", "mmol L-1", "mmol\u00b7L\u207b\u00b9", "mmol per L", "mmol/Liter",
        "millimol/L", "millimoles per litre", "mmoles/L", "mM",
    ]),
    "umol/L": (("bilirubin", "creatinine"), [
        "umol/L", "\u00b5mol/L", "\u03bcmol/l", "UMOL/L", "mcmol/L", "micromol/L", "\u00b5mol / l", "\u00b5mol/\u2009L", "\u00b5mol L-1",
        "\u00b5mol\u00b7L\u207b\u00b9", "micromoles per litre", "umol per L", "\u00b5moles/L", "\u00b5M", "uM",
    ]),
    "%": (("hct",), [
        "%", " %", "\u2009%", "\uff05", "percent", "per cent", "pct", "Vol%", "vol.-%", "Vol.%", "Prozent", "% v/v",
    ]),
    "L/L": (("hct",), [
        "L/L", "l/l", "L/l", "l / l", "l/L", "L\u2044L", "L L-1", "litre/litre", "liter/liter", "L per L",
    ]),
    "10*9/L": (COUNTS, [
        "10*9/L", "10^9/L", "10\u2079/L", "10\u2079/l", "x10^9/L", "\u00d710\u2079/L", "\u00d7\u200910\u2079/L", "*10^9/L", "x 10^9 / L",
        "10E9/L", "10e9/l", "x10E9/L", "x10e9/L", "1e9/L", "10**9/L", "10(9)/L", "10exp9/L", "G/L", "G/l", "Gpt/L", "Gpt/l", "GPT/L", "giga/L",
        "Giga/l", "/nl", "/nL", "cells x10^9/L", "x10(9)/L", "10^9 cells/L", "10 9/L", "10^9 per L", "\u00b710^9/L", "X10*9/L",
    ]),
    "10*3/uL": (COUNTS, [  # numerically 10*9/L
        "10*3/uL", "10^3/uL", "10\u00b3/\u00b5L", "10\u00b3/\u03bcl", "x10^3/uL", "\u00d710\u00b3/\u00b5L", "x10E3/uL", "10e3/\u00b5l",
        "K/uL", "K/\u00b5L", "k/ul", "K/mcL", "x10^3/mcL", "thou/uL", "Thousand/uL", "thousands/\u00b5L", "K/mm3", "10^3/mm3", "10\u00b3/mm\u00b3",
        "x10(3)/mcL", "Tsd/\u00b5l", "Tsd./\u00b5l", "mila/\u00b5L", "miles/\u00b5L", "10**3/uL", "1e3/uL", "THOU/MM3", "10^3/cmm",
    ]),
    "/uL": (("anc", "alc", "platelets"), [  # section 5 lists it for these three
        "/uL", "/\u00b5L", "/\u03bcl", "/ul", "/UL", "/mcL", "/mcl", "cells/\u00b5L", "cells/uL", "cells / mcL", "Zellen/\u00b5l", "cellules/\u00b5L",
        "c\u00e9lulas/\u00b5L", "cellule/\u00b5L", "per \u00b5L", "per microliter", "cells per microlitre", "#/uL", "1/\u00b5l", "/\u2009\u00b5L",
        "n/\u00b5L",
    ]),
    "/mm3": (("anc", "alc", "platelets"), [  # = /uL
        "/mm3", "/mm\u00b3", "/mm^3", "cells/mm3", "cells/mm\u00b3", "/cmm", "/cu mm", "/cu.mm", "cells/cumm", "per mm3", "per cubic millimetre",
        "/MM3", "/mmc", "c\u00e9l/mm3", "el/mm3", "1/mm\u00b3",
    ]),
    "U/L": (("alt", "ast", "alp", "cpk"), [
        "U/L", "U/l", "u/l", "u/L", "IU/L", "IU/l", "iu/L", "UI/L", "UI/l", "ui/l", "IE/l", "E/l", "U / L", "U/\u2009L", "units/L",
        "Units per litre", "U L-1", "U\u00b7L\u207b\u00b9", "I.U./L", "U.I./L",
    ]),
    "ukat/L": (("alt", "ast", "alp"), [
        "ukat/L", "\u00b5kat/L", "\u03bckat/l", "\u00b5kat/l", "ukat/l", "UKAT/L", "mckat/L", "microkat/L", "\u00b5katal/L", "\u00b5kat / L",
        "\u00b5kat\u00b7L\u207b\u00b9", "microkatal per litre",
    ]),
    "mL/min/{1.73_m2}": (("egfr",), [
        "mL/min/{1.73_m2}", "mL/min/1.73 m2", "mL/min/1.73m\u00b2", "ml/min/1,73 m\u00b2", "ml/min/1.73m2", "mL/min/1.73m^2", "ML/MIN/1.73M2",
        "ml/min/1,73m2", "mL/min per 1.73 m\u00b2", "ml/min/1.73 sqm", "mL/min/1.73 sq m", "ml\u00b7min\u207b\u00b9\u00b71.73 m\u207b\u00b2",
        "mL/min/1.73\u2009m\u00b2", "ml/min/1.73", "mL/min/1.73qm",
    ]),
}

# The same letters mean one thing for one analyte and another elsewhere: (spelling, analyte, canonical or "ask").
IN_CONTEXT = [
    ("G/L", "platelets", "10*9/L"),
    ("G/l", "wbc", "10*9/L"),
    ("G/L", "anc", "10*9/L"),
    ("Gpt/l", "alc", "10*9/L"),
    ("g/L", "hb", "g/L"),
    ("G/L", "hb", "g/L"),  # capitals of a laboratory printer; giga per litre has no meaning for a mass
    ("G/L", "albumin", "g/L"),
    ("G/DL", "hb", "g/dL"),
    ("g/l", "platelets", "ask"),  # a mass for a count; usually G/L in small letters, but it must not be assumed. 10*9/L after a yes
    ("g/l", "wbc", "ask"),
    ("M/L", "wbc", "ask"),  # 10*6/L = /uL by SI, but also typed for 10*9/L
    ("U/L", "alt", "U/L"),
    ("/UL", "alc", "/uL"),
    ("UL", "platelets", "ask"),  # the unit /uL without its stroke, or U/L
    ("%", "hct", "%"),
    ("%", "alc", "ask"),  # section 5: "a per-cent sign or 'lymphocytes 22' (offer WBC x %)"
    ("%", "anc", "ask"),
    ("mmol/L", "hb", "mmol/L"),
    ("mmol/L", "triglycerides", "mmol/L"),
    ("mM", "ldl", "mmol/L"),
    ("mg/L", "crp", "mg/L"),
    ("mg%", "crp", "mg/dL"),  # mg per 100 mL; old, still typed in Italy and India. Refusing is also defensible
    ("mg%", "bilirubin", "mg/dL"),
    ("K", "platelets", "ask"),  # "250K": thousands per uL is meant, no volume is written
    ("Tsd", "platelets", "ask"),
    ("10*9", "wbc", "ask"),  # no volume
    ("10^3", "platelets", "ask"),
]

# Must be refused or asked about, never converted: (spelling, analyte, "ask" | "refuse" | "either", reason).
# "ask": one or two listed units are a likely intention. "refuse": no listed unit can be meant. A test may accept either for all of them.
REFUSED = [
    ("mg", "crp", "ask", "no volume: mg/L or mg/dL"),
    ("g", "hb", "ask", "no volume: g/L or g/dL"),
    ("/L", "wbc", "refuse", "cells per litre without the power of ten"),
    ("mg/mL", "crp", "refuse", "1000 times mg/L; not a CRP unit, probably a slip for mg/L or mg/dL"),
    ("ug/mL", "crp", "refuse", "equals mg/L in number, but it is not listed"),
    ("ng/mL", "crp", "refuse", "not listed; = ug/L"),
    ("nmol/L", "crp", "refuse", "CRP in nmol/L needs a molar mass the specification does not give"),
    ("mmol/L", "crp", "refuse", "not a CRP unit"),
    ("g/L", "crp", "refuse", "1000 times mg/L"),
    ("mg/kg", "crp", "refuse", "a stool unit"),
    ("U/L", "crp", "refuse", "an enzyme unit"),
    ("m/L", "crp", "ask", "letters lost: mg/L?"),
    ("mg/l/dl", "crp", "ask", "both units written"),
    ("mg/L or mg/dL", "crp", "ask", "both units written"),
    ("mgl", "crp", "ask", "stroke lost: mg/L or mg/dL by a slip"),
    ("ug/L", "fcp", "refuse", "per litre of what? calprotectin in serum or extract"),
    ("mg/L", "fcp", "refuse", "extract or serum calprotectin, not per gram of stool"),
    ("ug/mL", "fcp", "refuse", "serum calprotectin"),
    ("ng/mL", "fcp", "refuse", "serum calprotectin"),
    ("mg/g", "fcp", "refuse", "1000 times ug/g"),
    ("ng/g", "fcp", "refuse", "a thousandth of ug/g; not listed"),
    ("g/kg", "fcp", "refuse", "1000 times mg/kg"),
    ("ug", "fcp", "ask", "per gram is missing"),
    ("ug/kg", "fcp", "refuse", "a thousandth of ug/g"),
    ("ug/100mg", "fcp", "refuse", "a tenth of the number in ug/g"),
    ("g/mL", "hb", "refuse", "100 times g/dL"),
    ("mg/dL", "hb", "refuse", "1000 times smaller than g/dL"),
    ("g/cL", "hb", "refuse", "centilitre"),
    ("mol/L", "hb", "refuse", "1000 times mmol/L"),
    ("umol/L", "hb", "refuse", "a thousandth of mmol/L; plasma free haemoglobin"),
    ("mmol/L Hb4", "hb", "refuse", "per tetramer: four times 1.611, 6.45 g/dL; the factor of section 5 is the monomer's"),
    ("%", "hb", "refuse", "an old unit of haemoglobin (Sahli), or HbA1c typed as Hb"),
    ("mmol/mol", "hb", "refuse", "that is HbA1c"),
    ("g/dL", "hct", "refuse", "that is haemoglobin"),
    ("mL/dL", "hct", "refuse", "equals per cent in number; not listed"),
    ("fL", "hct", "refuse", "that is the mean cell volume"),
    ("ratio", "hct", "ask", "probably L/L"),
    ("10^6/uL", "wbc", "refuse", "a red-cell unit, 1000 times too large"),
    ("10^12/L", "platelets", "refuse", "a red-cell unit"),
    ("T/L", "wbc", "refuse", "tera per litre: a red-cell unit"),
    ("M/uL", "platelets", "refuse", "millions per uL: a red-cell unit"),
    ("Mio/\u00b5l", "wbc", "refuse", "German millions: red cells"),
    ("mill/mm3", "platelets", "ask", "Spanish: millones (millions) or miles (thousands)"),
    ("10^9/mL", "wbc", "refuse", "1000 times 10*9/L"),
    ("10^9/dL", "anc", "refuse", "10 times 10*9/L"),
    ("10^3/L", "platelets", "refuse", "a millionth of the usual; litre typed for microlitre"),
    ("10^3/mL", "anc", "refuse", "a thousandth of 10*3/uL"),
    ("10^8/L", "wbc", "refuse", "a wrong exponent"),
    ("109/L", "platelets", "ask", "superscript lost in a paste: 10^9/L is likely, but 312 109/L could be two numbers; reading it as 10*9/L after an echo is defensible"),
    ("103/uL", "wbc", "ask", "superscript lost in a paste: 10^3/uL"),
    ("x109/L", "platelets", "ask", "superscript lost in a paste"),
    ("10-9/L", "wbc", "ask", "10 to the minus 9"),
    ("/hpf", "wbc", "refuse", "per high-power field: urine"),
    ("/field", "wbc", "refuse", "urine sediment"),
    ("/ml", "alc", "refuse", "1000 times fewer than /uL"),
    ("/100 WBC", "anc", "refuse", "a per-cent of another count"),
    ("cells", "alc", "ask", "no volume"),
    ("mU/L", "alt", "refuse", "a thousandth of U/L; hormones"),
    ("kU/L", "ast", "refuse", "1000 times U/L"),
    ("U/mL", "alp", "refuse", "1000 times U/L"),
    ("U/dL", "alt", "refuse", "ten times U/L"),
    ("kat/L", "alt", "refuse", "a million times ukat/L"),
    ("mkat/L", "alt", "refuse", "millikatal by SI, microkatal by slip"),
    ("mg/dL", "alt", "refuse", "an enzyme has no mass unit here"),
    ("KA units", "alp", "refuse", "King-Armstrong units"),
    ("ng/mL", "cpk", "refuse", "CK-MB mass, another analyte"),
    ("mmol/L", "bilirubin", "refuse", "1000 times umol/L"),
    ("nmol/L", "bilirubin", "refuse", "a thousandth of umol/L"),
    ("mol/L", "creatinine", "refuse", "a million times umol/L; the micro sign was dropped?"),
    ("mmol/L", "creatinine", "refuse", "urine creatinine, or 1000 times umol/L"),
    ("mg/mmol", "creatinine", "refuse", "a ratio in urine"),
    ("g/24h", "creatinine", "refuse", "a urine collection"),
    ("mL/min", "creatinine", "refuse", "that is a clearance"),
    ("mL/min", "egfr", "ask", "not per 1.73 m2: a Cockcroft-Gault clearance, or the area left out"),
    ("mL/s", "egfr", "refuse", "not per 1.73 m2, and seconds"),
    ("%", "egfr", "refuse", "not a filtration rate"),
    ("umol/L", "ldl", "refuse", "a thousandth of mmol/L"),
    ("mEq/L", "cholesterol", "refuse", "an electrolyte unit"),
    ("mmol/mol", "hdl", "refuse", "a ratio"),
    ("mg/g", "albumin", "refuse", "urine albumin to creatinine"),
    ("mg/L", "albumin", "refuse", "urine albumin"),
    ("%", "albumin", "refuse", "a share in electrophoresis"),
    ("umol/L", "albumin", "refuse", "not listed; about 15.1 umol/L per g/L"),
    ("xyz", "crp", "refuse", "unknown"),
    ("", "crp", "either", "no unit: the clinic's, if the number is not suspicious (section 5, order 1); never mg/dL by guess"),
    ("mg/L mg/L", "crp", "either", "twice the same; harmless, but no spelling"),
    ("\ufffdg/g", "fcp", "ask", "the micro sign was lost in a character set: ug/g is likely; reading it after an echo is defensible"),
    ("?mol/L", "creatinine", "ask", "the micro sign was lost: umol/L, mmol/L or nmol/L"),
    ("mol/L", "bilirubin", "refuse", "the micro sign dropped by a Latin-1 export: umol/L is likely, but a silent million"),
    ("g/g", "fcp", "refuse", "the micro sign dropped by an export"),
    ("kat/L", "alp", "refuse", "the micro sign dropped by an export"),
    ("/L", "platelets", "refuse", "/uL whose micro sign was dropped"),
]
