-- When a send reached each of its states: steps such as SENT=1700000000123; one after the other.

ALTER TABLE outbound ADD COLUMN reached TEXT NOT NULL DEFAULT '';
