import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { ALL_SCOPES, SCOPES, type Scope } from '../../../domain/people/scopes.js';
import { useAct } from '../actions/use-act.js';
import type { NewTokenAnswer, Page, TokenAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Mark } from '../parts/mark.js';
import { Reading } from '../parts/reading.js';
import { useUser } from '../session/session.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Age } from '../time/age.js';
import { Ago } from '../time/moments.js';
import { ShopsField, shopsOf } from './rights-fields.js';
import { ShownOnce } from './shown-once.js';

interface Given {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly shops?: readonly string[];
}

interface MakeTokenProps {
  readonly onDone: (token: NewTokenAnswer) => void;
  readonly onClose: () => void;
}

/** A new token; nobody can give it more than he may do himself. */
function MakeToken({ onDone, onClose }: MakeTokenProps) {
  const { t, lang } = useWords();
  const { scopes } = useUser();
  const step = useStep<object, NewTokenAnswer>('POST', '/api/v1/tokens', onDone);
  const options = ALL_SCOPES.filter((scope) => scopes.includes(scope)).map((value) => ({
    value,
    label: (
      <>
        <code>{value}</code> {sideIn(lang, SCOPES[value])}
      </>
    ),
  }));
  return (
    <Dialog title={t('people.token.create')} onClose={onClose}>
      <Form<Given>
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => step.mutate({ ...given, shops: shopsOf(given.shops) })}
      >
        <Form.Item
          name="name"
          label={t('people.token.name')}
          rules={[{ required: true, whitespace: true, message: t('people.token.nameMissing') }]}
        >
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t('people.token.scopes')}
          rules={[{ required: true, message: t('people.token.scopesMissing') }]}
        >
          <Checkbox.Group className="outcomes" options={options} />
        </Form.Item>
        <ShopsField />
        <DialogActions
          submit={t('people.token.create')}
          busy={step.isPending}
          problem={step.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

/** API tokens: what they may do, when they were last used, and their end. */
export function TokensPart() {
  const { t } = useWords();
  const create = useAct('people.createToken');
  const revoke = useAct('people.revokeToken');
  const query = useLive<Page<TokenAnswer>>(['people', 'tokens'], '/api/v1/tokens');
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewTokenAnswer | null>(null);
  const [ending, setEnding] = useState<TokenAnswer | null>(null);
  const tokens = query.data?.items ?? [];
  return (
    <>
      <p className="part-add">
        {create.may && (
          <Button type="primary" {...create.mark} onClick={() => setMaking(true)}>
            {t('people.token.create')}
          </Button>
        )}{' '}
        <Age readAt={query.dataUpdatedAt} />
      </p>
      <Reading query={query}>
        {tokens.length === 0 && <p className="reading">{t('people.token.none')}</p>}
        <ul className="cards">
          {tokens.map((token) => (
            <li key={token.id} className="panel card">
              <div className="lane-head">
                <h2>{token.name}</h2>
                <Mark tone={token.revokedAt === null ? 'good' : 'over'}>
                  {t(token.revokedAt === null ? 'people.active' : 'people.token.revoked')}
                </Mark>
              </div>
              <p className="below number">{token.scopes.join(' ')}</p>
              <p className="below">
                <span>{token.shops === null ? t('people.allShops') : token.shops.join(', ')}</span>
                <span>
                  {t('people.created')} <Ago at={token.createdAt} />
                </span>
                <span>
                  {t('people.token.lastUsed')}{' '}
                  {token.lastUsedAt === null ? t('people.token.never') : <Ago at={token.lastUsedAt} />}
                </span>
              </p>
              {token.revokedAt === null && revoke.may && (
                <div className="steps">
                  <Button {...revoke.mark} onClick={() => setEnding(token)}>
                    {t('people.token.revoke')}
                    <span className="unseen"> {token.name}</span>
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Reading>
      {making && (
        <MakeToken
          onClose={() => setMaking(false)}
          onDone={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={made.name}
          about={t('people.token.made', { name: made.name })}
          secret={made.token}
          onClose={() => setMade(null)}
        />
      )}
      {ending && (
        <ConfirmStep
          path={`/api/v1/tokens/${ending.id}/revoke`}
          title={`${t('people.token.revoke')} ${ending.name}`}
          what={t('people.token.what', { name: ending.name })}
          submit={t('people.token.revoke')}
          danger
          onClose={() => setEnding(null)}
          onDone={() => setEnding(null)}
        />
      )}
    </>
  );
}
