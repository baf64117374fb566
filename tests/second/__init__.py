"""A second implementation of scores and endpoints, from the specification alone, to compare the first with."""

from .endpoints import endpoints
from .random_chart import random_chart
from .scores import scores

__all__ = ["endpoints", "random_chart", "scores"]
