"""What people write and decide: append-only, permissioned, hash-chained."""
