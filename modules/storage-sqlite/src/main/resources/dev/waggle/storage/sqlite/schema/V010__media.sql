-- Where the files of messages are. The id leads: it is what a reader knows of the message.

CREATE TABLE media (
  account INTEGER NOT NULL, id TEXT NOT NULL, chat TEXT NOT NULL, sender TEXT NOT NULL,
  payload BLOB NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, id, chat, sender)
) STRICT;
