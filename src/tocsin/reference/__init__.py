"""Facts that ship with Tocsin, each with source, licence and date."""
