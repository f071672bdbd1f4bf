"""Says in which language a text is written, from its script and its commonest small words."""

from __future__ import annotations

import re
from collections import Counter

#: Small words that are frequent in one language and rare in the others. ISO 639-1 codes.
_SMALL_WORDS = {
    "en": "the of and to in that is was for with on by from have were their",
    "fr": "le la les des et en du une que dans est pour sur par qui aux ont été",
    "es": "el los las que del y en una por con para es se su al han fue",
    "pt": "o os as que do da em um uma para com não por mais dos foi são",
    "de": "der die das und den von zu mit des ist für auf dem nicht eine wurden",
    "it": "il di che la e per un una del della sono nel con gli alla stato",
    "tr": "ve bir bu için ile olarak da de olan ise sonra kadar çok gibi",
    "sw": "na ya wa kwa ni katika za la kuwa hiyo watu cha au baada",
    "so": "iyo ee oo ka ku in la ayaa waxaa uu soo ay waa",
    "ha": "da a na ya ta sun cikin wani don ga daga wannan kuma an",
    "id": "yang dan di dari untuk dengan pada ini itu tidak dalam oleh",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_FARSI = re.compile(r"[\u067e\u0686\u0698\u06af]")
_UKRAINIAN = re.compile(r"[іїєґ]")
_SAMPLE = 20_000


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language, or None where too little speaks for one.

    >>> find_language("The soldiers were seen in the north of the town.")
    'en'
    >>> find_language("12 34") is None
    True
    """
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if letters < 12:
        return None
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) > letters / 3:
            if code == "ar" and len(_FARSI.findall(sample)) > letters / 60:
                return "fa"
            if code == "ru" and len(_UKRAINIAN.findall(sample)) > letters / 60:
                return "uk"
            return code
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    scores = {code: sum(words[word] for word in small) for code, small in _WORDS.items()}
    best = max(sorted(scores), key=lambda code: scores[code])
    return best if scores[best] >= max(2, sum(words.values()) * 0.06) else None
