"""How days, weeks, months and feasts are called. Data only."""

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar januari janvier enero janeiro जनवरी ene",
            "february feb februar februari février febrero fevereiro फरवरी fev",
            "march mar märz mars maret marzo março मार्च maerz mrz",
            "april apr avril abril अप्रैल abr",
            "may mai mei mayo maio मई",
            "june jun juni juin junio junho जून",
            "july jul juli juillet julio julho जुलाई",
            "august aug août agustus agosto अगस्त ago agu",
            "september sep sept septembre septiembre setembro सितंबर set setiembre",
            "october oct octobre oktober octubre outubro अक्टूबर okt out अक्तूबर",
            "november nov novembre noviembre novembro नवंबर nop",
            "december dec dezember décembre desember diciembre dezembro दिसंबर dez dic des",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag lunes lundi segunda-feira senin somvar somwar segunda सोमवार",
            "tuesday dienstag martes mardi terça-feira selasa mangalvar mangalwar terça terca मंगलवार",
            "wednesday mittwoch mercredi miércoles miercoles quarta-feira rabu budhvar budhwar quarta बुधवार",
            "thursday donnerstag jeudi jueves quinta-feira kamis guruvar guruwar quinta thurs गुरुवार",
            "friday freitag vendredi viernes sexta-feira jumat shukravar shukrawar शुक्रवार sexta",
            "saturday samstag samedi sábado sabado sabtu shaniwar shanivar शनिवार",
            "sunday sonntag dimanche domingo minggu ravivar रविवार itwar itvaar raviwar",
        )
    )
    for name in names.split()
}
WEEKDAYS["hari minggu"] = 6
UNITS: dict[str, int] = {
    "day": 1, "days": 1, "दिनो": 1, "din": 1, "दिन": 1, "दिनों": 1, "día": 1, "días": 1, "dias": 1, "dia": 1, "hari": 1, "tag": 1, "tage": 1, "tagen": 1, "jour": 1, "jours": 1,
    "fortnight": 14, "fortnights": 14, "quincena": 14, "quinzena": 14, "week": 7, "weeks": 7, "hafte": 7, "hafta": 7, "हफ्ते": 7, "हफ़्ते": 7, "सप्ताह": 7, "semana": 7, "semanas": 7, "minggu": 7, "pekan": 7, "woche": 7, "wochen": 7, "semaine": 7, "semaines": 7,
    "month": 30, "months": 30, "mahine": 30, "mahina": 30, "महीने": 30, "mes": 30, "meses": 30, "mês": 30, "bulan": 30, "महीना": 30, "monat": 30, "monate": 30, "monaten": 30, "mois": 30,
}  # fmt: skip
FEASTS: dict[str, tuple[int, int]] = {
    "christmas": (12, 25), "noël": (12, 25), "boxing day": (12, 26), "nikolaus": (12, 6), "xmas": (12, 25), "navidad": (12, 25), "natal": (12, 25), "weihnachten": (12, 25), "क्रिसमस": (12, 25), "christmas eve": (12, 24), "nochebuena": (12, 24), "heiligabend": (12, 24),
    "new year": (12, 31), "end of the year": (12, 31), "end of year": (12, 31), "year end": (12, 31), "fin de año": (12, 31), "final de año": (12, 31), "fim do ano": (12, 31), "final do ano": (12, 31), "akhir tahun": (12, 31), "jahresende": (12, 31), "ende des jahres": (12, 31), "saal ke end": (12, 31), "साल के अंत": (12, 31), "new year's eve": (12, 31), "new years": (12, 31), "año nuevo": (12, 31), "nochevieja": (12, 31), "ano novo": (12, 31), "réveillon": (12, 31), "tahun baru": (12, 31), "silvester": (12, 31), "नए साल": (12, 31), "naye saal": (12, 31),
    "valentine's day": (2, 14), "valentines day": (2, 14), "valentine's": (2, 14), "valentines": (2, 14), "san valentín": (2, 14), "valentinstag": (2, 14), "halloween": (10, 31),
}  # fmt: skip

PARTS: dict[str, str] = {
    "start": r"early|début|beginning of|start of|(?:the )?first days of|anfang|beginn|inicios? de|principios? de|comienzos? de|começo de|início de|inicio de|awal",
    "middle": r"mid|mi|middle of|the middle of|mitte|mediados de|meados de|meio de|pertengahan|tengah",
    "end": r"end of|late|the end of|fin|ende|finales de|fines de|fin de|final de|fim de|finais de|akhir",
}
"""Before a month: which part of it."""
PARTS_AFTER: dict[str, str] = {
    "start": r"(?:ke|के) (?:shuru\w*|start|शुरू\w*|शुरुआत)",
    "middle": r"(?:ke|के) (?:beech|bich|mid\w*|बीच|मध्य)",
    "end": r"(?:ke|के) (?:end|aakhir|akhir|ant|last|अंत|आखिर|आख़िर)|end|ke aakhri",
}
WEEK_OF = {
    1: r"first|1st|primera|primeira|erste[nr]?|pehle|पहले|pertama",
    2: r"second|2nd|segunda|zweite[nr]?|dusre|doosre|दूसरे|kedua",
    3: r"third|3rd|tercera|terceira|dritte[nr]?|teesre|तीसरे|ketiga",
    4: r"last|final|última|ultima|letzte[nr]?|aakhri|आखिरी|terakhir|fourth|4th|cuarta|quarta",
}
THIS_MONTH = r"(?:the |this |de |del |do |dem |des |diese[smn]? )?(?:month|mes|mês|monats?|bulan)(?: ini)?|is mahine|महीने|इस महीने"
DAY_AFTER_TOMORROW = r"day after tomorrow|day after tmrw|parso+n?|परसों|pasado mañana|pasado manana|depois de amanhã|depois de amanha|lusa|übermorgen|uebermorgen"
TOMORROW = r"tomorrow|tmrw|kal tak|kal|कल तक|कल|mañana|amanhã|besok|morgen"
TODAY = r"today|tonight|eod|end of (?:the )?day|aaj|आज|hoy|hoje|hari ini|heute"
END_OF_MONTH = r"month[- ]end|eom|mahine ke (?:end|aakhir)|महीने के (?:अंत|आखिर)|monatsende|end of (?:the |this )?month|fin(?:al(?:es)?)? de(?:l)? (?:este )?mes|fi(?:m|nal) d(?:o|este) mês|akhir bulan(?: ini)?|ende des monats|ende diese[ns] monats"
NEXT_WEEK = r"next week|agle hafte|अगले हफ्ते|अगले हफ़्ते|la próxima semana|la semana que viene|próxima semana|semana que vem|minggu depan|nächste woche|nächster woche"
END_OF_NEXT_MONTH = r"end of (?:the )?next month|next month end|agle mahine ke (?:end|aakhir|ant)|fin(?:ales)? del (?:próximo mes|mes que viene)|fi(?:m|nal) do (?:próximo mês|mês que vem)|akhir bulan depan|ende (?:des )?nächsten monats|अगले महीने के (?:अंत|आखिर)"
NEXT_MONTH = r"next month|agle mahine|अगले महीने|próximo mes|mes que viene|mês que vem|próximo mês|bulan depan|nächsten monat"
WEEKEND = r"this weekend|is weekend|weekend tak|este fin de semana|este fim de semana|fim de semana|akhir pekan(?: ini)?|dieses wochenende|wochenende|वीकेंड तक"
END_OF_WEEK = r"end of (?:the |this )?week|eow|fin de (?:la |esta )?semana laboral|fi(?:m|nal) da semana|final de la semana|akhir minggu(?: ini)?|ende der woche|ende dieser woche|hafte ke (?:end|ant|aakhir)|हफ्ते के अंत"
MOVING_FEASTS: dict[str, str] = {
    "diwali": "diwali", "deepavali": "diwali", "deepawali": "diwali", "दिवाली": "diwali", "दीवाली": "diwali", "दीपावली": "diwali", "holi": "holi", "होली": "holi",
    "eid": "eid", "ईद": "eid", "eid al fitr": "eid", "eid ul fitr": "eid", "lebaran": "eid", "idul fitri": "eid", "bakrid": "adha", "eid al adha": "adha", "idul adha": "adha", "बकरीद": "adha",
    "easter": "easter", "ostern": "easter", "pascua": "easter", "páscoa": "easter", "paskah": "easter", "carnival": "carnival", "carnaval": "carnival", "karneval": "carnival", "fasching": "carnival",
    "black friday": "black friday", "thanksgiving": "thanksgiving", "cyber monday": "cyber monday",
}  # fmt: skip
UNDATED: tuple[str, ...] = (
    *("onam", "pongal", "ramadan", "ramzan", "ramadán", "ramadã", "रमज़ान", "रमजान", "navratri", "navaratri", "नवरात्रि", "durga puja"),
    *("ganesh chaturthi", "गणेश चतुर्थी", "raksha bandhan", "rakhi", "राखी", "रक्षाबंधन", "makar sankranti", "sankranti", "baisakhi", "vaisakhi"),
    *("ugadi", "gudi padwa", "bihu", "vishu", "janmashtami", "dussehra", "dussehra", "दशहरा", "karwa chauth", "करवा चौथ", "chhath", "छठ"),
    *("chinese new year", "lunar new year", "imlek", "nyepi", "waisak", "hanukkah", "mother's day", "mothers day", "father's day", "dia das mães"),
    *("día de la madre", "dia dos pais", "muttertag", "hari ibu", "fête des mères"),
)  # fmt: skip
"""Feasts whose day we do not know: it is said so, and the date is asked for."""
SOON: tuple[str, ...] = (
    *("asap", "a.s.a.p", "as soon as possible", "lo antes posible", "cuanto antes", "o quanto antes", "o mais rápido possível"),
    *("so schnell wie möglich", "schnellstmöglich", "secepatnya", "dès que possible", "au plus vite", "jaldi se jaldi", "जल्द से जल्द"),
)  # fmt: skip
"""What is no day: how soon that is, is asked."""
MOON_FEASTS: dict[str, tuple[str, ...]] = {
    "diwali": ("2026-11-08", "2027-10-29", "2028-10-17", "2029-11-05", "2030-10-26"),
    "holi": ("2026-03-04", "2027-03-22", "2028-03-11", "2029-03-01", "2030-03-20"),
    "eid": ("2026-03-20", "2027-03-10", "2028-02-27", "2029-02-15", "2030-02-05"),
    "adha": ("2026-05-27", "2027-05-17", "2028-05-05", "2029-04-24", "2030-04-14"),
}
"""Feasts by the moon; they may be a day off where the moon is seen. Others are asked for."""
