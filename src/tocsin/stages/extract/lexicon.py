"""The words that say what a number counts: one pattern a kind, in English.

Adding a kind is adding a line here. Every pattern is anchored to the number by `counts`, looks at no more
than one clause, and has no nested repetition, so that a hostile text can't make it slow.
"""

from __future__ import annotations

import re

#: Kinds that say what was done to people: the ones that precision is measured on.
HARM_KINDS = (
    "killed", "injured", "casualties", "missing", "displaced", "refugees", "idps", "in_need", "not_reached",
    "homes_destroyed", "abducted", "raped", "detained",
)  # fmt: skip

_HUMAN = (
    "people", "persons?", "individuals?", "civilians?", "non-combatants?", "men", "women", "children", "child", "boys?", "girls?",
    "minors", "infants", "babies", "youths?", "teenagers?", "adults?", "residents?", "villagers?", "inhabitants?", "citizens?",
    "nationals?", "souls", "protest[eo]rs?", "demonstrators?", "marchers", "mourners?", "worshippers?", "pilgrims?", "students?",
    "pupils?", "schoolgirls?", "schoolchildren", "teachers?", "doctors?", "nurses?", "journalists?", "activists?", "lawyers?",
    "workers?", "farmers?", "herders?", "traders?", "prisoners?", "detainees?", "captives?", "hostages?", "victims?", "survivors?",
    "patients?", "passengers?", "soldiers?", "troops", "fighters?", "combatants?", "rebels?", "militants?", "militiamen",
    "insurgents?", "gunmen", "police", "policemen", "officers?", "peacekeepers?", "members?", "leaders?", "officials?", "elders?",
    "relatives?", "migrants?", "families", "households?", "supporters?", "opponents?", "staff", "others?", "believers", "neighbou?rs",
    "inmates?", "commanders?", "suspects?", "evacuees", "fishermen", "fishers", "miners?", "drivers?", "guards?", "priests?", "nuns?",
    "pastors?", "clerics?", "imams?", "bystanders?", "shoppers?", "mothers?", "fathers?", "parents", "toddlers?", "newborns?",
    "commuters?", "tribesmen", "herdsmen", "attackers?", "assailants?", "terrorists?", "jihadists?", "paramedics?", "medics?",
    "rescuers?", "candidates?", "politicians?", "lawmakers?", "mayors?", "conscripts?", "recruits?", "vendors?", "tourists?",
    "volunteers?", "employees", "peasants?", "labou?rers?", "nomads?", "pastoralists?", "monks?", "rabbis?", "sailors?", "chiefs?",
    # peoples and faiths, as texts name those attacked for what they are
    "Muslims?", "Christians?", "Copts", "Shi(?:a|ite)s?", "Shi.i(?:te)?s?", "Sunnis?", "Jews?", "Hindus?", "Sikhs?", "Bah[aá].[ií]s?",
    "Ahmadis?", "Tutsis?", "Hutus?", "Twa", "Rohingyas?", "Yazidis?", "Yezidis?", "Hazaras?", "Kurds?", "Uy?ghurs?", "Darfuris?",
    "Masalit", "Zaghawas?", "Dinkas?", "Nuers?", "Shilluks?", "Murles?", "Bosniaks?", "Croats?", "Serbs?", "Albanians?", "Armenians?",
    "Roma", "Tigrayans?", "Amharas?", "Oromos?", "Fulanis?", "Peuls?", "Dogons?", "Hemas?", "Lendus?", "Banyamulenge", "Alawites?",
    "Druze", "Ivorians?", "Tamils?", "Karens?", "Kachins?", "Mayas?", "Hausas?", "Igbos?", "Berom",
)  # fmt: skip
HUMAN = "(?:" + "|".join(_HUMAN) + ")"
#: Words that a noun phrase can't run across.
STOP = (
    r"(?:and|or|but|was|were|is|are|has|have|had|be|been|in|on|at|to|from|by|with|while|when|after|who|which|that|as|for|into|"
    r"a|an|the|of|its|their|his|her|died|dead|killed|fled|flee|lost|reported|suffered|sustained|wounded|injured|missing|did|do|will|would|could|may|might|during|since|including|injuring)"
)
MODIFIERS = rf"(?:(?!{STOP}\b)[\w’'-]+\s+){{0,5}}?"
AUXILIARIES = (
    r"(?:(?:was|were|is|are|be|been|being|has|have|had|got|to|could|may|might|would|will|can|who|that|which|"
    r"reportedly|allegedly|apparently|also|already|believed|reported|said|thought|estimated|confirmed|feared|known|expected|likely|"
    r"presumed|remain|remains|remained|left|now|either|brutally|summarily|extrajudicially|internally|forcibly|temporarily|later|then|still|newly|recently|"
    r"violently|deliberately|subsequently|not|themselves)\s+){0,8}"
)
#: Kind -> what is said after the people counted.
PREDICATES = {
    "killed": r"(?:killed|dead|died|die|dying|slain|murdered|massacred|slaughtered|executed|assassinated|beheaded|perished|lynched|"
    r"drowned|gunned\s+down|put\s+to\s+death|shot\s+(?:dead|and\s+killed)|(?:hacked|beaten|burn(?:ed|t)|stabbed|tortured|starved|stoned)\s+to\s+death|burn(?:ed|t)\s+alive|"
    r"los(?:t|e|ing)\s+(?:their|his|her)\s+li(?:ves|fe))",
    "injured": r"(?:injured|wounded|hurt|maimed)",
    "missing": r"(?:missing|disappeared|forcibly\s+disappeared|unaccounted\s+for|vanished)",
    "displaced": r"(?:displaced|uprooted|forced\s+(?:to\s+(?:flee|leave)|from|out)|fled|flee|fleeing|driven\s+(?:from|out)|homeless|"
    r"left\s+homeless|made\s+homeless|evacuated|expelled|(?:abandoned|left)\s+their\s+homes)",
    "abducted": r"(?:abducted|kidnapped|taken\s+hostage|held\s+hostage)",
    "raped": r"(?:raped|gang-raped|sexually\s+(?:assaulted|abused|violated))",
    "detained": r"(?:detained|arrested|imprisoned|jailed|rounded\s+up|taken\s+into\s+custody|held\s+in\s+detention)",
    "returned": r"(?:returned|repatriated|gone\s+home)",
    "summoned": r"(?:summoned|indicted|charged|put\s+on\s+trial|convicted|sentenced)",
    "listed": r"(?:sanctioned|blacklisted|on\s+(?:an?|the)\s+(?:[\w.]+\s+){0,3}sanctions\s+list|listed\s+for\s+sanctions)",
    "in_need": r"(?:in\s+(?:[\w]+\s+){0,2}need\b|(?:need|needs|needed|needing|require|requires|required|requiring|depend\s+on|dependent\s+on|"
    r"rely\s+on|relied\s+on)\b[^.;\d]{0,40}?\b(?:assistance|aid|help|food|relief|shelter|water|support|protection|care)\b)",
    "not_reached": r"(?:(?:could|can|did)\s+not\s+be\s+reached|cannot\s+be\s+reached|not\s+(?:been\s+)?reached|out\s+of\s+reach|beyond\s+reach|"
    r"cut\s+off\s+from\s+(?:[\w]+\s+)?(?:aid|help|assistance)|without\s+access\s+to\s+(?:aid|help|assistance|relief))",
    "crowd": r"(?:gathered|marched|rallied|protested|demonstrated|assembled|queu(?:ed|ing)|took\s+to\s+the\s+streets|took\s+part|"
    r"attended|present\s+at)",
}
#: Kind -> nouns that are themselves what is counted.
NOUNS = {
    "killed": r"(?:dead|deaths?|fatalities|killings|murders|executions)",
    "casualties": r"casualties",
    "injured": r"(?:injuries|injured|wounded)",
    "missing": r"(?:missing|disappearances)",
    "refugees": r"(?:refugees?|asylum[- ]seekers?)",
    "idps": r"(?:IDPs?|internally\s+displaced(?:\s+(?:persons|people|civilians|families))?)",
    "displaced": r"displaced(?:\s+(?:persons|people|civilians|families|women|children))?",
    "raped": r"(?:rapes|cases\s+of\s+(?:rape|sexual\s+violence)|rape\s+(?:victims|survivors|cases))",
    "abducted": r"(?:abductions|kidnappings|abductees)",
    "detained": r"(?:arrests|detentions|political\s+prisoners|detainees)",
}
#: Kind -> verbs (done to the people counted next) and nouns with "of".
ACTIVE = {
    "killed": r"(?:kill(?:ed|ing|s)?|murder(?:ed|ing)?|massacr(?:ed|ing)|slaughter(?:ed|ing)?|execut(?:ed|ing)|shot\s+dead|shooting\s+dead|"
    r"assassinat(?:ed|ing)|beheaded|behead(?:ing)?|(?:claim(?:ed|s|ing)?|cost|took|taking)\s+the\s+li(?:ves|fe)\s+of|"
    r"(?:deaths?|killings?|murders?|massacre|executions?|slaughter)\s+of)",
    "injured": r"(?:injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt|maim(?:ed|ing)|injur(?:y|ies)\s+of)",
    "displaced": r"(?:displac(?:ed|ing|es)|uproot(?:ed|ing|s)|evict(?:ed|ing)|expell(?:ed|ing)|displacement\s+of|expulsion\s+of|exodus\s+of|"
    r"forc(?:ed|ing)\s+out|drove\s+out|driving\s+out)",
    "abducted": r"(?:abduct(?:ed|ing|s)?|kidnapp(?:ed|ing)|(?:abduction|kidnapping)s?\s+of)",
    "raped": r"(?:rap(?:ed|ing)|gang-raped|rapes?\s+of)",
    "detained": r"(?:detain(?:ed|ing|s)?|arrest(?:ed|ing|s)?|imprison(?:ed|ing)|jail(?:ed|ing)|(?:arrest|detention|imprisonment)s?\s+of)",
    "missing": r"(?:disappearances?\s+of)",
    "not_reached": r"(?:(?:could|can|did|do|does|would)\s+not|cannot|could\s?n[’']t|unable\s+to|fail(?:ed|s|ing)?\s+to)\s+"
    r"(?:[\w]+\s+){0,2}?(?:reach|access|get\s+to|be\s+delivered\s+to)",
    "summoned": r"(?:summons(?:es)?|warrants?|charges|indictments?)\b[^.;\d]{0,80}?\b(?:against|for)",
    "listed": r"sanctions\s+(?:on|against)",
    "crowd": r"(?:crowds?|gathering|rally|march|procession|demonstration|protest|congregation|queue)\s+of",
}
#: Kind -> subject of a total that is said after it: "the death toll reached 300".
TOTALS = {
    "killed": r"(?:death\s+toll|toll|(?:number|total)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:dead|deaths|fatalities|killed|people\s+killed))",
    "injured": r"(?:number|total)\s+of\s+(?:the\s+)?(?:injured|wounded)",
    "refugees": r"(?:number|total|population)\s+of\s+(?:[\w]+\s+){0,2}?refugees",
    "idps": r"(?:number|total|population)\s+of\s+(?:[\w]+\s+){0,2}?(?:IDPs|internally\s+displaced(?:\s+(?:persons|people))?)",
    "displaced": r"(?:number|total)\s+of\s+(?:[\w]+\s+){0,2}?displaced(?:\s+(?:persons|people))?",
    "in_need": r"(?:those|people|persons|civilians|numbers?)\s+(?:who\s+(?:are|were)\s+)?(?:[\w]+\s+)?(?:in\s+need|needing|requiring)",
    "missing": r"(?:number|total)\s+of\s+(?:the\s+)?(?:missing|disappeared)",
}
TOTAL_VERB = (
    r"(?:of|at|to|from|is|was|are|were|reach(?:ed|es)|pass(?:ed|es)|exceed(?:ed|s)|(?:stood|stands|put|estimated)\s+at|hit|topp(?:ed|s)|"
    r"surpass(?:ed|es))"
)
BUILDINGS = r"(?:homes?|houses|huts|dwellings|shelters|apartments|homesteads|tents)"
DESTROYED = re.compile(
    r"\b(?:destr(?:oy(?:ed|ing|s)?|uction\s+of)|burn(?:ed|t|ing)|raz(?:ed|ing)|torch(?:ed|ing)|demolish(?:ed|ing)|demolition\s+of|"
    r"flatten(?:ed|ing)|level(?:l)?ed|set\s+fire\s+to|set\s+ablaze)\b",
    re.IGNORECASE,
)
LIVES = re.compile(r"\b(?:claim(?:ed|s|ing)?|cost(?:ing|s)?|los[est]+|taken|takes?|took)\b", re.IGNORECASE)
PREVENTED = re.compile(r"\b(?:prevent(?:ed|ing|s)?|avert(?:ed|ing)?|avoid(?:ed|ing)?|sav(?:e|ed|ing))\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
FORECAST = re.compile(
    r"\b(?:could|(?-i:may)|might|would|will|shall|going\s+to|(?:is|are|was|were)\s+(?:expected|projected|predicted|likely|set)\s+to|likely\s+to|"
    r"expect(?:s|ed|ing)?|anticipat(?:es?|ed|ing)|threat(?:en)?s?\s+to|risks?|project(?:s|ed|ions?)|predict(?:s|ed|ions?)?|forecasts?|in\s+danger\s+of|at\s+risk\s+of|"
    r"(?:prepar|plann?)(?:e|es|ed|ing)?\s+for)\b(?!\s+(?:not\b|have\b|well\s+have\b|already\s+have\b))",
    re.IGNORECASE,
)
AT_RISK = re.compile(r"\b(?:at\s+risk|in\s+danger|under\s+threat|vulnerable)\b", re.IGNORECASE)
HYPOTHETICAL = re.compile(r"\b(?:if|unless|suppose|imagine|in\s+case|would\s+have|could\s+have\s+killed)\b", re.IGNORECASE)
_REPORTS = (
    r"(?:the\s+|all\s+|any\s+|an?\s+|earlier\s+|initial\s+|its\s+|their\s+)?(?:[\w.’'-]+\s+)?"
    r"(?:reports?|claims?|allegations?|accounts?|figures?|accusations?|rumou?rs?|estimates?|numbers?|tolls?|counts?|death\s+tolls?)"
)
#: What says, before a number, that it is denied, doubted or only meant: such a number is no figure of anything. To deny guilt,
#: or to have done it, is not to deny the count; what is denied must stand near it.
DENIED = re.compile(
    rf"\b(?:den(?:y|ies|ied|ying)\s+(?:that|having|killing|{_REPORTS})|(?:reject|dismiss|refut|disput|contest|question|ridicul|retract|withdr[ae]w)(?:e?s|ed|ing)?\s+{_REPORTS}|contrary\s+to\s+{_REPORTS}|"
    r"no\s+(?:evidence|proof|indication|confirmation)\s+(?:that|of)|not\s+true|untrue|(?:false|fake|baseless|unfounded)\s+(?:reports?|rumou?rs?|claims?)|"
    r"(?:room|space|capacity|places|beds)\s+for|(?:pledged|offered|agreed|promised|ready|willing|designed|built|meant|able|enough)\s+to\s+"
    r"(?:hold|house|host|shelter|accommodate|take(?:\s+in)?|accept|admit|resettle|receive|absorb)|(?:orders?|instructions)\s+to\s+\w+|novel|movie|video\s+game)\b|"
    r"\bwhether\s+(?:(?:the|some|about|as\s+many\s+as|all)\s+)*$|"
    r"\b(?:(?:did|does|do|had|has|have)\s+not|didn[’']t|never|(?:threaten|vow|plott?|conspir|intend|attempt|tri|want)(?:ed|es|ing|s)?\s+to|"
    r"(?:plot|plans?|attempt|conspiracy|threats?)\s+to|prevent(?:ed|ing|s)?\s+the\s+\w+)\s+\w+\s+$|\b(?:simulat(?:es?|ed|ing|ion)|fictional|fictitious)\b",
    re.IGNORECASE,
)
#: What says the same after it.
DOUBTED = re.compile(
    r"\b(?:(?:could|can|did|have|has)\s*(?:not|n[’']t)\s+be(?:en)?\s+(?:independently\s+)?(?:verified|confirmed|corroborated)|"
    r"(?:is|are|was|were|proved|turned\s+out\s+to\s+be|found\s+to\s+be|called|as)\s+(?:\w+ly\s+|an?\s+)?"
    r"(?:false|untrue|fake|baseless|unfounded|hoax|wrong|incorrect|mistaken|exaggerat(?:ed|ions?)|inflated|propaganda|fantasy|fabricat(?:ed|ions?)|invented)|"
    r"(?:exaggerated|inflated|fabricated)(?=\s*[.,;]|\s*$)|(?:was|were|been)\s+(?:prevented|averted|avoided))\b",
    re.IGNORECASE,
)
#: What makes a number a pace, not a count of anything that happened: "every day", "a week", "on average".
PACE = re.compile(
    r"\b(?:(?:every|each|per(?!\s*cent)|daily|weekly|monthly)\b|an?\s+(?:day|week|month)\b(?!\s+(?:after|later|earlier|before|ago|of)\b)|"
    r"on\s+average\b|an?\s+(?:daily\s+|weekly\s+|monthly\s+)?average\s+of\b)",
    re.IGNORECASE,
)
#: What was done to some of those counted before that is another thing: "of whom 40 were released".
OTHER_FATE = re.compile(
    r"\s+(?:(?:were|are|was|is|have|has|had|will|be|been|being|since|later|now|already)\s+){0,4}"
    r"(?:targeted|reached|assisted|helped|treated|released|freed|rescued|registered|identified|returned|recovered|vaccinated|saved|"
    r"escaped|survived|fed|sheltered|supported|pardoned|acquitted|discharged)\b",
    re.IGNORECASE,
)
#: A count that a label gives: "Killed: 45".
LABELS = {
    "killed": r"(?:killed|dead|deaths?|fatalities)", "injured": r"(?:injured|wounded|injuries)", "missing": r"missing",
    "displaced": r"(?:displaced)", "idps": r"IDPs", "refugees": r"refugees", "detained": r"(?:detained|arrested|arrests)",
    "abducted": r"(?:abducted|kidnapped|abductions)", "in_need": r"(?:people\s+in\s+need|in\s+need)",
}  # fmt: skip
#: What makes a number a whole of which the words count a part: "half of the 30,000 inhabitants fled".
PARTITIVE = re.compile(
    r"\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority|most|many|some|few|none|all\s+but\s+\w+|per\s?cent|percent|part|proportion|share|thousands|hundreds|dozens|\d|%)"
    r"\s+(?:of|in|among)\s+(?:(?:the|its|their|these|those|every)\s+)?(?:[\w’'-]+[’']s?\s+|total\s+)?$|(?:%|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+))"
    r"\s+(?:of|in|out\s+of)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
