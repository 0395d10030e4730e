"""What is handed out: uploaded documents, and what decisions on licences say."""

from mumpuni.licensing.documents.decisions import certificate_facts, decree_facts
from mumpuni.licensing.documents.uploads import download

__all__ = ["certificate_facts", "decree_facts", "download"]
