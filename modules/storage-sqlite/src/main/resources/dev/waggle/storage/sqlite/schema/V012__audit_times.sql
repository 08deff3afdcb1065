-- Old lines are removed by their time; without this, all of them are looked at.
CREATE INDEX audit_at ON audit (at);
