"""Makes names comparable across spellings, romanisations and scripts; the original string is always kept elsewhere."""

from tocsin.stages.link.names.keys import NameKeys, name_keys, normalise, skeleton
from tocsin.stages.link.names.parts import NameParts, split_name
from tocsin.stages.link.names.script import script_of

__all__ = ["NameKeys", "NameParts", "name_keys", "normalise", "script_of", "skeleton", "split_name"]
