"""The facts of the four founding documents, as situations, figures, measures and events."""
