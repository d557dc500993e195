"""What can go wrong between a client and the service, on demand: the kinds, and the rules that bring them."""
