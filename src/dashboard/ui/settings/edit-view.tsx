import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ConfigAnswer, ConfigChangesAnswer, FormsAnswer } from '../http/answers.js';
import { Problem } from '../http/problem.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Link } from '../place/link.js';
import { go } from '../place/place.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { ChangeList } from './change-list.js';
import { type Draft, fileOf, problemsByPath, type RowStart } from './draft.js';
import { Meanwhile } from './moved.js';
import { partAddress, partOf, type Section } from './parts.js';
import { ReasonInput } from './reason-input.js';
import { RowForm } from './row-form.js';

interface EditViewProps {
  readonly config: ConfigAnswer;
  readonly forms: FormsAnswer;
  readonly section: Section;
  /** null: a new row. */
  readonly id: string | null;
  readonly start: RowStart;
}

const isConflict = (error: Error | null): error is Problem => error instanceof Problem && error.code === 'config_moved';

/** What the server said of one form: fields by their place, and whatever belongs to no field above it. */
function useRefusal(section: Section, error: Error | null) {
  const fields = error instanceof Problem && error.code === 'invalid_fields' ? error.fields : [];
  return problemsByPath(section, fields);
}

/**
 * The form of one row: typed, previewed, saved. The configuration's version is the one that was looked at when the form
 * was opened; if somebody else was faster, his changes are shown and nothing that was typed is lost.
 */
export function EditView({ config, forms, section, id, start }: EditViewProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const preview = useAct('settings.preview');
  const save = useAct('settings.save');
  const [draft, setDraft] = useState<Draft>(start.draft);
  const [version, setVersion] = useState(config.version);
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<ConfigChangesAnswer | null>(null);
  const back = partAddress(partOf(section));
  const previewing = useStep<object, ConfigChangesAnswer>('POST', '/api/v1/config/preview', setShown);
  const saving = useStep<object, ConfigChangesAnswer>('POST', '/api/v1/config/changes', (answer) =>
    go(`${back}&saved=${answer.version}`),
  );
  const problem = saving.error ?? previewing.error;
  const problems = useRefusal(section, problem);
  const ask = (atVersion: number) => {
    saving.reset();
    setShown(null);
    previewing.mutate({ version: atVersion, file: fileOf(section, draft) });
  };
  const askAnew = async () => {
    await client.refetchQueries({ queryKey: ['config'] });
    const newest = client.getQueryData<ConfigAnswer>(['config'])?.version ?? version;
    setVersion(newest);
    ask(newest);
  };
  const what = t(`config.section.${section}`);
  return (
    <section className="panel edit" aria-labelledby="edit-title">
      <Link to={back}>{t('config.form.back')}</Link>
      <h2 id="edit-title">{id === null ? t('config.form.add', { what }) : t('config.form.edit', { what, id })}</h2>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          ask(version);
        }}
      >
        <RowForm
          section={section}
          config={config}
          forms={forms}
          start={start}
          draft={draft}
          onChange={(next) => {
            setDraft(next);
            setShown(null);
          }}
          problems={problems}
          disabled={!preview.may}
        />
        {problem && (
          <ProblemAlert problem={problem}>
            {isConflict(problem) && (
              <>
                <Meanwhile problem={problem} />
                <Button onClick={() => void askAnew()}>{t('config.change.again')}</Button>
              </>
            )}
          </ProblemAlert>
        )}
        {preview.may && (
          <div className="steps">
            <Button
              htmlType="submit"
              type={shown ? 'default' : 'primary'}
              loading={previewing.isPending}
              {...preview.mark}
            >
              {t('config.change.preview')}
            </Button>
          </div>
        )}
      </form>
      {shown && !isConflict(problem) && (
        <section className="preview" aria-labelledby="preview-title">
          <h3 id="preview-title">{t('config.change.title')}</h3>
          <ChangeList changes={shown.changes} />
          {save.may && (
            <>
              <ReasonInput label={t('config.change.reason')} value={reason} onChange={setReason} />
              <Button
                type="primary"
                {...save.mark}
                disabled={shown.changes.length === 0}
                loading={saving.isPending}
                onClick={() => saving.mutate({ version, file: fileOf(section, draft), reason })}
              >
                {t('config.change.save')}
              </Button>
            </>
          )}
        </section>
      )}
    </section>
  );
}
