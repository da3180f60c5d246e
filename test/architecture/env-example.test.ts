import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderEnvExample } from '../../scripts/render/env-example.js';
import { readConfig } from '../../src/config.js';
import { ENVIRONMENT } from '../../src/environment.js';

const names = Object.keys(ENVIRONMENT.shape);

/** The variables a shell would find in a file of this form. */
function variablesIn(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

describe('.env.example', () => {
  it('says what the schema says; `npm run generate` makes it anew', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(renderEnvExample());
  });

  it('names every variable once, or a setting would have to be found in the code', () => {
    expect(Object.keys(variablesIn(renderEnvExample()))).toEqual(names);
  });

  it('works as it is: a copy that nobody filled in starts the embedded mode', () => {
    expect(readConfig(variablesIn(renderEnvExample()))).toMatchObject({ ok: true, config: { embedded: true } });
  });

  it('holds no key: a key that stands in a file is everybody’s', () => {
    expect(variablesIn(renderEnvExample()).SECRET_KEY).toBe('');
  });

  it('shows examples that the schema takes', () => {
    const examples = renderEnvExample()
      .split('\n')
      .filter((line) => /^# [A-Z_]+=/.test(line))
      .map((line) => line.slice(2));
    expect(examples.length).toBeGreaterThan(4);
    const env = {
      ...variablesIn(examples.join('\n')),
      SECRET_KEY: randomBytes(32).toString('base64'),
    };
    expect(readConfig(env)).toMatchObject({ ok: true });
  });
});
