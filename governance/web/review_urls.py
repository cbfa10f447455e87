"""Addresses of threads, review queues and policies."""

from __future__ import annotations

from django.urls import path

from governance.web import (
    card_field_pages,
    change_acts,
    change_pages,
    policy_urls,
    queue_feed,
    queue_pages,
    request_acts,
    request_pages,
)

LIST = "<str:namespace>/<str:name>/discussions"
ONE = f"{LIST}/<int:number>"

urlpatterns = [
    path("reviews", queue_pages.my_reviews, name="my-reviews"),
    path("reviews/feed/<str:secret>", queue_feed.feed, name="queue-feed"),
    path("reviews/feed-address", queue_feed.own_feed_address, name="own-queue-feed-address"),
    path("orgs/<str:org>/reviews", queue_pages.org_reviews, name="org-reviews"),
    path(
        "orgs/<str:org>/reviews/feed-address",
        queue_feed.org_feed_address,
        name="queue-feed-address",
    ),
    path(
        "<str:namespace>/<str:name>/card-fields", card_field_pages.card_fields, name="card-fields"
    ),
    *policy_urls.urlpatterns,
    path(LIST, change_pages.discussions, name="discussions"),
    path(f"{LIST}/new", change_pages.new_discussion, name="discussion-new"),
    path(f"{LIST}/ask", request_pages.ask, name="request-new"),
    path(ONE, change_pages.discussion, name="discussion"),
    path(f"{ONE}/comment", change_acts.comment, name="discussion-comment"),
    path(f"{ONE}/end", change_acts.close_thread, name="discussion-close"),
    path(f"{ONE}/reopen", change_acts.reopen_thread, name="discussion-reopen"),
    path(f"{ONE}/decide", change_acts.decide_change, name="change-decide"),
    path(f"{ONE}/withdraw-decision", change_acts.withdraw, name="change-withdraw-decision"),
    path(f"{ONE}/merge", change_acts.merge, name="change-merge"),
    path(f"{ONE}/update", change_acts.bring_up_to_date, name="change-update"),
    path(f"{ONE}/close", change_acts.close, name="change-close"),
    path(f"{ONE}/ask", change_acts.ask_for_stand_ins, name="change-ask"),
    path(f"{ONE}/checklist", request_acts.answer_checklist, name="checklist-answer"),
    path(f"{ONE}/assign", request_acts.assign_reviewer, name="review-assign"),
    path(f"{ONE}/unassign/<str:person>", request_acts.unassign_reviewer, name="review-unassign"),
    path(f"{ONE}/grant", request_acts.grant, name="request-grant"),
    path(f"{ONE}/give-up", request_acts.give_up, name="request-close"),
    path(f"{ONE}/waive", change_acts.answer_for_file, name="change-waive"),
    path(f"{ONE}/waive-rule", request_acts.answer_for_check, name="change-waive-rule"),
    path(
        f"{ONE}/rule-waivers/<int:waiver>/end",
        request_acts.take_check_answer_back,
        name="rule-waiver-end",
    ),
    path(f"{ONE}/waivers/<int:waiver>/end", change_acts.take_answer_back, name="waiver-end"),
]
