"""One file a subject; nothing here is edited once it was written."""
