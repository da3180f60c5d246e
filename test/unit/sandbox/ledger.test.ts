import { appendFile, type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ledger } from '../../../sandbox/frame/ledger.js';
import type { LedgerEntry } from '../../../sandbox/frame/ledger-entry.js';
import { callZto, createFields, onTheRoad, startZto } from './running-twins.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const state = (subject: string) => ({ at: 1, kind: 'state', subject, change: {} }) as const;
const linesOf = async (file: string): Promise<LedgerEntry[]> =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line): LedgerEntry => JSON.parse(line));

describe('the ledger is what everybody else is checked against', () => {
  it('a line is in the file when append resolves, in the order of the calls', async () => {
    const file = join(folder, 'l.jsonl');
    const ledger = await Ledger.open(file);
    await Promise.all(Array.from({ length: 200 }, (_, i) => ledger.append(state(String(i)))));
    const lines = await linesOf(file);
    await ledger.close();
    expect(lines.map((line) => [line.seq, line.kind === 'state' && line.subject])).toEqual(
      Array.from({ length: 200 }, (_, i) => [i + 1, String(i)]),
    );
  });

  it('goes on after a restart, and a line torn by a kill is cut off', async () => {
    const file = join(folder, 'l.jsonl');
    const first = await Ledger.open(file);
    await first.append(state('a'));
    await first.close();
    await appendFile(file, '{"seq":2,"at":1,"kind":"sta');
    const second = await Ledger.open(file);
    await second.append(state('b'));
    await second.close();
    expect((await linesOf(file)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('a line in the middle that cannot be read stops the start: history is not guessed', async () => {
    const file = join(folder, 'l.jsonl');
    await appendFile(file, 'not json\n{"seq":2,"at":1,"kind":"state","subject":"a","change":{}}\n');
    await expect(Ledger.open(file)).rejects.toThrow();
  });

  it('holds the hash of the body, the work order and the verdict of every call, before its answer', async () => {
    const zto = await startZto();
    await zto.control('POST', '/parcels', [onTheRoad('73100000000001')]);
    const answer = await callZto(zto.baseUrl, 'thirdcenter.createIntercept', createFields('73100000000001'));
    const onDisk = (await linesOf(zto.ledgerFile)).filter(({ kind }) => kind === 'call');
    const served = await zto.ledger('?since=1&waybillNo=73100000000001');
    await zto.close();
    expect(answer.status).toBe(200);
    expect(onDisk).toEqual([
      expect.objectContaining({
        endpoint: 'thirdcenter.createIntercept',
        waybillNo: '73100000000001',
        requestId: 'req-73100000000001',
        bizNo: 'LJ100000001',
        verdict: 'accepted',
        code: 'SYS000',
        bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
    expect(served).toEqual(onDisk);
  });

  it('lines that wait together share one fsync, else 500 calls a second could not be answered', async () => {
    const path = join(folder, 'l.jsonl');
    const ledger = await Ledger.open(path);
    const other = await open(path);
    const syncs = jest.spyOn(Object.getPrototypeOf(other) as FileHandle, 'sync');
    await other.close();
    for (let i = 0; i < 50; i += 1) await ledger.append(state(String(i)));
    const oneByOne = syncs.mock.calls.length;
    await Promise.all(Array.from({ length: 500 }, (_, i) => ledger.append(state(String(i)))));
    const together = syncs.mock.calls.length - oneByOne;
    syncs.mockRestore();
    await ledger.close();
    expect(oneByOne).toBe(50);
    expect(together).toBeLessThan(5);
  });
});
