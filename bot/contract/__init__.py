"""The contract of `evaluate`: a chart is read from JSON and examined, and its report is written."""
