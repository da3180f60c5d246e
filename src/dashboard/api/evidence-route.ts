import { z } from 'zod';
import { formatChinaTime } from '../../domain/china-time.js';
import { appendAudit } from '../../domain/store/audit-store.js';
import { readEvidence } from '../../domain/store/claim-evidence-reader.js';
import { listClaims } from '../../domain/store/loss-claim-reader.js';
import { evidencePdf } from '../evidence/pdf.js';
import { evidenceSections, NOTHING } from '../evidence/sections.js';
import { LANGUAGE, languageAsked } from './csv-export.js';
import { problem, route } from './route.js';

const TITLE = { zh: '快递理赔证据', en: 'Evidence for a claim' } as const;
const FOOT = { zh: '由截件系统根据记录生成，生成时间', en: 'Made from the records of Jiejian at' } as const;

/** Everything that speaks for a claim, as one file to send to the courier. */
export const evidenceRoute = route({
  method: 'get',
  path: '/claims/:id/evidence.pdf',
  scope: 'money:read',
  summary: 'The evidence of a claim as one PDF: request, acceptance, scans, receipt, value, the rule',
  query: z.strictObject({ lang: LANGUAGE }),
  answers: { 200: { description: 'the pack', schema: z.string(), mediaType: 'application/pdf' } },
  problems: ['not_found', 'too_many_requests'],
  // A pack takes the processor for the better part of a second.
  perSecond: 2,
  async handle({ deps, caller, params, query, header }) {
    const lang = query.lang ?? languageAsked(header('accept-language'));
    const filter = { shops: caller.shops, id: params.id ?? '' };
    const [claim] = await listClaims(deps.db, filter, { limit: 1, beforeId: null });
    if (!claim) return problem('not_found');
    const evidence = await readEvidence(deps.db, claim);
    const at = deps.now();
    const entry = { at, actor: caller.actor, action: 'claim_evidence', subject: claim.id, detail: { lang } };
    await deps.db.transaction((tx) => appendAudit(tx, entry));
    const pack = {
      title: `${TITLE[lang]} ${claim.waybillNo}`,
      sections: evidenceSections(evidence, lang),
      nothing: NOTHING[lang],
      foot: `${FOOT[lang]} ${formatChinaTime(at)}`,
      at,
    };
    return {
      status: 200,
      stream: evidencePdf(pack),
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="claim-${claim.id}.pdf"`,
        Vary: 'Accept-Language',
      },
    };
  },
});
