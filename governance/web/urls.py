"""Every address of governance."""

from __future__ import annotations

from governance.web import audit_urls, notification_urls, review_urls, scan_urls, webhook_urls

app_name = "governance"
urlpatterns = [
    *audit_urls.urlpatterns,
    *notification_urls.urlpatterns,
    *review_urls.urlpatterns,
    *scan_urls.urlpatterns,
    *webhook_urls.urlpatterns,
]
