import type { RawPush } from '../../src/domain/carrier/port.js';
import { __slug__ } from '../../src/workers/carriers/__slug__/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness } from './carrier-harness.js';

// TODO: how the courier speaks, written by hand from its documents and without the adapter's code, which would agree with
// its own mistakes. Whatever is missing fails its case and names itself.
function notWritten(what: string): never {
  throw new Error(`test/contract/__slug__-harness.ts does not say yet ${what}`);
}

const SECRET = '__slug__-secret-demo';

export const __slug__Harness: CarrierHarness = {
  plugin: __slug__,
  credentials: { appKey: '__slug__-app-demo', appSecret: SECRET },
  secrets: [SECRET, '__slug__-app-demo'],
  command: commandOf({ waybillNo: '700000000000001', carrier: '__slug__' }),
  wire: {
    accepted: (_number): Reply => notWritten('how the courier says yes'),
    failed: (_code): Reply => notWritten('how the courier says no'),
    unknownCodes: ['NOBODY_DOCUMENTED_THIS', '', 'constructor'],
    get almostAccepted(): readonly Reply[] {
      return notWritten('which answers look like a yes and are none: a number for a text, another field, a list');
    },
    get badCredentials(): Reply {
      return notWritten('what a wrong key is answered');
    },
    get throttled(): Reply {
      return notWritten('what too many calls are answered');
    },
    track: {
      found: (_scans): Reply => notWritten('how a track is written'),
      get empty(): Reply {
        return notWritten('how "no scan" is written');
      },
      phases: { TODO: 'picked_up' },
    },
    push: {
      genuine: (_scan): RawPush => notWritten('how a push is written and signed'),
      get unreadable(): readonly RawPush[] {
        return notWritten('which pushes are signed and cannot be read');
      },
      phases: { TODO: 'picked_up' },
    },
  },
};
