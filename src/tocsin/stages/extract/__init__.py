"""Text in; documents with their items, figures with what they count, and measures asked for or taken, out. By rule, and every span leads back.

- `extract_document`: reads one text (`Extracted`) into `Part`s, `FoundFigure`s and `FoundMeasure`s.
- `Gazetteer`: the names of places that a text may speak of.
- `disagreements`: figures of different texts that can't both be right.
- `find_language`: the language of a text.
- `HARM_KINDS`: what figures of harm may count.
"""

from tocsin.stages.extract.disagree import disagreements
from tocsin.stages.extract.document import Extracted, FoundFigure, FoundMeasure, Part, extract_document
from tocsin.stages.extract.language import find_language
from tocsin.stages.extract.lexicon import HARM_KINDS
from tocsin.stages.extract.places import Gazetteer

__all__ = [
    "HARM_KINDS",
    "Extracted",
    "FoundFigure",
    "FoundMeasure",
    "Gazetteer",
    "Part",
    "disagreements",
    "extract_document",
    "find_language",
]
