"""The fax service as this program believes it to be. It imports nothing of ours, so that one mistake cannot sit on both sides."""
