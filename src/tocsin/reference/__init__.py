"""Facts that ship with Tocsin, each with source, licence and date.

What nobody has checked is left out; functions that hold such facts take `include_unchecked=True`.
Every result is cached and frozen.
"""

from tocsin.reference.bodies import UNITED_NATIONS, regional_body
from tocsin.reference.checklist import Checklist, ChecklistHeading, ChecklistItem, government_checklist
from tocsin.reference.coding import CodedFact, act_indicators, framework_coding
from tocsin.reference.confidence import CONFIDENCES
from tocsin.reference.council import Resolution, Veto, resolutions, vetoes
from tocsin.reference.facts import (
    DOCUMENT_DATES,
    Fact,
    FoundingSituation,
    fact_from_row,
    founding_facts,
    founding_situations,
    situation_from_row,
)
from tocsin.reference.files import data_path, read_text
from tocsin.reference.framework import Framework, FrameworkIndicator, RiskFactor, Topic, framework
from tocsin.reference.indicator_sets import IndicatorSet, SetIndicator, indicator_sets
from tocsin.reference.listed import IccSituation, PopulationAtRisk, icc_situations, populations_at_risk
from tocsin.reference.projection import equal_earth
from tocsin.reference.sources import Source, sources
from tocsin.reference.states import FocalPoint, Position, focal_points, positions
from tocsin.reference.territories import Territory, find_territory, territories, territory, territory_by_number
from tocsin.reference.toolbox import Measure, Precedent, StudyCounts, Toolbox, measure, toolbox
from tocsin.reference.treaties import Treaty, treaties
from tocsin.reference.worldmap import MapShape, WorldMap, world_map

__all__ = [
    "CONFIDENCES",
    "DOCUMENT_DATES",
    "UNITED_NATIONS",
    "Checklist",
    "ChecklistHeading",
    "ChecklistItem",
    "CodedFact",
    "Fact",
    "FocalPoint",
    "FoundingSituation",
    "Framework",
    "FrameworkIndicator",
    "IccSituation",
    "IndicatorSet",
    "MapShape",
    "Measure",
    "PopulationAtRisk",
    "Position",
    "Precedent",
    "Resolution",
    "RiskFactor",
    "SetIndicator",
    "Source",
    "StudyCounts",
    "Territory",
    "Toolbox",
    "Topic",
    "Treaty",
    "Veto",
    "WorldMap",
    "act_indicators",
    "data_path",
    "equal_earth",
    "fact_from_row",
    "find_territory",
    "focal_points",
    "founding_facts",
    "founding_situations",
    "framework",
    "framework_coding",
    "government_checklist",
    "icc_situations",
    "indicator_sets",
    "measure",
    "populations_at_risk",
    "positions",
    "read_text",
    "regional_body",
    "resolutions",
    "situation_from_row",
    "sources",
    "territories",
    "territory",
    "territory_by_number",
    "toolbox",
    "treaties",
    "vetoes",
    "world_map",
]
