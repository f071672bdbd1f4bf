"""Texts from a folder."""
