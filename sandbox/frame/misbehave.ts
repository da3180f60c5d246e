import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.js';
import type { Call, Outcome, Twin } from './twin.js';

/** What a fault answers that does not let the twin act. The line says so: nothing happened here. */
export function answerWithoutActing(fault: Fault, twin: Twin, call: Call): Outcome {
  const line = { verdict: 'not_acted', waybillNo: twin.subjectOf(call) } as const;
  switch (fault.kind) {
    case 'throttle':
      return twin.throttled(call);
    case 'answer':
      return { status: fault.status ?? 200, headers: fault.headers, body: '', line };
    default:
      return { status: fault.status ?? 500, headers: fault.headers, body: fault.body ?? 'upstream error', line };
  }
}

/** Sends the answer the way the fault wants it; without a fault, as it is. */
export async function sendAnswer(response: ServerResponse, outcome: Outcome, fault: Fault | undefined): Promise<void> {
  const body = Buffer.from(outcome.body);
  switch (fault?.kind) {
    case 'reset_before':
    case 'act_then_reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang_before':
    case 'act_then_hang':
      return;
    case 'act_then_half_body':
      return sendHalf(response, outcome, body);
    case 'garbage':
      return whole(response, fault.status ?? 200, fault.headers, Buffer.from(fault.body ?? '<html>upstream error'));
    case 'answer':
      return whole(response, outcome.status, outcome.headers, givenBody(fault));
    case 'slow':
      await sleep(fault.delayMs);
      return whole(response, outcome.status, outcome.headers, body);
    case 'drip':
      return drip(response, outcome, body, fault.delayMs);
    case 'huge':
      return spaces(response, outcome, fault.bytes);
    default:
      return whole(response, outcome.status, outcome.headers, body);
  }
}

function givenBody(fault: Fault): Buffer {
  return fault.bodyBase64 === undefined ? Buffer.from(fault.body ?? '') : Buffer.from(fault.bodyBase64, 'base64');
}

function whole(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  response.end(body);
}

function sendHalf(response: ServerResponse, outcome: Outcome, body: Buffer): void {
  response.writeHead(outcome.status, { ...outcome.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

async function drip(response: ServerResponse, outcome: Outcome, body: Buffer, gapMs: number): Promise<void> {
  response.writeHead(outcome.status, { ...outcome.headers, 'content-length': String(body.length) });
  for (const byte of body) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await sleep(gapMs);
  }
  response.end();
}

/** The caller is expected to hang up before the end: that is what the fault is for. */
async function spaces(response: ServerResponse, outcome: Outcome, bytes: number): Promise<void> {
  response.writeHead(outcome.status, { ...outcome.headers, 'content-length': String(bytes) });
  await pipeline(Readable.from(blocks(bytes)), response).catch(() => response.destroy());
}

function* blocks(bytes: number): Generator<Buffer> {
  const block = Buffer.alloc(65_536, 0x20);
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, Math.min(block.length, left));
}
