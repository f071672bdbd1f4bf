"""Population, infant mortality, income and trade by country and year."""
