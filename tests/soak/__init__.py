"""The long tests: random kills, crash points in numbers, fuzzed updates, updates duplicated and reordered."""
