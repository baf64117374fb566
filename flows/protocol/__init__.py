"""The protocol's rules, beside those of other authorities where they differ."""

# The version that reports carry; a change of any rule makes a new one.
PROTOCOL_VERSION = "smolecule-2026-02"
