"""The kinds of item that a form is made of.

Each knows how to read an answer, what it scores and how it reads on a screen, and nothing else.
"""

from flows.choices import AnyOf, OneOf
from flows.counts import Count, Diary
from flows.dated import Code, Day, Samples
from flows.measures import Quantity, Stature
from flows.segments import Segment

Item = OneOf | AnyOf | Count | Diary | Quantity | Stature | Segment | Day | Code | Samples
