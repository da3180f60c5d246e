import type { z } from 'zod';
import { fieldsOf, SECTION_FIELDS } from '../../../domain/settings/form-fields.js';
import type { FORMS } from '../schemas/form.js';
import type { SetupDeps } from '../setup-deps.js';

/** The forms of the configuration, from the schemas and manifests of what is plugged in. */
export function formsOf({ platforms, carriers, checks }: Pick<SetupDeps, 'platforms' | 'carriers' | 'checks'>) {
  return {
    sections: SECTION_FIELDS,
    platforms: Object.fromEntries(
      platforms.map(({ slug, name, defaultBaseUrl, doors, credentials }) => [
        slug,
        {
          name,
          defaultBaseUrl,
          doors,
          hasChannel: checks.features.platforms[slug]?.hasChannel ?? false,
          credentials: fieldsOf(credentials),
        },
      ]),
    ),
    carriers: Object.fromEntries(
      carriers.map(({ slug, name, defaultBaseUrl, capabilities, resend, serves, credentials }) => [
        slug,
        {
          name,
          defaultBaseUrl,
          capabilities: { ...capabilities },
          resend,
          serves: Object.keys(serves ?? {}),
          credentials: fieldsOf(credentials),
        },
      ]),
    ),
  } satisfies Record<keyof z.output<typeof FORMS>, unknown>;
}
