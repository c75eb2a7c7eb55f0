"""The situation in one or two pages (要情), from the same numbers as the board; in Chinese, whoever asks for it."""
