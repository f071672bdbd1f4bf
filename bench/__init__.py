"""Measures speed, memory and quality against peers and prints the tables."""
