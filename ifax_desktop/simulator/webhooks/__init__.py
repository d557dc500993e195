"""The webhooks of the account: what the service tells of faxes, to whom, and how often it tries."""
