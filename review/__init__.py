"""Case-file review workbench: from a case file to a closed rectification item."""

__version__ = "0.1.0"
