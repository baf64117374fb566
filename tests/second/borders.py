"""What the random charts are made of: days, values and drops at and beside every border of CLINICAL.md."""

INSTRUMENTS = {
    "CD": ("hbi", "hbi", "cdai", "cdai", "ses_cd", "ses_cd", "pro2_cd", "pro2_cd"),
    "UC": ("partial_mayo", "partial_mayo", "mayo", "mayo", "mes", "uceis", "sccai"),
}
# Days from the first dose, at and beside every border of CLINICAL.md 2.
BEFORE = (0, 0, -1, -14, -34, -35, -36, -59, -60, -61, -89, -90, -91, -200, -364, -365, -366, -500)
# Days before the first dose of which the month may lie before it, hold it, or be too old in part or wholly.
MONTHS_BEFORE = (0, 15, 31, 31, 45, 60, 75, 120, 330, 335, 345, 365, 380)
AFTER = (1, 2, 14, 56, 84, 180)
# Days before today: 14 for a score, 35 for a biomarker.
AGO = (0, 0, 1, 7, 13, 14, 15, 34, 35, 36, 90)

LABS = {
    "crp": [
        (value, unit, limit)
        for unit, values in {
            "mg/L": (0, 2, 4.9, 5, 5.0, 5.1, 8, 8.1, 18, "<5", "<5.1", "<6", "<3", ">5", ">4", ">100"),
            "mg/dL": (0.2, 0.5, 0.51, 0.8, 1.2, "<0.5"),
            None: (3, 5, 6),
        }.items()
        for value in values
        for limit in ((None, 5, 8, 3, 10.0) if unit != "mg/dL" else (None, 0.5, 0.8))
    ],
    "fcp": [
        (value, unit, limit)
        for unit in ("ug/g", "ug/g", "mg/kg", None)
        for value in (20, 50, 51, 100, 249, 250, 250.5, 251, 850, "<30", "<250", "<251",
        "<300", ">249", ">250", ">1800")
        for limit in (None, None, 50, 50.0, 100, 250, 300)
    ],
}  # fmt: skip
# Around the drop that each response or remission asks for.
DROPS = {
    "hbi": (0, 1, 2, 3, 3, 4, -2),
    "cdai": (50, 99, 100, 100, 101, 150, -20),
    "partial_mayo": (0, 1, 2, 2, 3, -1),
    "mayo": (0, 1, 2, 3, 4, -1),
    "ses_cd": (0, 1, 2, 2, 3, -1),
}
MEDICATION = (
    "corticosteroid",
    "budesonide",
    "biologic",
    "jak_inhibitor",
    "azathioprine",
    "ciclosporin",
)


ACCEPTABLE = ("hbi", "cdai", "partial_mayo", "ses_cd", "mes", "crp", "fcp", "mayo", "pro2_cd")


BAD = {
    "hbi": {"pain": 4},
    "cdai": {"pain7": 22},
    "pro2_cd": {"ap_avg": 3.1},
    "mes": {"mes": 4},
    "uceis": {"vascular": 3},
    "sccai": {"night": 1.5},
}
