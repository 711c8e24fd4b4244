"""The nastiest text there is, for property tests: what grows when it is encoded, escaped or made small, what cannot
be seen, what is written from right to left, and what Discord would make something of.
"""

from hypothesis import strategies as st

PIECES = (
    *(
        "@everyone",
        "<@1>",
        "<@&1>",
        "<#1>",
        "<:gym:1>",
        "<a:gym:1>",
        "<t:1700000000:R>",
        "</suggest:1>",
        "<id:home>",
    ),
    *("[free](https://evil.example)", "https://evil.example/", "steam://run/1", "discord://x", "discord.gg/abc"),
    *(
        "discordapp.com/invite/abc",
        "www.evil.example",
        "**",
        "__",
        "~~",
        "||",
        "`",
        "```",
        "# ",
        "-# ",
        "> ",
        "1. ",
    ),
    *("\\", "\n", "\r", "\t", "\x00", "\u2028", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200f"),
    *("\u200b", "\u200c", "\u200d", "\u034f", "\u3164", "\u2800", "\u115f", "\uffa0", "\u17b4", "\u180b", "\ufe0f"),
    *("\u0301", "\u0316", "\u0338", "\u20dd", "e\u0301\u0302\u0303\u0304", "\u0e47" * 9, "İ", "ß", "ﬁ", "ŉ"),
    *(
        "🥊",
        "👩‍🚀",
        "👨‍👩‍👧‍👦",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "🇩🇪",
        "1️⃣",
        "👍🏽",
    ),
    *(
        "転生したら剣でした",
        "Рокки",
        "שלום",
        "روکی",
        "می\u200cخواهم",
        "क्\u200dष",
        "한국",
        "\U00020000",
        "%",
        "%41",
        "+",
        "&",
    ),
    *("a", "Rocky", " ", "  ", "'", '"', "(", ")", "|", ";", ":", "/", "\ud800", "\udfff"),
)

# Pieces and stray characters in any order, long runs of one thing among them.
nasty = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.tuples(st.sampled_from(PIECES), st.integers(1, 120)).map(lambda pair: pair[0] * pair[1]),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join),
)
