"""The rows of the small workspace that pages are built from: one file per subject, each with `add(content)`."""
