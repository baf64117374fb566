"""The ulcerative colitis endoscopic index of severity, counted from 0."""

from flows.choices import Choice, OneOf
from flows.citations import TRAVIS_2012
from flows.questionnaire import Band, Disease, Questionnaire

UCEIS = Questionnaire(
    code="uceis",
    version=1,
    title="Endoscopic index of severity",
    short="UCEIS",
    disease=Disease.ULCERATIVE_COLITIS,
    recall="the day of the endoscopy, in the segment that looks worst",
    source=TRAVIS_2012,
    items=(
        OneOf(
            code="vascular",
            name="Vascular pattern",
            prompt="Vascular pattern, where it looks worst",
            choices=(
                Choice(0, "Normal", 0),
                Choice(1, "Patchy obliteration", 1),
                Choice(2, "Obliterated", 2),
            ),
        ),
        OneOf(
            code="bleeding",
            name="Mucosal bleeding",
            prompt="Bleeding, where it looks worst",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Mucosal", 1),
                Choice(2, "Luminal, mild", 2),
                Choice(3, "Luminal, moderate or severe", 3),
            ),
        ),
        OneOf(
            code="erosions",
            name="Erosions and ulcers",
            prompt="Erosions and ulcers, where it looks worst",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Erosions", 1),
                Choice(2, "Superficial ulcers", 2),
                Choice(3, "Deep ulcers", 3),
            ),
        ),
    ),
    bands=(Band(0, "remission"), Band(2, "mild"), Band(5, "moderate"), Band(7, "severe")),
)
