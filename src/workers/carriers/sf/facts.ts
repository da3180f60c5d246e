import type { CarrierFact } from '../../../domain/carrier/port.js';

const PAGE = "a copy of SF's page on the interface (tl.88531.cn); github oomol-lab/open-connector";
const CLIENTS =
  "clients that transcribe SF's page of the intercept (github yayiyo/sf-express-sdk; github oomol-lab/open-connector; a public Java class InterceptParams)";
const CODES = 'github yayiyo/sf-express-sdk; A1010 and A1011 only in github oomol-lab/open-connector';
const CONNECTOR = 'one source: github oomol-lab/open-connector';
const SISTER = "SF's page of a sister interface, 快递管家 toWantedIntercept (showdoc.com.cn, an excerpt)";
const ROUTES = 'several public clients of the route query';
const OP_LIST = 'one list in a Go client of 2022; parts of it in four other clients';
const RECEIVER = 'one public receiver of pushes';
const NONE = 'searched for and not found';

/** What is known of SF's interface, and what is not. Shown in docs/carriers.md. */
export const SF_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Address and envelope',
    value:
      'POST /std/service as a form, one address for all services: partnerID, requestID (at most 40), serviceCode, timestamp, msgDigest or accessToken, msgData (JSON as text)',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Signature',
    value:
      'msgDigest = base64(md5(url-encoded(msgData + timestamp + checkWord))); two sources leave the url-encoding out: `rawDigest`',
    confidence: 'second-hand',
    source: "a comment of SF's sample that many clients carry along",
  },
  {
    fact: 'Which characters the url-encoding leaves as they are',
    value: "those of Java's URLEncoder (`*-._`); Python clients differ in `*` and `~`",
    confidence: 'not documented',
    source: 'our reading of the sample',
  },
  {
    fact: 'Unit and tolerance of the timestamp',
    value:
      'the page says "long", clients send ms or s: ms, unless `timestampUnit`; how old it may be (A1002) is unknown',
    confidence: 'not documented',
    source: PAGE,
  },
  {
    fact: 'OAuth2 instead of a digest',
    value:
      'POST /oauth2/accessToken as a form {partnerID, secret: checkWord, grantType: password}; the answer has accessToken, which lives 7200 s: used for `tokenKeptMs` (6600 s)',
    confidence: 'second-hand',
    source: 'one Go client of 2022',
  },
  {
    fact: 'The answer to a token that has run out',
    value:
      'unknown: any refusal of the account by the gateway (A1006, A1011, what `meanings` calls credentials; not A1003, A1004) of a kept token leads to one new token and one repeat, for the gateway let nothing through',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Whether the intercept is served on the host of the token, and whether two tokens of an account may live',
    value: 'unknown: both are called at the baseUrl of the account, and every process fetches its own',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Intercept',
    value:
      'EXP_RECE_WANTED_INTERCEPT with msgData.serviceCode 2 (退回), role 1, payMode 4 and monthlyCardNo; only after the pick-up',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Return address',
    value:
      'newDestAddress is required for a return: province, city, county, address; contact and phone are not, and are asked of the shop all the same. Without them nothing is sent',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Before the pick-up',
    value:
      'the order is to be cancelled with EXP_RECE_UPDATE_ORDER dealType 2 instead, which needs the number of the order at SF and is not called (R53)',
    confidence: 'second-hand',
    source: CONNECTOR,
  },
  {
    fact: 'Window',
    value: 'from the pick-up until it is delivered (揽收后，派送成功前生效); said of the sister interface',
    confidence: 'second-hand',
    source: SISTER,
  },
  {
    fact: 'A second intercept',
    value:
      'none after a success (同一订单在成功通缉拦截一次后，不可再次进行通缉拦截): final, never sent again by itself. Its code is unknown; `meanings` can call it `duplicate`',
    confidence: 'second-hand',
    source: SISTER,
  },
  {
    fact: 'Success',
    value: 'apiResultCode A1000 with success true and errorCode S0000; apiResultData is JSON as text, or an object',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'What a success carries',
    value: 'msgData null, or {cusId, amount, freightAdditionInfoResp} for "the fee variants"; cusId is kept',
    confidence: 'second-hand',
    source: CONNECTOR,
  },
  {
    fact: 'Unit of `amount`',
    value: 'unknown: no fee is stated, and the tariff holds, unless `amountUnit` says yuan or fen',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes of the gateway and of the services',
    value: 'as in the table',
    confidence: 'second-hand',
    source: CODES,
  },
  {
    fact: 'Codes of the intercept (signed, intercepted before, not picked up)',
    value:
      'no list; a code in digits that nobody explained is a refusal without a reason of ours, any other leaves the outcome open, until `meanings` says more',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Whether the intercept gives the codes of the services for orders',
    value: 'unknown; 8037 and 8252 explain nothing here and may be taught',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'A1009 and A1099',
    value: 'a failure at or behind the gateway, which may have acted: asked, never repeated blindly',
    confidence: 'not documented',
    source: 'our rule; the sources repeat the call',
  },
  {
    fact: 'A repeated requestID',
    value:
      'A1007: leaves the outcome open. An order keeps its requestID for a round; whether a refusal (A1005, a dead token) uses it up is unknown: `newRequestIdPerSend`',
    confidence: 'not documented',
    source: CODES,
  },
  {
    fact: 'Taking an order back',
    value: 'the same service with cancel true and cusId, without newDestAddress',
    confidence: 'second-hand',
    source: 'cancel: two clients; cusId: github oomol-lab/open-connector alone',
  },
  {
    fact: 'Taking back an order that has no cusId',
    value: 'unknown: nothing is sent and a person decides, unless `cancelNeedsCusId` is false',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Query of an intercept, push of its result',
    value:
      'none is known (a push EXP_RECE_WANTED_INTERCEPT exists, its body does not): a lost answer is asked for by the track, which proves presence and never absence',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Route query',
    value:
      'EXP_RECE_SEARCH_ROUTES, at most 10 numbers and 3 months; checkPhoneNo is needed unless the monthly card is bound to the partnerID (`monthlyCardBound`): without either nothing is sent and the look has failed (R67)',
    confidence: 'second-hand',
    source: ROUTES,
  },
  {
    fact: 'An empty track',
    value:
      'with a phone, or a bound card, "no scan"; what SF answers to a wrong phone is unknown, and empty routes beside a reasonCode count as a failed look',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Time of a scan',
    value: 'Asia/Shanghai, `yyyy-MM-dd HH:mm:ss`',
    confidence: 'second-hand',
    source: ROUTES,
  },
  { fact: 'Names of the `opCode`s', value: 'as in scans.ts', confidence: 'second-hand', source: OP_LIST },
  {
    fact: 'Phases of the `opCode`s',
    value:
      'our reading of the names; another list (10 下单 … 160 签收) contradicts it and is not used. 33, 99, 126 and 607 say too little: phase unknown, which blocks until the next scan (R70)',
    confidence: 'not documented',
    source: `${OP_LIST}; github open-logistics-tracking/OLTS`,
  },
  {
    fact: 'Scan 44 and 204',
    value: 'sources differ (正在分配快递员, 派件责任交接): read as out for delivery',
    confidence: 'not documented',
    source: OP_LIST,
  },
  {
    fact: 'Scan 648 (快件已退回/转寄) and 99 (正在转寄中)',
    value:
      '648, 631 and 660 are read as returning though 648 may be a redirect; 99 as unknown, unless `returnCodes` names it',
    confidence: 'not documented',
    source: OP_LIST,
  },
  {
    fact: 'Back at the sender',
    value:
      'the way back has a number of its own, told in the text of 648: its track is read with `followReturn`, and its signature after the return scan is the end (R68). Without it the parcel stays "returning"',
    confidence: 'not documented',
    source: 'our reading of the text of 648',
  },
  {
    fact: 'Route push',
    value:
      'JSON {"Body":{"WaybillRoute":[{mailno, acceptTime, acceptAddress, remark, opCode, …}]}}, one scan or more; SF registers its address, waybills with EXP_RECE_REGISTER_ROUTE (not called)',
    confidence: 'second-hand',
    source: RECEIVER,
  },
  {
    fact: 'Authentication of a route push',
    value:
      'none is documented: the address must carry the secret `pushToken` in its query, else pushes are turned away (401)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Pushes as a form with msgDigest',
    value:
      'one receiver verifies them as requests are; taken too, with the routes in msgData, which is a guess: if it is wrong they are kept as unreadable',
    confidence: 'not documented',
    source: 'another public receiver of pushes',
  },
  {
    fact: 'Acknowledgement of a push, and its repeats',
    value: '{"return_code":"0000","return_msg":"成功"}; anything else is taken to be pushed again',
    confidence: 'second-hand',
    source: RECEIVER,
  },
  {
    fact: 'Limits and time-outs',
    value: 'A1005 exists, numbers do not: 20 per second and 5 s are our defaults',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Upper and lower case in waybills',
    value: 'unknown; compared in upper case, sent as received',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Tariff of a return',
    value: 'unknown',
    confidence: 'not documented',
    source: NONE,
  },
];
