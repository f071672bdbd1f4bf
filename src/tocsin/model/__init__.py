"""The words every room uses: tables, identifiers, dates, grades and errors.

Standard library and pyarrow schemas only, so that any room may import it.
"""
