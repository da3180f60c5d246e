import { CopyButton } from '../parts/copy-button.js';
import { useWords } from '../texts/i18n.js';

/** Reasons that end with a call to the branch, and what is asked for there (R69, R80). */
const CALLS = {
  phone_branch: 'stop',
  courier_too_late: 'stop',
  cannot_recall: 'deliver',
} as const satisfies Record<string, 'stop' | 'deliver'>;

function isCall(reason: string): reason is keyof typeof CALLS {
  return Object.hasOwn(CALLS, reason);
}

interface CallTextProps {
  readonly reason: string;
  readonly waybillNo: string;
}

/** A text to send to the branch: the waybill and the request, no phone and no address (R69, R78). */
export function CallText({ reason, waybillNo }: CallTextProps) {
  const { t } = useWords();
  if (!isCall(reason)) return null;
  const text = t(`task.call.${CALLS[reason]}`, { waybillNo });
  return (
    <figure className="call">
      <figcaption>
        {t('task.readyText')} <CopyButton text={text} />
      </figcaption>
      <blockquote>{text}</blockquote>
    </figure>
  );
}
