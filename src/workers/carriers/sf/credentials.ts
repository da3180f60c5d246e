import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

/** A blank or line end copied along is refused by SF as a missing right (A1004), which is hard to find. */
const key = z.string().regex(/^\S+$/, { error: 'without blanks and line ends' });

/** Keys of one SF account, and the points which public documents leave open. README.md says what to ask SF. */
export const sfCredentials = z.strictObject({
  partnerId: key.max(64),
  checkWord: key,
  monthlyCard: key,
  /** `token`: OAuth2 instead of a digest. The token's address is on the host of the account's baseUrl. */
  auth: z.enum(['digest', 'token']).default('digest'),
  /** The digest without url-encoding. */
  rawDigest: z.boolean().default(false),
  timestampUnit: z.enum(['ms', 's']).default('ms'),
  /** How long a token is used before a new one is fetched, ms; one client takes them to live 7200 s. */
  tokenKeptMs: z.int().min(60_000).max(86_400_000).default(6_600_000),
  /** A new requestID for every send, not for every round: only where A1007 was seen after a refusal that did nothing. */
  newRequestIdPerSend: z.boolean().default(false),
  /** Who asks: 1 sender, 2 recipient, 3 a third party. */
  role: z.enum(['1', '2', '3']).default('1'),
  /** Who pays: 1 sender in cash, 2 recipient, 3 a third party's monthly card, 4 the sender's monthly card. */
  payMode: z.enum(['1', '2', '3', '4']).default('4'),
  /** The unit of `amount` in an answer. Not documented: without it no fee is stated and the tariff holds. */
  amountUnit: z.enum(['yuan', 'fen']).optional(),
  /** One source says that taking an order back needs the cusId of its answer, which a plain success does not have. */
  cancelNeedsCusId: z.boolean().default(true),
  /** Last four digits of the sender's phone, without which SF shows no track. */
  senderPhoneTail: z
    .string()
    .regex(/^\d{4}$/, { error: 'the last four digits' })
    .optional(),
  /** The monthly card is bound to the partnerID at SF: its tracks are shown without a phone. */
  monthlyCardBound: z.boolean().default(false),
  /** Further `opCode`s that mean "on its way back" for this account, e.g. 99. */
  returnCodes: z.array(z.string().min(1)).default([]),
  /** Reads the number of the way back out of scan 648 and looks that track up too. */
  followReturn: z.boolean().default(false),
  /** The secret in the query of the address registered for pushes (`?pushToken=…`). Without it pushes are turned away. */
  pushToken: z
    .string()
    .regex(/^[\w-]{16,128}$/, { error: '16 to 128 letters, digits, _ or -' })
    .optional(),
  /** Codes, or words of `errorMsg` and `apiErrorMsg`, that SF does not document, and what they mean. */
  meanings: taughtMeanings,
});

export type SfCredentials = z.output<typeof sfCredentials>;
