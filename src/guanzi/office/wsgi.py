"""The office for a server of WSGI."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanzi.office.settings")
application = get_wsgi_application()

from guanzi.office.serving.preparing import warm  # noqa: E402  -- models load after the settings

Thread(target=warm, name="warm", daemon=True).start()
