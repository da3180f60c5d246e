import { FeePanel } from '../fees/fee-panel.js';
import { CopyButton } from '../parts/copy-button.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { RefundPanel } from '../refunds/refund-panel.js';
import { NextStep } from '../steps/next-step.js';
import { CallText } from '../tasks/call-text.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Countdown } from './countdown.js';
import { Facts, Standing } from './detail-head.js';
import { Explanation } from './explanation.js';
import { useIntercept } from './intercept-queries.js';
import { Related } from './related.js';
import { TimelineList } from './timeline-list.js';

/** One intercept with everything that happened to it, and what a person may do now. */
export function InterceptDetailPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const query = useIntercept(id);
  const detail = query.data;
  const title = detail ? detail.waybillNo : t('frame.nav.intercept');
  const beside = (
    <>
      {detail && <CopyButton text={detail.waybillNo} />} <Age readAt={query.dataUpdatedAt} />
    </>
  );
  return (
    <>
      <PageHead title={title} beside={beside} />
      <Reading query={query}>
        {detail && (
          <>
            <div className="detail-top">
              <section className="panel">
                <Standing detail={detail} />
                <Facts detail={detail} />
              </section>
              <section className="panel" aria-labelledby="next-step">
                <h2 id="next-step">{t('step.title')}</h2>
                <Countdown detail={detail} />
                <CallText script={detail.phoneScript} />
                <NextStep detail={detail} />
              </section>
            </div>
            <RefundPanel refunds={detail.refunds} />
            <FeePanel interceptId={detail.id} />
            <div className="detail-more">
              <Related detail={detail} />
              <Explanation explanation={detail.explanation} />
            </div>
            <TimelineList detail={detail} />
          </>
        )}
      </Reading>
    </>
  );
}
