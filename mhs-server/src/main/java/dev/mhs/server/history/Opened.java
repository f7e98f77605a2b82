package dev.mhs.server.history;

/** What opening the history led to: a history, or why there can be none. */
public sealed interface Opened permits SqliteHistory, Refused {}
