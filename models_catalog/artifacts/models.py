"""What the headers of weight files say."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from models_catalog.storage.models import Blob


class Header(models.Model):
    """Facts read from a weight file's header: format, number of parameters, tensors as [name, type, shape, bytes]."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="headers")
    reader = models.CharField(max_length=20)
    format = models.CharField(max_length=30)
    parameters = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    tensors = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blob", "reader"], name="one_header_per_reader")
        ]

    def __str__(self) -> str:
        return f"{self.format} header of {self.blob_id}"
