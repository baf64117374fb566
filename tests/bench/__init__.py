"""How fast, how big, how soon: Quiesce side by side with bare python-telegram-bot, on this machine, in one run.

Machines and hours differ by a quarter, so the contestants take turns, round by round, and only ratios of one round
and medians over the rounds count. Linux only: CPU and memory are read from /proc.
"""
