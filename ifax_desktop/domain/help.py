"""Where people of the fax service help, as its own documentation and table of codes name it."""

SUPPORT = "support@ifaxapp.com"
"""In the text of code -1020."""
ACCOUNT_PAGE = "https://www.ifaxapp.com"
"""Where one signs in to the account: credit, plan, labels and templates are there."""
