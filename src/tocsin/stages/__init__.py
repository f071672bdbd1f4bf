"""The path of data: nine stages, each pure: tables and parameters in, tables out."""
