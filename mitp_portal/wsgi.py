import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitp_portal.settings")

application = get_wsgi_application()
# A missing key raises here, when the server starts, and not at the first page that signs something.
_ = settings.SECRET_KEY

# What is imported by now stays, and a page makes many objects and few cycles: looking for these less often makes every
# page faster, and the first look at a long history by a third.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
