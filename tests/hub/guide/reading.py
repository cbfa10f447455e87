"""Pages of the hub as a reader's tools see them: links, anchors, blocks of code."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True)
class Sample:
    """A block of code of the guide."""

    language: str
    text: str


@dataclass
class Page(HTMLParser):
    """What stands in one page."""

    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    samples: list[Sample] = field(default_factory=list)
    language: str = ""
    text: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def of(cls, html: str) -> Page:
        page = cls()
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            self.anchors.add(given["id"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if given.get("data-language"):
            self.language = given["data-language"]
        if tag == "pre" and self.language:
            self.text = []

    def handle_endtag(self, tag):
        if tag == "pre" and self.text is not None:
            self.samples.append(Sample(self.language, "".join(self.text)))
            self.language, self.text = "", None

    def handle_data(self, data):
        if self.text is not None:
            self.text.append(data)
