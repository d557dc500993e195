"""The only room that speaks SQL, files and keyring."""
