import { describe, expect, it } from '@jest/globals';
import { type TargetSettings, targetSettings } from '../../../src/domain/settings/targets.js';
import { whoseDigest } from '../../../src/domain/tasks/whose.js';

const target = (id: string, over: object = {}, enabled = true): TargetSettings =>
  targetSettings(
    `notifications/${id}`,
    { kind: 'webhook', url: 'https://example.com/hook', events: ['digest.daily'], ...over },
    enabled,
  );

describe('whose work a digest tells of', () => {
  const wang = target('wang', { owners: ['小王', '一组'] });
  const desk = target('desk');

  it('is that of the owners of the chat, and in a common chat everybody else’s', () => {
    expect(whoseDigest(wang, [wang, desk])).toEqual({ owners: ['小王', '一组'], but: false });
    expect(whoseDigest(desk, [wang, desk])).toEqual({ owners: ['小王', '一组'], but: true });
    expect(whoseDigest(desk, [wang, desk, target('too', { owners: ['小王'] })])?.owners).toEqual(['小王', '一组']);
  });

  it('is everybody’s where no owner’s chat hears of digests', () => {
    const disabled = target('off', { owners: ['小王'] }, false);
    const alertsOnly = target('alerts', { owners: ['小王'], events: ['task.*'] });
    expect(whoseDigest(desk, [desk, disabled, alertsOnly])).toBeNull();
  });
});
