"""Tocsin: the chain from the first report to the decision and what came of it, in one tool."""

__version__ = "0.1.0"
