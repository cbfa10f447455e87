"""Tags and filters of the kit; every template has them without ``{% load %}``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from hub.ui import addresses, charts, fields, quantities, rings, times, vocabulary, wording
from hub.ui.icons import page_icons
from hub.ui.parts import Badge, Snippet, Text

register = template.Library()

FILTERS: list[Callable[..., Any]] = [
    quantities.filesize,
    quantities.exact_bytes,
    quantities.parameters,
    quantities.count,
    quantities.download_time,
    quantities.short_digest,
    quantities.short_id,
    times.when,
    times.when_exactly,
    times.ago,
    times.in_days,
    vocabulary.file_icon,
    wording.first_line,
    wording.cut_folder,
]
for _filter in FILTERS:
    register.filter(_filter.__name__, _filter)

DRAWINGS: dict[str, Callable[..., SafeString]] = {
    "ring": rings.ring_mark,
    "avatar": rings.avatar_mark,
    "sparkline": charts.sparkline,
    "score_bar": charts.score_bar,
    "dumbbell": charts.dumbbell,
    "stacked_bytes": charts.stacked_bytes,
}
for _name, _drawing in DRAWINGS.items():
    register.simple_tag(_drawing, name=_name)


@register.simple_tag
def address(name: str, *arguments: str) -> str:
    """Where a view is, or nothing when this hub has no such view: ``{% address "guide:page" "review" as url %}``."""
    return addresses.address(name, *arguments)


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str, size: str = "", label: str = "") -> SafeString:
    """A Lucide icon; ``size="lg"`` is 20 px; with ``label`` it is an image with that name."""
    return page_icons(context).draw(str(name), size=size, label=label)


@register.simple_tag(takes_context=True)
def icon_sprite(context: Context) -> SafeString:
    """The symbols that icons of this page refer to; the base layout ends with it."""
    return page_icons(context).new_sprite()


@register.simple_tag(takes_context=True)
def badge(
    context: Context, text: Text | Badge, status: str = "line", icon: str = "", url: str = ""
) -> SafeString:
    """A fact with a tint, for heads of pages: a ``Badge``, or its values one by one. A link when there is evidence."""
    what = text if isinstance(text, Badge) else Badge(text, status, icon, url)
    classes = "badge line" if what.status == "line" else f"badge is-{what.status}"
    mark = page_icons(context).draw(what.icon) if what.icon else SafeString()
    if what.url:
        return format_html('<a class="{}" href="{}">{}{}</a>', classes, what.url, mark, what.text)
    return format_html('<span class="{}">{}{}</span>', classes, mark, what.text)


@register.simple_tag(takes_context=True)
def word_badge(
    context: Context, vocabulary_name: str, value: str | None, url: str = ""
) -> SafeString:
    """The badge of a stored value: ``{% word_badge "severity" finding.severity %}``."""
    word = vocabulary.word(vocabulary_name, value)
    return badge(context, Badge(word.text, word.status, word.icon, url))


@register.simple_tag(takes_context=True)
def state(
    context: Context,
    vocabulary_name: str,
    value: str | None,
    url: str = "",
    detail: str = "",
    size: str = "",
) -> SafeString:
    """Word and icon of a stored value, for rows and tables: ``{% state "verdict" file.verdict size="xs" %}``."""
    word = vocabulary.word(vocabulary_name, value)
    classes = f"state {word.status} {size}".strip()
    mark = page_icons(context).draw(word.icon)
    text = format_html("{}: {}", word.text, detail) if detail else word.text
    if url:
        return format_html('<a class="{}" href="{}">{}{}</a>', classes, url, mark, text)
    return format_html('<span class="{}">{}{}</span>', classes, mark, text)


@register.simple_tag
def word(vocabulary_name: str, value: str | None) -> vocabulary.Word:
    """The word itself, to use as ``{% word "check" row.result as w %}``."""
    return vocabulary.word(vocabulary_name, value)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", **attrs: Any) -> dict[str, Any]:
    """Label, hint, control and errors of one form field, wired for assistive technology."""
    return fields.field_values(bound, label=label, hint=hint, **attrs)


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary on top of a form that was refused, with links to the fields."""
    wrong = [form[name] for name in form.errors if name in form.fields]
    return {"general": form.non_field_errors(), "wrong": wrong, "is_refused": bool(form.errors)}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: Context, page: Any, total: str = "", parameter: str = "cursor", label: str = ""
) -> dict[str, Any]:
    """Previous and next of a ``hub.core.pagination.Page``; keeps the rest of the query."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    return {
        "total": total,
        "label": label,
        "previous": _with(query, parameter, page.previous_cursor),
        "next": _with(query, parameter, page.next_cursor),
    }


def _with(query: Any, parameter: str, value: str | None) -> str:
    if not value:
        return ""
    if query is None:
        return f"?{parameter}={value}"
    query[parameter] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/snippets.html")
def snippets(tabs: Sequence[Snippet], name: str = "use") -> dict[str, Any]:
    """Code in tabs without script, at most six; ``name`` tells several of them on one page apart."""
    return {"tabs": list(tabs)[:6], "name": name}


@register.simple_block_tag
def panel(
    content: str,
    title: Text,
    *,
    id: str = "",  # noqa: A002 - what templates know it by
    aside: Text = "",
    footer: Text = "",
    level: int = 2,
) -> SafeString:
    """A white section with a heading; its content brings ``.body``, a table or a list."""
    name = id or f"panel-{slugify(str(title))}"
    return format_html(
        '<section class="panel" aria-labelledby="{}"><header class="between"><h{} id="{}">{}</h{}>{}</header>{}{}</section>',
        name,
        level,
        name,
        title,
        level,
        format_html('<span class="xs dim">{}</span>', aside) if aside else "",
        content,
        format_html("<footer>{}</footer>", footer) if footer else "",
    )


_NOTICE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-x", "info": "info"}


@register.simple_block_tag(takes_context=True)
def notice(
    context: Context, content: str, status: str = "info", icon: str = "", role: str = ""
) -> SafeString:
    """A tinted box; its first sentence stands in ``<b>`` and states the fact. ``role="alert"`` only after a refused form."""
    return format_html(
        '<div class="note is-{}"{}>{}<div>{}</div></div>',
        status,
        format_html(' role="{}"', role) if role else "",
        page_icons(context).draw(icon or _NOTICE_ICONS[status]),
        content,
    )


@register.simple_block_tag
def scroll(content: str, label: Text, *, framed: bool = False) -> SafeString:
    """A region that scrolls sideways, for tables and code; ``label`` names it."""
    return format_html(
        '<div class="scroll{}" tabindex="0" role="region" aria-label="{}">{}</div>',
        " framed" if framed else "",
        label,
        content,
    )


@register.simple_block_tag(takes_context=True)
def event(context: Context, content: str, icon: str, status: str = "") -> SafeString:
    """One line of a ``<ol class="tl">``: what happened, with its icon."""
    return format_html(
        '<li><span class="dot{}">{}</span>{}</li>',
        f" is-{status}" if status else "",
        page_icons(context).draw(icon),
        content,
    )


@register.simple_block_tag
def comment_by(
    content: str, name: str, about: Text = "", badge: Text = "", level: int = 3
) -> SafeString:
    """Somebody's words in a timeline: name, role and date above, the text inside."""
    avatar = rings.avatar_mark(name).replace('class="ava person"', 'class="dot ava person"', 1)
    return format_html(
        '<li>{}<div class="panel"><header class="between"><span class="row"><h{}>{}</h{}><span class="xs dim">{}</span></span>{}</header>'
        '<div class="body">{}</div></div></li>',
        SafeString(avatar),
        level,
        name,
        level,
        about,
        badge,
        content,
    )
