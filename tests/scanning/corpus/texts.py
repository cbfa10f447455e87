"""Text that lies beside weights."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.sample import Sample, benign, malformed, malicious

EASTERN = {
    "gbk": "编号,文本,标签\n1,今天天气很好,正面\n2,这部电影不好看,负面\n",
    "big5": "編號,文字,標籤\n1,今天天氣很好,正面\n2,這部電影不好看,負面\n",
    "shift_jis": "番号,文章,ラベル\n1,今日はいい天気です,良い\n2,映画はつまらない,悪い\n",
    "euc_jp": "番号,文章,ラベル\n1,今日はいい天気です,良い\n2,映画はつまらない,悪い\n",
    "euc_kr": "번호,문장,표\n1,오늘은 날씨가 좋다,긍정\n2,영화가 재미없다,부정\n",
}
FORMULA = "9,=cmd|' /C calc'!A0,x\n"


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("card", "README.md", b"---\nlicense: mit\n---\n# A model\n\nIt models.\n")
    for encoding, rows in EASTERN.items():
        name = encoding.replace("_", "-")
        yield benign(f"table-in-{name}", "data.csv", rows.encode(encoding))
        yield malicious(f"formula-in-{name}", "data.csv", (rows + FORMULA).encode(encoding))
        page = f"<!doctype html><p>{rows}</p><script>fetch('/')</script>"
        yield malicious(f"page-in-{name}", "page.html", page.encode(encoding))
        yield malformed(f"noise-in-{name}", "data.csv", rows.encode(encoding) + b"\1\2\xff\0")
