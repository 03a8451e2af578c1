"""Which letters and digits of other scripts look like which of ours.

Taken from confusables.txt of Unicode 17 (UTS #39): the letters and digits that look like one or several ASCII
letters or digits, marks left out, as far as NFKC leaves them alone. Copyright 1991-2025 Unicode, Inc.; used
under the Unicode License V3, whose notice stands in docs/licences/unicode.txt.
"""

from collections.abc import Mapping

_LOOK_LIKE: Mapping[str, str] = {
    "2": "\u01a7\u01bb\u03e8\u14bf\ua644\ua6ef\ua75a",
    "3": ("\u01b7\u021c\u0417\u0498\u04e0\u0969\u0ae9\u2c9c\u2cc4\u2ccc\ua76a\ua7ab\U000118ca\U00016f3b"),
    "4": "\u13ce\U000118af",
    "5": "\u01bc\U000118bb",
    "6": "\u03ec\u0431\u13ee\u2cd2\u2cd3\u2cdc\U000118d5",
    "7": "\U000104d2\U000118c6",
    "8": "\u0222\u0223\u09ea\u0a6a\U0001031a\U0001e8cb",
    "9": "\u09ed\u0a67\u0b68\u0d6d\u2cca\u2ccb\ua76e\U000118ac\U000118cc\U000118d6",
    "a": "\u0251\u0391\u03b1\u0410\u0430\u13aa\u15c5\ua4ee\U000102a0\U00016f40",
    "aa": "\ua732\ua733",
    "ae": "\u00c6\u00e6\u04d4\u04d5",
    "ao": "\ua734\ua735",
    "au": "\ua736\ua737",
    "av": "\ua738\ua739\ua73a\ua73b",
    "ay": "\ua73c\ua73d",
    "b": (
        "\u0180\u0182\u0183\u0184\u0253\u0392\u0411\u0412\u042c\u0462\u0463\u048c\u048d\u13cf"
        "\u13f4\u1472\u1473\u15af\u15f7\u2c82\ua4d0\ua7b4\U00010282\U000102a1\U00010301"
    ),
    "bl": "\u042b",
    "c": (
        "\u023c\u0421\u0441\u04aa\u04ab\u1004\u105a\u13df\u1d04\u2ca4\u2ca5\ua4da\uabaf\U000102a2"
        "\U00010302\U00010415\U0001043d\U0001051c\U000118e9\U000118f2"
    ),
    "d": ("\u00d0\u0110\u0111\u0189\u018c\u0256\u0257\u0501\u13a0\u13e7\u146f\u15de\u15ea\ua4d2\ua4d3"),
    "dz": "\u02a3",
    "e": ("\u0246\u0247\u0395\u0415\u0435\u04bd\u04bf\u13ac\u2d39\ua4f0\uab32\U00010286\U000118a6\U000118ae"),
    "f": (
        "\u0191\u0192\u03dc\u0584\u15b4\u1d6e\u1e9d\ua4dd\ua798\ua799\uab35\U00010287\U000102a5"
        "\U00010525\U000118a2\U000118c2"
    ),
    "fn": "\u02a9",
    "g": "\u018d\u01e4\u01e5\u0260\u0261\u050c\u0581\u13c0\u13f3\u1d83\ua4d6",
    "h": (
        "\u0126\u0127\u0266\u0397\u041d\u045b\u04a2\u04bb\u04c7\u04c9\u0570\u13bb\u13c2\u13f2"
        "\u157c\u2c67\u2c8e\ua4e7\ua695\U000102cf"
    ),
    "i": "\u0131\u0268\u0269\u026a\u03b9\u0456\u0582\u13a5\u1d7b\u1d7c\u2c93\ua647\uab75\U000118c3",
    "j": "\u0248\u0249\u037f\u03f3\u0408\u0458\u13ab\u148d\ua4d9\ua7b2",
    "k": "\u0199\u039a\u041a\u049a\u049e\u13e6\u16d5\u2c69\u2c94\ua4d7\ua740\U00010518",
    "l": (
        "\u0141\u0142\u0196\u0197\u019a\u01c0\u01cf\u026b\u026d\u0399\u0406\u04c0\u04cf\u05d5"
        "\u05df\u0627\u0661\u06f1\u07ca\u13de\u14aa\u16c1\u2c92\u2cd0\u2d4f\ua4e1\ua4f2\U0001028a"
        "\U00010309\U00010320\U0001041b\U00010526\U000118a3\U000118b2\U00016f16\U00016f28"
        "\U0001e8c7"
    ),
    "ll": "\u01c1\u05f0",
    "lo": "\u042e",
    "ls": "\u02aa",
    "lz": "\u02ab",
    "m": "\u039c\u03fa\u041c\u04cd\u13b7\u15f0\u16d6\u2c98\ua4df\U000102b0\U00010311",
    "n": "\u014b\u019d\u019e\u0273\u039d\u03b7\u0572\u0578\u057c\u1d70\u2c9a\ua4e0\U00010513",
    "o": (
        "\u00d8\u00f8\u019f\u01fe\u0275\u0398\u039f\u03b8\u03bf\u03c3\u03ed\u041e\u043e\u0472"
        "\u0473\u04e8\u04e9\u0555\u0585\u05e1\u0647\u0665\u06be\u06c1\u06d5\u06f5\u06ff\u07c0"
        "\u0966\u09e6\u0a66\u0ae6\u0b20\u0b66\u0be6\u0c66\u0ce6\u0d20\u0d66\u0e50\u0ed0\u101d"
        "\u1040\u10ff\u12d0\u13be\u13eb\u17e0\u1d0f\u1d11\u2c90\u2c91\u2c9e\u2c9f\u2d31\u2d41"
        "\u2d54\u3007\ua4f3\ua74a\ua74b\uab3d\uab3e\uab74\uab8e\uabbb\U00010292\U000102ab"
        "\U00010404\U0001042c\U000104c2\U000104ea\U00010516\U000114d0\U000118b5\U000118c8"
        "\U000118d7\U000118e0"
    ),
    "oe": "\u0152\u0153",
    "oo": "\ua698\ua699\ua74e\ua74f",
    "p": (
        "\u00fe\u01a5\u01bf\u03a1\u03c1\u03f8\u0420\u0440\u13e2\u146d\u1d7d\u2ca2\u2ca3\u2cce"
        "\u2ccf\ua4d1\U00010295"
    ),
    "q": "\u02a0\u051b\u0563\u0566\u2d55",
    "r": (
        "\u01a6\u024d\u027c\u027d\u0433\u0493\u13a1\u13d2\u1587\u1d26\u1d72\u2c85\ua4e3\uab47"
        "\uab48\uab81\U000104b4\U00016f35"
    ),
    "rn": "\u0271\u1d6f\U00011700\U000118e3",
    "s": (
        "\u01bd\u0282\u0405\u0455\u054f\u0d1f\u13d5\u13da\u1d74\ua4e2\ua731\uabaa\U00010296"
        "\U00010420\U00010448\U000118c1\U00016f3a"
    ),
    "ss": "\u03b2\u13f0\ua7b5\ua7d6",
    "t": (
        "\u0166\u0167\u01ad\u01ae\u023e\u03a4\u0422\u04ac\u13a2\u1d75\u2ca6\ua4d4\U00010297"
        "\U000102b1\U00010315\U000118bc\U00016f0a"
    ),
    "t3": "\ua728",
    "tf": "\ua777",
    "ts": "\u02a6",
    "u": (
        "\u0244\u028b\u03c5\u045f\u054d\u057d\u1200\u13cc\u144c\u1d1c\u1d7e\ua4f4\ua79f\uab4e"
        "\uab52\uab9c\U000104ce\U000104f6\U000118b8\U000118d8\U00016f42"
    ),
    "ue": "\u1d6b",
    "uo": "\uab63",
    "v": (
        "\u03bd\u0474\u0475\u05d8\u0667\u06f7\u13d9\u142f\u1d20\u2d38\ua4e6\ua6df\uaba9\U0001051d"
        "\U00011706\U000118a0\U000118c0\U00016f08"
    ),
    "w": (
        "\u026f\u0448\u0461\u051c\u051d\u0561\u13b3\u13d4\u1d21\u2cbd\ua4ea\ua761\uab83\U000114c5"
        "\U0001170a\U0001170e\U0001170f\U000118e6\U000118ef"
    ),
    "x": (
        "\u03a7\u0425\u0445\u04b2\u1541\u157d\u16b7\u2cac\u2d5d\ua4eb\ua7b3\U00010290\U000102b4"
        "\U00010317\U00010322\U00010527\U000118ec"
    ),
    "y": (
        "\u01b4\u024e\u024f\u0263\u028f\u03a5\u03b3\u0423\u0443\u04ae\u04af\u04b0\u04b1\u10e7"
        "\u13a9\u13bd\u1d8c\u1eff\u2ca8\u2ca9\ua4ec\uab5a\U000102b2\U000118a4\U000118dc\U00016f43"
    ),
    "z": (
        "\u01b5\u01b6\u0224\u0225\u0290\u0396\u13c3\u1d22\u1d76\ua4dc\uab93\U000102f5\U000118a9"
        "\U000118c4\U000118e5"
    ),
}
"""ASCII letters or digits, each with what looks like them."""
PROTOTYPES: Mapping[int, str] = {ord(odd): plain for plain, all_odd in _LOOK_LIKE.items() for odd in all_odd}
"""What a character looks like, for `str.translate`."""
