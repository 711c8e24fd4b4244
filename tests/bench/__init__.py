"""Benchmarks, to be run by hand on a quiet machine.

`python -m tests.bench` sets the bot beside a bare discord.py client; `python -m tests.bench.<name>` the rest.
"""
