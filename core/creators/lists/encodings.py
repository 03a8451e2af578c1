"""How a text is written: recognised, or refused. No byte is ever replaced by a sign of our own.

Short lists of names say little, and code pages differ in a few letters. A reading counts where its letters
are of one language that the page is used for and where its words look like words; two readings that both do,
and of which none is plainly the likelier, are none.
"""

import unicodedata

import regex as re
from charset_normalizer import from_bytes

from core.creators.lists.table import Wrong, refused

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, the longer first."""
WESTERN = frozenset("áàâãäåçéèêëíìîïñóòôõöøúùüßœªº")
ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": ("æøåéäöüà", "áéíóúýþæöð", "áàâäçéèêëîïôöùûüœÿñóíú"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž"),
    "cp1254": ("çğıöşüâîûi\u0307",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "cp1251": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",),
    "koi8_r": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1256": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگ",),
    "mac_roman": ("".join(WESTERN),),
    "cp850": ("".join(WESTERN),),
}
"""The letters of the languages that a code page is used for, small."""
JAPANESE = re.compile(r"(?=.*[\p{Hiragana}\p{Katakana}])[\p{Han}\p{Hiragana}\p{Katakana}ー々]+")
EASTERN = {
    **dict.fromkeys(("cp932", "euc_jp"), JAPANESE),
    "cp949": re.compile(r"\p{Hangul}+"),
    "gb18030": re.compile(r"\p{Han}+"),
    "big5": re.compile(r"\p{Han}+"),
}
OWN_LETTERS = {"cp932": 2, "euc_jp": 2, "cp949": 1}
"""Pages whose own letters (kana, hangul) a text of another page hardly reads as, the surer the higher."""
COMMON = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}
"""Where a page keeps the everyday Chinese characters: texts of other pages read as rare ones."""
MOSTLY = 0.9
HANGUL_MIN = 6
HALF_WIDTH = re.compile(r"[\uff61-\uffdc]")
WORD = re.compile(r"[^\W\d_]+")
AMID_LETTERS = re.compile(r"(?<=[\p{L}\p{M}])[^\x00-\x7f\p{L}\p{M}\p{Pd}\p{Zs}’‘·](?=\p{L})")
NO_SIGN = re.compile(r"[^\x00-\x7f\p{L}\p{M}\p{P}\p{Zs}\p{N}\p{So}\p{Sc}\p{Cf}]")
PORTUGUESE = re.compile(r"õ(?!e)", re.IGNORECASE)
HIGH_RUN = re.compile(r"[^\x00-\x7f\W\d_]{3,}")
TWICE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
PLAINLY = 0.2


def decoded(raw: bytes, named: str = "") -> tuple[str, str, bool]:
    """Return the text, its encoding, and whether that is a guess. Raises ListUnreadable."""
    if named:
        try:
            return raw.decode(named), named, False
        except (UnicodeDecodeError, LookupError):
            raise refused(Wrong.ENCODING, named) from None
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding), encoding, False
    wide = _wide(raw[:2000])
    if wide:
        return _strictly(raw, wide), "utf-16", True
    try:
        return raw.replace(b"\0", b"").decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        if b"\0" in raw:
            raise refused(Wrong.BINARY) from None
        return *_of_a_code_page(raw), True


def once(cell: str) -> str:
    """Return what some export wrote twice as UTF-8 as it was before: JosÃ© is José."""
    for page in ("cp1252", "latin-1") if TWICE.search(cell) else ():
        try:
            return cell.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return cell


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise refused(Wrong.ENCODING) from None


def _wide(head: bytes) -> str:
    """Return which UTF-16 a text without a mark is, empty for none: every second byte is empty."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) <= len(head) // 8 or min(even, odd) > len(head) // 20:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _of_a_code_page(raw: bytes) -> tuple[str, str]:
    """Return the text and the code page; what most spreadsheets write, in our languages, comes first."""
    try:
        western = raw.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and _letters(western) <= WESTERN and _reads_well(western) and not _is_doubtful(western):
        return western, "cp1252"
    found: dict[str, tuple[str, float]] = {}
    for match in from_bytes(raw, cp_isolation=[*ALPHABETS, *EASTERN]):
        text = str(match)
        if _fits(text, match.encoding) and _reads_well(text):
            found.setdefault(text, (match.encoding, match.coherence))
    likely = sorted(found, key=lambda text: (-OWN_LETTERS.get(found[text][0], 0), -found[text][1]))
    if not likely or (len(likely) > 1 and not _is_plain(found[likely[0]], found[likely[1]])):
        raise refused(Wrong.ENCODING)
    return likely[0], found[likely[0]][0]


def _is_plain(first: tuple[str, float], second: tuple[str, float]) -> bool:
    """Tell whether one reading is plainly the likelier: by letters that no other page gives by chance."""
    own = OWN_LETTERS.get(first[0], 0) > OWN_LETTERS.get(second[0], 0)
    return own or first[1] - second[1] >= PLAINLY


def _is_doubtful(western: str) -> bool:
    """Tell whether letters stand as no western language has them: "õ" stands before an "e" alone."""
    return PORTUGUESE.search(western) is not None or HIGH_RUN.search(western) is not None


def _letters(text: str) -> set[str]:
    return {small for c in set(text) if not c.isascii() and c.isalpha() for small in c.lower()}


def _fits(text: str, encoding: str) -> bool:
    if encoding in EASTERN:
        words = [word for word in WORD.findall(text) if not word.isascii()]
        whole = "".join(words)
        fits = not HALF_WIDTH.search(text) and EASTERN[encoding].fullmatch(whole) is not None
        return fits and _is_common(whole, encoding) and (encoding != "cp949" or len(whole) >= HANGUL_MIN)
    return any(_letters(text) <= set(alphabet) for alphabet in ALPHABETS.get(encoding, ()))


def _is_common(letters: str, encoding: str) -> bool:
    if encoding not in COMMON:
        return True
    page, low, high = COMMON[encoding]
    leads = [letter.encode(page, "ignore")[:1] for letter in letters]
    return sum(bool(lead) and low <= lead[0] <= high for lead in leads) >= MOSTLY * len(letters)


def _reads_well(text: str) -> bool:
    """Tell whether text reads as if written so: no capital or sign amid a word, nothing that is no sign."""
    if AMID_LETTERS.search(text) or NO_SIGN.search(text):
        return False
    for word in {word for word in WORD.findall(text) if not word.isascii()}:
        small = any(letter.islower() for letter in word)
        if small and any(letter.isupper() and not letter.isascii() for letter in word[1:]):
            return False
    return not any(unicodedata.category(c) in {"Co", "Cn", "Cc"} and c not in "\r\n\t" for c in set(text))
