"""States and provinces of the countries offered, each by a town in it: GeoNames then tells its other towns. Data only."""

REGIONS: dict[str, dict[str, str]] = {
    "IN": {
        "andhra pradesh": "Visakhapatnam", "आंध्र प्रदेश": "Visakhapatnam", "assam": "Guwahati", "असम": "Guwahati", "bihar": "Patna", "बिहार": "Patna", "chhattisgarh": "Raipur", "छत्तीसगढ़": "Raipur",
        "gujarat": "Ahmedabad", "गुजरात": "Ahmedabad", "haryana": "Faridabad", "हरियाणा": "Faridabad", "himachal pradesh": "Shimla", "himachal": "Shimla", "हिमाचल": "Shimla", "jharkhand": "Ranchi", "झारखंड": "Ranchi",
        "karnataka": "Mysuru", "कर्नाटक": "Mysuru", "kerala": "Kochi", "केरल": "Kochi", "madhya pradesh": "Indore", "मध्य प्रदेश": "Indore", "maharashtra": "Pune", "महाराष्ट्र": "Pune",
        "odisha": "Cuttack", "orissa": "Cuttack", "ओडिशा": "Cuttack", "punjab": "Ludhiana", "पंजाब": "Ludhiana", "rajasthan": "Jaipur", "राजस्थान": "Jaipur", "tamil nadu": "Madurai", "tamilnadu": "Madurai", "तमिलनाडु": "Madurai",
        "telangana": "Warangal", "तेलंगाना": "Warangal", "uttar pradesh": "Lucknow", "उत्तर प्रदेश": "Lucknow", "uttarakhand": "Dehradun", "उत्तराखंड": "Dehradun", "west bengal": "Kolkata", "पश्चिम बंगाल": "Kolkata",
    },
    "BR": {
        "minas gerais": "Belo Horizonte", "bahia": "Feira de Santana", "paraná": "Curitiba", "pernambuco": "Recife", "ceará": "Fortaleza", "santa catarina": "Joinville", "rio grande do sul": "Porto Alegre", "rio grande do norte": "Natal", "espírito santo": "Serra", "mato grosso": "Cuiabá", "interior de são paulo": "Campinas",
    },
    "MX": {
        "jalisco": "Guadalajara", "nuevo león": "Monterrey", "yucatán": "Mérida", "quintana roo": "Cancún", "sinaloa": "Culiacán", "sonora": "Hermosillo", "baja california": "Tijuana", "michoacán": "Morelia", "guerrero": "Acapulco de Juárez", "chiapas": "Tuxtla",
    },
    "ID": {
        "jawa barat": "Bandung", "west java": "Bandung", "jawa tengah": "Semarang", "central java": "Semarang", "jawa timur": "Surabaya", "east java": "Surabaya", "sumatera utara": "Medan", "sulawesi selatan": "Makassar",
    },
    "DE": {
        "bayern": "Munich", "bavaria": "Munich", "baviera": "Munich", "hessen": "Wiesbaden", "sachsen": "Dresden", "saxony": "Dresden", "niedersachsen": "Göttingen", "nordrhein-westfalen": "Dortmund", "nrw": "Dortmund", "baden-württemberg": "Stuttgart", "rheinland-pfalz": "Mainz", "thüringen": "Erfurt", "schleswig-holstein": "Kiel",
    },
    "ES": {
        "andalucía": "Granada", "andalusia": "Granada", "cataluña": "Barcelona", "catalonia": "Barcelona", "galicia": "Vigo", "país vasco": "Bilbao", "canarias": "Las Palmas de Gran Canaria", "castilla y león": "Valladolid", "aragón": "Zaragoza",
    },
    "CA": {"ontario": "Toronto", "quebec": "Montréal", "québec": "Montréal", "british columbia": "Vancouver", "alberta": "Calgary", "manitoba": "Winnipeg", "nova scotia": "Halifax"},
    "AU": {"new south wales": "Sydney", "queensland": "Brisbane", "south australia": "Adelaide", "western australia": "Perth", "tasmania": "Hobart"},
    "PK": {"sindh": "Karachi", "khyber pakhtunkhwa": "Peshawar", "balochistan": "Quetta"},
    "GB": {"scotland": "Glasgow", "escocia": "Glasgow", "schottland": "Glasgow", "wales": "Cardiff", "northern ireland": "Belfast"},
}  # fmt: skip
"""By country, then by the region's name in small letters; the United States come with GeoNames."""
CITIES_TOO = frozenset({"new york", "washington", "georgia", "delaware", "indiana"})
"""States of the United States that are called like a city or a country: the name means that one."""
