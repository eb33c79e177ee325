"""Which addresses may a document use? Our static files by name, and nothing else (SECURITY, Web, documents)."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from weasyprint.urls import URLFetcher, URLFetcherResponse

#: Where relative addresses of a document lead; no such host exists.
BASE_URL = "https://informe.invalid/static/"


class StaticOnly(URLFetcher):
    """Serves the named resources. Any other address, file:// and data: included, stops the document."""

    def __init__(self, resources: Mapping[str, str]):
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._resources = {f"{BASE_URL}{quote(name)}": Path(path) for name, path in resources.items()}

    def fetch(self, url, headers=None) -> URLFetcherResponse:
        path = self._resources.get(url)
        if path is None:
            raise ValueError(f"A document may not use {url}")
        content_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})
