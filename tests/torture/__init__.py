"""What a machine can do to a build: die, run out of disk, refuse to write, run two at once."""
