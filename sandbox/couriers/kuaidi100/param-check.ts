import { isRecord } from '../../frame/wire-json.js';
import type { TwinCode } from './codes.js';

interface Company {
  readonly needsCallback: boolean;
  readonly needsPartner: boolean;
}
const WAYBILL_ALONE: Company = { needsCallback: false, needsPartner: false };

/** Company codes that Kuaidi100 names, with what it requires for each (参数字典). */
const COMPANIES: Readonly<Record<string, Company>> = {
  debangwuliu: WAYBILL_ALONE,
  debangkuaidi: WAYBILL_ALONE,
  ems: WAYBILL_ALONE,
  youzhengguonei: WAYBILL_ALONE,
  youzhengdsbk: WAYBILL_ALONE,
  jd: { needsCallback: false, needsPartner: true },
  jtexpress: { needsCallback: true, needsPartner: true },
  zhongtong: { needsCallback: true, needsPartner: true },
};

const TYPES = ['RETURN_SEND_STATION', 'RETURN_SEND_ADDR', 'MODIFY_ADDR'];
const TEXTS = [
  ...['kuaidicom', 'kuaidinum', 'interceptType', 'reason', 'orderid', 'orderId', 'orderRole', 'interceptPayType'],
  ...['partnerId', 'partnerKey', 'partnerSecret', 'partnerName', 'code', 'net', 'appKey', 'appSecret'],
  ...['salt', 'callbackUrl'],
];
const PAYERS = ['SHIPPER', 'CONSIGNEE', 'THIRDPARTY', 'MONTHLY'];

type Param = Readonly<Record<string, unknown>>;

function isWellFormed(param: Param): boolean {
  const known = Object.entries(param).every(([name, value]) =>
    name === 'recManInfo' ? isRecord(value) : TEXTS.includes(name) && typeof value === 'string' && value !== '',
  );
  const required = ['kuaidicom', 'kuaidinum', 'interceptType'].every((name) => param[name] !== undefined);
  const { interceptType, interceptPayType = PAYERS[0], orderRole = '1', callbackUrl = 'https://none' } = param;
  return (
    known &&
    required &&
    TYPES.includes(String(interceptType)) &&
    PAYERS.includes(String(interceptPayType)) &&
    ['1', '2', '3'].includes(String(orderRole)) &&
    URL.canParse(String(callbackUrl)) &&
    (interceptType !== 'MODIFY_ADDR' || param.recManInfo !== undefined)
  );
}

/** What is wrong with the param of an intercept; null: nothing. A field that no page names is refused, to find slips. */
export function wrongIn(param: Param): TwinCode | null {
  if (!isWellFormed(param)) return 'body';
  const code = String(param.kuaidicom);
  const company = Object.hasOwn(COMPANIES, code) ? COMPANIES[code] : undefined;
  if (company === undefined) return 'company';
  if (company.needsCallback && param.callbackUrl === undefined) return 'callback';
  return company.needsPartner && param.partnerId === undefined ? 'partner' : null;
}
