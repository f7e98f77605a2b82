package dev.mhs.server.config;

/** What reading the configuration led to: settings to start with, or what must be mended first. */
public sealed interface Loaded permits Settings, Problems {}
