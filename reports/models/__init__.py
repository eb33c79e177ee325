from reports.models.editions import FolioBook, IssuedReport, SignedCopy, Snapshot
from reports.models.jobs import ReportJob, document_title

__all__ = ["FolioBook", "IssuedReport", "ReportJob", "SignedCopy", "Snapshot", "document_title"]
