import { Form, Radio, Select } from 'antd';
import { USER_ROLES } from '../../../domain/people/scopes.js';
import { useShops } from '../http/catalogue.js';
import { useWords } from '../texts/i18n.js';

/** The shops somebody may see; none chosen: all. A field of the form around it. */
export function ShopsField() {
  const { t } = useWords();
  const shops = useShops();
  return (
    <Form.Item name="shops" label={t('people.shops')} extra={t('people.shopsHint')}>
      <Select
        mode="multiple"
        allowClear
        placeholder={t('people.allShops')}
        options={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
      />
    </Form.Item>
  );
}

/** The role, with what each may do. */
export function RoleField() {
  const { t } = useWords();
  return (
    <Form.Item name="role" label={t('people.role')}>
      <Radio.Group
        className="outcomes"
        options={USER_ROLES.map((value) => ({
          value,
          label: `${t(`frame.role.${value}`)} · ${t(`people.roleAbout.${value}`)}`,
        }))}
      />
    </Form.Item>
  );
}

/** As the API takes it: no shop chosen means all. */
export const shopsOf = (chosen: readonly string[] | undefined): readonly string[] | null =>
  chosen === undefined || chosen.length === 0 ? null : chosen;
