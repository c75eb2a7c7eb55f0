"""A school-lunch outbreak of the size of Sakai, 1996, sent by ten hospitals to the real processes, and counted."""
