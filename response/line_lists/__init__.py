"""Line lists as workbooks: what hospitals keep in Excel and WPS, read row by row, nothing stored before it is confirmed."""
