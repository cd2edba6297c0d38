"""Printed pages to text: characters with places become lines, rules become tables, both together a document."""
