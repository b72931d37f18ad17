"""What formats are read with: mails, markup, XML, JSON and tables taken apart, and what several formats share."""
