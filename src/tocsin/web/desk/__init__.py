"""Pages where people work, behind a login."""
