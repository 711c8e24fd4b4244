"""Benchmarks: run by hand on a quiet machine, `python -m tests.bench.<name>`."""
