"""Endpoints of the catalogue under ``/api/v1/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from models_catalog.api import (
    aliases,
    cards,
    changes,
    discussions,
    files,
    grants,
    history,
    identifiers,
    lifecycle,
    models,
    org_stages,
    recalls,
    settings,
    stages,
    uploads,
    versions,
    words,
)
from models_catalog.web.converters import RevisionName

ORG = "orgs/<str:org>"
MODEL = "models/<str:namespace>/<str:name>"
REVISION = f"<{RevisionName.name}:revision>"
THREAD = "<int:number>"
UPLOAD = f"{MODEL}/uploads/<uuid:upload_id>"

urlpatterns: list[URLPattern] = [
    path("tasks", words.Tasks.as_view(), name="task-list"),
    path("licences", words.Licences.as_view(), name="licence-list"),
    path("languages", words.Languages.as_view(), name="language-list"),
    path("libraries", words.Libraries.as_view(), name="library-list"),
    path("models", models.Models.as_view(), name="model-list"),
    path(MODEL, models.Model.as_view(), name="model"),
    path("id/<uuid:public_id>", identifiers.ById.as_view(), name="by-id"),
    path("acc/<str:accession>", identifiers.ByAccession.as_view(), name="by-accession"),
    path(f"{MODEL}/settings", settings.Settings.as_view(), name="model-settings"),
    path(f"{MODEL}/access", grants.OwnAccess.as_view(), name="own-access"),
    path(f"{MODEL}/access/<str:username>", grants.AccessOfPerson.as_view(), name="access"),
    path(f"{MODEL}/grants", grants.Grants.as_view(), name="grant-list"),
    path(f"{MODEL}/grants/<int:grant_id>", grants.Grant.as_view(), name="grant"),
    path(f"{MODEL}/terms", settings.Terms.as_view(), name="terms"),
    path(f"{MODEL}/withdraw", settings.Withdrawal.as_view(), name="model-withdraw"),
    path(f"{MODEL}/rename", lifecycle.Rename.as_view(), name="model-rename"),
    path(f"{MODEL}/transfer", lifecycle.Transfer.as_view(), name="model-transfer"),
    path(f"{MODEL}/archive", lifecycle.Archive.as_view(), name="model-archive"),
    path(f"{MODEL}/unarchive", lifecycle.Unarchive.as_view(), name="model-unarchive"),
    path(f"{MODEL}/deprecate", lifecycle.Deprecate.as_view(), name="model-deprecate"),
    path(f"{MODEL}/undeprecate", lifecycle.Undeprecate.as_view(), name="model-undeprecate"),
    path(f"{MODEL}/delete", lifecycle.Delete.as_view(), name="model-delete"),
    path("namespaces/<str:namespace>/deleted", lifecycle.Deleted.as_view(), name="deleted-list"),
    path("id/<uuid:public_id>/restore", lifecycle.Restore.as_view(), name="model-restore"),
    path("id/<uuid:public_id>/purge", lifecycle.Purge.as_view(), name="model-purge"),
    path("recalls", recalls.Recalls.as_view(), name="recall-list"),
    path("recalls/<str:digest>", recalls.Recall.as_view(), name="recall"),
    path("recalls/<str:digest>/end", recalls.EndRecall.as_view(), name="recall-end"),
    path(f"{MODEL}/card/{REVISION}", cards.CardOfModel.as_view(), name="card"),
    path(f"{MODEL}/tree/{REVISION}", files.Tree.as_view(), name="tree"),
    path(f"{MODEL}/info/{REVISION}/<path:path>", files.File.as_view(), name="file"),
    path(f"{MODEL}/files/{REVISION}/<path:path>", files.FileBytes.as_view(), name="file-bytes"),
    path(f"{MODEL}/archive/{REVISION}", files.Archive.as_view(), name="archive"),
    path(f"{MODEL}/sums/{REVISION}", files.Sums.as_view(), name="sums"),
    path(f"{MODEL}/refs", history.Refs.as_view(), name="ref-list"),
    path(f"{MODEL}/commits", history.NewCommits.as_view(), name="commit-create"),
    path(f"{MODEL}/commits/{REVISION}", history.Commits.as_view(), name="commit-list"),
    path(f"{MODEL}/commit/{REVISION}", history.Commit.as_view(), name="commit"),
    path(f"{MODEL}/versions", versions.Versions.as_view(), name="version-list"),
    path(f"{MODEL}/versions/<int:number>", versions.Version.as_view(), name="version"),
    path(
        f"{MODEL}/versions/<int:number>/stage",
        stages.StageOfVersion.as_view(),
        name="version-stage",
    ),
    path(f"{MODEL}/stages", stages.Stages.as_view(), name="stage-list"),
    path(f"{MODEL}/stages/<str:stage>", stages.Stage.as_view(), name="stage"),
    path(
        f"{MODEL}/stages/<str:stage>/history", stages.StageHistory.as_view(), name="stage-history"
    ),
    path(
        f"{MODEL}/stages/<str:stage>/rollback",
        stages.StageRollback.as_view(),
        name="stage-rollback",
    ),
    path(f"{MODEL}/aliases", aliases.Aliases.as_view(), name="alias-list"),
    path(f"{MODEL}/aliases/<str:alias>", aliases.Alias.as_view(), name="alias"),
    path(
        f"{MODEL}/aliases/<str:alias>/history",
        aliases.AliasHistory.as_view(),
        name="alias-history",
    ),
    path(
        f"{MODEL}/aliases/<str:alias>/rollback",
        aliases.AliasRollback.as_view(),
        name="alias-rollback",
    ),
    path(f"{ORG}/stages", org_stages.OrganizationStages.as_view(), name="organization-stage-list"),
    path(
        f"{ORG}/stages/<str:stage>",
        org_stages.OrganizationStage.as_view(),
        name="organization-stage",
    ),
    path(
        f"{ORG}/protected-aliases",
        org_stages.ProtectedAliases.as_view(),
        name="protected-alias-list",
    ),
    path(
        f"{ORG}/protected-aliases/<str:alias>",
        org_stages.ProtectedAlias.as_view(),
        name="protected-alias",
    ),
    path(f"{MODEL}/versions/<int:number>/yank", recalls.Yank.as_view(), name="version-yank"),
    path(f"{MODEL}/versions/<int:number>/unyank", recalls.Unyank.as_view(), name="version-unyank"),
    path(
        f"{MODEL}/versions/<int:number>/withdraw",
        recalls.WithdrawVersion.as_view(),
        name="version-withdraw",
    ),
    path(f"{MODEL}/uploads", uploads.Uploads.as_view(), name="upload-list"),
    path(UPLOAD, uploads.Upload.as_view(), name="upload"),
    path(f"{UPLOAD}/files", uploads.UploadFiles.as_view(), name="upload-file-list"),
    path(f"{UPLOAD}/files/<path:path>", uploads.UploadedFile.as_view(), name="upload-file"),
    path(f"{UPLOAD}/commit", uploads.CommitOfUpload.as_view(), name="upload-commit"),
    path(f"{MODEL}/discussions", discussions.Discussions.as_view(), name="discussion-list"),
    path(f"{MODEL}/discussions/{THREAD}", discussions.Discussion.as_view(), name="discussion"),
    path(
        f"{MODEL}/discussions/{THREAD}/comments",
        discussions.Comments.as_view(),
        name="comment-list",
    ),
    path(
        f"{MODEL}/discussions/{THREAD}/close",
        discussions.CloseDiscussion.as_view(),
        name="discussion-close",
    ),
    path(
        f"{MODEL}/discussions/{THREAD}/reopen",
        discussions.ReopenDiscussion.as_view(),
        name="discussion-reopen",
    ),
    path(f"{MODEL}/changes", changes.Changes.as_view(), name="change-create"),
    path(f"{MODEL}/changes/{THREAD}", changes.Change.as_view(), name="change"),
    path(f"{MODEL}/changes/{THREAD}/files", changes.ChangedFiles.as_view(), name="change-files"),
    path(
        f"{MODEL}/changes/{THREAD}/commits", changes.ChangeCommits.as_view(), name="change-commits"
    ),
    path(f"{MODEL}/changes/{THREAD}/update", changes.UpdateChange.as_view(), name="change-update"),
    path(f"{MODEL}/changes/{THREAD}/merge", changes.MergeChange.as_view(), name="change-merge"),
    path(f"{MODEL}/changes/{THREAD}/close", changes.CloseChange.as_view(), name="change-close"),
]
