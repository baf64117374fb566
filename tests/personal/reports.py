"""Laboratory reports drawn from a seed: names, values, flags, reference ranges and days of sampling, and no person."""

from random import Random

ANALYTES = (
    ("CRP", "mg/L", "0-5", 0.3, 180),
    ("Hb", "g/dL", "12.0-16.0", 7, 17),
    ("Haemoglobin", "g/L", "115 - 165", 70, 170),
    ("Leukozyten", "Gpt/l", "4,0 - 10,0", 1, 15),
    ("WBC", "10*9/L", "4.0-11.0", 1, 15),
    ("Neutrophils", "x10^9/L", "(2.0-7.5)", 0.4, 9),
    ("Lymphocytes abs.", "/µL", "1000-3500", 200, 4000),
    ("Lymphozyten", "%", "20-45", 4, 50),
    ("Plaquettes", "G/L", "150 - 400", 90, 620),
    ("Thrombozyten", "/nl", "[150-400]", 90, 620),
    ("PLT", "K/uL", "150-450", 90, 620),
    ("ALT (GPT)", "U/L", "< 35", 8, 300),
    ("AST", "UI/L", "<= 40", 8, 300),
    ("АЛТ", "Ед/л", "до 40", 8, 300),
    ("Gamma-GT", "U/l", "<60", 8, 200),
    ("Bilirubin, total", "mg/dL", "0.2 - 1.2", 0.2, 4),
    ("Creatinina", "mg/dL", "0,50-1,00", 0.4, 2),
    ("Kreatinin", "µmol/l", "45 - 84", 40, 160),
    ("Albumin", "g/L", "35-50", 20, 50),
    ("LDL cholesterol", "mmol/L", "< 3.0", 1, 6),
    ("Triglycerides", "mg/dL", "<150", 40, 400),
    ("CK", "U/L", "30 - 190", 30, 900),
    ("Ferritin", "ng/mL", "15 - 150", 4, 300),
    ("Calprotectin", "µg/g", "< 50", 10, 1800),
    ("Kalprotektyna", "mg/kg", "0 - 50", 10, 1800),
    ("RBC", "/uL", "3800000-5200000", 3_000_000, 5_500_000),
)
HEADINGS = (
    "",
    "Blood count",
    "Klinische Chemie",
    "Bilan biologique",
    "Hemograma",
    "LABORATORY REPORT",
    "Final report, page 1 of 2",
    "Patient: Q7K-4M",
    "Code CD-0042-X",
    "Sex: F  Age: 45",
)
DAYS = (
    "{d:02}.{m:02}.{y}",
    "{d}.{m}.{y}",
    "{d:02}/{m:02}/{y}",
    "{y}-{m:02}-{d:02}",
    "{d} May {y}",
    "{y}-{m:02}-{d:02} 07:{d:02}",
    "{d:02}.{m:02}.{y} 08:{m:02}:{d:02}",
    "{d:02}-Mar-{y}",
    "{d:02}.{m:02}.26",
    "{y}{m:02}{d:02}07{d:02}00",
)
COLLECTED = ("Collected:", "Abnahme", "Prélèvement du", "Data prelievo", "Date:", "", "Дата забора:")
SEPARATORS = (" ", "  ", "\t", ";", " | ", "     ", ", ")
FLAGS = ("", "", "", " H", " L", " *", " HH", "+", " ↑")


def report(draw: Random) -> str:
    """One report; one in four is a table of a course."""
    heading = draw.choice(HEADINGS)
    lines = [heading] if heading else []
    if draw.random() < 0.6:
        lines.append(f"{draw.choice(COLLECTED)} {_day(draw)}".strip())
    course = draw.random() < 0.25
    separator = draw.choice(SEPARATORS)
    analytes = draw.sample(ANALYTES, draw.randint(2, 9))
    if course:
        lines.append(separator.join(_day(draw) for _ in range(3)))
    lines.extend(_line(draw, each, separator, draw.randint(3, 9) if course else 1) for each in analytes)
    return "\n".join(lines)


def _line(draw: Random, analyte: tuple[str, str, str, float, float], separator: str, times: int) -> str:
    name, unit, limits, low, high = analyte
    values = separator.join(_number(draw, low, high) for _ in range(times))
    columns = [name, values + draw.choice(FLAGS), unit, limits if draw.random() < 0.8 else ""]
    return separator.join(column for column in columns if column)


def _number(draw: Random, low: float, high: float) -> str:
    value = low + (high - low) * draw.random() ** 2
    digits = 0 if high > 400 or draw.random() < 0.3 else draw.choice((1, 1, 2))
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if draw.random() < 0.4 else written


def _day(draw: Random) -> str:
    return draw.choice(DAYS).format(d=draw.randint(1, 28), m=draw.randint(1, 12), y=draw.randint(2019, 2027))
