"""Places inside a territory that texts name without it, capitals, and names that hold a territory's name and mean another place.

Regions whose state is disputed, and capitals that share their name with other towns, are left out: nothing is guessed.
"""

from __future__ import annotations

#: Regions, by the territory that they are a part of.
_REGIONS = """
SDN Darfur; SDN North Darfur; SDN South Darfur; SDN West Darfur; SDN Central Darfur; SDN East Darfur; SDN South Kordofan;
SDN North Kordofan; SDN West Kordofan; COD North Kivu; COD South Kivu; COD Ituri; COD Katanga; COD Kasai;
COD Tanganyika Province; COD Haut-Uele; ETH Tigray; ETH Oromia; ETH Gambella; ETH Somali Region; ETH Somali Regional State;
MOZ Cabo Delgado; SEN Casamance; NGA Niger Delta; NGA Niger State; NGA Benin City; NGA Borno; NGA Zamfara; NGA Kaduna;
NGA Adamawa; NGA Yobe; NGA Plateau State; NGA Benue; MMR Rakhine; MMR Kachin; MMR Shan State; MMR Sagaing; CHN Xinjiang;
CHN Inner Mongolia; CHN Tibet; IDN Aceh; IDN West Papua; PHL Mindanao; RUS Chechnya; RUS Ingushetia; RUS Dagestan; UKR Donbas;
UKR Donbass; PSE Gaza; PSE Gaza Strip; PSE West Bank; GBR Northern Ireland; IRQ Anbar; IRQ Nineveh; USA New Mexico;
PAK Balochistan; PAK Khyber Pakhtunkhwa; IND Manipur; IND Assam; IND Gujarat; LKA Vanni
"""
#: Names that hold a territory's name and say nothing about where something happened.
_NO_TERRITORY = (
    "Lake Chad", "Chad Basin", "Lake Chad Basin", "Gulf of Guinea", "Niger River", "River Niger", "Congo River", "River Congo",
    "Congo Basin", "Jordan River", "River Jordan", "Jordan Valley", "South China Sea", "East China Sea", "Indian Ocean", "Gulf of Mexico",
    "Gulf of Oman", "Gulf of Thailand", "Sea of Japan", "Guinea worm", "Guinea fowl", "Guinea pig", "Guinea pigs", "Georgia Tech",
    "Turkey vulture", "China town", "Panama Canal", "Suez Canal",
)  # fmt: skip
_CAPITALS = """
AFG Kabul; AGO Luanda; ALB Tirana; ARM Yerevan; AZE Baku; BDI Bujumbura; BDI Gitega; BEN Porto-Novo; BFA Ouagadougou; BGD Dhaka;
BIH Sarajevo; BLR Minsk; BOL La Paz; BRA Brasília; BWA Gaborone; CAF Bangui; CHN Beijing; CIV Abidjan; CIV Yamoussoukro;
CMR Yaoundé; COD Kinshasa; COG Brazzaville; COL Bogotá; DZA Algiers; ECU Quito; EGY Cairo; ERI Asmara; ETH Addis Ababa;
GAB Libreville; GEO Tbilisi; GHA Accra; GIN Conakry; GMB Banjul; GNB Bissau; GNQ Malabo; GTM Guatemala City; HND Tegucigalpa;
HTI Port-au-Prince; IDN Jakarta; IND New Delhi; IRN Tehran; IRQ Baghdad; JOR Amman; KAZ Astana; KEN Nairobi; KGZ Bishkek;
KHM Phnom Penh; LAO Vientiane; LBN Beirut; LBR Monrovia; LBY Tripoli; LKA Colombo; LSO Maseru; MAR Rabat; MDG Antananarivo;
MLI Bamako; MMR Naypyidaw; MMR Yangon; MOZ Maputo; MRT Nouakchott; MWI Lilongwe; NER Niamey; NGA Abuja; NPL Kathmandu;
PAK Islamabad; PHL Manila; PRK Pyongyang; RUS Moscow; RWA Kigali; SAU Riyadh; SDN Khartoum; SEN Dakar; SLE Freetown;
SOM Mogadishu; SSD Juba; SYR Damascus; TCD N'Djamena; TGO Lomé; THA Bangkok; TJK Dushanbe; TUN Tunis; TUR Ankara; TZA Dodoma;
UGA Kampala; UKR Kyiv; UKR Kiev; UZB Tashkent; VEN Caracas; VNM Hanoi; YEM Sana'a; YEM Sanaa; ZMB Lusaka; ZWE Harare
"""


def _read(table: str) -> tuple[tuple[str, str], ...]:
    entries = (entry.strip().split(" ", 1) for entry in table.replace("\n", " ").split(";"))
    return tuple((name, code) for code, name in entries)


#: Pairs of name and code; the code is empty for a name that says nothing about a territory.
INNER_NAMES = (*_read(_REGIONS), *((name, "") for name in _NO_TERRITORY))
#: Capital -> code. Read only where a text says that something happened there: capitals also stand for governments and newsrooms.
CAPITALS = dict(_read(_CAPITALS))
