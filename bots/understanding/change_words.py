"""The words in which people change what they have said, in the languages we speak and in Hinglish."""

ADD = (
    *("on top of that", "on top", "in addition", "además", "ademas", "além disso", "upar se"),
    *("add", "also", "plus", "extra", "another", "additional", "include", "as well", "with also", "additionally"),
    *("añade", "añadir", "añádele", "agrega", "agregar", "agrégale", "suma", "sumar", "también", "tambien"),
    *("incluye", "incluir", "otro", "otra", "otros", "otras", "adicional", "adicionales"),
    *("adiciona", "adicione", "adicionar", "acrescenta", "acrescente", "acrescentar", "também", "inclua"),
    *("outro", "outra", "outros", "outras", "soma", "some"),
    *("jodo", "jod do", "jod dijiye", "jodiye", "jod dena", "add karo", "add kar do", "add kardo", "bhi"),
    *("add kar dijiye", "daalo", "daal do", "dal do", "extra mein"),
    *("जोड़ो", "जोड़ दो", "जोड़ें", "जोड़िए", "जोड़ दीजिए", "जोड़ो", "जोड़ दो", "जोड़ दीजिए", "भी", "शामिल करो", "शामिल करें"),
)  # fmt: skip
MORE = ("more", "más", "mas", "mais", "aur", "zyada", "और", "ज़्यादा", "ज्यादा")
"""More of something, unless a bound follows or stands before: "more than", "or more"."""
REMOVE = (
    *("remove", "drop", "delete", "take out", "take off", "leave out", "get rid of", "skip the", "scrap", "lose"),
    *("without", "minus", "cut the", "strike", "clear"),
    *("quita", "quitar", "quítale", "elimina", "eliminar", "borra", "borrar", "saca", "sacar", "sin"),
    *("tira", "tirar", "tire", "remover", "remova", "retira", "retire", "retirar", "apaga", "apague", "sem"),
    *("hatao", "hata do", "hata dijiye", "hataiye", "hata dena", "hatado", "nikalo", "nikal do", "mat rakho"),
    *("remove karo", "remove kar do", "delete kar do", "ke bina", "bina"),
    *("हटाओ", "हटा दो", "हटाएँ", "हटाएं", "हटाइए", "हटा दीजिए", "निकालो", "निकाल दो", "के बिना", "बिना", "मत रखो"),
)  # fmt: skip
FEWER = ("fewer", "less", "menos", "kam", "कम")
RAISE = (
    *("increase", "raise", "bump up", "bump", "sube", "subir", "súbelo", "aumenta", "aumentar", "aumente"),
    *("incrementa", "sobe", "suba", "badhao", "badha do", "badhaiye", "बढ़ाओ", "बढ़ा दो", "बढ़ा दीजिए", "बढ़ाओ", "बढ़ा दो"),
)  # fmt: skip
LOWER = (
    *("reduce", "lower", "decrease", "bring down", "cut", "baja", "bajar", "bájalo", "reducir", "reduce"),
    *("baixa", "baixe", "reduz", "reduza", "diminui", "diminua", "ghatao", "ghata do", "kam karo", "kam kar do"),
    *("घटाओ", "घटा दो", "कम करो", "कम कर दो"),
)  # fmt: skip
BY = ("by", "en", "em", "por", "se", "से")
UP_TO = ("to", "a", "para", "tak", "hasta", "até", "तक", "till")
NOT = (
    *("not", "no", "don't want", "do not want", "dont want", "don't need", "no need for", "none of", "never"),
    *("no quiero", "ningún", "ninguna", "nada de", "não", "nao", "não quero", "nenhum", "nenhuma"),
    *("nahi", "nahin", "nahi chahiye", "nahin chahiye", "mat", "नहीं", "नहीं चाहिए", "मत", "ना"),
)  # fmt: skip
ANY = ("any", "anywhere", "whichever", "cualquier", "cualquiera", "qualquer", "koi bhi", "कोई भी")
ONLY = (
    "only",
    "solo",
    "sólo",
    "solamente",
    "únicamente",
    "só",
    "somente",
    "apenas",
    "sirf",
    "keval",
    "सिर्फ",
    "सिर्फ़",
    "केवल",
)
SET = (
    *("make it", "make that", "make them", "make", "let it be", "let's do", "lets do", "let's say", "lets say"),
    *("change it to", "change that to", "change to", "change", "set it to", "set to", "set", "put it at", "put"),
    *("update", "switch to", "go with", "should be", "must be", "i want", "we want", "want", "i'd rather"),
    *("i prefer", "prefer", "rather", "instead", "correct", "edit"),
    *("que sean", "que sea", "hazlo", "hazlos", "ponlo en", "ponlo a", "pon", "ponle", "poner", "cámbialo a"),
    *("cambialo a", "cambia a", "cambia", "cambiar", "cámbialo", "mejor", "quiero", "queremos", "debe ser", "deben ser"),
    *("que sejam", "que seja", "faz", "faça", "coloca", "coloque", "colocar", "põe", "ponha", "muda para"),
    *("mude para", "muda", "mude", "mudar", "troca para", "troque para", "melhor", "quero", "queremos", "prefiro"),
    *("kar do", "kardo", "kar dijiye", "kariye", "karo", "karna", "bana do", "banao", "rakho", "rakh do"),
    *("rakhna", "rakhiye", "chahiye", "hona chahiye", "hone chahiye", "badlo", "badal do", "badal kar", "ho"),
    *("कर दो", "कर दीजिए", "करो", "करें", "बना दो", "रखो", "रख दो", "रखें", "चाहिए", "बदलो", "बदल दो", "बदलें"),
)  # fmt: skip
MEANT = (
    *("i meant", "i mean", "what i meant is", "meant", "i wanted to say", "correction", "i misspoke"),
    *("quise decir", "quería decir", "queria decir", "corrijo", "corrección"),
    *("quis dizer", "eu quis dizer", "queria dizer", "corrigindo", "correção"),
    *("mera matlab", "matlab", "मेरा मतलब", "मतलब"),
)  # fmt: skip
"""What only speaks of an answer that was given."""
CORRECTS = (
    *("actually", "sorry", "wait", "oops", "hold on", "on second thought", "my mistake", "my bad", "nope"),
    *("en realidad", "perdón", "perdon", "perdona", "espera", "ay", "me equivoqué", "me equivoque"),
    *("na verdade", "desculpa", "desculpe", "espere", "opa", "me enganei", "errei"),
    *("asal mein", "asal me", "arre", "arey", "ruko", "galti se", "galti", "maaf karna", "maaf karo", "sorry yaar"),
    *("असल में", "अरे", "रुको", "गलती", "गलती से", "माफ़ करना", "माफ करना", "सॉरी"),
)  # fmt: skip
"""What announces that something said is taken back."""
FILLERS = (
    *("yes", "yeah", "yep", "ok", "okay", "sure", "fine", "right", "good", "great", "cool", "perfect", "nice"),
    *("wait", "espera", "ruko", "ruk", "peraí", "रुको", "looks", "and", "but", "please", "pls", "plz", "thanks", "thank you", "thx", "hi", "hello", "hey", "well", "um"),
    *("so", "just", "only", "then", "now", "it", "that", "this", "that's", "thats", "all", "is", "are", "be", "the"),
    *("a", "an", "i", "we", "my", "our", "to", "of", "for", "me", "you", "can", "could", "would", "will", "do"),
    *("let's", "let", "maybe", "perhaps", "think", "guess", "in", "at", "on", "with", "like", "too", "them", "its"),
    *("everything", "else", "rest", "same", "stays", "i'd", "i'm", "as", "bhai", "yaar", "friend", "dear", "sir"),
    *("wrong", "incorrect", "galat", "गलत", "incorrecto", "incorrecta", "mal", "errado", "errada", "fix"),
    *("should", "there", "here", "have", "has", "need", "per", "each", "people", "who", "not", "no"),
    *("sí", "si", "vale", "claro", "bueno", "pero", "y", "por favor", "porfa", "gracias", "hola", "solo", "sólo"),
    *("el", "la", "los", "las", "lo", "un", "una", "mi", "que", "de", "en", "es", "son", "para", "con", "mejor"),
    *("sim", "tá", "está", "bom", "boa", "mas", "e", "por", "favor", "porfavor", "obrigado", "obrigada", "olá", "oi"),
    *("o", "os", "as", "um", "uma", "meu", "minha", "só", "somente", "apenas", "é", "são", "com", "em", "do", "da"),
    *("haan", "ha", "han", "theek", "thik", "hai", "hain", "acha", "achha", "par", "lekin", "aur", "ji", "bas"),
    *("sirf", "kya", "mera", "meri", "mere", "ko", "ka", "ki", "ke", "mein", "me", "se", "toh", "to", "na", "hi"),
    *("हाँ", "हां", "ठीक", "है", "हैं", "अच्छा", "पर", "लेकिन", "और", "जी", "बस", "सिर्फ", "सिर्फ़", "केवल", "मेरा", "मेरी"),
    *("को", "का", "की", "के", "में", "से", "तो", "ही", "कृपया", "धन्यवाद", "नमस्ते", "प्लीज़"),
)  # fmt: skip
"""What says nothing by itself."""
YES = frozenset(
    [
        *("yes", "yess", "yep", "yeah", "yup", "y", "ya", "ja", "ok", "okay", "okey", "okk", "sure", "confirm", "confirmed"),
        *("perfect", "correct", "right", "agree", "agreed", "deal", "exactly", "great", "absolutely", "definitely"),
        *("haan", "haa", "ha", "han", "ji", "sahi", "theek", "thik", "bilkul", "pakka", "kardo", "chalega", "badhiya"),
        *("हाँ", "हां", "जी", "ठीक", "सही", "बिल्कुल", "पक्का", "मंज़ूर"),
        *("sí", "si", "sip", "vale", "claro", "dale", "correcto", "perfecto", "exacto", "confirmo", "acuerdo", "acepto", "listo"),
        *("sim", "certo", "perfeito", "exato", "aceito", "concordo", "isso", "beleza", "combinado", "betul", "setuju", "genau"),
    ]
)  # fmt: skip
"""What says yes by itself."""
BARE_YES = frozenset(
    {"yes", "yeah", "yep", "haan", "haa", "ji haan", "हाँ", "हां", "जी हाँ", "sí", "si", "sim", "ja", "oui"}
)
"""A yes that can be nothing else: no review of somebody's work, no reason."""
YES_SIGNS = frozenset({"👍", "👌", "✅", "👍🏻", "👍🏼", "👍🏽", "👍🏾", "👍🏿"})
YES_BESIDE = frozenset(
    [
        *("it", "it's", "its", "that", "that's", "thats", "this", "all", "is", "please", "pls", "i", "i'm", "do", "go", "ahead", "so", "my", "the"),
        *("save", "send", "pay", "good", "fine", "looks", "sounds", "with", "to", "everything", "thanks", "thank", "you", "me", "works", "for", "a"),
        *("hai", "hain", "sab", "kar", "do", "karo", "de", "dijiye", "bhej", "bhejo", "yahi", "wahi", "yeh", "ye", "mujhe", "manzoor", "hoon", "main", "ab", "accha", "achha", "acha"),
        *("है", "हैं", "सब", "कर", "करो", "दो", "भेज", "भेजो", "मुझे", "मैं", "हूँ", "अच्छा"),
        *("está", "esta", "bien", "todo", "así", "es", "eso", "ese", "esa", "este", "esta", "lo", "la", "el", "de", "estoy", "me", "parece", "guarda", "guárdalo", "guardalo", "envíalo"),
        *("envialo", "manda", "mándalo", "mandalo", "adelante", "gracias", "por", "favor", "con", "muy", "bueno", "hazlo", "y", "paga", "págalo"),
        *("tudo", "bem", "assim", "é", "pode", "salvar", "salva", "envia", "enviar", "mandar", "obrigado", "obrigada", "estou", "e", "o", "ótimo"),
    ]
)  # fmt: skip
"""What may stand beside a yes and takes nothing from it."""
POINTS = frozenset(
    {"that", "that's", "thats", "this", "it", "it's", "its", "es", "esa", "ese", "é", "यही", "यह"}
)
ME = frozenset({"me", "mujhe", "मुझे"})
"""What a button's words may be said with and mean something else: "that's", "call me"."""
ENOUGH = frozenset(
    [
        *(
            "that's all",
            "thats all",
            "that is all",
            "that's it",
            "thats it",
            "nothing else",
            "no more",
            "finished",
            "all",
        ),
        *("eso es todo", "es todo", "nada más", "nada mas", "ya está", "listo", "ya"),
        *("é só isso", "só isso", "é tudo", "nada mais", "pronto", "acabou"),
        *("bas", "bas itna hi", "itna hi", "ho gaya", "aur nahi", "बस", "इतना ही", "हो गया"),
    ]
)
"""What says that no more is to come."""
NOTHING = frozenset(
    [
        *(
            "none",
            "nothing",
            "no thanks",
            "no thank you",
            "nope",
            "n/a",
            "na",
            "not now",
            "nada",
            "ninguno",
            "no gracias",
        ),
        *(
            "ninguna",
            "nenhum",
            "nenhuma",
            "não obrigado",
            "não obrigada",
            "kuch nahi",
            "kuch nahin",
            "कुछ नहीं",
            "नहीं",
            "-",
        ),
    ]
)
QUESTIONS = (
    *("what", "how", "why", "when", "where", "which", "who", "can i", "can you", "do i", "do you", "does", "is it"),
    *("is this", "are you", "will i", "should i", "qué", "que es", "cómo", "como funciona", "por qué", "cuándo"),
    *("cuánto", "dónde", "cuál", "quién", "puedo", "o que", "o quê", "quando", "quanto", "onde", "qual", "quem"),
    *("posso", "por que", "kya", "kaise", "kyun", "kab", "kahan", "kaun", "kitna", "क्या", "कैसे", "क्यों", "कब", "कहाँ"),
)  # fmt: skip

TOPICS = (
    *("topics", "topic", "niches", "niche", "about"),
    *("temas", "tema", "nichos", "assunto", "vishay", "विषय"),
)
EVERYDAY = frozenset({"dos", "donts"})
"""Answers whose names are words of every sentence."""
LABELS: dict[str, tuple[str, ...]] = {
    "budget": ("budget", "total budget", "presupuesto", "orçamento", "बजट"),
    "creators": (
        *("creators", "creator", "influencers", "number of creators", "headcount", "how many creators"),
        *("creadores", "creadoras", "criadores", "criadoras", "क्रिएटर", "क्रिएटर्स"),
    ),
    "deliverables": (
        *("deliverables", "deliverable", "pieces", "pieces of work", "each creator makes", "what they make"),
        *("piezas", "entregables", "peças", "entregas", "काम"),
    ),
    "goal": ("goal", "objective", "aim", "objetivo", "meta", "lakshya", "लक्ष्य"),
    "niches": TOPICS,
    "topics": (
        *("special topics", "special topic", "open topics", "in particular", "especially"),
        *(
            "temas especiales",
            "en particular",
            "temas específicos",
            "em particular",
            "khaas vishay",
            "ख़ास विषय",
        ),
        *TOPICS,
    ),
    "platforms": ("platforms", "platform", "networks", "plataformas", "plataforma", "redes", "प्लेटफ़ॉर्म"),
    "platform": ("platform", "network", "plataforma", "red", "rede", "प्लेटफ़ॉर्म"),
    "cities": (
        *(
            "cities",
            "city",
            "place",
            "places",
            "location",
            "ciudades",
            "ciudad",
            "lugar",
            "cidades",
            "cidade",
        ),
        *("shehar", "sheher", "jagah", "शहर", "जगह"),
    ),
    "city": (*("city", "place", "location", "town", "ciudad", "lugar", "cidade", "shehar", "sheher", "शहर"),),
    "countries": ("countries", "country", "países", "país", "desh", "देश"),
    "country": ("country", "país", "desh", "देश"),
    "languages": (
        *(
            "languages",
            "language",
            "idiomas",
            "idioma",
            "lenguas",
            "línguas",
            "língua",
            "bhasha",
            "भाषा",
            "भाषाएँ",
        ),
    ),
    "followers": (
        *(
            "followers",
            "follower count",
            "follower range",
            "audience size",
            "seguidores",
            "फ़ॉलोअर",
            "फॉलोअर्स",
        ),
    ),
    "deadline": (
        *("deadline", "due date", "live by", "date", "last date", "fecha límite", "fecha", "plazo", "prazo"),
        *("data limite", "data", "tareekh", "tarikh", "तारीख", "तारीख़", "समय सीमा"),
    ),
    "hashtags": ("hashtags", "hashtag", "tags", "tag", "हैशटैग"),
    "landing_url": (
        *(
            "landing page",
            "landing link",
            "landing",
            "link",
            "url",
            "website",
            "site",
            "enlace",
            "sitio web",
            "लिंक",
        ),
    ),
    "exclusions": ("exclusions", "exclusion", "excluded topics", "exclusiones", "exclusões"),
    "name": ("name", "nombre", "nome", "naam", "नाम"),
    "handle": ("handle", "username", "user name", "account", "usuario", "usuário", "cuenta", "conta", "हैंडल"),
    "currency": ("currency", "moneda", "moeda", "mudra", "मुद्रा"),
    "rate": (
        "rate",
        "price",
        "fee",
        "charge",
        "tarifa",
        "precio",
        "preço",
        "valor",
        "daam",
        "कीमत",
        "दाम",
        "रेट",
    ),
    "amount": ("amount", "rate", "price", "importe", "precio", "valor", "preço", "रकम", "दाम"),
    "rate_kind": ("booked for", "kind of work", "tipo de trabajo", "tipo de trabalho"),
    "bio": ("bio", "about me", "description", "biografía", "descripción", "descrição", "परिचय"),
    "price": (
        "price",
        "rate",
        "offer",
        "amount",
        "precio",
        "oferta",
        "preço",
        "valor",
        "daam",
        "keemat",
        "कीमत",
        "दाम",
    ),
    "caption": ("caption", "text", "pie de foto", "texto", "legenda", "कैप्शन"),
    "reason": ("reason", "razón", "motivo", "wajah", "कारण", "वजह"),
    "note": ("note", "nota", "message", "mensaje", "mensagem", "नोट"),
    "link": ("link", "post link", "url", "enlace", "लिंक"),
    "days": ("days", "días", "dias", "din", "दिन"),
    "stars": ("stars", "rating", "estrellas", "estrelas", "taare", "सितारे"),
    "text": ("text", "words", "texto", "palabras"),
}
"""What an answer is called, by the name of its field."""
