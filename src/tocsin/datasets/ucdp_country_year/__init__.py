"""Deaths in organized violence by country and year."""
