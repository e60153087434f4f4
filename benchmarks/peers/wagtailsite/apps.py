"""The application."""

from django.apps import AppConfig


class PeerSite(AppConfig):
    """Two kinds of pages."""

    name = "benchmarks.peers.wagtailsite"
    label = "peersite"
