import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { describeProblem, readConfig } from '../../src/config.js';

const KEY = randomBytes(32).toString('base64');
const OWN = { DATABASE_URL: 'mysql://u:p@db:3306/jj', REDIS_URL: 'redis://r:6379', SECRET_KEY: KEY };

function problemsOf(env: Record<string, string>): string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.problems.map((problem) => describeProblem(problem));
}

function configOf(env: Record<string, string>) {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.problems.map((p) => describeProblem(p)).join('\n'));
  return result.config;
}

describe('the configuration', () => {
  it('is embedded with nothing set, because a fresh machine has nothing', () => {
    expect(configOf({})).toMatchObject({
      embedded: true,
      host: '127.0.0.1',
      port: 3000,
      roles: ['web', 'worker', 'scheduler'],
      safeMode: false,
      metricsPort: null,
      dataName: 'main',
    });
  });

  it('is frozen, because no part of the program may change it for another', () => {
    expect(Object.isFrozen(configOf({}))).toBe(true);
  });

  it('takes an empty variable for an unset one, as docker compose passes them', () => {
    expect(configOf({ DATABASE_URL: '', REDIS_URL: ' ', PORT: '', SECRET_KEY: '' })).toEqual(configOf({}));
  });

  it('lists all problems at once, so that nobody mends them one by one', () => {
    const problems = problemsOf({
      DATABASE_URL: 'postgres://db/x',
      PORT: 'http',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'everybody',
      SAFE_MODE: 'maybe',
      METRICS_PORT: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector',
      JIEJIAN_DATA: '../etc',
      PUBLIC_URL: 'http://jiejian.example.com',
      HOST: 'a b',
      ROLES: 'web,cook',
      SECRET_KEY: 'short',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'DATABASE_URL',
      'HOST',
      'JIEJIAN_DATA',
      'LOG_LEVEL',
      'METRICS_PORT',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'PORT',
      'PUBLIC_URL',
      'REDIS_URL',
      'ROLES',
      'SAFE_MODE',
      'SECRET_KEY',
      'TRUST_PROXY',
    ]);
  });

  it('says what it got, but of secrets only that they are set: logs are read by many', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://jj:hunter2@db',
      REDIS_URL: 'http://:hunter3@r',
      SECRET_KEY: 'hunter4',
      PORT: '70000',
    }).join('\n');
    expect(problems).toContain('PORT: must be a port, 0 to 65535 (got "70000")');
    expect(problems).toMatch(/SECRET_KEY: .* \(got set\)/);
    expect(problems).not.toMatch(/hunter/);
  });

  it.each([
    { env: { DATABASE_URL: OWN.DATABASE_URL }, name: 'REDIS_URL', why: 'half of the services would be the wrong ones' },
    { env: { REDIS_URL: OWN.REDIS_URL }, name: 'DATABASE_URL', why: 'half of the services would be the wrong ones' },
    { env: { ROLES: 'web' }, name: 'ROLES', why: 'two embedded databases would share nothing' },
    { env: { ...OWN, SECRET_KEY: '' }, name: 'SECRET_KEY', why: 'credentials could not be encrypted' },
    { env: { PORT: '9464', METRICS_PORT: '9464' }, name: 'METRICS_PORT', why: 'metrics would be public' },
  ])('refuses $env, because $why', ({ env, name }) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: `));
  });

  it('runs some of the roles with services of its own', () => {
    expect(configOf({ ...OWN, ROLES: 'scheduler,web' })).toMatchObject({
      embedded: false,
      roles: ['web', 'scheduler'],
    });
  });

  it.each([
    ['all zeros', Buffer.alloc(32)],
    ['one byte for ever', Buffer.alloc(32, 0x41)],
    ['counted up', Buffer.from(Array.from({ length: 32 }, (_, i) => i))],
    ['a pasted example', Buffer.from('changeme-changeme-please-now-yes')],
    ['too short', randomBytes(16)],
    ['too long', randomBytes(33)],
  ])('refuses a key that is %s, because anybody could guess it', (_, bytes) => {
    expect(problemsOf({ ...OWN, SECRET_KEY: bytes.toString('base64') })).toHaveLength(1);
  });

  it('refuses a key in hex, or its 64 digits would be read as another key', () => {
    expect(problemsOf({ ...OWN, SECRET_KEY: randomBytes(32).toString('hex') })).toHaveLength(1);
  });

  it('takes every random key', () => {
    for (let i = 0; i < 500; i += 1) {
      expect(problemsOf({ ...OWN, SECRET_KEY: randomBytes(32).toString('base64') })).toEqual([]);
    }
  });

  it.each([
    ['true', 1],
    ['2', 2],
    ['0', false],
    ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
  ])('reads TRUST_PROXY=%s without ever trusting everybody', (text, trusted) => {
    expect(configOf({ TRUST_PROXY: text }).trustProxy).toEqual(trusted);
  });

  it('takes http for PUBLIC_URL only on loopback, where nobody listens in', () => {
    expect(configOf({ PUBLIC_URL: 'http://localhost:3000/' }).publicUrl).toBe('http://localhost:3000');
    expect(problemsOf({ PUBLIC_URL: 'http://10.0.0.5' })).toHaveLength(1);
  });

  it('says it in Chinese too', () => {
    const result = readConfig({ PORT: 'x' });
    if (result.ok) throw new Error('it was taken');
    expect(result.problems.map((problem) => describeProblem(problem, 'zh'))).toEqual([
      'PORT: 必须是 0 到 65535 的端口 (got "x")',
    ]);
  });
});
