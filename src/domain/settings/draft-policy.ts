import { checkSettings } from './check-settings.js';
import type { PolicyBody } from './file-schema.js';
import type { Problem } from './problem.js';

export type CheckedDraft =
  | { readonly ok: true; readonly policy: PolicyBody }
  /** Paths are those inside the policy. */
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A policy as somebody drafted it, checked as `jiejian apply` checks a file; nothing else is needed to try it. */
export function checkDraft(value: unknown): CheckedDraft {
  const nothing = { credentials: { platforms: {}, carriers: {} }, features: { platforms: {}, carriers: {} } };
  const { file, problems } = checkSettings({ policies: [value] }, nothing);
  const [policy] = file?.policies ?? [];
  if (policy && problems.length === 0) return { ok: true, policy };
  return { ok: false, problems: problems.map(({ path, why }) => ({ path: path.slice(2), why })) };
}
