"""Onset of mass killing: country-years in, chances out, scored against the published forecasts of the same rows."""
