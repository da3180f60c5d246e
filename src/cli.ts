#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { languageOf } from './cli/io.js';
import { runCli } from './cli/run.js';
import { VERSION } from './version.js';

/** After this a handle that nobody closed no longer keeps a finished command alive, ms. */
const LAST_WORDS_MS = 2_000;

/** The login of whoever runs this; containers often have a number only. */
function login(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

// An environment that names services is complete, and a file must not add to it.
const { DATABASE_URL, REDIS_URL } = process.env;
if (!DATABASE_URL && !REDIS_URL && existsSync('.env')) process.loadEnvFile('.env');

// Keys, error files and data of the embedded servers are nobody else's to read (S29).
process.umask(0o077);

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  language: languageOf(process.env),
  actor: `cli:${login()}`,
  now: () => new Date(),
  version: VERSION,
});
setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
