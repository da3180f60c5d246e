import type { Doors, PlatformManifest } from '../../src/domain/platform/port.js';
import { table } from './markdown.js';

const DOORS: Readonly<Record<keyof Doors, string>> = {
  push: 'Pushes to us',
  socket: 'Connection we hold open',
  poll: 'Asked for changes',
  detail: 'One after-sale read',
};

/** A platform and whether its own intercept API is connected. */
export interface PlatformPage {
  readonly manifest: PlatformManifest;
  readonly channel: string | null;
}

function overview(pages: readonly PlatformPage[]): string {
  const keys = Object.keys(DOORS) as (keyof Doors)[];
  return table(
    ['Platform', 'Slug', ...Object.values(DOORS), 'Intercept channel'],
    pages.map(({ manifest: { name, slug, doors }, channel }) => [
      `${name.en} ${name.zh}`,
      `\`${slug}\``,
      ...keys.map((key) => (doors[key] ? 'yes' : 'no')),
      channel === null ? 'no' : `\`${channel}\`, see carriers.md`,
    ]),
  );
}

function section({ manifest }: PlatformPage): string {
  const { name, defaultBaseUrl, readRateLimit, timeoutMs, carrierAliases, facts } = manifest;
  const aliases = Object.entries(carrierAliases).map(([word, slug]) => `${word} → ${slug}`);
  return [
    `## ${name.en} ${name.zh}`,
    table(
      ['Setting', 'Default'],
      [
        ['Base URL', defaultBaseUrl],
        ['Reads of one shop', `${readRateLimit.max} per ${readRateLimit.perMs} ms`],
        ['Time limit of a read', `${timeoutMs} ms`],
        ['Couriers known by its documents', aliases.join(' · ') || 'none: the shop’s carrierAliases'],
      ],
    ),
    table(
      ['Fact', 'Value', 'Confidence', 'Source'],
      facts.map((each) => [each.fact, each.value, each.confidence, each.source]),
    ),
  ].join('\n\n');
}

const INTRO = `# Selling platforms

<!-- Made by \`npm run generate\` from src/producers/platforms/<slug>/manifest.ts; edit those. -->

How each platform's after-sales reach Jiejian, and how sure we are of each fact. "documented" is read in the platform's
own documents or SDK; "second-hand" in other people's code or notes, or inferred as the fact says; "not documented" was
searched for and not found: where it matters it is a setting with a cautious default, named in the platform's README.`;

/** docs/platforms.md, from the manifests alone. */
export function renderPlatformsDoc(pages: readonly PlatformPage[]): string {
  return `${[INTRO, overview(pages), ...pages.map(section)].join('\n\n')}\n`;
}
