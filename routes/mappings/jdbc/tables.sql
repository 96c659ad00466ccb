-- The tables the mappings beside this file write to, in SQL that PostgreSQL, SQLite and MariaDB all take.
-- caravan.sink.create-tables=true runs it before the first record; what is there already stays as it is.
-- Change it together with to/*.jslt. Times are UTC. Texts are CommonMark with links caravan:user/<id>, caravan:channel/<id>.
CREATE TABLE IF NOT EXISTS person (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  source_id VARCHAR(255) NOT NULL,
  name VARCHAR(255) NOT NULL,
  display_name VARCHAR(1000),
  first_name VARCHAR(1000),
  last_name VARCHAR(1000),
  email VARCHAR(1000),
  title TEXT,
  phone VARCHAR(255),
  time_zone VARCHAR(255),
  locale VARCHAR(64),
  role VARCHAR(16),
  bot BOOLEAN NOT NULL,
  deleted BOOLEAN NOT NULL,
  placeholder BOOLEAN NOT NULL,
  created_at TIMESTAMP(6) NULL,
  updated_at TIMESTAMP(6) NULL,
  extras JSON
);
CREATE TABLE IF NOT EXISTS channel (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  source_id VARCHAR(255) NOT NULL,
  type VARCHAR(16) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  topic TEXT,
  purpose TEXT,
  creator_id VARCHAR(255),
  created_at TIMESTAMP(6) NULL,
  archived BOOLEAN NOT NULL,
  archived_at TIMESTAMP(6) NULL,
  placeholder BOOLEAN NOT NULL,
  extras JSON
);
CREATE TABLE IF NOT EXISTS membership (
  channel_id VARCHAR(255) NOT NULL,
  person_id VARCHAR(255) NOT NULL,
  role VARCHAR(16),
  PRIMARY KEY (channel_id, person_id)
);
CREATE TABLE IF NOT EXISTS emoji (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  alias_of VARCHAR(255),
  url TEXT,
  path TEXT
);
CREATE TABLE IF NOT EXISTS message (
  id VARCHAR(255) NOT NULL PRIMARY KEY,
  channel_id VARCHAR(255) NOT NULL,
  author_id VARCHAR(255) NOT NULL,
  sent_at TIMESTAMP(6) NULL,
  edited_at TIMESTAMP(6) NULL,
  type VARCHAR(16) NOT NULL,
  subtype VARCHAR(255),
  alias VARCHAR(1000),
  body TEXT NOT NULL,
  thread_id VARCHAR(255),
  thread_sent_at TIMESTAMP(6) NULL,
  broadcast BOOLEAN NOT NULL,
  pinned BOOLEAN NOT NULL,
  placeholder BOOLEAN NOT NULL,
  cards JSON,
  extras JSON
);
CREATE INDEX IF NOT EXISTS message_in_time ON message (channel_id, sent_at, id);
CREATE TABLE IF NOT EXISTS reaction (
  message_id VARCHAR(255) NOT NULL,
  emoji VARCHAR(255) NOT NULL,
  person_id VARCHAR(255) NOT NULL,
  PRIMARY KEY (message_id, emoji, person_id)
);
CREATE TABLE IF NOT EXISTS message_file (
  message_id VARCHAR(255) NOT NULL,
  place INTEGER NOT NULL,
  file_id VARCHAR(255) NOT NULL,
  name TEXT NOT NULL,
  type VARCHAR(255),
  size BIGINT,
  url TEXT,
  path TEXT,
  sha256 VARCHAR(64),
  state VARCHAR(16) NOT NULL,
  PRIMARY KEY (message_id, place)
);
