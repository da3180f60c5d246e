import { describe, expect, it } from '@jest/globals';
import { type FieldError, problemBody } from '../../../src/dashboard/problem.js';
import { problemFrom } from '../../../src/dashboard/ui/http/problem.js';

describe('an answer that is no success', () => {
  it('is shown in the server’s own words, with the fields it did not take and its number', () => {
    const errors: FieldError[] = [
      { in: 'body', field: 'parcels.0.waybillNo', code: 'too_small', text: { zh: '短', en: 'short' } },
    ];
    const body: unknown = JSON.parse(JSON.stringify(problemBody('invalid_fields', 'req-1', errors)));
    expect(problemFrom(422, null, body)).toMatchObject({
      status: 422,
      code: 'invalid_fields',
      text: { zh: expect.stringContaining('字段'), en: expect.stringContaining('fields') },
      requestId: 'req-1',
      fields: [{ field: 'parcels.0.waybillNo', text: { zh: '短', en: 'short' } }],
    });
  });

  it('says how long to wait where the server does', () => {
    expect(problemFrom(429, '12', undefined).retryAfterS).toBe(12);
    expect(problemFrom(429, 'Wed, 21 Oct 2026 07:28:00 GMT', undefined).retryAfterS).toBeNull();
  });

  it.each([undefined, null, '<html>', 7, [], { text: 'no' }, { text: { zh: 1, en: 2 } }])(
    'of another kind (%j) is still a problem, with no words put into the server’s mouth',
    (body) => {
      expect(problemFrom(501, null, body)).toMatchObject({ status: 501, code: 'http_501', text: null, fields: [] });
    },
  );

  it('of a plain RFC 9457 server is shown by its detail', () => {
    expect(problemFrom(404, null, { title: 'Not Found', detail: 'gone' }).text).toEqual({ zh: 'gone', en: 'gone' });
  });
});
