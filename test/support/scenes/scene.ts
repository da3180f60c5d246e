import type { Page } from 'playwright-core';
import type { ActionName } from '../../../src/dashboard/ui/actions/actions.js';
import type { PageName } from '../../../src/dashboard/ui/actions/page-rows.js';
import type { Text } from '../../../src/domain/text.js';
import type { Day } from './day.js';

/** A page with something on it, as it is photographed and as every role is sent to look at it. */
export interface Scene {
  readonly page: PageName;
  /** Name of its picture: `docs/screenshots/<name>-<light|dark>.png`. */
  readonly name: string;
  /** Its address; may make rows beside those of the day. */
  readonly address: (day: Day) => string | Promise<string>;
  /** A text that stands there once everything is read. */
  readonly ready: Text;
  /** Brings up what is hidden until something is ticked or opened, as far as the visitor has it. */
  readonly open?: (page: Page) => Promise<void>;
  /** The actions whose controls stand there for whoever may carry them out. */
  readonly shows: readonly ActionName[];
}
