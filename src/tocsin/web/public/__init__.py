"""Pages anyone may read: published data only."""
