"""Bring your own list of victims."""
