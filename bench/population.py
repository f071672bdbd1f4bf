"""Makes lists of invented persons with known truth: Latin and Arabic spellings, slips, gaps and repeats, from one seed.

Nobody in them exists: given, father's and family names are drawn from short lists of common words of the region, dates and
places from an invented country. The variants were written down before the name keys were measured on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

#: Each name with the ways it is written; the last two are in Arabic script.
MALE = (
    "Muhammad Mohammed Mohamad Mohamed محمد", "Ahmad Ahmed Ahmet أحمد احمد", "Ali Aly علي على", "Mahmoud Mahmud Mahmood محمود",
    "Khalid Khaled خالد", "Omar Umar Omer عمر", "Hasan Hassan حسن", "Hussein Husayn Hussain Hossein حسين", "Ibrahim Ebrahim Ibraheem إبراهيم ابراهيم",
    "Yusuf Youssef Yousef Yousif يوسف", "Mustafa Moustafa Mostafa مصطفى مصطفي", "Abdullah Abdallah عبدالله", "Abdulrahman Abdelrahman عبدالرحمن",
    "Samir Sameer سمير", "Karim Kareem كريم", "Tariq Tarek Tareq طارق", "Bilal Belal بلال", "Walid Waleed وليد", "Fadi Fady فادي", "Nabil Nabeel نبيل",
    "Salim Saleem سليم", "Rashid Rasheed رشيد", "Jamal Gamal جمال", "Adnan عدنان", "Marwan مروان", "Ziad Ziyad زياد", "Hamza Hamzah حمزة", "Anas أنس",
    "Bashir Basheer بشير", "Faisal Faysal فيصل", "Ghassan غسان", "Imad Emad عماد", "Jihad Jehad جهاد", "Majid Majed ماجد", "Qasim Kassem Qassem قاسم",
    "Raed Raid رائد", "Sami Samy سامي", "Usama Osama أسامة", "Yasin Yassin Yaseen ياسين", "Zakaria Zakariya زكريا", "Munir Mounir منير", "Nizar نزار",
)  # fmt: skip
FEMALE = (
    "Fatima Fatma Fatimah فاطمة فاطمه", "Aisha Aysha Aicha عائشة", "Maryam Mariam Meryem مريم", "Zainab Zeinab Zaynab زينب", "Khadija Khadijah خديجة",
    "Layla Leila Laila ليلى", "Huda Houda هدى", "Amina Aminah أمينة", "Salma سلمى", "Nour Noor Nur نور", "Rania Raniya رانيا", "Samira Sameera سميرة",
    "Hanan حنان", "Iman Eman إيمان", "Rasha رشا", "Dina Deena دينا", "Sawsan سوسن", "Widad Wedad وداد", "Yasmin Yasmine ياسمين", "Hala هالة",
)  # fmt: skip
STEMS = (
    "Masri مصري", "Khatib Khateeb خطيب", "Najjar Nadjar نجار", "Haddad Hadad حداد", "Hamwi Hamoui حموي", "Halabi حلبي", "Sabbagh Sabag صباغ",
    "Qadri Kadri قادري", "Rifai Refai رفاعي", "Jabiri Jaberi جابري", "Zoubi Zubi زعبي", "Bakri Bakry بكري", "Shami Chami شامي", "Turk Tourk ترك",
    "Saleh Salih صالح", "Nasser Nasir ناصر", "Darwish Darwich درويش", "Hariri حريري", "Kurdi Kourdi كردي", "Assaf Asaf عساف", "Barakat بركات",
    "Daoud Dawud داود", "Farah فرح", "Ghanem Ghanim غانم", "Hijazi Hegazi حجازي", "Issa Eissa عيسى", "Jaber Jabir جابر", "Khoury Khouri خوري",
    "Labban Laban لبان", "Mansour Mansur منصور", "Nahhas Nahas نحاس", "Odeh Awda عودة", "Qasem Kasem قاسم", "Rahal Rahhal رحال", "Sayegh Sayigh صايغ",
    "Tahan Tahhan طحان", "Yazji Yazigi يازجي", "Zahran زهران", "Atassi Atasi أتاسي", "Midani Meidani ميداني",
)  # fmt: skip
ONSETS = "b d f h j k l m n r s t z sh kh gh".split()
VOWELS = "a i u".split()


@dataclass(frozen=True)
class Shape:
    """Holds the size and the faults of a population: persons, lists with how much of it each sees, and the shares of faults."""

    persons: int = 85_000
    capture: tuple[float, ...] = (0.42, 0.36, 0.3, 0.26, 0.22, 0.18, 0.12)
    repeats: float = 0.12
    other_script: float = 0.25
    slip: float = 0.06
    no_father: float = 0.25
    no_town: float = 0.3
    no_age: float = 0.45
    days: int = 660
    families: int = 4_000
    uneven: float = 0.55


def population(shape: Shape, seed: int) -> pa.Table:
    """Return one row a record: unique_id, list, given, father, family, sex, age, date_of_death, place, region and the truth `entity`."""
    numbers = np.random.default_rng(seed)
    count = shape.persons
    people = _people(shape, numbers)
    visible = numbers.beta(1 / shape.uneven, 1 / shape.uneven, count) * 2 if shape.uneven else np.ones(count)
    rows: list[dict[str, object]] = []
    for number, share in enumerate(shape.capture):
        seen = np.flatnonzero(numbers.random(count) < np.clip(share * visible, 0, 0.98))
        again = seen[numbers.random(len(seen)) < shape.repeats]
        arabic = number % 3 == 2
        for entity in np.concatenate((seen, again)):
            rows.append(_record(people, int(entity), f"list_{number + 1}", arabic, shape, numbers))
    order = numbers.permutation(len(rows))
    table = pa.Table.from_pylist([rows[i] for i in order])
    return table.add_column(0, "unique_id", pa.array([f"r{i}" for i in range(table.num_rows)]))


def _people(shape: Shape, numbers: np.random.Generator) -> dict[str, np.ndarray]:
    count = shape.persons
    male = numbers.random(count) < 0.82
    given = np.where(male, _zipf(len(MALE), count, numbers), _zipf(len(FEMALE), count, numbers))
    return {
        "male": male,
        "given": given,
        "father": _zipf(len(MALE), count, numbers),
        "family": _zipf(shape.families, count, numbers, 0.75),
        "day": (shape.days * numbers.beta(1.2, 0.9, count)).astype(int),
        "town": _zipf(400, count, numbers, 0.9),
        "age": np.clip(numbers.normal(31, 16, count), 0, 95).astype(int),
    }


def _zipf(size: int, count: int, numbers: np.random.Generator, power: float = 0.8) -> np.ndarray:
    share = 1.0 / np.arange(1, size + 1) ** power
    return numbers.choice(size, count, p=share / share.sum())


def _family(number: int) -> list[str]:
    if number < len(STEMS):
        return STEMS[number].split()
    base = np.random.default_rng(number)
    parts = [base.choice(ONSETS) + base.choice(VOWELS) for _ in range(2)]
    word = ("".join(parts) + base.choice(ONSETS)).capitalize()
    return [word + "i", word + "y", _in_arabic(word) + "ي"]


_ARABIC = {"sh": "ش", "kh": "خ", "gh": "غ"} | dict(zip("bdfhjklmnrstz", "بدفهجكلمنرستز", strict=True)) | {"a": "ا", "i": "ي", "u": "و"}


def _in_arabic(word: str) -> str:
    word, written = word.lower(), ""
    while word:
        size = 2 if word[:2] in _ARABIC else 1
        written += _ARABIC[word[:size]]
        word = word[size:]
    return written


def _record(people: dict, entity: int, name: str, arabic: bool, shape: Shape, numbers: np.random.Generator) -> dict[str, object]:
    arabic = arabic != (numbers.random() < shape.other_script * 0.2)
    given = (MALE if people["male"][entity] else FEMALE)[people["given"][entity]].split()
    father = MALE[people["father"][entity]].split()
    family = _family(int(people["family"][entity]))
    article = numbers.random() < 0.7
    shift = int(numbers.choice([0, 1, -1, 3, 30], p=[0.8, 0.08, 0.05, 0.04, 0.03]))
    day = np.datetime64("2011-03-15") + int(people["day"][entity]) + shift
    town = int(people["town"][entity])
    return {
        "list": name,
        "given": _slip(_written(given, arabic, numbers), shape.slip, numbers),
        "father": None if numbers.random() < shape.no_father else _slip(_written(father, arabic, numbers), shape.slip, numbers),
        "family": _slip(_with_article(_written(family, arabic, numbers), article, numbers), shape.slip, numbers),
        "sex": None if numbers.random() < 0.05 else ("m" if people["male"][entity] else "f"),
        "age": None if numbers.random() < shape.no_age else str(max(0, int(people["age"][entity] + numbers.integers(-1, 2)))),
        "date_of_death": str(day)[:7] if numbers.random() < 0.04 else str(day),
        "place": None if numbers.random() < shape.no_town else f"town {town}",
        "region": None if numbers.random() < 0.03 else f"region {town % 14}",
        "entity": str(entity),
    }


def _written(forms: list[str], arabic: bool, numbers: np.random.Generator) -> str:
    fitting = [form for form in forms if (form[0] > "\u0600") == arabic] or forms
    return str(numbers.choice(fitting))


def _with_article(word: str, article: bool, numbers: np.random.Generator) -> str:
    if not article:
        return word
    return "ال" + word if word[0] > "\u0600" else str(numbers.choice(["al-", "Al ", "El-", "el "])) + word


def _slip(word: str, share: float, numbers: np.random.Generator) -> str:
    if len(word) < 4 or numbers.random() >= share:
        return word
    at = int(numbers.integers(1, len(word) - 1))
    kind = numbers.integers(3)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at] + word[at:]
