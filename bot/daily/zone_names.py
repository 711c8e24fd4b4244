"""What the tables of time zones do not say: big cities, states and other names, and what short names mean besides.

The tables name one city for each zone. Every line here is a zone and the places that keep its time; of zones that
keep the same time, the one that stands first speaks for the others.
"""

_TOWNS = """
    Africa/Cairo: Alexandria, Giza
    Africa/Casablanca: Marrakesh, Marrakech, Rabat, Fez, Tangier
    Africa/Johannesburg: Cape Town, Durban, Pretoria, Soweto
    Africa/Lagos: Abuja, Kano, Ibadan
    Africa/Nairobi: Mombasa
    America/Anchorage: Alaska
    America/Argentina/Buenos_Aires: La Plata, Rosario, Mar del Plata
    America/Argentina/Cordoba: Cordoba
    America/Bogota: Medellin, Cali, Barranquilla
    America/Caracas: Maracaibo
    America/Chicago: Houston, Dallas, Austin, San Antonio, Fort Worth, New Orleans, Minneapolis, Milwaukee
    America/Chicago: Nashville, Memphis, St. Louis, Saint Louis, Kansas City, Oklahoma City, Omaha, Texas
    America/Chicago: Illinois, Minnesota, Wisconsin, Iowa, Missouri, Arkansas, Louisiana, Mississippi, Alabama
    America/Chicago: Oklahoma, Birmingham
    America/Denver: Salt Lake City, Albuquerque, Colorado Springs, Colorado, Utah, New Mexico, Montana, Wyoming
    America/Denver: El Paso, Texas, Navajo
    America/Edmonton: Calgary, Alberta
    America/Guayaquil: Quito
    America/Halifax: Nova Scotia
    America/Havana: Havana
    America/Jamaica: Kingston
    America/Lima: Arequipa
    America/Los_Angeles: San Francisco, San Diego, San Jose, Seattle, Portland, Las Vegas, Sacramento, Oakland
    America/Los_Angeles: LA, SF, California, Nevada, Washington, Washington State, Silicon Valley, Hollywood
    America/Mexico_City: Guadalajara, Puebla, Leon
    America/New_York: NYC, Boston, Washington, Washington DC, Philadelphia, Philly, Miami, Atlanta, Baltimore
    America/New_York: Pittsburgh, Charlotte, Orlando, Cleveland, Columbus, Cincinnati, Brooklyn, Manhattan, Buffalo
    America/New_York: Jacksonville, Tampa, St. Petersburg, Georgia, Massachusetts, New Jersey, Pennsylvania
    America/New_York: Virginia, Ohio, Maine
    America/New_York: North Carolina, South Carolina, Connecticut, Maryland, Vermont, New Hampshire, Delaware
    America/Panama: Panama City
    America/Phoenix: Tucson, Arizona
    America/Puerto_Rico: San Juan
    America/Regina: Saskatoon, Saskatchewan
    America/Santo_Domingo: Santo Domingo
    America/Sao_Paulo: Rio de Janeiro, Rio, Brasilia, Belo Horizonte, Curitiba, Porto Alegre, Campinas
    America/St_Johns: Newfoundland
    America/Tijuana: Baja California
    America/Toronto: Ottawa, Montreal, Quebec, Quebec City, Hamilton, Mississauga, Ontario
    America/Vancouver: British Columbia, Victoria
    America/Winnipeg: Manitoba
    Asia/Almaty: Astana
    Asia/Amman: Amman
    Asia/Bangkok: Chiang Mai, Phuket
    Asia/Dhaka: Chittagong
    Asia/Dubai: Abu Dhabi, Sharjah
    Asia/Hong_Kong: Hongkong
    Asia/Ho_Chi_Minh: Hanoi, Saigon, Da Nang
    Asia/Jakarta: Bandung, Surabaya, Java
    Asia/Jerusalem: Tel Aviv, Haifa
    Asia/Karachi: Lahore, Islamabad, Rawalpindi, Faisalabad, Hyderabad
    Asia/Kolkata: Mumbai, Bombay, Delhi, New Delhi, Bangalore, Bengaluru, Chennai, Madras, Hyderabad, Pune
    Asia/Kolkata: Ahmedabad, Jaipur, Surat, Lucknow, Goa, Kochi
    Asia/Kuala_Lumpur: Penang, Johor Bahru
    Asia/Makassar: Bali, Denpasar
    Asia/Manila: Quezon City, Cebu, Davao
    Asia/Riyadh: Jeddah, Mecca, Medina
    Asia/Seoul: Busan, Incheon, Daegu
    Asia/Shanghai: Beijing, Peking, Shenzhen, Guangzhou, Chengdu, Wuhan, Tianjin, Hangzhou, Nanjing, Xian
    Asia/Tashkent: Samarkand
    Asia/Tehran: Isfahan, Mashhad
    Asia/Tokyo: Osaka, Kyoto, Nagoya, Sapporo, Fukuoka, Yokohama, Kobe, Hiroshima, Okinawa
    Asia/Yangon: Mandalay
    Australia/Adelaide: South Australia
    Australia/Brisbane: Gold Coast, Cairns, Queensland
    Australia/Darwin: Northern Territory
    Australia/Hobart: Tasmania
    Australia/Melbourne: Geelong, Victoria
    Australia/Perth: Western Australia
    Australia/Sydney: Canberra, New South Wales, NSW
    Europe/Amsterdam: Rotterdam, The Hague, Utrecht, Eindhoven
    Europe/Athens: Thessaloniki
    Europe/Berlin: Munich, München, Hamburg, Frankfurt, Cologne, Köln, Stuttgart, Düsseldorf, Leipzig, Dresden
    Europe/Berlin: Hannover, Nuremberg, Bremen, Dortmund, Essen, Bonn
    Europe/Brussels: Antwerp, Ghent, Bruges
    Europe/Bucharest: Cluj, Timisoara
    Europe/Budapest: Debrecen
    Europe/Copenhagen: Aarhus
    Europe/Dublin: Cork, Galway
    Europe/Helsinki: Tampere, Turku, Espoo
    Europe/Istanbul: Ankara, Izmir, Antalya
    Europe/Kyiv: Kiev, Lviv, Odesa, Kharkiv, Dnipro
    Europe/Lisbon: Porto
    Europe/London: Manchester, Birmingham, Edinburgh, Glasgow, Liverpool, Leeds, Bristol, Cardiff, Belfast, Oxford
    Europe/London: Cambridge, Newcastle, Sheffield, Swansea
    Europe/Madrid: Barcelona, Valencia, Seville, Bilbao, Malaga, Zaragoza, Granada, Cordoba
    Europe/Moscow: St. Petersburg, Saint Petersburg, Sochi, Kazan
    Europe/Oslo: Bergen, Trondheim
    Europe/Paris: Marseille, Lyon, Toulouse, Nice, Bordeaux, Lille, Strasbourg, Nantes, Montpellier
    Europe/Prague: Brno
    Europe/Rome: Milan, Naples, Turin, Florence, Venice, Bologna, Palermo, Genoa, Sicily
    Europe/Stockholm: Gothenburg, Göteborg, Malmö, Uppsala
    Europe/Vienna: Wien, Salzburg, Graz, Linz, Innsbruck
    Europe/Warsaw: Krakow, Kraków, Gdansk, Wroclaw, Poznan, Lodz, Warszawa
    Europe/Zurich: Geneva, Basel, Bern, Lausanne
    Pacific/Auckland: Wellington, Christchurch, Hamilton, Dunedin
    Pacific/Honolulu: Hawaii, Maui
    Atlantic/Azores: Ponta Delgada
    Atlantic/Canary: Tenerife, Las Palmas, Gran Canaria, Canary Islands
"""

# Countries by other names than the table's; the name there is behind the colon.
_COUNTRIES = """
    UK: Britain (UK)
    United Kingdom: Britain (UK)
    Great Britain: Britain (UK)
    Britain: Britain (UK)
    GB: Britain (UK)
    England: Britain (UK)
    Scotland: Britain (UK)
    Wales: Britain (UK)
    Northern Ireland: Britain (UK)
    US: United States
    USA: United States
    America: United States
    United States of America: United States
    South Korea: Korea (South)
    Korea: Korea (South)
    North Korea: Korea (North)
    Czechia: Czech Republic
    Holland: Netherlands
    The Netherlands: Netherlands
    UAE: United Arab Emirates
    Emirates: United Arab Emirates
    Turkiye: Turkey
    Burma: Myanmar (Burma)
    Myanmar: Myanmar (Burma)
    Ivory Coast: Côte d'Ivoire
    NZ: New Zealand
    Macedonia: North Macedonia
    Bosnia: Bosnia & Herzegovina
    Vatican: Vatican City
    DRC: Congo (Dem. Rep.)
    Congo: Congo (Dem. Rep.)
    Congo: Congo (Rep.)
    KSA: Saudi Arabia
    Samoa: Samoa (western)
    Samoa: Samoa (American)
    American Samoa: Samoa (American)
    Eswatini: Eswatini (Swaziland)
    Swaziland: Eswatini (Swaziland)
    Russian Federation: Russia
    PRC: China
    ROC: Taiwan
    ROK: Korea (South)
    Eire: Ireland
"""

# What short names mean, besides what the zones call themselves. Two zones that do not keep the same time are two
# meanings, and nobody is told which one is theirs.
_SHORT = """
    ACT: Australia/Sydney America/Rio_Branco
    AET: Australia/Sydney Australia/Brisbane
    AFT: Asia/Kabul
    AMT: America/Manaus Asia/Yerevan
    ART: America/Argentina/Buenos_Aires
    AST: Asia/Riyadh
    AWT: Australia/Perth
    BDT: Asia/Dhaka Asia/Brunei
    BOT: America/La_Paz
    BRT: America/Sao_Paulo
    BST: Asia/Dhaka Pacific/Bougainville
    Central: America/Chicago Australia/Adelaide
    Central Time: America/Chicago Australia/Adelaide
    CLT: America/Santiago
    COT: America/Bogota
    CST: Australia/Adelaide
    CT: America/Chicago Australia/Adelaide
    Eastern: America/New_York Australia/Sydney
    Eastern Time: America/New_York Australia/Sydney
    ECT: America/Guayaquil America/Puerto_Rico
    EST: Australia/Sydney
    ET: America/New_York Australia/Sydney
    FJT: Pacific/Fiji
    GET: Asia/Tbilisi
    GMT: UTC
    GST: Asia/Dubai Atlantic/South_Georgia
    ICT: Asia/Bangkok
    IRST: Asia/Tehran
    MMT: Asia/Yangon
    Mountain: America/Denver America/Phoenix
    Mountain Time: America/Denver America/Phoenix
    MST: Asia/Kuala_Lumpur
    MT: America/Denver America/Phoenix
    MYT: Asia/Kuala_Lumpur
    NPT: Asia/Kathmandu
    NZT: Pacific/Auckland
    Pacific: America/Los_Angeles Pacific/Auckland
    Pacific Time: America/Los_Angeles
    PET: America/Lima
    PHT: Asia/Manila
    PST: Asia/Manila Pacific/Pitcairn
    PT: America/Los_Angeles Europe/Lisbon
    SGT: Asia/Singapore
    SST: Asia/Singapore
    TRT: Europe/Istanbul
    UCT: UTC
    Universal: UTC
    UTC: UTC
    UYT: America/Montevideo
    UZT: Asia/Tashkent
    VET: America/Caracas
    Western: Australia/Perth Europe/Lisbon
    WST: Australia/Perth Pacific/Apia
    Z: UTC
    Zulu: UTC
"""


def _lines(table: str) -> list[tuple[str, str]]:
    pairs = [line.strip().partition(": ") for line in table.strip().splitlines()]
    return [(before, after) for before, _, after in pairs]


def towns() -> list[tuple[str, str]]:
    """(place, the zone whose time it keeps); one that is in two zones comes twice."""
    return [(town, zone) for zone, names in _lines(_TOWNS) for town in names.split(", ")]


def other_countries() -> list[tuple[str, str]]:
    """(a name for a country, its name in the table); a name of two countries comes twice."""
    return _lines(_COUNTRIES)


def short_names() -> list[tuple[str, str]]:
    """(short name, a zone that it may mean)."""
    return [(name, zone) for name, zones in _lines(_SHORT) for zone in zones.split()]
