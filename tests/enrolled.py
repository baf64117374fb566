"""One patient in the chat, in week 12: how they are enrolled, and seen."""

CODE = "CD-0042-I"
ENROLLED = """doctor: /settings
doctor: [Confirm: our organisation approved it]
doctor: /new CD-0042
doctor: [Colitis]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [None]
doctor: [Later]
doctor: [Later]
doctor: [Later]
doctor: [Yes]
doctor: 9.3.2026
doctor: [Later]
doctor: [Confirm]"""
# Everything until week 12 is done, and the dose after induction recorded.
UP_TO_DATE = f"""{ENROLLED}
doctor: /due {CODE}
doctor: [Done]
doctor: [All of these]
doctor: 9.3.2026
doctor: [One by one]
doctor: [End of induction, response: PMS, CRP, calprotectin]
doctor: [Done]
doctor: 4.5.2026
doctor: [Menu]
doctor: [Course]
doctor: [Dose]
doctor: 4.5.2026
doctor: [30 mg]
doctor: [Standard of the protocol]
doctor: [Confirm]"""


async def visit(line, *, labs="CRP 4 mg/L"):
    await line.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await line.taps(label)
    await line.says(labs)
    await line.taps("Confirm")
