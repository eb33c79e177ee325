from reports.models.editions import FolioBook, IssuedReport, SignedCopy, Snapshot
from reports.models.jobs import ReportJob, document_title
from reports.models.texts import EditionText, Subject, TextsDraft

__all__ = [
    "EditionText",
    "FolioBook",
    "IssuedReport",
    "ReportJob",
    "SignedCopy",
    "Snapshot",
    "Subject",
    "TextsDraft",
    "document_title",
]
