import type { ConfigStep } from '../../domain/store/config-history-reader.js';
import type { ConfigChangesAnswer, ConfigStepAnswer } from '../api/schemas/config.js';
import { time } from './words.js';

type Changes = ConfigStep['changes'];

export function presentChanges(changes: Changes): ConfigChangesAnswer['changes'] {
  return changes.map(({ section, id, action, fields }) => ({
    section,
    id,
    action,
    // Entries of other writers of the configuration leave `secret` out: theirs are none.
    fields: fields.map(({ field, from, to, secret = false }) => ({ field, from, to, secret })),
  }));
}

export function presentStep({ version, at, actor, changes }: ConfigStep): ConfigStepAnswer {
  return { version, at: time(at), actor, changes: presentChanges(changes) };
}
