"""Lists of creators as they come: each case stands for a kind of file that people have."""

import json
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from bots.understanding.lists import VOCABULARY
from core.creators import imports
from core.creators.errors import ListUnreadable
from core.creators.lists import cells, words
from core.creators.lists.cells import Unit, Writing
from core.creators.lists.columns import Plan
from core.creators.schemas import ImportReport, ImportRow, SocialAccountView
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform


class Taken:
    """What comes of a file."""

    def __init__(self, content: bytes | str, name: str = "list.csv", **options: Any) -> None:  # noqa: ANN401
        raw = content.encode() if isinstance(content, str) else content
        reading = {each: options.pop(each) for each in ("encoding", "sheet") if each in options}
        self.table = imports.read(raw, **reading)
        self.report = ImportReport()
        self.plan: Plan = imports.plan(self.table, name, **{"mapping": {}, "fixed": {}, **options})
        self.rows = list(imports.rows(self.table, self.plan, self.report, VOCABULARY))

    @property
    def account(self) -> SocialAccountView:
        return self.accounts(0)[0]

    def accounts(self, row: int) -> tuple[SocialAccountView, ...]:
        return self.rows[row].profile.accounts or ()

    @property
    def followers(self) -> list[int | None]:
        return [account.followers for row in self.rows for account in row.profile.accounts or ()]

    @property
    def handles(self) -> list[str]:
        return [account.handle for row in self.rows for account in row.profile.accounts or ()]

    @property
    def engagement(self) -> list[int | None]:
        return [account.engagement_bps for row in self.rows for account in row.profile.accounts or ()]

    @property
    def names(self) -> list[str | None]:
        return [row.profile.name for row in self.rows]

    @property
    def reasons(self) -> list[str]:
        return [refusal.reason for refusal in self.report.refused]

    @property
    def remarks(self) -> str:
        return " ".join(self.report.remarks)


def only(content: bytes | str, **options: Any) -> ImportRow:  # noqa: ANN401
    [row] = Taken(content, **options).rows
    return row


# --- the file

TABLE = "Name,Handle,Platform,Followers,City\nZoë Peña,zoe.pena,Instagram,5400,Cádiz\nJörg Weiß,jorg_w,TikTok,8100,Ulm\n"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(sign: str) -> None:
    taken = Taken(TABLE.replace(",", sign))
    assert (taken.names, taken.followers) == (["Zoë Peña", "Jörg Weiß"], [5_400, 8_100])


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"],
)
@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_western_list_is_read_in_any_encoding(encoding: str, sign: str) -> None:
    taken = Taken(TABLE.replace(",", sign).encode(encoding))
    assert taken.names == ["Zoë Peña", "Jörg Weiß"]
    assert any("encoding" in guess for guess in taken.plan.guesses) == (encoding in {"utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"})  # fmt: skip


CODE_PAGES = [
    ("cp932", ["さくら台所", "山田の旅日記"]),
    ("euc_jp", ["さくら台所", "山田の旅日記"]),
    ("cp949", ["서울 골목 산책", "부산 맛집 탐방"]),
    ("gb18030", ["上海美食日记", "周末旅行摄影"]),
    ("big5", ["台北美食日記", "週末旅行攝影"]),
    ("cp1251", ["Мария Ларина", "Кухня дома"]),
    ("cp1250", ["Łucja Żurek", "Jagna Świętek"]),
    ("cp1250", ["Jiří Kovář", "Růžena Žáková"]),
    ("cp1250", ["Győző Szűts", "Tünde Őri"]),
    ("cp1254", ["Gülşen Işıl", "Ayşe Doğan"]),
    ("cp1253", ["Μαρία Λαμπρου", "Γιώργος"]),
    ("cp1256", ["مريم سالم", "مطبخ فاطمة"]),
    ("cp1252", ["Søren Kjær", "Åse Lærke"]),
    ("cp1252", ["Þóra Sigurðar", "Ægir"]),
    ("cp1252", ["João Conceição", "Corações"]),
    ("cp1252", ["JOSÉ PEÑA", "Cœur d’Élise"]),
    ("cp1252", ["Food™ & “Fun”", "½ price • €"]),
]


@pytest.mark.parametrize(("encoding", "names"), CODE_PAGES)
def test_a_code_page_is_recognised_by_the_letters_of_a_language(encoding: str, names: list[str]) -> None:
    text = "".join(f"{number},{name},instagram\n" for number, name in enumerate(names, 20))
    taken = Taken(f"id,name,platform\n{text}".encode(encoding))
    assert [row[1] for _, row in taken.table.rows] == names


@pytest.mark.parametrize(("encoding", "name"), [("cp1255", "מרים כהן"), ("cp1250", "Ţoń")])
def test_what_could_be_read_in_two_ways_is_refused_and_read_where_it_is_named(
    encoding: str, name: str
) -> None:
    raw = f"id,name,platform\n20,{name},instagram\n".encode(encoding)
    with pytest.raises(ListUnreadable) as refusal:
        Taken(raw)
    assert "encoding" in str(refusal.value.facts["why"])
    assert Taken(raw, encoding=encoding).names == [name]


def test_an_empty_first_line_a_title_and_a_line_for_the_delimiter_are_no_headings() -> None:
    assert Taken("\n\nHandle,Platform\nasha,instagram\n").handles == ["asha"]
    assert Taken("Our list 2026;;\n;;\nNo.;Handle;Followers\n1;@asha;12k\n2;@bo;9k\n").handles == [
        "asha",
        "bo",
    ]
    assert Taken("sep=;\nhandle;platform;followers\nasha;instagram;1.200\n").followers == [1_200]


def test_headings_are_read_in_any_case_and_may_repeat() -> None:
    taken = Taken(
        "HANDLE,Niche,NICHE,Followers,followers,platform\nasha,food,travel,1200,,ig\nbo,food,,,2300,ig\n"
    )
    assert taken.followers == [1_200, 2_300]
    assert [row.profile.niches for row in taken.rows] == [("food", "travel"), ("food",)]


def test_quoted_lines_stay_one_cell_and_an_open_quote_is_named() -> None:
    row = only('handle,bio,platform\nasha,"one\ntwo, ""three""",instagram\n')
    assert row.profile.bio == 'one\ntwo, "three"'
    text = "".join(f"a{n},hi,instagram\n" for n in range(5))
    taken = Taken(f'handle,bio,platform\nok,hi,instagram\nasha,"one,instagram\n{text}')
    assert (taken.handles, taken.reasons) == (
        ["ok"],
        ["a quotation mark is not closed, so that rows run into each other"],
    )


def test_every_line_end_is_one() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert Taken(f"handle,platform{end}asha,instagram{end}bo,tiktok{end}").handles == ["asha", "bo"]


def test_a_list_without_headings_is_one_of_handles() -> None:
    taken = Taken("@asha\n@bo.k\nhttps://www.instagram.com/cy_t/\n")
    assert taken.handles == ["asha", "bo.k", "cy_t"]


def test_a_cell_that_is_too_large_refuses_its_row_alone() -> None:
    taken = Taken(f"handle,platform,bio\nasha,instagram,{'x' * 100_001}\nbo,instagram,ok\n")
    assert (taken.handles, len(taken.reasons)) == (["bo"], 1)


def workbook(*, percent: bool = True) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    share = book.add_format({"num_format": "0.0%"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet("Read me").write(0, 0, "What this is")
    sheet = book.add_worksheet("Creators")
    sheet.write_row(0, 0, ["Our creators"])
    sheet.write_row(2, 0, ["Username", "Followers", "Engagement rate", "Joined", "Rate per reel (INR)"])
    sheet.write_row(3, 0, ["asha", 12_400, 0.045])
    sheet.write(3, 2, 0.045, share if percent else None)
    sheet.write_number(3, 3, 45_000, day)
    sheet.write(3, 4, 1500)
    sheet.write_row(4, 0, ["bo", "8,300", 0.1, "", "₹2,000"])
    sheet.write_formula(5, 0, '=LOWER("CY")', None, "cy")
    sheet.write_formula(5, 1, "=A1*2", None, 7_000)
    sheet.write(6, 0, "di")
    sheet.write_number(6, 1, 45_000, day)
    book.add_worksheet("Old").write_row(0, 0, ["Username", "Followers"])
    book.close()
    return target.getvalue()


def test_a_workbook_is_read_by_its_values_whatever_it_is_called() -> None:
    taken = Taken(workbook(), name="creators.csv")
    assert (taken.handles, taken.followers) == (["asha", "bo", "cy"], [12_400, 8_300, 7_000])
    assert taken.engagement == [450, 1_000, None]
    rates = [row.profile.rates for row in taken.rows]
    assert rates[:2] == [{DeliverableKind.REEL: Money(minor, Currency.INR)} for minor in (150_000, 200_000)]
    assert taken.report.refused[0].line == 7
    assert "date" in taken.reasons[0]
    assert "Read me" in taken.remarks


def test_a_sheet_can_be_named() -> None:
    with pytest.raises(ListUnreadable, match="read as a list") as refusal:
        Taken(workbook(), sheet="Nowhere")
    assert "Creators" in str(refusal.value.facts["why"])
    assert Taken(workbook(), sheet="creators").handles[0] == "asha"


def test_a_workbook_of_a_cell_far_away_is_refused_before_it_is_read() -> None:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write(1_000_000, 16_000, "far")
    book.close()
    with pytest.raises(ListUnreadable) as refusal:
        Taken(target.getvalue())
    assert "1,000,001 rows" in str(refusal.value.facts["why"])


UNREADABLE = [
    (b"", "holds no rows"),
    (b"\n ,,\n", "holds no rows"),
    (b"id,name\n", "holds no rows"),
    (b"%PDF-1.7 \xff", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "of the old kind"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    (b"PK\x03\x04", "damaged"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xd8", "no text"),
    (b"<html><table><tr><td>Handle</td></tr></table></html>", "a web page"),
    (b'["asha", "bo"]', "no list of objects"),
    (b'[{"handle": "asha",}', "begins like JSON"),
    (b"colour,shape\nred,round\n", "no column is known that names a creator"),
]


@pytest.mark.parametrize(("content", "why"), UNREADABLE)
def test_what_is_no_list_says_why(content: bytes, why: str) -> None:
    with pytest.raises(ListUnreadable) as refusal:
        Taken(content)
    assert why in str(refusal.value.facts["why"])


# --- JSON

ASHA = {"username": "asha", "platform": "instagram", "followers_count": 12_400, "categories": ["food", "diy"]}


@pytest.mark.parametrize(
    "body",
    [
        [ASHA],
        {"updated": "2026-10-01", "creators": [ASHA]},
        {"data": {"page": 1, "items": [ASHA]}},
        {"a": ASHA, "b": {**ASHA, "username": "bo"}},
        ASHA,
        [{"profile": ASHA, "audience": {"country": "BR", "followers": 1}}],
    ],
)
def test_a_list_in_json_is_found(body: object) -> None:
    row = Taken(json.dumps(body, indent=1)).rows[0]
    assert row.profile.accounts == (SocialAccountView(Platform.INSTAGRAM, "asha", 12_400, None, None),)
    assert (row.profile.niches, row.profile.country) == (("food", "diy"), None)


def test_lines_of_json_are_taken_whatever_the_file_is_called() -> None:
    lines = ['{"handle":"서울","platform":"youtube"}', "", "{bad", '{"handle":"bo","platform":"tiktok"},']
    taken = Taken("\n".join(lines), name="x.json")
    assert (taken.handles, [r.line for r in taken.report.refused]) == (["서울", "bo"], [3])


def test_a_number_of_json_keeps_its_point() -> None:
    body = [{"handle": "asha", "platform": "instagram", "average_views": 12.345, "followers": 12400.0}]
    assert Taken(json.dumps(body)).account == SocialAccountView(Platform.INSTAGRAM, "asha", 12_400, None, 12)


# --- the columns

HEADINGS = (
    "name",
    "handle",
    "followers",
    "engagement_rate",
    "niches",
    "city",
    "country",
    "languages",
    "rate_reel",
)
LANGUAGES = {
    "Nombre completo;Usuario;Nº de seguidores;Tasa de engagement;Temática;Ciudad;País;Idiomas;Precio por reel": (
        "Ana;@ana.p;12,4 mil;3,1 %;comida;Madrid;España;español, inglés;1.500,50 €"
    ),
    "Nome;Usuário;Seguidores;Taxa de engajamento;Categoria;Cidade;País;Idioma;Valor por reel": (
        "Ana;@ana.p;12,4 mil;3,1%;comida;Madrid;Espanha;espanhol|inglês;€ 1.500,50"
    ),
    "Vollständiger Name;Benutzername;Anzahl Follower;Interaktionsrate;Kategorie;Stadt;Land;Sprachen;Preis pro Reel": (
        "Ana;ana.p;12.400;3,1;Essen;Madrid;Spanien;Spanisch/Englisch;1500,50 EUR"
    ),
    "नाम;हैंडल;फॉलोअर्स;एंगेजमेंट दर;विषय;शहर;देश;भाषा;प्रति रील दर": (
        "Ana;@ana.p;१२,४००;३.१%;खाना;Madrid;स्पेन;स्पेनिश, अंग्रेज़ी;€१,५००.५०"
    ),
    "Full Name\tUser name\tFollower Count\tEngagement (%)\tTopic\tCity\tCountry\tLanguages\tReel price (EUR)": (
        "Ana\thttps://instagram.com/ana.p?hl=en\t12.4K\t3.1\tFood\tMadrid\tESP\tSpanish, en-GB\t1,500.50"
    ),
}


@pytest.mark.parametrize("headings", LANGUAGES)
def test_headings_and_words_are_read_in_every_offered_language(headings: str) -> None:
    taken = Taken(f"{headings}\n{LANGUAGES[headings]}\n")
    assert set(taken.plan.columns) == set(HEADINGS)
    [row] = taken.rows
    assert row.profile.name == "Ana"
    assert row.profile.accounts == (SocialAccountView(Platform.INSTAGRAM, "ana.p", 12_400, 310, None),)
    assert (row.profile.niches, row.profile.languages) == (("food",), ("es", "en"))
    assert (row.profile.city, row.profile.country) == ("Madrid", "ES")
    assert row.profile.rates == {DeliverableKind.REEL: Money(150_050, Currency.EUR)}


def test_what_is_guessed_is_said_and_what_is_ours_is_not_asked_about() -> None:
    ours = Taken(
        "ID,Name,platform,Handle,follower_count,rate_reel,currency\n7a,Asha,instagram,asha,12400,3000,INR\n"
    )
    assert ours.plan.guesses == []
    guessed = Taken("Username,Full name,Follower Count,colour\nasha,Asha,12400,red\n")
    assert [guess.split(" (")[0] for guess in guessed.plan.guesses] == [
        "Full name is name",
        "the platform is instagram",
    ]
    assert guessed.report.unknown_columns == ["colour"]
    assert guessed.plan.shown[0] == "handle ← Username (asha)"


def test_a_mapping_wins_and_must_name_what_there_is() -> None:
    text = "rank,who,platform,text\n3,Asha,youtube,Let us cook\n"
    row = only(text, mapping={"rank": "id", "Who": "name", "text": "bio"}, source="Top Chefs 2026")
    assert (row.external_id, row.profile.name, row.profile.bio) == ("top-chefs-2026:3", "Asha", "Let us cook")
    for wrong in ({"colour": "id"}, {"who": "colour"}):
        with pytest.raises(ListUnreadable):
            Taken(text, mapping=wrong)
    assert Taken(text, mapping={"who": "name", "text": ""}).rows[0].profile.bio is None


def test_each_platform_may_have_its_own_columns() -> None:
    taken = Taken(
        "Name,Instagram,IG followers,TikTok handle,TikTok followers,YouTube URL\n"
        "Asha,@asha.eats,12.4k,asha_t,3000,https://youtube.com/@asha-eats\nBo,https://instagram.com/bo.k,5k,,,\n"
    )
    assert [(a.platform, a.handle, a.followers) for a in taken.accounts(0)] == [
        (Platform.INSTAGRAM, "asha.eats", 12_400),
        (Platform.TIKTOK, "asha_t", 3_000),
        (Platform.YOUTUBE, "asha-eats", None),
    ]
    assert [a.handle for a in taken.accounts(1)] == ["bo.k"]


@pytest.mark.parametrize(
    ("text", "name", "platform"),
    [
        ("Youtuber,subscribers\nKitchen Lab,41000\n", "x.csv", Platform.YOUTUBE),
        ("channel,subscribers\n@kitchen,41000\n", "x.csv", Platform.YOUTUBE),
        ("user,fans,profile link\nasha,900,https://www.tiktok.com/@asha\n", "x.csv", Platform.TIKTOK),
        ("profile link,fans\nhttps://www.tiktok.com/@asha,900\n", "x.csv", Platform.TIKTOK),
        ("user,fans\nasha,900\n", "tiktok creators.csv", Platform.TIKTOK),
        ("user,fans\nasha,900\n", "x.csv", Platform.INSTAGRAM),
        ("unique_id,nickname,follower_count\nasha,Asha,900\n", "x.csv", Platform.TIKTOK),
    ],
)
def test_a_platform_that_no_column_names_is_guessed_for_the_whole_list(
    text: str, name: str, platform: Platform
) -> None:
    assert Taken(text, name=name).account.platform is platform
    assert (
        Taken(text, name=name, fixed={"platform": "x"}).account.platform is Platform.X or "tiktok.com" in text
    )


def test_numbers_of_rows_are_no_handles_and_ids_that_count_rows_are_said() -> None:
    taken = Taken("#,id,name,platform,handle\n1,1,Asha,instagram,1\n2,2,Bo,instagram,2\n")
    assert taken.handles == ["", ""]
    assert "count the rows" in taken.remarks
    assert Taken("Rank,Name,platform\n1,Asha,youtube\n2,Bo,youtube\n").rows[1].external_id == "list:Bo"


# --- the cells


@pytest.mark.parametrize(
    ("column", "figures"),
    [
        (["266.3K", "10.4M", "48,5 mil"], [266_300, 10_400_000, 48_500]),
        (["12,4 k", "1,2 Mio", "8300"], [12_400, 1_200_000, 8_300]),
        (["2.5 lakh", "1.1 cr", "1,23,456"], [250_000, 11_000_000, 123_456]),
        (["३००", "१२,४००", "١٢٣٤"], [300, 12_400, 1_234]),
        (["1.234.567", "12.400", "8300"], [1_234_567, 12_400, 8_300]),
        (["12 400", "12\u00a0400", "12'400", "12\u202f400"], [12_400] * 4),
        (["12k+", "~5k", "> 9,000", "12.4k followers"], [12_000, 5_000, 9_000, 12_400]),
        (["1.2万", "3만", "12 rb", "1,2 jt"], [12_000, 30_000, 12_000, 1_200_000]),
        (["1,234K", "10.5K"], [1_234_000, 10_500]),
        (["1e3", "12400.0", "0"], [1_000, 12_400, 0]),
        (["5000 seguidores", "1.5 million", "2 lakhs"], [5_000, 1_500_000, 200_000]),
    ],
)
def test_follower_counts_are_read_as_people_write_them(column: list[str], figures: list[int]) -> None:
    text = "handle;platform;followers\n" + "".join(f"a{n};instagram;{one}\n" for n, one in enumerate(column))
    assert Taken(text).followers == figures


def test_a_heading_says_what_figures_count_in() -> None:
    assert Taken("handle,platform,Followers (k)\nasha,instagram,12.4\nbo,instagram,8\n").followers == [
        12_400,
        8_000,
    ]


@pytest.mark.parametrize("wrong", ["many", "10k-50k", "12.4.1", "12 March", "1,2,3,4"])
def test_what_is_no_single_figure_refuses_its_row(wrong: str) -> None:
    assert "is not a number" in Taken(f'handle,platform,followers\nasha,instagram,"{wrong}"\n').reasons[0]


@pytest.mark.parametrize(
    ("column", "bps"),
    [
        (["4.5", "10.2", "3,1 %"], [450, 1_020, 310]),
        (["4.5", "0.9"], [450, 90]),
        (["0.9", "0.8", "0.5"], [90, 80, 50]),
        (["0.2", "0.1", "0.25", "3.1"], [20, 10, 25, 310]),
        (["0.045", "0.102", "3.1%"], [450, 1_020, 310]),
        ([*["0.03"] * 20, "1.3"], [*[300] * 20, 13_000]),
        (["4,5", "0,9"], [450, 90]),
    ],
)
def test_a_column_decides_its_unit(column: list[str], bps: list[int]) -> None:
    text = "handle;platform;engagement_rate\n" + "".join(f"a{n};ig;{one}\n" for n, one in enumerate(column))
    assert Taken(text).engagement == bps


def test_an_average_engagement_in_figures_is_divided_by_the_followers() -> None:
    taken = Taken("handle,platform,followers,Engagement avg.\nasha,ig,10K,310\nbo,ig,20K,1K\ncy,ig,,900\n")
    assert taken.engagement == [310, 500, None]
    assert taken.plan.units[3] is Unit.COUNT


@pytest.mark.parametrize(
    ("rates", "amounts"),
    [
        ("rate_reel;currency\n1.500;EUR\n1500,50;EUR\n", [(150_000, "EUR"), (150_050, "EUR")]),
        ("reel rate\nRs. 3,000/-\n₹2500\n", [(300_000, "INR"), (250_000, "INR")]),
        ("rate_reel\n$1,200\n€ 20\nR$ 1.500,00\n", [(120_000, "USD"), (2_000, "EUR"), (150_000, "BRL")]),
        ("Cost per reel (INR)\n3k\n1.5 lakh\n", [(300_000, "INR"), (15_000_000, "INR")]),
        ("rate_reel\n2000 INR\nJPY 3000\n", [(200_000, "INR"), (3_000, "JPY")]),
    ],
)
def test_money_is_read_with_its_currency(rates: str, amounts: list[tuple[int, str]]) -> None:
    heading, *lines = rates.strip().split("\n")
    rows = "".join(f"a{n};{line}\n" for n, line in enumerate(lines))
    found = [row.profile.rates for row in Taken(f"id;{heading}\n{rows}").rows]
    assert found == [{DeliverableKind.REEL: Money(minor, Currency(code))} for minor, code in amounts]


def test_money_of_another_currency_or_of_none_is_said() -> None:
    taken = Taken("id,rate_reel\na,KWD 20\nb,50\n")
    assert "currency 'KWD' is none of" in taken.reasons[0]
    assert taken.rows[0].profile.rates == {DeliverableKind.REEL: Money(5_000, Currency.USD)}
    assert "taken as USD" in taken.remarks


@pytest.mark.parametrize(
    "nothing", ["nan", "NaN", "null", "None", "-", "—", "N/A", "#N/A", "Unknown", "", "  ", "=A1+B2"]
)
def test_what_stands_for_nothing_is_empty(nothing: str) -> None:
    row = only(
        f"id;name;platform;handle;followers;country;bio;niches\nk1;Asha;ig;{nothing};{nothing};{nothing};{nothing};{nothing}\n"
    )
    assert row.profile.accounts == (SocialAccountView(Platform.INSTAGRAM, "", None, None, None),)
    assert (row.profile.country, row.profile.bio, row.profile.niches) == (None, None, None)


def test_nan_with_a_capital_is_a_name() -> None:
    assert only("name,handle,platform\nNan,nan.g,instagram\n").profile.name == "Nan"


@pytest.mark.parametrize(
    ("cell", "handle"),
    [
        ("@Asha.Eats", "asha.eats"),
        ("https://www.instagram.com/asha.eats/?hl=en", "asha.eats"),
        ("instagram.com/asha.eats", "asha.eats"),
        ("HTTPS://INSTAGRAM.COM/Asha.Eats/reels/", "asha.eats"),
        ("https://www.instagram.com/stories/asha.eats/1/", "asha.eats"),
        ('"=HYPERLINK(""https://instagram.com/asha.eats"",""Asha"")"', "asha.eats"),
        ('"=""asha.eats"""', "asha.eats"),
        ("https://www.instagram.com/p/C1a2b3/", ""),
        ("Asha Eats", ""),
        ("asha@example.com", ""),
        ("http://example.com/asha", ""),
    ],
)
def test_a_handle_is_taken_from_its_cell(cell: str, handle: str) -> None:
    taken = Taken(f"name,handle,platform\nAsha,{cell},instagram\n")
    assert taken.handles == [handle]
    assert bool(handle) != ("left empty" in taken.remarks)
    assert "example.com" not in taken.remarks or "@" not in cell


def test_an_address_of_another_network_than_the_row_says_is_refused() -> None:
    taken = Taken("name,handle,platform\nAsha,https://x.com/asha,instagram\n")
    assert taken.reasons == ["the platform is instagram and the address is of x"]


def test_a_platform_that_is_none_of_ours_refuses_its_row_in_words() -> None:
    taken = Taken("handle,platform\nasha,Insta\nbo,Reddit\ncy,YT\ndi,Twitter\nel,TikTok / Instagram\n")
    assert taken.reasons == [f"platform 'reddit' is none of {', '.join(Platform)}"]
    assert [row.profile.accounts[0].platform.value for row in taken.rows if row.profile.accounts] == [
        "instagram",
        "youtube",
        "x",
        "tiktok",
    ]
    assert "several platforms" in taken.remarks


def test_a_count_outside_the_range_is_a_remark() -> None:
    taken = Taken("handle,platform,followers\nasha,ig,10.4M\nbo,ig,300\ncy,ig,12400\n")
    assert taken.followers == [10_400_000, 300, 12_400]
    assert "outside 1,000 to 50,000, taken all the same: 2 (10,400,000, 300)" in taken.remarks


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("Estados Unidos", "US"), ("भारत", "IN"), ("Índia", "IN"), ("USA", "US"), ("U.K.", "GB"), ("DEU", "DE")],
        *[("South Korea", "KR"), ("Korea, Republic of", "KR"), ("🇧🇷", "BR"), ("Côte d’Ivoire", "CI"), ("in", "IN")],
        *[("Deutschland", "DE"), ("日本", "JP"), ("The Netherlands", "NL"), ("worldwide", ""), ("Atlantis", None)],
    ],
)  # fmt: skip
def test_countries_are_read_by_name_and_code(name: str, code: str | None) -> None:
    assert words.country(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *[("English", "en"), ("हिंदी", "hi"), ("हिन्दी", "hi"), ("Inglés", "en"), ("pt-BR", "pt"), ("Deutsch", "de")],
        *[("Português (Brasil)", "pt"), ("मराठी", "mr"), ("eng", "en"), ("zh-Hans", "zh"), ("bahasa", "id"), ("??", None)],
    ],
)  # fmt: skip
def test_languages_are_read_by_name_and_code(name: str, code: str | None) -> None:
    assert words.language(name) == code


def test_a_location_is_a_city_a_country_or_both() -> None:
    taken = Taken('handle,platform,location\nasha,ig,"Pune, India"\nbo,ig,México\ncy,ig,Lisboa\n')
    places = [(row.profile.city, row.profile.country) for row in taken.rows]
    assert places == [("Pune", "IN"), (None, "MX"), ("Lisbon", None)]


def test_topics_of_several_columns_are_joined_and_unknown_ones_said() -> None:
    taken = Taken("name,platform,niche1,niche2,niche3\nAsha,ig,travel,photography,\nBo,ig,comida,Origami,\n")
    assert [row.profile.niches for row in taken.rows] == [("travel", "photography"), ("food",)]
    assert "Topics that are none of ours, left out: 1 (Origami)" in taken.remarks


def test_long_ids_that_begin_alike_are_two() -> None:
    first, second = Taken(f"id,name\n{'x' * 119}1,Asha\n{'x' * 119}2,Bo\n").rows
    assert first.external_id != second.external_id
    assert max(len(first.external_id), len(second.external_id)) <= 120


@pytest.mark.parametrize(
    "cell",
    [
        "https://vm.tiktok.com/ZMFabc/",
        "https://www.tiktok.com/t/ZMFabc/",
        "tiktok.com/discover",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://youtube.com/channel/UC123",
        "https://www.instagram.com/share/BAxyz",
        "https://x.com/i/status/1741",
    ],
)
def test_an_address_that_names_nobody_is_no_handle(cell: str) -> None:
    taken = Taken(f"name,profile link\nAsha,{cell}\n")
    assert taken.handles == [""]
    assert "left empty: 1" in taken.remarks


def test_a_follower_is_whole() -> None:
    taken = Taken('handle,platform,followers\nasha,ig,"12,4"\nbo,ig,12400.0\n')
    assert (taken.followers, taken.reasons) == (
        [12_400],
        ["followers '12,4' is no whole number; are they thousands?"],
    )


def test_what_was_encoded_twice_is_read_as_it_was() -> None:
    taken = Taken(
        "name,handle,platform,país\nJosÃ© PeÃ±a,jose,ig,EspaÃ±a\nà¤†à¤¶à¤¾,asha,ig,\nSÃO Ãvila,sao,ig,\n"
    )
    assert taken.names == ["José Peña", "आशा", "SÃO Ãvila"]
    assert taken.rows[0].profile.country == "ES"
    assert "encoded twice" in taken.remarks


def test_quotes_of_one_stroke_are_no_part_of_a_cell() -> None:
    assert Taken("'handle';'platform';'followers'\n'asha';'ig';'1000'\n").account.handle == "asha"


def test_figures_beside_one_platform_s_handle_are_of_that_platform() -> None:
    text = "Influencer,IG Handle,Followers (in K),Avg. ER %,Category/Niche,Charges per Reel (INR),Charges per Story\n"
    row = only(f"{text}Asha,@asha.eats,12.4,3.1,Food & Travel,3000,500\n")
    assert row.profile.accounts == (SocialAccountView(Platform.INSTAGRAM, "asha.eats", 12_400, 310, None),)
    assert row.profile.niches == ("food", "travel")
    assert {str(money.currency) for money in (row.profile.rates or {}).values()} == {"INR"}


def test_figures_that_could_be_of_two_platforms_are_left_out_and_said() -> None:
    taken = Taken("Name,Instagram,TikTok,Followers\nAsha,@asha,@asha_t,12400\n")
    assert taken.followers == [None, None]
    assert "followers name no platform" in taken.remarks


def test_a_channel_of_youtube_is_who_it_is() -> None:
    taken = Taken("Instagram Handle,YouTube Channel,YouTube Subscribers\n@asha,youtube.com/@asha-x,4.5K\n")
    assert [(a.platform.value, a.handle, a.followers) for a in taken.accounts(0)] == [
        ("instagram", "asha", None),
        ("youtube", "asha-x", 4_500),
    ]


def test_what_is_said_of_an_audience_is_not_said_of_the_creator() -> None:
    taken = Taken("name,handle,platform,audience country,audience_followers\nAsha,asha,ig,Brazil,1\n")
    assert (taken.rows[0].profile.country, taken.followers) == (None, [None])


def test_a_column_that_shows_no_decimal_sign_takes_the_file_s() -> None:
    assert cells.writing_of(["1.500", "2.400"], default=",") == Writing(",")
    assert cells.figure("12.345", Writing(".")) == pytest.approx(12.345)
    assert cells.figure("12.345", Writing(",")) == 12_345
