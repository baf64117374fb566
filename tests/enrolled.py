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
doctor: [Confirm]"""


async def visit(line, *, labs="CRP 4 mg/L"):
    await line.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await line.taps(label)
    await line.says(labs)
    await line.taps("Confirm")
