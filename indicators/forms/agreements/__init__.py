"""What is typed about actas: one form for the acta, one sheet for each kind of thing agreed under it."""
