"""Patients in the chat: their forms, their record and its corrections, and the cards that show them."""
