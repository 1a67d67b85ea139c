"""A shop whole, in a form: a new one, or one that is there."""
