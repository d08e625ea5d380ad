"""Figures of a whole install on this machine: `python -m benchmarks`. Nothing here asserts."""
