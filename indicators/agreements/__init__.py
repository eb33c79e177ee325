"""Actas and what is agreed under them: entered by the secretaría técnica, never edited in place.

registry   the acta itself: registering it, correcting it, its document
sheets     the eje that a page is about, and the errors of what cannot be entered
targets, duties, deadlines, weights, retention, amendments   one kind of row each: what is in force, and entering more
methodology   the parameters of the arithmetic, a version at a time
under      everything that was entered under one acta
history    everything that was ever agreed on one action
"""
