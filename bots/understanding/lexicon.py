"""The words of eight ways of writing: English, Indian English, Hinglish, Hindi, Spanish, Portuguese, Indonesian,
German. Data only: to teach the bot a word, add it here.
"""

from core.networks.places import PLACES

NUMBER_WORDS: dict[str, int] = {
    **dict(zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(13), strict=True)),
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "dozen": 12, "couple": 2,
    "ek": 1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5, "panch": 5, "chhe": 6, "saat": 7, "aath": 8, "das": 10, "bees": 20,
    "एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10, "बीस": 20,
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "veinte": 20,
    "um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "vinte": 20,
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
    "ein": 1, "eine": 1, "einer": 1, "einen": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12, "zwanzig": 20,
    "sebuah": 1, "sekali": 1, "a": 1, "an": 1,
    "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12,
}  # fmt: skip

MULTIPLIERS: dict[str, int] = {
    "k": 1_000, "thousand": 1_000, "grand": 1_000, "hazar": 1_000, "hazaar": 1_000, "hajar": 1_000, "हज़ार": 1_000, "हजार": 1_000,
    "mil": 1_000, "mille": 1_000, "ribu": 1_000, "ribuan": 1_000, "rb": 1_000, "rban": 1_000, "tsd": 1_000, "tausend": 1_000,
    "l": 100_000, "lac": 100_000, "lacs": 100_000, "lakh": 100_000, "lakhs": 100_000, "लाख": 100_000,
    "cr": 10_000_000, "crore": 10_000_000, "crores": 10_000_000, "करोड़": 10_000_000,
    "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "millones": 1_000_000, "millón": 1_000_000,
    "milhão": 1_000_000, "milhões": 1_000_000, "juta": 1_000_000, "jutaan": 1_000_000, "jt": 1_000_000, "jtan": 1_000_000, "millionen": 1_000_000,
}  # fmt: skip
INDIAN_MULTIPLIERS = frozenset(
    {
        "lac",
        "lacs",
        "lakh",
        "lakhs",
        "लाख",
        "cr",
        "crore",
        "crores",
        "करोड़",
        "hazar",
        "hazaar",
        "hajar",
        "हज़ार",
        "हजार",
        "l",
    }
)

MAX_BEFORE = (
    "the most we can do is", "most we can do is", "most we can pay is", "can't go over", "cannot go over", "can't go above", "not go above", "no higher than", "capped at", "cap of", "cap is", "ceiling of", "ceiling is", "limited to", "not to exceed", "limit of", "limit is", "tope de", "techo de", "teto de", "maximal", "au maximum", "jusqu'à", "moins de", "pas plus de", "lo máximo es", "lo máximo son", "o máximo é", "अधिकतम", "adhiktam", "no pasar de", "sem passar de", "nicht über", "tidak boleh lebih dari", "jangan lebih dari", "under", "below", "less than", "up to", "upto", "max", "maximum", "within", "not more than", "no more than", "at most", "not over", "not exceeding", "<",
    "hasta", "menos de", "máximo", "maximo", "como máximo", "no más de", "até", "no máximo", "abaixo de", "menos que", "não mais que",
    "maksimal", "maksimum", "maks", "di bawah", "dibawah", "hingga", "sampai", "kurang dari", "bis", "bis zu", "unter", "höchstens", "maximal", "weniger als", "nicht mehr als", "nobody above", "nobody over", "not above", "none above", "nadie con más de", "máx", "máx.", "max.", "maks.", "bis maximal", "zyada se zyada", "ज़्यादा से ज़्यादा", "ज्यादा से ज्यादा", "tidak lebih dari", "paling banyak",
)  # fmt: skip
MAX_AFTER = (
    "tak",
    "se kam",
    "ke andar",
    "ke under",
    "ke neeche",
    "max",
    "maximum",
    "तक",
    "से कम",
    "के अंदर",
    "या कम",
    "or less",
    "o menos",
    "ou menos",
    "tops",
    "se zyada nahi",
    "se jyada nahi",
    "से ज़्यादा नहीं",
    "से ज्यादा नहीं",
    "at most",
    "como máximo",
    "máximo",
    "no máximo",
    "höchstens",
    "maks",
    "ya kam",
    "maksimal",
    "maximal",
)
MIN_BEFORE = (
    "over", "above", "more than", "at least", "au moins", "plus de", "à partir de", "mind", "minimal", "min", "minimum", "from", "starting", "starting at", ">", "atleast", "kam se kam", "कम से कम",
    "más de", "mas de", "desde", "a partir de", "mínimo", "minimo", "al menos", "por lo menos", "mais de", "pelo menos", "no mínimo", "acima de",
    "minimal", "di atas", "diatas", "lebih dari", "setidaknya", "ab", "über", "mindestens", "mehr als", "min.", "mín", "mín.", "paling sedikit", "wenigstens", "com mais de", "con más de",
)  # fmt: skip
MIN_AFTER = (
    "+",
    "se zyada",
    "se upar",
    "se jyada",
    "से ज़्यादा",
    "से ज्यादा",
    "से ऊपर",
    "or more",
    "o más",
    "ou mais",
    "atau lebih",
    "oder mehr",
    "and above",
    "como mínimo",
    "ou mais",
    "no mínimo",
    "ke upar",
    "minimum",
)

BUDGET_CUES = (
    "plus free", "plus product", "plus stay", "plus travel", "plus food", "cash", "cash total", "budget", "budgets", "spending cap", "bajet", "बजट", "presupuesto", "orçamento", "orcamento", "verba", "anggaran", "bujet", "etat", "spend", "spending", "invest", "gastar", "pay", "paying", "pagar", "bayar", "zahlen", "offer", "fee", "kharcha", "denge", "dunga", "देंगे", "kharch", "paisa", "paise", "total", "insgesamt", "gesamt", "gesamtbudget", "ausgeben", "dana", "pago", "pagamos", "pagamento", "pagamos", "zahle", "bezahlen", "bujat", "खर्च", "दूँगा", "दूंगा", "दूँगी", "दूंगी",
)  # fmt: skip
FOLLOWER_WORDS = (
    "followers", "follower", "abonnés", "abonnées", "abonné", "फॉलोवर", "फॉलोवर्स", "फॉलोअर्स", "followrs", "folowers", "subs", "subscribers", "subscriber", "seguidores", "seguidoras", "suscriptores", "inscritos", "pengikut", "abonnenten", "फॉलोअर्स", "फॉलोवर्स", "फ़ॉलोअर्स", "फॉलोअर", "fans", "audience", "सब्सक्राइबर", "सब्सक्राइबर्स", "followern", "seguidor", "suscriptor", "inscrito", "abos", "abonnent", "subscribernya", "followersnya",
)  # fmt: skip
PEOPLE_WORDS = (
    "créateur", "créateurs", "créatrice", "créatrices", "influenceur", "influenceurs", "influenceuse", "influenceuses", "youtubeur", "youtubeurs", "youtubeuse", "youtubeuses", "blogueur", "blogueurs", "blogueuse", "blogueuses", "tiktokeur", "tiktokeurs", "meninas", "meninos", "garotas", "garotos", "moças", "rapazes", "senhoras", "chavas", "chavos", "muchachas", "muchachos", "señoras", "cewek", "cowok", "mädels", "jungs", "frauen", "männer", "समीक्षक", "लेखक", "छात्र", "लड़के", "creator", "creators", "influencer", "influencers", "influencerin", "influencerinnen", "nano-influencer", "nano-influencers", "micro-influencers", "nanos", "blogger", "bloggers", "vlogger", "vloggers", "youtuber", "youtubers", "instagrammer", "instagrammers",
    "tiktoker", "tiktokers", "tiktokern", "people", "log", "foodies", "foodie", "reviewers", "moms", "mums", "gamers", "streamers", "content creators", "ugc creators", "artists", "trainers", "dancers",
    "क्रिएटर", "क्रिएटर्स", "इन्फ्लुएंसर", "इन्फ्लुएंसर्स", "इंफ्लुएंसर", "ब्लॉगर", "लोग", "orang", "creador", "creadores", "creadoras", "creadora", "influenciadores", "influenciadoras", "influenciador", "influenciadora", "criador", "criadores", "criadoras", "criadora", "blogueiras", "blogueiros", "blogueros", "perfiles", "perfis",
    "kreator", "selebgram", "konten kreator", "content creator", "creatorn", "creatorinnen", "bloggerinnen", "bloggern", "influencern", "creatives", "kols",
    "gamer", "streamer", "foodblogger", "bookstagrammer", "bookstagrammers", "booktoker", "booktokers", "tweeter", "tweeters", "ट्रेनर", "fotógrafa", "fotógrafo", "fotograf", "fotografin", "lovers", "photographers", "coaches", "teachers", "parents", "students", "readers", "athletes", "girls", "women", "persons", "pax", "nos", "doctors", "couples", "mummies", "runners", "comedians", "chefs",
    "व्लॉगर", "व्लॉगर्स", "यूट्यूबर", "यूट्यूबर्स", "ब्लॉगर्स", "फूडी", "इन्फ़्लुएंसर", "इन्फ्लूएंसर", "इंफ्लुएंसर्स", "गेमर", "गेमर्स", "जन",
    "profiles", "profile", "accounts", "account", "pages", "page", "them", "number", "folks", "guys", "ladies", "ladkiyan", "ladkiya", "ladki", "ladke", "bande", "banda", "auntiyan", "akun", "ibu", "cuentas", "contas", "perfil", "instagramers", "instagramer", "profile", "profilen", "trainer", "trainern", "wale", "wali", "waale", "kanäle", "kanal", "channels", "channel", "canales", "canais", "canal", "trainerin", "trainerinnen", "लड़कियाँ", "लड़कियां", "महिलाएँ", "महिलाएं", "bakers", "cooks", "hosts", "stylists", "makeup artists", "talents", "talent", "gente", "estudiantes", "estudantes", "corredores", "gym-goers", "mom", "mama", "mums", "papás", "pais", "pengguna", "remaja", "emak-emak", "kol",
    "personas", "chicas", "chicos", "mamás", "madres", "viajeros", "viajeras", "fotógrafos", "fotógrafas", "pessoas", "mães", "mamães", "mulheres", "viajantes", "fotógrafos", "leute", "personen", "mamas", "mütter", "eltern", "fotografen", "reviewer", "lesefans", "ibu-ibu", "mahasiswa", "fotografer",
)  # fmt: skip

DELIVERABLES: dict[str, tuple[str, ...]] = {
    "reel": ("reel", "reals", "reelsy", "रिल", "reels", "रील", "रील्स", "reelz"),
    "story": ("story", "stories", "storys", "storie", "historia", "historias", "स्टोरी", "स्टोरीज", "स्टोरीज़", "cerita", "insta-story", "insta-storys"),
    "post": ("post", "posts", "feed post", "feed posts", "static post", "carousel", "carousels", "carrusel", "carrossel", "publicación", "publicaciones", "publicação", "publicações", "postingan", "beitrag", "beiträge", "पोस्ट", "postagem", "postagens", "threads post", "threads posts", "foto", "fotos", "photo", "photos"),
    "video": ("video", "vidéo", "vidéos", "videos", "vídeo", "vídeos", "वीडियो", "vlog", "vlogs", "youtube video", "tiktok", "tiktoks", "tik toks"),
    "short": ("shorts", "short", "short video", "short videos", "yt short", "youtube short", "youtube shorts", "शॉर्ट्स", "शॉर्ट"),
    "tweet": ("tweet", "tweets", "thread", "threads", "tuit", "tuits", "ट्वीट", "x post", "x posts"),
    "live": ("live", "lives", "livestream", "livestreams", "live stream", "live session", "live sessions", "लाइव", "directo", "directos", "live-stream"),
}  # fmt: skip

ON_A_PLATFORM: dict[str, tuple[str, ...]] = {
    "instagram": ("bookstagrammer", "bookstagrammers", "instagramer", "instagramers", "insta-", "instagrammer", "instagrammers", "bookstagram", "selebgram"),
    "tiktok": ("tiktoker", "tiktokers", "tiktoks"),
    "youtube": ("youtuber", "youtubers", "यूट्यूबर", "youtube shorts", "yt shorts"),
    "x": ("tweeter", "tweeters"),
    "threads": ("on threads", "en threads", "no threads", "threads par", "threads pe", "threads post", "threads posts", "threads account", "threads handle", "threads profile"),
}  # fmt: skip
"""Words for who or what is on a network. "Threads" alone is what somebody writes on X."""
PLATFORMS: dict[str, tuple[str, ...]] = {
    place.platform.value: (*place.called, *ON_A_PLATFORM.get(place.platform, ())) for place in PLACES
}

NICHES: dict[str, tuple[str, ...]] = {
    "food": ("food", "cuisine", "pâtisserie", "recettes", "patisserie", "foodie", "koche", "backe", "backen", "फूडी", "फ़ूड", "मिठाई", "cozinha", "postres", "sobremesas", "dulces", "jajanan", "masakan", "foodies", "restaurant", "restaurants", "cooking", "chef", "recipe", "recipes", "baking", "bakery", "cafe", "café", "khana", "khane", "खाना", "खाने", "फूड", "रेसिपी", "comida", "cocina", "gastronomía", "recetas", "culinária", "gastronomia", "receitas", "makanan", "kuliner", "masak", "resep", "essen", "kochen", "rezepte", "foodblogger", "food bloggers", "coffee", "snacks", "street food"),
    "beauty": ("beauty", "beauté", "makeup artist", "makeup artists", "make-up artist", "make-up artists", "nail artist", "nail artists", "nail art", "mehndi", "henna", "skin", "dermatologist", "dermatologists", "maquillage", "cosmétiques", "personal care", "grooming", "makeup", "make-up", "skincare", "skin care", "cosmetics", "haircare", "hair care", "मेकअप", "ब्यूटी", "स्किनकेयर", "belleza", "maquillaje", "cosmética", "beleza", "maquiagem", "kecantikan", "kosmetik", "schönheit", "hautpflege", "cuidado de la piel", "skin-care", "nails", "perfume"),
    "fashion": ("fashion", "kollektion", "style bloggers", "style creators", "style influencers", "street style", "clothing", "apparel", "outfit", "outfits", "streetwear", "jewellery", "jewelry", "sarees", "saree", "kurtis", "ethnic wear", "फैशन", "moda", "ropa", "roupas", "mode", "modeblogger", "busana", "hijab", "sneakers", "sneaker", "schmuck", "thrift"),
    "fitness": ("fitness", "yogastudio", "yoga-studio", "fitnessstudio", "gym", "yoga", "workout", "workouts", "pilates", "running", "crossfit", "फिटनेस", "जिम", "योग", "योगा", "gimnasio", "da academia", "na academia", "treino", "correr", "corredores", "corrida", "runners", "calistenia", "gym-goers", "olahraga", "kebugaran", "laufen", "bodybuilding", "marathon"),
    "tech": ("tech", "technology", "gadget", "gadgets", "smartphone", "smartphones", "electronics", "software", "ai", "टेक", "गैजेट", "tecnología", "tecnologia", "teknologi", "technik", "laptops", "coding"),
    "travel": ("travel", "voyage", "voyages", "randonnée", "touring", "viajero", "viajeros", "viajera", "viajeras", "viajar", "viajante", "viajantes", "jalan-jalan", "ghumne", "ghoomne", "घुमक्कड़", "traveler", "travelers", "travellers", "trip", "trips", "travelling", "traveling", "traveller", "tourism", "hotel", "hotels", "resort", "backpacking", "ट्रैवल", "यात्रा", "घूमने", "viaje", "viajes", "turismo", "viagem", "viagens", "wisata", "perjalanan", "reise", "reisen", "homestay"),
    "gaming": ("gaming", "gamer", "gamers", "games", "game", "esports", "streamer", "streamers", "गेमिंग", "videojuegos", "jogos", "gim", "gameplays"),
    "parenting": ("parenting", "papá", "papa", "maman", "mamans", "papas", "mummy", "mummies", "mumma", "mamá", "mamães", "mãe", "maternity", "padres", "eltern-blogger", "mama", "mamas", "pais", "mom", "moms", "mum", "mums", "mommy", "mother", "mothers", "dads", "baby", "kids", "parents", "maternidad", "mamás", "madres", "maternidade", "mães", "ibu", "ibu-ibu", "anak-anak", "bayi", "si kecil", "mütter", "eltern", "familie", "family", "बच्चों", "माँ", "पेरेंटिंग"),
    "lifestyle": ("lifestyle", "life style", "daily vlog", "लाइफस्टाइल", "estilo de vida", "gaya hidup", "lebensstil"),
    "finance": ("finance", "finanz", "fintech", "investing", "investment", "money", "stocks", "crypto", "फाइनेंस", "finanzas", "finanças", "investimentos", "keuangan", "investasi", "finanzen", "personal finance"),
    "education": ("education", "student", "campus", "college", "study", "students", "teacher", "teachers", "learning", "edtech", "upsc", "exam", "exams", "शिक्षा", "पढ़ाई", "educación", "estudiantes", "educação", "estudos", "pendidikan", "belajar", "bildung", "lernen", "lehrer"),
    "home": ("home decor", "home", "interior", "interiors", "interior design", "furniture", "decor", "hogar", "decoración", "decoração", "casa", "dekorasi", "rumah", "wohnen", "einrichtung", "deko", "घर", "gardening", "garten", "plants"),
    "pets": ("pets", "hundebesitzer", "katzenbesitzer", "haustierbesitzer", "dog owners", "cat owners", "pet parents", "dog food", "cat food", "pet food", "comida para perros", "comida para gatos", "ração para", "pet", "perro", "gato", "cães", "cão", "kutta", "billi", "कुत्ते", "hundefutter", "haustier", "tiere", "dog", "dogs", "cat", "cats", "mascotas", "perros", "gatos", "hewan", "hewan peliharaan", "kucing", "anjing", "haustiere", "hunde", "katzen", "cachorro", "cachorros", "पालतू", "hund"),
    "music": ("music", "musician", "musicians", "singer", "singers", "song", "संगीत", "गाना", "música", "músicos", "cantantes", "cantores", "musik", "dance", "dancers"),
    "sports": ("sports", "sport", "cricket", "football", "soccer", "basketball", "tennis", "badminton", "cycling", "खेल", "क्रिकेट", "deportes", "fútbol", "esporte", "esportes", "futebol", "sepak bola", "fußball", "radfahren"),
    "health": ("health", "nutrición", "meditation", "meditación", "meditação", "wellness", "nutrition", "ayurveda", "ayurvedic", "mental health", "healthy", "स्वास्थ्य", "हेल्थ", "salud", "bienestar", "saúde", "bem-estar", "nutrição", "kesehatan", "gesundheit", "ernährung", "supplements"),
    "comedy": ("comedy", "humour", "comedian", "stand up", "hasya", "mazedaar", "funny", "memes", "meme", "humor", "humour", "sketch", "standup", "stand-up", "कॉमेडी", "comedia", "comédia", "komedi", "lucu", "lustig", "humoristas", "comedians", "prank", "pranks"),
    "books": ("books", "buchtipps", "autoren", "autorinnen", "authors", "author", "writers", "livres", "lecture", "पुस्तकें", "buch", "book", "bookshop", "bookstore", "किताबें", "किताबों", "पुस्तक", "lectura", "leitura", "resenhas", "bücherwürmer", "lesen", "kitab", "kitaab", "kitabein", "bookstagram", "booktok", "reading", "libros", "livros", "buku", "bücher", "किताब", "literature"),
    "automotive": ("automotive", "cars", "car", "bike", "bikes", "motorcycle", "motorcycles", "auto", "autos", "coches", "motos", "carros", "mobil", "motor", "otomotif", "गाड़ी", "ev", "motorbike"),
    "photography": ("photography", "fotógrafa", "fotógrafas", "fotógrafo", "fotógrafos", "fotograf", "fotografin", "fotografen", "fotografer", "photographer", "photographers", "fotografía", "fotografia", "fotografi", "fotografie", "फोटोग्राफी"),
    "art": ("art", "artist", "artists", "illustration", "drawing", "painting", "arte", "seni", "kunst", "कला", "design"),
    "business": ("business", "entrepreneur", "entrepreneurs", "marketing", "negocios", "negócios", "emprendedores", "bisnis", "unternehmer", "b2b", "saas"),
    "sustainability": ("sustainability", "sustainable", "eco", "eco-friendly", "zero waste", "sostenible", "sustentável", "ramah lingkungan", "nachhaltig", "nachhaltigkeit", "sustentabilidade", "sostenibilidad", "nachhaltige"),
    "diy": ("diy", "हस्तशिल्प", "crafts", "craft", "handmade", "manualidades", "artesanato", "kerajinan", "basteln", "handicrafts"),
    "entertainment": ("entertainment", "movies", "celebrity", "bollywood", "tv", "entretenimiento", "entretenimento", "hiburan", "unterhaltung", "मनोरंजन", "reality show", "talk shows"),
    "news": ("news", "politics", "journalists", "noticias", "notícias", "berita", "nachrichten", "समाचार", "periódico"),
    "film": ("films", "cinema", "movie", "animation", "film creators", "film critics", "film reviewers", "film bloggers", "cartoon", "anime", "cine", "películas", "filmes", "kino"),
    "causes": ("charity", "ngo", "non-profit", "nonprofit", "social cause", "activism", "ong", "donations"),
}  # fmt: skip

GOALS: dict[str, tuple[str, ...]] = {
    "launch": ("launch", "ouverture", "lancement", "new collection", "naya collection", "nayi collection", "nueva colección", "nova coleção", "neue kollektion", "koleksi baru", "produk baru", "nuevo producto", "novo produto", "neues produkt", "naya product", "उद्घाटन", "udghatan", "khul raha", "khul rahi", "khol rahe", "khol raha", "खुल रहा", "खुल रही", "inauguração", "inauguramos", "abrimos", "abriendo", "buka cabang", "opening", "eröffnen", "neueröffnung", "launching", "launched", "new product", "release", "lanzamiento", "lanzar", "lanzamos", "lançamento", "lançar", "lançando", "peluncuran", "meluncurkan", "launching", "einführung", "lancieren", "launchen", "लॉन्च", "rollout", "grand opening", "opening", "inauguración", "eröffnung"),
    "sales": ("sales", "vender más", "vender mais", "sell more", "more orders", "zyada bechna", "bikri badhani", "बिक्री बढ़", "mehr verkaufen", "mehr bestellungen", "laku", "laris", "cuan", "ऑर्डर", "sale", "sell", "selling", "conversions", "orders", "purchases", "bikri", "bechna", "becho", "बिक्री", "बेचना", "ventas", "vender", "vendas", "penjualan", "jualan", "menjual", "verkaufen", "verkäufe", "umsatz", "revenue", "roi", "pedidos", "bestellungen"),
    "awareness": ("awareness", "logon tak", "naam logon tak", "लोगों तक", "get known", "get our name out", "que nos conozcan", "nos conozcan", "darnos a conocer", "ser conhecido", "ficar conhecido", "ficar conhecida", "biar dikenal", "lebih dikenal", "famous", "log jaane", "naam banana", "लोग जानें", "conocimiento de marca", "conciencia de marca", "kenntnis", "markenbekanntheit", "brand recall", "brand awareness", "known", "become known", "better known", "more known", "well known", "bekannter", "bekannt machen", "visibility", "reach", "buzz", "exposure", "recognition", "जागरूकता", "पहचान", "notoriedad", "visibilidad", "reconocimiento", "alcance", "visibilidade", "reconhecimento", "kesadaran", "dikenal", "bekanntheit", "reichweite", "sichtbarkeit", "bekannt", "pehchan", "dar a conocer", "divulgar"),
    "ugc": ("ugc", "videos para anuncios", "vídeos para anuncios", "videos para nuestros anuncios", "contenido para anuncios", "vídeos para anúncios", "videos for ads", "videos for our ads", "video ads", "videos for my ads", "content for ads", "content for my ads", "footage for our ads", "raw videos", "raw footage", "für unsere anzeigen", "für unsere werbung", "für unsere ads", "konten buat iklan", "video untuk iklan", "video buat iklan", "ads ke liye video", "विज्ञापन के लिए वीडियो", "conteúdo para anúncios", "user generated", "user-generated", "content for our ads", "raw content", "contenido generado", "conteúdo gerado"),
    "traffic": ("traffic", "mais gente no site", "mais gente na página", "más gente en la web", "más gente en el sitio", "more people on our site", "more people on our website", "mehr leute auf unserer seite", "mehr leute auf unserer website", "app download", "app downloads", "download karwana", "download karwane", "app install karwana", "unduhan", "target download", "heruntergeladen", "app install", "install our", "install karwa", "download our", "to download", "download aplikasi", "download karwa", "unduh aplikasi", "descargar", "descargas", "descarguen", "baixar", "downloads do app", "acessos", "visitas al sitio", "visitas na página", "besucher auf unserer", "herunterladen", "डाउनलोड", "इंस्टॉल", "website visits", "clicks", "site visits", "visits to our website", "tráfico", "clics", "tráfego", "cliques", "visitas a la web", "visitas ao site", "trafik", "kunjungan website", "klik", "klicks", "besucher auf", "ट्रैफिक", "downloads", "installs", "app installs", "sign-ups", "signups", "link in bio"),
    "footfall": ("footfall", "walk into", "come into our", "come in to our", "step into our", "come to our shop", "come to our store", "visit our shop", "más gente en", "mas gente en", "más gente al", "más clientes en", "más visitas al local", "mais alunos na", "mais alunos no", "mais clientes na", "mais clientes no", "more people in", "more customers in", "more guests", "more diners", "people through the door", "people walk in", "more walk", "log dukaan", "dukan pe log", "gym pe log", "shop pe log", "zyada customers", "mehr gäste", "mehr kunden in", "mehr leute in", "lebih banyak pengunjung", "toko rame", "biar rame", "दुकान पर लोग", "ग्राहक बढ़", "ज़्यादा ग्राहक", "que venga", "que vengan", "kunden vor ort", "gäste im", "log aane", "log aaye", "log aayein", "लोग आएं", "लोग आएँ", "venga al", "vengan al", "venga a la", "vengan a la", "visiten", "kundschaft", "mehr kunden im", "besucher in unser", "rame", "ramai", "mais gente na", "mais gente no", "encher", "llenar", "in den laden", "in unseren laden", "walk ins", "foot traffic", "walk-ins", "walkins", "store visits", "visit our store", "visit our cafe", "in-store", "dukaan par", "grahak", "फुटफॉल", "visitas a la tienda", "visitas à loja", "pengunjung", "datang ke toko", "laufkundschaft", "ladenbesuche", "in den laden", "people to our", "visitantes", "customers to our"),
}  # fmt: skip

PER_CREATOR = r"(?<!\w)(?:(?:per|each|every|por|cada|pro|je|par|tiap|setiap|har|/|प्रति|हर)\s*|a\s+)(?:nano\s*)?(?:creators?|créat(?:eurs?|rices?)|influenceu(?:rs?|ses?)|personne|visits?|couples?|pareja|casal|paar|pasangan|influencers?|person|people|head|kopf|cabeza|cabeça|persona|pessoa|blogger|aadmi|banda|व्यक्ति|यूट्यूबर|ब्लॉगर|creador(?:a|es)?|criador(?:a|es)?|influenciador(?:a|es)?|kreator|orang|bloggers?|क्रिएटर|इन्फ्लुएंसर|perfil|profiles?|accounts?|pages?|akun|cuenta|conta|ladki|bande|nase|youtubers?|tiktokers?)"
PER_POST = r"(?<!\w)(?:(?:per|each|every|por|cada|pro|je|par|tiap|setiap|har|/|प्रति|हर)\s*|a\s+)(?:directos?|lives?|livestreams?|fotos?|photos?|carousels?|threads?|carrusel|reels?|posts?|videos?|vídeos?|stor(?:y|ies)|shorts?|tweets?|vidéos?|publications?|publicaci[oó]n|publicação|postingan|beitrag|rील|रील|पोस्ट|वीडियो|historia|content|piece|deliverable|konten)"
EACH = r"(?<!\w)(?:chacune?|chaque|har ek ko|har kisi ko|har kisi|sab ko|sabko|each of them|cada quien|har ek|each|apiece|cada una|cada uno|cada uma|cada um|cada|masing-masing|jeweils|jede|jeder|je|har ek ko|each one|हर किसी|हर एक|प्रत्येक|हरेक)(?!\w)"

TOTAL = r"(?:in total|total|overall|all inclusive|insgesamt|gesamt\w*|en total|no total|ao todo|kul|कुल|keseluruhan)"
PLACE_BEFORE = (
    "city", "location", "place", "ciudad", "ubicación", "cidade", "local", "localização", "kota", "lokasi", "stadt", "ort", "standort", "शहर", "जिला", "स्थान",
    "in", "at", "from", "near", "around", "en", "de", "desde", "em", "di", "dari", "aus", "bei", "based in", "do", "da", "für", "across", "to", "mein", "nach", "sekitar", "no", "na",
)  # fmt: skip
PLACE_AFTER = (
    "mein",
    "me",
    "se",
    "ke",
    "ka",
    "ki",
    "wale",
    "based",
    "में",
    "से",
    "के",
    "की",
    "का",
    "area",
)

EXCLUDE_BEFORE = (
    "no", "not", "non", "without", "avoid", "avoiding", "exclude", "excluding", "except", "don't want", "dont want", "do not want", "please no", "nothing about", "not about", "never", "skip", "but not", "sin", "evitar", "excepto", "nada de", "excluir", "excluyendo", "sem", "exceto", "não quero", "no quiero", "tanpa", "bukan", "jangan", "kecuali", "hindari", "ohne", "kein", "keine", "keinen", "außer", "nicht", "bitte keine", "bina", "बिना",
)  # fmt: skip
EXCLUDE_AFTER = (
    "nahi chahiye",
    "nahin chahiye",
    "nhi chahiye",
    "mat",
    "chhod kar",
    "chhodkar",
    "ke bina",
    "nahi",
    "नहीं चाहिए",
    "के बिना",
    "छोड़कर",
    "नहीं",
    "mat lena",
)
EXCLUDE_STOPS = frozenset(
    [
        "more",
        "less",
        "than",
        "problem",
        "rush",
        "later",
        "need",
        "worries",
        "issue",
        "issues",
        "limit",
        "minimum",
        "maximum",
        "only",
        "just",
        "fixed",
        "hay",
        "necesito",
        "mais",
        "mas",
        "más",
        "mehr",
        "lebih",
        "idea",
        "preference",
        "matter",
        "experience",
        "deadline",
        "one",
        "matter",
        "big",
        "celebs!",
        "possible",
        "allowed",
        "required",
        "needed",
        "necessary",
        "negotiable",
        "available",
        "zyada",
        "jyada",
        "ज़्यादा",
        "ज्यादा",
        "kam",
        "sure",
        "importa",
        "obstante",
        "falls",
        "hurry",
    ]
)
EXCLUDE_TAIL = frozenset(
    [
        "use",
        "karna",
        "karne",
        "collabs",
        "collab",
        "collaborations",
        "वाले",
        "वाली",
        "वाला",
        "के",
        "की",
        "का",
        "ke",
        "content",
        "creators",
        "creator",
        "influencers",
        "influencer",
        "brands",
        "brand",
        "related",
        "promotions",
        "promotion",
        "posts",
        "niche",
        "niches",
        "please",
        "bitte",
        "por",
        "favor",
        "accounts",
        "pages",
        "profile",
        "profiles",
        "contenido",
        "conteúdo",
        "konten",
        "inhalte",
        "wale",
        "wala",
        "wali",
        "waale",
        "log",
        "creadores",
        "criadores",
        "kreator",
    ]
)
LANGUAGE_CUES = (
    "speaking", "speakers", "language", "in", "auf", "en", "em", "bahasa", "sprachig", "habla", "hablen", "que hablen", "fala", "falam", "falem", "bolne", "bolte", "speak", "speaks", "sprechen", "content in", "berbahasa", "berbicara", "captions in", "idioma",
)  # fmt: skip
