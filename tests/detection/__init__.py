"""What early detection costs in false alarms and gains in time: `make signals`."""
