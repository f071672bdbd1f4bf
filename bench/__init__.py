"""Benchmarks: speed, memory and quality, printed as tables."""
