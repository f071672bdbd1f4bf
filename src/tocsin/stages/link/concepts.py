"""Words of headlines about violence in English, French, Spanish and Arabic, one entry a concept, to compare titles across languages.

The table is short on purpose: it holds what headlines of this field are made of. A word that is not here is
compared by its sound, as names are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_TABLE = """
kill: killed kills killing killings dead deaths death die died | tues tue tuee tuees tuer morts mort mortes deces |
    muertos muerto muertas muerte muertes matan mata asesinados asesinadas | قتل قتلى مقتل قتيل قتلوا وفاه;
wound: wounded injured injuries | blesses blesse blessees | heridos herido heridas | جرحى جريح اصابه;
attack: attack attacks attacked assault raid raids | attaque attaques assaut | ataque ataques asalto | هجوم هجمات
    اعتداء;
bomb: bombing bombings bombed shelling shelled airstrike airstrikes bombardment | bombardement bombardements frappe
    frappes | bombardeo bombardeos | قصف غاره غارات;
massacre: massacre massacres | massacre massacres | masacre masacres matanza matanzas | مجزره مجازر مذبحه;
genocide: genocide genocidal | genocide | genocidio | اباده;
crime: crime crimes atrocity atrocities | crime crimes atrocites | crimen crimenes atrocidades | جريمه جرائم فظائع;
war: war conflict fighting clashes battle | guerre conflit combats affrontements | guerra conflicto combates
    enfrentamientos | حرب صراع نزاع قتال اشتباكات معارك;
peace: peace ceasefire truce | paix cessez-le-feu treve | paz alto tregua | سلام هدنه;
displaced: displaced displacement fled flee flees | deplaces deplacement fuient fui | desplazados desplazamiento huyen
    huyeron | نازحين نازح نزوح نازحون;
refugee: refugee refugees | refugie refugies refugiees | refugiado refugiados | لاجئ لاجئين لاجئون;
protect: protect protection protecting | proteger protection | proteger proteccion | حمايه;
responsibility: responsibility | responsabilite | responsabilidad | مسؤوليه;
government: government | gouvernement | gobierno | حكومه;
president: president | president presidente | presidente presidenta | رئيس;
army: army military troops soldiers forces | armee militaires soldats forces | ejercito militares soldados fuerzas | جيش
    قوات جنود;
militia: militia militias rebels rebel fighters | milice milices rebelles | milicia milicias rebeldes | ميليشيا ميليشيات
    متمردين متمردون;
council: council | conseil | consejo | مجلس;
security: security | securite | seguridad | امن;
nations: nations un | nations onu | naciones onu | امم;
united: united | unies | unidas | متحده;
human: human humanitarian | humain humains humanitaire | humanos humano humanitaria humanitario | انسان انسانيه انساني;
rights: rights | droits | derechos | حقوق;
aid: aid relief assistance | aide secours | ayuda socorro | مساعدات اغاثه;
civilians: civilians civilian | civils civil civiles | civiles civil | مدنيين مدنيون مدني;
children: children child | enfants enfant | ninos nino ninas | اطفال طفل;
women: women woman | femmes femme | mujeres mujer | نساء امراه;
people: people persons | personnes gens | personas gente | شخص اشخاص;
hospital: hospital hospitals clinic | hopital hopitaux clinique | hospital hospitales clinica | مستشفى مستشفيات;
school: school schools | ecole ecoles | escuela escuelas | مدرسه مدارس;
market: market | marche | mercado | سوق;
city: city town | ville | ciudad pueblo | مدينه بلده;
village: village villages | village villages | aldea aldeas | قريه قرى;
camp: camp camps | camp camps | campamento campamentos campo | مخيم مخيمات;
border: border | frontiere | frontera | حدود;
election: election elections vote | election elections vote | eleccion elecciones voto | انتخابات;
court: court tribunal | cour tribunal | corte tribunal | محكمه;
justice: justice | justice | justicia | عداله;
report: report reports | rapport rapports | informe informes | تقرير تقارير;
statement: statement | declaration communique | declaracion comunicado | بيان;
call: call calls urge urges appeal appeals | appel appelle exhorte | llamado llama insta | نداء دعوه يدعو تدعو;
condemn: condemn condemns condemned | condamne condamnent | condena condenan | ادانه يدين تدين;
warn: warn warns warning | avertit alerte met | advierte alerta | تحذير يحذر تحذر;
happen: happened | passe arrive | ocurrio paso sucedio | حدث;
invented: invented | invente inventee | inventado inventada | مختلق مختلقه;
situation: situation crisis | situation crise | situacion crisis | وضع ازمه;
new: new | nouveau nouvelle nouveaux nouvelles | nuevo nueva nuevos nuevas | جديد جديده;
hunger: hunger famine food | faim famine | hambre hambruna | مجاعه جوع غذاء;
north: north northern | nord | norte | شمال;
south: south southern | sud | sur | جنوب;
east: east eastern | est orientale | este oriental | شرق;
west: west western | ouest occidentale | oeste occidental | غرب;
"""
_MONTHS = (
    "january janvier enero يناير", "february fevrier febrero فبراير", "march mars marzo مارس", "april avril abril ابريل",
    "may mai mayo مايو", "june juin junio يونيو", "july juillet julio يوليو", "august aout agosto اغسطس",
    "september septembre septiembre سبتمبر", "october octobre octubre اكتوبر", "november novembre noviembre نوفمبر",
    "december decembre diciembre ديسمبر",
)  # fmt: skip
#: Words that say nothing about what a title is about.
_EMPTY = (
    "a an the of in on at to for from by with and or as is are was were be been what who how why when after over more than it its this that "
    "le la les l un une des du de d et ou en au aux dans sur par pour avec a est sont ce qui que s plus "
    "el los las una unos unas y o del al con por para es son su sus se lo mas "
    "في من على الى عن مع و او ما هو هي هذا هذه ان كان بعد قبل اكثر"
)
EMPTY = frozenset(_EMPTY.split())
_ARABIC_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ـ": None})


def fold(word: str) -> str:
    """Return a word in lower case without marks, with Arabic letters that are written in several ways made one.

    >>> fold("Réfugiés"), fold("أطفال")
    ('refugies', 'اطفال')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.translate(_ARABIC_FOLD).casefold()) if not unicodedata.combining(c))
    return bare.translate(_ARABIC_FOLD)


@cache
def concepts() -> dict[str, str]:
    """Return word -> concept, for folded words."""
    found: dict[str, str] = {}
    for entry in _TABLE.strip().strip(";").split(";"):
        name, words = entry.strip().split(":", 1)
        for word in re.findall(r"[^\s|]+", words):
            found.setdefault(fold(word), name)
    return found


@cache
def months() -> dict[str, int]:
    """Return the name of a month -> its number, for folded words."""
    return {fold(word): number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
