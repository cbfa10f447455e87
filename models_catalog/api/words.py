"""The words that cards use: tasks, licences, languages and libraries, with what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hub.api.operations import Answer, operation
from hub.api.pages import page_answer, slice_of, wanted_page
from hub.api.shapes import shown_all
from hub.api.views import ApiView
from models_catalog.taxonomy.queries import (
    languages,
    libraries,
    licence_facts,
    licences,
    modality_of,
    tasks,
)


class TermShape(serializers.Serializer[Any]):
    """A word of cards."""

    id = serializers.CharField(help_text="As cards write it.")
    title = serializers.CharField(help_text="What people call it.")


class TaskShape(TermShape):
    """What a model does."""

    modality = serializers.CharField(help_text="The kind of input: `nlp`, `audio`, `cv` …")


class PermissionShape(serializers.Serializer[Any]):
    """One line of what a licence allows."""

    mark = serializers.ChoiceField(["yes", "duty", "no"])
    text = serializers.CharField()


class LicenceShape(TermShape):
    """A licence. The summary is to choose by; the licence's own text is what counts."""

    label = serializers.CharField(help_text="The short name.")  # type: ignore[assignment]  # the base class has another of this name
    spdx = serializers.CharField(help_text="Empty for those outside of the SPDX list.")
    url = serializers.CharField(help_text="Of its text; may be empty.")
    permissions = PermissionShape(many=True)


class Words(ApiView):
    """One list of words, by id."""

    open_to_strangers = ("GET",)

    def page(
        self, request: Request, shape: type[serializers.Serializer[Any]], words: Mapping[str, Any]
    ) -> Response:
        """One page of it."""
        ids = sorted(words)
        start, stop, beside = slice_of(ids, wanted_page(request))
        return page_answer(
            request, shown_all(shape, (words[each] for each in ids[start:stop])), beside
        )


class Tasks(Words):
    """Tasks."""

    @operation(
        name="task_list",
        tag="Hub",
        purpose="List tasks",
        answer=Answer(
            TaskShape,
            {"id": "fill-mask", "title": "Fill in the blank", "modality": "nlp"},
            is_list=True,
        ),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By id."""
        known = {
            task: {"id": task, "title": title, "modality": modality_of(task)}
            for task, title in tasks().items()
        }
        return self.page(request, TaskShape, known)


class Licences(Words):
    """Licences."""

    @operation(
        name="licence_list",
        tag="Hub",
        purpose="List licences",
        answer=Answer(
            LicenceShape,
            {
                "id": "apache-2.0",
                "title": "Apache License 2.0",
                "label": "Apache-2.0",
                "spdx": "Apache-2.0",
                "url": "https://spdx.org/licenses/Apache-2.0.html",
                "permissions": [{"mark": "yes", "text": "Use, change and sell"}],
            },
            is_list=True,
        ),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By id."""
        return self.page(request, LicenceShape, {each: licence_facts(each) for each in licences()})


class Languages(Words):
    """Languages."""

    @operation(
        name="language_list",
        tag="Hub",
        purpose="List languages",
        answer=Answer(TermShape, {"id": "sw", "title": "Swahili"}, is_list=True),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By id."""
        return self.page(request, TermShape, _terms(languages().items()))


class Libraries(Words):
    """Libraries."""

    @operation(
        name="library_list",
        tag="Hub",
        purpose="List libraries",
        answer=Answer(TermShape, {"id": "transformers", "title": "Transformers"}, is_list=True),
        is_open=True,
    )
    def get(self, request: Request) -> Response:
        """By id."""
        return self.page(request, TermShape, _terms(libraries().items()))


def _terms(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {each: {"id": each, "title": title} for each, title in pairs}
