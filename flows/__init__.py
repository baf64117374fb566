"""The clinical core, pure: questionnaires, state machines, protocol rules. No I/O and no clock."""
