"""What a fax is, in plain Python: no Qt, no input or output, no clock."""
