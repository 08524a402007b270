package dev.kami.parse.storage.sql;

final class PostgresDatabase {}
