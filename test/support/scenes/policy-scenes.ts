import { checkDraft } from '../../../src/domain/settings/draft-policy.js';
import { startShadow } from '../../../src/domain/store/policy-store.js';
import { aFile, anAccountEntry, aShopEntry } from '../settings-file.js';
import { storeConfig } from '../stored-config.js';
import type { Day } from './day.js';
import type { Scene } from './scene.js';

/** Two versions, a draft in the shadow, and a brake that is on. */
async function policies({ site: { rig } }: Day): Promise<string> {
  const file = (policy: object) =>
    aFile({ shops: [aShopEntry()], carrierAccounts: [anAccountEntry()], policies: [{ id: 'default', ...policy }] });
  await storeConfig(rig, file({ approvalAboveFen: 50_000 }));
  await storeConfig(rig, file({ approvalAboveFen: 80_000, budget: { perHourCount: 500 } }));
  const draft = checkDraft({ id: 'default', when: { expression: 'gainFen >= 300 && chance > 0.4' } });
  if (!draft.ok) throw new Error('the draft of the scene is wrong');
  await startShadow(rig.db, draft.policy, { actor: 'user:ops@example.com', now: new Date(Date.now() - 3_600_000) });
  await rig.db.run(
    `INSERT INTO policy_brake (policy_id, pulled, pulled_at, hour_count, usual_count) VALUES ('default', 1, ?, 640, 41.5)
     ON DUPLICATE KEY UPDATE pulled = 1`,
    [new Date()],
  );
  return '/policies?id=default';
}

/** A message that was given up after three days. */
async function deadMessage({ site: { rig } }: Day): Promise<string> {
  const now = new Date();
  await rig.db.run(
    `INSERT INTO outbox (message_id, target_id, topic, subject_id, payload, state, tries, last_error, due_at, give_up_at, created_at)
     VALUES ('msg_1', 'endpoints/erp', 'intercept.accepted', 'i1', '{}', 'dead', 84, 'answered HTTP 500', ?, ?, ?)`,
    [now, now, now],
  );
  return '/settings?part=deliveries';
}

/** Policies, scorecards, and what outsiders were told. */
export const POLICY_SCENES: readonly Scene[] = [
  {
    page: 'policies',
    name: 'policies',
    address: policies,
    ready: { zh: '第一版', en: 'the first' },
    shows: [
      'policies.try',
      'policies.shadow',
      'policies.endShadow',
      'policies.publish',
      'policies.rollback',
      'policies.release',
    ],
  },
  {
    page: 'scorecards',
    name: 'scorecards',
    address: () => '/scorecards',
    ready: { zh: '成功率', en: 'Success' },
    shows: [],
  },
  {
    page: 'settings',
    name: 'settings-deliveries',
    address: deadMessage,
    ready: { zh: 'answered HTTP 500', en: 'answered HTTP 500' },
    shows: ['settings.sendAgain'],
  },
];
