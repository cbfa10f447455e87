"""Addresses of adding a model and its files."""

from __future__ import annotations

from django.urls import path

from models_catalog.web import new_pages, tus, upload_pages

MODEL = "<str:namespace>/<str:name>"
UPLOAD = f"{MODEL}/uploads/<uuid:upload_id>"

urlpatterns = [
    path("new", new_pages.new, name="new"),
    path(f"{MODEL}/upload", upload_pages.upload, name="upload"),
    path(f"{MODEL}/uploads", upload_pages.begin, name="upload-begin"),
    path(UPLOAD, upload_pages.session, name="upload-session"),
    path(f"{UPLOAD}/files", tus.files, name="upload-files"),
    path(f"{UPLOAD}/files/<uuid:file_id>", tus.file, name="upload-file"),
]
