"""Everything that parses a file somebody gave us, in a process of its own."""
