"""What is seen. No async, no SQL, no HTTP."""
