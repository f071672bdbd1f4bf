"""Where tables, records and people meet: the pipeline, lineage, and the verbs people use."""
