from django.db import models


class LogSealQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("number")


class LogSeal(models.Model):
    """One link of the chain over the log: a digest of the link before and of every entry that it covers.

    Append-only, as the entries are. `spans` are the keys that it covers, as inclusive pairs of first and last: exactly
    the entries that no seal had before. `last_entry` and `total` count from the first seal up to this one.
    """

    number = models.PositiveIntegerField("número", primary_key=True)
    spans = models.JSONField("asientos que cubre")
    last_entry = models.PositiveBigIntegerField("último asiento cubierto")
    total = models.PositiveBigIntegerField("asientos cubiertos hasta aquí")
    digest = models.CharField("huella SHA-256", max_length=64)
    sealed_at = models.DateTimeField("sellado")

    objects = LogSealQuerySet.as_manager()

    class Meta:
        verbose_name = "sello de la bitácora"
        verbose_name_plural = "sellos de la bitácora"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                name="log_seal_digest_once",
                violation_error_message="Ya hay un sello con esta huella.",
            )
        ]

    def __str__(self):
        return f"{self.number}: {self.digest[:12]}"
