"""The command line: one file a command, in the order of the path."""

from tocsin.cli.main import main

__all__ = ["main"]
