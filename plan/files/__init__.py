"""Files that people upload: checking them, keeping them durably, handing them back.

checks.check_upload   may this upload be kept, and what is it?
storage.store         where do its bytes live? (also open_stored, discard)
serving.serve         how does it leave the portal? (also serve_page)
fingerprints          what is the digest of a file that is not kept?
pages.draw_pages      what does it look like, page by page?
"""
