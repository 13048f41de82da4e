"""What the program costs, beside others that do the same: ``make bench``; results in RESULTS.md."""
