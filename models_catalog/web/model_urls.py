"""Addresses of a model's files, history and settings."""

from __future__ import annotations

from django.urls import path

from models_catalog.web import (
    access_pages,
    byte_pages,
    compare_pages,
    converters,
    danger_pages,
    deleted_pages,
    file_pages,
    history_pages,
    recall_pages,
    stage_pages,
)

REVISION = f"<{converters.RevisionName.name}:revision>"

MODEL = "<str:namespace>/<str:name>"

urlpatterns = [
    path("id/<uuid:public_id>", byte_pages.by_identifier, name="by-id"),
    path("acc/<str:accession>", byte_pages.by_identifier, name="by-accession"),
    path(f"{MODEL}/tree/{REVISION}", file_pages.tree, name="tree"),
    path(f"{MODEL}/tree/{REVISION}/<path:path>", file_pages.tree, name="tree"),
    path(f"{MODEL}/blob/{REVISION}/<path:path>", file_pages.file, name="file"),
    path(f"{MODEL}/raw/{REVISION}/<path:path>", byte_pages.raw, name="raw"),
    path(f"{MODEL}/resolve/{REVISION}/<path:path>", byte_pages.resolve, name="resolve"),
    path(f"{MODEL}/image/{REVISION}/<path:path>", byte_pages.image, name="image"),
    path(f"{MODEL}/examine/{REVISION}/<path:path>", byte_pages.examine, name="examine"),
    path(f"{MODEL}/archive/{REVISION}.zip", byte_pages.archive, name="archive"),
    path(f"{MODEL}/sums/{REVISION}", byte_pages.sums, name="sums"),
    path(f"{MODEL}/files", file_pages.pick_revision, name="pick-revision"),
    path(f"{MODEL}/commits/{REVISION}", history_pages.commits, name="commits"),
    path(f"{MODEL}/commit/{REVISION}", history_pages.commit, name="commit"),
    path(f"{MODEL}/compare", compare_pages.pick, name="compare-pick"),
    path(
        f"{MODEL}/compare/<{converters.RevisionName.name}:before>...<{converters.RevisionName.name}:after>",
        compare_pages.compare,
        name="compare",
    ),
    path(f"{MODEL}/versions", history_pages.versions, name="versions"),
    path(f"{MODEL}/versions/<int:number>", history_pages.version, name="version"),
    path(f"{MODEL}/versions/<int:number>/stage", stage_pages.move, name="version-stage"),
    path(f"{MODEL}/versions/<int:number>/alias", stage_pages.name_it, name="version-alias"),
    path(f"{MODEL}/names", stage_pages.names, name="names"),
    path(f"{MODEL}/names/rollback", stage_pages.roll_back, name="name-rollback"),
    path(f"{MODEL}/names/remove", stage_pages.take_away, name="name-remove"),
    path(f"{MODEL}/versions/release", history_pages.release, name="release"),
    path(f"{MODEL}/settings", history_pages.settings, name="settings"),
    path(f"{MODEL}/settings/access", access_pages.access, name="access"),
    path(
        f"{MODEL}/settings/access/<int:grant_id>",
        access_pages.change_access,
        name="access-change",
    ),
    path(f"{MODEL}/settings/access/<int:grant_id>/end", access_pages.end_access, name="access-end"),
    path(f"{MODEL}/access", access_pages.own_access, name="own-access"),
    path(f"{MODEL}/settings/withdraw", history_pages.withdraw, name="withdraw"),
    path(f"{MODEL}/settings/danger", danger_pages.danger, name="danger"),
    path(f"{MODEL}/settings/danger/<str:act>", danger_pages.danger, name="danger-act"),
    *(
        path(
            f"{MODEL}/versions/<int:number>/{act}",
            recall_pages.take_back,
            {"act": act},
            name=f"version-{act}",
        )
        for act in recall_pages.ACTS
    ),
    path("orgs/<str:org>/deleted", deleted_pages.org_deleted, name="org-deleted"),
    path("settings/deleted", deleted_pages.own_deleted, name="own-deleted"),
    path("id/<uuid:public_id>/restore", deleted_pages.restore, name="restore"),
    path("id/<uuid:public_id>/purge", deleted_pages.purge, name="purge"),
    path("security/recalls", recall_pages.recalls, name="recalls"),
    path("security/recalls/<str:digest>", recall_pages.recall, name="recall"),
    path(f"{MODEL}/terms", history_pages.terms, name="terms"),
]
