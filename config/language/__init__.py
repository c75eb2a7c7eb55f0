"""The language a person reads in, which is never the language the record is kept in."""
