export const otherTitles = [
  "Packing list for four days at sea",
  "Rename files by the date they were taken",
  "Bread that needs no kneading",
  "SQL: newest row of each group",
  "A toast for Lena and Jonas",
  "What a mortgage really costs",
];
export const shortQuestion = "Give me the short version.";

export const conversation: [question: string, answer: string][] = [
  [
    "Why are there two tides a day and not one?",
    `The Moon pulls harder on the near side of the Earth than on its centre, and harder on the centre than on the far side. What remains after the Earth itself has followed the pull is a **stretch in both directions**: one bulge of water towards the Moon, one away from it. A place turns through both in a day.

The strength of that stretch falls with the *cube* of the distance:

$$
a_{\\text{tide}} \\approx \\frac{2\\,G\\,M\\,r}{d^3}
$$

| Body | Mass against the Moon | Distance | Tide against the Moon's |
| --- | ---: | ---: | ---: |
| Moon | 1 | 384,400 km | 1.00 |
| Sun | 27,070,000 | 149.6 million km | 0.46 |
| Venus | 66 | 41 million km | 0.00005 |

So the Sun, though far heavier, moves the sea less than half as much.`,
  ],
  [
    "Can I compute the height for a given hour? A few lines of Python will do.",
    `A sum of cosines is how harbours really do it. Two of them already give a good first guess:

\`\`\`python
from math import cos, tau

# Period in hours and amplitude in metres, of the Moon and of the Sun.
CONSTITUENTS = [(12.4206, 1.8), (12.0, 0.6)]

def height(hours: float, mean: float = 3.2) -> float:
    """The water level, hours after both were highest together."""
    return mean + sum(a * cos(tau * hours / period) for period, a in CONSTITUENTS)

for hour in range(0, 25, 6):
    print(f"{hour:2} h  {height(hour):.2f} m")
\`\`\`

For a real harbour, take the constituents from its tide table; there are usually about thirty.`,
  ],
];

export const longTitle =
  "Comparison of the tidal ranges of the Bay of Fundy, the Severn Estuary and Mont-Saint-Michel over the last hundred years, with all known sources";
export const longQuestion = `Compare these: https://example.com/a/very/long/address/without/a/single/place/to/break/it?with=parameters&and=more-parameters&until=it-is-wider-than-any-phone

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft`;
export const longAnswer = `The address is https://example.com/a/very/long/address/without/a/single/place/to/break/it?with=parameters&and=more-parameters

| Place | Mean range | Spring range | Neap range | Highest on record | Year | Source of the record |
| --- | --- | --- | --- | --- | --- | --- |
| Bay of Fundy, Burntcoat Head | 11.7 m | 14.5 m | 8.6 m | 16.3 m | 1869 | Canadian Hydrographic Service |
| Severn Estuary, Avonmouth | 9.6 m | 12.2 m | 6.0 m | 14.7 m | 1981 | National Tidal and Sea Level Facility |

\`\`\`sh
curl --silent --show-error --location "https://example.com/tides?station=burntcoat-head&from=1924-01-01&to=2024-01-01&format=csv" | cut -d, -f1,3 | sort -t, -k2 -nr | head
\`\`\``;

export const failingQuestion = "How high will the swell be on Sunday?";

export const streamingQuestion = "Why is the water in an estuary layered?";
export const thoughts =
  "The person asks about layers. Density is the key: salt water is heavier. Then mixing by tides and wind.";
export const unfinishedAnswer = `Fresh water from the river is lighter than sea water, so it runs out **on top** while the sea creeps in below. Between them lies a brackish layer. How sharp it is depends on

1. how much water the river brings,
2. how strong the tide is, because it stirs,
3. and the shape of the`;

export const memories = [
  "I live in Whitby, above the harbour.",
  "My boat is called Petrel and draws 1.4 m.",
  "I prefer metric units and short answers.",
  "On 12 December I sail to Scarborough.",
];
