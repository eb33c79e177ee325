from reports.models.jobs import ReportJob

__all__ = ["ReportJob"]
