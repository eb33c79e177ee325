from reports.models.jobs import ReportJob
from reports.models.texts import EditionText, Subject

__all__ = ["EditionText", "ReportJob", "Subject"]
