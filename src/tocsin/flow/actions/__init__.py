"""What people do: one verb a file, each permission -> check -> change -> audit."""
