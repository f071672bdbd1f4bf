"""Invented texts about Selmora in the layouts that are read; nothing here happened."""

DIGEST = """14 March 2031 Web: [www.example.org](http://www.example.org)

I

–

**[The Network opens a new series on its blog](#)**

II

–

**[Selmora: Shelling goes on as the Relief Office counts over 12,000 dead](#)**

1. Ada Lune, The Vesh Observer - Time to Refer
2. Lantern Watch - Do not send them back
3. Statement of the Envoy on the situation in Selmora

### **III. Civil society work on country cases**

1. Selmora: Open Door International – Report: After the Flood

---

**I. The Network opens a new series on its blog** *Read about members on the [Network blog](#).*

A member speaks of its work with schools. (...)

See  
[full post](#)

II

.

## Selmora: Shelling goes on as the Relief Office counts over 12,000 dead

*On 2 March 2031, the Relief Office reported that 11,873 people were killed in Selmora between 5 May 2029 and
30 January 2031. The Office says the number of people needing aid in Selmora rose from 200,000 in March 2030 to 900,000 in
January 2031. A crowd of over 2000 outside the mill in Vesh was bombed.*

## 1. Time to Refer

Ada Lune

The Vesh Observer

12 March 2031

The Relief Office put the number of dead at more

than 12,000; Envoy Office head Ilan Dor, the Regional Union envoy, warns that the war could claim another 30,000 lives in 2031. (...)

The Security Council should refer the situation in Selmora to the International Criminal Court. (...)

**Read**  
[full article](#)

## 2. **Do not send them back**

Lantern Watch

11 March 2031

Countries hosting refugees from Selmora should not forcibly return them. (...)

**Read [full article](#) . 3. Statement of the Envoy on the situation in Selmora** Office of the Envoy for Selmora

March 2031

"I urge all parties to protect civilians." (...)

**Read**  
[full statement](#)

### **III. Civil society work on country cases**

#### **1. After the Flood**

Bo Arden and Cy Marl

Taken from "Rivers of Selmora"

A publication from the Open Door International

2 February 2031

More than 4,000 Selmoran IDPs live in camps, and approximately 9,000 people have been forced to flee. (...)

**Read**

[full report](#)

*Thanks to the volunteers for compiling this listserv.*
"""

BOOKLET = """ THE WORK OF MEMBERS

The Lantern Society keeps watch over the markets of Vesh and the villages on the river. It trains people to note what they see,
to keep it safe, and to send it on. In June 2030 its members counted more than 400 deaths and the destruction of approximately
2,600 homes in southern Selmora. It works with schools and clinics.

LANTERN SOCIETY OF SELMORA
Keeping watch over markets and villages
 The Open Door helps families who had to leave. It runs three houses and one kitchen. It asks the government of Selmora to open the
roads and to let the lorries pass before the winter comes. Its people come from the valley and know each farm by its name.

OPEN DOOR INTERNATIONAL
A roof for those who had to leave
 The River Court follows the law. It writes to judges and reads what they answer. It keeps a record of each case that was opened and of each
case that was closed, and says why. It has done so for nine years and means to do it for nine more, as long as there is a river.

RIVER COURT ASSOCIATION
Following the law from the spring to the sea
"""

EVENTS = """Members and guests speak about the year in Selmora

Three meetings were held. Find more below.

1. [What the river took](#);
2. [Counting the missing](#)

What the River Took

Lantern Society, Open Door International
3 April 2031

The first meeting heard two speakers.

Counting the Missing

River Court
9 April 2031

The second meeting heard one.
"""

REPORT = """Summary of the report on Selmora

KEY POINTS

- Much was done and more remains.

SECTIONS I AND II

They tell how it began.

SECTION III: WHAT STATES OWE

Permanent members should exercise restraint in their use of the veto.

SECTION IV: CONCLUSION

All is said.
"""
