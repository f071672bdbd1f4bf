"""English words for the people of a territory, by ISO code: "Syrian", "Congolese"."""

from __future__ import annotations

_TABLE = """
AFG Afghan; ALB Albanian; DZA Algerian; AGO Angolan; ARG Argentine Argentinian; ARM Armenian; AUS Australian; AUT Austrian;
AZE Azerbaijani Azeri; BHR Bahraini; BGD Bangladeshi; BLR Belarusian; BEL Belgian; BLZ Belizean; BEN Beninese; BTN Bhutanese;
BOL Bolivian; BIH Bosnian; BWA Botswanan; BRA Brazilian; BRN Bruneian; BGR Bulgarian; BFA Burkinabe Burkinabé; BDI Burundian;
KHM Cambodian; CMR Cameroonian; CAN Canadian; CAF Central+African; TCD Chadian; CHL Chilean; CHN Chinese; COL Colombian;
COM Comorian; COD Congolese; COG Congolese; CRI Costa+Rican; CIV Ivorian; HRV Croatian; CUB Cuban; CYP Cypriot; CZE Czech;
DNK Danish; DJI Djiboutian; DOM Dominican; ECU Ecuadorian; EGY Egyptian; SLV Salvadoran; GNQ Equatoguinean; ERI Eritrean;
EST Estonian; ETH Ethiopian; FJI Fijian; FIN Finnish; FRA French; GAB Gabonese; GMB Gambian; GEO Georgian; DEU German;
GHA Ghanaian; GRC Greek; GTM Guatemalan; GIN Guinean; GNB Bissau-Guinean; GUY Guyanese; HTI Haitian; HND Honduran;
HUN Hungarian; ISL Icelandic; IND Indian; IDN Indonesian; IRN Iranian; IRQ Iraqi; IRL Irish; ISR Israeli; ITA Italian;
JAM Jamaican; JPN Japanese; JOR Jordanian; KAZ Kazakh Kazakhstani; KEN Kenyan; PRK North+Korean; KOR South+Korean; XKX Kosovar Kosovan;
KWT Kuwaiti; KGZ Kyrgyz Kyrgyzstani; LAO Laotian; LVA Latvian; LBN Lebanese; LSO Basotho; LBR Liberian; LBY Libyan; LTU Lithuanian;
MKD Macedonian; MDG Malagasy; MWI Malawian; MYS Malaysian; MDV Maldivian; MLI Malian; MRT Mauritanian; MUS Mauritian;
MEX Mexican; MDA Moldovan; MNG Mongolian; MNE Montenegrin; MAR Moroccan; MOZ Mozambican; MMR Burmese; NAM Namibian;
NPL Nepali Nepalese; NLD Dutch; NZL New+Zealander; NIC Nicaraguan; NER Nigerien; NGA Nigerian; NOR Norwegian; OMN Omani;
PAK Pakistani; PSE Palestinian; PAN Panamanian; PNG Papuan; PRY Paraguayan; PER Peruvian; PHL Filipino Philippine; POL Polish;
PRT Portuguese; QAT Qatari; ROU Romanian; RUS Russian; RWA Rwandan; SAU Saudi; SEN Senegalese; SRB Serbian; SLE Sierra+Leonean;
SVK Slovak; SVN Slovenian; SLB Solomon+Islander; SOM Somali; ZAF South+African; SSD South+Sudanese; ESP Spanish;
LKA Sri+Lankan; SDN Sudanese; SUR Surinamese; SWE Swedish; CHE Swiss; SYR Syrian; TJK Tajik Tajikistani; TZA Tanzanian; THA Thai;
TLS Timorese; TGO Togolese; TUN Tunisian; TUR Turkish; TKM Turkmen; UGA Ugandan; UKR Ukrainian; GBR British; USA American;
URY Uruguayan; UZB Uzbek Uzbekistani; VEN Venezuelan; VNM Vietnamese; ESH Sahrawi; YEM Yemeni; ZMB Zambian; ZWE Zimbabwean;
XSE Selmoran
"""


def _read() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in _TABLE.replace("\n", " ").split(";"):
        code, *adjectives = entry.split()
        for adjective in adjectives:
            name = adjective.replace("+", " ")
            forms = {name} if name.endswith(("ese", "ish", "ch")) else {name, name + "s"}
            for form in forms:
                found[form] = (*found.get(form, ()), code)
    return found


#: Word -> codes; more than one where the word alone does not say which ("Congolese").
DEMONYMS = _read()
