"""What goes on in the background: faxes move between the store and the service. No Qt."""
