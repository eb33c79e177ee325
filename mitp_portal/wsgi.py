import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitp_portal.settings")

application = get_wsgi_application()
# A missing key raises here, when the server starts, and not at the first page that signs something.
_ = settings.SECRET_KEY
