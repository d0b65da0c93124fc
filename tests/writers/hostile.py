"""What people say and machines write that a site generator would take for its own: each must stay what it is."""

SAID = (
    "{{ 3 * 4 }}", "{{ host }}", "{{ and so on", "so on }}", "{% if rain %}", "{% raw %}{{ x }}{% endraw %}", "{# hush #}",
    "{{< ferry >}}", "{{< ferry", "{{% ferry %}}", "{{%ferry", "{{</* ferry */>}}", "{{{ three }}}", "<%= 3 %>", "${HOME}", "#{x}",
    "{process.env.HOME}", "{}", "{: .note onclick=\"go()\"}", "{.note onclick=go()}", "{::comment}", "{#anchor}", "word{#anchor}",
    "<1 MB", "2 < 3 > 1", "I <3 boats", "<sighs> well", "<v Mira>hello</v>", "<00:00:04.000>", "<script>go()</script>",
    "<img src=x onerror=go()>", "<svg onload=go()>", "<!-- gone", "a <!-- gone --> b", "<!--more-->", "<textarea>", "<style>p{}</style>",
    "<?php go(); ?>", "<![CDATA[ x ]]>", "AT&T &copy; &amp; &#x42; &nbsp;x", "[here](javascript:go())", "[here](java&#115;cript:go())",
    "[here](data:text/html,x)", "[here](https://a.example)", "![x](https://a.example/x.png)", "<javascript:go()>", "<me@a.example>",
    "[Mira]: hello", "[Mira]: https://a.example", "[^1]: a note", "see[^1]", "[x][]", "*[HTML]: x", "*sighs* yes", "_so_ yes", "**no** yes",
    "2*3*4", "snake_case_word", "__init__", "run `ls`", "a ` b", "``", "~~gone~~", "H~2~O", "==so==", "$5 and $6", "$$x$$", "C:\\new\\*",
    "the end \\", ":smile:", "@mira #3", "\"yes\", 'no', it's", "a -- b --- c ...", "# one", "#tag", "####### x", "a #", "1. one",
    "1986. A good year.", "1) one", "(a) one", "- one", "+ one", "* one", "> one", ">> MIRA: one", ">one", "===", "---", "***", "___", "+++",
    "* * *", "```", "```{r}", "~~~", "| a | b |", "a | b", "|---|---|", ": so it is", ":::note", "!!! note", "[TOC]", "^", "% title", "title: x",
    "/* x */", "https://a.example/b_c", "https://a.example/_b_*c*?d=1&e=2", "https://a.example/A_(b)", "(https://a.example/a_b).",
    "https://a.example/?a&copy;=1", "www.a.example/_b_", "http://", "me@a.example", "https://a.example\u3000so", "Wow![x]", "•••", "—==",
    "\u200dx", "😀 {{", "日本*語*", "**Mira:** no", "**—** no", "Q  A", "![", "](", "\\[x\\]", "&lt;b&gt;", "{\u200c{< x >}}",
)  # fmt: skip
