"""Measures speed, memory and quality; prints tables, asserts nothing."""
