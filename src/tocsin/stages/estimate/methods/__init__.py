"""The estimators, one file each; every one takes a capture table and returns an `Estimate`."""
