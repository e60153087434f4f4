"""The admin of Wagtail."""

from django.urls import include, path
from wagtail.admin import urls as admin_urls

urlpatterns = [path("admin/", include(admin_urls))]
