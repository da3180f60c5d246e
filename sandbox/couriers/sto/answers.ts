import { randomUUID } from 'node:crypto';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { rowOf, type TwinCode } from './codes.js';
import type { StoSwitches } from './options.js';

export type Line = Omit<CallLine, 'verdict'>;

/** How STO answers: one envelope whose booleans are text, as JSON or, where it has no payload, as XML. */
export class Answers {
  constructor(readonly switches: StoSwitches) {}

  /** A no of the gateway, before anything acted. */
  gatewayNo(code: TwinCode, verdict: CallLine['verdict'], line: Line = {}): Outcome {
    return this.#no(code, { ...line, verdict, code });
  }

  /** A business no. */
  refusal(code: string, line: Line): Outcome {
    return this.#no(code, { ...line, verdict: 'refused', code });
  }

  /** A yes, with what it carries. */
  done(data: WireValue, line: CallLine): Outcome {
    return this.#write({ success: 'true', errorCode: '', errorMsg: '', needRetry: 'false' }, data, line);
  }

  #no(code: string, line: CallLine): Outcome {
    const { text, needRetry } = rowOf(code);
    return this.#write(
      { success: 'false', errorCode: code, errorMsg: text, needRetry: String(needRetry) },
      undefined,
      line,
    );
  }

  #write(verdict: Readonly<Record<string, string>>, data: WireValue, line: CallLine): Outcome {
    const fields = { ...verdict, requestId: randomUUID(), expInfo: '' };
    // How a payload is written in XML is not documented, so answers that have one stay JSON.
    const xml = this.switches.values.answerAs === 'xml' && data === undefined;
    return {
      status: 200,
      headers: { 'content-type': xml ? 'application/xml;charset=UTF-8' : 'application/json;charset=UTF-8' },
      body: xml ? xmlOf(fields) : writeWireJson({ ...fields, data: data ?? {} }),
      line,
    };
  }
}

function xmlOf(fields: Readonly<Record<string, string>>): string {
  const inner = Object.entries(fields).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
  return `<response>${inner.join('')}<data></data></response>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
