"""Text in; documents with their items, and figures with what they count, out. By rule, and every span leads back."""

from tocsin.stages.extract.document import Extracted, FoundFigure, Part, extract_document
from tocsin.stages.extract.lexicon import HARM_KINDS
from tocsin.stages.extract.places import Gazetteer

__all__ = ["HARM_KINDS", "Extracted", "FoundFigure", "Gazetteer", "Part", "extract_document"]
