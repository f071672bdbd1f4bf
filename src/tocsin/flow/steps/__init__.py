"""One step a stage: read the tables it needs, call the stage's pure functions, return its tables."""
