import type { Capabilities, CarrierManifest, CodeRow } from '../../src/domain/carrier/port.js';
import { table } from './markdown.js';

/** What each meaning of a code makes Jiejian do. */
const MEANINGS: Readonly<Record<CodeRow['means'], string>> = {
  courier_too_late: 'refused: past the point of interception',
  courier_already_delivered: 'refused: delivered',
  courier_not_allowed: 'refused: this parcel is not intercepted',
  courier_not_ours: 'refused: not a parcel of this account',
  courier_lost: 'refused: lost or abandoned',
  courier_limit_reached: 'refused: no further intercept allowed',
  courier_bad_data: 'refused: our data is wrong',
  courier_unknown_waybill: 'refused: unknown waybill',
  courier_order_cancelled: 'refused: cancelled before pick-up instead, nothing travels',
  courier_unknown_code: 'refused: a code nobody documented',
  not_yet: 'held until the first scan',
  duplicate: 'an intercept exists: asked what became of it',
  already_returning: 'on its way back already',
  throttled: 'sent again later, more slowly',
  unavailable: 'asked again later',
  outcome_unknown: 'uncertain: asked, never sent again blindly',
  credentials: 'the lane stops until a person mends the account',
  bad_request: 'our bug: a person looks',
  cancel_too_late: 'cancel: too late',
  cancel_not_allowed: 'cancel: not allowed',
};

const CAPABILITIES: Readonly<Record<keyof Capabilities, string>> = {
  returnToSender: 'Return to sender',
  redirect: 'Redirect',
  cancel: 'Cancel',
  status: 'Status query',
  track: 'Track query',
  push: 'Push',
  idempotencyKey: 'Idempotency key',
  feeInAnswer: 'Fee in answer',
};

const RESEND: Readonly<Record<CarrierManifest['resend'], string>> = {
  same_key: 'with the same request id, once absence is proved',
  duplicate_answer: 'the courier tells a duplicate, which counts as accepted',
  never: 'never: a person decides',
};

const PROBE: Readonly<Record<CarrierManifest['probe'], string>> = {
  status: 'by the status query',
  tracking: 'by the track, which proves presence and never absence',
  none: 'not at all: a person asks',
};

function overview(manifests: readonly CarrierManifest[]): string {
  const keys = Object.keys(CAPABILITIES) as (keyof Capabilities)[];
  return table(
    ['Courier', 'Slug', ...Object.values(CAPABILITIES)],
    manifests.map((each) => [
      `${each.name.en} ${each.name.zh}`,
      `\`${each.slug}\``,
      ...keys.map((key) => (each.capabilities[key] ? 'yes' : 'no')),
    ]),
  );
}

function limits(manifest: CarrierManifest): string {
  const { rateLimit, settleMs, askUntilMs } = manifest;
  return table(
    ['Setting', 'Default'],
    [
      ['Base URL', manifest.defaultBaseUrl],
      ['Rate limit', `${rateLimit.max} per ${rateLimit.perMs} ms`],
      ['Time limit of a call', `${manifest.timeoutMs} ms`],
      ['Sent again', RESEND[manifest.resend]],
      ['A lost answer is asked for', PROBE[manifest.probe]],
      ['Absence is proved by two looks', `${settleMs} ms apart`],
      ['A person decides after', `${askUntilMs} ms`],
      ...(manifest.callbackWithinMs === undefined
        ? []
        : [['A person is told when no callback came within', `${manifest.callbackWithinMs} ms`]]),
      ...(manifest.serves === undefined
        ? []
        : [
            [
              'Couriers it fronts, and its word for each',
              Object.entries(manifest.serves)
                .map(([slug, word]) => `${slug} \`${word}\``)
                .join(', '),
            ],
          ]),
    ],
  );
}

function codes(manifest: CarrierManifest): string {
  const rows = Object.entries(manifest.codes);
  if (rows.length === 0) return 'No codes are documented.';
  return table(
    ['Code', 'Text', "The courier's advice", 'What Jiejian does'],
    rows.map(([code, row]) => [`\`${code}\``, row.text, row.advice, MEANINGS[row.means]]),
  );
}

function section(manifest: CarrierManifest): string {
  const facts = manifest.facts.map((each) => [each.fact, each.value, each.confidence, each.source]);
  return [
    `## ${manifest.name.en} ${manifest.name.zh}`,
    limits(manifest),
    '### Facts',
    table(['Fact', 'Value', 'Confidence', 'Source'], facts),
    '### Codes',
    codes(manifest),
  ].join('\n\n');
}

const INTRO = `# Couriers

<!-- Made by \`npm run generate\` from the manifests in src/workers/carriers and src/producers/platforms; edit those. -->

What each courier can do, how its answers are read, and how sure we are of each fact. "documented" is read in the
courier's own documents or SDK, or in clients that transcribe them; "second-hand" in somebody's account of them;
"not documented" was searched for and not found: where it matters it is a setting with a cautious default, named in the
courier's README.`;

/** docs/carriers.md, from the manifests alone. */
export function renderCarriersDoc(manifests: readonly CarrierManifest[]): string {
  return `${[INTRO, overview(manifests), ...manifests.map(section)].join('\n\n')}\n`;
}
