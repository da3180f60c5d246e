import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ALERTS } from '../../src/domain/notify/alerts.js';
import { EVENT_TYPES } from '../../src/domain/notify/events.js';

describe('docs/webhooks.md', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
  const rows = doc.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.flatMap((line) => line.split('|')[1]?.match(/[a-z_]+\.[a-z_]+/g) ?? []);

  it('names every type that can be sent and none that cannot, because receivers are written from it', () => {
    const alerts = Object.values(ALERTS).flatMap(({ raised, recovered }) => [raised, recovered]);
    expect(documented.toSorted()).toEqual([...Object.keys(EVENT_TYPES), ...alerts].toSorted());
    for (const [type, { en }] of Object.entries(EVENT_TYPES)) {
      expect(rows.find((line) => line.startsWith(`| \`${type}\` |`))).toContain(en);
    }
  });
});
