"""The only room that speaks HTTP to the fax service."""
