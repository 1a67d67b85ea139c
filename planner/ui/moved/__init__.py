"""What moved from one plan to the next, to accept or reject."""
