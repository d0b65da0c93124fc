"""Texts that look like transcripts, and texts that look like trouble."""

from hypothesis import strategies as st

PIECES = (
    "**", "*", "_", "`", "[", "]", "(", ")", "<", ">", "<p>", "</p>", "<h2>", "</h2>", "{{< x >}}", "{{<", "{% if %}", "\n", "\n\n",
    " ", "  ", "KOVAC:", "Ana Lind:", "Q  ", "and so on", "It rained.", "1.", "1986. ", "- ", "# ", "---", "|", "```", "\\", "&amp;", "&",
    "\t", "\xa0", "(laughs)", "(END VIDEO CLIP)", "[0:12]", "0:18", "<!--", "-->", "~~", "\x0c", "+++", "title: x", "> ", "==", "<script>",
    "https://a.example/b_c", "](http://a.example)", "é", "中", "—", "$10", "#tag", "Comments are closed.", "Source link", "—:", "\u2028", "{", "}",
)  # fmt: skip

hostile = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
anything = st.text(st.characters(codec="utf-8"), max_size=60)
texts = st.one_of(hostile, anything)

_spoken = st.lists(
    st.sampled_from(
        [
            "well",
            "the ferry",
            "left",
            "*now*",
            "_never_",
            "[aside]",
            "<b>",
            "{{ x }}",
            "10:30",
            "Note: this",
            "1. one",
            "# no",
            "- so",
            "`ls`",
            "a|b",
            "https://a.example/b_c?d=*",
            "\\",
            "&copy;",
            "it's",
            "$5",
            "ña",
            "日本",
            "(laughs)",
            "...",
            "~~x~~",
            "(I think)",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
_turn = st.tuples(st.sampled_from(["KOVAC", "LIND", "MR. ABADI"]), st.lists(_spoken, min_size=1, max_size=3))
transcripts = st.lists(_turn, min_size=4, max_size=10).map(
    lambda turns: "\n\n".join(f"{who}: " + "\n\n".join(said) for who, said in turns) + "\n"
)
