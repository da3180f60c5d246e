import { describe, expect, it } from '@jest/globals';
import { gatewayRequest } from '../../../src/producers/platforms/pinduoduo/gateway.js';
import { gatewaySign, socketSign } from '../../../src/producers/platforms/pinduoduo/sign.js';
import { CREDENTIALS, KEYS } from './wire.js';

describe('the sign in the address', () => {
  it('is the vector of the reference: base64 of the digits, not of the bytes', () => {
    expect(socketSign(KEYS, '1700000000000')).toBe('YTJmZjY2OTRlOTQ3MmEyODEzODBhMGYxMjcyYjQ4YWU=');
  });

  it('is another for another moment and another secret', () => {
    expect(socketSign(KEYS, '1700000000001')).not.toBe(socketSign(KEYS, '1700000000000'));
    expect(socketSign({ ...KEYS, appSecret: 'x' }, '1700000000000')).not.toBe(socketSign(KEYS, '1700000000000'));
  });
});

describe('the sign of a call', () => {
  const PARAMS = {
    access_token: 'tok',
    after_sales_id: '7381745730',
    client_id: 'cid',
    data_type: 'JSON',
    order_sn: '210707-339507978993455',
    timestamp: '1625637425',
    type: 'pdd.refund.information.get',
    version: 'V1',
  };

  it('is the vector of the reference, in whatever order the parameters come', () => {
    expect(gatewaySign(PARAMS, 'secret')).toBe('9E4C66DCBA316A7D555A6CDD81EFE0B8');
    const backwards = Object.fromEntries(Object.entries(PARAMS).reverse());
    expect(gatewaySign(backwards, 'secret')).toBe('9E4C66DCBA316A7D555A6CDD81EFE0B8');
  });

  it('covers a call as the vector has it', () => {
    const credentials = { ...CREDENTIALS, appKey: 'cid', appSecret: 'secret' };
    const params = { order_sn: '210707-339507978993455', after_sales_id: '7381745730' };
    const request = gatewayRequest(credentials, 'pdd.refund.information.get', params, 1625637425999);
    expect(request).toMatchObject({ method: 'POST', path: '/api/router', effect: 'read' });
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      ...PARAMS,
      sign: '9E4C66DCBA316A7D555A6CDD81EFE0B8',
    });
  });

  it('is over the text before it is put into a form, Chinese included', () => {
    // Computed with openssl: printf 'sa中b 1s' | openssl md5
    expect(gatewaySign({ b: ' 1', a: '中' }, 's')).toBe('B0059AC285F9F8B065A3F24722019539');
  });
});
