"""The product looked at while an outbreak is handled: pictures of it for `docs/screens/`, and measured facts of its pages."""
