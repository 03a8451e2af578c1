"""The door to WhatsApp."""
