"""The phrases that stand between a number and its verb: whom it counts, where, and what is said aside."""

from __future__ import annotations

from tocsin.stages.extract import lexicon as words

NAME = r"(?:(?:the|an?|its|their|this|that|his|her)\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+|(?-i:[A-Z])[\w’'.-]*(?:\s+(?-i:[A-Z])[\w’'.-]*){0,3})"
PLACE = rf"(?:\s+(?:in|from|at|of|near|around|across|inside|within|outside|throughout)\s+{NAME})?"
ASIDE = r"(?:\s*\([^()]{0,60}\)|,[^,;.]{0,50},)?"
OF = r"(?:\s+of\s+(?:the|its|their|these|those|them|whom)\b)?"
PEOPLE = rf"{OF}(?:\s+(?:more|further|additional|another|other))?\s+(?P<noun>{words.MODIFIERS}(?:{words.HUMAN}))\b"
