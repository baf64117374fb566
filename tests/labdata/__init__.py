"""Laboratory data made by hand from the specification, before and apart from the code."""
