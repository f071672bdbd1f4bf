"""One writer a form of publication; called from publish/release.py only."""
